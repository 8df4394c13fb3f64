"""The pages of regulations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import allow_anywhere, allow_at
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.organisation.queries import unit_name, unit_paths, units_where
from lianfang.foundation.web.edit_page import EditPage
from lianfang.foundation.web.register_pages import (
    act_on,
    actor_of,
    opened_at,
    pager_of,
    step_view,
    steps_for,
    wanted_of,
)
from lianfang.foundation.web.values import Column, Step, Tab
from lianfang.registers.regulations import actions
from lianfang.registers.regulations.coverage import mechanisms_of, tally_of
from lianfang.registers.regulations.forms import ASKS, STEPS, EvaluationForm, IssueForm, RegulationForm
from lianfang.registers.regulations.queries import (
    RegulationDetail,
    editable_regulation,
    evaluable_regulation,
    power_choices,
    readable_bureaus,
    regulation_detail,
    regulation_page,
    replaceable,
)
from lianfang.registers.regulations.rows import ChangeKind, Mechanism, RegulationRow
from lianfang.registers.regulations.states import RegulationState

COLUMNS = (
    Column("number", "编号", "code"),
    Column("title", "制度名称", "name"),
    Column("unit", "单位"),
    Column("change", "评估结论", "word"),
    Column("powers", "覆盖职权", "number"),
    Column("mechanism", "机制", "word"),
    Column("effective_on", "施行日期", "date"),
    Column("state", "状态", "state"),
)
UNIT_COLUMNS = (
    Column("unit", "单位"),
    Column("powers", "职权", "number"),
    Column("covered", "已有制度", "number"),
    Column("drafting", "起草中", "number"),
    Column("bare", "没有制度", "number"),
    Column("percent", "覆盖率"),
)
BARE_COLUMNS = (
    Column("number", "编号", "code"),
    Column("title", "职权名称", "name"),
    Column("unit", "单位"),
    Column("key_area", "重点领域"),
    Column("drafting", "情况", "word"),
    Column("actions", "", "actions"),
)
MECHANISM_COLUMNS = (
    Column("mechanism", "机制", "word"),
    Column("gap", "情况", "state"),
    Column("in_effect", "施行中的制度", "name"),
    Column("drafting", "起草中的制度", "name"),
    Column("actions", "", "actions"),
)
PAGE = EditPage("regulations/edit.html", RegulationForm, "regulations:list", "regulations:detail", "regulations")
EVALUATION = replace(PAGE, template="regulations/evaluate.html", form=EvaluationForm)
take_step = step_view(STEPS, ASKS, "regulations:detail")


def tabs_of() -> list[Tab]:
    """The three pages of the room."""
    return [
        Tab("list", "制度清单", reverse("regulations:list")),
        Tab("coverage", "一权一制", reverse("regulations:coverage")),
        Tab("mechanisms", "六项机制", reverse("regulations:mechanisms")),
    ]


@login_required
@require_safe
def regulation_list(request: HttpRequest) -> HttpResponse:
    """The list, filtered by unit, conclusion, mechanism and state, searched by words."""
    actor = actor_of(request)
    wanted = wanted_of(request, "change", "mechanism", "state")
    page, lines = regulation_page(actor, wanted)
    context = {
        "tabs": tabs_of(),
        "lines": lines,
        "columns": COLUMNS,
        "pager": pager_of(page, wanted.size),
        "units": units_where(actor, Permission.REGULATIONS_READ, Permission.REGULATIONS_READ_APPROVED),
        "changes": ChangeKind.choices(),
        "mechanisms": Mechanism.choices(),
        "states": RegulationState.choices(),
        "may_draft": actor.may_anywhere(Permission.REGULATIONS_DRAFT),
    }
    return render(request, "regulations/list.html", context)


@login_required
@require_safe
def regulation_page_of(request: HttpRequest, number: str) -> HttpResponse:
    """One regulation: what it covers, how it was evaluated, what happened to it, what to do next."""
    detail = regulation_detail(actor_of(request), number)
    context = {"detail": detail, "row": detail.row, "steps": _steps(detail), "states": _way(detail)}
    return render(request, "regulations/detail.html", context)


def _steps(detail: RegulationDetail) -> list[Step]:
    steps = steps_for(detail.moves, detail.row, "regulations:step", ASKS, detail.findings, detail.blocked)
    # What cannot be done now stands below what can.
    return sorted(steps, key=lambda step: bool(step.blocked))


def _way(detail: RegulationDetail) -> list[RegulationState]:
    return [state for state in RegulationState if state is not RegulationState.REPEALED or detail.row.state is state]


@login_required
def new_regulation(request: HttpRequest) -> HttpResponse:
    """Enter a regulation, existing or intended."""
    actor = actor_of(request)
    allow_anywhere(actor, Permission.REGULATIONS_DRAFT)
    units = units_where(actor, Permission.REGULATIONS_DRAFT)
    given = request.GET.get("power", "")
    mechanism = Mechanism.read(request.GET.get("mechanism", "")) if request.GET.get("mechanism") else None
    base = RegulationRow(
        number="",
        unit=request.GET.get("unit") or (units[0][0] if units else ""),
        title="",
        change=ChangeKind.NEW,
        powers=(given,) if given else (),
        mechanism=mechanism,
    )
    choices = {**_choices(actor, base), "unit": units}
    return PAGE.new(request, base, partial(actions.create_regulation, actor=actor), choices=choices)


@login_required
def edit_regulation(request: HttpRequest, number: str) -> HttpResponse:
    """Change a regulation that is being evaluated."""
    actor = actor_of(request)
    # Once something was typed, the action itself objects, and the form keeps the text.
    row = (regulation_detail if request.method == "POST" else editable_regulation)(actor, number).row
    choices = {**_choices(actor, row), "unit": [(row.unit, unit_name(row.unit))]}
    change, read = partial(actions.edit_regulation, actor=actor), partial(regulation_detail, actor, number)
    return PAGE.edit(request, row, change, read, choices=choices)


@login_required
def evaluate(request: HttpRequest, number: str) -> HttpResponse:
    """Write the evaluation: conclusion, cause and three tests."""
    actor = actor_of(request)
    detail = (regulation_detail if request.method == "POST" else evaluable_regulation)(actor, number)
    row = detail.row
    # A new evaluation starts from nothing; the one that is being written goes on.
    fresh = row if row.state is RegulationState.EVALUATED else replace(row, change=None, cause=None, evaluation="")
    page = EVALUATION.showing(detail=detail, autosave=f"regulations/{number}/evaluate")
    change, read = partial(actions.evaluate_regulation, actor=actor), partial(regulation_detail, actor, number)
    return page.edit(request, fresh, change, read)


@login_required
def enforce(request: HttpRequest, number: str) -> HttpResponse:
    """Issue an adopted regulation: document number and day."""
    actor = actor_of(request)
    row = regulation_detail(actor, number).row
    allow_at(actor, Permission.REGULATIONS_ENFORCE, unit_paths([row.unit])[row.unit])
    today = {"document_number": row.document_number, "effective_on": row.effective_on or timezone.localdate()}
    form = IssueForm(request.POST or None, initial=today)
    back, version = reverse("regulations:detail", args=[number]), opened_at(request, row)

    def act() -> tuple[str, str]:
        actions.enforce_regulation(actor=actor, number=number, expected_version=version, issue=form.to_issue())
        return f"《{row.title}》已经施行。", back

    return act_on(request, form, act, ("regulations/enforce.html", {"row": row, "version": version, "cancel": back}))


@login_required
@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """一权一制 (S36): coverage of each unit, powers without a regulation, regulations without a power."""
    actor = actor_of(request)
    wanted = wanted_of(request)
    context = {
        "tabs": tabs_of(),
        "tally": tally_of(actor, wanted.path),
        "unit_columns": UNIT_COLUMNS,
        "bare_columns": BARE_COLUMNS,
        "units": units_where(actor, Permission.POWERS_READ, Permission.POWERS_READ_APPROVED),
        "may_draft": actor.may_anywhere(Permission.REGULATIONS_DRAFT),
    }
    return render(request, "regulations/coverage.html", context)


@login_required
@require_safe
def mechanisms(request: HttpRequest) -> HttpResponse:
    """The six mechanisms (S80) and their gaps, for one bureau at a time."""
    actor = actor_of(request)
    context = {"tabs": tabs_of(), "may_draft": actor.may_anywhere(Permission.REGULATIONS_DRAFT)}
    return render(request, "regulations/mechanisms.html", {**context, **_gaps(actor, request.GET.get("unit", ""))})


def _gaps(actor: User, unit: str) -> Mapping[str, Any]:
    bureaus = readable_bureaus(actor)
    chosen = next((bureau for bureau in bureaus if bureau.number == unit), bureaus[0] if bureaus else None)
    lines = mechanisms_of(actor, chosen.path) if chosen else []
    return {
        "bureau": chosen,
        "bureaus": [(bureau.number, bureau.name) for bureau in bureaus],
        "lines": lines,
        "columns": MECHANISM_COLUMNS,
        "gaps": sum(line.is_gap for line in lines),
    }


def _choices(actor: User, row: RegulationRow) -> dict[str, Any]:
    return {"powers": power_choices(actor, row), "replaces": replaceable(actor, row)}
