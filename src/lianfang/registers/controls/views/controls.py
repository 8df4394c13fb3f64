"""The pages of measures."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from lianfang.foundation.accounts.permission import allow_anywhere
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.organisation.queries import Groups, people_choices, units_where
from lianfang.foundation.web.edit_page import EditPage, opened_for_editing
from lianfang.foundation.web.register_pages import act_on, actor_of, pager_of, step_view, steps_for, wanted_of
from lianfang.foundation.web.values import Column
from lianfang.kernel.errors import Refused
from lianfang.kernel.levels import Grade
from lianfang.kernel.responsibilities import Responsibility
from lianfang.registers.controls import actions
from lianfang.registers.controls.forms import ASKS, STEPS, ControlForm, TestForm
from lianfang.registers.controls.queries.choosing import answerable_risks
from lianfang.registers.controls.queries.controls import (
    OWN_MEASURE,
    control_detail,
    control_page,
    measures_of,
)
from lianfang.registers.controls.rows import ControlFamily, ControlRow, ControlTestRow, Verdict
from lianfang.registers.controls.states import ControlState

COLUMNS = (
    Column("number", "编号", "code"),
    Column("action", "具体措施", "name"),
    Column("risk", "针对的风险点"),
    Column("grade", "等级"),
    Column("frequency", "频次"),
    Column("owner", "责任人"),
    Column("state", "状态", "state"),
)
PAGE = EditPage("controls/edit.html", ControlForm, "controls:list", "controls:detail", "controls")
CHOICES = (
    Column("number", "编号", "code"),
    Column("statement", "风险点", "name"),
    Column("unit", "单位、岗位"),
    Column("grade", "等级", "word"),
    Column("measures", "已有措施", "number"),
    Column("actions", "", "actions"),
)
take_step = step_view(STEPS, ASKS, "controls:detail")


@login_required
@require_safe
def control_list(request: HttpRequest) -> HttpResponse:
    """The list, filtered by unit, family, responsibility and state, searched by words."""
    actor = actor_of(request)
    wanted = wanted_of(request, "family", "responsibility", "state")
    page, lines = control_page(actor, wanted)
    context = {
        "lines": lines,
        "columns": COLUMNS,
        "pager": pager_of(page, wanted.size),
        "units": units_where(actor, Permission.CONTROLS_READ, Permission.CONTROLS_READ_APPROVED),
        "families": ControlFamily.choices(),
        "responsibilities": Responsibility.choices(),
        "states": ControlState.choices(),
        "may_draft": actor.may_anywhere(Permission.CONTROLS_DRAFT),
    }
    return render(request, "controls/list.html", context)


@login_required
@require_safe
def control_page_of(request: HttpRequest, number: str) -> HttpResponse:
    """One measure: what it does against which risk, how it was tested, what to do next."""
    detail = control_detail(actor_of(request), number)
    steps = steps_for(
        detail.moves, detail.row, "controls:step", ASKS, (*detail.drafting_errors, *detail.to_mend), detail.barred
    )
    return render(request, "controls/detail.html", {"detail": detail, "row": detail.row, "steps": steps})


@login_required
@require_safe
def risk_measures(request: HttpRequest, risk: str) -> HttpResponse:
    """What stands against one risk point, and what its grade still asks for."""
    actor = actor_of(request)
    context = {"measures": measures_of(actor, risk), "may_draft": actor.may_anywhere(Permission.CONTROLS_DRAFT)}
    return render(request, "controls/risk.html", context)


@login_required
@require_safe
def choose_risk(request: HttpRequest) -> HttpResponse:
    """Choose the risk point that a new measure stands against: graded ones, searched by words."""
    actor = actor_of(request)
    allow_anywhere(actor, Permission.CONTROLS_DRAFT)
    wanted = wanted_of(request, "grade")
    page, lines = answerable_risks(actor, wanted)
    context = {
        "lines": lines,
        "columns": CHOICES,
        "pager": pager_of(page, wanted.size),
        "units": units_where(actor, Permission.CONTROLS_DRAFT),
        "grades": Grade.choices(),
    }
    return render(request, "controls/choose.html", context)


@login_required
def new_control(request: HttpRequest, risk: str) -> HttpResponse:
    """Design a measure against a risk point."""
    actor = actor_of(request)
    measures = measures_of(actor, risk)
    allow_anywhere(actor, Permission.CONTROLS_DRAFT)
    base = ControlRow(number="", risk=risk, unit=measures.risk.unit)
    back, draft = reverse("controls:risk", args=[risk]), f"controls/new/{risk}"
    page = PAGE.showing(risk=measures.risk, cancel=back, autosave=draft)
    create = partial(actions.create_control, actor=actor)
    return page.new(request, base, create, choices=_people(measures.risk.unit))


@login_required
def edit_control(request: HttpRequest, number: str) -> HttpResponse:
    """Change a measure."""
    actor = actor_of(request)
    detail = opened_for_editing(request, control_detail(actor, number))
    change, read = partial(actions.edit_control, actor=actor), partial(control_detail, actor, number)
    return PAGE.showing(risk=detail.risk).edit(request, detail.row, change, read, choices=_people(detail.row.unit))


@login_required
def test_of(request: HttpRequest, number: str) -> HttpResponse:
    """Record a test of a measure."""
    actor = actor_of(request)
    detail = control_detail(actor, number)
    allow_anywhere(actor, Permission.CONTROLS_TEST)
    if detail.untestable:
        raise Refused(*OWN_MEASURE)
    base = ControlTestRow(
        number="", control=number, tested_on=timezone.localdate(), tester=actor.person, verdict=Verdict.EFFECTIVE
    )
    choices = {"tester": _people(detail.row.unit)["owner"]}
    form = TestForm(request.POST, choices=choices) if request.method == "POST" else TestForm.of(base, choices=choices)

    def act() -> tuple[str, str]:
        actions.record_test(actor=actor, row=form.to_row(base))
        return "已记录检验结果。", reverse("controls:detail", args=[number])

    return act_on(request, form, act, ("controls/test.html", {"detail": detail, "row": detail.row}))


def _people(unit: str) -> dict[str, Groups]:
    people = people_choices(unit)
    return {"owner": people, "supervisor": people}
