"""The law table as JSON; laws carry no version, so ``ETag`` and ``If-Match`` keep two editors apart."""

from __future__ import annotations

import datetime
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from ninja import Body, Query, Router, Schema, Status

from lianfang.foundation.catalogue.listing import PAGE_SIZE
from lianfang.foundation.web.register_api import IfMatch, ListPage, Sent, seen_in, tagged
from lianfang.foundation.web.register_pages import actor_of
from lianfang.registers.laws import actions
from lianfang.registers.laws.queries import LawsWanted, law_detail, law_page
from lianfang.registers.laws.rows import LawRow

router = Router(tags=["法规依据"])
LAST_PAGE = 100_000


class LawFilters(Schema):
    """The filters of the list page."""

    q: str = ""
    level: str = ""
    standing: str = ""
    verified: str = ""
    page: int = 1


class Repealed(Sent):
    """When a law ends, what takes its place, on what basis."""

    on: datetime.date
    replaced_by: str = ""
    basis: str


class Verified(Sent):
    """Which articles were compared with the official text, and with which source."""

    articles: list[str] = []
    note: str


@router.get("/", response=ListPage[LawRow], summary="法规清单")
def law_list(request: HttpRequest, asked: Query[LawFilters]) -> ListPage[LawRow]:
    """One page of the law table."""
    page = min(max(1, asked.page), LAST_PAGE)
    wanted = LawsWanted(asked.q.strip(), asked.level, asked.standing, asked.verified, page)
    lines, total = law_page(actor_of(request), wanted)
    rows = [line.row for line in lines]
    return ListPage(rows=rows, total=total, exact=True, page=page, pages=max(1, -(-total // PAGE_SIZE)))


@router.get("/{number}/", response=LawRow, summary="一件法规")
def law(request: HttpRequest, response: HttpResponse, number: str) -> LawRow:
    """One law with its articles."""
    return tagged(response, law_detail(actor_of(request), number).row)


@router.post("/", response={201: LawRow}, summary="登记法规")
def create(request: HttpRequest, row: Body[LawRow]) -> Status[LawRow]:
    """Enter a law under a number of its own; nobody has verified it yet."""
    return Status(201, actions.create_law(actor=actor_of(request), row=row))


@router.put("/{number}/", response=LawRow, summary="修改法规")
def edit(
    request: HttpRequest,
    response: HttpResponse,
    number: str,
    row: Body[LawRow],
    if_match: IfMatch = "",
) -> LawRow:
    """Change the law of the address; what is changed has to be verified anew."""
    changed = replace(row, number=number)
    return tagged(response, actions.edit_law(actor=actor_of(request), row=changed, seen=seen_in(if_match)))


@router.post("/{number}/repeal/", response=LawRow, summary="标记法规废止")
def repeal(request: HttpRequest, number: str, said: Body[Repealed]) -> LawRow:
    """Mark a law as repealed."""
    return actions.repeal_law(actor=actor_of(request), number=number, **said.dict())


@router.post("/{number}/verify/", response=LawRow, summary="核验法规")
def verify(request: HttpRequest, number: str, said: Body[Verified]) -> LawRow:
    """Say that the law was compared with the official text."""
    return actions.verify_law(actor=actor_of(request), number=number, articles=said.articles, note=said.note)
