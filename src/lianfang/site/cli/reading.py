"""Commands that read a file and print what is in it; they need no database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from lianfang.foundation.documents.isolation import read_file
from lianfang.foundation.documents.known_lists import LeftList, TakenList, taken_lists
from lianfang.foundation.documents.limits import COMMAND_LINE
from lianfang.foundation.documents.sheet_read import sheet_in
from lianfang.foundation.documents.tables import Contents, FileKind
from lianfang.kernel.dates import FuzzyDate
from lianfang.kernel.errors import Absent, Invalid
from lianfang.kernel.findings import Finding
from lianfang.programme.plans.files import plan_text
from lianfang.programme.plans.reader import as_json, read_plan
from lianfang.programme.plans.rows import PlanRow
from lianfang.programme.plans.rules import findings_of
from lianfang.site.cli.answers import Output, complaints, say_json, say_table, screen
from lianfang.site.cli.frames import Command, Group
from lianfang.site.cli.sheets import as_imported, demand_a_list, say_left, say_sheet, taken_objects, without_taken
from lianfang.site.lists_aside import aside
from lianfang.site.sheets import CARRIED_BY, SHEETS


def existing(files: Path | list[Path] | None) -> Path | list[Path] | None:
    """The files that a command was given: all of them are looked for before the first is worked on.

    Raises:
        Absent, Invalid: one is not there, or is a folder.
    """
    for file in [files] if isinstance(files, Path) else files or ():
        if file.is_dir():
            raise Invalid(f"“{file}”是文件夹，不是文件。", "请写出文件夹里的文件名。")
        if not file.exists():
            raise Absent(f"找不到文件“{file}”。", "请核对文件名和位置。")
    return files


File = Annotated[
    Path, typer.Argument(metavar="文件", readable=False, help="要读的文件", callback=existing, show_default=False)
]
Form = Annotated[Output, typer.Option("--format", help="text 给人看，json 给程序用")]

app = typer.Typer(cls=Group, no_args_is_help=True, add_completion=False, help="读取文件，不写入任何内容。")
plan = typer.Typer(cls=Group, no_args_is_help=True, help="实施方案。")
sheet = typer.Typer(cls=Group, no_args_is_help=True, help="清单和台账。")
app.add_typer(plan, name="plan")
app.add_typer(sheet, name="sheet")


@plan.command("read", cls=Command)
def plan_read(file: File, output: Form = Output.TEXT) -> None:
    """读一份实施方案：题目、阶段、任务、期限和自相矛盾之处。"""
    contents = read_file(file, COMMAND_LINE)
    plan_row = read_plan(plan_text(contents))
    _demand_no_list(contents, plan_row, file.name)
    findings = findings_of(plan_row)
    if file.suffix.lower() in _NOT_TEXT and contents.kind is FileKind.TEXT:
        said = f"“{file.name}”名为 {file.suffix}，里面其实是纯文本，按纯文本读。"
        complaints.print(said, highlight=False, markup=False, soft_wrap=True)
    if output is Output.JSON:
        say_json(as_json(plan_row, findings))
    elif _has_items(plan_row):
        _say_plan(plan_row, findings)
    if not _has_items(plan_row):
        raise Invalid(
            f"这不像一份方案（“{file.name}”）：找过阶段（第一阶段……）、期限（某月某日前报……）、任务和定期工作，一样也没有。",
            "请核对是不是拿错了文件；清单和台账用 lianfang sheet read 读。扫描件没有文字，读不出来。",
        )


def _demand_no_list(contents: Contents, plan_row: PlanRow, name: str) -> None:
    """A register or a ledger has cells that read like tasks, but neither stages nor deadlines.

    Raises:
        Invalid: the file is a list.
    """
    if plan_row.stages or plan_row.deadlines:
        return
    lists = taken_lists(contents, SHEETS, CARRIED_BY, aside)
    if any(isinstance(one, TakenList) for one in lists):
        raise Invalid(f"“{name}”是一份清单或台账，不是方案。", "请用 lianfang sheet read 读。")


_NOT_TEXT = {".pdf", ".doc", ".docx", ".wps", ".xls", ".xlsx", ".et", ".ods"}
"""Names that promise something else than plain text."""


def _has_items(plan_row: PlanRow) -> bool:
    """Whether there is anything in a text that only a plan has."""
    return bool(plan_row.stages or plan_row.deadlines or plan_row.tasks or plan_row.periodic)


def _say_plan(plan_row: PlanRow, findings: Iterable[Finding]) -> None:
    """A plan in tables, its dates as people write them."""
    screen.print(f"[bold]{escape(plan_row.title) or '（没有题目）'}[/]　{escape(plan_row.issuer)}", highlight=False)
    stages = [(stage.ordinal, stage.name, _said(stage.start), _said(stage.end)) for stage in plan_row.stages]
    say_table("阶段", ("序号", "名称", "起", "止"), stages)
    due = [
        (_said(row.date), "、".join(row.deliverables), row.submitter, "、".join(row.receivers))
        for row in plan_row.deadlines
    ]
    say_table("期限", ("日期", "报送什么", "谁报", "报给谁"), due)
    say_table("任务", ("阶段", "任务"), [(task.stage or "", task.name) for task in plan_row.tasks])
    duties = [(row.every, row.what, row.submitter, "、".join(row.receivers)) for row in plan_row.periodic]
    say_table("定期工作", ("多久", "做什么", "谁做", "报给谁"), duties)
    others = (*plan_row.milestones, *plan_row.terms)
    if others:
        say_table("文中其他日期和时限（没有读作期限）", ("日期", "原文"), [(one.date_text, one.text) for one in others])
    say_table("问题", ("代码", "说明"), [(found.code, found.message) for found in findings])


def _said(date: FuzzyDate | None) -> str:
    return date.chinese if date else ""


@sheet.command("read", cls=Command)
def sheet_read(file: File, output: Form = Output.TEXT) -> None:
    """读一份清单：是哪一种、每个表头读作什么、导入时进哪一栏、每一行的内容。认不出时返回 1。"""
    contents = read_file(file, COMMAND_LINE)
    lists = list(taken_lists(contents, SHEETS, CARRIED_BY, aside))
    taken = [one for one in lists if isinstance(one, TakenList)]
    left = [one for one in lists if isinstance(one, LeftList)]
    read: dict[str, Any] = as_imported(without_taken(sheet_in(contents), taken), taken)
    if output is Output.JSON:
        say_json({**read, "imports": taken_objects(taken), "left": [asdict(one) for one in left]})
    elif read["register"] or taken:
        say_sheet(read, taken)
        say_left(left)
    demand_a_list(read, taken, file.name)
