"""Every rule about negative lists, risks and grades (NEG, RSK), and whether each unit has its three lists (ORG003)."""

from __future__ import annotations

from lianfang.foundation.lint.rule import Rule
from lianfang.registers.risks.rules import (
    copies,
    entries,
    grades,
    grounds,
    known_cases,
    negatives,
    rounds,
    searches,
    statements,
    submissions,
)

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (
            *negatives.RULES,
            *searches.RULES,
            *submissions.RULES,
            *statements.RULES,
            *copies.RULES,
            *entries.RULES,
            *grades.RULES,
            *grounds.RULES,
            *rounds.RULES,
            *known_cases.RULES,
        ),
        key=lambda rule: rule.code,
    )
)
