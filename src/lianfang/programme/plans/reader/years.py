"""Which year is meant where a plan leaves it out: by its title, its signature, its own windows, or a named paper."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lianfang.kernel.dates import BadDate, FuzzyDate
from lianfang.programme.plans.reader.dates import Fault, Mention, year_of
from lianfang.programme.plans.reader.masthead import Masthead
from lianfang.programme.plans.reader.source import Source
from lianfang.programme.plans.reader.stage import Dated, Stage

_OFFSET = {"明年": 1, "次年": 1, "翌年": 1, "来年": 1, "下一年": 1, "去年": -1, "上年": -1, "前年": -2}
_TITLE_YEAR = re.compile(
    r"(?<![-—–~至\d])(?P<year>20\d{2}|19\d{2}|[一二][〇○零0一二三四五六七八九]{3})(?:年|年度)(?![-—–~至]|.{0,12}规划)"
)
_PAPER_YEAR = re.compile(
    r"《(?P<year>20\d{2}|19\d{2})年度?[^《》\n]{2,40}(?:总结|报告|方案|情况|表|清单|计划)[^《》\n]{0,6}》"
)
_NUMBER_YEAR = re.compile(r"[〔\[(【](20\d{2}|19\d{2})[〕\])】]")
_DUE_YEAR = re.compile(
    r"(?<!\d)(?P<year>20\d{2}|19\d{2})年\d{1,2}月(?:\d{1,2}[日号]|[初底末]|[上中下]旬)?(?:之?前|以前)"
)
_HISTORY = re.compile(
    r"(?:起|以来|以后|后|印发|发布|通过|施行|实施|下发|召开|在)|[^,。;\n]{0,24}(?:会议精神|印发的|下发的|通报)"
)
_YEARLY_WORK = re.compile(r"(?:(?<![-—–~至\d])|(?<=\())(20\d{2}|19\d{2})年(?:度(?![-—–~至])|度?(?=\)))")
STAMP = re.compile(r"\d{4}[./-]\d{1,2}[./-]\d{1,2} {1,2}\d{1,2}:\d{1,2}")
"""The minute at which a web page was put up: 2026-03-05 09:36; no day of the work."""
_HALF_YEAR = 6


@dataclass(frozen=True, slots=True)
class Calendar:
    """The year a plan lives in; ``issued`` moves early months of a plan issued late to the next year.

    ``by_windows``: only days of the work stated the year; a stage before the first of them may lie in the year before.
    """

    year: int | None
    issued: dt.date | None = None
    by_windows: bool = False

    def settle(self, date: FuzzyDate | None, near: str = "", after: FuzzyDate | None = None) -> FuzzyDate | None:
        """``date`` with its year; ``after`` is a date it may not precede by months."""
        if date is None or date.year is not None or near == "每年":
            return date
        year = self.year
        if after and after.year and near in _OFFSET:
            year = after.year if near == "次年" else year
        if near in _OFFSET and year:
            return with_year(date, year + _OFFSET[near])
        if after and after.year:
            early = bool(date.month and after.month and date.month < after.month)
            return with_year(date, after.year + early)
        if year and self.issued and date.month and self.issued.month - date.month >= _HALF_YEAR:
            year += self.issued.year == year
        return with_year(date, year)


def with_year(date: FuzzyDate, year: int | None) -> FuzzyDate:
    """``date`` in ``year``, or as it was when that year has no such day."""
    try:
        return date.in_year(year)
    except BadDate:
        return date


def no_leap_day(mention: Mention, calendar: Calendar) -> Iterator[Fault]:
    """29 February without a year, in a plan whose year is a common one: the date stays without a year."""
    for date in (mention.date, mention.until):
        if date and date.year is None and calendar.year and mention.near != "每年":
            try:
                date.in_year(calendar.year)
            except BadDate as fault:
                yield Fault(mention.start, mention.end, fault.message)


def title_year(*titles: str) -> int | None:
    """The one year that a title states, the first of several titles that does: 2027年廉政风险防控实施方案."""
    for title in titles:
        titled = _TITLE_YEAR.search(title)
        if titled:
            return year_of(titled["year"])
    return None


def base_year(head: Masthead, source: Source, dated: Dated) -> Calendar:
    """The year of the plan, from the surest sign to the weakest; unknown when there is none.

    What the title says goes before the day on which the document was signed: plans for a year are issued before it.
    """
    titled = title_year(head.title, head.notice)
    if titled:
        return Calendar(titled)
    if head.issued:
        return Calendar(head.issued.year, head.issued)
    numbered = _NUMBER_YEAR.search(head.number)
    if numbered:
        return Calendar(int(numbered[1]))
    for years, by_windows in _signs(source.text, dated):
        if years:
            return Calendar(years.pop(), by_windows=by_windows) if len(years) == 1 else Calendar(None)
    return Calendar(None)


def _signs(text: str, dated: Dated) -> Iterator[tuple[set[int], bool]]:
    """The years that named papers, last days, other days of the work, and 2025年度 stand for, surest first.

    With each set goes whether it was gathered from the days of the work.
    """
    yield {int(match["year"]) for match in _PAPER_YEAR.finditer(text)}, False
    yield {int(match["year"]) for match in _DUE_YEAR.finditer(text)}, False
    yield _years_of_work(text, dated), True
    yield {int(match[1]) for match in _YEARLY_WORK.finditer(text)}, False


def _years_of_work(text: str, dated: Dated) -> set[int]:
    return {
        mention.date.year
        for mention in dated.all
        if mention.date
        and mention.date.year
        and mention.date.month
        and not _HISTORY.match(text, mention.end)
        and not STAMP.match(text, mention.start)
    }


def settle_stages(stages: list[Stage], calendar: Calendar, dated: Dated) -> Calendar:
    """Give every window its years, forward from stage to stage; answers the calendar with what the windows taught."""
    windows = [stage.window for stage in stages if stage.window]
    stated = [date.year for window in windows if (date := window.date or window.until) and date.year]
    if stated and (calendar.year is None or (calendar.by_windows and calendar.year == stated[0])):
        calendar = replace(calendar, year=_year_before(stages, stated[0]))
    elif calendar.year is None and stages:
        calendar = replace(calendar, year=_introduced(stages[0], dated))
    previous: FuzzyDate | None = None
    for stage in stages:
        if stage.window:
            _settle_stage(stage, stage.window, calendar, previous)
            previous = stage.last or stage.first or previous
    return calendar


def _introduced(first: Stage, dated: Dated) -> int | None:
    """“活动从2009年4月开始”: the year that the section states before its first stage."""
    section = first.node.parent if first.node else None
    if section is None:
        return None
    years = (mention.date.year for mention in dated.between(section.start, first.start) if mention.date)
    return next((year for year in years if year), None)


def _year_before(stages: list[Stage], stated: int) -> int:
    """Stages before the first stated year lie in the same year, or in the year before when their months come later."""
    months: list[int] = []
    for stage in stages:
        date = stage.window.date if stage.window else None
        if date and date.month:
            months.append(date.month)
        if date and date.year:
            break
    return stated - (len(months) > 1 and months[0] > months[-1])


def _settle_stage(stage: Stage, window: Mention, calendar: Calendar, previous: FuzzyDate | None) -> None:
    if previous and previous.year is None:
        previous = None
    first = calendar.settle(window.date, window.near, _unless_backward(window.date, previous))
    last = calendar.settle(window.until, window.until_near, first or previous) if window.until else first
    stage.first = None if stage.open_start else first
    stage.last = None if stage.open_end or window.lost_end else last


def _unless_backward(date: FuzzyDate | None, previous: FuzzyDate | None) -> FuzzyDate | None:
    """Overlapping stages step back a month or two; only a jump of half a year means the next year."""
    if not (date and previous and date.month and previous.month):
        return previous
    back = previous.month - date.month
    return FuzzyDate(previous.year, date.month) if 0 < back < _HALF_YEAR else previous


def settle_in_stage(date: FuzzyDate | None, near: str, stage: Stage | None, calendar: Calendar) -> FuzzyDate | None:
    """A deadline's year: the year of its stage's window, the one of two that lies inside it, else the plan's year."""
    if date is None or date.year is not None or near in _OFFSET:
        return calendar.settle(date, near)
    edges = [edge for edge in (stage.first, stage.last) if edge] if stage else []
    years = sorted({edge.year for edge in edges if edge.year})
    if not years:
        return calendar.settle(date, near)
    inside = [year for year in years if _lies_between(with_year(date, year), edges)]
    return with_year(date, inside[0] if inside else years[-1])


def _lies_between(date: FuzzyDate, edges: list[FuzzyDate]) -> bool:
    day, first, last = date.last(), edges[0].first(), edges[-1].last()
    return bool(day and first and last and first <= day <= last)
