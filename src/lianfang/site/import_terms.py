"""Terms of office in lists: both days of one cell (任职起止), days of which only the month is written, and overlaps."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lianfang.foundation.documents.cells import BLANKS, CellFault, cell_text, narrow, parse_date
from lianfang.foundation.documents.day_words import Stretch, month_in, stretch_in
from lianfang.foundation.documents.recognise import map_headings, register_of
from lianfang.foundation.documents.shape import Listing, listing
from lianfang.foundation.documents.tables import Cell, Table
from lianfang.foundation.organisation.models import Tenure
from lianfang.foundation.organisation.rows import TenureRow
from lianfang.foundation.organisation.sheets import TENURES
from lianfang.kernel.findings import Finding, Place, Severity
from lianfang.site.intake import Intake

OVERLAP, DOUBT = "IMP049", "IMP050"
_STILL = frozenset({"至今", "今", "现在", "目前", "在任", "在职", "现任", "长期"})
Held = Sequence[tuple[datetime.date, datetime.date | None]]
"""First and last day of the stored tenures of one person in one post."""


@dataclass(frozen=True, slots=True)
class Term:
    """The two days of a tenure as cells; what could not be read stays as it was written, for its fault to be told."""

    start: Cell
    end: Cell = ""
    tells_end: bool = False
    """The list itself says when it ended; otherwise ``end`` is what is stored."""
    is_vague: bool = False
    """Only a month was written, and no stored tenure tells the day."""
    reopens: datetime.date | None = None
    """The stored last day, where the list says that the person is still there."""


def term_of(start: Cell, end: Cell, held: Held = ()) -> Term:
    """The days that the cells tell; where they only name the month, or no end, those that are stored."""
    stretch, last = _stretch(start), _last(end)
    if stretch is None or last is None or (stretch.end and last.end not in {None, stretch.end}):
        read = last.end if stretch is None and last else None
        return Term(start, read or end, tells_end=True)
    known = dict(held)
    first = next((day for day in known if stretch.vague_start and _one_month(day, stretch.start)), stretch.start)
    stored, is_vague = known.get(first), stretch.vague_start and first not in known
    told, vague_end = (last.end, last.vague_end) if last.end else (stretch.end, stretch.vague_end)
    if told is None:
        is_still = narrow(cell_text(end)) in _STILL or "今" in cell_text(start)
        return Term(first, stored or "", is_vague=is_vague, reopens=stored if is_still else None)
    if vague_end and stored and _one_month(stored, told):
        return Term(first, stored, tells_end=True, is_vague=is_vague)
    return Term(first, told, tells_end=True, is_vague=is_vague or vague_end)


def _stretch(cell: Cell) -> Stretch | None:
    if isinstance(cell, datetime.date):
        return Stretch(cell.date() if isinstance(cell, datetime.datetime) else cell)
    text = narrow(cell_text(cell))
    # The number 2021.1 may have been typed as 2021.10, whose last figure a workbook does not keep.
    if isinstance(cell, float) and text.endswith(".1"):
        return None
    return stretch_in(text) or _whole_day(text)


def _last(cell: Cell) -> Stretch | None:
    """The last day that a cell of its own tells, as the end of a stretch; ``None`` where it cannot be read."""
    text = narrow(cell_text(cell))
    if text in BLANKS or text in _STILL:
        return Stretch(datetime.date.min)
    if day := month_in(text, last=True):
        return Stretch(datetime.date.min, day, vague_end=True)
    whole = _whole_day(cell)
    return whole and Stretch(datetime.date.min, whole.start)


def _whole_day(cell: Cell) -> Stretch | None:
    try:
        day = parse_date(cell)
    except CellFault:
        return None
    return Stretch(day) if day else None


def _one_month(one: datetime.date, other: datetime.date) -> bool:
    return (one.year, one.month) == (other.year, other.month)


def held_by(people: Iterable[str]) -> Mapping[tuple[str, str], list[tuple[datetime.date, datetime.date | None]]]:
    """Person and post → the days of their stored tenures."""
    held: dict[tuple[str, str], list[tuple[datetime.date, datetime.date | None]]] = defaultdict(list)
    stored = Tenure.objects.filter(person__number__in=set(filter(None, people))).order_by("start")
    for person, post, start, end in stored.values_list("person__number", "post__number", "start", "end"):
        held[person, post].append((start, end))
    return held


def doubts(terms: Sequence[Term], place: Callable[[int], Place]) -> Iterator[Finding]:
    """What is to be looked at: days that a month stands for, and people who are back in a post that they left."""
    vague = [at for at, term in enumerate(terms) if term.is_vague]
    if vague:
        message = f"任职起止有 {len(vague)} 行只写到月：任职从当月 1 日算起，离任算到当月最后一天；请核对。"
        yield Finding("", "", message, code=DOUBT, severity=Severity.WARNING, place=place(vague[0]))
    for at, term in enumerate(terms):
        if term.reopens:
            message = f"这里说还在任，登记的是 {term.reopens} 已经离任，没有改；登记错了的，请在任职的页面上更正。"
            yield Finding("", "", message, code=DOUBT, severity=Severity.WARNING, place=place(at))


def with_both_days(table: Table) -> tuple[Table, list[Finding]]:
    """A list of tenures whose cells tell days in other ways, with a date in each; it gains a column for the last day
    where it has none and some cell tells it.
    """
    register = register_of(TENURES)
    found = listing(table, (register,))
    fields = map_headings(register, found.headings) if found else ()
    if found is None or found.said or not {"person", "post", "start"} <= {*fields}:
        return table, []
    person, post, start = (fields.index(name) for name in ("person", "post", "start"))
    end = fields.index("end") if "end" in fields else None
    held = held_by(cell_text(row[person]) for row in found.rows)
    whose = [(cell_text(row[person]), cell_text(row[post])) for row in found.rows]
    terms = [
        term_of(row[start], "" if end is None else row[end], held.get(one, ()))
        for one, row in zip(whose, found.rows, strict=True)
    ]
    told = list(doubts(terms, lambda entry: found.place(entry, start)))
    return _dated(found, dict(zip(found.positions, terms, strict=True)), start, end), told


def _dated(found: Listing, terms: Mapping[int, Term], start: int, end: int | None) -> Table:
    table, rows = found.table, [list(row) for row in found.table.rows]
    for position, term in terms.items():
        rows[position][start] = term.start
        if end is not None:
            rows[position][end] = term.end if term.tells_end or term.reopens else ""
    if end is not None or not any(term.end for term in terms.values()):
        return replace(table, rows=rows)
    first, last = found.head_rows
    for position, row in enumerate(rows):
        head = TENURES.column("end").heading if first <= position <= last else ""
        row.append(terms[position].end if position in terms else head)
    stood = {(position, table.width): (table.numbers[position], start) for position in range(len(rows))}
    return replace(table, rows=rows, stood={**table.stood, **stood})


def report_overlaps(intake: Intake, place_of: Callable[[int], Place | None]) -> None:
    """Bar lines that give somebody a post which they hold at the same time by another line, or by a stored tenure."""
    if intake.register.row is not TenureRow:
        return
    touched = {*intake.created, *intake.changed}
    known = _known(intake.rows, touched)
    for line, row in enumerate(intake.rows):
        others = known[row.person, row.post]
        for other, at in others:
            if not _overlap(row, other):
                continue
            # Whichever of the two is what the file would write, wherever it stands beside a line that changes nothing.
            if row.number in touched:
                intake.findings.append(_held_twice(row, other, place_of(line)))
                break
            if at is not None and other.number in touched:
                intake.findings.append(_held_twice(other, row, place_of(at)))
        others.append((row, line))


def _known(
    rows: Iterable[TenureRow], touched: Collection[str]
) -> dict[tuple[str, str], list[tuple[TenureRow, int | None]]]:
    """Person and post → the stored tenures beside those in the file, for the people whose tenures it would alter."""
    known: dict[tuple[str, str], list[tuple[TenureRow, int | None]]] = defaultdict(list)
    people = {row.person for row in rows if row.number in touched}
    numbers = {row.number for row in rows}
    for tenure in Tenure.objects.filter(person__number__in=people).exclude(number__in=numbers).order_by("start"):
        row = tenure.to_row()
        known[row.person, row.post].append((row, None))
    return known


def _held_twice(row: TenureRow, other: TenureRow, place: Place | None) -> Finding:
    message = (
        f"{row.person} 从 {other.start} 起已经登记担任 {row.post}，与这一行（{row.start} 起）重叠，"
        "同一个人不能在同一岗位任两次职；请核对日期，已经离任的先登记离任。"
    )
    return Finding("", "start", message, code=OVERLAP, severity=Severity.ERROR, place=place)


def _overlap(one: TenureRow, other: TenureRow) -> bool:
    return (other.end is None or other.end >= one.start) and (one.end is None or other.start <= one.end)
