"""Searches (排查) as JSON."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest
from ninja import Body, Query, Router, Status

from lianfang.foundation.web.register_api import Filters, ListPage, list_page, version_in
from lianfang.foundation.web.register_pages import actor_of
from lianfang.registers.risks.actions import searches as actions
from lianfang.registers.risks.queries.searches import search_detail, search_page
from lianfang.registers.risks.rows import SearchRow

router = Router(tags=["排查"])


class SearchFilters(Filters):
    """The filters of the list page."""

    tier: str = ""
    post: str = ""


@router.get("/", response=ListPage[SearchRow], summary="排查记录")
def search_list(request: HttpRequest, asked: Query[SearchFilters]) -> ListPage[SearchRow]:
    """One page of the list."""
    found, lines = search_page(actor_of(request), asked.wanted())
    return list_page(found, [line.row for line in lines])


@router.get("/{number}/", response=SearchRow, summary="一次排查")
def search(request: HttpRequest, number: str) -> SearchRow:
    """One search."""
    return search_detail(actor_of(request), number).row


@router.post("/", response={201: SearchRow}, summary="登记排查")
def create(request: HttpRequest, row: Body[SearchRow]) -> Status[SearchRow]:
    """Enter a search that was held; its number is given by the system."""
    return Status(201, actions.record_search(actor=actor_of(request), row=replace(row, number="")))


@router.put("/{number}/", response=SearchRow, summary="更正排查记录")
def edit(request: HttpRequest, number: str, row: Body[SearchRow]) -> SearchRow:
    """Correct the record of the address."""
    changed = replace(row, number=number)
    return actions.correct_search(actor=actor_of(request), row=changed, expected_version=version_in(request, row))
