"""The day on which a deadline expires: precision of the text, the day itself, rest days, years nobody has announced."""

from __future__ import annotations

import datetime as dt

import pytest

from lianfang.kernel.calendar import LAST_KNOWN_DAY
from lianfang.kernel.dates import parse_date
from lianfang.programme.plans.due_days import DueDay, due_day
from lianfang.programme.plans.programme_rows import CalendarPolicy
from lianfang.programme.plans.reader import read_plan
from lianfang.programme.plans.rules import findings_of


@pytest.mark.covers("S50")
@pytest.mark.parametrize(
    ("policy", "day"),
    [
        (CalendarPolicy.FIXED, dt.date(2017, 10, 5)),
        (CalendarPolicy.PREVIOUS, dt.date(2017, 9, 30)),
        (CalendarPolicy.NEXT, dt.date(2017, 10, 9)),
    ],
)
def test_a_day_in_the_national_holiday_of_2017_moves_only_when_told_to(policy: CalendarPolicy, day: dt.date) -> None:
    found = due_day(parse_date("2017-10-05"), policy)

    assert found.day == day
    assert "国庆节假期" in found.remark


@pytest.mark.covers("S31", "S70")
@pytest.mark.parametrize("code", ["2017-08-10", "2017-11-10"])
def test_a_workday_stays_without_remark(code: str) -> None:
    assert due_day(parse_date(code), CalendarPolicy.PREVIOUS) == DueDay(dt.date.fromisoformat(code))


def test_a_day_that_itself_no_longer_counts_expires_the_day_before() -> None:
    assert due_day(parse_date("2017-08-10"), CalendarPolicy.FIXED, inclusive=False).day == dt.date(2017, 8, 9)


@pytest.mark.covers("S12")
def test_a_fuzzy_date_expires_with_its_last_day() -> None:
    assert due_day(parse_date("2017年6月中旬"), CalendarPolicy.FIXED).day == dt.date(2017, 6, 20)


@pytest.mark.parametrize("year", [1999, 2031])
def test_a_year_without_announced_holidays_is_never_guessed(year: int) -> None:
    found = due_day(parse_date(f"{year}-10-01"), CalendarPolicy.PREVIOUS)

    assert found.day == dt.date(year, 10, 1)
    assert "放假安排未知" in found.remark


def test_without_a_year_there_is_no_day() -> None:
    assert due_day(parse_date("8月10日"), CalendarPolicy.FIXED) == DueDay(None, "没有年份，算不出期限")
    assert due_day(None, CalendarPolicy.FIXED) == DueDay(None)


def test_the_last_day_of_a_fuzzy_date_is_named_where_it_is_a_rest_day() -> None:
    assert due_day(parse_date("2026年12月中旬"), CalendarPolicy.FIXED).remark == "最后一天12月20日是周日"
    assert due_day(parse_date("2026-12-20"), CalendarPolicy.FIXED).remark == "当天是周日"


@pytest.mark.covers("S50")
def test_a_weekend_of_a_year_without_announcement_is_a_rest_day_all_the_same() -> None:
    year = LAST_KNOWN_DAY.year + 1
    saturday = next(day for day in (dt.date(year, 3, n) for n in range(1, 8)) if day.weekday() == 5)

    stays = due_day(parse_date(saturday.isoformat()), CalendarPolicy.FIXED)
    moves = due_day(parse_date(saturday.isoformat()), CalendarPolicy.PREVIOUS)

    assert stays == DueDay(saturday, f"当天是周六；{year}年放假安排未知，只按周末核对")
    assert moves.day == saturday - dt.timedelta(days=1)


@pytest.mark.covers("S18", "S50")
def test_a_plan_for_a_year_without_announcement_is_told_its_weekends_and_what_is_not_known() -> None:
    year = LAST_KNOWN_DAY.year + 1
    sunday = next(day for day in (dt.date(year, 3, n) for n in range(1, 8)) if day.weekday() == 6)
    text = f"第一阶段：查找风险（{year}年3月1日至3月31日）\n各科室于3月{sunday.day}日前将风险清单报局党组。\n"

    told = [one.message for one in findings_of(read_plan(text)) if one.code == "PRG004" and one.field == "期限"]

    assert told == [
        f"期限{year}年3月{sunday.day}日是周日（{year}年放假安排还没有公布或者还没有收录，只按周末判断）（风险清单）。"
    ]


def test_the_last_week_of_the_last_announced_year_waits_for_the_next_announcement() -> None:
    last = LAST_KNOWN_DAY.replace(day=28)

    assert f"{last.year + 1}年放假安排未知" in due_day(parse_date(last.isoformat()), CalendarPolicy.FIXED).remark
