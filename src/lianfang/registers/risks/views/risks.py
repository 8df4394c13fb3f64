"""The pages of risk points."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lianfang.foundation.accounts.permission import allow_anywhere
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.organisation.queries import units_where
from lianfang.foundation.web.edit_page import EditPage, opened_for_editing
from lianfang.foundation.web.hanging import hanging_on
from lianfang.foundation.web.register_pages import act_on, actor_of, opened_at, pager_of, step_view, steps_for
from lianfang.foundation.web.values import Column
from lianfang.kernel.levels import Grade
from lianfang.registers.risks.actions import risks as actions
from lianfang.registers.risks.forms import MergeForm, RiskForm
from lianfang.registers.risks.queries.places import own_name
from lianfang.registers.risks.queries.risks import merge_targets, risk_detail, risk_page
from lianfang.registers.risks.rows import RiskDimension, RiskRow, Tier
from lianfang.registers.risks.states import RiskState
from lianfang.registers.risks.steps import RISK_ASKS, RISK_STEPS
from lianfang.registers.risks.views.keeping import clean_wanted, filled_in, steps_offered, tied_choices, unit_first

COLUMNS = (
    Column("number", "编号", "code"),
    Column("statement", "风险点", "name"),
    Column("unit", "单位、岗位"),
    Column("dimension", "查找方面", "word"),
    Column("grade", "等级", "word"),
    Column("state", "状态", "state"),
)
PAGE = EditPage("risks/edit.html", RiskForm, "risks:list", "risks:detail", "risks")
take_step = step_view(RISK_STEPS, RISK_ASKS, "risks:detail")
FACETS = ("tier", "dimension", "grade", "state", "post", "power", "probability", "harm", "importance")


@login_required
@require_safe
def risk_list(request: HttpRequest) -> HttpResponse:
    """The list, filtered by unit, level, dimension, grade and state, searched by words."""
    actor = actor_of(request)
    wanted = clean_wanted(request, *FACETS)
    page, lines = risk_page(actor, wanted)
    asked = dict(wanted.facets)
    context = {
        "lines": lines,
        "columns": COLUMNS,
        "pager": pager_of(page, wanted.size),
        "units": units_where(actor, Permission.RISKS_READ, Permission.RISKS_READ_APPROVED),
        "tiers": Tier.choices(),
        "dimensions": RiskDimension.choices(),
        "grades": Grade.choices(),
        "states": RiskState.choices(),
        "narrowed": [
            f"{RiskRow.headings[name]} {asked[name]}"
            for name in ("post", "power", "probability", "harm", "importance")
            if name in asked
        ],
        "may_draft": actor.may_anywhere(Permission.RISKS_DRAFT),
    }
    return render(request, "risks/list.html", context)


@login_required
@require_safe
def risk_page_of(request: HttpRequest, number: str) -> HttpResponse:
    """One risk point: what it says, its grade and how it came about, what happened to it, what to do next."""
    actor = actor_of(request)
    detail = risk_detail(actor, number)
    steps = steps_for(
        detail.moves, detail.row, "risks:step", RISK_ASKS, (*detail.drafting_errors, *detail.to_mend), detail.barred
    )
    may_close = any(move.name == "close" for move in detail.moves)
    hanging = hanging_on(actor, RiskRow.kind, number) if may_close else None
    context = {"detail": detail, "row": detail.row, "steps": steps, "hanging": hanging}
    return render(request, "risks/detail.html", context)


@login_required
def new_risk(request: HttpRequest) -> HttpResponse:
    """Draft a new risk point; ``?post=``, ``?power=`` and ``?step=`` fill in where one came from."""
    actor = actor_of(request)
    allow_anywhere(actor, Permission.RISKS_DRAFT)
    if asking := unit_first(request):
        return asking
    base = RiskRow(number="", tier=Tier.POST, unit="", statement="", finder=own_name(actor))
    choices = tied_choices(actor, base, request.GET.get("unit", ""))
    base = filled_in(request, base, choices["unit"], "unit", "post", "power", "step")
    page = PAGE.showing(steps=steps_offered(request, base, choices))
    return page.new(request, base, partial(actions.create_risk, actor=actor), choices=choices)


@login_required
def edit_risk(request: HttpRequest, number: str) -> HttpResponse:
    """Change a risk point; the second of two editors is shown the first one's change and loses nothing."""
    actor = actor_of(request)
    row = opened_for_editing(request, risk_detail(actor, number)).row
    change, read = partial(actions.edit_risk, actor=actor), partial(risk_detail, actor, number)
    choices = tied_choices(actor, row)
    return PAGE.showing(steps=steps_offered(request, row, choices)).edit(request, row, change, read, choices=choices)


@login_required
def merge_risk(request: HttpRequest, number: str) -> HttpResponse:
    """Merge a proposed risk point into another one of its unit."""
    actor = actor_of(request)
    row = risk_detail(actor, number).row
    targets = merge_targets(actor, number)
    form = MergeForm(request.POST or None, targets=targets)
    back = reverse("risks:detail", args=[number])
    version = opened_at(request, row)

    def act() -> tuple[str, str]:
        actions.merge_risk(actor=actor, number=number, expected_version=version, **form.cleaned_data)
        return f"已合并：{number}。", back

    context = {"row": row, "targets": targets, "cancel": back, "version": version}
    return act_on(request, form, act, ("risks/merge.html", context))
