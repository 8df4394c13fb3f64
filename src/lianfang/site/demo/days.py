"""The demo's days, moved to the day on which it is loaded, so that a new round is always just under way.

The plan is written as a form: ``{7月22日}`` is a day as first written, ``{2026年7月22日+1}`` the day after it with its
year, ``{2026}`` the year of issue. The lists came into being before that round; their days move in whole weeks.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

from lianfang.foundation.documents.cells import parse_date
from lianfang.kernel.calendar import reckon_workdays
from lianfang.site.demo.bureau import HIGHER_PLAN, PLAN, TODAY, Record, Written

PLAN_LOADED = datetime.date(2026, 7, 20)
"""What the plan takes for today as it is written: the mobilisation meeting lies behind, all that is due ahead."""
ISSUED = datetime.date(2026, 7, 13)
JUDGED = {
    "排查日期": "searches", "评分日期": "scores", "审定日期": "gradings", "定级日期": "risks",
    "清单日期": "post_grades", "检验日期": "control_tests",
}  # fmt: skip
"""Heading → register whose entries grow stale: searched, scored, graded and tested on these days."""
_SLOT = re.compile(r"\{(\d{4})?(年)?(?:(\d+)月(\d+)日(\+1)?)?\}")
_ONE_DAY = datetime.timedelta(days=1)


def plan_text(today: datetime.date) -> str:
    """The demo's plan, with days around ``today``; every due day is a workday as far as announcements reach."""
    return dated(PLAN.read_text(encoding="utf-8"), today)


def higher_plan_text(today: datetime.date) -> str:
    """The commission's plan, with days around ``today``."""
    return dated(HIGHER_PLAN.read_text(encoding="utf-8"), today)


def dated(text: str, today: datetime.date) -> str:
    """``text`` with its slots filled; a day without a year in its slot gets one where it lies in a later year."""
    by = today - PLAN_LOADED
    issued = _in_office(ISSUED + by).year

    def fill(slot: re.Match[str]) -> str:
        year, unit, month, day, after = slot.groups()
        if month is None:
            return f"{issued}{unit or ''}"
        later = _in_office(datetime.date(int(year or ISSUED.year), int(month), int(day)) + by)
        later += _ONE_DAY if after else datetime.timedelta()
        said = f"{later.month}月{later.day}日"
        return f"{later.year}年{said}" if year or later.year != issued else said

    return _SLOT.sub(fill, text)


def moved(written: Written, today: datetime.date) -> Written:
    """``written`` with its lists searched, graded and tested as many whole weeks later as ``today`` is later.

    Nothing moves to an earlier day; everything else, laws and appointments above all, stays where it is.
    """
    weeks = datetime.timedelta(weeks=max(0, (today - TODAY).days // 7))
    files = {
        name: [_judged_later(name, record, weeks) for record in records] for name, records in written.files.items()
    }
    return replace(written, files=files)


def _judged_later(name: str, record: Record, by: datetime.timedelta) -> Record:
    register = name.partition("/")[0].removesuffix(".csv")
    judged = {heading: parse_date(text) for heading, text in record.items() if JUDGED.get(heading) == register}
    return {**record, **{heading: (day + by).isoformat() for heading, day in judged.items() if day}}


def _in_office(day: datetime.date) -> datetime.date:
    """The first workday from ``day`` on that another follows: what ends on it can go on the next day."""
    while (_workday_after(day - _ONE_DAY), _workday_after(day)) != (day, day + _ONE_DAY):
        day += _ONE_DAY
    return day


def _workday_after(day: datetime.date) -> datetime.date:
    return reckon_workdays(day, 1).day
