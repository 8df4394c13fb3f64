"""The stage of this room's tests: risk points with an approved grade, against which measures are designed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.journal.approval import approve
from lianfang.foundation.journal.recording import record
from lianfang.foundation.journal.verbs import Verb
from lianfang.kernel.levels import Grade
from lianfang.registers.risks.models import Risk

RiskAt = Callable[..., Risk]
"""What ``risk_at`` gives: makes a risk point of a grade, and of a number where there shall be several."""


@pytest.fixture
def risk_at(cast: Cast) -> RiskAt:
    """A function that makes a live risk point of that grade, approved as the journal knows it."""

    def make(grade: Grade, number: str = "LH-WRF-R001") -> Risk:
        risk = Risk.objects.create(
            number=number, unit_id="LH-WRF", unit_path="JW/LH/LH-WRF/", tier="post", post_id="LH-WRF-02",
            statement=f"监管人员透露检查行程换取礼金（{number}）。", manifestation="被查企业提前停产。",
            state="live", grade=grade.value, importance=4, probability=3, harm=3, raters=3, graded_on=date(2026, 9, 1),
        )  # fmt: skip
        approve(risk, record(cast.coordinator, Verb.GRADING_APPROVED, risk))
        return risk

    return make
