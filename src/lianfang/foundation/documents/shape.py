"""Find what is the list inside a table: heading rows, entries; titles, totals, footnotes and repeats left out."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lianfang.foundation.documents.cells import cell_text
from lianfang.foundation.documents.concepts import Register
from lianfang.foundation.documents.headings import LEVEL_SEPARATOR
from lianfang.foundation.documents.recognise import ACCEPTED, GENERAL, readings_of
from lianfang.foundation.documents.tables import Cell, Table
from lianfang.kernel.findings import Place

_LOOKED_AT = 20
_HEAD_ROWS = 3
_BEST_READING = 1.1
_LONGEST_HEADING = 40
_TOTAL = re.compile(r"^(?:合计|总计|小计|共计|累计|总数)(?:[:：(（].*)?$")
_FOOTNOTE = re.compile(
    r"^(?:\*|※)?(?:注|备注|说明|填表说明|填报说明|填写说明|附注|注释)\d?\s*[:：.、]|^(?:填表人|填报人|制表人|制表|审核人|联系人|填报单位|填表单位|填报日期|填表日期|单位负责人|"
    r"负责人签字|主要负责人签字|单位[(（]盖章[)）]|单位主要负责人)\s*(?:[(（][^)）]*[)）])?\s*[:：]"
)
_SECTION = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}(?:部分|章|节|类)|[(（][一二三四五六七八九十]{1,3}[)）])"
)
_NUMBER_HEAD = re.compile(r"^(?:序号|编号|项次|项号)$")
_COLON = re.compile("[:：].")
_ODD_STARTS = frozenset("合总小共累注备说填附制审联单负主*※（(一二三四五六七八九十第.…·—-/ \t\r\n\u3000\xa0")
"""First characters that a total, note, section or placeholder may have; rows with others are entries at first sight."""

_PLACEHOLDER = re.compile(r"^[.…·—\-/\s]*$")

_BLANK, _TOTAL_ROW, _NOTE, _SECTION_ROW, _REPEAT = "空行", "合计行", "注释行", "分节标题", "重复的表头"


@dataclass(frozen=True, slots=True)
class Listing:
    """Entries of a table under their headings.

    ``positions[i]`` is the index in ``table.rows`` of ``rows[i]``; ``headings`` are as printed, upper and lower rows
    joined by a dash; ``above`` and ``below`` are the texts of rows before and after; ``sections`` maps the index of an
    entry to the section heading that stood before it; ``left_out`` are (position, why) of other filled rows.
    """

    table: Table
    headings: tuple[str, ...]
    rows: list[list[Cell]]
    positions: Sequence[int]
    head_rows: tuple[int, int]
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    sections: tuple[tuple[int, str], ...] = ()
    left_out: tuple[tuple[int, str], ...] = ()

    def place(self, entry: int, column: int) -> Place:
        """The place of a cell of an entry."""
        return self.table.place(self.positions[entry], column, self.headings[column])

    @property
    def titles(self) -> tuple[str, ...]:
        """Everything around the entries in which a legend may stand."""
        return (*self.table.captions, *self.above, *self.below, *self.table.remarks, *self.headings)


def listing(table: Table, registers: Sequence[Register] = GENERAL) -> Listing | None:
    """The list in a table, or ``None`` when it has no heading row with at least two different headings."""
    first = _head_row(table, registers)
    if first is None:
        return None
    while first > 0 and _is_lower_head(table.rows, first - 1):
        first -= 1
    last = first
    while last - first + 1 < _HEAD_ROWS and _is_lower_head(table.rows, last):
        last += 1
    headings = _joined(table.rows[first : last + 1])
    above = tuple(text for row in table.rows[:first] for text in _distinct(row))
    return _entries(table, headings, (first, last), above)


def _distinct(row: Iterable[Cell]) -> list[str]:
    """The different texts of a row, so that a merged title counts once."""
    return [text for text in dict.fromkeys(cell_text(cell) for cell in row) if text]


def _head_row(table: Table, registers: Sequence[Register]) -> int | None:
    """The row that looks most like headings: many short different texts, best those that name known fields."""
    best, chosen = 0.0, None
    for index, row in enumerate(table.rows[:_LOOKED_AT]):
        texts = _distinct(row)
        if len(texts) < 2 or any(not isinstance(cell, str) for cell in row):
            continue
        few = sum(len(text) <= _LONGEST_HEADING for text in texts)
        short = few / len(texts)
        shape = 0.4 * few / max(table.width, 1) - 0.05 * index - 2.0 * (short < 0.7)
        if few * _BEST_READING + shape <= best + 0.01:
            continue  # even if every text named a field: most rows of entries are done with here
        score = shape + max(sum(_knows(register, text) for text in texts) for register in registers)
        if score > best + 0.01:
            best, chosen = score, index
    return chosen


def _knows(register: Register, text: str) -> float:
    if len(text) > _LONGEST_HEADING:
        return 0.0
    readings = readings_of(register, text)
    return readings[0][0] if readings and readings[0][0] >= ACCEPTED else 0.0


def _is_lower_head(rows: list[list[Cell]], last: int) -> bool:
    """Whether the row after ``last`` continues the head: it only fills columns that a group above leaves open."""
    if last + 1 >= len(rows):
        return False
    lower = [cell_text(cell) for cell in rows[last + 1]]
    raw = [cell_text(cell) for cell in rows[last]]
    if len(set(raw) - {""}) < 2 or any(len(text) > 20 or _COLON.search(text) for text in raw):
        return False
    if not all(isinstance(cell, str) for cell in rows[last + 1]) or max(map(len, lower), default=0) > 20:
        return False
    grouped = _grouped(raw, lower)
    if not any(grouped) or sum(1 for text in lower if text) < 2:
        return False
    return all(not text or group or text == above for text, group, above in zip(lower, grouped, raw, strict=True))


def _grouped(upper: Sequence[str], lower: Sequence[str]) -> list[bool]:
    """Columns under a heading that spans several: equal neighbours (merged and filled) or blanks to its right."""
    group = [0] * len(upper)
    for index in range(1, len(upper)):
        spans = upper[index] == upper[index - 1] or not upper[index]
        group[index] = group[index - 1] if spans and lower[index] and lower[index - 1] else index
    different = {
        number: {low for low, mine in zip(lower, group, strict=True) if mine == number and low} for number in set(group)
    }
    return [len(different[number]) > 1 and bool(upper[number]) for number in group]


def _joined(rows: Sequence[Sequence[Cell]]) -> tuple[str, ...]:
    """Headings of one or more head rows; blanks of an upper row take their left neighbour where the lower has text."""
    texts = [[" ".join(cell_text(cell).split()) for cell in row] for row in rows]
    for upper, lower in itertools.pairwise(texts):
        for index in range(1, len(upper)):
            if not upper[index] and lower[index] and lower[index - 1] and upper[index - 1]:
                upper[index] = upper[index - 1]
    columns = zip(*texts, strict=True)
    return tuple(LEVEL_SEPARATOR.join(text for text in dict.fromkeys(column) if text) for column in columns)


def _entries(table: Table, headings: tuple[str, ...], head: tuple[int, int], above: tuple[str, ...]) -> Listing:
    known = _Head.of(table.rows[head[0] : head[1] + 1], headings[0])
    rows: list[list[Cell]] = []
    positions: list[int] = []
    sections: list[tuple[int, str]] = []
    below: list[str] = []
    left_out: list[tuple[int, str]] = []
    for position in range(head[1] + 1, len(table.rows)):
        row = table.rows[position]
        odd = _oddity(row, known)
        if odd == _SECTION_ROW:
            sections.append((len(rows), _distinct(row)[0]))
        elif odd == _NOTE:
            below += _distinct(row)
        if not odd:
            rows.append(row)
            positions.append(position)
        elif odd != _BLANK:
            left_out.append((position, odd))
    around = (above, tuple(below), tuple(sections), tuple(left_out))
    return Listing(table, headings, rows, positions, head, *around)


@dataclass(frozen=True, slots=True)
class _Head:
    """What the entries are compared with: the head rows, how odd rows may begin, and whether numbers come first."""

    rows: frozenset[tuple[str, ...]]
    odd_starts: frozenset[str]
    numbered: bool

    @classmethod
    def of(cls, rows: Sequence[Sequence[Cell]], first_heading: str) -> _Head:
        texts = frozenset(tuple(cell_text(cell) for cell in row) for row in rows)
        starts = _ODD_STARTS | {row[0][:1] for row in texts}
        return cls(texts, starts, _NUMBER_HEAD.search("".join(first_heading.split())) is not None)


def _oddity(row: list[Cell], head: _Head) -> str:
    """Why a row is no entry: blank, total, note, section, repeated heading; empty when it is one."""
    first, second = row[0], row[1]
    if first != "" and second not in ("", first) and (not isinstance(first, str) or first[0] not in head.odd_starts):
        return ""
    return _closer_look(row, head)


def _closer_look(row: list[Cell], head: _Head) -> str:
    texts = _distinct(row)
    if not texts or all(_PLACEHOLDER.match(text) for text in texts):
        return _BLANK
    opening = "".join(texts[0].split())
    if _TOTAL.match(opening):
        return _TOTAL_ROW
    if _FOOTNOTE.match(opening):
        return _NOTE
    if len(texts) == 1 and _is_section(row, texts[0], under_number=head.numbered):
        return _SECTION_ROW
    if tuple(cell_text(cell) for cell in row) in head.rows:
        return _REPEAT
    return ""


def _is_section(row: list[Cell], text: str, *, under_number: bool) -> bool:
    """A single text across the whole row, or alone in front and numbered like a section or in the number column."""
    if len(row) < 3 or len(text) > 80:
        return False
    across = all(cell_text(cell) == text for cell in row)
    alone_in_front = bool(cell_text(row[0])) and not any(cell_text(cell) for cell in row[1:])
    looks_like_one = _SECTION.match(text) or (under_number and not any(sign.isdigit() for sign in text))
    return across or (alone_in_front and bool(looks_like_one))
