"""The power list as JSON: the same queries and actions as the pages, the same refusals."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest
from ninja import Body, Query, Router, Schema, Status

from lianfang.foundation.catalogue.listing import Wanted
from lianfang.foundation.web.register_api import Filters, ListPage, Stepped, list_page, take_api_step, version_in
from lianfang.foundation.web.register_pages import actor_of
from lianfang.kernel.errors import Absent
from lianfang.registers.powers import actions
from lianfang.registers.powers.forms import ASKS, STEPS
from lianfang.registers.powers.queries import power_detail, power_page
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.powers.scores import Completion, scorer, scores_under

router = Router(tags=["职权"])


class PowerFilters(Filters):
    """The filters of the list page."""

    state: str = ""
    category: str = ""
    completeness: Completion | None = None

    def wanted(self) -> Wanted:
        """Without the completeness, which is no column: it changes with the laws in force."""
        facets = (("state", self.state), ("category", self.category))
        return replace(super().wanted(), facets=tuple((name, value) for name, value in facets if value))


class FoundGap(Schema):
    """One of the eight fields that does not count, and why."""

    field: str
    heading: str
    why: str


class Completed(Schema):
    """How many of the eight fields of a power hold something, and what the others lack."""

    filled: int
    total: int
    gaps: list[FoundGap]


@router.get("/", response=ListPage[PowerRow], summary="权力清单")
def power_list(request: HttpRequest, asked: Query[PowerFilters]) -> ListPage[PowerRow]:
    """One page of the list."""
    actor, wanted = actor_of(request), asked.wanted()
    only = scores_under(actor, wanted.path, scorer()).only(asked.completeness) if asked.completeness else None
    found, lines = power_page(actor, wanted, only)
    return list_page(found, [line.row for line in lines])


@router.get("/{number}/", response=PowerRow, summary="一项职权")
def power(request: HttpRequest, number: str) -> PowerRow:
    """One power."""
    return power_detail(actor_of(request), number).row


@router.get("/{number}/completeness/", response=Completed, summary="一项职权的八要素完整度")
def completeness(request: HttpRequest, number: str) -> Completed:
    """How complete a power is today; a retired one is not judged.

    Raises:
        Absent: no such power, or it is retired.
    """
    found = power_detail(actor_of(request), number).completeness
    if found is None:
        raise Absent(f"职权 {number} 已取消，不再判断是否齐全。")
    gaps = [FoundGap(field=gap.field, heading=gap.heading, why=gap.why) for gap in found.gaps]
    return Completed(filled=found.filled, total=found.total, gaps=gaps)


@router.post("/", response={201: PowerRow}, summary="填报职权")
def create(request: HttpRequest, row: Body[PowerRow]) -> Status[PowerRow]:
    """Draft a new power; number, state and version are given by the system."""
    return Status(201, actions.create_power(actor=actor_of(request), row=replace(row, number="")))


@router.put("/{number}/", response=PowerRow, summary="修改职权")
def edit(request: HttpRequest, number: str, row: Body[PowerRow]) -> PowerRow:
    """Change the power of the address; ``version`` of the body is the version that was read."""
    changed = replace(row, number=number)
    return actions.edit_power(actor=actor_of(request), row=changed, expected_version=version_in(request, row))


@router.post("/{number}/steps/{step}/", response=PowerRow, summary="办理职权的一步")
def step(request: HttpRequest, number: str, step: str, said: Body[Stepped]) -> PowerRow:
    """Take one step of the lifecycle."""
    return take_api_step(actor_of(request), STEPS, ASKS, (number, step), said)
