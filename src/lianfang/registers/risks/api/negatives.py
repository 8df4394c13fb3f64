"""Negative lists as JSON."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest
from ninja import Body, Query, Router, Status

from lianfang.foundation.web.register_api import Filters, ListPage, Stepped, list_page, take_api_step, version_in
from lianfang.foundation.web.register_pages import actor_of
from lianfang.registers.risks.actions import negatives as actions
from lianfang.registers.risks.queries.negatives import negative_detail, negative_page
from lianfang.registers.risks.rows import NegativeRow
from lianfang.registers.risks.steps import NEGATIVE_ASKS, NEGATIVE_STEPS

router = Router(tags=["负面清单"])


class NegativeFilters(Filters):
    """The filters of the list page."""

    state: str = ""
    tier: str = ""
    dimension: str = ""
    post: str = ""
    power: str = ""


@router.get("/", response=ListPage[NegativeRow], summary="负面清单")
def negative_list(request: HttpRequest, asked: Query[NegativeFilters]) -> ListPage[NegativeRow]:
    """One page of the list."""
    found, lines = negative_page(actor_of(request), asked.wanted())
    return list_page(found, [line.row for line in lines])


@router.get("/{number}/", response=NegativeRow, summary="一条负面清单条目")
def negative(request: HttpRequest, number: str) -> NegativeRow:
    """One item."""
    return negative_detail(actor_of(request), number).row


@router.post("/", response={201: NegativeRow}, summary="填报负面清单条目")
def create(request: HttpRequest, row: Body[NegativeRow]) -> Status[NegativeRow]:
    """Draft an item; number, state and version are given by the system."""
    return Status(201, actions.create_negative(actor=actor_of(request), row=replace(row, number="")))


@router.put("/{number}/", response=NegativeRow, summary="修改负面清单条目")
def edit(request: HttpRequest, number: str, row: Body[NegativeRow]) -> NegativeRow:
    """Change the item of the address."""
    changed = replace(row, number=number)
    return actions.edit_negative(actor=actor_of(request), row=changed, expected_version=version_in(request, row))


@router.post("/{number}/steps/{step}/", response=NegativeRow, summary="办理负面清单条目的一步")
def step(request: HttpRequest, number: str, step: str, said: Body[Stepped]) -> NegativeRow:
    """Take one step of the lifecycle."""
    return take_api_step(actor_of(request), NEGATIVE_STEPS, NEGATIVE_ASKS, (number, step), said)
