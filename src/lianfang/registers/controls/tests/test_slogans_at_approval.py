"""A measure that only exhorts is not put in force against a high risk, unless somebody answers for it by name."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from django.utils import timezone

from lianfang.conftest import Cast
from lianfang.foundation.lint.actions import Tolerated, grant_waiver, revoke_waiver
from lianfang.foundation.lint.rows import text_digest
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.kernel.errors import Invalid
from lianfang.kernel.levels import Grade
from lianfang.registers.controls import actions
from lianfang.registers.controls.models import Control
from lianfang.registers.controls.rows import ControlRow
from lianfang.registers.controls.states import ControlState
from lianfang.registers.controls.tests.conftest import RiskAt
from lianfang.registers.controls.tests.test_controls_actions import MEASURE, MINUTES

pytestmark = pytest.mark.django_db
SLOGAN = replace(MEASURE, action="加强廉政教育，提高思想认识。")


def handed_up(cast: Cast) -> ControlRow:
    """Slogans that lie with their approver, from before hollow measures were refused there (0022)."""
    row = actions.create_control(actor=cast.clerk, row=SLOGAN)
    Control.objects.filter(number=row.number).update(state="submitted", version=2)
    return Control.objects.get(number=row.number).to_row()


@pytest.mark.covers("S33", "S77")
def test_slogans_do_not_answer_a_high_risk(cast: Cast, risk_at: RiskAt, sign_in: SignIn) -> None:
    risk_at(Grade.HIGH)
    row = handed_up(cast)

    with pytest.raises(Invalid, match="只有号召，没有可以查验的动作") as refusal:
        actions.approve_control(actor=cast.secretary, number=row.number, expected_version=row.version, basis=MINUTES)
    page = sign_in(cast.secretary).post(
        f"/controls/{row.number}/do/approve/", {"version": row.version, "note": MINUTES}
    )

    assert "豁免" in refusal.value.remedy
    assert page.status_code == 422
    assert Control.objects.get().state == ControlState.SUBMITTED


@pytest.mark.parametrize("grade", [Grade.MEDIUM, Grade.LOW])
def test_below_high_it_stays_a_warning(grade: Grade, cast: Cast, risk_at: RiskAt) -> None:
    risk_at(grade)

    row = handed_up(cast)
    approver = cast.deputy if grade is Grade.MEDIUM else cast.head
    done = actions.approve_control(actor=approver, number=row.number, expected_version=row.version, basis=MINUTES)

    assert done.state is ControlState.IN_FORCE


def test_the_grade_in_force_counts_not_that_of_the_design(cast: Cast, risk_at: RiskAt) -> None:
    risk = risk_at(Grade.HIGH)
    row = handed_up(cast)
    Control.objects.filter(number=row.number).update(grade_at_design=Grade.LOW.value)

    with pytest.raises(Invalid, match="只有号召"):
        actions.approve_control(actor=cast.secretary, number=row.number, expected_version=row.version, basis=MINUTES)

    assert risk.grade == Grade.HIGH


def test_a_waiver_answers_for_it_while_it_holds(cast: Cast, risk_at: RiskAt) -> None:
    risk_at(Grade.HIGH)
    row = handed_up(cast)
    finding = Tolerated("CTL003", "controls", row.number, "JW/LH/LH-WRF/", text_digest(row))
    until = timezone.localdate() + datetime.timedelta(days=30)
    waiver = grant_waiver(
        actor=cast.secretary, finding=finding, reason="市局教育计划11月才下发，随后补写课时和考试。", expires=until
    )
    revoke_waiver(actor=cast.secretary, number=waiver.number, note="计划已下发")

    with pytest.raises(Invalid, match="只有号召"):
        actions.approve_control(actor=cast.secretary, number=row.number, expected_version=row.version, basis=MINUTES)
    grant_waiver(actor=cast.secretary, finding=finding, reason="课时表12月由区委党校统一排定。", expires=until)
    done = actions.approve_control(actor=cast.secretary, number=row.number, expected_version=row.version, basis=MINUTES)

    assert done.state is ControlState.IN_FORCE
