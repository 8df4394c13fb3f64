"""The pages of grading: open a round, score, reconcile, propose, approve."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.organisation.queries import units_where
from lianfang.foundation.web.register_pages import act_on, actor_of, opened_at, pager_of, step_view, steps_for
from lianfang.foundation.web.values import Column, Step
from lianfang.kernel.errors import Absent, Conflict, Invalid
from lianfang.kernel.levels import Grade
from lianfang.registers.risks.actions import gradings as actions
from lianfang.registers.risks.actions.scores import score_risk
from lianfang.registers.risks.forms import ProposalForm, RaterForm, ReconcileForm, ReplaceForm, ScoreForm
from lianfang.registers.risks.grading import FLOORS
from lianfang.registers.risks.queries.evidence import tests_of
from lianfang.registers.risks.queries.grading_turns import turn_in_round
from lianfang.registers.risks.queries.gradings import (
    GradingDetail,
    grading_detail,
    grading_page,
    scoring_sheet,
    waiting_for,
)
from lianfang.registers.risks.queries.raters import opening_for
from lianfang.registers.risks.queries.shared_evidence import shared_evidence
from lianfang.registers.risks.rows import RiskRow
from lianfang.registers.risks.states import GradingState
from lianfang.registers.risks.steps import GRADING_ASKS, GRADING_STEPS, MINUTED
from lianfang.registers.risks.views.keeping import clean_wanted

COLUMNS = (
    Column("number", "评级", "code"),
    Column("risk", "风险点", "name"),
    Column("unit", "单位"),
    Column("given", "已评分", "number"),
    Column("grade", "拟定等级", "word"),
    Column("state", "状态", "state"),
)
STATES_ASKED = {GradingState.SCORED.value: "评分已齐", GradingState.RECONCILED.value: "已会商"}
"""What the filter calls them: rounds whose scores agree are shown as waiting for a grade, and lie apart as waiting for
a reconciliation, while both are stored as scored."""
SEALED = "评分已密封。还有评分人没有评完；全部评完以后，各人的评分同时公开。"
SEALED_LAST = "评分已密封。您是最后一位，各人的评分现在同时公开，由廉政办会商、提出等级。"
take_step = step_view(GRADING_STEPS, GRADING_ASKS, "risks:grading")


@login_required
@require_safe
def grading_list(request: HttpRequest) -> HttpResponse:
    """All rounds, by state and grade, and first of all those that wait for this person's scores."""
    actor = actor_of(request)
    wanted = clean_wanted(request, "state", "grade")
    page, lines = grading_page(actor, wanted)
    context = {
        "waiting": waiting_for(actor),
        "lines": lines,
        "columns": COLUMNS,
        "pager": pager_of(page, wanted.size),
        "units": units_where(actor, Permission.RISKS_READ),
        "grades": Grade.choices(),
        "states": [(state, STATES_ASKED.get(state, label)) for state, label in GradingState.choices()],
    }
    return render(request, "risks/gradings.html", context)


@login_required
@require_safe
def grading_page_of(request: HttpRequest, number: str) -> HttpResponse:
    """One round: progress while scores are sealed; afterwards scores, proposal, and what would change the grade."""
    actor = actor_of(request)
    detail = grading_detail(actor, number)
    found = detail.suggestion
    floors = detail.row.floors or (found.outcome.floors if found else ())
    context = {
        "detail": detail,
        "row": detail.row,
        "steps": _steps(detail),
        "turn": turn_in_round(actor, detail),
        "gaps": [(RiskRow.headings[scale], size, scale in found.apart) for scale, size in found.gaps] if found else [],
        "flips": _flips(detail),
        "shared": [(RiskRow.headings[scale], "、".join(names)) for scale, names in shared_evidence(detail.seats)],
        "floors": [(floor, *FLOORS[floor]) for floor in floors],
        "track": _track(detail),
    }
    return render(request, "risks/grading.html", context)


def _track(detail: GradingDetail) -> list[GradingState]:
    agreed = detail.row.state is GradingState.SCORED and detail.shown_state is not GradingState.SCORED
    left_out = {GradingState.SUPERSEDED, GradingState.SCORED} if agreed else {GradingState.SUPERSEDED}
    return [state for state in GradingState if state not in left_out]


def _flips(detail: GradingDetail) -> list[tuple[str, int, Grade]]:
    found = detail.suggestion.flips if detail.suggestion else ()
    return [(RiskRow.headings[scale], score, grade) for scale, score, grade in found]


def _steps(detail: GradingDetail) -> list[Step]:
    lie_apart = detail.suggestion is not None and detail.suggestion.needs_reconciliation
    moves = [move for move in detail.moves if lie_apart or move.name != "reconcile"]
    asks = {**GRADING_ASKS, "approve": MINUTED} if detail.needs_minutes else GRADING_ASKS
    barred = {**detail.barred, "propose": "须先会商。"} if lie_apart else detail.barred
    steps = steps_for(moves, detail.row, "risks:grading_step", asks, barred=barred)
    if not detail.may_score:
        return steps
    address = reverse("risks:score", args=[detail.row.number])
    return [Step("评分", address, why="您是本轮评分人，评分前看不到别人的分。", method="get"), *steps]


@login_required
def open_grading(request: HttpRequest, number: str) -> HttpResponse:
    """Choose as many raters as the bureau asks for, at least, and open a round."""
    actor = actor_of(request)
    opening = opening_for(actor, number)
    form = RaterForm(request.POST or None, candidates=opening.candidates, suggested=opening.suggested)
    version = opened_at(request, opening.row)
    context = {
        "row": opening.row,
        "least": opening.least,
        "version": version,
        "form": form,
        "cancel": reverse("risks:detail", args=[number]),
    }

    def act() -> tuple[str, str]:
        opened = actions.open_grading(actor=actor, number=number, expected_version=version, raters=form.raters())
        return "已启动评级，等待评分人独立评分。", reverse("risks:grading", args=[opened.number])

    return act_on(request, form, act, ("risks/open_grading.html", context))


@login_required
def replace_rater(request: HttpRequest, number: str) -> HttpResponse:
    """Put somebody else in the seat of a rater who will not score."""
    actor = actor_of(request)
    detail = grading_detail(actor, number)
    leaving = [(seat.person, f"{seat.name}（{seat.capacity.label}）") for seat in detail.seats if not seat.has_scored]
    candidates = opening_for(actor, detail.row.risk).candidates
    form = ReplaceForm(request.POST or None, leaving=leaving, candidates=candidates)
    context = {"detail": detail, "row": detail.row, "form": form, "cancel": reverse("risks:grading", args=[number])}

    def act() -> tuple[str, str]:
        person, capacity = form.chosen()
        said = {"leaving": form.cleaned_data["leaving"], "note": form.cleaned_data["note"]}
        actions.replace_rater(actor=actor, number=number, person=person, capacity=capacity, **said)
        return "已更换评分人。", reverse("risks:grading", args=[number])

    return act_on(request, form, act, ("risks/replace_rater.html", context))


@login_required
def score(request: HttpRequest, number: str) -> HttpResponse:
    """One's own scores, beside what each number means; nobody else's are anywhere on this page."""
    actor = actor_of(request)
    sheet = scoring_sheet(actor, number)
    form = ScoreForm(request.POST or None)
    context = {"sheet": sheet, "risk": sheet.risk, "power": sheet.power, "form": form}

    def act() -> tuple[str, str]:
        try:
            sealed = score_risk(actor=actor, number=number, given=form.given())
        except Invalid as fault:
            raise form.marked(fault) from fault
        return SEALED if sealed.state is GradingState.OPEN else SEALED_LAST, reverse("risks:score", args=[number])

    return act_on(request, form, act, ("risks/score.html", context))


@login_required
def reconcile(request: HttpRequest, number: str) -> HttpResponse:
    """Write down what the raters agreed on where they lay apart; the other scales keep their median."""
    actor = actor_of(request)
    detail = grading_detail(actor, number)
    if detail.suggestion is None:
        raise Absent("还有评分人没有评分，不能会商。")
    if not detail.suggestion.apart:
        raise Conflict("评分人之间没有须会商的分差，不用会商。", "请按中位数直接提出等级。")
    apart = detail.suggestion.apart
    scores = {scale: [getattr(seat.score, scale) for seat in detail.seats if seat.score] for scale in apart}
    form = ReconcileForm(request.POST or None, scores=scores)
    return _second_step(request, form, detail, "reconcile")


@login_required
def propose(request: HttpRequest, number: str) -> HttpResponse:
    """Put the grade before its approver."""
    detail = grading_detail(actor_of(request), number)
    form = ProposalForm(request.POST or None, initial={"reason": detail.row.reason})
    if detail.is_lowering:
        form.fields["lowering_evidence"].help_text = _what_tests_there_are(detail.row.risk)
    return _second_step(request, form, detail, "propose")


def _what_tests_there_are(risk: str) -> str:
    tests = [f"{test.number}（{test.tested_on}，{test.verdict}）" for test in tests_of(risk)]
    return f"等级低于现行等级，必须引用结论有效的措施检验。本风险点已有的检验：{'、'.join(tests[:6]) or '还没有'}。"


def _second_step(
    request: HttpRequest, form: ReconcileForm | ProposalForm, detail: GradingDetail, step: str
) -> HttpResponse:
    number = detail.row.number
    version = opened_at(request, detail.row)
    context: dict[str, Any] = {
        "detail": detail,
        "row": detail.row,
        "form": form,
        "version": version,
        "floors": [(floor, *FLOORS[floor]) for floor in detail.suggestion.outcome.floors] if detail.suggestion else [],
        "cancel": reverse("risks:grading", args=[number]),
    }

    def act() -> tuple[str, str]:
        named: dict[str, Any] = {"actor": actor_of(request), "number": number, "expected_version": version}
        if isinstance(form, ReconcileForm):
            actions.reconcile_scores(agreed=form.agreed(), **named)
        else:
            actions.propose_grade(proposal=form.proposal(), **named)
        return "已保存。", reverse("risks:grading", args=[number])

    return act_on(request, form, act, (f"risks/{step}.html", context))
