"""Posts as JSON."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from ninja import Body, Query, Router, Status

from lianfang.foundation.organisation import actions
from lianfang.foundation.organisation.overview import post_detail, post_page
from lianfang.foundation.organisation.rows import PostRow, TenureRow
from lianfang.foundation.web.register_api import Filters, IfMatch, ListPage, Sent, list_page, seen_in, tagged
from lianfang.foundation.web.register_pages import actor_of
from lianfang.registers.controls.actions import move_post_and_measures
from lianfang.site.organisation.api.units import Ended

router = Router(tags=["岗位"])


class Placed(Sent):
    """In which unit, on what basis."""

    unit: str
    basis: str


class PostFilters(Filters):
    """The filters of the list page."""

    rank: str = ""
    closed: bool = False


@router.get("/", response=ListPage[PostRow], summary="岗位清单")
def post_list(request: HttpRequest, asked: Query[PostFilters]) -> ListPage[PostRow]:
    """One page of the list."""
    found, lines = post_page(actor_of(request), asked.wanted(), closed=asked.closed)
    return list_page(found, [line.row for line in lines])


@router.get("/{number}/", response=PostRow, summary="一个岗位")
def post(request: HttpRequest, response: HttpResponse, number: str) -> PostRow:
    """One post with its duties."""
    return tagged(response, post_detail(actor_of(request), number).row)


@router.get("/{number}/tenures/", response=list[TenureRow], summary="一个岗位的任职")
def tenures(request: HttpRequest, number: str) -> list[TenureRow]:
    """Who holds and held the post, newest first."""
    return [line.row for line in post_detail(actor_of(request), number).tenures]


@router.post("/", response={201: PostRow}, summary="设置岗位")
def create(request: HttpRequest, row: Body[PostRow]) -> Status[PostRow]:
    """Set up a post; a row without a number is given the unit's next one."""
    return Status(201, actions.create_post(actor=actor_of(request), row=row))


@router.put("/{number}/", response=PostRow, summary="修改岗位")
def edit(
    request: HttpRequest, response: HttpResponse, number: str, row: Body[PostRow], if_match: IfMatch = ""
) -> PostRow:
    """Change duties, rank, scope and rotation of the post of the address."""
    changed = replace(row, number=number)
    return tagged(response, actions.edit_post(actor=actor_of(request), row=changed, seen=seen_in(if_match)))


@router.post("/{number}/move/", response=PostRow, summary="调整岗位的单位")
def move(request: HttpRequest, number: str, said: Body[Placed]) -> PostRow:
    """Give a post to another unit, with its risk points, negative list, searches and measures."""
    return move_post_and_measures(actor=actor_of(request), number=number, **said.dict())


@router.post("/{number}/close/", response=PostRow, summary="撤销岗位")
def close(request: HttpRequest, number: str, said: Body[Ended]) -> PostRow:
    """End a post that nobody holds any more."""
    return actions.close_post(actor=actor_of(request), number=number, **said.dict())
