"""Whether what is owed came in time: ahead, due soon, overdue, in time or late, counted in days or workdays (S31, S50).

A fuzzy due date (旬, 月) is late only after the last day that it may mean (S12); :class:`DueDay` has that day already.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from lianfang.kernel.calendar import UnknownYear, workdays_between
from lianfang.kernel.vocabulary import Word
from lianfang.programme.plans.due_days import DueDay
from lianfang.programme.plans.programme_rows import CalendarPolicy


class Timing(Word):
    """How a submission stands to its due date."""

    UNDATED = "undated", "未定期限"
    AHEAD = "ahead", "未到期"
    SOON = "soon", "快到期"
    OVERDUE = "overdue", "逾期未报"
    ON_TIME = "on-time", "按时报送"
    LATE = "late", "迟报"


LONG_PAST = 365
"""Days after which nobody is helped by their exact number."""


@dataclass(frozen=True, slots=True)
class Lateness:
    """``days`` past the last day, or left until it; workdays where ``workdays`` says so."""

    timing: Timing
    days: int = 0
    workdays: bool = False

    @property
    def said(self) -> str:
        """In words: 逾期3个工作日, 逾期一年以上, 今天到期, 还有2天; the name of the timing where nothing is counted."""
        if self.timing is Timing.OVERDUE and not self.workdays and self.days > LONG_PAST:
            return "逾期一年以上"
        counted = f"{self.days}{'个工作日' if self.workdays else '天'}"
        if self.timing is Timing.SOON:
            return f"还有{counted}" if self.days else "今天到期"
        words = {Timing.OVERDUE: f"逾期{counted}", Timing.LATE: f"迟报{counted}"}
        return words.get(self.timing, self.timing.label)


@dataclass(frozen=True, slots=True)
class Reckoning:
    """From where lateness is counted: the day, and how many natural days before the last one are soon (a parameter)."""

    today: dt.date
    soon: int


def lateness_of(due: DueDay, policy: CalendarPolicy, submitted_on: dt.date | None, now: Reckoning) -> Lateness:
    """How something due on ``due`` stands today, or stood on the day it came.

    Where a person decided that rest days move the due date (any ``policy`` but the fixed one), days past it are counted
    in workdays too; in years whose holidays nobody has announced they are natural days, as is a delay over a rest day
    only.
    """
    if due.day is None:
        return Lateness(Timing.ON_TIME if submitted_on else Timing.UNDATED)
    past = ((submitted_on or now.today) - due.day).days
    if past > 0:
        days, workdays = _counted(due.day, submitted_on or now.today, policy)
        return Lateness(Timing.LATE if submitted_on else Timing.OVERDUE, days, workdays)
    if submitted_on:
        return Lateness(Timing.ON_TIME)
    return Lateness(Timing.SOON, -past) if -past <= now.soon else Lateness(Timing.AHEAD, -past)


def _counted(due: dt.date, day: dt.date, policy: CalendarPolicy) -> tuple[int, bool]:
    """Days from ``due`` to ``day``, and whether they are workdays."""
    natural = (day - due).days
    if policy is CalendarPolicy.FIXED:
        return natural, False
    try:
        worked = workdays_between(due, day)
    except UnknownYear:
        return natural, False
    return (worked, True) if worked else (natural, False)
