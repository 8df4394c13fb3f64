"""Find what is the list inside a table: heading rows, entries; titles, totals, footnotes and repeats left out."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lianfang.foundation.documents.cards import pairs_above
from lianfang.foundation.documents.cells import cell_text
from lianfang.foundation.documents.concepts import Register
from lianfang.foundation.documents.headings import LEVEL_SEPARATOR
from lianfang.foundation.documents.odd_rows import BLANK, INDEX, NOTE, SECTION, Head, distinct, is_index_row, oddity
from lianfang.foundation.documents.recognise import ACCEPTED, GENERAL, readings_of
from lianfang.foundation.documents.tables import Cell, Table
from lianfang.kernel.findings import Place

_LOOKED_AT = 20
_HEAD_ROWS = 3
_BEST_READING = 1.1
_LONGEST_HEADING = 40
_COLON = re.compile("[:：].")


@dataclass(frozen=True, slots=True)
class Listing:
    """Entries of a table under their headings.

    ``positions[i]`` is the index in ``table.rows`` of ``rows[i]``; ``headings`` are as printed, upper and lower rows
    joined by a dash; ``above`` and ``below`` are the texts of rows before and after; ``sections`` maps the index of an
    entry to the section heading that stood before it; ``left_out`` are (position, why) of other filled rows;
    ``said`` are the (row, column) of values above the list that the last columns repeat for every entry.
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
    said: tuple[tuple[int, int], ...] = ()

    def place(self, entry: int, column: int) -> Place:
        """The place of a cell of an entry; of what stands once above the list, its place there."""
        if column >= len(self.headings) - len(self.said):
            return self.head_place(column)
        return self.table.place(self.positions[entry], column, self.headings[column])

    def head_place(self, column: int) -> Place:
        """The place of a heading."""
        own = len(self.headings) - len(self.said)
        row, position = self.said[column - own] if column >= own else (self.head_rows[1], column)
        return self.table.place(row, position, self.headings[column])

    def filled_from_above(self, column: int) -> frozenset[int]:
        """The positions of rows whose cell in a column only repeats a cell merged over them."""
        over = (span for span in self.table.merged if span.left <= column <= span.right)
        return frozenset(row for span in over for row in range(span.top + 1, span.bottom + 1))

    @property
    def titles(self) -> tuple[str, ...]:
        """Everything around the entries in which a legend may stand."""
        return (*self.table.captions, *self.above, *self.below, *self.table.remarks, *self.headings)


def listing(table: Table, registers: Sequence[Register] = GENERAL) -> Listing | None:
    """The list in a table, or ``None`` when it has no heading row with at least two different headings.

    What a form says above its list (部门 | 环评科 | 岗位 | 审批岗) stands behind every entry as further columns.
    """
    head = head_of(table, registers)
    if head is None:
        return None
    first, last = head
    headings = _joined(table.rows[first : last + 1])
    above = tuple(text for row in table.rows[:first] for text in distinct(row))
    found = _entries(table, headings, head, above)
    own = {"".join(heading.split()) for heading in headings}
    said = (
        [one for one in pairs_above(table, first, registers) if "".join(one.name.split()) not in own] if first else []
    )
    if not said:
        return found
    values = [one.value for one in said]
    return replace(
        found,
        headings=(*headings, *(one.name for one in said)),
        rows=[[*row, *values] for row in found.rows],
        said=tuple((one.row, one.column) for one in said),
    )


def head_of(table: Table, registers: Sequence[Register] = GENERAL) -> tuple[int, int] | None:
    """First and last heading row (positions in ``table.rows``), or ``None`` when there is none."""
    first = _head_row(table, registers)
    if first is None:
        return None
    while first > 0 and _is_lower_head(table.rows, first - 1):
        first -= 1
    last = first
    while last - first + 1 < _HEAD_ROWS and _is_lower_head(table.rows, last):
        last += 1
    return first, last


def _head_row(table: Table, registers: Sequence[Register]) -> int | None:
    """The row that looks most like headings: many short different texts, best those that name known fields."""
    best, chosen = 0.0, None
    for index, row in enumerate(table.rows[:_LOOKED_AT]):
        texts = distinct(row)
        if len(texts) < 2 or any(not isinstance(cell, str) for cell in row):
            continue
        few = sum(len(text) <= _LONGEST_HEADING for text in texts)
        short = few / len(texts)
        shape = 0.4 * few / max(table.width, 1) - 0.05 * index - 2.0 * (short < 0.7)
        if few * _BEST_READING + shape <= best + 0.01:
            continue  # even if every text named a field: most rows of entries are done with here
        score = shape + max(_knows(register, texts) for register in registers)
        if score > best + 0.01:
            best, chosen = score, index
    return chosen


def _knows(register: Register, texts: Sequence[str]) -> float:
    """How much of a register the texts name; what names the same field again counts less each time.

    An entry that speaks of fees in every cell would otherwise outdo the head above it.
    """
    scores: dict[str | None, list[float]] = {}
    for text in texts:
        readings = readings_of(register, text) if len(text) <= _LONGEST_HEADING else ()
        if readings and readings[0][0] >= ACCEPTED:
            scores.setdefault(readings[0][1], []).append(readings[0][0])
    unkept = sum(scores.pop(None, ()))
    return unkept + sum(score / time for same in scores.values() for time, score in enumerate(same, start=1))


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
    known = Head.of(table.rows[head[0] : head[1] + 1], headings[0])
    rows: list[list[Cell]] = []
    positions: list[int] = []
    sections: list[tuple[int, str]] = []
    below: list[str] = []
    left_out: list[tuple[int, str]] = []
    start = head[1] + 1
    for position in range(start, len(table.rows)):
        row = table.rows[position]
        odd = oddity(row, known)
        if position == start and is_index_row(row):
            odd = INDEX
        elif not odd and row[1] == "" and _titles_a_repeat(table.rows, position, known):
            odd = SECTION
        if not odd:
            rows.append(row)
            positions.append(position)
            continue
        if odd == SECTION:
            sections.append((len(rows), distinct(row)[0]))
        elif odd == NOTE:
            below += distinct(row)
        if odd != BLANK:
            left_out.append((position, odd))
    _drop_unfilled(rows, positions, known)
    around = (above, tuple(below), tuple(sections), tuple(left_out))
    return Listing(table, headings, rows, positions, head, *around)


def _drop_unfilled(rows: list[list[Cell]], positions: list[int], head: Head) -> None:
    """Drop the numbered lines at the end of a form that nobody filled; between entries such a line may be a loss."""
    while len(rows) > 1 and head.is_unfilled(rows[-1]):
        del rows[-1], positions[-1]


def _titles_a_repeat(rows: Sequence[Sequence[Cell]], position: int, head: Head) -> bool:
    """Whether a row of one text stands right above a repeated head, as titles do that every page repeats."""
    if len(distinct(rows[position])) > 1:
        return False
    below = rows[position + 1 : position + 4]
    following = next((row for row in below if len(distinct(row)) > 1), ())
    return bool(following) and head.is_repeated_by(following)
