"""The pages of the power list."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lianfang.foundation.accounts.permission import allow_anywhere
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.organisation.queries import unit_name, units_where
from lianfang.foundation.web.edit_page import EditPage, opened_for_editing
from lianfang.foundation.web.hanging import hanging_on
from lianfang.foundation.web.navigation import record_address
from lianfang.foundation.web.register_pages import actor_of, pager_of, step_view, steps_for, wanted_of
from lianfang.foundation.web.values import Column, Step
from lianfang.kernel.areas import KeyArea
from lianfang.registers.powers import actions
from lianfang.registers.powers.forms import ASKS, STEPS, PowerForm
from lianfang.registers.powers.queries import PowerDetail, power_detail, power_page
from lianfang.registers.powers.rows import PowerCategory, PowerRow
from lianfang.registers.powers.rules.completeness import Completeness
from lianfang.registers.powers.scores import Completion, Scorer, scorer, scores_under
from lianfang.registers.powers.states import PowerState

COLUMNS = (
    Column("number", "编号", "code"),
    Column("name", "职权名称", "name"),
    Column("unit", "单位"),
    Column("category", "类别"),
    Column("key_area", "重点领域"),
    Column("time_limit", "期限"),
    Column("completeness", "八要素", "number", hint="职权的八项要素中写实的项数；空话和失效的依据不算"),
    Column("state", "状态", "state"),
)
PAGE = EditPage("powers/edit.html", PowerForm, "powers:list", "powers:detail", "powers")
take_step = step_view(STEPS, ASKS, "powers:detail")


@login_required
@require_safe
def power_list(request: HttpRequest) -> HttpResponse:
    """The list, filtered by unit, category, key area, state and completeness, searched by words."""
    actor = actor_of(request)
    wanted = wanted_of(request, "category", "key_area", "state")
    score = scorer()
    scores = scores_under(actor, wanted.path, score)
    completion = Completion.read(request.GET.get("completeness", ""))
    page, lines = power_page(actor, wanted, scores.only(completion) if completion else None)
    context = {
        "lines": [(line, _score_of(line.row, score)) for line in lines],
        "scores": scores,
        "completions": Completion.choices(),
        "columns": COLUMNS,
        "pager": pager_of(page, wanted.size),
        "units": units_where(actor, Permission.POWERS_READ, Permission.POWERS_READ_APPROVED),
        "categories": PowerCategory.choices(),
        "areas": KeyArea.choices(),
        "states": PowerState.choices(),
        "may_draft": actor.may_anywhere(Permission.POWERS_DRAFT),
    }
    return render(request, "powers/list.html", context)


def _score_of(row: PowerRow, score: Scorer) -> Completeness | None:
    return None if row.state is PowerState.RETIRED else score(row)


@login_required
@require_safe
def power_page_of(request: HttpRequest, number: str) -> HttpResponse:
    """One power: its fields, its steps, what is wrong with it, what happened to it, what to do next."""
    actor = actor_of(request)
    detail = power_detail(actor, number)
    steps = steps_for(detail.moves, detail.row, "powers:step", ASKS, (*detail.findings, *detail.to_mend), detail.barred)
    steps = [*_after_confirmation(detail), *steps]
    may_retire = any(move.name == "retire" for move in detail.moves)
    hanging = hanging_on(actor, PowerRow.kind, number) if may_retire else None
    context = {"detail": detail, "row": detail.row, "steps": steps, "hanging": hanging}
    return render(request, "powers/detail.html", context)


def _after_confirmation(detail: PowerDetail) -> Iterator[Step]:
    """What a confirmed power is for: its risk points are looked for step by step, in the room above."""
    chart = record_address("charts", detail.row.number) if detail.enters_risks else ""
    if chart:
        why = "职权已经确定：打开流程图，逐个环节查找风险点，再对定了级的风险点设计措施。"
        yield Step("逐环节查找风险点", chart, why=why, method="get")


@login_required
def new_power(request: HttpRequest) -> HttpResponse:
    """Draft a new power."""
    actor = actor_of(request)
    allow_anywhere(actor, Permission.POWERS_DRAFT)
    units = units_where(actor, Permission.POWERS_DRAFT)
    base = PowerRow(number="", unit=units[0][0] if units else "", name="")
    create = partial(actions.create_power, actor=actor)
    return PAGE.new(request, base, create, choices={"unit": units})


@login_required
def edit_power(request: HttpRequest, number: str) -> HttpResponse:
    """Change a power; the second of two editors is shown the first one's change and loses nothing."""
    actor = actor_of(request)
    row = opened_for_editing(request, power_detail(actor, number)).row
    change, read = partial(actions.edit_power, actor=actor), partial(power_detail, actor, number)
    return PAGE.edit(request, row, change, read, choices={"unit": [(row.unit, unit_name(row.unit))]})
