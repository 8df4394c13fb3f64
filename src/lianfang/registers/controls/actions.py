"""Writing measures, tests and ledgers, each action in four beats."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import cast

from django.db import transaction
from django.utils import timezone

from lianfang.foundation.accounts.four_eyes import demand_another_hand, hands_on
from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import allow, allow_at, allow_intake
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.catalogue.numbers import claim
from lianfang.foundation.journal.approval import approve, approve_many, needs_review
from lianfang.foundation.journal.carrying import carry_places, keep_approved, placed_in
from lianfang.foundation.journal.moves import change, move
from lianfang.foundation.journal.queries import approved_rows
from lianfang.foundation.journal.recording import record, record_many
from lianfang.foundation.journal.records import columns_of
from lianfang.foundation.journal.storing import Stored, Terms, store
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.lint.adopting import terms_on
from lianfang.foundation.lint.entries import demand_substance
from lianfang.foundation.organisation.queries import unit_paths, visible_posts
from lianfang.foundation.organisation.rows import PostRow
from lianfang.foundation.organisation.series import number_for, take_numbers
from lianfang.kernel.errors import Absent, Conflict, Invalid, Refused
from lianfang.kernel.levels import Grade
from lianfang.kernel.rows import digest, plain
from lianfang.kernel.substance import DECISION, ENDING, REOPENING, RETURNING, demand_reason
from lianfang.registers.controls.ledger import snapshot_prefix
from lianfang.registers.controls.models import Control, ControlTest, Snapshot
from lianfang.registers.controls.queries.controls import (
    EDITABLE,
    ONCE_IN_FORCE,
    OWN_MEASURE,
    approver_of,
    draft_findings,
    is_in_force,
    overseer_of,
    visible_controls,
)
from lianfang.registers.controls.queries.ledger import ledger_unit, steady_ledger
from lianfang.registers.controls.queries.people import demand_own_people
from lianfang.registers.controls.queries.slogans import faults_at_submission, unwaived_slogan
from lianfang.registers.controls.queries.testing import FirstDays, fault_of, first_days
from lianfang.registers.controls.rows import ControlRow, ControlTestRow, SnapshotRow
from lianfang.registers.controls.states import CONTROL, ControlState
from lianfang.registers.risks.actions.posts import move_post_and_risks
from lianfang.registers.risks.queries.risks import RiskPlace, grade_in_force, risk_places, visible_risks
from lianfang.registers.risks.rows import Tier


@transaction.atomic
def create_control(*, actor: User, row: ControlRow) -> ControlRow:
    """Design a measure against a risk point; it takes the unit and, if graded, the grade of the risk (S33).

    Raises:
        Invalid: its owner or supervisor is of another bureau.
    """
    risk = _risk(actor, row.risk)
    allow_at(actor, Permission.CONTROLS_DRAFT, risk.unit_path)
    demand_own_people(row, risk.unit_path)
    number = number_for(row.number, risk.unit, row.kind)
    drafted = replace(row, number=number, unit=risk.unit, state=ControlState.DRAFT, version=1)
    fresh = replace(drafted, grade_at_design=risk.grade)
    control = Control.objects.create(unit_path=risk.unit_path, **columns_of(Control, fresh))
    record(actor, Verb.CREATED, control)
    return control.to_row()


@transaction.atomic
def edit_control(*, actor: User, row: ControlRow, expected_version: int, note: str = "") -> ControlRow:
    """Change a measure; changing guarded fields of an approved one reopens it and makes its approval stale.

    Raises:
        Invalid: an owner or supervisor of another bureau is newly named.
        Conflict: it is in a state in which nobody edits it.
    """
    control = allow(actor, Permission.CONTROLS_DRAFT, visible_controls(actor), row.number)
    before = control.to_row()
    if before.state not in EDITABLE:
        raise Conflict(f"{control.number} 当前为“{before.state.label}”，不能修改。", "请审定人退回后再改。")
    demand_own_people(row, control.unit_path, before)
    settled = {name: getattr(before, name) for name in ("unit", "risk", "state", "version", "grade_at_design")}
    kept = replace(row, **settled)
    reopened = needs_review(control, before, kept)
    state = ControlState.UNDER_REVIEW if reopened and before.state is ControlState.IN_FORCE else before.state
    columns = columns_of(Control, replace(kept, state=state))
    del columns["version"], columns["number"]
    change(control, expected_version, stale=control.stale or reopened, **columns)
    record(actor, Verb.CONTROL_REOPENED if state is not before.state else Verb.EDITED, control, note=note)
    return control.to_row()


@transaction.atomic
def submit_control(*, actor: User, number: str, expected_version: int, note: str = "") -> ControlRow:
    """Hand a measure to whoever approves at the grade of its risk; open errors, and hollow fields, stand in the way.

    Raises:
        Conflict: its risk point has no grade yet.
    """
    control = allow(actor, Permission.CONTROLS_DRAFT, visible_controls(actor), number)
    if grade_in_force(control.risk) is None:
        raise Conflict(f"风险点 {control.risk_id} 还没有定级，措施不能提交审定。", "先完成该风险点的评级。")
    move(control, CONTROL, "submit", expected_version, unless=draft_findings(control))
    demand_substance(number, faults_at_submission(control))
    record(actor, Verb.SUBMITTED, control, note=note)
    return control.to_row()


@transaction.atomic
def return_control(*, actor: User, number: str, expected_version: int, note: str) -> ControlRow:
    """Send a measure back to its designer with the reason."""
    control = allow(actor, Permission.CONTROLS_READ, visible_controls(actor), number)
    allow_at(actor, _named(control, overseer_of(control)), control.unit_path)
    demand_reason(note, RETURNING)
    move(control, CONTROL, "return", expected_version)
    record(actor, Verb.RETURNED, control, note=note)
    return control.to_row()


@transaction.atomic
def approve_control(*, actor: User, number: str, expected_version: int, basis: str = "") -> ControlRow:
    """Put a measure in force: LOW by the head, MEDIUM by the deputy, HIGH by the Party group with its minutes (S74)."""
    control = allow(actor, Permission.CONTROLS_READ, visible_controls(actor), number)
    approving = _named(control, approver_of(control))
    allow_at(actor, approving, control.unit_path)
    demand_another_hand(actor, approving, control, hands_on(control))
    grade = grade_in_force(control.risk)
    if grade is Grade.HIGH:
        demand_reason(basis, DECISION, missing="高风险的措施须经局党组会研究，请填写会议纪要编号。")
    _demand_checkable(control, grade)
    move(control, CONTROL, "approve", expected_version, stale=False, grade_at_design=grade.value if grade else "")
    approve(control, record(actor, Verb.CONTROL_APPROVED, control, basis=basis))
    return control.to_row()


@transaction.atomic
def reopen_control(*, actor: User, number: str, expected_version: int, note: str) -> ControlRow:
    """Start to redo a measure in force, for example after a test found a gap (S49, S55)."""
    control = allow(actor, Permission.CONTROLS_DRAFT, visible_controls(actor), number)
    remedy = "例如：检验发现漏洞、风险点升为高风险、流程调整。"
    demand_reason(note, REOPENING, missing="重新梳理时必须写明原因。", remedy=remedy)
    move(control, CONTROL, "reopen", expected_version)
    record(actor, Verb.CONTROL_REOPENED, control, note=note)
    return control.to_row()


@transaction.atomic
def retire_control(*, actor: User, number: str, expected_version: int, note: str) -> ControlRow:
    """Take a measure out of force; it stays readable with the reason."""
    control = allow(actor, Permission.CONTROLS_READ, visible_controls(actor), number)
    allow_at(actor, _named(control, overseer_of(control)), control.unit_path)
    demand_reason(note, ENDING, missing="停用措施必须写明原因。")
    move(control, CONTROL, "retire", expected_version)
    record(actor, Verb.CONTROL_RETIRED, control, note=note)
    return control.to_row()


@transaction.atomic
def move_post_and_measures(*, actor: User, number: str, unit: str, basis: str) -> PostRow:
    """Give a post to another unit of its bureau with its risk points and the measures against them (S7, S33).

    Raises:
        Invalid: the unit belongs to another bureau, or something keeps the post where it is.
    """
    allow(actor, Permission.ORGANISATION_EDIT, visible_posts(actor), number)
    moved = move_post_and_risks(actor=actor, number=number, unit=unit, basis=basis)
    path = unit_paths([unit])[unit]
    measures = Control.objects.filter(risk__post__number=number, risk__tier=Tier.POST.value).order_by("number")
    held = list(measures)
    measures.update(unit=unit, unit_path=path)
    carry_places(ControlTest.objects.filter(control__in=held), ControlTestRow.kind, path)
    changes = placed_in(held, unit, path)
    record_many(actor, Verb.MOVED_ALONG, changes, basis=basis.strip())
    keep_approved(held, changes)
    return moved


@transaction.atomic
def record_test(*, actor: User, row: ControlTestRow) -> ControlTestRow:
    """Record a test of a measure in force; nobody tests what they answer for (S55, S78).

    A measure that is being redone stays in force as it was approved, so nobody escapes a test by starting to redo it.

    Raises:
        Conflict: the measure is not in force.
        Invalid: a day on which it cannot have been tested, or a verdict that its own scores or its silence deny.
        Refused: the tester answers for the measure, or somebody else's test is recorded.
    """
    control = allow(actor, Permission.CONTROLS_TEST, visible_controls(actor), row.control)
    if not is_in_force(control):
        raise Conflict(f"{control.number} 没有在施行，不能检验。")
    _demand_sound_test(actor, row, control, first_days([row]))
    fresh = replace(row, number=_next_test_of(control))
    test = ControlTest.objects.create(unit_path=control.unit_path, **columns_of(ControlTest, fresh))
    record(actor, Verb.CONTROL_TESTED, test)
    return test.to_row()


@transaction.atomic
def generate_ledger(*, actor: User, unit: str) -> SnapshotRow:
    """Generate and keep the ledger of a unit from what is approved at this moment (S41, S42)."""
    place = ledger_unit(actor, unit)
    allow_at(actor, Permission.LEDGER_GENERATE, place.path)
    lines, now = steady_ledger(place.path), timezone.now()
    snapshot = Snapshot.objects.create(
        number=claim(snapshot_prefix(place.number, timezone.localdate(now)))[0],
        unit=place,
        unit_path=place.path,
        taken_at=now,
        taken_by=actor.title,
        lines=[plain(line) for line in lines],
        line_count=len(lines),
        fingerprint=digest(lines),
    )
    record(actor, Verb.LEDGER_GENERATED, snapshot)
    return snapshot.to_row()


@transaction.atomic
def import_controls(*, actor: User, rows: Sequence[ControlRow], source: str, adopted: str = "") -> Stored:
    """Store imported measures, as drafts or as ``adopted``; a measure belongs to the unit of its risk point."""
    places, terms = risk_places(row.risk for row in rows), terms_on(source, adopted)
    # Also where the list itself says that they belong: their numbers may be of that unit.
    claimed = unit_paths(row.unit for row in rows).values()
    allowed = allow_intake(actor, terms, [*(place.unit_path for place in places.values()), *claimed])
    placed = [
        replace(row, unit=places[row.risk].unit, grade_at_design=grade) for row, grade in _designed_for(rows, places)
    ]
    ignore, locked = terms.ignored(), terms.locked(_past_drafting)
    stored = store(
        Control, placed, lambda row: places[row.risk].unit_path, ignore=ignore, locked=locked, allowed=allowed
    )
    take_numbers(stored, allowed)
    record_many(actor, terms.verb, stored.changes, basis=terms.basis, note=source)
    if terms.adopted:
        approve_many(Control, stored.settled(ONCE_IN_FORCE, CONTROL.initial))
    return stored


@transaction.atomic
def import_tests(*, actor: User, rows: Sequence[ControlTestRow], source: str) -> Stored:
    """Store imported tests of measures; each passes what ``record_test`` asks, and what is stored never changes.

    Raises:
        Conflict: a measure is not in force, or a line would change a test that is stored.
        Invalid: a day on which it cannot have been tested, or a verdict that its own scores or its silence deny.
        Refused: somebody tested what they answer for, or the actor may not record tests there.
    """
    measures = {control.number: control for control in _measures(row.control for row in rows)}
    paths = {control.unit_path for control in measures.values()}
    allowed = allow_intake(actor, Terms(source), paths)
    for path in sorted(paths):
        allow_at(actor, Permission.CONTROLS_TEST, path)
    stored = store(
        ControlTest, rows, lambda row: measures[row.control].unit_path, locked=lambda _test: True, allowed=allowed
    )
    tests = [cast("ControlTestRow", written.row) for written in stored.changes]
    known = first_days(tests)
    for row in tests:
        if not is_in_force(measures[row.control]):
            raise Conflict(f"{row.control} 没有在施行，不能导入它的检验记录（{row.number}）。")
        _demand_sound_test(actor, row, measures[row.control], known, named=f"{row.number}：")
    record_many(actor, Verb.IMPORTED, stored.changes, note=source)
    return stored


def _demand_checkable(control: Control, grade: Grade | None) -> None:
    if slogan := unwaived_slogan(control, grade):
        raise Invalid(
            f"{slogan.message}不能用它应对高风险。",
            "请退回设计人写明谁、多久一次、对什么做什么、留下什么凭证；确有理由保留的，先检查本局，在这条检查结果（CTL003）上豁免。",
        )


def _next_test_of(control: Control) -> str:
    """The next free number of a test of this measure; the measure is held, so that two tests never share one.

    Imported tests bring numbers of their own, so counting is not enough.
    """
    Control.objects.select_for_update().get(pk=control.pk)
    used = set(ControlTest.objects.filter(number__startswith=f"{control.number}/").values_list("number", flat=True))
    serials = (f"{control.number}/{serial}" for serial in itertools.count(1))
    return next(number for number in serials if number not in used)


def _designed_for(
    rows: Sequence[ControlRow], places: Mapping[str, RiskPlace]
) -> Iterator[tuple[ControlRow, Grade | None]]:
    """Each row with the grade it is for: its own word, else what is stored of it, else the grade in force now.

    A measure that does not know its grade could never be told that the risk outgrew it. Nor is a list believed that a
    measure was made for more than its risk is or it was approved for: nobody at that level has approved it.
    """
    stored = {control.number: control.to_row().grade_at_design for control in _measures(row.number for row in rows)}
    for row in rows:
        held, now = stored.get(row.number), places[row.risk].grade
        named = row.grade_at_design or stored.get(row.number, now)
        most = max((grade for grade in (held, now) if grade), key=_rank, default=named)
        yield row, min(named, most, key=_rank) if named and most else named


def _rank(grade: Grade) -> int:
    return grade.rank


def _measures(numbers: Iterable[str]) -> Iterator[Control]:
    wanted = sorted(set(numbers))
    for start in range(0, len(wanted), 400):
        yield from Control.objects.filter(number__in=wanted[start : start + 400])


def _demand_sound_test(
    actor: User, row: ControlTestRow, control: Control, known: FirstDays, *, named: str = ""
) -> None:
    _demand_independent(actor, control, row.tester)
    fault, remedy = fault_of(row, known)
    if fault:
        raise Invalid(f"{named}{fault}", remedy)


def _demand_independent(actor: User, control: Control, tester: str) -> None:
    """Who answers for a measure neither tests it nor records a test of it; others record only what they tested.

    The integrity office enters tests made on paper, so it may name somebody else.
    """
    # Whoever is redoing a measure answers for what is in force, whomever the draft names.
    owners = {control.owner_id, approved_rows(ControlRow, [control])[0].owner} - {"", None}
    if owners & {tester, actor.person}:
        raise Refused(*OWN_MEASURE)
    if tester != actor.person and not actor.may(Permission.REGISTERS_ADOPT, control.unit_path):
        raise Refused("只能登记本人所做的检验。", "请由检验人本人登记；纸面检验记录请交廉政办录入。")


def _past_drafting(control: Control) -> bool:
    return control.state not in {ControlState.DRAFT, ControlState.UNDER_REVIEW}


def _named(control: Control, permission: Permission | None) -> Permission:
    if permission is None:
        raise Conflict(f"风险点 {control.risk_id} 还没有定级，分不清由谁审定。", "先完成该风险点的评级。")
    return permission


def _risk(actor: User, number: str) -> RiskPlace:
    """Where a risk point lies; one that is not the actor's to see is as absent as one that does not exist."""
    risk = risk_places([number]).get(number)
    if risk is None or not visible_risks(actor).filter(number=number).exists():
        raise Absent(f"没有编号为“{number}”的风险点。", "请从风险点页面进入，或核对编号。")
    return risk
