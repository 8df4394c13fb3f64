"""Reading measures: what an actor may see, one measure with all that its page needs, what a risk point has."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, fields

from django.db.models import Q, QuerySet
from django.utils import timezone

from lianfang.foundation.accounts.four_eyes import barred, hands_on
from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import visible
from lianfang.foundation.accounts.reading import Reading
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.catalogue.listing import Page, Wanted
from lianfang.foundation.journal.models import REWRITTEN
from lianfang.foundation.journal.moves import open_steps
from lianfang.foundation.journal.queries import HistoryLine, approved_rows
from lianfang.foundation.lint.before_submission import offers_submission, told_once
from lianfang.foundation.lint.material import Material
from lianfang.foundation.lint.queries import findings_about
from lianfang.foundation.lint.roster import Roster
from lianfang.foundation.organisation.queries import (
    own_reach,
    person_names,
    person_rows,
    post_rows,
    tenure_rows,
    unit_name,
    unit_names,
)
from lianfang.foundation.organisation.rows import PersonRow, PostRow, TenureRow
from lianfang.foundation.organisation.turns import Awaited, Turn, turn_in, turn_of
from lianfang.foundation.parameters.queries.values import parameters_for
from lianfang.kernel.errors import Absent
from lianfang.kernel.findings import Finding
from lianfang.kernel.levels import Grade
from lianfang.kernel.lifecycle import Move
from lianfang.kernel.rows import Change, Row, differences
from lianfang.registers.controls.models import Control, ControlTest
from lianfang.registers.controls.profile import Demand, demands
from lianfang.registers.controls.queries.levels import level_findings
from lianfang.registers.controls.queries.slogans import faults_at_submission
from lianfang.registers.controls.rows import ApprovedControlRow, ControlRow, ControlTestRow
from lianfang.registers.controls.rules import RULES
from lianfang.registers.controls.rules.fields import missing_parts
from lianfang.registers.controls.states import CONTROL, ControlState
from lianfang.registers.risks.queries.risks import grade_in_force, risks_shown, visible_risks
from lianfang.registers.risks.rows import RiskRow

APPROVAL: dict[str, Permission] = {
    Grade.LOW.value: Permission.CONTROLS_APPROVE_LOW,
    Grade.MEDIUM.value: Permission.CONTROLS_APPROVE_MEDIUM,
    Grade.HIGH.value: Permission.CONTROLS_APPROVE_HIGH,
}
"""Grade of the risk → who approves its measures (S74)."""
ONCE_IN_FORCE = frozenset({ControlState.IN_FORCE, ControlState.RETIRED})
OWN_MEASURE = ("责任人不能检验自己负责的措施，也不能登记对它的检验。", "请由监督人或其他科室的人员检验。")
"""Nobody tests what they answer for (S55, S78): what is wrong, and what to do."""
EDITABLE = frozenset({ControlState.DRAFT, ControlState.IN_FORCE, ControlState.UNDER_REVIEW})


READING = Reading(
    ControlRow, Permission.CONTROLS_READ, Permission.CONTROLS_READ_APPROVED, frozenset({ControlState.RETIRED.value})
)
"""Who reads measures whole, and who only as they were approved."""


def visible_controls(actor: User) -> QuerySet[Control]:
    """Measures of the units the actor may read; only approved ones where the actor may read no drafts."""
    return visible(actor, Control.objects.all(), Permission.CONTROLS_READ, Permission.CONTROLS_READ_APPROVED)


@dataclass(frozen=True)
class ControlLine:
    """One line of the list."""

    row: ControlRow
    unit_name: str
    risk_title: str
    grade: Grade | None
    owner_name: str
    stale: bool
    outgrown: bool
    """In force, but designed for a lower grade than the risk point has now."""


def control_page(actor: User, wanted: Wanted) -> tuple[Page[Control], list[ControlLine]]:
    """One page of the list of measures."""
    page = READING.page(actor, visible_controls(actor), wanted)
    rows = READING.shown(actor, page.records)
    units = unit_names(row.unit for row, _ in rows)
    people = person_names(row.owner for row, _ in rows)
    risks = risks_shown(actor, (row.risk for row, _ in rows))
    return page, [
        ControlLine(
            row,
            units.get(row.unit, row.unit),
            risks[row.risk].statement,
            risks[row.risk].grade,
            people.get(row.owner, row.owner),
            stale,
            _is_outgrown(row, risks[row.risk].grade),
        )
        for row, stale in rows
    ]


@dataclass(frozen=True)
class ControlDetail:
    """Everything that the page of one measure shows."""

    row: ControlRow
    risk: RiskRow
    unit_name: str
    people: dict[str, str]
    tests: tuple[ControlTestRow, ...]
    findings: tuple[Finding, ...]
    to_mend: tuple[Finding, ...]
    """What will stand in the way of handing it up, beside the errors among the findings; told whoever may submit."""
    history: tuple[HistoryLine, ...]
    moves: tuple[Move[ControlState], ...]
    barred: dict[str, str]
    turn: Turn | None
    editable: bool
    testable: bool
    untestable: str
    """Why this person, who may test measures, may not test this one; "" where they may, or test none."""
    stale: bool
    since_approval: tuple[Change, ...]

    @property
    def outgrown(self) -> bool:
        """Whether the grade of the risk rose above the one that the measure was designed for."""
        return _is_outgrown(self.row, self.risk.grade)

    @property
    def drafting_errors(self) -> tuple[Finding, ...]:
        """What stands against handing it up."""
        return _mendable(self.findings)


def _is_outgrown(row: ControlRow, grade: Grade | None) -> bool:
    return row.state is not ControlState.RETIRED and row.falls_short_of(grade)


def control_detail(actor: User, number: str) -> ControlDetail:
    """One measure with its risk point, its tests, its findings and what the actor can do next.

    Raises:
        Absent: no such measure, or not the actor's to see.
    """
    control = visible_controls(actor).select_related("risk").filter(number=number).first()
    if control is None:
        raise Absent(f"没有找到编号为“{number}”的防控措施。")
    row, is_whole = READING.row_of(actor, control), READING.is_whole(actor, control)
    tests = tests_of(number) if is_whole else ()
    moves = tuple(moves_open_to(actor, control)) if is_whole else ()
    tests_here = is_whole and is_in_force(control) and actor.may(Permission.CONTROLS_TEST, control.unit_path)
    is_own = bool(actor.person) and actor.person == row.owner
    findings, to_mend = told_once(
        row,
        (*control_findings(control), *_told_early(control)) if is_whole else (),
        tuple(faults_at_submission(control)) if offers_submission(moves) else (),
        {"CTL002": missing_parts(row)},
    )
    return ControlDetail(
        row=row,
        risk=risks_shown(actor, [row.risk])[row.risk],
        unit_name=unit_name(row.unit),
        people=person_names([row.owner, row.supervisor, *(test.tester for test in tests)]),
        tests=tests,
        findings=findings,
        to_mend=to_mend,
        history=READING.history(actor, control),
        moves=moves,
        barred=_barred(actor, control, moves),
        turn=_turn(actor, control) if is_whole else None,
        editable=is_whole and row.state in EDITABLE and actor.may(Permission.CONTROLS_DRAFT, control.unit_path),
        testable=tests_here and not is_own,
        untestable="".join(OWN_MEASURE) if tests_here and is_own else "",
        stale=is_whole and control.stale,
        since_approval=_since_approval(control, row) if is_whole else (),
    )


def tests_of(number: str) -> tuple[ControlTestRow, ...]:
    """Tests of one measure, newest first."""
    tests = ControlTest.objects.filter(control__number=number).order_by("-tested_on", "-id")
    return tuple(test.to_row() for test in tests)


def control_findings(control: Control) -> tuple[Finding, ...]:
    """What the rules say about one measure, seen with its risk point, its sisters, its tests and the people."""
    around: list[Row] = [control.risk.to_row(), *tests_of(control.number), *_around(control)]
    return findings_about(RULES, control.to_row(), around)


def _around(control: Control) -> list[Row]:
    """The sisters of a measure, and the people of its bureau, any of whom may own or supervise it."""
    sisters = Control.objects.filter(risk=control.risk).exclude(pk=control.pk)
    return [*(sister.to_row() for sister in sisters), *_people_around(control.unit_path)]


def _people_around(path: str) -> list[Row]:
    reach = own_reach(path)
    return [*person_rows(reach), *tenure_rows(reach), *post_rows(reach)]


def _told_early(control: Control) -> tuple[Finding, ...]:
    """What will be found about the risk point once the measure is approved, while somebody can still change it."""
    if control.state in {ControlState.IN_FORCE.value, ControlState.RETIRED.value}:
        return ()
    return level_findings(control.to_row(), control.risk.to_row(), _around(control))


def draft_findings(control: Control) -> tuple[Finding, ...]:
    """Those findings that the designer can mend: the grade at design is written by the approval, not by a hand."""
    return _mendable(control_findings(control))


def _mendable(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(found for found in findings if found.field != "grade_at_design")


def is_in_force(control: Control) -> bool:
    """Whether something of a measure is in force: itself, or what was approved while it is being redone (S72)."""
    if control.state == ControlState.IN_FORCE.value:
        return True
    return control.approved_entry is not None and control.state != ControlState.RETIRED.value


def approver_of(control: Control) -> Permission | None:
    """Who approves a measure: it depends on the grade in force of its risk; without one nobody can (S74)."""
    grade = grade_in_force(control.risk)
    return APPROVAL[grade.value] if grade else None


def overseer_of(control: Control) -> Permission | None:
    """Who returns or retires a measure: its approver; where the risk is closed by now, who was that at its design."""
    return approver_of(control) or APPROVAL.get(control.grade_at_design)


def moves_open_to(actor: User, control: Control) -> Iterator[Move[ControlState]]:
    """Moves open in the measure's state and to this actor; who approves depends on the grade of the risk."""
    overseer = overseer_of(control)
    needed_for = {"approve": approver_of(control), "return": overseer, "retire": overseer}
    for step in open_steps(control, CONTROL):
        needed = needed_for.get(step.name, Permission.CONTROLS_DRAFT)
        if needed and actor.may(needed, control.unit_path):
            yield step


def _barred(actor: User, control: Control, moves: Iterable[Move[ControlState]]) -> dict[str, str]:
    approving = approver_of(control) if any(step.name == "approve" for step in moves) else None
    return barred(actor, control, {"approve": approving} if approving else {})


WRITING = {
    ControlState.DRAFT.value: Awaited(Permission.CONTROLS_DRAFT, "写全后提交", is_writing=True),
    ControlState.UNDER_REVIEW.value: Awaited(Permission.CONTROLS_DRAFT, "改好后提交", is_writing=True),
}
"""State → what it waits for, while the measure is written; who approves depends on the grade of the risk."""


def _turn(actor: User, control: Control) -> Turn | None:
    if control.state != ControlState.SUBMITTED.value:
        return turn_in(actor, control, WRITING)
    approving = approver_of(control)
    return turn_of(actor, control, Awaited(approving, "审定"), hands_on(control)) if approving else None


@dataclass(frozen=True)
class RiskMeasures:
    """What stands against one risk point, and what its grade still asks for (S77).

    A demand is met by what is in force; ``drafted`` are those that only a draft would meet.
    """

    risk: RiskRow
    controls: tuple[ControlRow, ...]
    demands: tuple[Demand, ...]
    drafted: frozenset[str]
    findings: tuple[Finding, ...]


def measures_of(actor: User, risk: str) -> RiskMeasures:
    """The measures of one risk point that the actor may see.

    Raises:
        Absent: no such risk point, or not the actor's to see.
    """
    record = visible_risks(actor).filter(number=risk).first()
    if record is None:
        raise Absent(f"没有找到编号为“{risk}”的风险点。")
    row = risks_shown(actor, [risk])[risk]
    controls = visible_controls(actor).filter(risk=record).exclude(state=ControlState.RETIRED.value)
    rows = tuple(READING.rows(actor, controls.order_by("number")))
    if not row.grade:
        return RiskMeasures(row, rows, (), frozenset(), ())
    in_force = approved_rows(ControlRow, controls.filter(approved_entry__isnull=False).order_by("number"))
    parameters = parameters_for(record.unit_path)
    people = _people_around(record.unit_path)
    roster = Roster(Material(people, today=timezone.localdate(), registers=[PersonRow, TenureRow, PostRow]))
    asked = demands(row.grade, in_force, parameters, roster)
    with_drafts = demands(row.grade, rows, parameters, roster)
    drafted = {now.text for now, later in zip(asked, with_drafts, strict=True) if later.met and not now.met}
    # What the rules say by the measures in force: a pair, a level high enough.
    found = findings_about(RULES, row, [*in_force, *people]) if READING.is_whole(actor, record) else ()
    return RiskMeasures(row, rows, tuple(asked), frozenset(drafted), found)


def approved_controls(path: str) -> list[ControlRow]:
    """Measures under ``path`` exactly as they were last approved."""
    approved = Control.objects.filter(unit_path__gte=path, unit_path__lt=path + "~", approved_entry__isnull=False)
    approved = approved.exclude(state=ControlState.RETIRED.value).order_by("unit_path", "number")
    return approved_rows(ControlRow, approved)


def approved_controls_against(path: str, risks: Collection[str]) -> list[ControlRow]:
    """Those measures under ``path`` that were approved against one of ``risks``, exactly as they were approved."""
    approved = Control.objects.filter(unit_path__gte=path, unit_path__lt=path + "~", approved_entry__isnull=False)
    approved = approved.exclude(state=ControlState.RETIRED.value).filter(Q(risk__number__in=risks) | REWRITTEN)
    return [row for row in approved_rows(ControlRow, approved.order_by("unit_path", "number")) if row.risk in risks]


def controls_approved_otherwise(path: str = "") -> Iterator[ApprovedControlRow]:
    """The approved copies of measures under ``path`` that were written to since, without those retired."""
    changed = Control.objects.filter(REWRITTEN, unit_path__gte=path, unit_path__lt=path + "~")
    changed = changed.exclude(state=ControlState.RETIRED.value).order_by("unit_path", "number")
    for row in approved_rows(ControlRow, changed):
        yield ApprovedControlRow(**{field.name: getattr(row, field.name) for field in fields(row)})


def control_rows(path: str = "") -> Iterator[ControlRow]:
    """All measures under ``path`` as Rows, streamed."""
    controls = Control.objects.filter(unit_path__gte=path, unit_path__lt=path + "~") if path else Control.objects.all()
    return (control.to_row() for control in controls.order_by("unit_path", "number").iterator(chunk_size=2_000))


def control_test_rows(path: str = "") -> Iterator[ControlTestRow]:
    """All tests under ``path`` as Rows, streamed."""
    tests = ControlTest.objects.all()
    if path:
        tests = tests.filter(unit_path__gte=path, unit_path__lt=path + "~")
    return (test.to_row() for test in tests.order_by("unit_path", "number").iterator(chunk_size=2_000))


def _since_approval(control: Control, row: ControlRow) -> tuple[Change, ...]:
    if not control.stale or control.approved_entry is None:
        return ()
    approved = approved_rows(ControlRow, [control])[0]
    return tuple(change for change in differences(approved, row) if change.field in ControlRow.guarded)
