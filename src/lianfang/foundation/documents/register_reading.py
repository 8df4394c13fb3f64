"""Read a table as a room's register, without saving anything: values by field, and every fault by sheet and cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from lianfang.foundation.documents.cells import CellFault, cell_text, narrow, unquoted
from lianfang.foundation.documents.columns import Column, Kind, Sheet, reader_of
from lianfang.foundation.documents.headings import reduce_heading
from lianfang.foundation.documents.levels import LevelReading, read_levels
from lianfang.foundation.documents.limits import WEB, Limits
from lianfang.foundation.documents.list_findings import full_width, shape_findings
from lianfang.foundation.documents.marked_grades import marked_column, marked_grades
from lianfang.foundation.documents.notices import Notice
from lianfang.foundation.documents.pause import collection_paused
from lianfang.foundation.documents.recognise import map_headings, register_of
from lianfang.foundation.documents.shape import Listing, listing
from lianfang.foundation.documents.tables import Cell, Table
from lianfang.foundation.documents.ticks import ticked_words, with_ticks
from lianfang.foundation.documents.time_limits import limit_findings
from lianfang.foundation.documents.unread import UnreadColumn, unread_columns
from lianfang.kernel.clipping import clipped
from lianfang.kernel.findings import Finding, Place, Severity
from lianfang.kernel.levels import Grade

_SAMPLE = 50
_LINE_COUNTS = frozenset({"序号", "序", "项次", "项号", "行号", "顺序号", "no"})
_NARROWED = frozenset({Kind.REFERENCE, Kind.REFERENCES, Kind.DATE, Kind.WHOLE})
"""Kinds whose full-width digits are read as half-width ones, which is said."""


@dataclass(frozen=True)
class Reading:
    """Field → its values, entry by entry in the order of the file, and what is wrong with them.

    A field whose column the file does not have is absent, so that an update leaves it alone. ``fields`` gives the field
    of each heading; ``unread`` are the columns that hold something and have none; ``implied`` are fields without a
    column that words in others are about.
    """

    columns: dict[str, list[object]]
    findings: list[Finding]
    fields: tuple[str | None, ...] = ()
    listing: Listing | None = None
    unread: tuple[UnreadColumn, ...] = ()
    implied: frozenset[str] = frozenset()

    @property
    def given(self) -> frozenset[str]:
        """The fields that the file has a column for, or says something of in the column of another."""
        return frozenset(filter(None, self.fields)) | self.implied

    @property
    def count(self) -> int:
        """How many entries there are."""
        return len(next(iter(self.columns.values()), ()))

    @property
    def rows(self) -> list[dict[str, object]]:
        """Each entry as field → value; a long list is better read by ``columns``."""
        return [dict(zip(self.columns, entry, strict=True)) for entry in zip(*self.columns.values(), strict=True)]

    @property
    def has_errors(self) -> bool:
        """Whether anything found forbids the import."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    def place(self, entry: int, name: str) -> Place | None:
        """Where in the file a field of an entry stands; the row alone when the file has no such column."""
        if self.listing is None:
            return None
        if name in self.fields:
            return self.listing.place(entry, self.fields.index(name))
        return Place(sheet=self.listing.table.name, row=self.listing.table.numbers[self.listing.positions[entry]])


@dataclass
class Faults:
    """Findings collected up to a limit, so that a hopeless file gives a readable list."""

    kind: str
    most: int
    findings: list[Finding] = field(default_factory=list)
    left_out: int = 0

    def add(self, finding: Finding) -> None:
        """Keep a finding, or count it where there are too many."""
        if len(self.findings) < self.most:
            self.findings.append(replace(finding, kind=self.kind))
        else:
            self.left_out += 1

    def closed(self) -> list[Finding]:
        """All that were kept, and how many were not."""
        if self.left_out:
            message = f"另有 {self.left_out} 处问题没有列出；请先改正已列出的，再检查一次。"
            self.findings.append(replace(Notice.MORE_FAULTS.at(None, message), kind=self.kind))
        return self.findings


def read_register(table: Table, sheet: Sheet, limits: Limits = WEB) -> Reading:
    """Read every entry of a table by the columns of a room's sheet; nothing is saved.

    Never raises for what a cell holds: each fault is a finding with its place, and the value is the blank of its kind.
    """
    with collection_paused():
        return _read_register(table, sheet, Faults(sheet.kind, limits.findings))


def _read_register(table: Table, sheet: Sheet, report: Faults) -> Reading:
    register = register_of(sheet)
    found = listing(table, (register,))
    if found is None:
        place = Place(sheet=table.name)
        report.add(Notice.NO_HEAD.at(place, f"找不到“{sheet.title}”的表头，请使用系统导出的模板。"))
        return Reading({}, report.closed())
    columns: list[Sequence[Cell]] = list(zip(*found.rows, strict=True)) or [() for _ in found.headings]
    fields = fields_of(sheet, found.headings, [cells[:_SAMPLE] for cells in columns])
    unread = tuple(unread_columns(found, fields, columns))
    for column in unread:
        message = f"{column.title}在“{sheet.title}”里没有对应的字段，没有读入：{column.held}。"
        report.add(Notice.UNKNOWN_COLUMN.at(column.place, message))
    _report_headings(report, sheet, found, fields)
    dates = frozenset(column.field for column in sheet.columns if column.kind is Kind.DATE)
    for finding in limit_findings(found, columns, fields, dates):
        report.add(finding)
    values = {
        column.field: _read_field(report, column, found, fields, columns)
        for column in sheet.columns
        if column.field in fields
    }
    implied = _take_implied(sheet, fields, columns, values) | _take_marked(report, sheet, found, fields, values)
    reading = Reading(values, report.findings, fields, found, unread, implied)
    _part_merged_numbers(report, sheet, reading)
    _report_repeats(report, sheet, reading)
    report.closed()
    return reading


def fields_of(sheet: Sheet, headings: Sequence[str], columns: Sequence[Sequence[Cell]] = ()) -> tuple[str | None, ...]:
    """The field of each heading of a list that is read by a room's sheet; ``columns`` are some cells under each."""
    fields = map_headings(register_of(sheet), headings, columns)
    grade = next(
        (column.field for column in sheet.columns if column.kind is Kind.GRADE and column.field == "grade"), ""
    )
    return with_ticks(headings, fields, grade) if grade else fields


def _take_implied(
    sheet: Sheet, fields: Sequence[str | None], columns: Sequence[Sequence[Cell]], values: dict[str, list[object]]
) -> frozenset[str]:
    """Give to other fields what cells say of them, where these are blank: 职权类别 | 内部管理权 is 内外部 | 内部.

    Which fields are filled on every line though the file has no column for them is returned; one that only some lines
    speak of leaves the rest to what is stored.
    """
    for column in sheet.columns:
        if not column.implies or column.field not in fields:
            continue
        spelt = {spelling: (name, word) for spelling, name, word in column.implies}
        for entry, cell in enumerate(columns[fields.index(column.field)]):
            name, word = spelt.get(unquoted(cell_text(cell)), ("", None))
            if name:
                target = values.setdefault(name, [None] * len(columns[0]))
                target[entry] = target[entry] or word
    return frozenset(name for name, held in values.items() if name not in fields and all(held))


def _take_marked(
    report: Faults, sheet: Sheet, found: Listing, fields: Sequence[str | None], values: dict[str, list[object]]
) -> frozenset[str]:
    """Take grades that stand beside the risks in their cells (风险点及等级 | 超期审批（高）); the words are kept."""
    grade = next((column for column in sheet.columns if column.kind is Kind.GRADE and column.field == "grade"), None)
    position = marked_column(found.headings, fields)
    if grade is None or grade.field in fields or position is None:
        return frozenset()
    levels = marked_grades([cell_text(row[position]) for row in found.rows], found.titles)
    values[grade.field] = _grades_in(report, grade, found, position, levels)
    if any(values[grade.field]):
        message = f"“{found.headings[position]}”列里标着等级，按“{grade.heading}”读入，原文照留；请核对。"
        report.add(Notice.GUESSED_COLUMN.at(found.head_place(position), message, field=grade.field))
    return frozenset({grade.field})


def _report_headings(report: Faults, sheet: Sheet, found: Listing, fields: Sequence[str | None]) -> None:
    head = found.head_rows[1]
    for position, (heading, name) in enumerate(zip(found.headings, fields, strict=True)):
        if name is not None and not is_declared(sheet.column(name), heading):
            message = f"“{heading}”列按“{sheet.column(name).heading}”读入，请核对。"
            report.add(Notice.GUESSED_COLUMN.at(found.head_place(position), message, field=name))
    for column in sheet.columns:
        if column.required and column.field not in fields:
            place = Place(sheet=found.table.name, row=found.table.numbers[head])
            report.add(Notice.MISSING_COLUMN.at(place, f"缺少必填的“{column.heading}”列。", field=column.field))
    numbered = {column.field for column in sheet.columns if column.kind in _NARROWED}
    for finding in (*shape_findings(found), *full_width(found, fields, numbered)):
        report.add(finding)


def is_declared(column: Column, heading: str) -> bool:
    """Whether a heading is one of the words that a column declares."""
    base = reduce_heading(heading).base
    return any(reduce_heading(text).base == base for text in (column.heading, *column.synonyms))


def _read_field(
    report: Faults, column: Column, found: Listing, fields: Sequence[str | None], columns: Sequence[Sequence[Cell]]
) -> list[object]:
    """Values of one field for all entries; faults are reported at their cells."""
    positions = [position for position, name in enumerate(fields) if name == column.field]
    cells = columns[positions[0]]
    if len(positions) > 1:
        rows = list(zip(*(columns[position] for position in positions), strict=True))
        is_ticked = column.kind is Kind.GRADE
        cells = ticked_words([found.headings[at] for at in positions], rows) if is_ticked else list(map(_merged, rows))
    if column.units:
        cells = _with_unit(column, found.headings[positions[0]], cells)
    if column.kind is Kind.GRADE:
        values = _read_grades(report, column, found, positions[0], cells)
    else:
        values = _read_each(report, column, found, positions[0], cells)
    if column.required:
        for entry, value in enumerate(values):
            if value in ("", None, ()) and not cell_text(cells[entry]):
                place = found.place(entry, positions[0])
                report.add(Notice.REQUIRED_BLANK.at(place, f"“{column.heading}”不能为空。", field=column.field))
    return values


def _with_unit(column: Column, heading: str, cells: Sequence[Cell]) -> Sequence[Cell]:
    """Bare numbers with the unit that their heading names in brackets."""
    inner = reduce_heading(heading).inner
    unit = next((unit for unit in column.units if unit in inner), "")
    if not unit:
        return cells
    return [f"{text}{unit}" if (text := narrow(cell_text(cell))).isdecimal() else cell for cell in cells]


def _merged(parts: Sequence[Cell]) -> Cell:
    return "\n".join(dict.fromkeys(text for text in map(cell_text, parts) if text))


def _read_each(report: Faults, column: Column, found: Listing, position: int, cells: Sequence[Cell]) -> list[object]:
    """Read each different cell once; most columns repeat few values, and a look-up is cheaper than a parse."""
    read = reader_of(column)
    if column.kind is Kind.TEXT:
        return _read_texts(cells)
    if bool in set(map(type, cells)):
        cells = [cell_text(cell) if isinstance(cell, bool) else cell for cell in cells]
    known: dict[Cell, object] = {}
    faults: dict[Cell, str] = {}
    spelt = {spelling for spelling, _, _ in column.implies}
    for cell in set(cells):
        if spelt and unquoted(cell_text(cell)) in spelt:
            known[cell] = None
            continue
        try:
            known[cell] = read(cell)
        except CellFault as fault:
            known[cell], faults[cell] = _blank(read), str(fault)
    if faults:
        wrong = {entry: faults[cell] for entry, cell in enumerate(cells) if cell in faults}
        for entry, message in _foreign_words(wrong).items() if column.kind is Kind.WORD else wrong.items():
            report.add(Notice.BAD_CELL.at(found.place(entry, position), message, field=column.field))
    return list(map(known.__getitem__, cells))


def _foreign_words(wrong: Mapping[int, str]) -> dict[int, str]:
    """Faults by entry, each once: a list of somebody else's has its own words for a choice, on line after line."""
    counts = Counter(wrong.values())
    first: dict[str, int] = {}
    for entry, message in wrong.items():
        first.setdefault(message, entry)
    again = {message: f"同样的还有 {count - 1} 行。" for message, count in counts.items() if count > 1}
    return {entry: message + again.get(message, "") for message, entry in first.items()}


def _read_texts(cells: Sequence[Cell]) -> list[object]:
    """``cell_text`` of every cell; most cells are plain strings, for which a call would cost more than the work."""
    return [text if type(cell) is str and (text := cell.strip()).isprintable() else cell_text(cell) for cell in cells]


def _blank(read: Callable[[Cell], object]) -> object:
    try:
        return read("")
    except CellFault:
        return None


def _read_grades(report: Faults, column: Column, found: Listing, position: int, cells: Sequence[Cell]) -> list[object]:
    return _grades_in(report, column, found, position, read_levels(cells, found.titles))


def _grades_in(report: Faults, column: Column, found: Listing, position: int, reading: LevelReading) -> list[object]:
    unknown = dict(reading.unknown)
    if reading.ambiguous:
        first = reading.first_unsettled
        place = found.head_place(position) if first is None else found.place(first, position)
        report.add(Notice.GRADES_AMBIGUOUS.at(place, reading.message, field=column.field))
    elif reading.message and not unknown:
        place = found.head_place(position)
        report.add(Notice.GRADES_MERGED.at(place, reading.message, field=column.field))
    for entry, text in unknown.items():
        message = f"等级“{clipped(text)}”认不出，请写高、中或低。"
        report.add(Notice.BAD_CELL.at(found.place(entry, position), message, field=column.field))
    for entry, level in enumerate(reading.levels):
        if isinstance(level, str) and not isinstance(level, Grade):
            message = f"“{clipped(level)}”在一格里写了几个等级，请每个风险点单列一行。"
            report.add(Notice.GRADES_COUNTED.at(found.place(entry, position), message, field=column.field))
    return [level if isinstance(level, Grade) else None for level in reading.levels]


def _part_merged_numbers(report: Faults, sheet: Sheet, reading: Reading) -> None:
    """Leave a number merged over entries that say different things to the first of them; the others are new.

    Entries that say the same, too, are one entry written over several rows: their number counts as repeated.
    """
    found = reading.listing
    if found is None or not sheet.unique or sheet.key not in reading.fields or _counts_lines(reading, sheet):
        return
    filled = found.filled_from_above(reading.fields.index(sheet.key))
    numbers = reading.columns[sheet.key]
    required = [
        reading.columns[column.field] for column in sheet.columns if column.required and column.field in reading.columns
    ]
    first: dict[object, int] = {}
    said: dict[object, set[object]] = {}
    parted: Counter[object] = Counter()
    for entry, words in enumerate(zip(*required, strict=True)) if filled else ():
        number = numbers[entry]
        if number and found.positions[entry] in filled and words not in said.get(number, {words}):
            numbers[entry] = ""
            parted[number] += 1
        first.setdefault(number, entry)
        said.setdefault(number, set()).add(words)
    for number, count in parted.items():
        message = f"编号“{clipped(str(number))}”合并了 {count + 1} 条，只归这一条，其余 {count} 条由系统编号。"
        place = reading.place(first[number], sheet.key)
        report.add(Notice.CELLS_MERGED.at(place, message, field=sheet.key, number=str(number)))


def _report_repeats(report: Faults, sheet: Sheet, reading: Reading) -> None:
    """Numbers that occur more than once in the file."""
    if not sheet.unique or sheet.key not in reading.fields:
        return
    numbers = reading.columns[sheet.key]
    if _counts_lines(reading, sheet):
        numbers = ["" if str(number).isdecimal() else number for number in numbers]
    repeated = {number for number, count in Counter(numbers).items() if count > 1 and number not in ("", None)}
    seen: dict[object, int | None] = {}
    for entry, number in enumerate(numbers) if repeated else ():
        if number not in repeated:
            continue
        if number in seen:
            message = f"编号“{clipped(number)}”重复，前面第 {seen[number]} 行已有。"
            report.add(
                Notice.NUMBER_REPEATED.at(reading.place(entry, sheet.key), message, field=sheet.key, number=str(number))
            )
        place = reading.place(entry, sheet.key)
        seen.setdefault(number, place.row if place else None)


def _counts_lines(reading: Reading, sheet: Sheet) -> bool:
    """Whether the numbers stand under 序号: such count the lines of each part anew, and name nothing."""
    heading = reading.listing.headings[reading.fields.index(sheet.key)] if reading.listing else ""
    return reduce_heading(heading).base in _LINE_COUNTS
