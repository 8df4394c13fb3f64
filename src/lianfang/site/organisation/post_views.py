"""Pages of posts: the list, one post, and what is done to posts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import allow_anywhere, allow_at
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.organisation import actions
from lianfang.foundation.organisation.overview import PostDetail, post_detail, post_page
from lianfang.foundation.organisation.queries import unit_paths, units_where
from lianfang.foundation.organisation.rows import PostRank, PostRow
from lianfang.foundation.web.edit_page import SEEN, EditPage
from lianfang.foundation.web.hanging import hanging_on
from lianfang.foundation.web.register_pages import actor_of, pager_of, wanted_of
from lianfang.foundation.web.values import Column
from lianfang.registers.controls.actions import move_post_and_measures
from lianfang.site.organisation.answering import Sheet, take_small_step
from lianfang.site.organisation.forms import DayForm, NewPostForm, PlaceForm, PostForm
from lianfang.site.organisation.unit_views import tabs_of

COLUMNS = (
    Column("number", "编号", "code"),
    Column("name", "岗位", "name"),
    Column("unit", "单位"),
    Column("rank", "层级", "word"),
    Column("holders", "现任"),
    Column("scope", "防控范围", "word"),
)
TENURE_COLUMNS = (
    Column("person", "人员"),
    Column("start", "任职", "date"),
    Column("end", "离任", "date"),
    Column("acting", "代理", "word"),
    Column("actions", "", "actions"),
)
PAGE = EditPage("organisation/edit.html", PostForm, "organisation:posts", "organisation:post", "posts", SEEN)
NEW_PAGE = replace(PAGE, form=NewPostForm).showing(title="设置岗位", submit="设置")


@login_required
@require_safe
def posts(request: HttpRequest) -> HttpResponse:
    """Posts that this person sees, with today's holders."""
    actor = actor_of(request)
    wanted = wanted_of(request, "rank")
    closed = request.GET.get("closed") == "1"
    page, lines = post_page(actor, wanted, closed=closed)
    context = {
        "tabs": tabs_of(),
        "lines": lines,
        "columns": COLUMNS,
        "pager": pager_of(page, wanted.size),
        "units": units_where(actor, Permission.ORGANISATION_READ),
        "ranks": PostRank.choices(),
        "closed": closed,
        "may_edit": actor.may_anywhere(Permission.ORGANISATION_EDIT),
    }
    return render(request, "organisation/posts.html", context)


@login_required
@require_safe
def post(request: HttpRequest, number: str) -> HttpResponse:
    """One post: both duties (S8), who holds it and who held it."""
    detail = post_detail(actor_of(request), number)
    context = {"detail": detail, "row": detail.row, "columns": TENURE_COLUMNS}
    return render(request, "organisation/post.html", context)


@login_required
def new_post(request: HttpRequest) -> HttpResponse:
    """Set up a post."""
    actor = actor_of(request)
    allow_anywhere(actor, Permission.ORGANISATION_EDIT)
    base = PostRow(number="", unit=request.GET.get("unit", ""), name="")
    choices = {"unit": units_where(actor, Permission.ORGANISATION_EDIT)}
    return NEW_PAGE.new(request, base, partial(actions.create_post, actor=actor), choices=choices)


@login_required
def edit_post(request: HttpRequest, number: str) -> HttpResponse:
    """Change duties, rank, scope and rotation."""
    actor = actor_of(request)
    row = _editable(actor, number).row
    change, read = partial(actions.edit_post, actor=actor), partial(post_detail, actor, number)
    return PAGE.showing(title=f"修改 {row.name}").edit(request, row, change, read)


@login_required
def move_post(request: HttpRequest, number: str) -> HttpResponse:
    """Give a post to another unit, with everything that hangs on it."""
    actor = actor_of(request)
    row = _editable(actor, number).row
    options = [option for option in units_where(actor, Permission.ORGANISATION_EDIT) if option[0] != row.unit]
    sheet = Sheet(
        f"调整{row.name}的单位",
        reverse("organisation:post", args=[number]),
        "调整",
        lead="岗位编号不变；任职、负面清单、排查记录、风险点、评级和措施一并调整，已审定的仍然有效。",
    )

    def act(answers: Mapping[str, Any]) -> str:
        move_post_and_measures(actor=actor, number=number, unit=answers["unit"], basis=answers["basis"])
        return f"{row.name}已经调整单位。"

    return take_small_step(request, PlaceForm(request.POST or None, units=options), sheet, act)


@login_required
def close_post(request: HttpRequest, number: str) -> HttpResponse:
    """End a post."""
    actor = actor_of(request)
    row = _editable(actor, number).row
    sheet = Sheet(
        f"撤销{row.name}",
        reverse("organisation:post", args=[number]),
        "撤销",
        lead="先登记现任人员离任。历史记录仍可查。",
        danger=True,
        hanging=hanging_on(actor, PostRow.kind, number),
    )

    def act(answers: Mapping[str, Any]) -> str:
        actions.close_post(actor=actor, number=number, on=answers["on"], basis=answers["basis"])
        return f"{row.name}已经撤销。"

    return take_small_step(request, DayForm(request.POST or None), sheet, act)


def _editable(actor: User, number: str) -> PostDetail:
    detail = post_detail(actor, number)
    allow_at(actor, Permission.ORGANISATION_EDIT, unit_paths([detail.row.unit])[detail.row.unit])
    return detail
