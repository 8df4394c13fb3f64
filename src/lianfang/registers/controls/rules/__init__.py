"""Every rule about measures and the ledger (CTL, LDG), and whether the first responsible person leads (PRG009)."""

from __future__ import annotations

from lianfang.foundation.lint.rule import Rule
from lianfang.registers.controls.rules import fields, grounds, pairing, people, upkeep

RULES: tuple[Rule, ...] = tuple(
    sorted((*fields.RULES, *grounds.RULES, *pairing.RULES, *people.RULES, *upkeep.RULES), key=lambda rule: rule.code)
)
