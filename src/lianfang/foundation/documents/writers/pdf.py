"""Write a document as PDF, as tables on A4 or A3 or as entries one below the other, with fonts that come along."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import BinaryIO

import pylopdf_fonts_zh_cn
import typst

from lianfang.foundation.documents.cells import cell_text
from lianfang.foundation.documents.document import Document, Section
from lianfang.foundation.documents.writers.layout import (
    WHOLE_LINES,
    fits,
    is_centred,
    page_widths,
    tallest,
    text_width,
    with_breaks,
)
from lianfang.kernel.errors import Broken

_TEMPLATE = Path(__file__).parent / "content" / "table.typ"
_LINE_A4, _LINE_A3 = 148.0, 218.0
"""Half-width characters of 10 pt that fit between the margins of a landscape page."""
_SHORT = 30
"""Half-width characters of a value that shares its line with another, where entries stand one below the other."""


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
    wide = [section for section in document.sections if not fits(section, _LINE_A4)]
    one_below_the_other = any(not fits(section, _LINE_A3) for section in wide)
    if one_below_the_other:
        sections = [_entries(section) for section in document.sections]
    else:
        sections = [_table(section, _LINE_A3 if wide else _LINE_A4) for section in document.sections]
    return {
        "paper": "a3" if wide and not one_below_the_other else "a4",
        "flipped": not one_below_the_other,
        "title": document.title,
        "lines": [text for text in (document.subtitle, document.meta_line) if text],
        "sections": sections,
        "footer": document.footer,
    }


def _table(section: Section, line: float) -> dict[str, object]:
    widths = page_widths(section, line)
    rows = [[with_breaks(cell_text(cell)) for cell in row] for row in section.cells()]
    return {
        "heading": section.heading,
        "note": section.note,
        "headings": [column.heading for column in section.columns],
        "widths": widths,
        "centred": [is_centred(column) for column in section.columns],
        "rows": [{"cells": cells, "whole": tallest(cells, widths) <= WHOLE_LINES} for cells in rows],
    }


def _entries(section: Section) -> dict[str, object]:
    """A section of more columns than a page holds: each entry by itself, heading beside value, empty ones left out."""
    headings = [column.heading for column in section.columns]
    entries = []
    for row in section.cells():
        named = [(heading, with_breaks(cell_text(cell))) for heading, cell in zip(headings, row, strict=True)]
        filled = [(heading, text) for heading, text in named if text]
        entries.append(
            [{"heading": heading, "text": text, "short": _is_short(text)} for heading, text in filled],
        )
    return {"heading": section.heading, "note": section.note, "entries": entries}


def _is_short(text: str) -> bool:
    return "\n" not in text and text_width(text) <= _SHORT
