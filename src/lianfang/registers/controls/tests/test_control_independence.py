"""Who may test a measure, what editing may not settle, and numbers of ledgers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from lianfang.conftest import Cast
from lianfang.foundation.accounts.models import User
from lianfang.kernel.errors import Invalid, Refused
from lianfang.kernel.levels import Grade
from lianfang.registers.controls import actions
from lianfang.registers.controls.models import ControlTest
from lianfang.registers.controls.rows import ControlTestRow, Verdict
from lianfang.registers.controls.tests.conftest import RiskAt
from lianfang.registers.controls.tests.test_controls_actions import MEASURE, in_force


@pytest.mark.covers("S55")
def test_an_owner_records_no_test_in_the_name_of_somebody_else(cast: Cast, risk_at: RiskAt) -> None:
    risk_at(Grade.LOW)
    row = in_force(cast)
    named = ControlTestRow(
        number="",
        control=row.number,
        tested_on=timezone.localdate(),
        tester="LH-M05",
        verdict=Verdict.EFFECTIVE,
        design=2,
        operation=2,
    )

    with pytest.raises(Refused, match="责任人"):
        actions.record_test(actor=cast.head, row=named)
    with pytest.raises(Refused, match="本人"):
        actions.record_test(actor=cast.deputy, row=named)
    with pytest.raises(Invalid, match="还没有到"):
        actions.record_test(actor=cast.coordinator, row=replace(named, tested_on=date(2999, 1, 1)))

    assert actions.record_test(actor=cast.coordinator, row=named).tester == "LH-M05"


def test_editing_leaves_the_grade_that_a_measure_was_designed_for(cast: Cast, risk_at: RiskAt) -> None:
    risk_at(Grade.MEDIUM)
    row = actions.create_control(actor=cast.clerk, row=MEASURE)

    edited = actions.edit_control(
        actor=cast.clerk, row=replace(row, grade_at_design=Grade.LOW), expected_version=row.version
    )

    assert edited.grade_at_design is Grade.MEDIUM


def test_two_ledgers_within_one_second_have_their_own_numbers(cast: Cast) -> None:
    numbers = {actions.generate_ledger(actor=cast.coordinator, unit="LH").number for _ in range(3)}

    assert len(numbers) == 3


@pytest.mark.covers("S55", "S78")
def test_the_owner_is_offered_no_test_and_told_why(
    cast: Cast, risk_at: RiskAt, sign_in: Callable[[User], Client]
) -> None:
    risk_at(Grade.LOW)
    row = in_force(cast)
    address, said = f"/controls/{row.number}/test/", {"tested_on": "2024-11-04", "tester": "LH-M05", "verdict": "有效"}
    owner = sign_in(cast.head)

    shown = owner.get(f"/controls/{row.number}/").content.decode()
    doors = [
        owner.get(address),
        owner.post(address, said),
        owner.post(
            f"/api/1/controls/{row.number}/tests/",
            {
                "number": "",
                "control": row.number,
                "tested_on": "2024-11-04",
                "tester": "LH-M03",
                "verdict": "effective",
            },
            content_type="application/json",
        ),
    ]
    other = sign_in(cast.deputy)

    assert address not in shown
    assert "责任人不能检验自己负责的措施" in shown
    assert [door.status_code for door in doors] == [403, 403, 403]
    assert not ControlTest.objects.exists()
    assert address in other.get(f"/controls/{row.number}/").content.decode()
    assert other.get(address).status_code == 200
