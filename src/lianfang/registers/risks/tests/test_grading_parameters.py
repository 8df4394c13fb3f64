"""What the bureau decides about grading and closing is what its pages and actions hold people to (S88)."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.lint.material import Material
from lianfang.foundation.parameters.rows import AdjustmentRow
from lianfang.foundation.parameters.values import Parameters
from lianfang.kernel.errors import Invalid
from lianfang.registers.powers.models import Power
from lianfang.registers.risks.actions.gradings import Proposal, propose_grade
from lianfang.registers.risks.actions.risks import close_risk
from lianfang.registers.risks.models import Grading, Score
from lianfang.registers.risks.queries.gradings import suggestion_for
from lianfang.registers.risks.rules.rounds import grading_without_independent_raters
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


@pytest.mark.covers("S88")
def test_a_gap_decided_after_the_round_was_opened_lets_nobody_pass_over_a_difference(
    round_of: Round, cast: Cast, decide: Decide
) -> None:
    grading = round_of.scored(round_of.accepted(), (3, 2, 3), (3, 4, 3), (3, 3, 3))
    decide("open_gap", "4")
    asked: dict[str, Any] = {"actor": cast.coordinator, "number": grading.number, "expected_version": grading.version}

    with pytest.raises(Invalid, match="相差 2 分以上，须先会商"):
        propose_grade(**asked, proposal=Proposal(reason="近两年有一起投诉。"))

    kept = suggestion_for(Grading.objects.get())
    assert kept is not None
    assert kept.apart == ("probability",)


@pytest.mark.covers("S88")
def test_the_sentence_says_the_gap_that_the_bureau_decided_before_the_round(
    round_of: Round, cast: Cast, decide: Decide
) -> None:
    decide("open_gap", "1")
    grading = round_of.scored(round_of.accepted(), (3, 2, 3), (3, 3, 3), (3, 3, 3))

    with pytest.raises(Invalid, match="相差 1 分以上，须先会商"):
        propose_grade(
            actor=cast.coordinator,
            number=grading.number,
            expected_version=grading.version,
            proposal=Proposal(reason="近两年有一起投诉。"),
        )


@pytest.mark.covers("S88")
def test_a_round_approved_with_three_stays_right_when_the_bureau_asks_for_five(
    round_of: Round, cast: Cast, decide: Decide
) -> None:
    round_of.live()
    decide("least_raters", "5")
    row = Grading.objects.get().to_row()
    scores = [score.to_row() for score in Score.objects.all()]
    material = Material([row, *scores], today=datetime.date(2026, 11, 23), parameters=Parameters(least_raters=5))

    assert (row.least_raters, row.open_gap) == (3, 2)
    assert list(grading_without_independent_raters(material)) == []

    stricter = Material(
        [replace(row, least_raters=5), *scores], today=datetime.date(2026, 11, 23), parameters=Parameters()
    )
    assert [found.message for found in grading_without_independent_raters(stricter)] == [
        "本轮评级只有 3 名评分人，少于 5 名。"
    ]
