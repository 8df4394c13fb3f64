"""Write a document as PDF on A4 landscape with repeated headings and page numbers, with fonts that come along."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import BinaryIO

import pylopdf_fonts_zh_cn
import typst

from lianfang.foundation.documents.cells import cell_text
from lianfang.foundation.documents.document import Document, Section
from lianfang.foundation.documents.writers.layout import is_centred, page_widths, with_breaks
from lianfang.kernel.errors import Broken

_TEMPLATE = Path(__file__).parent / "content" / "table.typ"
_LINE = 148.0
"""Half-width characters of 10 pt that fit between the margins of the page."""

_KEPT_WHOLE = 1_500
"""Rows with fewer characters are not divided between pages."""


def write_pdf(document: Document, target: BinaryIO) -> None:
    """Write the PDF.

    Raises:
        Broken: when the typesetter refuses, which no document should bring about.
    """
    # A typesetter keeps no memory of its source and is not for several threads; only its fonts are worth keeping.
    compiler = typst.Compiler(str(_TEMPLATE), font_paths=_fonts())
    inputs = {"document": json.dumps(_plain(document), ensure_ascii=False)}
    try:
        content = compiler.compile(format="pdf", sys_inputs=inputs, pdf_tags=False)
    except typst.TypstError as error:
        raise Broken("排版程序没有生成 PDF。", details=[str(error)]) from error
    if not isinstance(content, bytes):
        raise Broken("排版程序没有生成 PDF。")
    target.write(content)


@functools.cache
def _fonts() -> typst.Fonts:
    """The fonts, read once a process: that takes longer than a page."""
    folder = str(pylopdf_fonts_zh_cn.serif_path().parent)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def _plain(document: Document) -> dict[str, object]:
    return {
        "title": document.title,
        "lines": [text for text in (document.subtitle, document.meta_line) if text],
        "sections": [_section(section) for section in document.sections],
        "footer": document.footer,
    }


def _section(section: Section) -> dict[str, object]:
    rows = [[with_breaks(cell_text(cell)) for cell in row] for row in section.cells()]
    return {
        "heading": section.heading,
        "note": section.note,
        "headings": [column.heading for column in section.columns],
        "widths": page_widths(section, _LINE),
        "centred": [is_centred(column) for column in section.columns],
        "rows": [{"cells": cells, "whole": sum(map(len, cells)) < _KEPT_WHOLE} for cells in rows],
    }
