"""Read legacy .doc files: paragraphs, and tables with merged cells filled, like those of a .docx."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from legacy_doc import LegacyDocError, extract_text

from lianfang.foundation.documents.limits import Limits
from lianfang.foundation.documents.notices import Notice
from lianfang.foundation.documents.readers.legacy_word import Ended, LegacyWord, RowShape
from lianfang.foundation.documents.readers.word import CAPTIONS, REMARKS
from lianfang.foundation.documents.tables import Cell, Contents, FileKind, Span, Table, squared
from lianfang.kernel.errors import Invalid

_DAMAGED = (struct.error, IndexError, KeyError, ValueError, OverflowError)
_FIELD_CODE = re.compile(r"\x13[^\x13\x14\x15]*\x14?")
_DRAWN = re.compile(r"[\x00-\x08\x0e-\x1f\ue000-\uf8ff]")
_ENDLESS = "cells of a row whose end is not told"
_EDGE = 20
"""Twips within which two edges of cells are one: a third of a millimetre."""


@dataclass
class _Gathered:
    """A table as it comes: rows of cells, how each was made, and how many paragraphs stood above."""

    above: int
    rows: list[list[str]] = field(default_factory=list)
    shapes: list[RowShape] = field(default_factory=list)


def read_doc(content: bytes, limits: Limits) -> Contents:
    """Read the body of a legacy .doc; where its tables cannot be told apart, a finding says so.

    Raises:
        Invalid: no text can be found, or a table is larger than the limits.
    """
    try:
        paragraphs, gathered = _gather(LegacyWord.of(content).paragraphs())
    except LegacyDocError as error:
        raise _unreadable() from error
    except _DAMAGED:
        return _text_alone(content)
    tables = []
    for number, found in enumerate(gathered[: limits.tables], start=1):
        rows, spans = _laid_out(found, limits)
        table = Table(f"第 {number} 个表格", rows, range(1, len(rows) + 1), spans)
        captions = tuple(paragraphs[max(found.above - CAPTIONS, 0) : found.above])
        remarks = tuple(paragraphs[found.above : found.above + REMARKS])
        tables.append(replace(table, captions=captions, remarks=remarks, above=found.above))
    if not paragraphs and not tables:
        raise _unreadable()
    return Contents(FileKind.DOC, tuple(tables), tuple(paragraphs))


def _text_alone(content: bytes) -> Contents:
    """The running text of a file whose properties cannot be followed, older ones above all."""
    try:
        text = extract_text(content).text
    except (LegacyDocError, UnicodeDecodeError, *_DAMAGED) as error:
        raise _unreadable() from error
    message = "旧版 Word 文件（.doc）只能读出文字，读不出表格；请用 Word 或 WPS 打开，另存为 .docx 后再用。"
    paragraphs = tuple(line.strip() for line in text.splitlines() if line.strip())
    return Contents(FileKind.DOC, (), paragraphs, (Notice.TABLES_LOST.at(None, message),))


def _unreadable() -> Invalid:
    return Invalid("旧版 Word 文件（.doc）已损坏或加密，读不出文字。", "请另存为 .docx 后再上传。")


def _gather(ended: Iterator[Ended]) -> tuple[list[str], list[_Gathered]]:
    paragraphs: list[str] = []
    tables: list[_Gathered] = []
    row: list[str] = []
    lines: list[str] = []
    is_open = False
    for one in ended:
        text = _visible(one.text)
        if not one.in_table:
            if row:
                raise ValueError(_ENDLESS)
            is_open = False
            paragraphs += [line for line in text.split("\n") if line.strip()]
        elif one.row is None:
            lines.append(text)
            if one.mark == "\x07":
                row.append("\n".join(lines).strip())
                lines = []
        else:
            if not is_open:
                tables.append(_Gathered(len(paragraphs)))
            tables[-1].rows.append(row)
            tables[-1].shapes.append(one.row)
            row, lines, is_open = [], [], True
    if row:
        raise ValueError(_ENDLESS)
    return paragraphs, tables


def _visible(text: str) -> str:
    """What is seen of a text: results of fields without their codes, no pictures, no signs of private fonts."""
    return _DRAWN.sub("", _FIELD_CODE.sub("", text).replace("\x0b", "\n").replace("\x1e", "-")).strip()


def _laid_out(found: _Gathered, limits: Limits) -> tuple[list[list[Cell]], tuple[Span, ...]]:
    """The rows of a table on one grid, merged cells filled."""
    if len(found.rows) > limits.rows:
        raise Invalid(f"Word 表格超过 {limits.rows} 行。", "请拆成几个文件后再上传。")
    grid = _grid(found.shapes)
    rows: list[list[Cell]] = []
    spans: list[Span] = []
    for cells, shape in zip(found.rows, found.shapes, strict=True):
        row: list[Cell] = [""] * (_column(grid, shape.edges[0]) if shape.edges else 0)
        above = rows[-1] if rows else []
        for place, text in enumerate(cells):
            width = _width(grid, shape.edges, place)
            if len(row) + width > limits.columns:
                raise Invalid(f"Word 表格超过 {limits.columns} 列。", "请删去多余的列后再上传。")
            continued = shape.continued[place : place + 1] == (True,) and len(row) < len(above)
            if continued or width > 1:
                spans.append(Span(max(len(rows) - continued, 0), len(row), len(rows), len(row) + width - 1))
            row += [above[len(row)] if continued else text] * width
        rows.append(row)
    return squared(rows), tuple(spans)


def _grid(shapes: list[RowShape]) -> list[int]:
    """Where the columns of a table begin, edges that nearly meet taken for one."""
    grid: list[int] = []
    for edge in sorted({edge for shape in shapes for edge in shape.edges}):
        if not grid or edge - grid[-1] > _EDGE:
            grid.append(edge)
    return grid


def _column(grid: list[int], edge: int) -> int:
    return sum(start <= edge - _EDGE for start in grid) if grid else 0


def _width(grid: list[int], edges: tuple[int, ...], place: int) -> int:
    """How many columns of the grid a cell covers; one where the row does not say."""
    if place + 1 >= len(edges):
        return 1
    return max(_column(grid, edges[place + 1]) - _column(grid, edges[place]), 1)
