"""The day on which a deadline really expires: the wording, whether the day itself counts, and rest days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from lianfang.kernel.calendar import is_known, missing_year, plain_rest_day_name, reckon_workdays, rest_day_name
from lianfang.kernel.dates import FuzzyDate
from lianfang.programme.plans.programme_rows import CalendarPolicy


@dataclass(frozen=True, slots=True)
class DueDay:
    """The last day in time (``None`` while the year is unknown); ``remark`` says what the calendar did or could not."""

    day: dt.date | None
    remark: str = ""


_SHIFT = {CalendarPolicy.PREVIOUS: -1, CalendarPolicy.NEXT: 1}
"""Policy → workdays by which a due day moves off a rest day."""


def due_day(date: FuzzyDate | None, policy: CalendarPolicy, *, inclusive: bool = True) -> DueDay:
    """When a deadline expires: at the end of the last day that its text may mean, moved off rest days by ``policy``.

    A rest day under the fixed policy stays and is remarked upon (S50); where no announcement covers the year,
    weekends are rest days all the same, holidays are not guessed, and the remark says so.
    """
    day = date.last() if date else None
    if day is None:
        return DueDay(None, "没有年份，算不出期限" if date else "")
    if not inclusive:
        day -= dt.timedelta(days=1)
    known = is_known(day)
    rest = rest_day_name(day) if known else plain_rest_day_name(day)
    doubt = "" if known else f"{missing_year(day)}年放假安排未知，只按周末核对"
    if not rest:
        return DueDay(day, doubt)
    shift = _SHIFT.get(policy)
    if shift is None:
        last = "当天" if date and date.exact and inclusive else f"最后一天{day.month}月{day.day}日"
        return DueDay(day, "；".join(filter(None, (f"{last}是{rest}", doubt))))
    moved = f"原定{day.month}月{day.day}日是{rest}，{policy.label}"
    return DueDay(reckon_workdays(day, shift).day, "；".join(filter(None, (moved, doubt))))
