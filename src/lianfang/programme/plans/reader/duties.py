"""What returns and what runs from an event: monthly reports, quarterly checks, terms such as 20个工作日内."""

from __future__ import annotations

import itertools
import re

from lianfang.programme.plans.reader.brackets import out_of_bracket
from lianfang.programme.plans.reader.clauses import read_clause, receiver_later
from lianfang.programme.plans.reader.dates import DUE, LIST_GAP
from lianfang.programme.plans.reader.grids import Role
from lianfang.programme.plans.reader.page import Page
from lianfang.programme.plans.reader.phrases import bodies_in, papers_in
from lianfang.programme.plans.reader.senders import earlier_sender, stated_sender
from lianfang.programme.plans.rows import Cycle, MilestoneRow, PeriodicDutyRow

_CYCLES = (
    ("半年", Cycle.HALF_YEARLY),
    ("半月", Cycle.FORTNIGHTLY),
    ("两周", Cycle.FORTNIGHTLY),
    ("学期", Cycle.TERMLY),
    ("季", Cycle.QUARTERLY),
    ("月", Cycle.MONTHLY),
    ("旬", Cycle.TEN_DAYS),
    ("周", Cycle.WEEKLY),
    ("星期", Cycle.WEEKLY),
    ("年", Cycle.YEARLY),
    ("日", Cycle.DAILY),
    ("天", Cycle.DAILY),
)
_EVERY = re.compile(
    r"(?:每(?:个|隔)?(?:一个?)?(?P<unit>半年|半个?月|两周|学期|季度?|月份?|旬|(?:周|星期)[一二三四五六日]?|天|日|年度?)|(?:按|逐)(?P<by>季度?|月|周|年|旬)(?=[\u4e00-\u9fff]{0,8}(?:报|送|交|通报)))"
    r"(?:第?[一二三四五六七八九十两\d]{1,3}(?:个工作日|[日号次期份篇条天])|\d{1,2}月(?:\d{1,2}[日号]|[底末初])?|月?[底末初](?:月(?:\d{1,2}[日号]|[上中下]旬|[底末初]))?|[上中下]旬|[首末次]月(?:\d{1,2}[日号])?|第一个月|结束后|之?前|以前|至少|不少于|不低于|后|的|、){0,5}"
)
_TERM = re.compile(
    r"(?:[^,。;:\n]{0,24}?(?:之日起|后|完毕后|结束后)(?:的)?)?[一二三四五六七八九十两\d]{1,3}个?(?:工作日|日|天|月)(?:以内|之内|内)"
)
_LEFT_MOST = 100
_LONGEST = 60
_LIST_GAP = 1
"""“每月28日前、每季度末25日前”: both dates share what follows."""
_SEGMENT = re.compile(r"[,。;\n]")


def find_periodic(page: Page) -> list[PeriodicDutyRow]:
    """Duties that return, with their papers and receivers where the sentence names them."""
    found: list[PeriodicDutyRow] = []
    matches = list(_EVERY.finditer(page.source.text))
    for match, following in itertools.zip_longest(matches, matches[1:]):
        start, end = page.sentence(match.start())
        shared = following is None or following.start() - match.end() <= _LIST_GAP
        end = max(end if shared or following is None else min(end, following.start()), match.end())
        duty = _periodic(page, match, max(min(start, match.start()), match.start() - _LEFT_MOST), end)
        if duty:
            found.append(duty)
    return found


def _periodic(page: Page, match: re.Match[str], start: int, end: int) -> PeriodicDutyRow | None:
    if tabled := _of_row(page, match):
        return tabled
    text = page.source.text
    close = _shared_end(page, match.end(), end)
    left, right = out_of_bracket(text[start : match.start()], text[close : _until_next_date(page, close, end)])
    clause = read_clause(left, right)
    what = "、".join(clause.deliverables) if clause else _SEGMENT.split(right, maxsplit=1)[0].strip(" 、:")
    if len(what) < 2:
        return None
    stated = stated_sender(left, right) or page.charged_in_row(match.start())
    receivers = clause.receivers if clause else ()
    return PeriodicDutyRow(
        cycle=_cycle(match["unit"] or match["by"]),
        every=text[match.start() : close].rstrip("的、"),
        what=what[:_LONGEST],
        submitter=stated or earlier_sender(page.sentences_before(match.start())),
        deliverables=clause.deliverables if clause else (),
        receivers=receivers or (bodies_in(receiver_later(text[match.end() : end])) if clause else ()),
        span=page.source.span(start, end),
    )


_TIMES = (Role.DUE, Role.TIME)


def _of_row(page: Page, match: re.Match[str]) -> PeriodicDutyRow | None:
    """“开展抽查 | 监察室 | 每季度末月20日前”: what a row tells to be done again and again, in its column of times."""
    grid, row = page.row_at(match.start()) or (None, ())
    times = [cell for role in _TIMES if grid and (cell := grid.cell(row, role))]
    if grid is None or not any(cell.start <= match.start() < cell.end for cell in times):
        return None
    paper, task = grid.cell(row, Role.PAPER), grid.cell(row, Role.TASK)
    submits = paper is not None and paper.start < paper.end
    thing = paper if submits else task
    what = page.source.text[thing.start : thing.end].replace("\n", "").rstrip("。;") if thing else ""
    named = tuple(papers_in(what)) if submits else ()
    return (
        PeriodicDutyRow(
            cycle=_cycle(match["unit"] or match["by"]),
            every=match.group().rstrip("的、"),
            what=("、".join(named) or what)[:_LONGEST],
            submitter=page.charged_in_row(match.start()),
            deliverables=named,
            receivers=bodies_in(page.names_in(grid.cell(row, Role.RECEIVER))),
            span=page.source.span(row[0].start, row[-1].end),
        )
        if len(what) > 1
        else None
    )


def _shared_end(page: Page, place: int, end: int) -> int:
    """“每年6月底和12月底前报送”: a date that only a conjunction divides belongs to the same duty."""
    following = page.dated.between(place, end)[:1]
    if not following or not LIST_GAP.fullmatch(page.source.text, place, following[0].start):
        return place
    due = DUE.match(page.source.text, following[0].end)
    return due.end() if due else following[0].end


def _until_next_date(page: Page, start: int, end: int) -> int:
    following = page.dated.between(start, end)
    return following[0].start if following else end


def _cycle(unit: str) -> Cycle:
    unit = unit.replace("个", "")
    return next(cycle for word, cycle in _CYCLES if word in unit)


def find_terms(page: Page) -> list[MilestoneRow]:
    """Terms that run from an event; they are no dates of the programme."""
    text = page.source.text
    rows: list[MilestoneRow] = []
    for match in _TERM.finditer(text):
        _, end = page.sentence(match.start())
        end = max(match.end(), min(end, match.end() + 60))
        rows.append(
            MilestoneRow(
                date=None,
                date_text=page.source.written(match.start(), match.end()).strip(),
                text=page.source.written(match.start(), end).strip(),
                span=page.source.span(match.start(), end),
            )
        )
    return rows
