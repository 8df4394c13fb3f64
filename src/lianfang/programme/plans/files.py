"""The text of a plan that comes as a file: paragraphs and rows of tables as lines, a workbook sheet by sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lianfang.foundation.documents.tables import Contents, FileKind

_WORKBOOKS = {FileKind.XLSX, FileKind.XLSB, FileKind.XLS, FileKind.ODS}
_WHOLE = re.compile(r"(?:(?<=\t)|\A)(\d{1,9})\.0(?=\t|\Z)")
"""A serial number that the workbook keeps as a decimal number."""


def plan_text(contents: Contents) -> str:
    """The text to read a plan from; what stands in cells keeps its row, divided by tabs."""
    lines = _sheet_lines(contents) if contents.kind in _WORKBOOKS else contents.lines
    return "\n".join(lines)


def _sheet_lines(contents: Contents) -> Iterator[str]:
    yield from contents.paragraphs
    for table in contents.tables:
        yield from table.captions
        yield from (_WHOLE.sub(r"\1", line) for line in table.lines)
        yield from table.remarks
        yield ""
