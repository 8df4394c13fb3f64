"""Write a document as PDF, as tables on A4 or A3 or as entries one below the other, with fonts that come along."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
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
    line_count,
    page_widths,
    tallest,
    text_width,
    with_breaks,
)
from lianfang.kernel.errors import Broken

_TEMPLATE = Path(__file__).parent / "content" / "table.typ"
_BODY = 10.0
"""Size of the body in points."""
_ENTRY_LINE = 84.0
"""Half-width characters of a value that goes across an upright page."""
_WHOLE_ENTRY = 30
"""An entry of up to so many lines is not divided between pages."""
_SHORT = 30
"""Half-width characters of a value that shares its line with another, where entries stand one below the other."""


@dataclass(frozen=True)
class _Sheet:
    """A landscape sheet: its paper, the half-width characters on its line, and their size in points."""

    paper: str
    line: float
    size: float


_SHEETS = (_Sheet("a4", 148, _BODY), _Sheet("a3", 218, _BODY), _Sheet("a3", 256, 8.5))
"""In the order in which they are tried; what fits none of them is written entry by entry on upright A4."""


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
    sheet = next((one for one in _SHEETS if all(fits(section, one.line) for section in document.sections)), None)
    return {
        "paper": sheet.paper if sheet else "a4",
        "flipped": sheet is not None,
        "size": sheet.size if sheet else _BODY,
        "title": document.title,
        "lines": [text for text in (document.subtitle, document.meta_line) if text],
        "sections": [_table(section, sheet.line) if sheet else _entries(section) for section in document.sections],
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
        pairs = [{"heading": heading, "text": text, "short": _is_short(text)} for heading, text in filled]
        lines = sum(line_count(text, _ENTRY_LINE) for _, text in filled)
        entries.append({"pairs": pairs, "whole": lines <= _WHOLE_ENTRY})
    return {"heading": section.heading, "note": section.note, "entries": entries}


def _is_short(text: str) -> bool:
    return "\n" not in text and text_width(text) <= _SHORT
