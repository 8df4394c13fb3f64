"""Regulations as JSON: the same queries and actions as the pages, the same refusals."""

from __future__ import annotations

import datetime
from dataclasses import replace

from django.http import HttpRequest
from ninja import Body, Query, Router, Status

from lianfang.foundation.web.register_api import Filters, ListPage, Sent, Stepped, list_page, take_api_step, version_in
from lianfang.foundation.web.register_pages import actor_of
from lianfang.registers.regulations import actions
from lianfang.registers.regulations.actions import Issue
from lianfang.registers.regulations.forms import ASKS, STEPS
from lianfang.registers.regulations.queries import regulation_detail, regulation_page
from lianfang.registers.regulations.rows import RegulationRow

router = Router(tags=["制度"])


class Issued(Sent):
    """How an adopted regulation is issued."""

    version: int
    document_number: str
    effective_on: datetime.date


class RegulationFilters(Filters):
    """The filters of the list page."""

    state: str = ""
    mechanism: str = ""


@router.get("/", response=ListPage[RegulationRow], summary="制度清单")
def regulation_list(request: HttpRequest, asked: Query[RegulationFilters]) -> ListPage[RegulationRow]:
    """One page of the list."""
    found, lines = regulation_page(actor_of(request), asked.wanted())
    return list_page(found, [line.row for line in lines])


@router.get("/{number}/", response=RegulationRow, summary="一件制度")
def regulation(request: HttpRequest, number: str) -> RegulationRow:
    """One regulation."""
    return regulation_detail(actor_of(request), number).row


@router.post("/", response={201: RegulationRow}, summary="登记制度")
def create(request: HttpRequest, row: Body[RegulationRow]) -> Status[RegulationRow]:
    """Enter a regulation, existing or intended; number, state and version are given by the system."""
    return Status(201, actions.create_regulation(actor=actor_of(request), row=replace(row, number="")))


@router.put("/{number}/", response=RegulationRow, summary="修改制度")
def edit(request: HttpRequest, number: str, row: Body[RegulationRow]) -> RegulationRow:
    """Change the regulation of the address."""
    changed = replace(row, number=number)
    return actions.edit_regulation(actor=actor_of(request), row=changed, expected_version=version_in(request, row))


@router.put("/{number}/evaluation/", response=RegulationRow, summary="评估制度")
def evaluate(request: HttpRequest, number: str, row: Body[RegulationRow]) -> RegulationRow:
    """Write the evaluation: conclusion, cause and the three tests are taken from the body."""
    changed = replace(row, number=number)
    return actions.evaluate_regulation(actor=actor_of(request), row=changed, expected_version=version_in(request, row))


@router.post("/{number}/steps/{step}/", response=RegulationRow, summary="办理制度的一步")
def step(request: HttpRequest, number: str, step: str, said: Body[Stepped]) -> RegulationRow:
    """Take one step of the lifecycle."""
    return take_api_step(actor_of(request), STEPS, ASKS, (number, step), said)


@router.post("/{number}/enforce/", response=RegulationRow, summary="施行制度")
def enforce(request: HttpRequest, number: str, said: Body[Issued]) -> RegulationRow:
    """Issue an adopted regulation: document number and day."""
    issue = Issue(said.document_number, said.effective_on)
    return actions.enforce_regulation(
        actor=actor_of(request), number=number, expected_version=said.version, issue=issue
    )
