"""Commands that work on the database: importing, checking, exporting, serving."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from rich.progress import track

from lianfang.foundation.accounts.console import console_actor, open_administrators, reset_administrator
from lianfang.foundation.accounts.models import User
from lianfang.foundation.catalogue.upkeep import index_pending
from lianfang.foundation.documents.document import Format
from lianfang.foundation.documents.limits import COMMAND_LINE
from lianfang.foundation.documents.writers import write_table
from lianfang.foundation.lint.adopting import terms_on
from lianfang.foundation.organisation.queries import unit_paths
from lianfang.foundation.organisation.rows import UnitRow
from lianfang.kernel.errors import Absent, Invalid
from lianfang.kernel.findings import Finding, Place, Severity
from lianfang.site.checks.running import check_everywhere
from lianfang.site.cli import reading
from lianfang.site.cli.answers import Output, complaints, finding_object, say_json, say_table, screen
from lianfang.site.cli.database import build, ready
from lianfang.site.cli.documenting import reference
from lianfang.site.cli.frames import Command, Group
from lianfang.site.cli.imports import (
    demand_unit,
    outcome_object,
    read_named,
    say_outcomes,
    say_refused,
    take_in,
)
from lianfang.site.cli.parameters import parameters
from lianfang.site.cli.serving import holding, serve_until_stopped
from lianfang.site.demo import loading as demonstration
from lianfang.site.demo.pending import lay_out
from lianfang.site.demo.people import PARTS, open_accounts
from lianfang.site.exports import ledger_document, register_document
from lianfang.site.import_checks import gravest_first
from lianfang.site.importing import Preview, preview_together
from lianfang.site.intake import Taking
from lianfang.site.material import findings_under
from lianfang.site.registers import BY_KIND

app = typer.Typer(cls=Group, no_args_is_help=True, add_completion=False, help="廉防：廉政风险防控，从方案到台账。")
organisation = typer.Typer(cls=Group, no_args_is_help=True, help="单位、岗位、人员。")
app.add_typer(reading.plan, name="plan")
app.add_typer(reading.sheet, name="sheet")
ledger = typer.Typer(cls=Group, no_args_is_help=True, help="防控措施台账。")
app.add_typer(organisation, name="org")
app.add_typer(ledger, name="ledger")

Files = Annotated[
    list[Path],
    typer.Argument(metavar="文件", readable=False, help="要导入的文件", callback=reading.existing, show_default=False),
]
Form = Annotated[Output, typer.Option("--format", help="text 给人看，json 给程序用")]
Unit = Annotated[str, typer.Option("--unit", help="单位编号")]
Login = Annotated[str, typer.Option("--as", help="以谁的名义办理（登录名）；不写则记为命令行")]


def _actor(login: str) -> User:
    if not login:
        return console_actor()
    user = User.objects.filter(login=login, is_active=True).first()
    if user is None:
        raise Absent(f"没有登录名为“{login}”的账户。")
    return user


def _path(unit: str) -> str:
    if not unit:
        return ""
    path = unit_paths([unit]).get(unit)
    if path is None:
        raise Absent(f"没有编号为“{unit}”的单位。", "用 lianfang org import 导入单位，或核对编号。")
    return path


@app.command(cls=Command)
def migrate() -> None:
    """建立或升级数据库。"""
    build()


@app.command("import", cls=Command)
def import_files(
    files: Files,
    unit: Unit = "",
    login: Login = "",
    output: Form = Output.TEXT,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="只检查，不写入，查出的与导入时一样；不能导入时返回 1")
    ] = False,
    adopted: Annotated[str, typer.Option("--adopted", help="承接使用本系统之前已审定的清单：写明审定依据")] = "",
) -> None:
    """导入清单文件：先逐格检查，列出问题在哪里。

    有“改好才能导入”的错误，这个文件就一个字也不写入；其余问题不妨碍导入，错误改好才能提交。
    """
    ready()
    adopted, actor = terms_on("", adopted).basis, _actor(login)
    demand_unit(unit)
    terms = Taking(unit, COMMAND_LINE, adopting=bool(adopted), actor=actor)
    outcomes = [
        take_in(file, actor, terms, dry_run=dry_run, adopted=adopted)
        for file in track(files, description="导入", disable=output is Output.JSON, console=complaints)
    ]
    _index(quiet=output is Output.JSON)
    if output is Output.JSON:
        say_json([outcome_object(outcome) for outcome in outcomes])
    else:
        say_outcomes(outcomes)
    if say_refused(outcomes, dry_run=dry_run):
        raise typer.Exit(1)


def _index(*, quiet: bool) -> None:
    """Make what was stored quick to search; it can be found by slower means already."""
    for _ in track(index_pending(), description="编入检索", disable=quiet, console=complaints):
        pass


@organisation.command("import", cls=Command)
def organisation_import(files: Files, login: Login = "", output: Form = Output.TEXT) -> None:
    """导入单位、岗位、人员、任职。"""
    import_files(files, login=login, output=output)


@app.command(cls=Command)
def lint(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="文件", readable=False, help="要检查的文件；不写则检查数据库", callback=reading.existing
        ),
    ] = None,
    unit: Unit = "",
    login: Login = "",
    output: Form = Output.TEXT,
    store: Annotated[bool, typer.Option("--store", help="把结果存下来，供网页查看；总是检查整个局")] = False,
) -> None:
    """检查清单质量：准不准、全不全、深不深、合不合程序。有错误时返回 1。"""
    if files and store:
        raise Invalid("只有数据库的检查结果可以存下来。", "去掉文件名，或去掉 --store。")
    ready()
    if store:
        findings = check_everywhere(_actor(login), unit)
    else:
        findings = _lint_files(files, unit) if files else findings_under(_path(unit), timezone.localdate())
    if output is Output.JSON:
        say_json([finding_object(found) for found in findings])
    else:
        _say_findings(findings)
    if any(found.severity is Severity.ERROR for found in findings):
        raise typer.Exit(1)


def _lint_files(files: list[Path], unit: str) -> list[Finding]:
    """The files are checked together, as the lists of one bureau that they are."""
    papers = [read_named(file) for file in files]
    previews = preview_together(papers, Taking(unit, COMMAND_LINE, adopting=True))
    demand_unit(unit, _units_in(previews))
    findings: list[Finding] = []
    for file, previewed in zip(files, previews, strict=True):
        said = [*previewed.findings, *(found for intake in previewed.intakes for found in intake.findings)]
        findings += [replace(found, place=replace(found.place or Place(), file=file.name)) for found in said]
    return gravest_first(findings)


def _units_in(previews: Iterable[Preview]) -> Iterator[str]:
    """Numbers and names of the units that files bring themselves."""
    for previewed in previews:
        for intake in previewed.intakes:
            if intake.register.row is UnitRow:
                yield from (name for row in intake.rows for name in (row.number, row.name))


def _say_findings(findings: list[Finding]) -> None:
    lines = [
        (
            found.severity.label if found.severity else "",
            found.code,
            found.unit,
            found.number,
            found.message,
            found.place or "",
        )
        for found in findings
    ]
    say_table("检查结果", ("级别", "代码", "单位", "编号", "问题", "位置"), lines)
    counts = {level.label: sum(found.severity is level for found in findings) for level in Severity}
    screen.print("　".join(f"{label} {count}" for label, count in counts.items()))


@app.command(cls=Command)
def export(
    register: Annotated[str, typer.Argument(metavar="清单", help="清单名，如 powers、risks、controls")],
    to: Annotated[Path, typer.Option("--to", help="写到哪个文件；扩展名决定格式")],
    unit: Unit = "",
    login: Login = "",
    template: Annotated[bool, typer.Option("--template", help="只要空白表：表头、下拉选项和填表说明")] = False,
) -> None:
    """导出一种清单，格式由扩展名决定（xlsx、csv、docx、pdf、json）。"""
    if register not in BY_KIND:
        raise Absent(f"没有“{register}”这种清单。", f"可以导出：{'、'.join(BY_KIND)}。")
    ready()
    write_table(register_document(_actor(login), register, unit, template=template), to, _format(to))
    screen.print(f"已写入 {to}")


@ledger.command("export", cls=Command)
def ledger_export(
    unit: Unit, to: Annotated[Path, typer.Option("--to", help="写到哪个文件：.xlsx、.docx 或 .pdf")], login: Login = ""
) -> None:
    """导出一个单位的防控措施台账。"""
    ready()
    write_table(ledger_document(_actor(login), unit), to, _format(to))
    screen.print(f"已写入 {to}")


def _format(path: Path) -> Format:
    extension = path.suffix.lower().lstrip(".")
    if extension not in {known.value for known in Format}:
        raise Invalid(f"不能写成“{path.suffix}”。", f"可以写：{'、'.join(Format)}。")
    return Format(extension)


@app.command(cls=Command)
def administrators(
    reset: Annotated[str, typer.Option(help="给三员之一重设密码：登录名。三员彼此不能重设，只能在服务器上办")] = "",
) -> None:
    """设立系统管理员、安全管理员、安全审计员（已经有人的不再设立），打印一次性密码。"""
    ready()
    opened = [reset_administrator(reset)] if reset else open_administrators()
    say_table("三员", ("登录名", "角色", "一次性密码"), [(row.number, row.title, word) for row, word in opened])
    screen.print("密码只显示这一次，请分别当面交给三个人；本人第一次登录时必须改掉。", highlight=False)


@app.command(cls=Command)
def demo() -> None:
    """装入演示单位（已经装入的不再重复），打印登录名。"""
    build()
    home = Path(settings.HOME)
    if not demonstration.is_loaded():
        demonstration.demand_room()
        why = "上一次没有装完，现在接着装" if demonstration.is_begun() else "第一次启动"
        said = f"{why}：把演示单位的清单逐份导入，并替每个人办几件事，快的机器半分钟，慢的或者正忙的几分钟。"
        complaints.print(said, highlight=False, soft_wrap=True)
        day = demonstration.first_day(home, timezone.localdate())
        files = demonstration.papers(home / "demo-papers", today=day)
        demonstration.load(track(files, description="1/3 导入清单", console=complaints))
        with complaints.status("2/3 编入检索"):
            _index(quiet=True)
    with complaints.status("3/3 开设账户，摆好各人手头的事，检查清单质量"):
        password = open_accounts(home)
        lay_out()
    say_table("登录名", ("登录名", "是谁"), [(part.login, part.title) for part in PARTS])
    screen.print(f"密码都是：[bold]{password}[/]　先用 clerk 登录，再用 head、secretary。", highlight=False)
    screen.print(f"演示单位的全部文件在 {home / 'demo-papers'}，可以拿来练习导入。", highlight=False, soft_wrap=True)


@app.command(cls=Command)
def serve(
    host: Annotated[str, typer.Option(help="监听地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口", min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="进程数；SQLite 用 1 个最快", min=1, max=64)] = 1,
    with_demo: Annotated[bool, typer.Option("--demo", help="先装入演示单位")] = False,
) -> None:
    """在本机提供网页服务。"""
    with holding(host, port):
        if with_demo:
            demo()
        ready()
        call_command("collectstatic", interactive=False, verbosity=0)
        screen.print(f"廉防已启动：http://{host}:{port}/　（按 Ctrl+C 停止）")
        serve_until_stopped(host, port, workers)
    screen.print("廉防已停止。")


app.command(cls=Command)(parameters)
app.command(cls=Command)(reference)
