"""Read .csv, .tsv, pasted cells and plain text in the encodings that bureaus use."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence

from lianfang.foundation.documents.guards import unguarded
from lianfang.foundation.documents.limits import Limits
from lianfang.foundation.documents.notices import Notice
from lianfang.foundation.documents.readers.boxes import drawn_tables, is_drawn
from lianfang.foundation.documents.tables import Cell, Contents, FileKind, Table, squared, trimmed
from lianfang.kernel.errors import Invalid
from lianfang.kernel.findings import Finding, Place

_DELIMITERS = ("\t", ",", ";", "|")
_GAPS = (re.compile(r"[ \u3000]{2,}|\u3000"), re.compile("，"))
_FEWEST_PARTS = 3
_SHARE_DIVIDED = 0.6
_LINES_DIVIDED = 2_000
_SAMPLE_ROWS = 30
_LINES_IN_ONE_CELL = 200
_ODD_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_SHARE_OF_ZEROS = 0.02
"""Of text in UTF-16 without its mark, so many bytes at the least are zero."""
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")


def decoded(content: bytes) -> str:
    """Text of a file in UTF-8, UTF-16 or GB18030 (of which GB2312 and GBK are parts), told by its bytes.

    Raises:
        Invalid: when the bytes are no text in any of these.
    """
    padded = content.rstrip(b"\x00")
    content = content if b"\x00" in padded else padded
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        candidates = ["utf-16"]
    elif b"\x00" in content[:4096]:
        low, high = content[0:4096:2].count(0), content[1:4096:2].count(0)
        # Of text in UTF-16 every separator, digit and line end has one; a lone one is a fault.
        least = len(content[:4096]) * _SHARE_OF_ZEROS
        wide = {"utf-16-le": high > max(4 * low, least), "utf-16-be": low > max(4 * high, least)}
        candidates = [encoding for encoding, is_likely in wide.items() if is_likely]
    else:
        candidates = ["utf-8-sig", "gb18030"]
    for encoding in candidates:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(_NOT_TEXT.findall(text[:4096])) * 50 <= len(text[:4096]):
            if "\x00" in text:
                break
            return text
    if b"\x00" in content and len(_ODD_BYTES.findall(content)) * 10 <= len(content):
        raise _damaged(content)
    raise Invalid("认不出文件的格式或文字编码。", "请用办公软件打开，另存为 .docx（文档）或 .xlsx（表格）后再上传。")


def _damaged(content: bytes) -> Invalid:
    """What is said of text with bytes in it that stand in no text; it would have to be guessed what is missing."""
    at = content.index(b"\x00")
    line = content.count(b"\n", 0, at) + 1
    return Invalid(
        f"文件已损坏，或者不是文本文件：第 {line} 行（第 {at + 1} 个字节）有文本里不会出现的空字符。",
        "请用办公软件打开原来的表格，另存为 .xlsx 后再上传。",
    )


def read_delimited(content: bytes, limits: Limits) -> Contents:
    """Read a text file: a table when its lines fall into columns, and its lines as paragraphs in any case."""
    return read_text(decoded(content), limits)


def read_text(text: str, limits: Limits) -> Contents:
    """Read pasted or decoded text; the separator is found by which one gives rows of one width."""
    lines = text.splitlines()
    paragraphs = tuple(line.strip() for line in lines[: limits.rows * 2] if line.strip())
    drawn = tuple(drawn_tables(lines, limits)) if is_drawn(text) else ()
    if drawn:
        return Contents(FileKind.TEXT, drawn, paragraphs)
    delimiter = sniff_delimiter(text)
    if delimiter is None:
        text, delimiter = _loosely_divided(lines), "\t"
    rows = _rows(text, delimiter, limits) if text else []
    table = Table("表格", rows, range(1, len(rows) + 1))
    return Contents(FileKind.TEXT, (table,) if rows else (), paragraphs, tuple(_open_quotes(table)))


def sniff_delimiter(text: str) -> str | None:
    """The separator that divides the first rows most evenly into two or more columns, or ``None`` for prose."""
    best: tuple[float, str] | None = None
    for delimiter in _DELIMITERS:
        evenness = _evenness(text[:200_000], delimiter)
        if evenness > (best[0] if best else 0.6):
            best = (evenness, delimiter)
    return best[1] if best else None


def _loosely_divided(lines: Sequence[str]) -> str:
    """Lines divided by gaps or by ， with tabs in their place, if all of them fall into the same three or more parts.

    Where a single line falls into fewer, a blank cell may be why, and which one it is cannot be told: "" then.
    """
    for gap in _GAPS:
        parts = [gap.split(line.strip()) for line in lines[:_LINES_DIVIDED]]
        widths = [len(cells) for cells in parts if len(cells) > 1]
        filled = sum(cells != [""] for cells in parts)
        if len(widths) >= max(2, _SHARE_DIVIDED * filled) and len(set(widths)) == 1 and widths[0] >= _FEWEST_PARTS:
            return "\n".join("\t".join(gap.split(line.strip())) for line in lines)
    return ""


def _evenness(sample: str, delimiter: str) -> float:
    """Share of the first rows that have the commonest width, 0 when that width is one."""
    widths: Counter[int] = Counter()
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    for _ in range(_SAMPLE_ROWS):
        try:
            row = next(reader)
        except (StopIteration, csv.Error):
            break
        if row:
            widths[len(row)] += 1
    if not widths:
        return 0.0
    width, count = max(widths.items(), key=lambda pair: (pair[0] > 1, pair[1]))
    return count / widths.total() if width > 1 else 0.0


def _rows(text: str, delimiter: str, limits: Limits) -> list[list[Cell]]:
    csv.field_size_limit(max(limits.file_size, 131_072))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[list[Cell]] = []
    guards = "'" in text
    try:
        for row in reader:
            if len(row) > limits.columns and any(row[limits.columns :]):
                raise Invalid(f"第 {len(rows) + 1} 行超过 {limits.columns} 列。", "请删去多余的列后再上传。")
            rows.append([unguarded(cell) for cell in row] if guards else list(row))
            if len(rows) > limits.rows + 1_000:
                break
    except csv.Error as error:
        raise Invalid(
            f"第 {len(rows) + 1} 行不是正常的表格行，无法读取。", "请用办公软件打开并另存后再上传。"
        ) from error
    if len(trimmed(rows)) > limits.rows:
        raise Invalid(f"文件超过 {limits.rows} 行。", limits.fewer_rows)
    return squared(rows)


def _open_quotes(table: Table) -> list[Finding]:
    for index, row in enumerate(table.rows):
        for cell in row:
            if isinstance(cell, str) and len(cell) > _LINES_IN_ONE_CELL and cell.count("\n") > _LINES_IN_ONE_CELL:
                message = "这一行有一个单元格跨了两百多行文字，多半是引号没有成对，请核对。"
                place = Place(sheet=table.name, row=table.numbers[index])
                return [Notice.OPEN_QUOTE.at(place, message)]
    return []
