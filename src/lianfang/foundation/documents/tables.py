"""What a reader hands over: tables whose cells know their place, and the paragraphs that stood between them."""

from __future__ import annotations

import datetime
import enum
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lianfang.kernel.findings import Finding, Place

Cell = str | int | float | bool | datetime.date
"""One cell as read; a blank cell is the empty string."""


class FileKind(enum.StrEnum):
    """What a file really is, told by its bytes."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    DOCX = "docx"
    DOC = "doc"
    HTML = "html"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Span:
    """A merged area, 0-based and inclusive, in the coordinates of ``Table.rows``."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a file. Every row has the same number of cells; merged areas are filled with their value.

    ``numbers[i]`` is the 1-based row of ``rows[i]`` in the file. ``captions`` are the words that stood before the
    table and ``remarks`` those right after it: titles, units, legends. ``above`` counts the paragraphs before it, where
    the table stands between paragraphs and is not made of them. ``stood`` says of the cells of a table that was laid
    out anew, by (row, column), where they stand in the file: its 1-based row and 0-based column.
    """

    name: str
    rows: list[list[Cell]]
    numbers: Sequence[int]
    merged: tuple[Span, ...] = ()
    captions: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    above: int | None = None
    stood: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.rows[0]) if self.rows else 0

    @property
    def lines(self) -> Iterator[str]:
        """The rows as lines of text, cells divided by tabs; a merged area is written in its first column only."""
        repeated = {
            (row, column)
            for span in self.merged
            for row in range(span.top, span.bottom + 1)
            for column in range(span.left + 1, span.right + 1)
        }
        for at, row in enumerate(self.rows):
            cells = ["" if (at, column) in repeated else str(cell) for column, cell in enumerate(row)]
            filled = [cell for cell in cells if cell.strip()]
            if len(filled) > 1:
                yield "\t".join(_on_one_line(cell) for cell in cells)
            else:
                yield from filled

    def place(self, row: int, column: int, heading: str = "") -> Place:
        """The place of cell ``rows[row][column]``, with ``heading`` as the name of its column."""
        number, at = self.stood.get((row, column), (self.numbers[row], column))
        return Place(sheet=self.name, row=number, column=heading, cell=f"{column_letters(at)}{number}")


@dataclass(frozen=True, slots=True)
class Contents:
    """A whole file: what it is, its tables, its paragraphs in order, and what the reader has to report."""

    kind: FileKind
    tables: tuple[Table, ...] = ()
    paragraphs: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def lines(self) -> Iterator[str]:
        """The paragraphs and, between them where they stand in the file, the rows of the tables as lines."""
        waiting = [table for table in self.tables if table.above is not None]
        for at in range(len(self.paragraphs) + 1):
            while waiting and (waiting[0].above or 0) <= at:
                yield from waiting.pop(0).lines
            yield from self.paragraphs[at : at + 1]


def _on_one_line(cell: str) -> str:
    """The lines of a cell as one, divided by a semicolon where no mark divides them."""
    lines = [line.strip().replace("\t", " ") for line in cell.split("\n") if line.strip()]
    divided = [line if _MARKED.search(line) else f"{line}；" for line in lines[:-1]]
    return "".join((*divided, *lines[-1:]))


_MARKED = re.compile(r"[。；;，,、：:]\Z")


def column_letters(index: int) -> str:
    """Spreadsheet letters of a 0-based column: 0 → A, 25 → Z, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def squared(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Pad short rows with blanks so that all rows have one width."""
    width = max(map(len, rows), default=0)
    for row in rows:
        if len(row) < width:
            row.extend([""] * (width - len(row)))
    return rows


def trimmed(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Drop blank rows at the end and blank columns at the right; leading ones stay, so that places stay right."""
    while rows and not any(map(_is_filled, rows[-1])):
        rows.pop()
    widest = width = max(map(len, rows), default=0)
    while width and not any(len(row) >= width and _is_filled(row[width - 1]) for row in rows):
        width -= 1
    if width < widest:
        for row in rows:
            del row[width:]
    return rows


def _is_filled(cell: Cell) -> bool:
    return not isinstance(cell, str) or bool(cell.strip())
