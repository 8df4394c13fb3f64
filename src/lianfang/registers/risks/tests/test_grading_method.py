"""The rule table, the floors, and what stands between one grade and the next."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from lianfang.kernel.areas import KeyArea
from lianfang.kernel.levels import Grade
from lianfang.registers.powers.rows import PowerCategory, PowerRow
from lianfang.registers.powers.states import PowerState
from lianfang.registers.risks.anchors import ANCHORS
from lianfang.registers.risks.grading import (
    SCORES,
    circumstances_of,
    final_grade,
    flips,
    floors_of,
    outcome_of,
    post_grade,
    settle,
    table_grade,
)

ALL = [(first, second, third) for first, second, third in itertools.product(SCORES, repeat=3)]


@pytest.mark.covers("S28")
def test_the_table_gives_the_published_counts_of_high_medium_and_low() -> None:
    counts = Counter(table_grade(*scores) for scores in ALL)

    assert counts == {Grade.HIGH: 33, Grade.MEDIUM: 78, Grade.LOW: 14}


def test_a_higher_score_never_gives_a_lower_grade() -> None:
    for scores in ALL:
        for scale in range(3):
            if scores[scale] < 5:
                raised = tuple(score + (place == scale) for place, score in enumerate(scores))
                assert table_grade(*raised).rank >= table_grade(*scores).rank, (scores, raised)


def test_no_single_step_jumps_from_low_to_high() -> None:
    for scores in ALL:
        if table_grade(*scores) is Grade.LOW:
            assert all(grade is not Grade.HIGH for _, _, grade in flips(*scores))


def test_flips_name_exactly_the_steps_that_change_the_grade() -> None:
    assert flips(3, 3, 4) == [("probability", 4, Grade.HIGH), ("harm", 5, Grade.HIGH)]
    assert flips(3, 1, 3) == [("importance", 2, Grade.LOW), ("harm", 2, Grade.LOW)]


@pytest.mark.parametrize("scores", [(0, 1, 1), (1, 6, 1)])
def test_scores_outside_one_to_five_have_no_grade(scores: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="1 至 5"):
        table_grade(*scores)


def power(**facts: Any) -> PowerRow:
    return PowerRow(number="P", unit="U", name="审批", **facts)


@pytest.mark.parametrize(
    ("row", "floors"),
    [
        (None, ()),
        (power(), ()),
        (power(three_major=True), ("F1",)),
        (power(final_decision=True, discretion=4, category=PowerCategory.PERMIT), ("F2",)),
        (power(final_decision=True, discretion=5, key_area=KeyArea.PROCUREMENT), ("F2", "F5")),
        (power(final_decision=True, discretion=5, key_area=KeyArea.MONITORING), ("F5",)),
        (
            power(final_decision=True, discretion=4, category=PowerCategory.INSPECTION, key_area=KeyArea.ENFORCEMENT),
            ("F5",),
        ),
        (
            replace(
                power(final_decision=True, discretion=4, key_area=KeyArea.ENFORCEMENT), name="重大行政处罚集体审议"
            ),
            ("F2", "F5"),
        ),
        (
            power(final_decision=True, discretion=4, category=PowerCategory.PENALTY, key_area=KeyArea.ENFORCEMENT),
            ("F2", "F5"),
        ),
        (power(three_major=True, key_area=KeyArea.FUNDS, state=PowerState.RETIRED), ()),
    ],
)
def test_floors_follow_from_the_power(row: PowerRow | None, floors: tuple[str, ...]) -> None:
    assert floors_of(circumstances_of(row)) == floors


def test_a_collective_decision_is_high_whatever_its_power_and_an_exemption_lifts_the_key_area() -> None:
    assert floors_of(circumstances_of(None, collective=True)) == ("F1",)
    assert floors_of(circumstances_of(power(key_area=KeyArea.FUNDS), exemption="局党组会〔2026〕6号")) == ()
    assert floors_of(circumstances_of(power(key_area=KeyArea.FUNDS), exemption=" ")) == ("F5",)


def test_floors_only_raise() -> None:
    for scores in ALL:
        raised = outcome_of(scores, circumstances_of(power(key_area=KeyArea.FUNDS)))
        assert raised.grade.rank >= raised.table.rank
    assert final_grade(Grade.HIGH, ("F4",)) is Grade.HIGH


@pytest.mark.covers("S29")
def test_a_post_has_the_highest_grade_of_its_risk_points() -> None:
    assert post_grade([Grade.LOW, Grade.HIGH, Grade.MEDIUM]) is Grade.HIGH
    assert post_grade([]) is None


def test_an_even_number_of_scores_settles_on_the_upper_middle() -> None:
    assert (settle([2, 3, 5]), settle([2, 3, 4, 5])) == (3, 4)


def test_every_score_of_every_scale_says_what_it_means() -> None:
    assert {scale: len(set(texts)) for scale, texts in ANCHORS.items()} == {
        "importance": 5,
        "probability": 5,
        "harm": 5,
    }
