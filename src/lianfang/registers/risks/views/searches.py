"""The pages of searches (排查), and what has not been searched yet."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lianfang.foundation.accounts.permission import allow_anywhere
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.organisation.queries import unit_paths, units_where
from lianfang.foundation.web.edit_page import EditPage, opened_for_editing
from lianfang.foundation.web.register_pages import actor_of, pager_of
from lianfang.foundation.web.row_form import whole_number
from lianfang.foundation.web.values import Column, pager_for
from lianfang.registers.risks.actions import searches as actions
from lianfang.registers.risks.forms import SearchForm
from lianfang.registers.risks.queries.coverage import POSTS, coverage
from lianfang.registers.risks.queries.places import own_name
from lianfang.registers.risks.queries.posts import leader_contributions
from lianfang.registers.risks.queries.searches import search_detail, search_page
from lianfang.registers.risks.rows import SearchRow, Tier
from lianfang.registers.risks.views.keeping import clean_wanted, filled_in, place_choices, unit_first

COLUMNS = (
    Column("number", "编号", "code"),
    Column("held_on", "排查日期", "date"),
    Column("tier", "层级", "word"),
    Column("place", "单位、岗位"),
    Column("participants", "参加", "number"),
    Column("none_found", "写明未发现的方面"),
)
PAGE = EditPage("risks/search_edit.html", SearchForm, "risks:searches", "risks:search", "searches")


@login_required
@require_safe
def search_list(request: HttpRequest) -> HttpResponse:
    """The searches that were held."""
    actor = actor_of(request)
    wanted = clean_wanted(request, "tier", "post")
    page, lines = search_page(actor, wanted)
    context = {
        "lines": lines,
        "columns": COLUMNS,
        "pager": pager_of(page, wanted.size),
        "units": units_where(actor, Permission.RISKS_READ),
        "tiers": Tier.choices(),
        "may_draft": actor.may_anywhere(Permission.RISKS_DRAFT),
    }
    return render(request, "risks/searches.html", context)


@login_required
@require_safe
def search_page_of(request: HttpRequest, number: str) -> HttpResponse:
    """One search: who took part, who was missing, what was considered in vain."""
    detail = search_detail(actor_of(request), number)
    return render(request, "risks/search.html", {"detail": detail, "row": detail.row})


@login_required
@require_safe
def coverage_page(request: HttpRequest) -> HttpResponse:
    """Which post and which dimension has been considered, and which not (S24, S25, S26)."""
    actor = actor_of(request)
    units = units_where(actor, Permission.RISKS_READ)
    chosen = request.GET.get("unit") or (units[0][0] if units else "")
    found = coverage(actor, chosen, whole_number(request.GET.get("page", ""), 1)) if chosen else None
    context = {
        "coverage": found,
        "pager": pager_for(found.page, POSTS, found.total) if found else None,
        "leaders": leader_contributions(unit_paths([chosen]).get(chosen, "?")) if chosen else [],
        "units": units,
        "chosen": chosen,
        "may_draft": actor.may_anywhere(Permission.RISKS_DRAFT),
    }
    return render(request, "risks/coverage.html", context)


@login_required
def new_search(request: HttpRequest) -> HttpResponse:
    """Enter a search that was held; ``?tier=``, ``?unit=`` and ``?post=`` fill in where one came from."""
    actor = actor_of(request)
    allow_anywhere(actor, Permission.RISKS_DRAFT)
    if asking := unit_first(request):
        return asking
    tier = Tier.read(request.GET.get("tier", "")) or Tier.SECTION
    base = SearchRow(number="", tier=tier, unit="", held_on=timezone.localdate())
    choices = place_choices(actor, base, request.GET.get("unit", ""))
    base = filled_in(request, base, choices["unit"], "unit", "post")
    create = partial(actions.record_search, actor=actor)
    return PAGE.new(request, base, create, choices=choices, signature=own_name(actor))


@login_required
def edit_search(request: HttpRequest, number: str) -> HttpResponse:
    """Correct the record of a search; the journal keeps what stood there before."""
    actor = actor_of(request)
    row = opened_for_editing(request, search_detail(actor, number)).row
    choices, signature = place_choices(actor, row), own_name(actor)
    change, read = partial(actions.correct_search, actor=actor), partial(search_detail, actor, number)
    return PAGE.edit(request, row, change, read, choices=choices, signature=signature)
