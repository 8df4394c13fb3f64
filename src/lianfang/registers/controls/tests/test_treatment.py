"""What the plan says of measures in general: six families, and treatment that differs with the grade."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.documents.columns import read_cell
from lianfang.foundation.organisation.rows import PostRank
from lianfang.foundation.parameters.values import Parameters
from lianfang.foundation.parameters.words import Pace
from lianfang.kernel.levels import Grade
from lianfang.registers.controls.profile import OFTEN_TO_SELDOM, PROFILES
from lianfang.registers.controls.queries.controls import measures_of
from lianfang.registers.controls.rows import ControlFamily, Frequency
from lianfang.registers.controls.sheets import CONTROLS
from lianfang.registers.controls.tests.conftest import RiskAt


@pytest.mark.covers("S79")
@pytest.mark.parametrize(
    ("written", "family"),
    [
        ("授权审批执法控制", ControlFamily.AUTHORISATION),
        ("授权审批控制", ControlFamily.AUTHORISATION),
        ("不相容职务分离控制", ControlFamily.SEPARATION),
        ("会计系统控制", ControlFamily.ACCOUNTING),
        ("财产保护控制", ControlFamily.PROPERTY),
        ("预算控制", ControlFamily.BUDGET),
        ("绩效考评控制", ControlFamily.PERFORMANCE),
    ],
)
def test_the_six_families_are_read_in_the_words_of_the_plan_its_slip_included(
    written: str, family: ControlFamily
) -> None:
    assert ControlFamily.read(written) is family
    assert read_cell(CONTROLS.column("family"), written) is family


@pytest.mark.covers("S88")
@pytest.mark.parametrize("pace", Pace)
def test_every_pace_that_a_bureau_may_ask_for_is_a_frequency_of_measures(pace: Pace) -> None:
    assert Frequency(pace.value).label == pace.label


@pytest.mark.covers("S74", "S77")
def test_frequency_and_responsible_level_rise_with_the_grade() -> None:
    decided = Parameters()
    seldom_to_often = [Frequency(decided.pace(grade)) for grade in (Grade.LOW, Grade.MEDIUM, Grade.HIGH)]

    assert seldom_to_often == sorted(seldom_to_often, key=OFTEN_TO_SELDOM.index, reverse=True)
    assert [PROFILES[grade].responsible for grade in (Grade.LOW, Grade.MEDIUM, Grade.HIGH)] == [
        PostRank.HEAD,
        PostRank.DEPUTY,
        PostRank.LEADER,
    ]


@pytest.mark.covers("S77", "S88")
def test_a_bureau_decides_how_many_measures_a_high_risk_needs(
    cast: Cast, risk_at: RiskAt, decide: Callable[[str, str], object]
) -> None:
    risk_at(Grade.HIGH)
    before = [demand.text for demand in measures_of(cast.head, "LH-WRF-R001").demands]

    decide("measures_high", "3")
    decide("pace_high", "每季度")

    after = [demand.text for demand in measures_of(cast.head, "LH-WRF-R001").demands]
    assert (before[0], before[-1]) == ("至少 2 条措施", "至少一条措施每月执行")
    assert (after[0], after[-1]) == ("至少 3 条措施", "至少一条措施每季度执行")
