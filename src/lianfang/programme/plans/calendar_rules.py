"""What is wrong with the dates of a plan: its stages and deadlines (PRG001 to PRG004), its days and years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import pairwise

from lianfang.kernel.calendar import is_known, missing_year, plain_rest_day_name, reckon_workdays, rest_day_name
from lianfang.kernel.dates import FuzzyDate
from lianfang.kernel.findings import Finding, Severity
from lianfang.programme.plans.reader.years import title_year
from lianfang.programme.plans.rows import DeadlineRow, PlanRow, Span, StageRow
from lianfang.programme.plans.said import found_in

_NUMERALS = "零一二三四五六七八九十"


def stage_without_dates(plans: Iterable[PlanRow]) -> Iterator[Finding]:
    """PRG001.

    检查什么：方案的每个阶段是否写明开始和结束时间，全文是否写明年份。“6月中旬”这样的时段算写明。
    为什么：没有起止时间的阶段无法提醒、无法督办，也无法判断材料是否逾期。
    怎么改：在阶段标题后补写起止日期；只写了期限的，补写开始日期；全文没有年份的，补写年份。
    来源：S11、S12。
    """
    for plan in plans:
        for stage in plan.stages:
            missing = "和".join(word for word, date in (("开始", stage.start), ("结束", stage.end)) if date is None)
            if missing:
                message = f"{_named(stage)}没有写明{missing}时间。"
                if _impossible(plan, stage.span):
                    message = f"{_named(stage)}的时间里有日历上不存在的日期，{missing}时间空着，请核对原件后填写。"
                yield found_in(plan, stage.span, _field(stage), message)
        undated = [stage for stage in plan.stages if any(d and d.year is None for d in (stage.start, stage.end))]
        if undated:
            message = f"{_named(undated[0])}等{len(undated)}个阶段的日期没有年份，全文也推不出年份。"
            yield found_in(plan, undated[0].span, _field(undated[0]), message)


def _impossible(plan: PlanRow, span: Span) -> bool:
    """Whether a date that no calendar has stands in ``span``."""
    return any(span.start <= bad.span.start < span.end for bad in plan.bad_dates)


def stages_gap_or_overlap(plans: Iterable[PlanRow]) -> Iterator[Finding]:
    """PRG002.

    检查什么：阶段是否颠倒，相邻阶段是否重叠一天以上，或者中间空出日子。首尾共用一天是常见写法，不提示。
    为什么：空出的日子没有任务，重叠的日子分不清先后，材料该算哪个阶段说不清。
    怎么改：核对相邻两个阶段的起止日期；确实要留间隔或交叉的，在方案中写明原因。
    来源：S32、S51。
    """
    for plan in plans:
        for stage in plan.stages:
            first, last = _first(stage.start), _last(stage.end)
            if first and last and last < first:
                message = f"{_named(stage)}的结束时间（{_said(stage.end)}）早于开始时间（{_said(stage.start)}）。"
                yield found_in(plan, stage.span, _field(stage), message)
        for before, after in pairwise(plan.stages):
            message = _seam(before, after)
            if message:
                yield found_in(plan, after.span, _field(after), message)


def _seam(before: StageRow, after: StageRow) -> str:
    last, first = _last(before.end), _first(after.start)
    if not last or not first or after.ordinal != before.ordinal + 1:
        return ""
    days = (first - last).days - 1
    both = f"{_named(before)}和{_named(after)}"
    if days > 0:
        idle = _days(last + dt.timedelta(days=1), first - dt.timedelta(days=1))
        return f"{both}之间空出{days}天（{idle}），不属于任何阶段。"
    if days < -1:
        end = min(last, _last(after.end) or last)
        return f"{both}重叠{(end - first).days + 1}天（{_days(first, end)}）。"
    return ""


def deadline_outside_stage(plans: Iterable[PlanRow]) -> Iterator[Finding]:
    """PRG003.

    检查什么：阶段内规定的期限，是否落在本阶段的起止时间之内。
    为什么：期限早于阶段开始或晚于阶段结束，单位不知道以哪个为准，阶段也无法按时关闭。
    怎么改：改期限，或者改阶段的起止时间；有意如此的，在方案中写明。
    来源：S31、S50。
    """
    for plan in plans:
        for row in plan.deadlines:
            stage, due = plan.stage(row.stage), _last(row.date)
            if stage is None or due is None:
                continue
            first, last = _first(stage.start), _last(stage.end)
            side = "早于开始时间" if first and due < first else "晚于结束时间" if last and due > last else ""
            if side:
                window = f"{_said(stage.start)}至{_said(stage.end)}" if stage.start != stage.end else _said(stage.end)
                message = f"期限{_said(row.date)}（{_what(row)}）不在{_named(stage)}（{window}）之内，{side}。"
                yield found_in(plan, row.date_span or row.span, f"{_field(stage)}期限", message)


def due_on_rest_day(plans: Iterable[PlanRow]) -> Iterator[Finding]:
    """PRG004.

    检查什么：期限是否落在法定节假日或休息日；阶段起止日落在休息日的，只作提示。放假安排尚未公布或者尚未收录的年份，只按周末判断，并写明节假日还不知道。
    为什么：节假日收不了材料，逾期责任说不清。
    怎么改：改为前一个工作日；不改的，在通知中说明节假日是否收件。
    来源：S18、S50。
    """
    for plan in plans:
        for row in plan.deadlines:
            rest = _rest(row.date)
            if rest:
                message, better = rest
                yield found_in(plan, row.date_span or row.span, "期限", f"期限{message}（{_what(row)}）。", better)
        for stage in plan.stages:
            edges = {"开始日": stage.start, "结束日": stage.end}
            for word, date in edges.items():
                rest = _rest(date)
                if rest:
                    message = f"{_named(stage)}的{word}{rest[0]}。"
                    yield found_in(plan, stage.span, _field(stage), message, severity=Severity.HINT)


def _rest(date: FuzzyDate | None) -> tuple[str, str] | None:
    day = date.first() if date and date.exact else None
    if day is None or date is None:
        return None
    known = is_known(day)
    name = rest_day_name(day) if known else plain_rest_day_name(day)
    if not name:
        return None
    workday = reckon_workdays(day, -1).day
    doubt = "" if known else f"（{missing_year(day)}年放假安排还没有公布或者还没有收录，只按周末判断）"
    return f"{date.chinese}是{name}{doubt}", f"{workday.year}年{workday.month}月{workday.day}日"


def date_that_is_none(plans: Iterable[PlanRow]) -> Iterator[Finding]:
    """DOC003.

    检查什么：文中是否有日历上不存在的日期，如2月30日、13月。
    为什么：日期不存在，期限就无法执行，也无法录入系统。
    怎么改：核对原件后改正。
    来源：S12、S87。
    """
    for plan in plans:
        for fault in plan.bad_dates:
            yield found_in(plan, fault.span, "日期", fault.text)


def year_against_the_title(plans: Iterable[PlanRow]) -> Iterator[Finding]:
    """DOC005.

    检查什么：题目写了年份的，阶段和期限写明的年份、落款日期是否与它相合。上一年第四季度开始、下一年上半年结束的，算相合。
    为什么：套用往年的方案容易漏改年份；没有写年份的日期按题目的年份理解，题目错了，全部期限都错。
    怎么改：核对题目和日期哪一个写错，改正后重新读入；确实跨年的，忽略本条。
    来源：S12、S87。
    """
    for plan in plans:
        year = title_year(plan.title)
        if year is None:
            continue
        for span, field, what, date in _stated_years(plan):
            if not _belongs(date, year):
                message = f"题目写的是{year}年，{what}写的是{date.chinese}，请核对哪一个年份写错。"
                yield found_in(plan, span, field, message)
        if plan.issued and not year - 1 <= plan.issued.year <= year:
            day = f"{plan.issued.year}年{plan.issued.month}月{plan.issued.day}日"
            message = f"题目写的是{year}年，落款日期是{day}；没有写年份的日期按{year}年读，请核对。"
            yield found_in(plan, _NOWHERE, "印发日期", message)


_NOWHERE = Span(0, 0)
_PREPARES_FROM, _WINDS_UP_BY = 10, 6
"""Months: work for a year may begin in the last quarter before it and end in the first half of the next."""


def _stated_years(plan: PlanRow) -> Iterator[tuple[Span, str, str, FuzzyDate]]:
    """The dates of stages and deadlines whose year stands in their own characters: place, field, what, date."""
    for stage in plan.stages:
        for date in dict.fromkeys((stage.start, stage.end)):
            if date and _says_year(plan, stage.span, date):
                yield stage.span, _field(stage), _named(stage), date
    for row in plan.deadlines:
        if row.date and row.date_span and _says_year(plan, row.date_span, row.date):
            yield row.date_span, "期限", f"{_what(row)}的期限", row.date


def _says_year(plan: PlanRow, span: Span, date: FuzzyDate) -> bool:
    return date.year is not None and str(date.year) in plan.text[span.start : span.end]


def _belongs(date: FuzzyDate, year: int) -> bool:
    first, last = date.first(), date.last()
    if first is None or last is None or first.year == year:
        return True
    if first.year == year - 1:
        return last.month >= _PREPARES_FROM
    return first.year == year + 1 and first.month <= _WINDS_UP_BY


def _first(date: FuzzyDate | None) -> dt.date | None:
    return date.first() if date else None


def _last(date: FuzzyDate | None) -> dt.date | None:
    return date.last() if date else None


def _said(date: FuzzyDate | None) -> str:
    return date.chinese if date else "未写明"


def _named(stage: StageRow) -> str:
    ordinal = _NUMERALS[stage.ordinal] if stage.ordinal < len(_NUMERALS) else str(stage.ordinal)
    return f"第{ordinal}阶段“{stage.name}”" if stage.name else f"第{ordinal}阶段"


def _field(stage: StageRow) -> str:
    return f"第{stage.ordinal}阶段"


def _what(row: DeadlineRow) -> str:
    more = "等" if len(row.deliverables) > 1 else ""
    return f"{row.deliverables[0]}{more}" if row.deliverables else "材料"


def _days(first: dt.date, last: dt.date) -> str:
    start = f"{first.month}月{first.day}日"
    return start if first == last else f"{start}至{last.month}月{last.day}日"
