"""Read .docx files: paragraphs, and tables with merged cells filled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from lianfang.foundation.documents.archive import check_archive, open_archive, read_member
from lianfang.foundation.documents.limits import Limits
from lianfang.foundation.documents.readers.word_numbering import Numbering
from lianfang.foundation.documents.tables import Cell, Contents, FileKind, Span, Table, squared
from lianfang.kernel.errors import Invalid

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = {_FALLBACK, f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}pPr", f"{W}rPr"}
_WRAPPERS = {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"}
CAPTIONS, REMARKS = 5, 3
"""How many paragraphs before a table may be its title, and after it its legend."""


def parse_xml(content: bytes) -> etree._Element:
    """Parse XML without entities, network or document types.

    Raises:
        Invalid: when it is not well formed, too deep, or brings a document type (XXE, billion laughs).
    """
    if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content:
        raise Invalid("文件里有不该出现的实体声明，已拒绝打开。", "请用办公软件打开并另存为 .docx 后再上传。")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise Invalid("文件内部的正文已损坏，无法读取。", "请用办公软件打开并另存为 .docx 后再上传。") from error


def read_docx(content: bytes, limits: Limits) -> Contents:
    """Read paragraphs and tables in the order of the document.

    Raises:
        Invalid: when the file is damaged or larger than the limits.
    """
    archive = open_archive(content)
    check_archive(archive, len(content), limits)
    numbering = Numbering.of(archive, limits)
    body = parse_xml(read_member(archive, "word/document.xml", limits)).find(f"{W}body")
    paragraphs: list[str] = []
    found: list[tuple[int, Table]] = []
    for block in _blocks(body if body is not None else etree.Element("empty")):
        if block.tag != f"{W}tbl":
            if text := numbering.label(block) + paragraph_text(block).strip():
                paragraphs.append(text)
        elif len(found) < limits.tables:
            rows, spans = _grid(block, numbering, limits)
            captions = tuple(paragraphs[-CAPTIONS:])
            name = f"第 {len(found) + 1} 个表格"
            found.append((len(paragraphs), Table(name, rows, range(1, len(rows) + 1), spans, captions)))
    tables = [
        replace(table, remarks=tuple(paragraphs[at : at + REMARKS]), above=at) for at, table in found if table.rows
    ]
    return Contents(FileKind.DOCX, tuple(tables), tuple(paragraphs))


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag in {f"{W}p", f"{W}tbl"}:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _blocks(child)


def paragraph_text(element: etree._Element) -> str:
    """Visible text under an element: deletions, field codes and duplicated fallbacks are left out."""
    parts: list[str] = []
    for child in element:
        if child.tag == f"{W}t":
            parts.append(child.text or "")
        elif child.tag == f"{W}tab":
            parts.append("\t")
        elif child.tag in {f"{W}br", f"{W}cr"}:
            parts.append("\n")
        elif child.tag not in _SKIPPED:
            parts.append(paragraph_text(child))
            if child.tag == f"{W}p" and element.tag != f"{W}body":
                parts.append("\n")
    return "".join(parts)


def _grid(block: etree._Element, numbering: Numbering, limits: Limits) -> tuple[list[list[Cell]], tuple[Span, ...]]:
    rows: list[list[Cell]] = []
    spans: list[Span] = []
    for element in block.iter(f"{W}tr"):
        if _owner(element) is block:
            _append_row(element, rows, spans, numbering, limits)
    if len(rows) > limits.rows:
        raise Invalid(f"Word 表格超过 {limits.rows} 行。", "请拆成几个文件后再上传。")
    return squared(rows), tuple(spans)


def _owner(element: etree._Element) -> etree._Element | None:
    return next(element.iterancestors(f"{W}tbl"), None)


def _append_row(
    element: etree._Element, rows: list[list[Cell]], spans: list[Span], numbering: Numbering, limits: Limits
) -> None:
    row: list[Cell] = [""] * _number(element.find(f"{W}trPr/{W}gridBefore"))
    above = rows[-1] if rows else []
    for cell in element.iter(f"{W}tc"):
        if next(cell.iterancestors(f"{W}tr"), None) is not element:
            continue
        width = max(_number(cell.find(f"{W}tcPr/{W}gridSpan")), 1)
        if len(row) + width > limits.columns:
            raise Invalid(f"Word 表格超过 {limits.columns} 列。", "请删去多余的列后再上传。")
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        continued = merge is not None and merge.get(f"{W}val") != "restart"
        value: Cell = above[len(row)] if continued and len(row) < len(above) else _cell_text(cell, numbering)
        if continued or width > 1:
            spans.append(Span(max(len(rows) - continued, 0), len(row), len(rows), len(row) + width - 1))
        row += [value] * width
    rows.append(row)


def _cell_text(cell: etree._Element, numbering: Numbering) -> str:
    """Text of a cell, its automatic numbers drawn: many lists leave the number column to Word."""
    lines = []
    for child in cell:
        if child.tag == f"{W}p":
            lines.append(numbering.label(child) + paragraph_text(child))
        elif child.tag != f"{W}tcPr":
            lines.append(paragraph_text(child))
    return "\n".join(lines).strip()


def _number(element: etree._Element | None) -> int:
    value = element.get(f"{W}val", "0") if element is not None else "0"
    return int(value) if value.isdecimal() and len(value) < 6 else 0
