"""Importing files one by one from the command line: what became of each, told to people and to programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lianfang.foundation.accounts.models import User
from lianfang.foundation.documents.isolation import read_file
from lianfang.foundation.documents.limits import COMMAND_LINE
from lianfang.foundation.documents.tables import Contents
from lianfang.foundation.organisation.queries import unit_names
from lianfang.kernel.errors import Absent, LianfangError
from lianfang.kernel.findings import Severity
from lianfang.site.cli.answers import complain, complaints, finding_object, say_table, screen
from lianfang.site.cli.faults import foreseen
from lianfang.site.cli.leftovers import unread_objects, warn_of_unread
from lianfang.site.directory import Directory
from lianfang.site.import_pages import READING, finding_groups, listed
from lianfang.site.importing import Preview, preview, store_preview
from lianfang.site.intake import Taking

_UNITS_NAMED = 10


@dataclass(frozen=True)
class Outcome:
    """What became of a file; ``error`` is what kept it from being read or stored, ``preview`` what was read of it."""

    file: Path
    preview: Preview
    stored: bool = False
    error: LianfangError | OSError | None = None

    @property
    def is_good(self) -> bool:
        """Whether the file was stored, or could be."""
        return self.error is None and self.preview.is_storable


def take_in(file: Path, actor: User, terms: Taking, *, dry_run: bool, adopted: str) -> Outcome:
    """Import one file, or only look whether it could be; a failure that can be foreseen is part of the outcome."""
    previewed = Preview([], [])
    try:
        previewed = preview(read_file(file, terms.limits), terms)
        if dry_run or not previewed.is_storable:
            return Outcome(file, previewed)
        store_preview(actor, previewed, f"导入文件 {file.name}", adopted)
    except (LianfangError, OSError) as error:
        return Outcome(file, previewed, error=error)
    return Outcome(file, previewed, stored=True)


def read_named(file: Path) -> Contents:
    """The contents of one of several files.

    Raises:
        LianfangError: it cannot be read; the message begins with the name of the file.
    """
    try:
        return read_file(file, COMMAND_LINE)
    except LianfangError as error:
        raise type(error)(f"“{file.name}”：{error.message}", error.remedy, details=error.details) from error


def demand_unit(unit: str, brought: Iterable[str] = ()) -> None:
    """Pass if ``unit`` is the number or the name of a registered unit, or one of those that the files bring.

    Raises:
        Absent: there is none, or it is not plain which; some units there are are named.
    """
    if not unit or unit in set(brought):
        return
    directory = Directory()
    directory.expect("units", [unit])
    if directory.resolve("units", unit) is not None:
        return
    if alike := directory.namesakes("units", unit):
        raise Absent(f"有 {len(alike)} 个单位叫“{unit}”。", "请写单位编号。", details=alike)
    names = unit_names()
    if not names:
        raise Absent(f"没有编号或名称为“{unit}”的单位。", "还没有登记任何单位，请先用 lianfang org import 导入单位。")
    remedy = "请核对编号；全部单位用 lianfang export units --to 单位.xlsx 列出。现有单位："
    shown = sorted(names.items())[:_UNITS_NAMED]
    more = [f"……共 {len(names)} 个"] if len(names) > len(shown) else []
    raise Absent(
        f"没有编号或名称为“{unit}”的单位。", remedy, details=[*(f"{number} {name}" for number, name in shown), *more]
    )


def outcome_object(outcome: Outcome) -> dict[str, Any]:
    """An outcome as JSON material."""
    tables = [
        {
            "register": intake.register.sheet.title,
            "table": intake.table,
            "created": len(intake.created),
            "changed": len(intake.changed),
            "unchanged": intake.unchanged,
            "findings": len(intake.findings),
            "unread": unread_objects(intake.unread),
            "listed": [finding_object(found) for found in intake.findings],
        }
        for intake in outcome.preview.intakes
    ]
    message, remedy = _told(outcome) if outcome.error else ("", "")
    return {
        "file": outcome.file.name,
        "stored": outcome.stored,
        "error": {"message": message, "remedy": remedy} if outcome.error else None,
        "tables": tables,
        "listed": [finding_object(found) for found in outcome.preview.findings],
    }


def _told(outcome: Outcome) -> tuple[str, str]:
    """What kept a file from being read or stored, and what to do."""
    words = foreseen(outcome.error) if outcome.error else None
    return words or (str(outcome.error), "")


def say_outcomes(outcomes: Iterable[Outcome]) -> None:
    """A table for each file, and on the standard error what is not taken of it."""
    for outcome in outcomes:
        if outcome.error:
            message, remedy = _told(outcome)
            details = outcome.error.details if isinstance(outcome.error, LianfangError) else ()
            complain(f"“{outcome.file.name}”：{message}", remedy, details=details)
            continue
        lines = [
            (
                intake.register.sheet.title,
                len(intake.created),
                len(intake.changed),
                intake.unchanged,
                *(sum(found.severity is level for found in listed(intake.findings)) for level in Severity),
            )
            for intake in outcome.preview.intakes
        ]
        title = f"{outcome.file.name}（{'已写入' if outcome.stored else '没有写入'}）"
        say_table(title, ("清单", "新增", "修改", "未变", *(level.label for level in Severity)), lines)
        warn_of_unread(outcome.file.name, unread_objects(outcome.preview.unread))
        if not outcome.preview.intakes:
            complain(
                f"“{outcome.file.name}”里没有认出任何清单。",
                f"请核对表头；用 lianfang sheet read {outcome.file.name} 看读到了什么。",
            )
        _say_found(outcome)


def _say_found(outcome: Outcome) -> None:
    """What was found in a file, split as on the page of the import; the same whether or not it was stored."""
    found = listed([*(one for intake in outcome.preview.intakes for one in intake.findings), *outcome.preview.findings])
    for group in finding_groups(found):
        lines = [(one.code, one.unit, one.number, one.message, one.place or "") for one in group.findings]
        title = f"{outcome.file.name}：{group.title}（{group.count}）"
        say_table(title, ("代码", "单位", "编号", "问题", "位置"), lines)
        if group.more:
            screen.print(f"另有 {group.more} 条没有列出；--format json 列出全部。", highlight=False)
    counts = {level: sum(one.severity is level for one in found) for level in Severity}
    barring = sum(one.severity is Severity.ERROR and one.code.startswith(READING) for one in found)
    of_errors = f"（改好才能导入 {barring}，改好才能提交 {counts[Severity.ERROR] - barring}）"
    said = (f"{level.label} {count}{of_errors if level is Severity.ERROR else ''}" for level, count in counts.items())
    if found:
        screen.print("　".join(said), highlight=False)


def say_refused(outcomes: Sequence[Outcome], *, dry_run: bool) -> bool:
    """Name the files that were not stored, or could not be; whether there are any."""
    names = "、".join(outcome.file.name for outcome in outcomes if not outcome.is_good)
    if names:
        what = "不能导入" if dry_run else "没有写入"
        complaints.print(f"{what}：{names}。请按检查结果修改文件后再次导入。", highlight=False, markup=False)
    if any(_lacks_unit(outcome) for outcome in outcomes):
        complaints.print("默认单位用 --unit 指定，写编号或名称都可以。", highlight=False, markup=False)
    return bool(names)


def _lacks_unit(outcome: Outcome) -> bool:
    """Whether some line of a file says no unit, and none was given for all of them."""
    findings = (found for intake in outcome.preview.intakes for found in intake.findings)
    return any(found.code == "IMP031" and found.field == "unit" for found in findings)
