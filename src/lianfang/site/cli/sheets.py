"""What ``lianfang sheet read`` says of a file: what each heading is read as, and what an import takes of each list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from lianfang.foundation.documents.field_names import FIELD_NAMES
from lianfang.foundation.documents.known_lists import LeftList, TakenList
from lianfang.foundation.documents.lexicon_powers import POWERS
from lianfang.foundation.documents.lexicon_risks import RISKS
from lianfang.foundation.documents.notices import Notice
from lianfang.kernel.errors import Invalid
from lianfang.registers.risks.sheets import STATED_GRADES
from lianfang.site.cli.answers import say_table, screen
from lianfang.site.cli.leftovers import unread_objects

_LABELS = {register.kind: register.label for register in (POWERS, RISKS)}
_ROWS_SHOWN = 5
_LONGEST_CELL = 40


def taken_objects(taken: Iterable[TakenList]) -> list[dict[str, Any]]:
    """The lists as an import takes them, as JSON material; a heading that is not imported has null."""
    return [
        {
            "register": one.sheet.kind,
            "title": one.sheet.title,
            "sheet": one.listing.table.name,
            "rows": len(one.listing.rows),
            "columns": {
                heading: _column_object(one, position) for position, heading in enumerate(one.listing.headings)
            },
            "unread": unread_objects(one.unread),
        }
        for one in taken
    ]


def without_taken(read: dict[str, Any], taken: Iterable[TakenList]) -> dict[str, Any]:
    """The reading without its complaints of columns that the general words have no field for and an import takes."""
    places = {str(one.listing.head_place(position)) for one in taken for position in _imported(one)}
    unread = Notice.UNKNOWN_COLUMN.code
    findings = [
        found for found in read["findings"] if found.get("code") != unread or str(found.get("place")) not in places
    ]
    return {**read, "findings": findings}


def as_imported(read: dict[str, Any], taken: Sequence[TakenList]) -> dict[str, Any]:
    """The reading, with what an import knows the list as where the general words know no such list."""
    if read["register"] or not taken:
        return read
    one = max(taken, key=lambda one: len(one.listing.rows))
    fields = {heading: name for heading, name in zip(one.listing.headings, one.fields, strict=True) if heading}
    rows = [{fields.get(heading) or heading: cell for heading, cell in row.items()} for row in read["rows"]]
    return {**read, "register": one.sheet.kind, "reason": "", "columns": {**read["columns"], **fields}, "rows": rows}


def _imported(taken: TakenList) -> list[int]:
    return [position for position in range(len(taken.listing.headings)) if taken.goes_to(position)]


def say_sheet(read: dict[str, Any], taken: Sequence[TakenList]) -> None:
    """Print what was read in words: first as published lists go, then list by list what an import takes."""
    kind = read["register"]
    if kind in _LABELS:
        screen.print(f"[bold]{_LABELS[kind]}[/]　{len(read['rows'])} 行")
        others = {
            one.listing.headings[at]: f"—（导入时读作{_field_shown(one, at)}）"
            for one in taken
            for at in _imported(one)
        }
        lines = [(h, FIELD_NAMES.get(f) or others.get(h, "—")) for h, f in read["columns"].items()]
        say_table("表头", ("文件里的表头", "读作"), lines)
        _say_rows(read["rows"][:_ROWS_SHOWN])
    for one in taken:
        what = f"“{one.sheet.title}”（“{one.listing.table.name}”，{len(one.listing.rows)} 行）"
        title = f"导入时只作核对：{what}" if one.sheet is STATED_GRADES else f"导入到{what}"
        lines = [
            (heading or "（没有表头）", _field_shown(one, position))
            for position, heading in enumerate(one.listing.headings)
        ]
        say_table(title, ("文件里的表头", "字段"), lines)
    if read["findings"]:
        faults = [(found.get("code", ""), found["message"], found.get("place", "")) for found in read["findings"]]
        say_table("请核对", ("代码", "说明", "位置"), faults)


def say_left(left: Iterable[LeftList]) -> None:
    """Print which lists of the file an import would leave, and why."""
    for one in left:
        screen.print(f"工作表“{one.name}”导入时不收：{one.reason}", highlight=False, markup=False, soft_wrap=True)


def demand_a_list(read: dict[str, Any], taken: Sequence[TakenList], name: str) -> None:
    """Pass if a list was found in the file.

    Raises:
        Invalid: there is none; it says why, as far as can be told.
    """
    if read["register"] or taken:
        return
    reasons = [found["message"] for found in read["findings"]]
    raise Invalid(
        f"“{name}”里没有认出任何清单：{read['reason']}",
        "请核对表头；也可以用 lianfang export 导出一张表作样子，把内容粘贴进去。",
        details=reasons,
    )


def _column_object(taken: TakenList, position: int) -> dict[str, str] | None:
    """The field of a column as JSON material; its register is named where it is not that of the list."""
    goes = taken.goes_to(position)
    if goes is None:
        return None
    sheet, name = goes
    register = {} if sheet is taken.sheet else {"register": sheet.kind}
    return {"field": name, "heading": sheet.column(name).heading, **register}


def _field_shown(taken: TakenList, position: int) -> str:
    goes = taken.goes_to(position)
    if goes is None:
        return "不导入"
    sheet, name = goes
    heading = sheet.column(name).heading
    return heading if sheet is taken.sheet else f"{sheet.title}：{heading}"


def _say_rows(rows: Sequence[dict[str, Any]]) -> None:
    fields = list(dict.fromkeys(field for row in rows for field in row))
    lines = [[_short(row.get(field)) for field in fields] for row in rows]
    say_table(f"前 {len(rows)} 行", [FIELD_NAMES.get(field, field) for field in fields], lines)


def _short(value: object) -> str:
    text = "" if value is None else _LEVELS.get(str(value), str(value))
    return text if len(text) <= _LONGEST_CELL else f"{text[:_LONGEST_CELL]}…"


_LEVELS = {"HIGH": "高", "MEDIUM": "中", "LOW": "低"}
