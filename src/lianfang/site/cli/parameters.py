"""The command that shows what the plan leaves open: every parameter as it stands in a unit on a day (S88)."""

from __future__ import annotations

import datetime
from typing import Annotated

import typer
from django.utils import timezone

from lianfang.foundation.accounts.console import console_actor
from lianfang.foundation.parameters.queries.standings import standings
from lianfang.foundation.parameters.queries.units import readable_unit
from lianfang.kernel.errors import Invalid
from lianfang.site.cli.answers import Output, say_json, say_table
from lianfang.site.cli.database import ready
from lianfang.site.parameters.api import ParameterValue, value_of


def parameters(
    unit: Annotated[str, typer.Option("--unit", help="局、分局或纪委监委的编号；不写则为第一个")] = "",
    day: Annotated[str, typer.Option("--day", help="按哪一天，如 2026-03-02；不写则为今天")] = "",
    output: Annotated[Output, typer.Option("--format", help="text 给人看，json 给程序用")] = Output.TEXT,
) -> None:
    """列出参数：现在（或某一天）按多少，谁规定的，凭什么。提出和批准在网页上办理。"""
    ready()
    actor, on = console_actor(), _read_day(day)
    place = readable_unit(actor, unit)
    values = [value_of(standing) for standing in standings(actor, place, on)]
    if output is Output.JSON:
        say_json([value.model_dump(mode="json") for value in values])
        return
    headings = ("参数", "数值", "默认值", "由谁规定", "生效日期", "批准人", "依据", "代码")
    say_table(f"{place.name}的参数（{on}）", headings, [_line(one) for one in values])


def _line(one: ParameterValue) -> tuple[object, ...]:
    since = one.in_force_from or ""
    return one.name, one.shown, one.default, one.origin, since, one.approver, one.basis, one.parameter


def _read_day(text: str) -> datetime.date:
    if not text:
        return timezone.localdate()
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as fault:
        raise Invalid(f"“{text}”不是日期。", "请写成 2026-03-02 这样。") from fault
