"""The page of what a grade asks for counts what is in force, calls drafts drafts, and says whose level is too low."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse

from lianfang.conftest import Cast
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.kernel.levels import Grade
from lianfang.registers.controls import actions
from lianfang.registers.controls.queries.controls import control_detail, measures_of
from lianfang.registers.controls.tests.conftest import RiskAt
from lianfang.registers.controls.tests.test_controls_actions import DETECTION, MEASURE, in_force

RISK = "LH-WRF-R001"


@pytest.mark.covers("S77")
def test_a_demand_that_only_drafts_meet_is_open_and_says_so(cast: Cast, risk_at: RiskAt, sign_in: SignIn) -> None:
    risk_at(Grade.HIGH)
    in_force(cast)
    actions.create_control(actor=cast.clerk, row=replace(DETECTION, supervisor="LH-M01"))

    found = measures_of(cast.head, RISK)
    page = sign_in(cast.head).get(reverse("controls:risk", args=[RISK])).content.decode()

    open_ones = {demand.text for demand in found.demands if not demand.met}
    assert {"至少 2 条措施", "有发现性措施"} <= open_ones
    assert found.drafted == open_ones
    assert "已有草案，审定以后才算" in page


@pytest.mark.covers("S77")
def test_what_is_rewritten_counts_as_it_was_approved(cast: Cast, risk_at: RiskAt) -> None:
    risk_at(Grade.HIGH)
    row = in_force(cast)
    actions.edit_control(
        actor=cast.clerk, row=replace(row, control_kind=DETECTION.control_kind), expected_version=row.version
    )

    found = measures_of(cast.head, RISK)

    assert "有预防性措施" in {demand.text for demand in found.demands if demand.met}
    assert found.drafted == {"有发现性措施"}


@pytest.mark.covers("S74")
def test_it_names_the_level_that_is_too_low(cast: Cast, risk_at: RiskAt, sign_in: SignIn) -> None:
    risk_at(Grade.HIGH)
    in_force(cast, replace(MEASURE, owner="LH-M04", supervisor="LH-M03"))

    codes = {found.code for found in measures_of(cast.head, RISK).findings}
    page = sign_in(cast.head).get(reverse("controls:risk", args=[RISK])).content.decode()

    assert {"CTL004", "CTL007"} <= codes
    assert "CTL007" in page
    assert "已审定的措施还差在哪里" in page


@pytest.mark.covers("S74")
@pytest.mark.parametrize(("supervisor", "enough"), [("LH-M03", False), ("LH-M02", True)])
def test_the_level_is_told_on_the_draft_and_among_what_the_grade_asks(
    cast: Cast, risk_at: RiskAt, supervisor: str, enough: bool
) -> None:
    risk_at(Grade.MEDIUM)
    row = actions.create_control(actor=cast.clerk, row=replace(MEASURE, owner="LH-M04", supervisor=supervisor))

    told = {found.code for found in control_detail(cast.clerk, row.number).findings}
    measures = measures_of(cast.head, RISK)

    asked = "至少一条措施由分管领导或者更高一级的人负责或监督"
    assert ("CTL007" in told) is not enough
    assert {demand.text for demand in measures.demands if not demand.met} >= {asked}
    assert (asked in measures.drafted) is enough
