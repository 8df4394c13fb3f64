"""The pages of parameters: as they stand in a unit, one with its history, a proposal, and the adjustments."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lianfang.foundation.parameters import actions
from lianfang.foundation.parameters.queries.adjustments import adjustment_detail, adjustment_page, adjustment_to_revise
from lianfang.foundation.parameters.queries.standings import OWN, standing, standing_to_change, standings
from lianfang.foundation.parameters.queries.units import deciding_units, may_propose, readable_unit
from lianfang.foundation.parameters.rows import AdjustmentRow
from lianfang.foundation.parameters.states import AdjustmentState
from lianfang.foundation.web.register_pages import (
    act_on,
    actor_of,
    opened_at,
    pager_of,
    step_view,
    steps_for,
    wanted_of,
)
from lianfang.foundation.web.values import Column, Tab
from lianfang.kernel.errors import Refused
from lianfang.site.parameters.forms import ASKS, STEPS, ProposalForm

COLUMNS = (
    Column("name", "参数", "name"),
    Column("value", "现行值", "word"),
    Column("default", "默认值", "word"),
    Column("origin", "由谁规定", "word"),
    Column("since", "生效日期", "date"),
    Column("basis", "批准人和依据"),
    Column("owner", "谁提出、谁批准"),
)
HISTORY_COLUMNS = (
    Column("number", "编号", "code"),
    Column("unit", "由谁规定", "word"),
    Column("before", "原值", "word"),
    Column("value", "新值", "word"),
    Column("since", "生效日期", "date"),
    Column("basis", "批准人和依据"),
    Column("reason", "理由", "name"),
)
CHANGE_COLUMNS = (
    Column("number", "编号", "code"),
    Column("name", "参数", "name"),
    Column("unit", "单位"),
    Column("before", "原值", "word"),
    Column("value", "新值", "word"),
    Column("proposer", "提出人"),
    Column("since", "生效日期", "date"),
    Column("state", "状态", "state"),
)
take_step = step_view(STEPS, ASKS, "parameters:change")


def tabs_of() -> list[Tab]:
    """The values, and the adjustments that made them."""
    return [
        Tab("values", "现行值", reverse("parameters:list")),
        Tab("changes", "调整记录", reverse("parameters:changes")),
    ]


@login_required
@require_safe
def parameter_list(request: HttpRequest) -> HttpResponse:
    """Every parameter as it stands in one unit today."""
    actor = actor_of(request)
    units = deciding_units(actor)
    context: dict[str, Any] = {
        "tabs": tabs_of(),
        "columns": COLUMNS,
        "units": [(one.number, one.name) for one in units],
    }
    if units:
        unit = readable_unit(actor, request.GET.get("unit", ""))
        found = groupby(standings(actor, unit), key=lambda one: one.definition.subject)
        context |= {"unit": unit, "groups": [(subject, list(lines)) for subject, lines in found]}
    return render(request, "parameters/list.html", context)


@login_required
@require_safe
def parameter(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """One parameter in one unit: what it decides, what holds, what was decided before, and by whom it is decided."""
    actor = actor_of(request)
    unit = readable_unit(actor, number)
    found = standing(actor, unit, code)
    context = {
        "unit": unit,
        "standing": found,
        "definition": found.definition,
        "deciders": found.deciders,
        "columns": HISTORY_COLUMNS,
        "may_propose": found.open is None and may_propose(actor, unit, found.definition),
    }
    return render(request, "parameters/detail.html", context)


@login_required
def propose(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Propose another value of one parameter for one unit."""
    actor = actor_of(request)
    unit, found = standing_to_change(actor, number, code)
    form = ProposalForm(request.POST or None, definition=found.definition, has_own=found.origin == OWN)

    def act() -> tuple[str, str]:
        wanted = AdjustmentRow(number="", unit=unit.number, parameter=code, **_said(form))
        row = actions.propose_adjustment(actor=actor, row=wanted)
        return f"已提出：{row.title}，等待批准。", reverse("parameters:change", args=[row.number])

    cancel = reverse("parameters:detail", args=[unit.number, code])
    context = {"unit": unit, "standing": found, "definition": found.definition, "cancel": cancel}
    return act_on(request, form, act, ("parameters/propose.html", context))


def _said(form: ProposalForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("value", "start", "reason")}


@login_required
@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """The adjustments that this person may see, whatever became of them."""
    wanted = wanted_of(request, "state")
    page, lines = adjustment_page(actor_of(request), wanted)
    context = {
        "tabs": tabs_of(),
        "lines": lines,
        "columns": CHANGE_COLUMNS,
        "pager": pager_of(page, wanted.size),
        "units": [(one.number, one.name) for one in deciding_units(actor_of(request))],
        "states": AdjustmentState.choices(),
    }
    return render(request, "parameters/changes.html", context)


@login_required
@require_safe
def change(request: HttpRequest, number: str) -> HttpResponse:
    """One adjustment: from what to what, why, by whom, since when, and what comes next."""
    detail = adjustment_detail(actor_of(request), number)
    steps = steps_for(detail.moves, detail.row, "parameters:step", ASKS, (), detail.barred)
    return render(request, "parameters/change.html", {"detail": detail, "row": detail.row, "steps": steps})


@login_required
def revise(request: HttpRequest, number: str) -> HttpResponse:
    """Change a proposal that came back, and propose it anew."""
    actor = actor_of(request)
    detail = adjustment_to_revise(actor, number)
    row, definition = detail.row, detail.definition
    if definition is None or (request.method != "POST" and not detail.revisable):
        raise Refused(f"{number} 现在不能由您修改。", "只有退回的调整，由有权提出的人修改后重新提出。")
    form = ProposalForm(request.POST or None, definition=definition, has_own=True, initial=ProposalForm.showing(row))
    version = opened_at(request, row)

    def act() -> tuple[str, str]:
        changed = replace(row, **_said(form))
        done = actions.revise_adjustment(actor=actor, row=changed, expected_version=version)
        return f"已重新提出：{done.title}，等待批准。", reverse("parameters:change", args=[number])

    cancel = reverse("parameters:change", args=[number])
    context = {"row": row, "detail": detail, "definition": definition, "version": version, "cancel": cancel}
    return act_on(request, form, act, ("parameters/propose.html", context))
