"""What a writer is given: a titled document of sections, each a table with declared columns and finished values."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from lianfang.foundation.documents.columns import Column, Sheet, writer_of
from lianfang.foundation.documents.tables import Cell

EXPLANATIONS = "填写说明"
"""Name of the sheet that tells people how to fill in the others; it is never read as a list."""


class Format(enum.StrEnum):
    """The formats that ``writers.write_table`` knows; the value is the file extension."""

    XLSX = "xlsx"
    CSV = "csv"
    DOCX = "docx"
    PDF = "pdf"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Section:
    """One table: ``rows`` hold values in the order of ``columns``; ``heading`` may be empty in a document of one."""

    heading: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[object]]
    note: str = ""

    def cells(self) -> Iterable[list[Cell]]:
        """The rows as cells to write."""
        writers = [writer_of(column) for column in self.columns]
        for row in self.rows:
            yield [write(value) for write, value in zip(writers, row, strict=True)]


@dataclass(frozen=True, slots=True)
class Document:
    """A document to write. ``meta`` are (label, value) pairs for the line under the title: 单位, 文号, 密级, 日期.

    ``fill_in`` adds the sheet 填写说明 and drop-down lists to a workbook that people fill in and send back.
    """

    title: str
    sections: tuple[Section, ...]
    subtitle: str = ""
    meta: tuple[tuple[str, str], ...] = ()
    footer: str = ""
    fill_in: bool = False

    @property
    def meta_line(self) -> str:
        """The pairs of ``meta`` as one line, empty values left out."""
        return "　　".join(f"{label}：{value}" for label, value in self.meta if value)

    @property
    def row_count(self) -> int:
        """Rows of all sections together."""
        return sum(len(section.rows) for section in self.sections)


def section_of(
    sheet: Sheet, entries: Iterable[object], *, heading: str = "", fields: Sequence[str] = (), note: str = ""
) -> Section:
    """A section of Rows (dataclasses) or mappings by the columns of a sheet, or by the named fields only."""
    columns = tuple(sheet.column(name) for name in fields) if fields else sheet.columns
    rows = [[_value(entry, column.field) for column in columns] for entry in entries]
    return Section(heading, columns, rows, note)


def _value(entry: object, field: str) -> object:
    if isinstance(entry, Mapping):
        return entry.get(field)
    read: Callable[[object], object] = attrgetter(field)
    return read(entry)
