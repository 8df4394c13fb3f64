"""Workdays by the announced holidays, and the refusal to guess outside them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.kernel import calendar


@pytest.mark.covers("S50")
@pytest.mark.parametrize(
    ("day", "worked", "name"),
    [
        ("2017-10-05", False, "国庆节假期"),
        ("2017-09-30", True, ""),
        ("2017-08-20", False, "周日"),
        ("2017-11-10", True, ""),
        ("2018-02-11", True, ""),
        ("2018-12-31", False, "元旦假期"),
    ],
)
def test_holidays_weekends_and_make_up_days_are_told_apart(day: str, worked: bool, name: str) -> None:
    date = dt.date.fromisoformat(day)

    assert calendar.is_workday(date) is worked
    assert calendar.rest_day_name(date) == name


def test_the_last_workday_before_national_day_2017_is_a_saturday() -> None:
    assert calendar.reckon_workdays(dt.date(2017, 10, 5), -1).day == dt.date(2017, 9, 30)
    assert calendar.reckon_workdays(dt.date(2017, 10, 1), 1).day == dt.date(2017, 10, 9)


def test_twenty_workdays_step_over_spring_festival() -> None:
    assert calendar.reckon_workdays(dt.date(2019, 1, 31), 20).day == dt.date(2019, 3, 5)


@pytest.mark.parametrize(
    "day", [dt.date(2068, 5, 4), dt.date(1999, 5, 4), calendar.LAST_KNOWN_DAY + dt.timedelta(days=1)]
)
def test_an_unannounced_day_is_refused_by_name(day: dt.date) -> None:
    with pytest.raises(calendar.UnknownYear) as refused:
        calendar.is_workday(day)

    assert refused.value.code == "unknown-year"
    assert f"{day.year}年{day.month}月{day.day}日" in refused.value.message


def test_a_reckoning_beyond_the_announcements_says_that_it_is_uncertain() -> None:
    inside = calendar.reckon_workdays(dt.date(2017, 9, 30), 1)
    beyond = calendar.reckon_workdays(dt.date(2068, 5, 4), 3)

    assert inside == calendar.Reckoning(dt.date(2017, 10, 9), certain=True)
    assert beyond == calendar.Reckoning(dt.date(2068, 5, 9), certain=False)


@given(st.dates(dt.date(2010, 1, 1), dt.date(2020, 12, 31)), st.integers(-60, 60))
def test_counting_workdays_undoes_adding_them(start: dt.date, count: int) -> None:
    end = calendar.reckon_workdays(start, count).day

    assert calendar.workdays_between(start, end) == count
