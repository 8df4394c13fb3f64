"""Read the tables of web pages, also of those that systems save under the name .xls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree, html

from lianfang.foundation.documents.limits import Limits
from lianfang.foundation.documents.notices import Notice
from lianfang.foundation.documents.readers.delimited import decoded
from lianfang.foundation.documents.tables import Cell, Contents, FileKind, Span, Table, squared, trimmed
from lianfang.kernel.errors import Invalid
from lianfang.kernel.findings import Finding, Place

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_BLOCKS = {"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6"}
_SILENT = {"script", "style", "head", "title", "noscript", "template"}
_SPACE = re.compile(r"\s+")
_CAPTIONS = 5
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


def read_webpage(content: bytes, limits: Limits) -> Contents:
    """Read every table that holds no other table, and the text between them.

    Raises:
        Invalid: when the page cannot be parsed or a table is larger than the limits.
    """
    root = _parsed(content)
    paragraphs: list[str] = []
    findings: list[Finding] = []
    tables: list[Table] = []
    for kind, value in _pieces(root):
        if isinstance(value, str):
            paragraphs.append(value)
        elif kind == "table" and len(tables) < limits.tables:
            captions = tuple(paragraphs[-_CAPTIONS:])
            table = replace(_table(value, f"第 {len(tables) + 1} 个表格", captions, limits), above=len(paragraphs))
            if table.rows:
                tables.append(table)
                findings += _hidden_rows(value, table)
    return Contents(FileKind.HTML, tuple(tables), tuple(paragraphs), tuple(findings))


def _parsed(content: bytes) -> html.HtmlElement:
    text = _DECLARATION.sub("", _page_text(content))
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Invalid("网页内容已损坏，无法读取。", "请用办公软件打开并另存为 .xlsx 后再上传。") from error
    return root


def _page_text(content: bytes) -> str:
    named = _CHARSET.search(content[:4096])
    if named and named.group(1).lower() in {b"gb2312", b"gbk", b"gb18030", b"x-gbk"}:
        try:
            return content.decode("gb18030")
        except UnicodeDecodeError:
            return decoded(content)
    return decoded(content)


def _pieces(root: html.HtmlElement) -> Iterator[tuple[str, str | html.HtmlElement]]:
    """Tables without inner tables, and the lines of text outside them, in order."""
    text: list[str] = []
    stack: list[tuple[html.HtmlElement, bool]] = [(root, False)]
    while stack:
        element, leaving = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        if leaving or tag in _SILENT:
            text.append(("\n" if tag in _BLOCKS else "") + (element.tail or ""))
        elif tag == "table" and element.find(".//table") is None:
            yield from (("text", line) for line in _lines(text))
            text = [element.tail or ""]
            yield "table", element
        else:
            text.append(("\n" if tag in _BLOCKS else "") + (element.text or ""))
            stack.append((element, True))
            stack.extend((child, False) for child in reversed(element))
    yield from (("text", line) for line in _lines(text))


def _lines(text: list[str]) -> list[str]:
    return [line for line in (" ".join(raw.split()) for raw in "".join(text).split("\n")) if line]


def _cell_text(cell: html.HtmlElement) -> str:
    """Text of a cell: white space is one space as in a browser, breaks and paragraphs are lines."""
    parts = []
    for element in cell.iter():
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _BLOCKS and element is not cell:
            parts.append("\n")
        if tag not in _SILENT:
            parts.append(_SPACE.sub(" ", element.text or ""))
        if element is not cell:
            parts.append("\n" if tag in _BLOCKS - {"br"} else "")
            parts.append(_SPACE.sub(" ", element.tail or ""))
    return "\n".join(_lines(parts))


def _table(element: html.HtmlElement, name: str, captions: tuple[str, ...], limits: Limits) -> Table:
    rows: list[list[Cell]] = []
    spans: list[Span] = []
    hanging: dict[int, tuple[int, str]] = {}
    for number, line in enumerate(element.iter("tr")):
        if number >= limits.rows:
            raise Invalid(f"网页表格超过 {limits.rows} 行。", "请拆成几个文件后再上传。")
        rows.append(_row(line, number, hanging, spans, limits))
    return Table(name, squared(trimmed(rows)), range(1, len(rows) + 1), tuple(spans), captions)


def _row(
    line: html.HtmlElement, number: int, hanging: dict[int, tuple[int, str]], spans: list[Span], limits: Limits
) -> list[Cell]:
    """Cells of one row; ``hanging`` holds, by column, how many more rows a cell from above reaches, and its text."""
    row: list[Cell] = []
    waiting: dict[int, tuple[int, str]] = {}
    for cell in line.iter("td", "th"):
        _take_hanging(row, hanging, waiting)
        if len(row) >= limits.columns:
            raise Invalid(f"网页表格超过 {limits.columns} 列。", "请删去多余的列后再上传。")
        width = min(_span(cell, "colspan", limits.columns), limits.columns - len(row))
        height = _span(cell, "rowspan", limits.rows)
        value = _cell_text(cell)
        if width > 1 or height > 1:
            spans.append(Span(number, len(row), number + height - 1, len(row) + width - 1))
        if height > 1:
            waiting.update(dict.fromkeys(range(len(row), len(row) + width), (height - 1, value)))
        row += [value] * width
    for column in sorted(hanging):
        row.extend([""] * (column - len(row)))
        _take_hanging(row, hanging, waiting)
    hanging.update(waiting)
    return row


def _take_hanging(row: list[Cell], hanging: dict[int, tuple[int, str]], waiting: dict[int, tuple[int, str]]) -> None:
    while len(row) in hanging:
        left, value = hanging.pop(len(row))
        if left > 1:
            waiting[len(row)] = (left - 1, value)
        row.append(value)


def _span(cell: html.HtmlElement, name: str, most: int) -> int:
    value = (cell.get(name) or "1").strip()
    return max(1, min(int(value), most)) if value.isdecimal() and len(value) < 8 else 1


def _hidden_rows(element: html.HtmlElement, table: Table) -> list[Finding]:
    hidden = [index for index, line in enumerate(element.iter("tr"), 1) if _HIDDEN.search(line.get("style") or "")]
    if not hidden:
        return []
    message = f"有 {len(hidden)} 行在网页里是隐藏的，也已读入；不需要的请删去后再导入。"
    place = Place(sheet=table.name, row=hidden[0])
    return [Notice.HIDDEN_ROWS.at(place, message)]
