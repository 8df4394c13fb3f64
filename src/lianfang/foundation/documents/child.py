"""The child process that parses one file: limits itself, reads standard input, writes one marshalled answer.

Run as ``python -m lianfang.foundation.documents.child`` with the limits as a JSON argument. It exists because
parsers of hostile files may eat memory or time, and a process can be stopped where a thread cannot.
"""

from __future__ import annotations

import datetime
import gc
import json
import marshal
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict

from lianfang.foundation.documents.limits import Limits, limit_self
from lianfang.foundation.documents.readers.delimited import read_delimited
from lianfang.foundation.documents.readers.webpage import read_webpage
from lianfang.foundation.documents.readers.word import read_docx
from lianfang.foundation.documents.readers.word_legacy import read_doc
from lianfang.foundation.documents.readers.workbook import read_workbook
from lianfang.foundation.documents.sniff import sniff
from lianfang.foundation.documents.tables import Cell, Contents, FileKind, Table
from lianfang.kernel.errors import Invalid
from lianfang.kernel.findings import Finding

MARSHAL_VERSION = 2
"""Without back-references, which cost more on a million short texts than they save."""

_LESS_MERGED = "请取消跨许多行列的合并单元格，删去多余的空行空列，或拆成几个文件后再上传。"

_CELLS_PACKED_AT_ONCE = 8_192

Day = tuple[int, int, str]
"""Row (of those packed together), column and ISO text of a date cell: marshal knows no dates."""


def read_contents(content: bytes, limits: Limits, *, hidden_sheets: bool = False) -> Contents:
    """Read a file in this very process; ``isolation.read_file`` is the safe door.

    Raises:
        Invalid: when the file cannot or may not be read.
    """
    kind = sniff(content)
    readers: dict[FileKind, Callable[[], Contents]] = {
        FileKind.DOCX: lambda: read_docx(content, limits),
        FileKind.DOC: lambda: read_doc(content, limits),
        FileKind.HTML: lambda: read_webpage(content, limits),
        FileKind.TEXT: lambda: read_delimited(content, limits),
    }
    reader = readers.get(kind, lambda: read_workbook(content, kind, limits, hidden_sheets=hidden_sheets))
    contents = reader()
    for table in contents.tables:
        _check_cells(table, limits.cell_characters)
    return contents


def _check_cells(table: Table, most: int) -> None:
    """Refuse a cell that no office program could have written; other readers of it would take long over it."""
    for row, cells in enumerate(table.rows):
        if any(isinstance(cell, str) and len(cell) > most for cell in cells):
            where = f"工作表“{table.name}”" if table.name else "表格"
            raise Invalid(
                f"{where}第 {table.numbers[row]} 行有一格超过 {most} 个字。",
                "一格只写一项内容；长文请另存为附件，不要贴在清单里。",
            )


def packed(contents: Contents, limits: Limits) -> bytes:
    """Contents as marshalled plain values, if the process that asked can hold them; ``isolation`` unpacks them.

    That process has no limit of memory of its own, and merged cells, filled in, make much of a small file.

    Raises:
        Invalid: when they are more than the limits allow.
    """
    cells = sum(len(table.rows) * table.width for table in contents.tables)
    if cells > limits.cells:
        message = f"文件里的表格共有 {cells} 格（合并单元格按填满后计算），超过允许的 {limits.cells} 格。"
        raise Invalid(message, _LESS_MERGED)
    tables = []
    room = limits.answer
    for table in contents.tables:
        chunks = list(_packed_rows(table.rows, table.width, room))
        room -= sum(len(chunk) for chunk, _ in chunks)
        tables.append(_plain_table(table, chunks))
    findings = [_plain_finding(finding) for finding in contents.findings]
    return marshal.dumps(("read", str(contents.kind), tables, contents.paragraphs, findings), MARSHAL_VERSION)


def _plain_table(table: Table, chunks: list[tuple[bytes, list[Day]]]) -> tuple[object, ...]:
    spans = [(span.top, span.left, span.bottom, span.right) for span in table.merged]
    return table.name, chunks, spans, table.captions, table.remarks, table.above


def _packed_rows(rows: list[list[Cell]], width: int, room: int) -> Iterator[tuple[bytes, list[Day]]]:
    """Rows as marshalled bytes, some thousand cells at a time, and the date cells taken out of them."""
    step = max(1, _CELLS_PACKED_AT_ONCE // max(width, 1))
    for start in range(0, len(rows), step):
        chunk, days = _packed_chunk(rows[start : start + step])
        room -= len(chunk)
        if room < 0:
            raise Invalid("文件里的文字（合并单元格按填满后计算）太多，超出了允许的内存。", _LESS_MERGED)
        yield chunk, days


def _packed_chunk(rows: list[list[Cell]]) -> tuple[bytes, list[Day]]:
    try:
        return marshal.dumps(rows, MARSHAL_VERSION), []
    except ValueError:
        days = _take_days(rows)
        return marshal.dumps(rows, MARSHAL_VERSION), days


def _take_days(rows: list[list[Cell]]) -> list[Day]:
    """Move date cells out of the rows, looking only into columns that have some."""
    days: list[Day] = []
    for column, cells in enumerate(zip(*rows, strict=True)):
        if not set(map(type, cells)) & {datetime.date, datetime.datetime}:
            continue
        for row, cell in enumerate(cells):
            if isinstance(cell, datetime.date):
                days.append((row, column, cell.isoformat()))
                rows[row][column] = ""
    return days


def _plain_finding(finding: Finding) -> tuple[str, str, str, dict[str, object] | None]:
    severity = finding.severity.value if finding.severity else ""
    return finding.message, finding.code, severity, asdict(finding.place) if finding.place else None


def main() -> None:
    """Read one file from standard input and write one answer to standard output."""
    request = json.loads(sys.argv[1])
    limits = Limits(**request["limits"])
    gc.disable()
    limit_self(limits)
    try:
        contents = read_contents(sys.stdin.buffer.read(), limits, hidden_sheets=request["hidden_sheets"])
        answer = packed(contents, limits)
    except Invalid as refusal:
        answer = marshal.dumps(("refused", refusal.message, refusal.remedy), MARSHAL_VERSION)
    except MemoryError:
        answer = marshal.dumps(("memory",), MARSHAL_VERSION)
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
