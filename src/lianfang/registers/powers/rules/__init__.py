"""Every rule about powers, PWR001 to PWR013, in the order of their codes."""

from __future__ import annotations

from lianfang.foundation.lint.rule import Rule
from lianfang.registers.powers.rules import basis, coverage, fields, holders, limits, twins

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (*fields.RULES, *basis.RULES, *coverage.RULES, *limits.RULES, *holders.RULES, *twins.RULES),
        key=lambda rule: rule.code,
    )
)
