"""Pages of units: the tree, one unit, and what is done to units."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import allow_anywhere, allow_at
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.organisation import actions
from lianfang.foundation.organisation.overview import UnitDetail, unit_detail, unit_tree
from lianfang.foundation.organisation.queries import units_where
from lianfang.foundation.organisation.rows import UnitKind, UnitRow
from lianfang.foundation.web.edit_page import SEEN, EditPage
from lianfang.foundation.web.register_pages import actor_of
from lianfang.foundation.web.values import Column, Tab
from lianfang.kernel.errors import Absent
from lianfang.site.organisation.answering import Sheet, take_small_step
from lianfang.site.organisation.forms import DayForm, NewUnitForm, PlaceForm, RenameForm, SuccessorForm, UnitForm

TREE_COLUMNS = (
    Column("name", "单位", "name"),
    Column("number", "编号", "code"),
    Column("kind", "类型", "word"),
    Column("posts", "岗位", "number"),
    Column("people", "人员", "number"),
)
POST_COLUMNS = (
    Column("number", "编号", "code"),
    Column("name", "岗位", "name"),
    Column("rank", "层级", "word"),
    Column("holders", "现任"),
    Column("scope", "防控范围", "word"),
)
PERSON_COLUMNS = (
    Column("number", "编号", "code"),
    Column("name", "姓名"),
    Column("posts", "现任岗位", "name"),
    Column("party", "党员", "word"),
)
PAGE = EditPage("organisation/edit.html", UnitForm, "organisation:units", "organisation:unit", "units", SEEN)
NEW_PAGE = replace(PAGE, form=NewUnitForm).showing(title="设立单位", submit="设立")
Step = Callable[[HttpRequest, User, UnitDetail], tuple[forms.Form, Sheet, Callable[[Mapping[str, Any]], str]]]


def tabs_of() -> list[Tab]:
    """The three lists of the organisation."""
    return [
        Tab("units", "单位", reverse("organisation:units")),
        Tab("posts", "岗位", reverse("organisation:posts")),
        Tab("people", "人员", reverse("organisation:people")),
    ]


@login_required
@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """The tree of units that this person sees."""
    actor = actor_of(request)
    closed = request.GET.get("closed") == "1"
    context = {
        "tabs": tabs_of(),
        "lines": unit_tree(actor, closed=closed),
        "columns": TREE_COLUMNS,
        "closed": closed,
        "may_edit": actor.may_anywhere(Permission.ORGANISATION_EDIT),
    }
    return render(request, "organisation/units.html", context)


@login_required
@require_safe
def unit(request: HttpRequest, number: str) -> HttpResponse:
    """One unit: where it stands, its posts and people, its former names, what happened to it."""
    detail = unit_detail(actor_of(request), number)
    context = {"detail": detail, "row": detail.row, "post_columns": POST_COLUMNS, "person_columns": PERSON_COLUMNS}
    return render(request, "organisation/unit.html", context)


@login_required
def new_unit(request: HttpRequest) -> HttpResponse:
    """Set up a unit."""
    actor = actor_of(request)
    allow_anywhere(actor, Permission.ORGANISATION_EDIT)
    base = UnitRow(number="", name="", unit_kind=UnitKind.SECTION, parent=request.GET.get("parent", ""))
    choices = {"parent": units_where(actor, Permission.ORGANISATION_EDIT)}
    return NEW_PAGE.new(request, base, partial(actions.create_unit, actor=actor), choices=choices)


@login_required
def edit_unit(request: HttpRequest, number: str) -> HttpResponse:
    """Correct type, first day and other names."""
    actor = actor_of(request)
    row = _editable(actor, number).row
    change, read = partial(actions.edit_unit, actor=actor), partial(unit_detail, actor, number)
    return PAGE.showing(title=f"修改 {row.name}").edit(request, row, change, read)


@login_required
def unit_step(request: HttpRequest, number: str, step: str) -> HttpResponse:
    """Rename, succeed, move or close a unit, each on a basis."""
    if step not in STEPS:
        raise Absent(f"没有“{step}”这一步。")
    actor = actor_of(request)
    form, sheet, act = STEPS[step](request, actor, _editable(actor, number))
    return take_small_step(request, form, sheet, act)


def _rename(request: HttpRequest, actor: User, detail: UnitDetail) -> Any:
    row = detail.row
    sheet = Sheet(
        f"{row.name}更名",
        _address(row),
        "更名",
        lead="编号、岗位、职权、风险点和历史记录都不变，原名称留作曾用名，仍能查到。",
    )

    def act(answers: Mapping[str, Any]) -> str:
        actions.rename_unit(actor=actor, number=row.number, name=answers["name"], basis=answers["basis"])
        return f"{row.name}已更名为{answers['name']}。"

    return RenameForm(request.POST or None), sheet, act


def _move(request: HttpRequest, actor: User, detail: UnitDetail) -> Any:
    row = detail.row
    options = [option for option in units_where(actor, Permission.ORGANISATION_EDIT) if option[0] != row.number]
    sheet = Sheet(
        f"{row.name}调整隶属",
        _address(row),
        "调整",
        lead="它的下级单位、岗位、人员、职权、风险点、制度和措施一并调整；以它为范围的授权随它走，逐条记录。",
    )

    def act(answers: Mapping[str, Any]) -> str:
        actions.move_unit(actor=actor, number=row.number, parent=answers["unit"], basis=answers["basis"])
        return f"{row.name}的隶属关系已经调整。"

    return PlaceForm(request.POST or None, units=options), sheet, act


def _succeed(request: HttpRequest, actor: User, detail: UnitDetail) -> Any:
    row = detail.row
    sheet = Sheet(
        f"由新单位承接{row.name}",
        _address(row),
        "承接",
        lead="原单位撤销、保留历史；新单位记明承接自它。岗位、人员和登记的内容不会自动转过去，仍在原单位名下，"
        "须逐个办理调整。只是改名称的，请用“更名”。",
    )

    def act(answers: Mapping[str, Any]) -> str:
        successor = UnitRow(number=answers["number"], name=answers["name"], unit_kind=UnitKind(answers["unit_kind"]))
        actions.succeed_unit(
            actor=actor, number=row.number, successor=successor, on=answers["on"], basis=answers["basis"]
        )
        return f"{row.name}已由{successor.name}承接。"

    return SuccessorForm(request.POST or None, initial={"unit_kind": row.unit_kind.value}), sheet, act


def _close(request: HttpRequest, actor: User, detail: UnitDetail) -> Any:
    row = detail.row
    sheet = Sheet(
        f"撤销{row.name}", _address(row), "撤销", lead="先调整或撤销它的下级单位和岗位。历史记录仍可查。", danger=True
    )

    def act(answers: Mapping[str, Any]) -> str:
        actions.close_unit(actor=actor, number=row.number, on=answers["on"], basis=answers["basis"])
        return f"{row.name}已经撤销。"

    return DayForm(request.POST or None), sheet, act


STEPS: dict[str, Step] = {"rename": _rename, "move": _move, "succeed": _succeed, "close": _close}


def _editable(actor: User, number: str) -> UnitDetail:
    detail = unit_detail(actor, number)
    allow_at(actor, Permission.ORGANISATION_EDIT, detail.path)
    return detail


def _address(row: UnitRow) -> str:
    return reverse("organisation:unit", args=[row.number])
