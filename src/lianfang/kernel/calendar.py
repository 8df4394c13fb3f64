"""Chinese workdays: public holidays, make-up workdays, and arithmetic that refuses to guess.

Each autumn the State Council announces the next year's holidays; the ``chinese_calendar`` library carries those
announcements. Outside the announced years nobody knows which days are worked, so every function here raises
:class:`UnknownYear` there, except :func:`reckon_workdays`, which counts plain weekdays and says that it did, and
:func:`plain_rest_day_name`, which knows weekends only.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import chinese_calendar
from chinese_calendar import constants as announced

from lianfang.kernel.errors import Invalid

FIRST_KNOWN_DAY = dt.date(min(announced.holidays).year, 1, 1)
"""First day covered by the announcements that the library carries."""

LAST_KNOWN_DAY = dt.date(max(announced.holidays).year, 12, 24)
"""Last day covered; the final week of a year may still be moved by the next year's New Year announcement."""

_ONE_DAY = dt.timedelta(days=1)
_WEEKDAYS = "一二三四五六日"
_WEEKEND = 5
_HOLIDAYS = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}


class UnknownYear(Invalid):
    """The holidays around a date have not been announced, or not to this program."""

    code = "unknown-year"
    default_remedy = "请按国务院办公厅公布的放假安排人工核对，或在节假日数据更新后重试。"

    def __init__(self, day: dt.date) -> None:
        super().__init__(
            f"{day.year}年{day.month}月{day.day}日不在已知的放假安排之内"
            f"（已知{FIRST_KNOWN_DAY.year}年1月1日至{LAST_KNOWN_DAY.year}年12月{LAST_KNOWN_DAY.day}日），不能判断是否为工作日。"
        )
        self.day = day


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The day a count of workdays ends on; ``certain`` is false where plain weekdays had to stand in."""

    day: dt.date
    certain: bool


def is_known(day: dt.date) -> bool:
    """Whether the announcements cover ``day``."""
    return FIRST_KNOWN_DAY <= day <= LAST_KNOWN_DAY


def is_workday(day: dt.date) -> bool:
    """Whether offices work on ``day``, counting public holidays and make-up workdays.

    Raises:
        UnknownYear: when no announcement covers ``day``.
    """
    if not is_known(day):
        raise UnknownYear(day)
    return bool(chinese_calendar.is_workday(day))


def reckon_workdays(start: dt.date, count: int) -> Reckoning:
    """The ``count``-th workday after ``start`` (before it for a negative count); the start itself is not counted.

    With ``count`` 0 the answer is ``start``, whatever kind of day it is. Beyond the announced years Monday to Friday
    count, and the answer is not ``certain``.
    """
    step = _ONE_DAY if count > 0 else -_ONE_DAY
    day, left, certain = start, abs(count), True
    while left:
        day += step
        known = is_known(day)
        certain = certain and known
        left -= is_workday(day) if known else day.weekday() < 5
    return Reckoning(day, certain)


def workdays_between(first: dt.date, last: dt.date) -> int:
    """How many workdays lie after ``first`` up to and including ``last``; negative when ``last`` comes first.

    So ``workdays_between(d, reckon_workdays(d, n).day) == n``.

    Raises:
        UnknownYear: when a day between them is not covered.
    """
    if last < first:
        return -workdays_between(last - _ONE_DAY, first - _ONE_DAY)
    return sum(is_workday(first + dt.timedelta(days=n)) for n in range(1, (last - first).days + 1))


def weekday_name(day: dt.date) -> str:
    """周一 … 周日."""
    return f"周{_WEEKDAYS[day.weekday()]}"


def rest_day_name(day: dt.date) -> str:
    """What kind of rest day ``day`` is, such as 国庆节假期 or 周日; empty for a workday.

    Raises:
        UnknownYear: when no announcement covers ``day``.
    """
    if is_workday(day):
        return ""
    _, holiday = chinese_calendar.get_holiday_detail(day)
    return f"{_HOLIDAYS.get(holiday, holiday)}假期" if holiday else weekday_name(day)


def missing_year(day: dt.date) -> int:
    """The year whose announcement is missing for a ``day`` that is not known: the last week waits for the next one."""
    return day.year + (LAST_KNOWN_DAY < day <= LAST_KNOWN_DAY.replace(day=31))


def plain_rest_day_name(day: dt.date) -> str:
    """周六 or 周日, else empty: what a day is by the week alone, where its year's announcement is not known yet."""
    return weekday_name(day) if day.weekday() >= _WEEKEND else ""
