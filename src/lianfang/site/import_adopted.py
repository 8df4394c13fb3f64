"""Adopted lists without a column 状态: what the decision approved is in force, the rest is named (docs 0024)."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any, cast

from django.utils import timezone

from lianfang.foundation.documents.register_reading import Reading
from lianfang.kernel.findings import Finding, Place, Severity
from lianfang.registers.controls.rows import ControlRow
from lianfang.registers.controls.states import ControlState
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.powers.states import PowerState
from lianfang.registers.regulations.rows import ChangeKind, RegulationRow
from lianfang.registers.regulations.states import RegulationState
from lianfang.registers.risks.rows import NegativeRow, RiskRow
from lianfang.registers.risks.states import NegativeState, RiskState
from lianfang.site.intake import Intake, Taking
from lianfang.site.registers import Register

SUPPOSED, LEFT_DRAFT, STATE = "IMP052", "IMP053", "state"
_APPROVED: dict[type[Any], Any] = {
    PowerRow: PowerState.CONFIRMED,
    NegativeRow: NegativeState.APPROVED,
    RiskRow: RiskState.LIVE,
    RegulationRow: RegulationState.IN_FORCE,
    ControlRow: ControlState.IN_FORCE,
}
"""What a decision makes of the lines of a list that it approved."""
_LACKS = {
    RiskRow: "没有写等级，定不了级",
    ControlRow: "所对的风险点还没有定级",
    RegulationRow: "没有写已到的施行日期，或者还要修订、新建、废止",
}


def suppose_approved(intake: Intake, reading: Reading, terms: Taking, ungraded: Collection[str] = frozenset()) -> None:
    """Give the lines of an adopted list the state that the decision gave them, where the list has no column for it.

    What lacks something that no decision can do without (a risk point its grade) stays a draft, and that is said, as of
    lines that a column 状态 does not call approved. ``ungraded`` are risk points whose measures wait for the grade.
    """
    approved = _APPROVED.get(intake.register.row)
    if not terms.adopting or approved is None or not intake.rows:
        return
    place, today = _head(reading), terms.today or timezone.localdate()
    if STATE in reading.given:
        intake.findings += _as_stated(intake, approved, place)
        return
    intake.rows = [replace(row, state=approved) if _is_whole(row, ungraded, today) else row for row in intake.rows]
    intake.fields |= {STATE}
    intake.supposed = True
    intake.findings += _as_supposed(intake, approved, place)


def keeps_state(register: Register, before: Any, *, supposed: bool) -> bool:
    """Whether a stored entry stays as it is: it was approved or ended already, and the list says nothing of states."""
    return supposed and before.state in cast("Any", register.model).adopted_as


def drafts_of(rows: Iterable[Any]) -> frozenset[str]:
    """Numbers of the risk points that an adopted list leaves without a grade in force."""
    return frozenset(row.number for row in rows if isinstance(row, RiskRow) and row.state is RiskState.DRAFT)


def _is_whole(row: Any, ungraded: Collection[str], today: datetime.date) -> bool:
    if isinstance(row, RiskRow):
        return row.grade is not None
    if isinstance(row, ControlRow):
        return row.risk not in ungraded
    if isinstance(row, RegulationRow):
        return row.change in {None, ChangeKind.KEEP} and row.effective_on is not None and row.effective_on <= today
    return True


def _as_supposed(intake: Intake, approved: Any, place: Place | None) -> Iterator[Finding]:
    """How many lines are taken as approved, and how many are not, for want of what."""
    taken = sum(row.state is approved for row in intake.rows)
    if taken:
        message = (
            f"没有“状态”列，承接的 {taken} 条按审定依据读作“{approved.label}”；不都是审定过的，请加上“状态”列写明。"
        )
        yield Finding("", STATE, message, code=SUPPOSED, severity=Severity.HINT, place=place)
    if left := len(intake.rows) - taken:
        lacks = _LACKS[intake.register.row]
        message = f"{left} 条{lacks}，承接以后仍是“{_initial(approved).label}”，不算审定；补上以后再承接一次。"
        yield Finding("", STATE, message, code=LEFT_DRAFT, severity=Severity.WARNING, place=place)


def _as_stated(intake: Intake, approved: Any, place: Place | None) -> Iterator[Finding]:
    """Lines that the list itself does not call approved."""
    initial = _initial(approved)
    if left := sum(row.state is initial for row in intake.rows):
        message = (
            f"{left} 条的状态写的是“{initial.label}”、空着或者认不出，承接以后仍是“{initial.label}”，不算审定；"
            f"审定过的，请在“状态”列写“{approved.label}”。"
        )
        yield Finding("", STATE, message, code=LEFT_DRAFT, severity=Severity.WARNING, place=place)


def _initial(approved: Any) -> Any:
    """The state in which something begins, which each vocabulary of states names first."""
    return next(iter(cast("Any", type(approved))))


def _head(reading: Reading) -> Place | None:
    return reading.listing.head_place(0) if reading.listing else None
