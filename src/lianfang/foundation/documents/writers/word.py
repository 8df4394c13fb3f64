"""Write a document as a Word file: landscape, A3 for many columns, official fonts, repeated headings, page numbers."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from lianfang.foundation.documents.cells import cell_text
from lianfang.foundation.documents.document import Document, Section
from lianfang.foundation.documents.writers.layout import WHOLE_LINES, fits, is_centred, page_widths, tallest

_TITLE_FONT, _HEAD_FONT, _BODY_FONT = "方正小标宋简体", "黑体", "仿宋_GB2312"
_LATIN_FONT = "Times New Roman"
_MARGIN = Mm(20)
_HEAD_COLOUR = "E8ECF1"
_TWIPS_PER_MM = 56.7
_LINE_A4, _LINE_A3 = 132.0, 195.0
"""Half-width characters of 10.5 pt that fit between the margins of a landscape sheet."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A landscape sheet: its sides in millimetres, and what fits on a line."""

    width: int
    height: int
    line: float
    size: str = "21"
    """Of the print in the table, in half points."""

    @classmethod
    def holding(cls, sections: Sequence[Section]) -> _Sheet:
        """The smallest sheet with the largest print that holds all columns side by side."""
        ways = (cls(297, 210, _LINE_A4), cls(420, 297, _LINE_A3), cls(420, 297, _LINE_A3 * 21 / 16, "16"))
        return next((way for way in ways if all(fits(section, way.line) for section in sections)), ways[-1])


def write_docx(document: Document, target: BinaryIO) -> None:
    """Write title, meta line and one table a section."""
    word = docx.Document()
    sheet = _Sheet.holding(document.sections)
    _set_page(word, sheet)
    _paragraph(word, document.title, _TITLE_FONT, 22, WD_ALIGN_PARAGRAPH.CENTER, after=6)
    for text in filter(None, (document.subtitle, document.meta_line)):
        _paragraph(word, text, _BODY_FONT, 12, WD_ALIGN_PARAGRAPH.CENTER, after=6)
    for section in document.sections:
        if section.heading:
            heading = _paragraph(word, section.heading, _HEAD_FONT, 14, WD_ALIGN_PARAGRAPH.LEFT, after=4)
            heading.paragraph_format.keep_with_next = True
        _add_table(word, section, sheet)
        if section.note:
            _paragraph(word, section.note, _BODY_FONT, 11, WD_ALIGN_PARAGRAPH.LEFT, after=6)
    if document.footer:
        _paragraph(word, document.footer, _BODY_FONT, 11, WD_ALIGN_PARAGRAPH.LEFT, after=0)
    _set_properties(word.core_properties, document)
    word.save(target)


def _set_properties(properties: Any, document: Document) -> None:
    now = datetime.datetime.now(tz=datetime.UTC)
    properties.title, properties.author, properties.comments = document.title, "", ""
    properties.created = properties.modified = now


def _set_page(word: Any, sheet: _Sheet) -> None:
    page = word.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Mm(sheet.width), Mm(sheet.height)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = _MARGIN
    style = word.styles["Normal"]
    style.font.name, style.font.size = _LATIN_FONT, Pt(11)
    look = style.element.get_or_add_rPr()
    look.get_or_add_rFonts().set(qn("w:eastAsia"), _BODY_FONT)
    _child(look, "w:lang", val="en-US", eastAsia="zh-CN")
    foot = page.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for before, field in (("第 ", "PAGE"), (" 页，共 ", "NUMPAGES")):
        _run(foot, before, _BODY_FONT, 10)
        _field(foot, field)
    _run(foot, " 页", _BODY_FONT, 10)


def _paragraph(word: Any, text: str, font: str, size: float, alignment: Any, *, after: float) -> Any:
    paragraph = word.add_paragraph()
    paragraph.alignment = alignment
    paragraph.paragraph_format.space_after = Pt(after)
    _run(paragraph, text, font, size)
    return paragraph


def _run(paragraph: Any, text: str, font: str, size: float) -> Any:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = _LATIN_FONT, Pt(size)
    _element(run).get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return run


def _field(paragraph: Any, name: str) -> None:
    """A field that Word fills in, such as PAGE."""
    run = _element(_run(paragraph, "", _BODY_FONT, 10))
    for kind in ("begin", None, "end"):
        if kind is None:
            element = OxmlElement("w:instrText")
            element.text = name
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run.append(element)


def _add_table(word: Any, section: Section, sheet: _Sheet) -> None:
    """Build the rows as elements directly: the library's cell objects are twenty times slower."""
    table = word.add_table(rows=0, cols=len(section.columns))
    table.style = "Table Grid"
    table.autofit = False
    grid = _element(table)
    _set_margins(grid)
    line = page_widths(section, sheet.line)
    widths = [int(width * (sheet.width - 2 * 20) * _TWIPS_PER_MM / sheet.line) for width in line]
    for place, width in zip(grid.tblGrid, widths, strict=True):
        place.set(qn("w:w"), str(width))
    head = [(column.heading, _HEAD_FONT, "center") for column in section.columns]
    grid.append(_row(head, widths, sheet.size, is_head=True, is_whole=True))
    looks = [(_BODY_FONT, "center" if is_centred(column) else "left") for column in section.columns]
    for cells in section.cells():
        texts = [(cell_text(cell), *look) for cell, look in zip(cells, looks, strict=True)]
        is_whole = tallest([text for text, *_ in texts], line) <= WHOLE_LINES
        grid.append(_row(texts, widths, sheet.size, is_head=False, is_whole=is_whole))


def _set_margins(grid: Any) -> None:
    margins = _child(grid.tblPr, "w:tblCellMar")
    for side in ("left", "right"):
        _child(margins, f"w:{side}", w="60", type="dxa")


def _row(cells: list[tuple[str, str, str]], widths: list[int], size: str, *, is_head: bool, is_whole: bool) -> Any:
    """A row; ``widths`` in twentieths of a point."""
    row = OxmlElement("w:tr")
    properties = OxmlElement("w:trPr")
    if is_whole:
        properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))
    row.append(properties)
    for (text, font, alignment), width in zip(cells, widths, strict=True):
        row.append(_cell(text, (font, size, alignment), width, shaded=is_head))
    return row


def _cell(text: str, look_of: tuple[str, str, str], width: int, *, shaded: bool) -> Any:
    font, size, alignment = look_of
    cell = OxmlElement("w:tc")
    properties = _child(cell, "w:tcPr")
    _child(properties, "w:tcW", w=str(width), type="dxa")
    if shaded:
        _child(properties, "w:shd", val="clear", color="auto", fill=_HEAD_COLOUR)
    _child(properties, "w:vAlign", val="center")
    for line in text.split("\n"):
        paragraph = _child(cell, "w:p")
        look = _child(paragraph, "w:pPr")
        _child(look, "w:spacing", before="20", after="20")
        _child(look, "w:jc", val=alignment)
        run = _child(paragraph, "w:r")
        font_look = _child(run, "w:rPr")
        _child(font_look, "w:rFonts", ascii=_LATIN_FONT, hAnsi=_LATIN_FONT, eastAsia=font)
        _child(font_look, "w:sz", val=size)
        _child(font_look, "w:lang", val="en-US", eastAsia="zh-CN")
        written = _child(run, "w:t")
        written.text = line
        written.set(qn("xml:space"), "preserve")
    return cell


def _element(part: Any) -> Any:
    """The XML element that a run or a table of the library stands for."""
    return part._element  # noqa: SLF001 - the library shows it no other way


def _child(parent: Any, tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)
    return element
