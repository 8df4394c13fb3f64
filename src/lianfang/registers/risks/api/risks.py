"""Risk points as JSON."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest
from ninja import Body, Query, Router, Schema, Status

from lianfang.foundation.web.register_api import Filters, ListPage, Sent, Stepped, list_page, take_api_step, version_in
from lianfang.foundation.web.register_pages import actor_of
from lianfang.registers.risks.actions import gradings
from lianfang.registers.risks.actions import risks as actions
from lianfang.registers.risks.queries.raters import opening_for
from lianfang.registers.risks.queries.risks import risk_detail, risk_page
from lianfang.registers.risks.rows import GradingRow, RaterCapacity, RiskRow
from lianfang.registers.risks.steps import RISK_ASKS, RISK_STEPS

router = Router(tags=["风险点"])


class RiskFilters(Filters):
    """The filters of the list page."""

    state: str = ""
    tier: str = ""
    dimension: str = ""
    grade: str = ""
    post: str = ""
    power: str = ""


class Merged(Stepped):
    """Into which risk point."""

    into: str


class Opened(Stepped):
    """Who rates: person number → capacity."""

    raters: dict[str, RaterCapacity]


class RaterOption(Schema):
    """Somebody who may sit in a round."""

    person: str
    name: str
    post_name: str
    capacities: list[RaterCapacity]


class Raters(Sent):
    """Who may sit, and a ready suggestion."""

    candidates: list[RaterOption]
    suggested: dict[str, RaterCapacity]


@router.get("/", response=ListPage[RiskRow], summary="风险点清单")
def risk_list(request: HttpRequest, asked: Query[RiskFilters]) -> ListPage[RiskRow]:
    """One page of the list; a grade that nobody approved is left out, as on the page."""
    found, lines = risk_page(actor_of(request), asked.wanted())
    return list_page(found, [_as_counts(line.row, is_approved=line.is_approved) for line in lines])


@router.get("/{number}/", response=RiskRow, summary="一个风险点")
def risk(request: HttpRequest, number: str) -> RiskRow:
    """One risk point."""
    detail = risk_detail(actor_of(request), number)
    return _as_counts(detail.row, is_approved=detail.is_approved)


@router.post("/", response={201: RiskRow}, summary="填报风险点")
def create(request: HttpRequest, row: Body[RiskRow]) -> Status[RiskRow]:
    """Draft a risk point; number, state, version and grade are given by the system."""
    return Status(201, actions.create_risk(actor=actor_of(request), row=replace(row, number="")))


@router.put("/{number}/", response=RiskRow, summary="修改风险点")
def edit(request: HttpRequest, number: str, row: Body[RiskRow]) -> RiskRow:
    """Change the risk point of the address; its grade stays."""
    changed = replace(row, number=number)
    return actions.edit_risk(actor=actor_of(request), row=changed, expected_version=version_in(request, row))


@router.post("/{number}/steps/{step}/", response=RiskRow, summary="办理风险点的一步")
def step(request: HttpRequest, number: str, step: str, said: Body[Stepped]) -> RiskRow:
    """Take one step of the lifecycle."""
    return take_api_step(actor_of(request), RISK_STEPS, RISK_ASKS, (number, step), said)


@router.post("/{number}/merge/", response=RiskRow, summary="并入另一个风险点")
def merge(request: HttpRequest, number: str, said: Body[Merged]) -> RiskRow:
    """Merge into another risk point of the same unit."""
    return actions.merge_risk(
        actor=actor_of(request), number=number, into=said.into, expected_version=said.version, note=said.note
    )


@router.get("/{number}/raters/", response=Raters, summary="可以为风险点评分的人")
def raters(request: HttpRequest, number: str) -> Raters:
    """Who may sit in a round on this risk point."""
    opening = opening_for(actor_of(request), number)
    options = [
        RaterOption(
            person=one.person,
            name=one.name,
            post_name=one.post_name,
            capacities=[capacity for capacity in RaterCapacity if capacity in one.capacities],
        )
        for one in opening.candidates
    ]
    return Raters(candidates=options, suggested=opening.suggested)


@router.post("/{number}/gradings/", response={201: GradingRow}, summary="启动评级")
def open_grading(request: HttpRequest, number: str, said: Body[Opened]) -> Status[GradingRow]:
    """Open a round with at least three raters."""
    opened = gradings.open_grading(
        actor=actor_of(request), number=number, expected_version=said.version, raters=said.raters, note=said.note
    )
    return Status(201, opened)


def _as_counts(row: RiskRow, *, is_approved: bool) -> RiskRow:
    return row if is_approved else replace(row, grade=None)
