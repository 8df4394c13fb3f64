"""Units as JSON; units carry no version, so ``ETag`` and ``If-Match`` keep two editors apart."""

from __future__ import annotations

import datetime
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from ninja import Body, Router, Status

from lianfang.foundation.organisation import actions
from lianfang.foundation.organisation.overview import unit_detail, unit_tree
from lianfang.foundation.organisation.rows import UnitKind, UnitRow
from lianfang.foundation.web.register_api import IfMatch, Sent, seen_in, tagged
from lianfang.foundation.web.register_pages import actor_of

router = Router(tags=["单位"])


class Renamed(Sent):
    """The new name, on what basis."""

    name: str
    basis: str


class Moved(Sent):
    """Under which unit, on what basis."""

    parent: str
    basis: str


class Ended(Sent):
    """On which day, on what basis."""

    on: datetime.date
    basis: str


class Succeeded(Ended):
    """Which unit takes the place."""

    number: str
    name: str
    unit_kind: UnitKind


@router.get("/", response=list[UnitRow], summary="单位清单")
def unit_list(request: HttpRequest, *, closed: bool = False) -> list[UnitRow]:
    """Every unit that the signed-in person sees, in tree order."""
    return [line.row for line in unit_tree(actor_of(request), closed=closed)]


@router.get("/{number}/", response=UnitRow, summary="一个单位")
def unit(request: HttpRequest, response: HttpResponse, number: str) -> UnitRow:
    """One unit."""
    return tagged(response, unit_detail(actor_of(request), number).row)


@router.post("/", response={201: UnitRow}, summary="设立单位")
def create(request: HttpRequest, row: Body[UnitRow]) -> Status[UnitRow]:
    """Set up a unit under a number of its own."""
    return Status(201, actions.create_unit(actor=actor_of(request), row=row))


@router.put("/{number}/", response=UnitRow, summary="修改单位")
def edit(
    request: HttpRequest, response: HttpResponse, number: str, row: Body[UnitRow], if_match: IfMatch = ""
) -> UnitRow:
    """Correct type, other names and first day of the unit of the address."""
    changed = replace(row, number=number)
    return tagged(response, actions.edit_unit(actor=actor_of(request), row=changed, seen=seen_in(if_match)))


@router.post("/{number}/rename/", response=UnitRow, summary="单位更名")
def rename(request: HttpRequest, number: str, said: Body[Renamed]) -> UnitRow:
    """Give a unit a new name."""
    return actions.rename_unit(actor=actor_of(request), number=number, **said.dict())


@router.post("/{number}/move/", response=UnitRow, summary="调整单位隶属")
def move(request: HttpRequest, number: str, said: Body[Moved]) -> UnitRow:
    """Put a unit, with all below it, under another."""
    return actions.move_unit(actor=actor_of(request), number=number, **said.dict())


@router.post("/{number}/succeed/", response={201: UnitRow}, summary="由新单位承接")
def succeed(request: HttpRequest, number: str, said: Body[Succeeded]) -> Status[UnitRow]:
    """Close a unit and set up the one that takes its place."""
    successor = UnitRow(number=said.number, name=said.name, unit_kind=said.unit_kind)
    actor = actor_of(request)
    row = actions.succeed_unit(actor=actor, number=number, successor=successor, on=said.on, basis=said.basis)
    return Status(201, row)


@router.post("/{number}/close/", response=UnitRow, summary="撤销单位")
def close(request: HttpRequest, number: str, said: Body[Ended]) -> UnitRow:
    """End a unit that nothing takes the place of."""
    return actions.close_unit(actor=actor_of(request), number=number, **said.dict())
