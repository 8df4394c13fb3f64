"""Each measure rests on one of four bases: none goes in force against a high risk without, and another is a change."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from lianfang.conftest import Cast
from lianfang.kernel.errors import Invalid
from lianfang.kernel.findings import Severity
from lianfang.kernel.levels import Grade
from lianfang.registers.controls import actions
from lianfang.registers.controls.models import Control
from lianfang.registers.controls.queries.controls import control_detail
from lianfang.registers.controls.rows import BasisType
from lianfang.registers.controls.states import ControlState
from lianfang.registers.controls.tests.conftest import RiskAt
from lianfang.registers.controls.tests.test_controls_actions import MEASURE, in_force, submitted
from lianfang.registers.risks.models import Risk


@pytest.mark.covers("S77")
@pytest.mark.parametrize(
    ("basis_type", "basis", "said"),
    [
        (None, "", "依据类型、依据"),
        (None, "《行政处罚法》第四十七条", "依据类型"),
        (BasisType.LAW, "", "依据"),
        (BasisType.LAW, "按有关规定", "依据"),
        (BasisType.DUTY, "按有关规定", "依据"),
    ],
)
def test_a_measure_without_basis_is_not_handed_up_against_a_high_risk(
    cast: Cast, risk_at: RiskAt, basis_type: BasisType | None, basis: str, said: str
) -> None:
    risk_at(Grade.HIGH)
    row = actions.create_control(actor=cast.clerk, row=replace(MEASURE, basis_type=basis_type, basis=basis))

    with pytest.raises(Invalid) as refusal:
        actions.submit_control(actor=cast.clerk, number=row.number, expected_version=row.version)

    assert any(f"措施没有写明{said}。" in line for line in refusal.value.details)
    assert Control.objects.get().state == ControlState.DRAFT


@pytest.mark.covers("S77")
def test_the_duty_of_the_post_that_carries_it_out_is_a_basis_without_more_words(cast: Cast, risk_at: RiskAt) -> None:
    risk_at(Grade.HIGH)
    row = submitted(cast, replace(MEASURE, basis_type=BasisType.DUTY, basis=""))

    assert "CTL011" not in {one.code for one in control_detail(cast.head, row.number).findings}


@pytest.mark.covers("S77")
@pytest.mark.parametrize("grade", [Grade.MEDIUM, Grade.LOW])
def test_below_high_a_missing_basis_is_a_warning_to_be_answered(cast: Cast, risk_at: RiskAt, grade: Grade) -> None:
    risk_at(grade)
    row = submitted(cast, replace(MEASURE, basis_type=None, basis=""))

    found = {one.code: one.severity for one in control_detail(cast.head, row.number).findings}

    assert found["CTL011"] is Severity.WARNING


@pytest.mark.covers("S77")
def test_a_risk_that_became_high_asks_its_measures_for_their_basis(cast: Cast, risk_at: RiskAt) -> None:
    risk = risk_at(Grade.LOW)
    row = in_force(cast, replace(MEASURE, basis_type=None, basis=""))
    Risk.objects.filter(pk=risk.pk).update(grade=Grade.HIGH.value)

    found = {one.code: one.severity for one in control_detail(cast.head, row.number).findings}

    assert found["CTL011"] is Severity.ERROR


@pytest.mark.covers("S77")
@pytest.mark.parametrize("changed", [{"basis": "凭感觉"}, {"basis_type": BasisType.POLICY}])
def test_another_basis_is_approved_anew(cast: Cast, risk_at: RiskAt, changed: dict[str, Any]) -> None:
    risk_at(Grade.HIGH)
    row = in_force(cast)

    again = actions.edit_control(actor=cast.clerk, row=replace(row, **changed), expected_version=row.version)

    assert again.state is ControlState.UNDER_REVIEW
    assert Control.objects.get().stale
    assert {change.field for change in control_detail(cast.head, row.number).since_approval} == set(changed)
