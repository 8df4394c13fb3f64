"""Measures of slogans against high risks, which are put in force only where somebody answers for it."""

from __future__ import annotations

from dataclasses import replace

from lianfang.foundation.lint.queries import findings_about
from lianfang.kernel.findings import Finding
from lianfang.kernel.levels import Grade
from lianfang.registers.controls.models import Control
from lianfang.registers.controls.rules import RULES

SLOGANS = tuple(rule for rule in RULES if rule.code == "CTL003")


def unwaived_slogan(control: Control, grade: Grade | None) -> Finding | None:
    """What CTL003 says of a measure against a HIGH risk, unless it is waived (docs/decisions/0019).

    The grade is the one in force now: the measure may have been designed when the risk still counted less.
    """
    if grade is not Grade.HIGH:
        return None
    found = findings_about(SLOGANS, replace(control.to_row(), grade_at_design=grade))
    return next(iter(found), None)
