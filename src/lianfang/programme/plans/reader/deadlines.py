"""What is due by when: dates that ask for a paper or for work, and promises that ask nobody (S17, S31, S50)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lianfang.programme.plans.reader.brackets import out_of_bracket
from lianfang.programme.plans.reader.clauses import (
    Clause,
    read_beside,
    read_clause,
    read_time_of_handing_in,
    receiver_later,
)
from lianfang.programme.plans.reader.dates import DUE, LIST_GAP, Mention
from lianfang.programme.plans.reader.outline import enclosing
from lianfang.programme.plans.reader.page import Page
from lianfang.programme.plans.reader.phrases import bodies_in, is_work_on_paper, without_owner
from lianfang.programme.plans.reader.sections import Purpose
from lianfang.programme.plans.reader.senders import earlier_sender, stated_sender
from lianfang.programme.plans.reader.table_items import table_dues
from lianfang.programme.plans.reader.time_limits import read_time_limit
from lianfang.programme.plans.reader.undated import find_undated
from lianfang.programme.plans.reader.works import read_completion
from lianfang.programme.plans.reader.years import STAMP, settle_in_stage, with_year
from lianfang.programme.plans.rows import Cycle, DeadlineRow, Due, MilestoneRow, PeriodicDutyRow

_BY = re.compile(r"(?:于|在|截至|截止到?|截止时间为?|最迟(?:于|在)?|不迟于|不晚于)\s{0,2}\Z")
_PAST = re.compile(r"(?:已|曾|自|从)(?:经|于|在)?\Z")
_LEFT_MOST = 200
_BEGINS = ("以来", "起", "印发", "发布", "通过", "开始")
_SOON = 25
_NEAR = 120


@dataclass
class Dues:
    """What reading the dates of a plan yields."""

    deadlines: list[DeadlineRow] = field(default_factory=list)
    milestones: list[MilestoneRow] = field(default_factory=list)
    periodic: list[PeriodicDutyRow] = field(default_factory=list)
    undated: list[DeadlineRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reading:
    """A clause with its sender and the characters of the regular text it was read from."""

    clause: Clause
    sender: str
    stated: bool
    span: tuple[int, int]


def find_dues(page: Page) -> Dues:
    """Deadlines, milestones and elided yearly dates in the order of the text."""
    dues = Dues(undated=find_undated(page))
    tabled = table_dues(page)
    for group in _groups(page, {mention.start for mention, _ in tabled}):
        _read_group(page, group, dues)
    dues.deadlines += dues.undated + [row for _, row in tabled]
    dues.deadlines.sort(key=lambda row: (row.span.start, row.span.end))
    return dues


def _groups(page: Page, tabled: set[int]) -> list[list[Mention]]:
    """Mentions that stand in a row, as in 分别于6月底、9月底前, belong together.

    Headings' windows and what tables are read for, ``tabled``, are left out.
    """
    heads = {stage.window.start for stage in page.stages if stage.window and stage.window.start < stage.head_end}
    heads |= tabled | {mention.start for mention in page.tabled_dates()}
    groups: list[list[Mention]] = []
    yearly: Mention | None = None
    for mention in page.dated.all:
        if mention.near == "每年" or (yearly and _follows(page.source.text, yearly, mention)):
            yearly = mention
            continue
        if mention.start in heads or STAMP.match(page.source.text, mention.start):
            continue
        if groups and _follows(page.source.text, groups[-1][-1], mention):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return groups


def _follows(text: str, before: Mention, mention: Mention) -> bool:
    if mention.start - before.end > 6 or before.is_window:
        return False
    gap = LIST_GAP.fullmatch(text, before.end, mention.start)
    return bool(gap)


def _read_group(page: Page, group: list[Mention], dues: Dues) -> None:
    text = page.source.text
    first, last = group[0], group[-1]
    start, end = page.sentence(last.end - 1)
    start = min(max(start, _previous_end(page, first, start)), first.start)
    due = DUE.match(text, last.end)
    left = text[start : first.start]
    by = _BY.search(left)
    left = left[: by.start()] if by else left
    place = due.end() if due else last.end
    left, right = out_of_bracket(left, text[place : _next_start(page, last, end)])
    if _PAST.search(left[-3:]) or (not due and right.startswith(_BEGINS)):
        return
    clause = _clause_at(page, first, left, right, bool(due), bool(by))
    _, respectively, said = text[place:end].partition("分别")
    if clause is None and due and respectively:
        clause = read_clause(left, said)
    if clause and respectively:
        clause = _in_turn(page, last, clause)
    if clause and not clause.deliverables:
        clause = _handed_on(page, clause, dues, first.start)
    if clause is None:
        if due:
            dues.milestones.append(_milestone(page, group, start, min(end, place + 60)))
        return
    yearly = _elided_yearly(page, first)
    clause = _with_receiver(clause, text[place:end] if yearly else right, yearly)
    span = _span_of(page, clause, max(start, first.start - _LEFT_MOST), place, end)
    stated = clause.submitter or stated_sender(left, right) or page.charged_in_row(first.start)
    sender = stated or earlier_sender(page.sentences_before(first.start))
    for asked in (clause, *_beside(clause, right if due else "")):
        _add(page, group, Reading(asked, sender, bool(stated), span), dues)


def _with_receiver(clause: Clause, rest: str, yearly: bool) -> Clause:
    """The clause with the receiver that the rest of the sentence names, where it names none itself."""
    if clause.receivers or not (clause.kind is Due.SUBMIT or yearly):
        return clause
    return replace(clause, receivers=bodies_in(receiver_later(rest)))


def _beside(clause: Clause, right: str) -> list[Clause]:
    """What the sentence asks for besides, by the same day and from the same sender, to be handed to others."""
    return [other for other in read_beside(right) if clause.receivers and other.receivers != clause.receivers]


def _in_turn(page: Page, last: Mention, clause: Clause) -> Clause:
    """“甲的总结于D1前,乙的总结于D2前,分别报Z1和Z2”: each date has its own receiver."""
    start, end = page.sentence(last.start)
    dues = [mention for mention in page.dated.between(start, end) if DUE.match(page.source.text, mention.end)]
    if last not in dues or len(clause.receivers) != len(dues):
        return clause
    turn = dues.index(last)
    return replace(clause, receivers=clause.receivers[turn : turn + 1])


def _handed_on(page: Page, clause: Clause, dues: Dues, place: int) -> Clause | None:
    """“科室交办公室;办公室汇总后于6月底前报局里”: the papers are those that the clause before has asked for."""
    end = page.source.origin[place]
    asked = [row for row in (*dues.deadlines[-1:], *dues.undated) if row.span.start < end]
    before = max(asked, key=lambda row: row.span.end, default=None)
    if before is None or before.kind is not Due.SUBMIT or end - before.span.end > _NEAR:
        return None
    return replace(clause, deliverables=before.deliverables)


_FINISHES = re.compile(r"完成[^,。;:\n]{3,30}")


def _span_of(page: Page, clause: Clause, start: int, place: int, end: int) -> tuple[int, int]:
    """The characters a clause was read from: from the item that names what is due up to its day, or its sentence."""
    if clause.begins is not None:
        finishes = _FINISHES.match(page.source.text, place)
        return min(clause.begins, start), finishes.end() if finishes else place
    return start, min(len(page.source.text), max(place, end))


def _previous_end(page: Page, first: Mention, start: int) -> int:
    earlier = page.dated.between(start, first.start)
    if not earlier:
        return start
    due = DUE.match(page.source.text, earlier[-1].end)
    return due.end() if due else earlier[-1].end if len(earlier) > 3 else start


def _next_start(page: Page, last: Mention, end: int) -> int:
    """Where the clause of the next date in the sentence begins: at that date, or at the comma before it."""
    for mention in page.dated.between(last.end, end):
        if DUE.match(page.source.text, mention.end):
            comma = page.source.text.rfind(",", last.end, mention.start)
            return comma if comma > 0 and mention.start - comma < 40 else mention.start
    return end


def _clause_at(page: Page, first: Mention, left: str, right: str, due: bool, by: bool) -> Clause | None:
    if timed := read_time_of_handing_in(left) or read_time_limit(page, first):
        return timed
    if not (due or by or _soon(right)):
        return _within_window(page, first, left, right)
    clause = read_clause(left, right)
    if clause is None and not right.strip():
        clause = read_clause("", left)
    aims = page.purpose_at(first.start) is Purpose.AIMS
    if clause:
        return clause if clause.receivers or not aims else None
    if not due or aims:
        return None
    work = read_completion(left, right)
    bound = page.stage_at(first.start) or _elided_yearly(page, first)
    asked = _ASKED.search(left) or (work and _is_owed(page, first, work, stated_sender(left, right)))
    return work if bound or asked else None


_ASKED = re.compile(r"(?:\A|[,。;:])请(?:(?:各|有关|相关|你|贵)[^,。;]{1,20})?\Z")
"""“请各站于D前完成Y”: what the sentence asks for is owed."""


_TAKEN_TO = re.compile(r"(?:将|把)[^,。;]{2,60}?(?:报送|上报|送交|提交|(?<![汇申通简情填举])报(?![告表道刊名备]))")


def _within_window(page: Page, mention: Mention, left: str, right: str) -> Clause | None:
    """“3月上旬,各部门…,将结果报送Z”: a paper due within the time that the stage's first sentence gives it."""
    stage = page.stage_at(mention.start)
    opens = stage and stage.window and stage.window.start == mention.start and right.startswith(",")
    taken = _TAKEN_TO.search(right) if opens and not left.strip() else None
    clause = read_clause("", right) if taken else None
    return clause if clause and clause.receivers else None


def _is_owed(page: Page, mention: Mention, work: Clause, sender: str) -> bool:
    """Outside the stages work is due, and no mere promise, where a unit brings a paper or keeps to a timetable."""
    if _is_step(page, mention, work):
        return True
    timetable = page.purpose_at(mention.start) is Purpose.STEPS and not _goes_on(page, mention)
    return bool(sender and (timetable or all(map(is_work_on_paper, work.deliverables))))


_WHOLE = re.compile(r"专项|整治|治理|行动|改革|活动|整改|\A(?:以上|上述|各项|有关|相关|本|该)")


def _is_step(page: Page, mention: Mention, work: Clause) -> bool:
    """“梳理工作要在2月底前完成”, in a torn-off piece of steps; the campaign as a whole is no step of itself."""
    name = work.deliverables[0] if work.deliverables else ""
    if page.stages or not name.endswith("工作") or _WHOLE.search(name):
        return False
    return enclosing(page.nodes, mention.start) is not None and page.purpose_at(mention.start) is Purpose.UNKNOWN


def _goes_on(page: Page, mention: Mention) -> bool:
    """“10月底前复核,11月10日前提交报告”: the first day is but a step towards the second."""
    _, end = page.sentence(mention.start)
    return any(DUE.match(page.source.text, later.end) for later in page.dated.between(mention.end, end))


_AT_ONCE = re.compile(
    r"\A[,、 ]?(?:经[^,。;]{2,16}后,)?(?:各|分别|集中|统一|将|向|前)?[^,。;]{0,25}?(?:报送|上报|提交|报|送|交)"
)


def _soon(right: str) -> bool:
    return bool(_AT_ONCE.match(right[:_SOON]))


def _elided_yearly(page: Page, mention: Mention) -> bool:
    """“每年7月30日前…、11月30日前…”: the second date is yearly too."""
    if mention.date is None or mention.date.year is not None:
        return False
    start, _ = page.sentence(mention.start)
    return any(other.near == "每年" for other in page.dated.between(start, mention.start))


def _milestone(page: Page, group: list[Mention], start: int, end: int) -> MilestoneRow:
    mention = group[-1]
    source = page.source
    stage = page.stage_at(mention.start)
    return MilestoneRow(
        date=settle_in_stage(mention.last, mention.near, stage, page.calendar),
        date_text=source.written(mention.start, mention.end),
        text=source.written(start, end).strip(),
        span=source.span(start, end),
    )


def _add(page: Page, group: list[Mention], reading: Reading, dues: Dues) -> None:
    source, first = page.source, group[0]
    clause, span = reading.clause, reading.span
    named = tuple(without_owner(name, reading.sender) for name in clause.deliverables)
    if _elided_yearly(page, first):
        every = f"每年{source.text[first.start : group[-1].end]}前"
        dues.periodic.append(_yearly(page, every, reading.sender, clause, span))
        return
    stage = page.stage_at(first.start)
    paired = len(group) > 1 and len(named) == len(group)
    for place, mention in enumerate(_same_year(page, group)):
        due = DUE.match(source.text, mention.end)
        dues.deadlines.append(
            DeadlineRow(
                date=settle_in_stage(mention.last, mention.near, stage, page.calendar),
                date_text=source.written(mention.start, due.end() if due else mention.end),
                stage=stage.ordinal if stage else None,
                kind=clause.kind,
                submitter=reading.sender,
                submitter_stated=reading.stated,
                deliverables=named[place : place + 1] if paired else named,
                receivers=clause.receivers,
                span=source.span(*span),
                date_span=source.span(mention.start, mention.end),
            )
        )


def _same_year(page: Page, group: list[Mention]) -> list[Mention]:
    """Dates in a row, and dates later in a sentence, take the year that the sentence has already stated."""
    start, _ = page.sentence(group[0].start)
    known = next(
        (m.date.year for m in reversed(page.dated.between(start, group[0].start)) if m.date and m.date.year), None
    )
    settled: list[Mention] = []
    for mention in group:
        date = mention.date
        if date and date.year:
            known = date.year
        elif date and known and not mention.near and mention.until is None and not page.stage_at(mention.start):
            settled.append(replace(mention, date=with_year(date, known)))
            continue
        settled.append(mention)
    return settled


def _yearly(page: Page, every: str, sender: str, clause: Clause, span: tuple[int, int]) -> PeriodicDutyRow:
    return PeriodicDutyRow(
        cycle=Cycle.YEARLY,
        every=every,
        what="、".join(clause.deliverables),
        submitter=sender,
        deliverables=clause.deliverables,
        receivers=clause.receivers,
        span=page.source.span(*span),
    )
