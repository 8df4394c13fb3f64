"""What counts as a reason: lists of honest and of empty ones, some at hand when the judgement was written, some not.

``plain`` and ``vague`` were at hand; ``vague_more`` was held out once and then used too; ``plain_held_out`` and
``vague_held_out`` were not looked at until the judgement stood. *Plain* empties are what a newcomer types to get past a
field; *vague* ones are sentences of official prose, of which nobody can list all, so fewer of them are heard. An honest
reason is never refused: that is the side on which this may not err.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from lianfang.kernel.errors import Invalid
from lianfang.kernel.substance import (
    DECISION,
    ENDING,
    EVIDENCE,
    EXEMPTING,
    GROUNDS,
    LOWERING,
    MINUTES,
    REJECTING,
    RETURNING,
    WAIVING,
    Occasion,
    demand_reason,
    is_empty_reason,
)

REASONS = Path(__file__).parent / "reasons"
OCCASIONS = {
    "return": RETURNING, "reject": REJECTING, "retire": ENDING, "waiver": WAIVING, "lowering": LOWERING,
    "minutes": MINUTES, "grounds": GROUNDS, "evidence": EVIDENCE,
}  # fmt: skip


def _sorted_out(name: str) -> tuple[list[str], list[str], int]:
    """Honest reasons that are refused, empty ones that pass, and how many empty ones there are."""
    with (REASONS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    refused = [line for line in lines if is_empty_reason(line["理由"], OCCASIONS[line["场合"]])]
    passed = [line for line in lines if line not in refused]
    return (
        [line["理由"] for line in refused if line["实虚"] == "实"],
        [line["理由"] for line in passed if line["实虚"] == "虚"],
        sum(line["实虚"] == "虚" for line in lines),
    )


@pytest.mark.covers("S84")
@pytest.mark.parametrize(
    ("name", "heard"),
    [("plain", 95), ("plain_held_out", 95), ("vague", 90), ("vague_more", 85), ("vague_held_out", 35)],
)
def test_no_honest_reason_is_refused_and_most_empty_ones_are(name: str, heard: int) -> None:
    refused, passed, empty = _sorted_out(name)

    assert refused == []
    assert empty >= 30
    assert 100 * (empty - len(passed)) >= heard * empty, passed


@pytest.mark.parametrize("text", ["岗位2026年3月已撤并", "与R-0012重复", "缺签字", "《环境保护税法》施行后停征"])
def test_an_honest_short_reason_is_given_back_stripped(text: str) -> None:
    assert demand_reason(f" {text}\n", RETURNING) == text


@pytest.mark.parametrize("text", ["随便写", "会商一致", "同意", "高", "啊啊啊啊啊啊", "asdfasdf", "……"])
@pytest.mark.parametrize("occasion", OCCASIONS.values(), ids=list(OCCASIONS))
def test_what_only_fills_a_field_is_refused_with_an_example_of_a_good_reason(text: str, occasion: Occasion) -> None:
    with pytest.raises(Invalid, match="没有写出可以核对的事实或者依据") as refusal:
        demand_reason(text, occasion)

    assert occasion.example in refusal.value.remedy
    assert occasion.wants in refusal.value.remedy


def test_a_blank_is_told_apart_from_an_empty_phrase() -> None:
    with pytest.raises(Invalid, match="退回时必须写明理由"):
        demand_reason(" ", RETURNING)


def test_what_everybody_has_before_them_is_no_reason() -> None:
    finding = "措施没有写明频次、留痕凭证。"

    with pytest.raises(Invalid, match="没有写出"):
        demand_reason(finding, WAIVING, repeats=(finding,))

    assert demand_reason(f"{finding}凭证由市局系统保存", WAIVING, repeats=(finding,))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("局党组会纪要〔2026〕9号", True), ("2026年第三次党组会纪要", True), ("第3次会议", True), ("〔2026〕5号", True),
        ("2026年第9次", True), ("2026-9", True), ("９号纪要", True), ("党组会（2026）第7号", True),
        ("3月5日局务会", True), ("2026年3月5日党组会议", True), ("2026年3月党组会", True), ("党组会议纪要第九期", True),
        ("局党组会纪要", False), ("同意", False), ("张三", False), ("星期三", False), ("三同意一个", False),
        ("1", False), ("我同意，2026", False), ("十分同意", False), ("A-1", False), ("CH-WRF-R012", False),
    ],
)  # fmt: skip
def test_a_decision_is_named_by_what_tells_it_from_others(text: str, names: bool) -> None:
    assert is_empty_reason(text, DECISION) is not names


def test_who_names_no_meeting_is_told_how_one_is_named() -> None:
    with pytest.raises(Invalid, match="会议纪要编号“张三”看不出是哪一次会议") as refusal:
        demand_reason("张三", DECISION)

    assert "例如：“局党组会纪要〔2026〕9号”" in refusal.value.remedy


@pytest.mark.parametrize(
    ("text", "says_why"),
    [
        ("本职权只登记备案，没有裁量余地", True),
        ("只受理不决定，两人复核", True),
        ("局党组会纪要〔2026〕6号", False),
        ("第3次会议", False),
        ("工作需要", False),
        ("经局党组会议研究同意豁免", False),
    ],
)
def test_an_exemption_says_why_and_leaves_the_minutes_to_their_own_field(text: str, says_why: bool) -> None:
    assert is_empty_reason(text, EXEMPTING) is not says_why


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("CH-WRF-C006/1、CH-WRF-C006/2", True),
        ("见CH-WRF-R013", True),
        ("LH-F001", True),
        ("JY-001", True),
        ("A-1", False),
        ("x-1", False),
    ],
)
def test_a_number_of_the_house_can_be_looked_up_and_a_letter_with_a_digit_cannot(text: str, found: bool) -> None:
    assert is_empty_reason(text, LOWERING) is not found


@pytest.mark.parametrize("text", ["领导觉得可以降", "大家觉得低了", "感觉可以降"])
def test_what_somebody_feels_lowers_nothing(text: str) -> None:
    assert is_empty_reason(text, LOWERING)


def test_a_fact_with_a_score_settles_a_difference() -> None:
    assert not is_empty_reason("有两起投诉，定4分", MINUTES)


@pytest.mark.parametrize("example", [*OCCASIONS.values(), DECISION, EXEMPTING], ids=lambda o: o.label)
def test_every_occasion_accepts_its_own_example(example: Occasion) -> None:
    assert demand_reason(example.example, example) == example.example


@pytest.mark.parametrize("phrase", ["同意", "a-1", "会", "第一", "3月", "LH-WRF-C006/", "〔2026〕9号", "《"])
@pytest.mark.parametrize("occasion", [RETURNING, DECISION, EXEMPTING], ids=lambda o: o.label)
def test_a_phrase_said_a_thousand_times_takes_time_in_proportion(phrase: str, occasion: Occasion) -> None:
    # Time that grew with the square would never end here.
    assert is_empty_reason(phrase * 100_000, occasion) is is_empty_reason(phrase * 1_000, occasion)
