"""Adopted lists without a column 状态: what the decision approved is in force, the rest is named (docs 0024)."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
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
from lianfang.registers.risks.queries.risks import IN_FORCE
from lianfang.registers.risks.rows import NegativeRow, RiskRow
from lianfang.registers.risks.states import NegativeState, RiskState
from lianfang.site.import_sight import in_sight
from lianfang.site.intake import Intake, Taking
from lianfang.site.registers import BY_KIND, Register

SUPPOSED, LEFT_DRAFT, STATE = "IMP052", "IMP053", "state"
CHUNK = 400
_IN_FORCE = frozenset({RiskState.LIVE, RiskState.UNDER_REVIEW})
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
    ControlRow: "所对的风险点还没有定级，或者已经了结",
    RegulationRow: "没有写已到的施行日期，或者还要修订、新建、废止",
}


def suppose_approved(intake: Intake, reading: Reading, terms: Taking, risks: Mapping[str, RiskState]) -> None:
    """Give the lines of an adopted list the state that the decision gave them, where the list has no column for it.

    What lacks something that no decision can do without (a risk point its grade) stays a draft, and so do measures of
    a risk point without a grade in force: in ``risks``, those of the files looked at together, or else as it is stored.
    """
    approved = _APPROVED.get(intake.register.row)
    if not terms.adopting or approved is None or not intake.rows or STATE in reading.given:
        return
    graded, today = _graded(intake.rows, risks, terms), terms.today or timezone.localdate()
    intake.rows = [replace(row, state=approved) if _is_whole(row, graded, today) else row for row in intake.rows]
    intake.fields |= {STATE}
    intake.supposed = True


def report_supposed(intake: Intake, reading: Reading, terms: Taking) -> None:
    """Say how many lines the list brings as approved, and how many it leaves drafts, once they were held against what
    is stored: an entry that was approved before is neither.
    """
    approved = _APPROVED.get(intake.register.row)
    if not terms.adopting or approved is None or not intake.rows:
        return
    say = _as_supposed if intake.supposed else _as_stated
    intake.findings += say(intake, approved, _head(reading))


def keeps_state(register: Register, before: Any, *, supposed: bool) -> bool:
    """Whether a stored entry stays as it is: it was approved or ended already, and the list says nothing of states."""
    return supposed and before.state in cast("Any", register.model).adopted_as


def _graded(rows: Iterable[Any], risks: Mapping[str, RiskState], terms: Taking) -> frozenset[str]:
    """The risk points of measures that have a grade in force; of one out of sight nothing is known."""
    named = {row.risk for row in rows if isinstance(row, ControlRow)}
    graded = {number for number in named if risks.get(number) in _IN_FORCE}
    stored = sorted(named - risks.keys())
    seen = in_sight(BY_KIND[RiskRow.kind], terms.actor).filter(IN_FORCE)
    for start in range(0, len(stored), CHUNK):
        graded.update(seen.filter(number__in=stored[start : start + CHUNK]).values_list("number", flat=True))
    return frozenset(graded)


def _is_whole(row: Any, graded: Collection[str], today: datetime.date) -> bool:
    if isinstance(row, RiskRow):
        return row.grade is not None
    if isinstance(row, ControlRow):
        return row.risk in graded
    if isinstance(row, RegulationRow):
        return row.change in {None, ChangeKind.KEEP} and row.effective_on is not None and row.effective_on <= today
    return True


def _as_supposed(intake: Intake, approved: Any, place: Place | None) -> Iterator[Finding]:
    """How many lines are taken as approved, and how many are not, for want of what."""
    stands = cast("Any", intake.register.model).adopted_as
    before = {number for number, row in intake.before.items() if row.state in stands}
    taken = sum(row.state is approved and row.number not in before for row in intake.rows)
    if taken:
        message = (
            f"没有“状态”列，承接的 {taken} 条按审定依据读作“{approved.label}”；不都是审定过的，请加上“状态”列写明。"
        )
        yield Finding("", STATE, message, code=SUPPOSED, severity=Severity.HINT, place=place)
    initial = _initial(approved)
    if left := sum(row.state is initial for row in intake.rows):
        lacks = _LACKS[intake.register.row]
        message = f"{left} 条{lacks}，承接以后仍是“{initial.label}”，不算审定；补上以后再承接一次。"
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
