"""The year that a title states: it rules the dates that state none, and what contradicts it is told (S12, S87)."""

from __future__ import annotations

import pytest

from lianfang.programme.plans.drafting import Origin, draft_of
from lianfang.programme.plans.reader import read_plan
from lianfang.programme.plans.rules import findings_of

BODY = """一、方法步骤
第一阶段：动员部署（3月1日至3月20日）
第二阶段：查找风险（4月1日至5月31日）
各科室于4月20日前向办公室报送清单。
"""


def contradictions(text: str) -> list[tuple[str, str]]:
    """The characters that DOC005 points to, and what it says."""
    found = [one for one in findings_of(read_plan(text)) if one.code == "DOC005"]
    return [(text[one.place.start : one.place.end] if one.place else "", one.message) for one in found]


@pytest.mark.covers("S12")
@pytest.mark.parametrize(
    "head",
    [
        "某市水务局2027年廉政风险防控实施方案\n某市水务局\n2026年3月2日\n",
        "某市水务局二〇二七年廉政风险防控实施方案\n某市水务局\n2026年3月2日\n",
        "某市水务局廉政风险防控实施方案（2027年）\n某市水务局\n2026年3月2日\n",
        "某市水务局2027年度廉政工作安排\n某市水务局\n2026年3月2日\n",
        "关于印发《2027年廉政风险防控实施方案》的通知\n各科室：\n现印发给你们。\n某市水务局\n2026年3月2日\n水务局实施方案\n",
    ],
)
def test_the_year_of_the_title_goes_before_the_day_of_signing(head: str) -> None:
    plan = read_plan(head + BODY)

    assert [(stage.start.code, stage.end.code) for stage in plan.stages if stage.start and stage.end] == [
        ("2027-03-01", "2027-03-20"),
        ("2027-04-01", "2027-05-31"),
    ]
    assert [row.date.code for row in plan.deadlines if row.date] == ["2027-04-20"]


def test_the_programme_belongs_to_the_year_of_its_title() -> None:
    plan = read_plan("某市水务局2027年廉政风险防控实施方案\n某市水务局\n2026年11月20日\n" + BODY)

    assert draft_of(plan, Origin("LH", (), "方案")).cycle_year == 2027


@pytest.mark.covers("S12", "S87")
def test_a_stage_of_another_year_than_the_title_is_pointed_at() -> None:
    text = "某局2027年实施方案\n" + BODY.replace("（3月1日", "（2026年3月1日").replace("（4月", "（2027年4月")

    places = {place for place, _ in contradictions(text)}

    assert places == {"第一阶段：动员部署（2026年3月1日至3月20日）"}
    assert contradictions(text)[0][1] == (
        "题目写的是2027年，第一阶段“动员部署”写的是2026年3月1日，请核对哪一个年份写错。"
    )


def test_a_deadline_of_another_year_than_the_title_is_pointed_at() -> None:
    text = "某局2027年实施方案\n" + BODY.replace("于4月20日前", "于2026年4月20日前")

    assert [place for place, _ in contradictions(text)] == ["2026年4月20日"]


def test_a_plan_signed_long_after_the_year_of_its_title_is_told() -> None:
    text = "某市水务局2026年廉政风险防控实施方案\n" + BODY + "某市水务局\n2027年3月2日\n"

    assert [message for _, message in contradictions(text)] == [
        "题目写的是2026年，落款日期是2027年3月2日；没有写年份的日期按2026年读，请核对。"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "某局2027年实施方案\n第一阶段：动员（2026年12月1日至12月20日）\n第二阶段：总结（2028年1月）\n",
        "某市水务局2027年实施方案\n" + BODY + "某市水务局\n2026年11月20日\n",
        "某局实施方案\n第一阶段：动员（2026年12月1日至12月20日）\n",
        "某局2021—2025年实施方案\n第一阶段：动员（2024年3月1日至3月20日）\n",
    ],
)
def test_work_around_the_turn_of_the_year_is_no_contradiction(text: str) -> None:
    assert contradictions(text) == []


def test_a_heading_that_closes_with_its_dates_is_not_joined_to_the_next_line() -> None:
    text = "某市水务局2027年廉政风险防控实施方案\n某市水务局\n2026年11月20日\n" + BODY

    assert [row.submitter for row in read_plan(text).deadlines] == ["各科室"]
