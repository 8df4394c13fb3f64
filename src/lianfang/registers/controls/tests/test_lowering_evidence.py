"""A grade comes down only on tests that exist, are of measures against this very risk point, and hold (S66)."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.journal.approval import approve
from lianfang.foundation.journal.recording import record
from lianfang.foundation.journal.verbs import Verb
from lianfang.kernel.errors import Invalid
from lianfang.kernel.levels import Grade
from lianfang.registers.controls.models import ControlTest
from lianfang.registers.controls.rows import ControlRow, Verdict
from lianfang.registers.controls.tests.test_controls_actions import MEASURE, in_force
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.states import PowerState
from lianfang.registers.risks.models import Risk
from lianfang.registers.risks.queries.evidence import demand_tests

FIRST, SECOND = "LH-WRF-R001", "LH-WRF-R002"


@pytest.fixture
def measure(cast: Cast) -> ControlRow:
    """A measure in force against the first of two risk points."""
    for number in (FIRST, SECOND):
        risk = Risk.objects.create(
            number=number,
            unit_id="LH-WRF",
            unit_path="JW/LH/LH-WRF/",
            tier="post",
            post_id="LH-WRF-02",
            statement=f"监管人员透露检查行程换取礼金（{number}）。",
            state="live",
            grade=Grade.HIGH.value,
        )
        approve(risk, record(cast.coordinator, Verb.GRADING_APPROVED, risk))
    return in_force(cast)


def found(control: str, verdict: Verdict = Verdict.EFFECTIVE, month: int = 9) -> str:
    """The number of a test of that measure, as the house makes it."""
    number = f"{control}/{ControlTest.objects.filter(control__number=control).count() + 1}"
    ControlTest.objects.create(
        number=number,
        unit_path="JW/LH/LH-WRF/",
        control_id=control,
        tester_id="LH-M02",
        verdict=verdict.value,
        tested_on=datetime.date(2026, month, 1),
    )
    return number


def test_tests_by_their_real_numbers_are_evidence(cast: Cast, measure: ControlRow) -> None:
    numbers = [found(measure.number, month=month) for month in (8, 9)]

    demand_tests(Risk.objects.get(number=FIRST), "、".join(numbers))
    demand_tests(Risk.objects.get(number=FIRST), f"见{numbers[0]}，检验有效。")


@pytest.mark.parametrize("said", ["领导觉得可以降", "A-1", "措施检验 JY-001 有效", "两年零投诉"])
def test_what_names_no_test_is_none(said: str, cast: Cast, measure: ControlRow) -> None:
    number = found(measure.number)

    with pytest.raises(Invalid, match="没有写明是哪一次措施检验") as refusal:
        demand_tests(Risk.objects.get(number=FIRST), said)

    assert number in refusal.value.remedy


def test_a_test_of_another_risk_point_or_of_nothing_is_none(cast: Cast, measure: ControlRow) -> None:
    other = in_force(cast, replace(MEASURE, risk=SECOND))
    strange = found(other.number)

    for number in (strange, f"{measure.number}/7"):
        with pytest.raises(Invalid, match=f"{number} 不是风险点 {FIRST} 的措施的检验"):
            demand_tests(Risk.objects.get(number=FIRST), f"措施检验 {number} 有效")


def test_a_test_that_found_a_defect_or_was_overtaken_by_one_is_none(cast: Cast, measure: ControlRow) -> None:
    sound = found(measure.number, month=8)
    faulty = found(measure.number, Verdict.GAP)

    with pytest.raises(Invalid, match="结论是“存在漏洞”"):
        demand_tests(Risk.objects.get(number=FIRST), f"{faulty} 有效")
    with pytest.raises(Invalid, match="又发现了问题"):
        demand_tests(Risk.objects.get(number=FIRST), f"{sound} 有效")
    again = found(measure.number, month=10)
    demand_tests(Risk.objects.get(number=FIRST), f"{again} 有效")


def test_where_the_power_ended_there_is_nothing_left_to_test(cast: Cast, measure: ControlRow) -> None:
    Power.objects.create(
        number="LH-WRF-P009", unit_id="LH-WRF", unit_path="JW/LH/LH-WRF/", name="核发", state=PowerState.RETIRED.value
    )
    Risk.objects.filter(number=FIRST).update(power="LH-WRF-P009")

    demand_tests(Risk.objects.get(number=FIRST), "审批权上收市局，本岗只收件")
