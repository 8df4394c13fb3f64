"""The pages of programmes: read a plan, correct the reading, look at the programme and its matrix."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lianfang.foundation.accounts.permission import allow_anywhere
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.documents.isolation import read_file
from lianfang.foundation.documents.limits import WEB
from lianfang.foundation.web.register_pages import actor_of, pager_of, step_view, steps_for, wanted_of
from lianfang.foundation.web.row_form import versioned
from lianfang.foundation.web.values import Column
from lianfang.kernel.errors import Conflict, Refused
from lianfang.kernel.findings import Finding
from lianfang.programme.plans import actions
from lianfang.programme.plans.files import plan_text
from lianfang.programme.plans.forms import ASKS, STEPS, CameForms, ReadingForms, StartForm, came_in
from lianfang.programme.plans.highlighting import Mark
from lianfang.programme.plans.owed_rows import DeliverableRow, ProgrammeStageRow
from lianfang.programme.plans.queries.matrix import deliverable_page, matrix_of
from lianfang.programme.plans.queries.programmes import (
    drafting_bureaus,
    programme_detail,
    programme_page,
    programme_years,
)
from lianfang.programme.plans.queries.reading import ReadingPage, read_ahead, reading_page, twin_of
from lianfang.programme.plans.queries.receipts import distribution_of, receipt_of
from lianfang.programme.plans.queries.upstream import upstream_page
from lianfang.programme.plans.states import ProgrammeState

COLUMNS = (
    Column("number", "编号", "code"),
    Column("title", "方案名称", "name"),
    Column("unit", "单位"),
    Column("issued_on", "印发日期", "date"),
    Column("stages", "阶段", "number"),
    Column("deadlines", "期限", "number"),
    Column("next_due", "下一个期限", "date"),
    Column("state", "状态", "state"),
)
take_step = step_view(STEPS, ASKS, "plans:detail")


@login_required
@require_safe
def programme_list(request: HttpRequest) -> HttpResponse:
    """The list, filtered by year and state, searched by words."""
    actor = actor_of(request)
    wanted = wanted_of(request, "cycle_year", "state")
    page, lines = programme_page(actor, wanted)
    context = {
        "lines": lines,
        "columns": COLUMNS,
        "pager": pager_of(page, wanted.size),
        "years": programme_years(actor),
        "states": ProgrammeState.choices(),
        "may_draft": actor.may_anywhere(Permission.PLANS_DRAFT),
    }
    return render(request, "plans/list.html", context)


@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Give the text of a plan, as a file or pasted; the reading is shown on the next page."""
    actor = actor_of(request)
    allow_anywhere(actor, Permission.PLANS_DRAFT)
    form = StartForm(request.POST or None, request.FILES or None, units=drafting_bureaus(actor))
    if request.method == "POST" and form.is_valid():
        text, name = _text_in(form)
        return HttpResponseRedirect(
            reverse("plans:reading", args=[_started(request, form.cleaned_data["unit"], text, name)])
        )
    return render(request, "plans/start.html", {"form": form}, status=422 if form.errors else 200)


def _started(request: HttpRequest, unit: str, text: str, name: str) -> str:
    """Number of the draft made of a text, or of the programme that this very text was read into before."""
    actor = actor_of(request)
    read = read_ahead(actor, unit, text)
    if twin := twin_of(unit, text):
        messages.warning(request, f"一字不差的正文已经读入过，就是这一份（{twin.number}），没有另建。")
        return twin.number
    return actions.start_plan(actor=actor, unit=unit, text=text, source_name=name, read=read).number


def _text_in(form: StartForm) -> tuple[str, str]:
    """The text that was given and what it is called; rows of tables are lines, pasted text keeps all but CR LF."""
    upload = form.cleaned_data["file"]
    if upload is None:
        return form.cleaned_data["text"].replace("\r\n", "\n"), "粘贴的正文"
    # One byte more than is allowed: enough to be refused, never enough to fill the memory.
    return plan_text(read_file(upload.read(WEB.file_size + 1))), upload.name


@login_required
def reading(request: HttpRequest, number: str) -> HttpResponse:
    """The text with its marks beside the items read from it, to correct while it is a draft."""
    actor = actor_of(request)
    page = reading_page(actor, number)
    if request.method != "POST":
        return _show_reading(
            request,
            page,
            ReadingForms.of(page.row, page.units, None, page.unmatched, page.obligations),
            page.row.version,
        )
    if not page.editable:
        raise Refused("这个方案不能由您修改。", "已确认的方案内容固定；草稿由廉政办或党组书记核对。")
    forms = ReadingForms.of(page.row, page.units, request.POST, page.unmatched, page.obligations)
    version = versioned(request.POST)
    if not forms.is_valid():
        return _show_reading(request, page, forms, version, status=422)
    try:
        actions.correct_plan(actor=actor, row=forms.to_row(page.row), expected_version=version)
    except Conflict as clash:
        page = reading_page(actor, number)
        return _show_reading(request, page, forms, page.row.version, clash=clash, status=409)
    messages.success(request, "修改已保存，检查结果已按修改后的内容更新。")
    return HttpResponseRedirect(reverse("plans:reading", args=[number]))


def _show_reading(
    request: HttpRequest, page: ReadingPage, forms: ReadingForms, version: int, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "page": page,
        "row": page.row,
        "forms": forms,
        "lists": forms.lists,
        "version": version,
        "legend": list(Mark),
        "read_lists": [
            ("stage", "阶段", page.row.stages),
            ("deadline", "期限", page.row.deadlines),
            ("task", "任务", page.row.tasks),
            ("duty", "定期工作", page.row.duties),
        ],
        "steps": steps_for(page.moves, page.row, "plans:step", ASKS, page.blocking, page.barred),
        **more,
    }
    return render(request, "plans/reading.html", context, status=status)


@login_required
@require_safe
def programme(request: HttpRequest, number: str) -> HttpResponse:
    """One confirmed programme; a draft is shown as its reading."""
    actor = actor_of(request)
    detail = programme_detail(actor, number)
    if detail.row.state is not ProgrammeState.CONFIRMED:
        return HttpResponseRedirect(reverse("plans:reading", args=[number]))
    context = {
        "detail": detail,
        "row": detail.row,
        "findings": _headed(detail.findings),
        "distribution": distribution_of(actor, number),
    }
    return render(request, "plans/detail.html", context)


def _headed(findings: Iterable[Finding]) -> list[Finding]:
    """Findings about the parts of a programme with the fields as people call them."""
    headings = {row.kind: row.headings for row in (ProgrammeStageRow, DeliverableRow)}
    return [replace(one, field=headings.get(one.kind, {}).get(one.field, one.field)) for one in findings]


@login_required
@require_safe
def part(_request: HttpRequest, number: str) -> HttpResponse:
    """Where a stage or a deliverable stands on the page of its programme."""
    return HttpResponseRedirect(f"{reverse('plans:detail', args=[number.rpartition('-')[0] or number])}#{number}")


@login_required
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """Where a unit's receipt stands on the page of its programme; whoever answers for the unit signs here."""
    actor = actor_of(request)
    if request.method == "POST":
        row = actions.acknowledge_plan(actor=actor, number=number, expected_version=versioned(request.POST))
        messages.success(request, "已签收。")
    else:
        row = receipt_of(actor, number)
    return HttpResponseRedirect(f"{reverse('plans:detail', args=[row.programme])}#receipts")


@login_required
def deliverable(request: HttpRequest, number: str) -> HttpResponse:
    """Who has handed in one deliverable, on which day; who keeps the programme notes it here."""
    actor = actor_of(request)
    page = deliverable_page(actor, number)
    stored = [
        {"unit": one.submission.unit, "version": one.submission.version, "day": one.submission.submitted_on}
        for one in page.lines
    ]
    forms = CameForms(request.POST if request.method == "POST" else None, initial=stored)
    status = 200
    if request.method == "POST":
        if forms.is_valid():
            noted = actions.register_submissions(actor=actor, deliverable=number, came=came_in(forms))
            messages.success(request, f"已登记 {len(noted)} 家。" if noted else "没有改动。")
            return HttpResponseRedirect(reverse("plans:deliverable", args=[number]))
        status = 422
    context = {"page": page, "row": page.row, "forms": forms, "lines": list(zip(page.lines, forms, strict=True))}
    return render(request, "plans/deliverable.html", context, status=status)


@login_required
@require_safe
def upstream(request: HttpRequest, number: str) -> HttpResponse:
    """A plan beside the higher plan that it carries out."""
    page = upstream_page(actor_of(request), number)
    return render(request, "plans/upstream.html", {"page": page, "row": page.row, "comparison": page.comparison})


@login_required
@require_safe
def matrix(request: HttpRequest, number: str) -> HttpResponse:
    """The submission matrix of a programme: on the screen, and on paper."""
    found = matrix_of(actor_of(request), number)
    return render(
        request, "plans/matrix.html", {"matrix": found, "row": found.row, "findings": _headed(found.findings)}
    )
