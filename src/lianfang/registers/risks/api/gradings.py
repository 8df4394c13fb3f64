"""Grading rounds as JSON; sealed scores are given to nobody but the person who gave them, as on the pages.

A round is addressed by its risk point and its ordinal: ``/gradings/LH-WRF-R001/1/``.
"""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Body, P, PathEx, Query, Router, Schema

from lianfang.foundation.web.register_api import Filters, ListPage, Sent, Stepped, list_page, take_api_step
from lianfang.foundation.web.register_pages import actor_of
from lianfang.kernel.levels import Grade
from lianfang.registers.risks.actions import gradings as actions
from lianfang.registers.risks.actions.gradings import Agreed, Proposal
from lianfang.registers.risks.actions.scores import Given, score_risk
from lianfang.registers.risks.grading import Outcome
from lianfang.registers.risks.queries.gradings import (
    GradingDetail,
    grading_detail,
    grading_page,
    scoring_sheet,
    waiting_for,
)
from lianfang.registers.risks.rows import GradingRow, RaterCapacity, RiskRow, ScoreRow, grading_number
from lianfang.registers.risks.steps import GRADING_ASKS, GRADING_STEPS

router = Router(tags=["评级"])
Ordinal = PathEx[int, P(alias="round")]
"""The ordinal of a round, ``round`` in its address: the first of a risk point is 1."""


class Seat(Schema):
    """One rater; ``score`` is empty until all raters have scored."""

    person: str
    name: str
    capacity: RaterCapacity
    has_scored: bool
    score: ScoreRow | None


class Round(Schema):
    """One round: progress while it is open, scores and what the rule makes of them afterwards."""

    row: GradingRow
    seats: list[Seat]
    given: int
    suggestion: Outcome | None
    needs_reconciliation: bool
    before: Grade | None
    needs_minutes: bool
    may_score: bool


class OwnSheet(Schema):
    """What a rater needs in order to score, and the rater's own score."""

    grading: str
    risk: RiskRow
    capacity: RaterCapacity
    own: ScoreRow | None


class WaitingRound(Schema):
    """One round in which the signed-in person has yet to score."""

    grading: str
    risk: RiskRow
    capacity: RaterCapacity


class Scored(Sent):
    """Three scores 1 to 5, each with the evidence it rests on."""

    importance: int
    probability: int
    harm: int
    importance_note: str
    probability_note: str
    harm_note: str


class Reconciled(Sent):
    """What the raters agreed on where they lay apart; the other scales may be left out, they keep their median."""

    version: int
    record: str
    importance: int | None = None
    probability: int | None = None
    harm: int | None = None


class Proposed(Sent):
    """What goes to the approver beside the scores."""

    version: int
    reason: str
    lowering_evidence: str = ""
    exemption: str = ""
    card_or_clue: bool = False
    incompatible: bool = False


class Replaced(Sent):
    """Who takes whose empty seat, and why."""

    leaving: str
    person: str
    capacity: RaterCapacity
    note: str


class GradingFilters(Filters):
    """The filters of the list page."""

    state: str = ""
    grade: str = ""


@router.get("/", response=ListPage[GradingRow], summary="评级清单")
def grading_list(request: HttpRequest, asked: Query[GradingFilters]) -> ListPage[GradingRow]:
    """One page of the rounds."""
    found, lines = grading_page(actor_of(request), asked.wanted())
    return list_page(found, [line.row for line in lines])


@router.get("/waiting/", response=list[WaitingRound], summary="等待本人评分的评级")
def waiting(request: HttpRequest) -> list[WaitingRound]:
    """Rounds that wait for the signed-in person's scores."""
    return [
        WaitingRound(grading=one.grading, risk=one.risk, capacity=one.capacity)
        for one in waiting_for(actor_of(request))
    ]


@router.get("/{risk}/{round}/", response=Round, summary="一轮评级")
def grading(request: HttpRequest, risk: str, nth: Ordinal) -> Round:
    """One round."""
    return _round(grading_detail(actor_of(request), grading_number(risk, nth)))


@router.get("/{risk}/{round}/sheet/", response=OwnSheet, summary="本人的评分表")
def sheet(request: HttpRequest, risk: str, nth: Ordinal) -> OwnSheet:
    """The signed-in rater's own sheet."""
    found = scoring_sheet(actor_of(request), grading_number(risk, nth))
    return OwnSheet(grading=found.grading, risk=found.risk, capacity=found.capacity, own=found.own)


@router.post("/{risk}/{round}/score/", response=GradingRow, summary="评分")
def score(request: HttpRequest, risk: str, nth: Ordinal, given: Body[Scored]) -> GradingRow:
    """Give one's scores; they stay sealed until everybody has scored."""
    return score_risk(actor=actor_of(request), number=grading_number(risk, nth), given=Given(**given.dict()))


@router.post("/{risk}/{round}/reconcile/", response=GradingRow, summary="记录会商")
def reconcile(request: HttpRequest, risk: str, nth: Ordinal, said: Body[Reconciled]) -> GradingRow:
    """Write down what the raters agreed on."""
    agreed = Agreed(**said.dict(exclude={"version"}))
    number = grading_number(risk, nth)
    return actions.reconcile_scores(
        actor=actor_of(request), number=number, expected_version=said.version, agreed=agreed
    )


@router.post("/{risk}/{round}/propose/", response=GradingRow, summary="提出等级")
def propose(request: HttpRequest, risk: str, nth: Ordinal, said: Body[Proposed]) -> GradingRow:
    """Put the grade that the rule gives before its approver."""
    proposal = Proposal(**said.dict(exclude={"version"}))
    number = grading_number(risk, nth)
    return actions.propose_grade(
        actor=actor_of(request), number=number, expected_version=said.version, proposal=proposal
    )


@router.post("/{risk}/{round}/raters/", response=GradingRow, summary="更换评分人")
def replace_rater(request: HttpRequest, risk: str, nth: Ordinal, said: Body[Replaced]) -> GradingRow:
    """Put somebody else in the seat of a rater who will not score."""
    return actions.replace_rater(actor=actor_of(request), number=grading_number(risk, nth), **said.dict())


@router.post("/{risk}/{round}/steps/{step}/", response=GradingRow, summary="审定或退回等级")
def step(request: HttpRequest, risk: str, nth: Ordinal, step: str, said: Body[Stepped]) -> GradingRow:
    """Approve the proposed grade, or send it back."""
    target = (grading_number(risk, nth), step)
    return take_api_step(actor_of(request), GRADING_STEPS, GRADING_ASKS, target, said)


def _round(detail: GradingDetail) -> Round:
    suggestion = detail.suggestion
    return Round(
        row=detail.row,
        seats=[Seat(**{name: getattr(seat, name) for name in Seat.model_fields}) for seat in detail.seats],
        given=detail.given,
        suggestion=suggestion.outcome if suggestion else None,
        needs_reconciliation=bool(suggestion and suggestion.needs_reconciliation),
        before=detail.before,
        needs_minutes=detail.needs_minutes,
        may_score=detail.may_score,
    )
