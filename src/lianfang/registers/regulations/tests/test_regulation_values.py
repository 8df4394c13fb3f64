"""Values of a regulation: the cells of the three tests, and which way a conclusion opens."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.registers.regulations.queries import obstacles
from lianfang.registers.regulations.rows import ChangeKind, RegulationRow
from lianfang.registers.regulations.rows import TestResult as Verdict  # pytest collects names that begin with Test
from lianfang.registers.regulations.sheets import read_test, write_test
from lianfang.registers.regulations.states import REGULATION, RegulationState

PASSED = Verdict(True, "没有设权条款")
KEPT = RegulationRow(
    number="LH-G001",
    unit="LH",
    title="公务用车管理办法",
    change=ChangeKind.KEEP,
    integrity_test=PASSED,
    reason_test=PASSED,
    effect_test=PASSED,
)


@pytest.mark.covers("S35")
@pytest.mark.parametrize(
    ("cell", "result"),
    [
        ("通过：没有给部门设权的条款", Verdict(True, "没有给部门设权的条款")),
        ("不通过: 抽查 12 份，4 份没有签字", Verdict(False, "抽查 12 份，4 份没有签字")),
        ("通过", Verdict(True)),
        ("不符合，缺少时限", Verdict(False, "缺少时限")),
        ("未评：等待新标准", Verdict(None, "等待新标准")),
        ("  ", Verdict()),
        ("—", Verdict()),
    ],
)
def test_a_test_is_read_from_one_cell(cell: str, result: Verdict) -> None:
    assert read_test(cell) == result


def test_a_cell_without_a_verdict_is_refused_with_the_right_form() -> None:
    with pytest.raises(ValueError, match="通过：说明"):
        read_test("总体还可以")


@given(st.sampled_from([True, False, None]), st.text(st.characters(whitelist_categories=["Lo", "Nd"]), max_size=30))
def test_what_is_written_is_read_back(passed: bool | None, note: str) -> None:
    result = Verdict(passed, note)

    assert read_test(write_test(result)) == result


@pytest.mark.covers("S35")
def test_a_kept_regulation_that_passed_all_three_tests_meets_no_obstacle() -> None:
    assert "keep" not in obstacles(KEPT, stale=False)


@pytest.mark.covers("S35")
@pytest.mark.parametrize("field", ["integrity_test", "reason_test", "effect_test"])
def test_a_regulation_that_failed_or_skipped_a_test_cannot_be_kept(field: str) -> None:
    failing: dict[str, Any] = {field: Verdict(False, "有漏洞")}
    skipping: dict[str, Any] = {field: Verdict()}

    failed = obstacles(replace(KEPT, **failing), stale=False)
    skipped = obstacles(replace(KEPT, **skipping), stale=False)

    assert "没有通过" in failed["keep"]
    assert "keep" in skipped


def test_a_regulation_changed_after_its_approval_cannot_simply_be_kept() -> None:
    assert "改动过" in obstacles(KEPT, stale=True)["keep"]


@pytest.mark.parametrize(
    ("change", "open_moves"),
    [
        (None, set()),
        (ChangeKind.NEW, {"draft"}),
        (ChangeKind.REVISE, {"draft"}),
        (ChangeKind.KEEP, {"keep"}),
        (ChangeKind.REPEAL, {"repeal"}),
    ],
)
def test_a_conclusion_opens_exactly_one_way(change: ChangeKind | None, open_moves: set[str]) -> None:
    found = obstacles(replace(KEPT, change=change), stale=False)

    assert {"draft", "keep", "repeal"} - found.keys() == open_moves


def test_every_state_can_be_reached_and_only_a_repealed_regulation_goes_nowhere() -> None:
    reached = {REGULATION.initial} | {move.target for move in REGULATION.moves}

    assert reached == set(RegulationState)
    assert [state for state in RegulationState if not list(REGULATION.from_state(state))] == [RegulationState.REPEALED]
