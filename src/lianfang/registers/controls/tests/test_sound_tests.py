"""A test of a measure counts if it can have been made on its day, by its tester, and does not deny its own verdict."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone

from lianfang.conftest import LONG_AGO, Cast
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.kernel.errors import Invalid
from lianfang.kernel.levels import Grade
from lianfang.registers.controls import actions
from lianfang.registers.controls.models import ControlTest
from lianfang.registers.controls.rows import ControlRow, ControlTestRow, Verdict
from lianfang.registers.controls.states import ControlState
from lianfang.registers.controls.tests.conftest import RiskAt
from lianfang.registers.controls.tests.test_controls_actions import MEASURE, MINUTES, in_force

YESTERDAY = datetime.timedelta(days=1)


@pytest.fixture
def held(cast: Cast, risk_at: RiskAt) -> ControlRow:
    """A measure that was designed and approved here, today."""
    risk_at(Grade.LOW)
    return in_force(cast)


def sound(row: ControlRow, **changed: Any) -> ControlTestRow:
    """A test of today that says what it should."""
    test = ControlTestRow(
        number="",
        control=row.number,
        tested_on=timezone.localdate(),
        tester="LH-M02",
        verdict=Verdict.EFFECTIVE,
        design=2,
        operation=1,
        note="抽看五件，签字齐全。",
    )
    return replace(test, **changed)


@pytest.mark.covers("S55")
@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"tested_on": datetime.date(1900, 1, 1)}, "早于措施"),
        ({"tested_on": timezone.localdate() - YESTERDAY}, "早于措施"),
        ({"tested_on": timezone.localdate() + YESTERDAY}, "还没有到"),
        ({"design": 0, "operation": 0}, "矛盾"),
        ({"design": 0}, "设计有效性评为 0 分"),
        ({"operation": 0}, "执行有效性评为 0 分"),
        ({"verdict": Verdict.GAP, "note": " "}, "检验情况"),
    ],
)
def test_what_cannot_have_been_or_denies_itself_is_no_test(
    cast: Cast, held: ControlRow, changed: dict[str, Any], said: str
) -> None:
    with pytest.raises(Invalid, match=said):
        actions.record_test(actor=cast.deputy, row=sound(held, **changed))
    with pytest.raises(Invalid, match=f"^JY-1：.*{said}"):
        actions.import_tests(actor=cast.coordinator, rows=[sound(held, number="JY-1", **changed)], source="检验表")

    assert not ControlTest.objects.exists()


@pytest.mark.covers("S55")
def test_a_test_of_the_day_of_approval_counts_and_so_does_a_defect_without_strength(
    cast: Cast, held: ControlRow
) -> None:
    gap = sound(held, verdict=Verdict.GAP, design=0, operation=0, note="签字由一人代签。")

    assert actions.record_test(actor=cast.deputy, row=sound(held)).design == 2
    assert actions.record_test(actor=cast.deputy, row=gap).verdict is Verdict.GAP


def test_a_measure_taken_over_from_paper_may_have_been_tested_before_but_not_before_its_tester_came(
    cast: Cast, risk_at: RiskAt
) -> None:
    risk_at(Grade.LOW)
    listed = replace(MEASURE, number="LH-WRF-C009", state=ControlState.IN_FORCE)
    actions.import_controls(actor=cast.coordinator, rows=[listed], source="清单", adopted=MINUTES)

    earlier = actions.record_test(actor=cast.deputy, row=sound(listed, tested_on=LONG_AGO))
    with pytest.raises(Invalid, match="早于检验人到任"):
        actions.record_test(actor=cast.deputy, row=sound(listed, tested_on=LONG_AGO - YESTERDAY))

    assert earlier.tested_on == LONG_AGO


def test_the_form_says_it_in_its_place(cast: Cast, held: ControlRow, sign_in: SignIn) -> None:
    said = {"tested_on": "1900-01-01", "tester": "LH-M02", "verdict": "effective", "design": "2", "operation": "2"}

    page = sign_in(cast.deputy).post(f"/controls/{held.number}/test/", said)

    assert page.status_code == 422
    assert "开始施行的" in page.content.decode()
