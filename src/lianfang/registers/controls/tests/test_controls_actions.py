"""Actions on measures: approval at the level of the grade, what freezes, who may not test, and the ledger's truth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone

from lianfang.conftest import Cast
from lianfang.foundation.accounts.models import User
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.journal.queries import frozen_copy
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.organisation.models import Person
from lianfang.foundation.parameters.values import Parameters
from lianfang.kernel.errors import Absent, Conflict, Invalid, Refused
from lianfang.kernel.levels import Grade
from lianfang.kernel.rows import digest
from lianfang.registers.controls import actions
from lianfang.registers.controls.ledger import compare
from lianfang.registers.controls.models import Control
from lianfang.registers.controls.profile import demands
from lianfang.registers.controls.queries.controls import control_detail, measures_of, moves_open_to
from lianfang.registers.controls.queries.ledger import compared, ledger_under, lines_of
from lianfang.registers.controls.rows import (
    BasisType,
    ControlFamily,
    ControlKind,
    ControlRow,
    ControlTestRow,
    Frequency,
    LedgerRow,
    Verdict,
)
from lianfang.registers.controls.states import CONTROL, ControlState
from lianfang.registers.controls.tests.conftest import RiskAt
from lianfang.registers.risks.models import Risk

MEASURE = ControlRow(
    number="",
    risk="LH-WRF-R001",
    unit="LH-WRF",
    family=ControlFamily.SEPARATION,
    control_kind=ControlKind.PREVENT,
    actor="污染防治科科长",
    action="检查任务当日上午由系统随机派发，派发结果由两人签字确认并存档。",
    frequency=Frequency.EVERY_CASE,
    evidence="派发记录",
    owner="LH-M03",
    supervisor="LH-M02",
    basis_type=BasisType.DUTY,
    basis="污染防治科岗位职责",
)
DETECTION = replace(
    MEASURE,
    family=ControlFamily.AUTHORISATION,
    control_kind=ControlKind.DETECT,
    action="每月抽取五件检查档案，与转移联单逐项核对，缺一项退回补正。",
    frequency=Frequency.MONTHLY,
    evidence="抽查登记表",
)
MINUTES = "局党组会纪要〔2026〕9号"


def submitted(cast: Cast, row: ControlRow = MEASURE) -> ControlRow:
    row = actions.create_control(actor=cast.clerk, row=row)
    return actions.submit_control(actor=cast.clerk, number=row.number, expected_version=row.version)


def in_force(cast: Cast, row: ControlRow = MEASURE) -> ControlRow:
    row = submitted(cast, row)
    return actions.approve_control(actor=cast.secretary, number=row.number, expected_version=row.version, basis=MINUTES)


@pytest.mark.covers("S33")
def test_a_measure_takes_unit_and_grade_from_its_risk_point(cast: Cast, risk_at: RiskAt) -> None:
    risk_at(Grade.MEDIUM)

    row = actions.create_control(actor=cast.clerk, row=replace(MEASURE, unit="LH-ZF", grade_at_design=Grade.LOW))

    assert (row.unit, row.grade_at_design, row.state) == ("LH-WRF", Grade.MEDIUM, ControlState.DRAFT)


@pytest.mark.covers("S33")
def test_a_measure_against_nothing_is_refused(cast: Cast) -> None:
    with pytest.raises(Absent, match="风险点"):
        actions.create_control(actor=cast.clerk, row=MEASURE)


@pytest.mark.covers("S74")
@pytest.mark.parametrize(
    ("grade", "may", "may_not"),
    [
        (Grade.LOW, ["head", "deputy", "secretary"], ["clerk", "coordinator", "legal"]),
        (Grade.MEDIUM, ["deputy", "secretary"], ["clerk", "head", "coordinator"]),
        (Grade.HIGH, ["secretary"], ["clerk", "head", "deputy", "coordinator"]),
    ],
)
def test_who_approves_follows_the_grade_of_the_risk(
    cast: Cast, risk_at: RiskAt, grade: Grade, may: list[str], may_not: list[str]
) -> None:
    risk_at(grade)
    rows = [actions.create_control(actor=cast.clerk, row=row) for row in (MEASURE, DETECTION)]
    row = actions.submit_control(actor=cast.clerk, number=rows[0].number, expected_version=1)

    for part in may_not:
        with pytest.raises(Refused):
            actions.approve_control(
                actor=getattr(cast, part), number=row.number, expected_version=row.version, basis="x"
            )
    control = Control.objects.get(number=row.number)
    for part in may:
        assert "approve" in {move.name for move in moves_open_to(getattr(cast, part), control)}
    approved = actions.approve_control(
        actor=getattr(cast, may[0]), number=row.number, expected_version=row.version, basis=MINUTES
    )
    assert approved.state is ControlState.IN_FORCE


def test_high_risk_measures_need_the_minutes(cast: Cast, risk_at: RiskAt) -> None:
    risk_at(Grade.HIGH)
    actions.create_control(actor=cast.clerk, row=DETECTION)
    row = submitted(cast)

    with pytest.raises(Invalid, match="会议纪要"):
        actions.approve_control(actor=cast.secretary, number=row.number, expected_version=row.version, basis=" ")


def test_an_ungraded_risk_has_no_approver_yet(cast: Cast, risk_at: RiskAt) -> None:
    risk_at(Grade.LOW)
    Risk.objects.update(grade="")
    row = actions.create_control(actor=cast.clerk, row=MEASURE)

    with pytest.raises(Conflict, match="没有定级"):
        actions.submit_control(actor=cast.clerk, number=row.number, expected_version=row.version)


@pytest.mark.covers("S42")
@pytest.mark.parametrize("field", ["actor", "frequency", "evidence", "owner"])
def test_a_measure_without_actor_frequency_trace_or_owner_is_not_submitted(
    cast: Cast, risk_at: RiskAt, field: str
) -> None:
    risk_at(Grade.LOW)
    blank: dict[str, Any] = {field: None if field == "frequency" else ""}
    row = actions.create_control(actor=cast.clerk, row=replace(MEASURE, **blank))

    with pytest.raises(Invalid) as stopped:
        actions.submit_control(actor=cast.clerk, number=row.number, expected_version=row.version)

    assert any(detail.startswith("CTL002") for detail in stopped.value.details)


@pytest.mark.covers("S66")
def test_a_changed_measure_leaves_the_ledger_as_it_was_approved(cast: Cast, risk_at: RiskAt) -> None:
    risk_at(Grade.LOW)
    row = in_force(cast)

    changed = actions.edit_control(
        actor=cast.clerk, row=replace(row, action="改成每季度看一次。"), expected_version=row.version
    )

    control = Control.objects.get(number=row.number)
    assert (changed.state, control.stale) == (ControlState.UNDER_REVIEW, True)
    assert control.approved_entry is not None
    assert frozen_copy(ControlRow, control.approved_entry).action == MEASURE.action
    assert ledger_under("JW/LH/")[0].controls == (MEASURE.action,)
    assert [change.field for change in control_detail(cast.head, row.number).since_approval] == ["action"]


def test_a_measure_cannot_be_hung_on_another_risk_by_editing(cast: Cast, risk_at: RiskAt) -> None:
    risk_at(Grade.LOW)
    risk_at(Grade.HIGH, "LH-WRF-R002")
    row = actions.create_control(actor=cast.clerk, row=MEASURE)

    edited = actions.edit_control(
        actor=cast.clerk, row=replace(row, risk="LH-WRF-R002", unit="LH-ZF"), expected_version=row.version
    )

    assert (edited.risk, edited.unit) == ("LH-WRF-R001", "LH-WRF")


STEP_OF: dict[str, tuple[str, Callable[..., ControlRow], dict[str, str]]] = {
    "submit": ("clerk", actions.submit_control, {}),
    "return": ("secretary", actions.return_control, {"note": "没写多久一次"}),
    "approve": ("secretary", actions.approve_control, {"basis": MINUTES}),
    "reopen": ("clerk", actions.reopen_control, {"note": "检验发现两处漏签"}),
    "retire": ("secretary", actions.retire_control, {"note": "由 CS-021 替代"}),
}


@pytest.mark.parametrize("state", list(ControlState))
@pytest.mark.parametrize("name", sorted(STEP_OF))
def test_every_move_from_every_state_is_as_the_table_says(
    cast: Cast, risk_at: RiskAt, state: ControlState, name: str
) -> None:
    risk_at(Grade.LOW)
    row = actions.create_control(actor=cast.clerk, row=MEASURE)
    Control.objects.update(state=state.value)
    part, action, said = STEP_OF[name]
    listed = (move for move in CONTROL.moves if (move.name, move.source) == (name, state) and not move.once_approved)
    target = next((move.target for move in listed), None)
    entries = Entry.objects.count()

    if target is None:
        with pytest.raises(Conflict):
            action(actor=getattr(cast, part), number=row.number, expected_version=row.version, **said)
        assert Entry.objects.count() == entries
    else:
        done = action(actor=getattr(cast, part), number=row.number, expected_version=row.version, **said)
        assert done.state is target
        assert Entry.objects.count() == entries + 1


@pytest.mark.covers("S55")
def test_nobody_tests_what_they_answer_for(cast: Cast, risk_at: RiskAt) -> None:
    risk_at(Grade.LOW)
    row = in_force(cast)
    test = ControlTestRow(
        number="", control=row.number, tested_on=timezone.localdate(), tester="LH-M03", verdict=Verdict.EFFECTIVE
    )

    with pytest.raises(Refused, match="责任人"):
        actions.record_test(actor=cast.head, row=test)
    recorded = actions.record_test(actor=cast.deputy, row=replace(test, tester="LH-M02", design=2, operation=2))

    assert recorded.number == f"{row.number}/1"
    assert control_detail(cast.head, row.number).tests == (recorded,)


@pytest.mark.covers("S55")
def test_a_defect_found_needs_words(cast: Cast, risk_at: RiskAt) -> None:
    risk_at(Grade.LOW)
    row = in_force(cast)
    test = ControlTestRow(
        number="", control=row.number, tested_on=timezone.localdate(), tester="LH-M02", verdict=Verdict.GAP
    )

    with pytest.raises(Invalid, match="检验情况"):
        actions.record_test(actor=cast.deputy, row=test)


@pytest.mark.covers("S77")
@pytest.mark.parametrize("basis", list(BasisType))
def test_each_measure_names_which_of_the_four_bases_it_rests_on(cast: Cast, risk_at: RiskAt, basis: BasisType) -> None:
    risk_at(Grade.LOW)

    row = actions.create_control(actor=cast.clerk, row=replace(MEASURE, basis_type=basis))

    assert [word.label for word in BasisType] == ["法律法规", "政策规定", "工作职责", "工作标准"]
    assert Control.objects.get(number=row.number).to_row().basis_type is basis


@pytest.mark.covers("S77")
def test_the_demands_grow_with_the_grade() -> None:
    one, both, asked = (MEASURE,), (MEASURE, DETECTION), Parameters()

    assert all(demand.met for demand in demands(Grade.LOW, one, asked))
    assert [demand.met for demand in demands(Grade.HIGH, one, asked)].count(False) == 2
    assert all(demand.met for demand in demands(Grade.HIGH, both, asked))
    counts = [len(demands(grade, both, asked)) for grade in (Grade.HIGH, Grade.MEDIUM, Grade.LOW)]
    assert counts[0] > counts[1] > counts[2]


def test_the_measures_of_a_risk_are_shown_to_who_may_see_the_risk(cast: Cast, risk_at: RiskAt) -> None:
    risk_at(Grade.LOW)
    actions.create_control(actor=cast.clerk, row=MEASURE)

    assert len(measures_of(cast.head, "LH-WRF-R001").controls) == 1
    assert measures_of(cast.commission, "LH-WRF-R001").controls == ()
    with pytest.raises(Absent):
        measures_of(cast.outsider, "LH-WRF-R001")


@pytest.mark.covers("S41", "S42")
def test_the_ledger_holds_the_five_columns_of_what_was_approved_and_nothing_else(cast: Cast, risk_at: RiskAt) -> None:
    risk_at(Grade.HIGH)
    risk_at(Grade.LOW, "LH-WRF-R002")
    Risk.objects.create(
        number="LH-WRF-R003",
        unit_id="LH-WRF",
        unit_path="JW/LH/LH-WRF/",
        tier="post",
        post_id="LH-WRF-02",
        statement="还在填报的风险点。",
        state="draft",
    )
    for row in (MEASURE, DETECTION):
        actions.create_control(actor=cast.clerk, row=row)
    for control in Control.objects.order_by("number"):
        step = actions.submit_control(actor=cast.clerk, number=control.number, expected_version=1)
        actions.approve_control(actor=cast.secretary, number=step.number, expected_version=2, basis=MINUTES)
    actions.create_control(actor=cast.clerk, row=replace(MEASURE, risk="LH-WRF-R002", action="还没有审定的措施。"))

    lines = ledger_under("JW/LH/")

    assert [line.risk for line in lines] == ["LH-WRF-R001", "LH-WRF-R002"]
    assert lines[0] == LedgerRow(
        number="1",
        unit="污染防治科",
        post="危险废物监管岗",
        duty="负责危险废物监管岗的业务工作。",
        risk="LH-WRF-R001",
        statement="监管人员透露检查行程换取礼金（LH-WRF-R001）。",
        manifestation="被查企业提前停产。",
        grade=Grade.HIGH,
        controls=(MEASURE.action, DETECTION.action),
        owners=("张科长",),
    )
    assert lines[1].controls == ()


@pytest.mark.covers("S41")
def test_two_snapshots_show_what_changed_between_them(cast: Cast, risk_at: RiskAt) -> None:
    risk_at(Grade.LOW)
    first = actions.generate_ledger(actor=cast.coordinator, unit="LH")
    in_force(cast)
    second = actions.generate_ledger(actor=cast.coordinator, unit="LH")

    found = compared(cast.secretary, second.number)

    assert found.previous is not None
    assert [(item.kind, item.risk, [c.field for c in item.changes]) for item in found.changes] == [
        ("改动", "LH-WRF-R001", ["controls", "owners", "remark"])
    ]
    assert first.fingerprint != second.fingerprint
    assert second.fingerprint == digest(lines_of(found.snapshot))
    assert Entry.objects.filter(kind="ledgers").count() == 2


def test_lines_that_come_and_go_are_told_apart() -> None:
    def line(risk: str) -> LedgerRow:
        return LedgerRow(
            number="1",
            unit="科",
            post="岗",
            duty="",
            risk=risk,
            statement=risk,
            manifestation="",
            grade=Grade.LOW,
            controls=(),
            owners=(),
        )

    assert [(c.kind, c.risk) for c in compare([line("R1"), line("R2")], [line("R2"), line("R3")])] == [
        ("新增", "R3"),
        ("移出", "R1"),
    ]


@pytest.mark.parametrize("part", ["clerk", "head", "commission", "outsider"])
def test_only_the_coordinator_takes_a_ledger(cast: Cast, risk_at: RiskAt, part: str) -> None:
    actor: User = getattr(cast, part)

    with pytest.raises((Refused, Absent)):
        actions.generate_ledger(actor=actor, unit="LH")


def test_an_import_keeps_each_measure_with_its_risk_and_never_puts_it_in_force(cast: Cast, risk_at: RiskAt) -> None:
    risk_at(Grade.LOW)
    row = replace(MEASURE, number="LH-WRF-C009", unit="LH-ZF", state=ControlState.IN_FORCE)

    with pytest.raises(Refused):
        actions.import_controls(actor=cast.clerk, rows=[row], source="台账.xlsx")
    stored = actions.import_controls(actor=cast.coordinator, rows=[row], source="台账.xlsx")

    control = Control.objects.get(number="LH-WRF-C009")
    assert stored.created == ("LH-WRF-C009",)
    assert (control.unit_id, control.state, control.approved_entry) == ("LH-WRF", "draft", None)


def test_adopting_takes_states_over_only_for_who_may_adopt(cast: Cast, risk_at: RiskAt) -> None:
    risk_at(Grade.LOW)
    row = replace(MEASURE, number="LH-WRF-C009", state=ControlState.IN_FORCE)

    with pytest.raises(Refused):
        actions.import_controls(actor=cast.clerk, rows=[row], source="x", adopted=MINUTES)
    actions.import_controls(actor=cast.coordinator, rows=[row], source="x", adopted=MINUTES)

    control = Control.objects.get(number="LH-WRF-C009")
    assert control.state == "in-force"
    assert control.approved_entry is not None
    entry = Entry.objects.get(pk=control.approved_entry)
    assert (entry.verb, entry.basis) == (Verb.ADOPTED.value, MINUTES)
    assert frozen_copy(ControlRow, entry.pk) == control.to_row()


def test_people_of_the_tests_exist(cast: Cast) -> None:
    assert set(Person.objects.values_list("number", flat=True)) >= {"LH-M02", "LH-M03"}
