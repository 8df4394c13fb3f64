"""What the bureau decides about grading and closing is what its pages and actions hold people to (S88)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.parameters.rows import AdjustmentRow
from lianfang.kernel.errors import Invalid
from lianfang.registers.powers.models import Power
from lianfang.registers.risks.actions.risks import close_risk
from lianfang.registers.risks.states import RiskState
from lianfang.registers.risks.tests.conftest import DRAFT, Round

Decide = Callable[[str, str], AdjustmentRow]


@pytest.mark.covers("S88")
def test_a_bureau_that_asks_for_more_raters_gets_them(round_of: Round, cast: Cast, decide: Decide) -> None:
    decide("least_raters", "4")

    with pytest.raises(Invalid, match="至少要 4 名评分人"):
        round_of.live(DRAFT, (4, 4, 4), (4, 4, 4), (4, 4, 4))


@pytest.mark.covers("S88")
def test_the_months_before_closing_are_the_bureaus(round_of: Round, cast: Cast, power: Power, decide: Decide) -> None:
    row = round_of.live(DRAFT, (4, 4, 4), (4, 4, 4), (4, 4, 4))
    decide("months_clean", "24")

    with pytest.raises(Invalid, match="不满 24 个月") as early:
        close_risk(
            actor=cast.secretary, number=row.number, expected_version=row.version, basis="局党组会纪要〔2027〕9号"
        )

    assert "满 24 个月" in early.value.remedy
    assert row.state is RiskState.LIVE
