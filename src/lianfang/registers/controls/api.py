"""Measures, their tests and ledgers as JSON: the same queries and actions as the pages, the same refusals."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest
from ninja import Body, Query, Router, Status

from lianfang.foundation.web.register_api import (
    Filters,
    ListPage,
    Stepped,
    list_page,
    part_of,
    take_api_step,
    version_in,
)
from lianfang.foundation.web.register_pages import actor_of
from lianfang.registers.controls import actions
from lianfang.registers.controls.forms import ASKS, STEPS
from lianfang.registers.controls.queries.controls import control_detail, control_page
from lianfang.registers.controls.queries.ledger import (
    compared,
    ledger_page,
    ledger_unit,
    visible_snapshots,
)
from lianfang.registers.controls.rows import ControlRow, ControlTestRow, LedgerRow, SnapshotRow

router = Router(tags=["防控措施"])
ledgers = Router(tags=["台账"])
MOST_SNAPSHOTS = 100
LINES = 200


class ControlFilters(Filters):
    """The filters of the list page, and the risk point."""

    state: str = ""
    family: str = ""
    responsibility: str = ""
    risk: str = ""


@router.get("/", response=ListPage[ControlRow], summary="防控措施清单")
def control_list(request: HttpRequest, asked: Query[ControlFilters]) -> ListPage[ControlRow]:
    """One page of the list."""
    found, lines = control_page(actor_of(request), asked.wanted())
    return list_page(found, [line.row for line in lines])


@router.get("/{number}/", response=ControlRow, summary="一条防控措施")
def control(request: HttpRequest, number: str) -> ControlRow:
    """One measure."""
    return control_detail(actor_of(request), number).row


@router.post("/", response={201: ControlRow}, summary="设计防控措施")
def create(request: HttpRequest, row: Body[ControlRow]) -> Status[ControlRow]:
    """Design a measure against a risk point; number, unit, state and version are given by the system."""
    return Status(201, actions.create_control(actor=actor_of(request), row=replace(row, number="")))


@router.put("/{number}/", response=ControlRow, summary="修改防控措施")
def edit(request: HttpRequest, number: str, row: Body[ControlRow]) -> ControlRow:
    """Change the measure of the address."""
    changed = replace(row, number=number)
    return actions.edit_control(actor=actor_of(request), row=changed, expected_version=version_in(request, row))


@router.post("/{number}/steps/{step}/", response=ControlRow, summary="办理防控措施的一步")
def step(request: HttpRequest, number: str, step: str, said: Body[Stepped]) -> ControlRow:
    """Take one step of the lifecycle."""
    return take_api_step(actor_of(request), STEPS, ASKS, (number, step), said)


@router.get("/{number}/tests/", response=list[ControlTestRow], summary="一条措施的检验记录")
def tests(request: HttpRequest, number: str) -> list[ControlTestRow]:
    """Tests of one measure, newest first."""
    return list(control_detail(actor_of(request), number).tests)


@router.post("/{number}/tests/", response={201: ControlTestRow}, summary="登记检验")
def record_test(request: HttpRequest, number: str, row: Body[ControlTestRow]) -> Status[ControlTestRow]:
    """Record a test of the measure of the address; its number is given by the system."""
    return Status(201, actions.record_test(actor=actor_of(request), row=replace(row, number="", control=number)))


@ledgers.get("/units/{unit}/", response=ListPage[LedgerRow], summary="一个单位现在的台账")
def ledger(request: HttpRequest, unit: str, page: int = 1) -> ListPage[LedgerRow]:
    """The ledger as it would be generated now."""
    found = ledger_page(ledger_unit(actor_of(request), unit).path, page, LINES)
    return ListPage(rows=list(found.lines), total=found.total, exact=True, page=found.page, pages=found.pages)


@ledgers.get("/units/{unit}/snapshots/", response=list[SnapshotRow], summary="一个单位已经生成的台账")
def snapshots(request: HttpRequest, unit: str) -> list[SnapshotRow]:
    """Snapshots of one unit, newest first."""
    actor = actor_of(request)
    taken = visible_snapshots(actor).filter(unit=ledger_unit(actor, unit))
    return [snapshot.to_row() for snapshot in taken[:MOST_SNAPSHOTS]]


@ledgers.post("/units/{unit}/snapshots/", response={201: SnapshotRow}, summary="生成台账")
def generate(request: HttpRequest, unit: str) -> Status[SnapshotRow]:
    """Generate and keep the ledger of a unit."""
    return Status(201, actions.generate_ledger(actor=actor_of(request), unit=unit))


@ledgers.get("/snapshots/{number}/", response=SnapshotRow, summary="一份已经生成的台账")
def snapshot(request: HttpRequest, number: str) -> SnapshotRow:
    """One ledger: of which unit, how long, and the fingerprint of its lines."""
    return compared(actor_of(request), number).snapshot.to_row()


@ledgers.get("/snapshots/{number}/lines/", response=ListPage[LedgerRow], summary="一份已经生成的台账的各行")
def snapshot_lines(request: HttpRequest, number: str, page: int = 1) -> ListPage[LedgerRow]:
    """The lines as they were generated."""
    return part_of(compared(actor_of(request), number).genuine_lines(), page, LINES)
