"""Write a document as a designed workbook: title, frozen headings, filters, widths, print set-up, drop-down lists.

Long documents of one section take a faster way with the same look but without drop-down lists and explanations.
"""

from __future__ import annotations

import bisect
import datetime
import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import xlsxwriter
from rustpy_xlsxwriter import Format as BulkFormat
from rustpy_xlsxwriter import write_worksheet

from lianfang.foundation.documents.cells import cell_text
from lianfang.foundation.documents.columns import Column, Kind
from lianfang.foundation.documents.document import EXPLANATIONS, Document, Section
from lianfang.foundation.documents.tables import Cell
from lianfang.foundation.documents.writers.layout import (
    comfortable,
    fits,
    is_centred,
    page_widths,
    tallest,
    without_strays,
)
from lianfang.kernel.errors import Invalid

BULK_FROM = 5_000
LONGEST_CELL = 32_767
"""Characters in a cell of a workbook (the format's own limit)."""

_TITLE_FONT, _HEAD_FONT, _BODY_FONT = "方正小标宋简体", "黑体", "仿宋_GB2312"
_PAPER_A3, _PAPER_A4 = 8, 9
_SCALE_A3 = 80
"""Per cent at which a sheet is printed: 11 pt come out at 9 pt."""
_LONGEST_LIST = 255
_SPARE_ROWS = 500
_LINE_A3, _LINE_A4 = 258.0, 166.0
"""Half-width characters of 11 pt between the margins of a landscape sheet, printed at that scale."""
_LINE_HEIGHT, _ROOM = 16.5, 8
"""Points that a line takes, in the tallest of the fonts that stand in for ours, and what is left above and below."""
_PADDING = 2.6
"""Half-width characters of a column that no text fills: the indent, and the edge on the right."""
_HIGHEST_ROW = 409
_HEAD_COLOUR = "#E8ECF1"
_FORBIDDEN_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", "_"))


def write_xlsx(document: Document, target: BinaryIO) -> None:
    """Write one sheet a section.

    Raises:
        Invalid: when a cell holds more than 32,767 characters.
    """
    if document.row_count > BULK_FROM and len(document.sections) == 1 and not document.fill_in:
        _write_bulk(document, target)
        return
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(target, options) as workbook:
        workbook.set_properties({"title": document.title})
        looks = _Looks.of(workbook)
        names = _sheet_names(document)
        for name, section in zip(names, document.sections, strict=True):
            _write_section(workbook.add_worksheet(name), document, section, looks)
        if document.fill_in:
            _write_explanations(workbook.add_worksheet(EXPLANATIONS), document, looks)


@dataclass(frozen=True, slots=True)
class _Looks:
    """The cell formats of a workbook."""

    title: Any
    subtitle: Any
    head: Any
    required: Any
    text: Any
    date: Any
    whole: Any
    centred: Any
    note: Any

    @classmethod
    def of(cls, workbook: Any) -> _Looks:
        body = {"font_name": _BODY_FONT, "font_size": 11, "valign": "vcenter", "border": 1, "text_wrap": True}
        head = body | {"font_name": _HEAD_FONT, "align": "center", "bg_color": _HEAD_COLOUR}
        plain = {"font_name": _BODY_FONT, "font_size": 11, "valign": "vcenter", "text_wrap": True}
        return cls(
            title=workbook.add_format(
                {"font_name": _TITLE_FONT, "font_size": 20, "align": "center", "valign": "vcenter"}
            ),
            subtitle=workbook.add_format(plain | {"align": "center"}),
            head=workbook.add_format(head),
            required=workbook.add_format(head | {"font_color": "#9C0006"}),
            text=workbook.add_format(body | {"num_format": "@", "indent": 1}),
            date=workbook.add_format(body | {"num_format": "yyyy-mm-dd", "align": "center"}),
            whole=workbook.add_format(body | {"num_format": "0", "align": "center"}),
            centred=workbook.add_format(body | {"num_format": "@", "align": "center"}),
            note=workbook.add_format(plain),
        )

    def of_column(self, column: Column) -> Any:
        if column.kind is Kind.DATE:
            return self.date
        if column.kind is Kind.WHOLE:
            return self.whole
        return self.centred if is_centred(column) else self.text


def _write_section(sheet: Any, document: Document, section: Section, looks: _Looks) -> None:
    last, widths = max(len(section.columns) - 1, 0), _widths(section)
    above = [(document.title, looks.title, 36)]
    above += [(text, looks.subtitle, 20) for text in (document.subtitle, section.heading, document.meta_line) if text]
    for row, (text, look, height) in enumerate(above):
        sheet.set_row(row, height)
        _write_across(sheet, row, _on_first_page(section, widths), text, look)
    head = len(above)
    sheet.set_row(head, 30)
    for position, column in enumerate(section.columns):
        sheet.set_column(position, position, widths[position])
        sheet.write_string(head, position, column.heading, looks.required if column.required else looks.head)
    row_looks = [looks.of_column(column) for column in section.columns]
    for row, cells in enumerate(section.cells(), head + 1):
        lines = tallest([cell_text(cell) for cell in cells], [width - _PADDING for width in widths])
        sheet.set_row(row, min(max(lines * _LINE_HEIGHT + _ROOM, 24), _HIGHEST_ROW))
        for position, cell in enumerate(cells):
            _write(sheet, row, position, cell, row_looks[position])
    end = head + len(section.rows)
    for text in filter(None, (section.note, document.footer)):
        end += 1
        _write_across(sheet, end, last, text, looks.note)
    _set_up(sheet, head, last, section)
    if document.fill_in:
        _add_lists(sheet, section, head)


def _paper(section: Section) -> int:
    return _PAPER_A4 if fits(section, _LINE_A4) else _PAPER_A3


def _is_too_wide(section: Section) -> bool:
    """Whether not even the larger sheet holds the columns side by side: then they go on to further sheets."""
    return not fits(section, _LINE_A3)


def _widths(section: Section) -> list[float]:
    """Column widths in characters: what fills the sheet, so that nothing is scaled down to small print."""
    wanted = sum(column.width * 2.0 + 2 for column in section.columns)
    line = _LINE_A4 if _paper(section) == _PAPER_A4 else _LINE_A3
    widths = page_widths(section, comfortable(section) if _is_too_wide(section) else min(wanted, line))
    return without_strays(section, widths, _PADDING)


def _on_first_page(section: Section, widths: Sequence[float]) -> int:
    """The last column over which a title stands: well within the first page where columns go on to further ones."""
    if not _is_too_wide(section):
        return max(len(widths) - 1, 0)
    return max(bisect.bisect_right(list(itertools.accumulate(widths)), _LINE_A3 * 0.7) - 1, 0)


def _write_across(sheet: Any, row: int, last: int, text: str, look: Any) -> None:
    if last > 0:
        sheet.merge_range(row, 0, row, last, "", look)
    sheet.write_string(row, 0, text, look)


def _write(sheet: Any, row: int, position: int, cell: Cell, look: Any) -> None:
    if isinstance(cell, datetime.date):
        sheet.write_datetime(row, position, cell, look)
    elif isinstance(cell, bool) or cell == "":
        sheet.write_string(row, position, "是" if cell else "", look)
    elif isinstance(cell, (int, float)):
        sheet.write_number(row, position, cell, look)
    else:
        sheet.write_string(row, position, _fitting(cell, row), look)


def _fitting(text: str, row: int) -> str:
    if len(text) > LONGEST_CELL:
        raise Invalid(
            f"第 {row + 1} 行有一个单元格超过 {LONGEST_CELL} 个字，Excel 放不下。", "请缩短文字，或导出为 CSV 或 JSON。"
        )
    return text


def _set_up(sheet: Any, head: int, last: int, section: Section) -> None:
    sheet.freeze_panes(head + 1, 1 if last > 3 else 0)
    sheet.autofilter(head, 0, head + max(len(section.rows), 1), last)
    sheet.set_landscape()
    sheet.set_paper(_paper(section))
    if _is_too_wide(section):
        sheet.set_print_scale(_SCALE_A3)
        sheet.repeat_columns(0)
        sheet.print_across()
    else:
        sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)
    sheet.set_margins(left=0.6, right=0.6, top=0.75, bottom=0.75)
    sheet.center_horizontally()
    sheet.set_footer("&C第 &P 页，共 &N 页")


def _add_lists(sheet: Any, section: Section, head: int) -> None:
    """Drop-down lists, and the example as an input message."""
    last = head + len(section.rows) + _SPARE_ROWS
    for position, column in enumerate(section.columns):
        allowed = list(column.allowed)
        if allowed and len(",".join(allowed)) <= _LONGEST_LIST:
            options = {
                "validate": "list",
                "source": allowed,
                "error_title": "请从列表中选择",
                "error_message": f"“{column.heading}”只能从列表中选择。",
            }
            sheet.data_validation(head + 1, position, last, position, options)


def _write_explanations(sheet: Any, document: Document, looks: _Looks) -> None:
    headings = ("表", "列", "是否必填", "怎样填写", "示例")
    for position, (heading, width) in enumerate(zip(headings, (24, 20, 10, 70, 40), strict=True)):
        sheet.set_column(position, position, width)
        sheet.write_string(0, position, heading, looks.head)
    row = 1
    for section in document.sections:
        for column in section.columns:
            required = "必填" if column.required else "可以不填"
            texts = (section.heading or document.title, column.heading, required, explanation(column), column.example)
            for position, text in enumerate(texts):
                sheet.write_string(row, position, text, looks.centred if position == 2 else looks.text)
            row += 1
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(_PAPER_A4)
    sheet.fit_to_pages(1, 0)


def explanation(column: Column) -> str:
    """How to fill in a column, in one or two sentences."""
    allowed = f"只能填：{'、'.join(column.allowed)}。" if column.allowed else ""
    words = f"可填多个，用顿号隔开：{'、'.join(word.label for word in column.words)}。" if column.words else ""
    by_kind = {
        Kind.ITEMS: "每条一行，或写成 1．2．3．分条。",
        Kind.NAMES: "可填多个，用顿号隔开。",
        Kind.DATE: "日期，例如 2026-03-01。",
        Kind.WHOLE: "整数。",
        Kind.WORDS: words,
        Kind.REFERENCE: "填对应条目的编号。",
        Kind.REFERENCES: "填对应条目的编号，多个用顿号隔开。",
    }
    return f"{by_kind.get(column.kind, '')}{allowed}{column.note}"


def _sheet_names(document: Document) -> list[str]:
    """Sheet names that the format allows: 31 characters, no signs, all different."""
    names: list[str] = []
    for number, section in enumerate(document.sections, 1):
        name = (section.heading or document.title).translate(_FORBIDDEN_IN_NAMES)[:28].strip() or f"表{number}"
        names.append(
            name if name.casefold() not in {other.casefold() for other in names} else f"{name[:26]}（{number}）"
        )
    return names


def _write_bulk(document: Document, target: BinaryIO) -> None:
    section = document.sections[0]
    head = 2 if document.meta_line else 1
    last = max(len(section.columns) - 1, 1)
    title = BulkFormat().set_font_name(_TITLE_FONT).set_font_size(20).set_align("center").set_align("vertical_center")
    merged: list[Any] = [(0, 0, 0, last, document.title, title)]
    if document.meta_line:
        centred = BulkFormat().set_font_name(_BODY_FONT).set_align("center")
        merged.append((1, 0, 1, last, document.meta_line, centred))
    write_worksheet(
        _records(section, head),
        target,
        sheet_name=_sheet_names(document)[0],
        header_row=head,
        merge_ranges=merged,
        row_heights={0: 36.0, head: 30.0},
        freeze_row=head + 1,
        autofilter=True,
        datetime_format="yyyy-mm-dd",
        column_widths=_widths(section),
        column_formats=[_bulk_look(column) for column in section.columns],
        header_format=_bulk_head(),
        page_setup={
            "landscape": True,
            "paper_size": _paper(section),
            "fit_to_pages": (math.ceil(comfortable(section) / _LINE_A3) if _is_too_wide(section) else 1, 0),
            "repeat_rows": head,
            "footer": "&C第 &P 页，共 &N 页",
        },
    )


def _bulk_head() -> BulkFormat:
    look = BulkFormat().set_font_name(_HEAD_FONT).set_font_size(11).set_align("center").set_align("vertical_center")
    return look.set_text_wrap().set_border("thin").set_background_color(_HEAD_COLOUR)


def _bulk_look(column: Column) -> BulkFormat:
    look = BulkFormat().set_font_name(_BODY_FONT).set_font_size(11).set_align("vertical_center").set_text_wrap()
    return look.set_border("thin").set_num_format("yyyy-mm-dd" if column.kind is Kind.DATE else "General")


def _records(section: Section, head: int) -> Iterator[dict[str, Cell]]:
    headings = [column.heading for column in section.columns]
    for number, cells in enumerate(section.cells(), head + 1):
        if any(isinstance(cell, str) and len(cell) > LONGEST_CELL for cell in cells):
            _fitting("".join(str(cell) for cell in cells), number)
        yield dict(zip(headings, cells, strict=True))
