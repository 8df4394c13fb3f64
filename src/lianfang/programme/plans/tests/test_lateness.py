"""Overdue, due soon, late: counted from the last day that a due date may mean, in days or in workdays."""

from __future__ import annotations

import datetime as dt

import pytest

from lianfang.kernel.dates import parse_date
from lianfang.programme.plans.due_days import due_day
from lianfang.programme.plans.lateness import Reckoning, Timing, lateness_of
from lianfang.programme.plans.programme_rows import CalendarPolicy

FIXED, PREVIOUS, NEXT = CalendarPolicy


def standing(due: str, today: str, policy: CalendarPolicy = FIXED, came: str = "", soon: int = 7) -> tuple[Timing, str]:
    """Timing and words of something due on ``due``."""
    day = dt.date.fromisoformat(came) if came else None
    found = lateness_of(due_day(parse_date(due), policy), policy, day, Reckoning(dt.date.fromisoformat(today), soon))
    return found.timing, found.said


@pytest.mark.covers("S31")
@pytest.mark.parametrize(
    ("today", "timing", "said"),
    [
        ("2026-04-01", Timing.AHEAD, "未到期"),
        ("2026-04-16", Timing.AHEAD, "未到期"),
        ("2026-04-17", Timing.SOON, "还有7天"),
        ("2026-04-24", Timing.SOON, "今天到期"),
        ("2026-04-25", Timing.OVERDUE, "逾期1天"),
        ("2026-05-06", Timing.OVERDUE, "逾期12天"),
        ("2027-04-24", Timing.OVERDUE, "逾期365天"),
        ("2027-04-25", Timing.OVERDUE, "逾期一年以上"),
    ],
)
def test_what_has_not_come_is_ahead_soon_or_overdue(today: str, timing: Timing, said: str) -> None:
    assert standing("2026-04-24", today) == (timing, said)


@pytest.mark.covers("S88")
def test_how_many_days_are_soon_is_for_the_bureau_to_say() -> None:
    assert standing("2026-04-24", "2026-04-21", soon=3) == (Timing.SOON, "还有3天")
    assert standing("2026-04-24", "2026-04-20", soon=3) == (Timing.AHEAD, "未到期")
    assert standing("2026-04-24", "2026-04-24", soon=1) == (Timing.SOON, "今天到期")


@pytest.mark.parametrize(
    ("came", "timing", "said"),
    [
        ("2026-04-20", Timing.ON_TIME, "按时报送"),
        ("2026-04-24", Timing.ON_TIME, "按时报送"),
        ("2026-04-27", Timing.LATE, "迟报3天"),
    ],
)
def test_what_came_is_in_time_or_late_whatever_day_it_is_today(came: str, timing: Timing, said: str) -> None:
    assert standing("2026-04-24", "2026-11-23", came=came) == (timing, said)


@pytest.mark.covers("S12")
@pytest.mark.parametrize(
    ("due", "last"),
    [
        ("2026年6月中旬", "2026-06-20"),
        ("2026年2月下旬", "2026-02-28"),
        ("2026年6月", "2026-06-30"),
        ("2026年6月底", "2026-06-30"),
        ("2026年上半年", "2026-06-30"),
        ("2026年底", "2026-12-31"),
    ],
)
def test_a_fuzzy_date_is_late_only_after_its_last_day(due: str, last: str) -> None:
    day = dt.date.fromisoformat(last)

    assert standing(due, day.isoformat()) == (Timing.SOON, "今天到期")
    assert standing(due, (day + dt.timedelta(days=1)).isoformat()) == (Timing.OVERDUE, "逾期1天")


@pytest.mark.covers("S50")
def test_where_rest_days_move_the_due_date_lateness_is_counted_in_workdays() -> None:
    # 5 October 2017 lies in the national holiday; 9 October is the first workday after it, 14 and 15 are a weekend.
    assert standing("2017-10-05", "2017-10-16", FIXED) == (Timing.OVERDUE, "逾期11天")
    assert standing("2017-10-05", "2017-10-09", NEXT) == (Timing.SOON, "今天到期")
    assert standing("2017-10-05", "2017-10-16", NEXT) == (Timing.OVERDUE, "逾期5个工作日")
    assert standing("2017-10-05", "2017-10-09", PREVIOUS) == (Timing.OVERDUE, "逾期1个工作日")
    assert standing("2017-10-05", "2017-11-01", NEXT, came="2017-10-11") == (Timing.LATE, "迟报2个工作日")


def test_a_delay_over_rest_days_only_is_still_a_delay() -> None:
    assert standing("2017-10-13", "2017-10-14", NEXT) == (Timing.OVERDUE, "逾期1天")


def test_in_a_year_whose_holidays_nobody_knows_natural_days_are_counted() -> None:
    assert standing("2068-10-08", "2068-10-11", NEXT) == (Timing.OVERDUE, "逾期3天")


def test_without_a_due_day_nothing_is_late() -> None:
    assert standing("6月20日", "2026-11-23") == (Timing.UNDATED, "未定期限")
    assert standing("6月20日", "2026-11-23", came="2026-11-20") == (Timing.ON_TIME, "按时报送")
