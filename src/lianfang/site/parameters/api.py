"""Parameters as JSON: what holds in a unit on a day, and the adjustments that decide it."""

from __future__ import annotations

import datetime
from dataclasses import replace

from django.http import HttpRequest
from ninja import Body, Query, Router, Schema, Status

from lianfang.foundation.parameters import actions
from lianfang.foundation.parameters.queries.adjustments import adjustment_detail, adjustment_page
from lianfang.foundation.parameters.queries.standings import Standing, standings
from lianfang.foundation.parameters.queries.units import readable_unit
from lianfang.foundation.parameters.rows import AdjustmentRow
from lianfang.foundation.web.register_api import Filters, ListPage, Stepped, list_page, take_api_step, version_in
from lianfang.foundation.web.register_pages import actor_of
from lianfang.site.parameters.forms import ASKS, STEPS

router = Router(tags=["参数"])


class ParameterFilters(Schema):
    """Of which unit (the first that may be read), on which day (today)."""

    unit: str = ""
    day: datetime.date | None = None


class ParameterValue(Schema):
    """One parameter: its value with unit, its default, who decided it, on what basis, since when."""

    parameter: str
    name: str
    value: str
    shown: str
    default: str
    allowed: str
    origin: str
    in_force_from: datetime.date | None
    proposer: str
    approver: str
    basis: str


class AdjustmentFilters(Filters):
    """The filters of the list page."""

    state: str = ""


def value_of(standing: Standing) -> ParameterValue:
    """A parameter as it stands, as JSON; also what the command line prints."""
    definition, decided = standing.definition, standing.decided
    return ParameterValue(
        parameter=definition.code,
        name=definition.name,
        value=standing.value,
        shown=standing.shown,
        default=standing.default_shown,
        allowed=definition.allowed,
        origin=standing.origin,
        in_force_from=decided.in_force_from if decided else None,
        proposer=decided.proposer if decided else "",
        approver=decided.approver if decided else "",
        basis=decided.basis if decided else "",
    )


@router.get("/", response=list[ParameterValue], summary="参数")
def parameter_list(request: HttpRequest, asked: Query[ParameterFilters]) -> list[ParameterValue]:
    """Every parameter as it stands in a unit on a day."""
    actor = actor_of(request)
    unit = readable_unit(actor, asked.unit)
    return [value_of(standing) for standing in standings(actor, unit, asked.day)]


@router.get("/adjustments/", response=ListPage[AdjustmentRow], summary="参数调整")
def adjustment_list(request: HttpRequest, asked: Query[AdjustmentFilters]) -> ListPage[AdjustmentRow]:
    """One page of the adjustments that the signed-in person may see."""
    found, lines = adjustment_page(actor_of(request), asked.wanted())
    return list_page(found, [line.row for line in lines])


@router.get("/adjustments/{number}/", response=AdjustmentRow, summary="一项参数调整")
def adjustment(request: HttpRequest, number: str) -> AdjustmentRow:
    """One adjustment."""
    return adjustment_detail(actor_of(request), number).row


@router.post("/adjustments/", response={201: AdjustmentRow}, summary="提出参数调整")
def propose(request: HttpRequest, row: Body[AdjustmentRow]) -> Status[AdjustmentRow]:
    """Propose a value; of the body count unit, parameter, value, start and reason."""
    return Status(201, actions.propose_adjustment(actor=actor_of(request), row=replace(row, number="")))


@router.put("/adjustments/{number}/", response=AdjustmentRow, summary="修改退回的参数调整并重新提出")
def revise(request: HttpRequest, number: str, row: Body[AdjustmentRow]) -> AdjustmentRow:
    """Change a returned proposal; ``version`` of the body is the version that was read."""
    changed = replace(row, number=number)
    return actions.revise_adjustment(actor=actor_of(request), row=changed, expected_version=version_in(request, row))


@router.post("/adjustments/{number}/steps/{step}/", response=AdjustmentRow, summary="办理参数调整的一步")
def step(request: HttpRequest, number: str, step: str, said: Body[Stepped]) -> AdjustmentRow:
    """Approve, return or withdraw an adjustment."""
    row: AdjustmentRow = take_api_step(actor_of(request), STEPS, ASKS, (number, step), said)
    return row
