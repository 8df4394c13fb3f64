"""Dates that no calendar has: nothing stands in for them, and a finding points to their characters (S12, S87)."""

from __future__ import annotations

import pytest

from lianfang.programme.plans.reader import read_plan
from lianfang.programme.plans.rows import PlanRow
from lianfang.programme.plans.rules import findings_of


def windows(plan: PlanRow) -> list[tuple[str, ...]]:
    """Name, start and end of every stage; "" where the field stays empty."""
    return [(stage.name, *(date.code if date else "" for date in (stage.start, stage.end))) for stage in plan.stages]


def pointed_at(text: str) -> list[str]:
    """The characters to which the findings about impossible dates point."""
    found = [finding.place for finding in findings_of(read_plan(text)) if finding.code == "DOC003"]
    return [text[place.start : place.end] for place in found if place]


@pytest.mark.covers("S12", "S87")
@pytest.mark.parametrize(
    ("written", "window", "bad"),
    [
        ("2026年7月1日至9月31日", ("2026-07-01", ""), ["9月31日"]),
        ("2026年7月1日至13月10日", ("2026-07-01", ""), ["13月10日"]),
        ("2026年6月1日-31日", ("2026-06-01", ""), ["31日"]),
        ("2026年2月1日至2月29日", ("2026-02-01", ""), ["2月29日"]),
        ("2026年6月31日至7月20日", ("", "2026-07-20"), ["2026年6月31日"]),
        ("2026年二月三十日—三月十日", ("", "2026-03-10"), ["2026年二月三十日"]),
        ("2026年6月31日至9月31日", ("", ""), ["2026年6月31日", "9月31日"]),
        ("2026.5.1-2026.5.32", ("2026-05-01", ""), ["2026.5.32"]),
        ("2026-13-05至2026-14-01", ("", ""), ["2026-13-05", "2026-14-01"]),
        ("2026年13月", ("", ""), ["2026年13月"]),
        ("2026年5月至13月", ("2026-05", ""), ["13月"]),
        ("2026年2-14月", ("2026-02", ""), ["14月"]),
        ("2026年5月1日至6月20日", ("2026-05-01", "2026-06-20"), []),
    ],
)
def test_an_end_that_does_not_exist_stays_empty_and_is_pointed_at(
    written: str, window: tuple[str, str], bad: list[str]
) -> None:
    text = f"第一阶段：查找风险（{written}）\n梳理职权。\n"

    assert windows(read_plan(text)) == [("查找风险", *window)]
    assert pointed_at(text) == bad


def test_dotted_days_in_brackets_are_judged_too() -> None:
    text = "2026年方案\n第一阶段：动员（3.1-3.31）\n第二阶段：查找（4.1-4.31）\n"

    assert windows(read_plan(text)) == [("动员", "2026-03-01", "2026-03-31"), ("查找", "2026-04-01", "")]
    assert pointed_at(text) == ["4.31"]


@pytest.mark.covers("S31")
def test_a_deadline_on_a_day_that_does_not_exist_is_kept_without_a_day() -> None:
    text = "第一阶段：查找风险（2026年7月1日至9月30日）\n各科室于9月31日前向局办公室报送风险清单。\n"

    (deadline,) = read_plan(text).deadlines

    assert deadline.date is None
    assert (deadline.date_text, deadline.submitter, deadline.deliverables) == ("9月31日前", "各科室", ("风险清单",))
    assert deadline.date_span
    assert text[deadline.date_span.start : deadline.date_span.end] == "9月31日"
    assert pointed_at(text) == ["9月31日"]


def test_a_leap_day_of_a_common_year_keeps_no_year_and_is_pointed_at() -> None:
    text = "2027年廉政风险防控工作方案\n第一阶段：动员（2月1日至2月29日）\n"

    assert windows(read_plan(text)) == [("动员", "2027-02-01", "XXXX-02-29")]
    assert pointed_at(text) == ["2月1日至2月29日"]


def test_the_finding_about_a_stage_says_that_its_date_does_not_exist() -> None:
    text = "第一阶段：查找风险（2026年7月1日至9月31日）\n"

    messages = [finding.message for finding in findings_of(read_plan(text)) if finding.code == "PRG001"]

    assert messages == ["第一阶段“查找风险”的时间里有日历上不存在的日期，结束时间空着，请核对原件后填写。"]
