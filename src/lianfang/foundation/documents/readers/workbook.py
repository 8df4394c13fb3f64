"""Read .xlsx, .xlsb, .xls (and .et) and .ods workbooks, with merged areas filled and hidden things reported."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
    XmlError,
    ZipError,
)

from lianfang.foundation.documents.archive import check_archive, open_archive, read_member
from lianfang.foundation.documents.limits import MEBIBYTE, Limits
from lianfang.foundation.documents.notices import Notice
from lianfang.foundation.documents.readers.shared_strings import demand_bounded_texts
from lianfang.foundation.documents.tables import Cell, Contents, FileKind, Span, Table, column_letters, squared, trimmed
from lianfang.kernel.errors import Invalid
from lianfang.kernel.findings import Finding, Place

_HIDDEN_ROWS_LOOKED_AT = 32 * MEBIBYTE
"""Larger sheets are not searched for hidden rows: unpacking them a second time costs a quarter of the whole read."""

_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*\shidden="(?:1|true)")[^>]*?\sr="(\d+)"')
_HIDDEN_COLUMN = re.compile(rb'<(?:\w+:)?col\b(?=[^>]*\shidden="(?:1|true)")[^>]*>')
_COLUMN_BOUND = re.compile(rb'\s(min|max)="(\d{1,5})"')
_SHEET_TARGET = re.compile(rb'<(?:\w+:)?sheet\b[^>]*?\bname="([^"]*)"[^>]*?\br:id="([^"]*)"')
_DAMAGED = "工作簿已损坏或不是正常的 Excel 文件，无法读取。"
_RESAVE = "请在办公软件中打开并另存为 .xlsx 后再上传。"


def read_workbook(content: bytes, kind: FileKind, limits: Limits, *, hidden_sheets: bool = False) -> Contents:
    """Read every visible sheet (and hidden ones when asked).

    Raises:
        Invalid: when the file is encrypted, damaged or larger than the limits.
    """
    archive = None
    if kind is not FileKind.XLS:
        archive = open_archive(content)
        check_archive(archive, len(content), limits)
        demand_bounded_texts(archive, limits)
    workbook = _opened(content)
    if not workbook.sheets_metadata:
        raise Invalid(_DAMAGED, _RESAVE)
    findings: list[Finding] = []
    tables = []
    for meta in workbook.sheets_metadata[: limits.tables]:
        if meta.typ != SheetTypeEnum.WorkSheet:
            continue
        if meta.visible != SheetVisibleEnum.Visible and not hidden_sheets:
            findings.append(_hidden_sheet(meta))
            continue
        table = _table(workbook, meta.name, limits)
        if table.rows:
            tables.append(table)
            findings += _merges_unknown(kind, table)
            if archive is not None and kind is FileKind.XLSX:
                findings += _hidden(archive, table, limits)
    return Contents(kind, tuple(tables), (), tuple(findings))


def _opened(content: bytes) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except PasswordError as error:
        raise Invalid("文件已加密，没有密码无法打开。", "请去掉打开密码，另存后再上传。") from error
    except (CalamineError, XmlError, ZipError, OSError, ValueError) as error:
        raise Invalid(_DAMAGED, _RESAVE) from error


def _table(workbook: CalamineWorkbook, name: str, limits: Limits) -> Table:
    try:
        sheet = workbook.get_sheet_by_name(name)
    except (CalamineError, XmlError, ZipError, OSError, ValueError) as error:
        raise Invalid(f"工作表“{name}”已损坏，无法读取。", _RESAVE) from error
    _check_width(sheet, name, limits)
    rows: list[list[Cell]] = trimmed(_simple(sheet.to_python(skip_empty_area=False, nrows=limits.rows + 1_001)))
    if len(rows) > limits.rows:
        raise Invalid(
            f"工作表“{name}”超过 {limits.rows} 行。",
            limits.fewer_rows,
        )
    merged = _fill(rows, sheet.merged_cell_ranges or [])
    return Table(name, rows, range(1, len(rows) + 1), merged)


def _check_width(sheet: CalamineSheet, name: str, limits: Limits) -> None:
    last = sheet.end[1] if sheet.end else 0
    if last >= limits.columns:
        raise Invalid(
            f"工作表“{name}”最右边的内容在 {column_letters(last)} 列，超过允许的 {limits.columns} 列。",
            f"请删去 {column_letters(limits.columns)} 列以后的内容再上传。",
        )


def _simple(rows: list[list[Any]]) -> list[list[Cell]]:
    """Turn midnight datetimes into dates and times into text, looking only at columns that hold such cells."""
    odd = [
        index
        for index, column in enumerate(zip(*rows, strict=True))
        if not set(map(type, column)) <= {str, float, int, bool, datetime.date}
    ]
    for row in rows if odd else ():
        for index in odd:
            row[index] = _simple_cell(row[index])
    return rows


def _simple_cell(cell: object) -> Cell:
    if isinstance(cell, datetime.datetime):
        return cell.date() if cell.time() == datetime.time() else cell
    if isinstance(cell, (str, int, float, datetime.date)):
        return cell
    return str(cell)


def _fill(rows: list[list[Cell]], ranges: list[tuple[tuple[int, int], tuple[int, int]]]) -> tuple[Span, ...]:
    """Copy the value of each merged area into all its cells."""
    spans = []
    for (top, left), (bottom, right) in ranges:
        if top >= len(rows) or left >= len(rows[0]):
            continue
        last_row, last_column = min(bottom, len(rows) - 1), min(right, len(rows[0]) - 1)
        value = rows[top][left]
        for row in rows[top : last_row + 1]:
            row[left : last_column + 1] = [value] * (last_column + 1 - left)
        spans.append(Span(top, left, last_row, last_column))
    squared(rows)
    return tuple(spans)


def _hidden_sheet(meta: SheetMetadata) -> Finding:
    return Notice.HIDDEN_SHEET.at(
        Place(sheet=meta.name), f"工作表“{meta.name}”是隐藏的，没有读入；需要导入的，请先取消隐藏。"
    )


def _merges_unknown(kind: FileKind, table: Table) -> list[Finding]:
    if kind is not FileKind.ODS:
        return []
    message = "这种格式读不出合并单元格，合并区只有左上角有内容；请核对，或另存为 .xlsx 后再导入。"
    return [Notice.MERGES_UNKNOWN.at(Place(sheet=table.name), message)]


def _hidden(archive: zipfile.ZipFile, table: Table, limits: Limits) -> list[Finding]:
    """Findings about rows and columns that a person who looks at the sheet does not see."""
    member = _sheet_member(archive, table.name, limits)
    if member is None or archive.getinfo(member).file_size > _HIDDEN_ROWS_LOOKED_AT:
        return []
    xml = read_member(archive, member, limits)
    return [*_hidden_rows(xml, table), *_hidden_columns(xml, table)] if b"hidden=" in xml else []


def _hidden_columns(xml: bytes, table: Table) -> list[Finding]:
    columns: set[int] = set()
    for column in _HIDDEN_COLUMN.findall(xml.partition(b"sheetData")[0]):
        bounds = {name: int(number) for name, number in _COLUMN_BOUND.findall(column)}
        columns.update(range(bounds.get(b"min", 1) - 1, min(bounds.get(b"max", 0), table.width)))
    if not columns:
        return []
    shown = "、".join(map(column_letters, sorted(columns)))
    message = f"第 {shown} 列是隐藏的，也已读入；不需要的请删去后再导入。"
    return [Notice.HIDDEN_COLUMNS.at(Place(sheet=table.name, cell=f"{column_letters(min(columns))}1", row=1), message)]


def _hidden_rows(xml: bytes, table: Table) -> list[Finding]:
    numbers = [int(number) for number in _HIDDEN_ROW.findall(xml) if int(number) <= len(table.rows)]
    if not numbers:
        return []
    shown = "、".join(map(str, numbers[:10])) + ("等" if len(numbers) > 10 else "")
    message = f"第 {shown} 行是隐藏的，共 {len(numbers)} 行，也已读入；不需要的请删去后再导入。"
    place = Place(sheet=table.name, row=numbers[0])
    return [Notice.HIDDEN_ROWS.at(place, message)]


def _sheet_member(archive: zipfile.ZipFile, name: str, limits: Limits) -> str | None:
    """The archive member that holds the sheet of that name, through the workbook's relationships."""
    names = set(archive.namelist())
    if "xl/_rels/workbook.xml.rels" not in names:
        return None
    wanted = name.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;").encode()
    targets = dict(_SHEET_TARGET.findall(read_member(archive, "xl/workbook.xml", limits)))
    identifier = targets.get(wanted)
    if identifier is None:
        return None
    for link in re.findall(
        rb"<(?:\w+:)?Relationship\b[^>]*>", read_member(archive, "xl/_rels/workbook.xml.rels", limits)
    ):
        if b'Id="' + identifier + b'"' in link:
            target = re.search(rb'Target="/?(?:xl/)?([^"]*)"', link)
            member = f"xl/{target.group(1).decode('utf-8', 'replace')}" if target else ""
            return member if member in names else None
    return None
