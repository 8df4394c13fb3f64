"""What a person should know of how a list was read: heads joined, cells filled, rows left out, columns unknown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import accumulate

from lianfang.foundation.documents.cells import cell_text
from lianfang.foundation.documents.levels import LevelReading
from lianfang.foundation.documents.notices import Notice
from lianfang.foundation.documents.recognise import Recognition
from lianfang.foundation.documents.shape import Listing
from lianfang.kernel.clipping import clipped
from lianfang.kernel.findings import Finding, Place

Fields = Sequence[str | None]
_GRADED = ("level", "risk", "manifestation")
_NUMBERS = frozenset({"number", "code", "power_code"})
_SHOWN = 8
_WIDE = re.compile(r"[０-９Ａ-Ｚａ-ｚ]")


def list_findings(found: Listing, recognition: Recognition, fields: Fields) -> list[Finding]:
    """Findings about the headings of a list: those without a field, and those whose meaning is a guess."""
    if recognition.register is None:
        return []
    findings = []
    label = recognition.register.label
    for position, heading in enumerate(found.headings):
        if fields[position] is None:
            message = f"“{heading}”列在“{label}”的通用字段里没有对应，原样留在文件里，没有读入。"
            findings.append(Notice.UNKNOWN_COLUMN.at(found.head_place(position), message))
    for position in recognition.unsure:
        message = f"“{found.headings[position]}”列的含义没有把握，请核对。"
        findings.append(Notice.GUESSED_COLUMN.at(found.head_place(position), message, field=fields[position] or ""))
    return findings


def entry_findings(found: Listing, fields: Fields) -> list[Finding]:
    """Findings about the rows of a list: how its head and merged cells were read, what was left out, and numbers."""
    return [*shape_findings(found), *_repeated(found, fields), *full_width(found, fields)]


def shape_findings(found: Listing) -> list[Finding]:
    """How many rows the head has, where merged cells were filled, and which rows are no entries."""
    findings = [*_joined_head(found), *_filled(found)]
    for position, why in found.left_out:
        place = Place(sheet=found.table.name, row=found.table.numbers[position])
        findings.append(Notice.ROW_LEFT_OUT.at(place, f"这一行是{why}，没有作为条目读入。"))
    return findings


def level_findings(lists: Sequence[tuple[Listing, Fields]], levels: LevelReading) -> Iterator[Finding]:
    """Grades that cannot be ordered, and cells that name none; ``lists`` were read as one column, in this order.

    Without a column of their own they stand in that of the risks.
    """
    at = [next(fields.index(name) for name in _GRADED if name in fields) for _, fields in lists if levels.levels]
    ends = list(accumulate(len(found.rows) for found, _ in lists))

    def place_of(entry: int) -> Place:
        which = next(index for index, end in enumerate(ends) if entry < end)
        return lists[which][0].place(entry - (ends[which - 1] if which else 0), at[which])

    if levels.message:
        first = levels.first_unsettled
        place = lists[0][0].head_place(at[0]) if first is None else place_of(first)
        yield Notice.GRADES_AMBIGUOUS.at(place, levels.message, field="level")
    for entry, text in levels.unknown:
        place = place_of(entry)
        yield Notice.BAD_CELL.at(place, f"等级“{text}”认不出，可以写高、中、低。", field="level")


def other_list(found: Listing, recognition: Recognition) -> Finding:
    """A list of another register in the same file, which was not read."""
    label = recognition.register.label if recognition.register else ""
    message = f"这里另有一张“{label}”，{len(found.rows)} 条，这次没有读入；请单独存成一个文件再读。"
    place = Place(sheet=found.table.name, row=found.table.numbers[found.head_rows[0]])
    return Notice.HIDDEN_SHEET.at(place, message)


def full_width(found: Listing, fields: Fields, names: Collection[str] = _NUMBERS) -> Iterator[Finding]:
    """Columns of numbers in which full-width digits or letters stand among half-width ones, said once a column."""
    for position, name in enumerate(fields):
        if name not in names:
            continue
        cells = [row[position] for row in found.rows]
        wide = {cell for cell in set(cells) if isinstance(cell, str) and _has_wide(cell)}
        if wide:
            entry = next(at for at, cell in enumerate(cells) if cell in wide)
            count, text = sum(cell in wide for cell in cells), cell_text(cells[entry])
            narrow = unicodedata.normalize("NFKC", text)
            message = (
                f"“{clipped(text)}”用了全角的数字或字母，共 {count} 处，按“{clipped(narrow)}”理解；请统一写成半角。"
            )
            yield Notice.FULL_WIDTH.at(found.place(entry, position), message, field=name or "")


def _has_wide(text: str) -> bool:
    return not text.isascii() and _WIDE.search(text) is not None


def _joined_head(found: Listing) -> Iterator[Finding]:
    first, last = (found.table.numbers[row] for row in found.head_rows)
    if last > first:
        message = f"表头占第 {first} 至 {last} 行，已按上下两层合成一行，例如“{_longest(found.headings)}”；请核对。"
        yield Notice.HEAD_JOINED.at(Place(sheet=found.table.name, row=first), message)


def _longest(headings: Iterable[str]) -> str:
    return max(headings, key=lambda heading: (heading.count("-"), len(heading)))


def _filled(found: Listing) -> Iterator[Finding]:
    """Merged cells among the entries, said once a column, with their rows."""
    entries = frozenset(found.positions)
    columns: dict[int, list[int]] = {}
    reached: dict[int, int] = {}
    for span in sorted(found.table.merged, key=lambda span: (span.left, span.top)):
        if span.top in entries and (span.bottom > span.top or span.right > span.left):
            if span.top > reached.get(span.left, -1):  # Word merges cell by cell: a chain of them is one.
                columns.setdefault(span.left, []).append(span.top)
            reached[span.left] = span.bottom
    for column, tops in columns.items():
        shown = "、".join(str(found.table.numbers[top]) for top in tops[:_SHOWN]) + ("等" if len(tops) > _SHOWN else "")
        heading = found.headings[column] if column < len(found.headings) else ""
        message = f"“{heading}”列有 {len(tops)} 处合并单元格（从第 {shown} 行起），内容已填到所合并的每一格；请核对。"
        yield Notice.CELLS_MERGED.at(found.table.place(tops[0], column, heading), message)


def _repeated(found: Listing, fields: Fields) -> Iterator[Finding]:
    """Numbers used twice under one section heading; a number merged over several rows and a new count are no fault."""
    if "number" not in fields:
        return
    column = fields.index("number")
    texts = ["".join(unicodedata.normalize("NFKC", cell_text(row[column])).split()) for row in found.rows]
    filled = found.filled_from_above(column)
    starts = {start for start, _ in found.sections}
    seen: dict[str, int] = {}
    for entry, text in enumerate(texts):
        if entry in starts or texts[entry : entry + 2] == ["1", "2"]:
            seen = {}
        row = found.positions[entry]
        if text in seen and row not in filled:
            message = f"序号“{text}”重复，前面第 {seen[text]} 行已有。"
            yield Notice.NUMBER_REPEATED.at(found.place(entry, column), message, field="number", number=text)
        elif text:
            seen.setdefault(text, found.table.numbers[row])
