"""A measure whose risk was graded higher since: it says so everywhere, until it is approved for the grade of now."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse

from lianfang.conftest import Cast
from lianfang.foundation.catalogue.listing import Wanted
from lianfang.foundation.journal.approval import approve
from lianfang.foundation.journal.recording import record
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.kernel.levels import Grade
from lianfang.registers.controls import actions
from lianfang.registers.controls.models import Control
from lianfang.registers.controls.queries.controls import control_detail, control_page
from lianfang.registers.controls.queries.ledger import compared, ledger_page, ledger_under, lines_of
from lianfang.registers.controls.rows import ControlRow
from lianfang.registers.controls.states import ControlState
from lianfang.registers.controls.tests.conftest import RiskAt
from lianfang.registers.controls.tests.test_controls_actions import DETECTION, MEASURE, MINUTES, in_force
from lianfang.registers.risks.models import Risk

PATH = "JW/LH/"
REMARK = "措施按原等级设计，待复核"


def regraded(cast: Cast, risk: Risk, grade: Grade) -> None:
    """The grade of a live risk point as a newly approved round leaves it."""
    Risk.objects.filter(pk=risk.pk).update(grade=grade.value, version=risk.version + 1)
    risk.refresh_from_db()
    approve(risk, record(cast.coordinator, Verb.GRADING_APPROVED, risk))


@pytest.fixture
def outgrown(cast: Cast, risk_at: RiskAt) -> ControlRow:
    """A measure in force for a low risk that is high by now."""
    risk = risk_at(Grade.LOW)
    row = in_force(cast)
    regraded(cast, risk, Grade.HIGH)
    return row


@pytest.mark.covers("S74", "S77")
def test_page_and_list_say_that_the_risk_outgrew_the_measure(cast: Cast, outgrown: ControlRow, sign_in: SignIn) -> None:
    client = sign_in(cast.head)

    page = client.get(reverse("controls:detail", args=[outgrown.number])).content.decode()
    listed = client.get(reverse("controls:list")).content.decode()

    assert control_detail(cast.head, outgrown.number).outgrown
    assert [line.outgrown for line in control_page(cast.head, Wanted())[1]] == [True]
    assert "这条措施按低风险设计，风险点现在定为高风险" in page
    assert "等级已升，待复核" in listed


@pytest.mark.covers("S74", "S77")
def test_the_rule_speaks_and_does_not_stand_in_the_way_of_handing_it_up_again(cast: Cast, outgrown: ControlRow) -> None:
    codes = {found.code for found in control_detail(cast.head, outgrown.number).findings}
    row = actions.reopen_control(
        actor=cast.head, number=outgrown.number, expected_version=outgrown.version, note="风险点今年复评升为高风险"
    )
    row = actions.submit_control(actor=cast.head, number=row.number, expected_version=row.version)
    row = actions.approve_control(actor=cast.secretary, number=row.number, expected_version=row.version, basis=MINUTES)

    assert "CTL010" in codes
    assert row.grade_at_design is Grade.HIGH
    assert "CTL010" not in {found.code for found in control_detail(cast.head, row.number).findings}
    assert [line.remark for line in ledger_under(PATH)] == [""]


@pytest.mark.covers("S42", "S77")
def test_the_ledger_says_which_measures_wait_for_their_review(
    cast: Cast, outgrown: ControlRow, sign_in: SignIn
) -> None:
    alone = [line.remark for line in ledger_page(PATH, 1, 50).lines]
    in_force(cast, DETECTION)

    snapshot = actions.generate_ledger(actor=cast.coordinator, unit="LH")
    page = sign_in(cast.coordinator).get(reverse("controls:ledger"), {"unit": "LH"}).content.decode()

    assert alone == [REMARK]
    assert [line.remark for line in ledger_under(PATH)] == [f"第1条{REMARK}"]
    assert [line.remark for line in lines_of(compared(cast.coordinator, snapshot.number).snapshot)] == [
        f"第1条{REMARK}"
    ]
    assert f"第1条{REMARK}" in page


@pytest.mark.covers("S42")
def test_a_measure_under_redesign_counts_by_the_grade_it_was_approved_for(cast: Cast, outgrown: ControlRow) -> None:
    actions.edit_control(
        actor=cast.head,
        row=replace(outgrown, action="每件由两人当场核对并签字存档。"),
        expected_version=outgrown.version,
    )

    assert [line.remark for line in ledger_under(PATH)] == [REMARK]


@pytest.mark.covers("S77")
def test_a_grade_that_fell_leaves_its_measures_in_order(cast: Cast, risk_at: RiskAt) -> None:
    risk = risk_at(Grade.HIGH)
    row = in_force(cast)
    regraded(cast, risk, Grade.LOW)

    assert not control_detail(cast.head, row.number).outgrown
    assert [line.remark for line in ledger_under(PATH)] == [""]


@pytest.mark.covers("S77")
def test_a_list_that_names_no_grade_is_taken_in_for_the_grade_of_the_day(cast: Cast, risk_at: RiskAt) -> None:
    risk = risk_at(Grade.LOW)
    listed = replace(MEASURE, number="LH-WRF-C009", state=ControlState.IN_FORCE, risk=risk.number)
    actions.import_controls(actor=cast.coordinator, rows=[listed], source="清单", adopted=MINUTES)
    regraded(cast, risk, Grade.HIGH)

    again = actions.import_controls(actor=cast.coordinator, rows=[listed], source="清单", adopted=MINUTES)

    assert Control.objects.get().grade_at_design == Grade.LOW.value
    assert again.unchanged == 1
    assert control_detail(cast.head, listed.number).outgrown


@pytest.mark.covers("S74", "S77")
@pytest.mark.parametrize("adopted", [MINUTES, ""])
def test_a_list_does_not_say_that_its_measures_are_for_more_than_the_risk_is(
    cast: Cast, risk_at: RiskAt, adopted: str
) -> None:
    risk = risk_at(Grade.LOW)
    state = ControlState.IN_FORCE if adopted else ControlState.DRAFT
    listed = replace(MEASURE, number="LH-WRF-C009", state=state, risk=risk.number, grade_at_design=Grade.HIGH)

    actions.import_controls(actor=cast.coordinator, rows=[listed], source="清单", adopted=adopted)
    first = Control.objects.get().grade_at_design
    regraded(cast, risk, Grade.HIGH)

    assert first == Grade.LOW.value
    assert "CTL010" in {found.code for found in control_detail(cast.head, listed.number).findings}


@pytest.mark.covers("S77")
def test_a_list_may_say_that_its_measures_are_for_less_than_the_risk_is(cast: Cast, risk_at: RiskAt) -> None:
    risk = risk_at(Grade.HIGH)
    listed = replace(
        MEASURE, number="LH-WRF-C009", state=ControlState.IN_FORCE, risk=risk.number, grade_at_design=Grade.LOW
    )

    actions.import_controls(actor=cast.coordinator, rows=[listed], source="清单", adopted=MINUTES)

    assert Control.objects.get().grade_at_design == Grade.LOW.value


@pytest.mark.covers("S77")
@pytest.mark.parametrize("listed", [Grade.HIGH, None])
def test_a_list_taken_in_again_leaves_what_was_approved_for_more(
    cast: Cast, risk_at: RiskAt, listed: Grade | None
) -> None:
    risk = risk_at(Grade.HIGH)
    row = in_force(cast)
    regraded(cast, risk, Grade.LOW)

    again = actions.import_controls(actor=cast.coordinator, rows=[replace(row, grade_at_design=listed)], source="清单")

    assert again.unchanged == 1
    assert Control.objects.get().grade_at_design == Grade.HIGH.value
