"""Measures of slogans, which go up and into force only where somebody answers for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lianfang.foundation.lint.entries import Fault
from lianfang.foundation.lint.queries import findings_about
from lianfang.kernel.findings import Finding
from lianfang.kernel.levels import Grade
from lianfang.registers.controls.models import Control
from lianfang.registers.controls.rows import BasisType
from lianfang.registers.controls.rules import RULES
from lianfang.registers.controls.rules.handing_in import hollow_control_fields
from lianfang.registers.laws.queries import laws_for
from lianfang.registers.laws.rules import unregistered_faults

SLOGANS = tuple(rule for rule in RULES if rule.code == "CTL003")


def unwaived_slogan(control: Control, grade: Grade | None) -> Finding | None:
    """What CTL003 says of a measure against a HIGH risk, unless it is waived (docs/decisions/0019).

    The grade is the one in force now: the measure may have been designed when the risk still counted less.
    """
    if grade is not Grade.HIGH:
        return None
    found = findings_about(SLOGANS, replace(control.to_row(), grade_at_design=grade))
    return next(iter(found), None)


def faults_at_submission(control: Control) -> Iterator[Fault]:
    """What keeps a measure from being handed up (docs/decisions/0022); a slogan that is waived may go.

    That it rests on a law is asked to be true: then the law is one that the register knows.
    """
    row = control.to_row()
    yield from hollow_control_fields(row, waived=unwaived_slogan(control, Grade.HIGH) is None)
    if row.basis_type is BasisType.LAW:
        told = unregistered_faults([row.basis], laws_for([row.basis]))
        yield from (Fault(row.headings["basis"], sentence) for sentence in told)
