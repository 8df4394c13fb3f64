"""The pages of the law table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lianfang.foundation.accounts.permission import allow_anywhere
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.web.edit_page import SEEN, EditPage
from lianfang.foundation.web.navigation import address
from lianfang.foundation.web.register_pages import act_on, actor_of
from lianfang.foundation.web.row_form import whole_number
from lianfang.foundation.web.values import Column, Tab, pager_for
from lianfang.registers.laws import actions
from lianfang.registers.laws.forms import LawForm, NewLawForm, RepealForm, VerifyForm
from lianfang.registers.laws.queries import LawsWanted, Standing, law_choices, law_detail, law_page
from lianfang.registers.laws.rows import LawLevel, LawRow

COLUMNS = (
    Column("number", "编号", "code"),
    Column("title", "法规名称", "name"),
    Column("level", "层级", "word"),
    Column("in_force_from", "施行", "date"),
    Column("repealed_on", "废止", "date"),
    Column("standing", "状态", "state"),
    Column("verified", "核验", "word"),
)
ARTICLE_COLUMNS = (
    Column("article", "条文", "word"),
    Column("topic", "内容", "name"),
    Column("successor", "新法对应", "name"),
    Column("verified", "核验", "word"),
)
PAGE = EditPage("laws/edit.html", LawForm, "laws:list", "laws:detail", "laws", SEEN, "已保存：《{}》。")
NEW_PAGE = replace(PAGE, form=NewLawForm)
YES_NO = (("yes", "已核验"), ("no", "未核验"))


def tabs_of() -> list[Tab]:
    """The list, and the check of bases where the site has one (the room of powers lies above this one)."""
    stale = address("citations:stale")
    tabs = [Tab("list", "法规库", reverse("laws:list"))]
    return [*tabs, Tab("stale", "依据时效", stale)] if stale else tabs


def tabs_of_law(number: str) -> list[Tab]:
    """The law, and who cites it where the site can say so."""
    citing = address("citations:law", number)
    tabs = [Tab("law", "法规", reverse("laws:detail", args=[number]))]
    return [*tabs, Tab("citing", "谁在引用", citing)] if citing else tabs


@login_required
@require_safe
def law_list(request: HttpRequest) -> HttpResponse:
    """The law table, filtered by rank, standing and verification, searched by words."""
    actor = actor_of(request)
    asked = request.GET
    wanted = LawsWanted(
        text=asked.get("q", "").strip(),
        level=asked.get("level", ""),
        standing=asked.get("standing", ""),
        verified=asked.get("verified", ""),
        page=max(1, whole_number(asked.get("page", ""), 1)),
    )
    lines, total = law_page(actor, wanted)
    context = {
        "tabs": tabs_of(),
        "lines": lines,
        "columns": COLUMNS,
        "pager": pager_for(wanted.page, wanted.size, total),
        "levels": LawLevel.choices(),
        "standings": Standing.choices(),
        "verifications": YES_NO,
        "may_edit": actor.may_anywhere(Permission.LAWS_EDIT),
    }
    return render(request, "laws/list.html", context)


@login_required
@require_safe
def law_page_of(request: HttpRequest, number: str) -> HttpResponse:
    """One law: its articles, where they went, what it replaced."""
    detail = law_detail(actor_of(request), number)
    context = {"detail": detail, "row": detail.row, "columns": ARTICLE_COLUMNS, "tabs": tabs_of_law(number)}
    return render(request, "laws/detail.html", context)


@login_required
def new_law(request: HttpRequest) -> HttpResponse:
    """Enter a law."""
    actor = actor_of(request)
    allow_anywhere(actor, Permission.LAWS_EDIT)
    base = LawRow(number="", title="", level=LawLevel.LAW)
    return NEW_PAGE.new(request, base, partial(actions.create_law, actor=actor), choices={"replaced_by": law_choices()})


@login_required
def edit_law(request: HttpRequest, number: str) -> HttpResponse:
    """Change a law; what is changed has to be verified anew."""
    actor = actor_of(request)
    allow_anywhere(actor, Permission.LAWS_EDIT)
    row = law_detail(actor, number).row
    change, read = partial(actions.edit_law, actor=actor), partial(law_detail, actor, number)
    return PAGE.edit(request, row, change, read, choices={"replaced_by": law_choices()})


@login_required
def repeal(request: HttpRequest, number: str) -> HttpResponse:
    """Mark a law as repealed."""
    actor = actor_of(request)
    allow_anywhere(actor, Permission.LAWS_EDIT)
    row = law_detail(actor, number).row
    others = [choice for choice in law_choices() if choice[0] != number]
    form = RepealForm(request.POST or None, laws=others, initial={"replaced_by": row.replaced_by})
    return _stepped(
        request,
        form,
        row,
        ("标记废止", "引用它的职权从这一天起提示依据失效；历史记录不变。"),
        lambda answers: actions.repeal_law(actor=actor, number=number, **answers),
    )


@login_required
def verify(request: HttpRequest, number: str) -> HttpResponse:
    """Say that the law was compared with the official text."""
    actor = actor_of(request)
    allow_anywhere(actor, Permission.LAWS_EDIT)
    row = law_detail(actor, number).row
    form = VerifyForm(request.POST or None, articles=row.articles)
    return _stepped(
        request,
        form,
        row,
        ("核验", "名称、层级、文号、施行和废止日期与官方文本逐项对照无误，再办理核验。"),
        lambda answers: actions.verify_law(actor=actor, number=number, **answers),
    )


def _stepped(
    request: HttpRequest, form: forms.Form, row: LawRow, words: tuple[str, str], act: Callable[[dict[str, Any]], LawRow]
) -> HttpResponse:
    back = reverse("laws:detail", args=[row.number])

    def done() -> tuple[str, str]:
        act(form.cleaned_data)
        return f"已办理：《{row.title}》{words[0]}。", back

    context = {"row": row, "step": words[0], "lead": words[1], "cancel": back}
    return act_on(request, form, done, ("laws/step.html", context))
