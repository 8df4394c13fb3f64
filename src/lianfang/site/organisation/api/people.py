"""People and their tenures as JSON."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from ninja import Body, Query, Router, Status

from lianfang.foundation.organisation import actions
from lianfang.foundation.organisation.overview import person_detail, person_page
from lianfang.foundation.organisation.rows import PersonRow, TenureRow
from lianfang.foundation.web.register_api import Filters, IfMatch, ListPage, Sent, list_page, seen_in, tagged
from lianfang.foundation.web.register_pages import actor_of
from lianfang.site.organisation.api.units import Ended

router = Router(tags=["人员"])
tenures = Router(tags=["任职"])


class Begun(Sent):
    """A tenure that begins, on what basis."""

    row: TenureRow
    basis: str


class TenureEnded(Ended):
    """Which tenure ends; its number holds slashes, so it stands in the body."""

    number: str


class PersonFilters(Filters):
    """The filters of the list page."""

    gone: bool = False


@router.get("/", response=ListPage[PersonRow], summary="人员清单")
def person_list(request: HttpRequest, asked: Query[PersonFilters]) -> ListPage[PersonRow]:
    """One page of the list."""
    found, lines = person_page(actor_of(request), asked.wanted(), gone=asked.gone)
    return list_page(found, [line.row for line in lines])


@router.get("/{number}/", response=PersonRow, summary="一个人")
def person(request: HttpRequest, response: HttpResponse, number: str) -> PersonRow:
    """One person."""
    return tagged(response, person_detail(actor_of(request), number).row)


@router.get("/{number}/tenures/", response=list[TenureRow], summary="一个人的任职")
def tenures_of(request: HttpRequest, number: str) -> list[TenureRow]:
    """Which posts the person holds and held, newest first."""
    return [line.row for line in person_detail(actor_of(request), number).tenures]


@router.post("/", response={201: PersonRow}, summary="登记人员")
def create(request: HttpRequest, row: Body[PersonRow]) -> Status[PersonRow]:
    """Enter a person; a row without a number is given the bureau's next one."""
    return Status(201, actions.create_person(actor=actor_of(request), row=row))


@router.put("/{number}/", response=PersonRow, summary="修改人员")
def edit(
    request: HttpRequest, response: HttpResponse, number: str, row: Body[PersonRow], if_match: IfMatch = ""
) -> PersonRow:
    """Correct name, unit and membership of the person of the address."""
    changed = replace(row, number=number)
    return tagged(response, actions.edit_person(actor=actor_of(request), row=changed, seen=seen_in(if_match)))


@router.post("/{number}/leave/", response=PersonRow, summary="登记离开")
def leave(request: HttpRequest, number: str, said: Body[Ended]) -> PersonRow:
    """Somebody leaves; all open tenures end."""
    return actions.record_departure(actor=actor_of(request), number=number, **said.dict())


@tenures.post("/", response={201: TenureRow}, summary="登记任职")
def start(request: HttpRequest, said: Body[Begun]) -> Status[TenureRow]:
    """Somebody takes up a post; the number is given by the system."""
    row = replace(said.row, number="")
    return Status(201, actions.start_tenure(actor=actor_of(request), row=row, basis=said.basis))


@tenures.post("/end/", response=TenureRow, summary="登记离任")
def end(request: HttpRequest, said: Body[TenureEnded]) -> TenureRow:
    """Somebody gives up a post."""
    return actions.end_tenure(actor=actor_of(request), **said.dict())
