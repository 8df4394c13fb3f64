"""Pages of people and tenures."""

from __future__ import annotations

from collections.abc import Mapping
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
from lianfang.foundation.organisation.overview import PersonDetail, person_detail, person_page, tenure_lines
from lianfang.foundation.organisation.queries import (
    person_choices,
    post_choices_where,
    unit_paths,
    units_where,
    visible_tenures,
)
from lianfang.foundation.organisation.rows import PersonRow
from lianfang.foundation.web.edit_page import SEEN, EditPage
from lianfang.foundation.web.register_pages import actor_of, pager_of, wanted_of
from lianfang.foundation.web.values import Column
from lianfang.kernel.errors import Absent
from lianfang.site.organisation.answering import Sheet, take_small_step
from lianfang.site.organisation.forms import DayForm, PersonForm, TenureForm
from lianfang.site.organisation.unit_views import tabs_of

COLUMNS = (
    Column("number", "编号", "code"),
    Column("name", "姓名"),
    Column("unit", "单位"),
    Column("posts", "现任岗位", "name"),
    Column("party", "党员", "word"),
)
TENURE_COLUMNS = (
    Column("post", "岗位", "name"),
    Column("start", "任职", "date"),
    Column("end", "离任", "date"),
    Column("acting", "代理", "word"),
    Column("actions", "", "actions"),
)
PAGE = EditPage("organisation/edit.html", PersonForm, "organisation:people", "organisation:person", "people", SEEN)
NEW_PAGE = PAGE.showing(title="登记人员", submit="登记")


@login_required
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """People that this person sees, with the posts they hold today."""
    actor = actor_of(request)
    wanted = wanted_of(request)
    gone = request.GET.get("gone") == "1"
    page, lines = person_page(actor, wanted, gone=gone)
    context = {
        "tabs": tabs_of(),
        "lines": lines,
        "columns": COLUMNS,
        "pager": pager_of(page, wanted.size),
        "units": units_where(actor, Permission.ORGANISATION_READ),
        "gone": gone,
        "may_edit": actor.may_anywhere(Permission.ORGANISATION_EDIT),
    }
    return render(request, "organisation/people.html", context)


@login_required
@require_safe
def person(request: HttpRequest, number: str) -> HttpResponse:
    """One person with all tenures."""
    detail = person_detail(actor_of(request), number)
    context = {"detail": detail, "row": detail.row, "columns": TENURE_COLUMNS}
    return render(request, "organisation/person.html", context)


@login_required
def new_person(request: HttpRequest) -> HttpResponse:
    """Enter a person."""
    actor = actor_of(request)
    allow_anywhere(actor, Permission.ORGANISATION_EDIT)
    base = PersonRow(number="", name="", unit=request.GET.get("unit", ""))
    choices = {"unit": units_where(actor, Permission.ORGANISATION_EDIT)}
    return NEW_PAGE.new(request, base, partial(actions.create_person, actor=actor), choices=choices)


@login_required
def edit_person(request: HttpRequest, number: str) -> HttpResponse:
    """Correct name, unit, membership."""
    actor = actor_of(request)
    row = _editable(actor, number).row
    choices = {"unit": units_where(actor, Permission.ORGANISATION_EDIT)}
    change, read = partial(actions.edit_person, actor=actor), partial(person_detail, actor, number)
    return PAGE.showing(title=f"修改 {row.name}").edit(request, row, change, read, choices=choices)


@login_required
def leave(request: HttpRequest, number: str) -> HttpResponse:
    """Somebody leaves; all open tenures end."""
    actor = actor_of(request)
    row = _editable(actor, number).row
    sheet = Sheet(
        f"{row.name}离开本单位",
        reverse("organisation:person", args=[number]),
        "登记离开",
        lead="还没有结束的任职同日结束。账户请系统管理员停用，授权请安全管理员收回。",
        danger=True,
    )

    def act(answers: Mapping[str, Any]) -> str:
        actions.record_departure(actor=actor, number=number, on=answers["on"], basis=answers["basis"])
        return f"{row.name}离开已经登记。"

    return take_small_step(request, DayForm(request.POST or None), sheet, act)


@login_required
def new_tenure(request: HttpRequest) -> HttpResponse:
    """Somebody takes up a post."""
    actor = actor_of(request)
    allow_anywhere(actor, Permission.ORGANISATION_EDIT)
    given = {name: request.GET.get(name, "") for name in ("person", "post")}
    form = TenureForm(
        request.POST or None, people=person_choices(actor), posts=post_choices_where(actor), initial=given
    )
    back = reverse("organisation:person", args=[given["person"]]) if given["person"] else reverse("organisation:people")
    back = reverse("organisation:post", args=[given["post"]]) if given["post"] else back

    def act(_answers: Mapping[str, Any]) -> str:
        actions.start_tenure(actor=actor, row=form.to_row(), basis=form.cleaned_data["basis"])
        return "任职已经登记。"

    return take_small_step(request, form, Sheet("登记任职", back, "登记"), act)


@login_required
def end_tenure(request: HttpRequest) -> HttpResponse:
    """Somebody gives up a post; the tenure is named by ``?tenure=``, for its number holds slashes."""
    actor = actor_of(request)
    tenure = visible_tenures(actor).filter(number=request.GET.get("tenure", "")).first()
    if tenure is None:
        raise Absent("没有找到这段任职。")
    line = tenure_lines([tenure])[0]
    sheet = Sheet(
        f"{line.person_name}离任",
        reverse("organisation:person", args=[line.row.person]),
        "登记离任",
        lead=f"{line.post_name}，{line.row.start} 任职。岗位的职责、风险点和措施留在岗位上，由继任者接手。",
    )

    def act(answers: Mapping[str, Any]) -> str:
        actions.end_tenure(actor=actor, number=line.row.number, on=answers["on"], basis=answers["basis"])
        return f"{line.person_name}离任已经登记。"

    return take_small_step(request, DayForm(request.POST or None), sheet, act)


def _editable(actor: User, number: str) -> PersonDetail:
    detail = person_detail(actor, number)
    allow_at(actor, Permission.ORGANISATION_EDIT, unit_paths([detail.row.unit])[detail.row.unit])
    return detail
