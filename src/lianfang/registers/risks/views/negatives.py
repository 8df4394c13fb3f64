"""The pages of negative lists."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lianfang.foundation.accounts.permission import allow_anywhere
from lianfang.foundation.accounts.reading import reach
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.organisation.queries import post_names, unit_name, units_where
from lianfang.foundation.web.edit_page import EditPage, opened_for_editing
from lianfang.foundation.web.register_pages import actor_of, pager_of, step_view, steps_for
from lianfang.foundation.web.values import Column, Tab
from lianfang.kernel.errors import Absent
from lianfang.registers.risks.actions import negatives as actions
from lianfang.registers.risks.forms import NegativeForm
from lianfang.registers.risks.queries.negatives import negative_detail, negative_page, negative_sheet
from lianfang.registers.risks.queries.places import own_name, post_options
from lianfang.registers.risks.rows import NegativeRow, RiskDimension, Tier
from lianfang.registers.risks.states import NegativeState
from lianfang.registers.risks.steps import NEGATIVE_ASKS, NEGATIVE_STEPS
from lianfang.registers.risks.views.keeping import clean_wanted, filled_in, tied_choices, unit_first

COLUMNS = (
    Column("number", "编号", "code"),
    Column("prohibited", "禁止行为", "name"),
    Column("place", "单位、岗位"),
    Column("dimension", "查找方面", "word"),
    Column("tied", "对应职权或职责"),
    Column("state", "状态", "state"),
)
PAGE = EditPage("risks/negative_edit.html", NegativeForm, "risks:negatives", "risks:negative", "negatives")
take_step = step_view(NEGATIVE_STEPS, NEGATIVE_ASKS, "risks:negative")


def tier_tabs(query: QueryDict, url_name: str) -> list[Tab]:
    """全部 and the three levels, each keeping the other filters."""
    tabs = []
    for key, label in (("", "全部"), *((tier.value, f"{tier.label}清单") for tier in Tier)):
        changed = query.copy()
        for name in ("tier", "page"):
            changed.pop(name, None)
        if key:
            changed["tier"] = key
        tabs.append(Tab(key, label, f"{reverse(url_name)}?{changed.urlencode()}"))
    return tabs


@login_required
@require_safe
def negative_list(request: HttpRequest) -> HttpResponse:
    """The lists of the three levels as tabs, filtered by unit, post and dimension."""
    actor = actor_of(request)
    wanted = clean_wanted(request, "tier", "post", "dimension", "state", "power")
    page, lines = negative_page(actor, wanted)
    paths = reach(actor, Permission.RISKS_READ, Permission.RISKS_READ_APPROVED)
    context = {
        "lines": lines,
        "columns": COLUMNS,
        "pager": pager_of(page, wanted.size),
        "tabs": tier_tabs(request.GET, "risks:negatives"),
        "tier": request.GET.get("tier", ""),
        "units": units_where(actor, Permission.RISKS_READ, Permission.RISKS_READ_APPROVED),
        "posts": post_options((wanted.path,) if wanted.path else paths),
        "dimensions": RiskDimension.choices(),
        "states": NegativeState.choices(),
        "may_draft": actor.may_anywhere(Permission.RISKS_DRAFT),
    }
    return render(request, "risks/negatives.html", context)


@login_required
@require_safe
def negative_page_of(request: HttpRequest, number: str) -> HttpResponse:
    """One item: what must not be done, what it hangs on, what happened to it, what to do next."""
    detail = negative_detail(actor_of(request), number)
    steps = steps_for(detail.moves, detail.row, "risks:negative_step", NEGATIVE_ASKS, detail.findings, detail.barred)
    return render(request, "risks/negative.html", {"detail": detail, "row": detail.row, "steps": steps})


@login_required
@require_safe
def negative_print(request: HttpRequest) -> HttpResponse:
    """The negative list of a unit, or of one post, as a sheet of paper; approved text only unless ``?drafts=1``."""
    actor = actor_of(request)
    unit, post = request.GET.get("unit", ""), request.GET.get("post", "")
    units = units_where(actor, Permission.RISKS_READ, Permission.RISKS_READ_APPROVED)
    unit = unit or (units[0][0] if units else "")
    if not unit:
        raise Absent("没有您可以查看的负面清单。", "请联系安全管理员核对您的授权。")
    drafts = request.GET.get("drafts") == "1"
    context = {
        "unit": unit,
        "post": post,
        "unit_name": unit_name(unit),
        "post_name": post_names([post]).get(post, ""),
        "units": units,
        "drafts": drafts,
        "lines": negative_sheet(actor, unit, post, approved_only=not drafts),
    }
    return render(request, "risks/negative_print.html", context)


@login_required
def new_negative(request: HttpRequest) -> HttpResponse:
    """Draft a new item; ``?tier=``, ``?unit=`` and ``?post=`` fill in where one came from."""
    actor = actor_of(request)
    allow_anywhere(actor, Permission.RISKS_DRAFT)
    if asking := unit_first(request):
        return asking
    tier = Tier.read(request.GET.get("tier", "")) or Tier.POST
    base = NegativeRow(number="", tier=tier, unit="", finders=(own_name(actor),))
    choices = tied_choices(actor, base, request.GET.get("unit", ""))
    base = filled_in(request, base, choices["unit"], "unit", "post", "power")
    return PAGE.new(request, base, partial(actions.create_negative, actor=actor), choices=choices)


@login_required
def edit_negative(request: HttpRequest, number: str) -> HttpResponse:
    """Change a drafted item."""
    actor = actor_of(request)
    row = opened_for_editing(request, negative_detail(actor, number)).row
    change, read = partial(actions.edit_negative, actor=actor), partial(negative_detail, actor, number)
    return PAGE.edit(request, row, change, read, choices=tied_choices(actor, row))
