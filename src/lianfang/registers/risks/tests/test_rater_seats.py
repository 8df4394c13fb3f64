"""A seat is cleared only while it is empty."""

from __future__ import annotations

import datetime

import pytest

from lianfang.conftest import Cast
from lianfang.kernel.errors import Conflict
from lianfang.registers.risks.actions import gradings
from lianfang.registers.risks.actions.gradings import replace_rater
from lianfang.registers.risks.models import Risk, Score
from lianfang.registers.risks.rows import RaterCapacity
from lianfang.registers.risks.tests.conftest import Round


def test_a_rater_who_scores_at_that_very_moment_keeps_the_seat(
    round_of: Round, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    grading = round_of.opened(round_of.accepted())
    looked = gradings._fitting_raters

    def scored_meanwhile(risk: Risk, raters: dict[str, RaterCapacity], least: int) -> dict[str, str]:
        Score.seats.filter(rater__number="LH-M03").update(scored_on=datetime.date(2024, 5, 6))
        return looked(risk, raters, least)

    monkeypatch.setattr(gradings, "_fitting_raters", scored_meanwhile)

    with pytest.raises(Conflict, match="刚刚评了分"):
        replace_rater(
            actor=cast.head,
            number=grading.number,
            leaving="LH-M03",
            person="LH-M02",
            capacity=RaterCapacity.HEAD,
            note="本人申请回避",
        )

    assert set(Score.seats.values_list("rater__number", flat=True)) == {"LH-M03", "LH-M04", "LH-M05"}
