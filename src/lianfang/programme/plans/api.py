"""Programmes as JSON: the same queries and actions as the pages, the same refusals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from django.http import HttpRequest
from ninja import Body, Query, Router, Schema, Status

from lianfang.foundation.web.register_api import (
    Filters,
    FoundFault,
    ListPage,
    Sent,
    Stepped,
    faults,
    list_page,
    take_api_step,
    version_in,
)
from lianfang.foundation.web.register_pages import actor_of
from lianfang.programme.plans import actions
from lianfang.programme.plans.comparing import Comparison
from lianfang.programme.plans.forms import ASKS, STEPS
from lianfang.programme.plans.lateness import Timing
from lianfang.programme.plans.owed_rows import DeliverableRow, ProgrammeStageRow, ReceiptRow
from lianfang.programme.plans.programme_rows import ProgrammeRow
from lianfang.programme.plans.queries.matrix import MatrixLine, matrix_of
from lianfang.programme.plans.queries.programmes import programme_page
from lianfang.programme.plans.queries.reading import read_ahead, reading_page
from lianfang.programme.plans.queries.receipts import distribution_of
from lianfang.programme.plans.queries.upstream import upstream_page
from lianfang.programme.plans.states import SubmissionState

router = Router(tags=["方案"])


class Started(Sent):
    """The text of a plan, for which bureau, and what the text is called."""

    unit: str
    text: str
    source_name: str = "接口提交的正文"


class Timeliness(Schema):
    """How a submission stands to its due date: in one word, counted in days or workdays, and as people say it."""

    timing: Timing
    days: int
    workdays: bool
    said: str
    submitted_on: dt.date | None


class Owing(Schema):
    """One unit's line of the matrix: deliverable number → state; what it need not hand in is absent.

    ``timings``: deliverable number → how it stands to its due date.
    """

    unit: str
    name: str
    submissions: dict[str, SubmissionState]
    timings: dict[str, Timeliness]


class SubmissionMatrix(Schema):
    """Who owes what: stages and deliverables of a confirmed programme, and a line for each unit."""

    stages: list[ProgrammeStageRow]
    deliverables: list[DeliverableRow]
    lines: list[Owing]
    findings: list[FoundFault]


class Seen(Sent):
    """The version of the receipt that was read."""

    version: int


class ProgrammeFilters(Filters):
    """The filters of the list page."""

    state: str = ""
    cycle_year: int | None = None


@router.get("/", response=ListPage[ProgrammeRow], summary="方案清单")
def programme_list(request: HttpRequest, asked: Query[ProgrammeFilters]) -> ListPage[ProgrammeRow]:
    """One page of the list."""
    found, lines = programme_page(actor_of(request), asked.wanted())
    return list_page(found, [line.row for line in lines])


@router.post("/", response={201: ProgrammeRow}, summary="读入方案正文")
def start(request: HttpRequest, given: Body[Started]) -> Status[ProgrammeRow]:
    """Read the text of a plan and keep it as a draft."""
    actor = actor_of(request)
    read = read_ahead(actor, given.unit, given.text)
    return Status(201, actions.start_plan(actor=actor, read=read, **given.dict()))


@router.get("/{number}/", response=ProgrammeRow, summary="一个方案")
def programme(request: HttpRequest, number: str) -> ProgrammeRow:
    """One programme with everything that was read from its plan."""
    return reading_page(actor_of(request), number).row


@router.get("/{number}/findings/", response=list[FoundFault], summary="一个方案的检查结果")
def findings(request: HttpRequest, number: str) -> list[FoundFault]:
    """What the rules say about the text and its reading."""
    return faults(reading_page(actor_of(request), number).findings)


@router.get("/{number}/text/", response=str, summary="一个方案的原文")
def text(request: HttpRequest, number: str) -> str:
    """The text exactly as it came in."""
    return "".join(segment.text for segment in reading_page(actor_of(request), number).text)


@router.get("/{number}/matrix/", response=SubmissionMatrix, summary="一个方案的报送矩阵")
def matrix(request: HttpRequest, number: str) -> SubmissionMatrix:
    """Who owes what."""
    found = matrix_of(actor_of(request), number)
    deliverables = list(found.deliverables)
    return SubmissionMatrix(
        stages=list(found.stages),
        deliverables=deliverables,
        lines=[_owing(line, deliverables) for line in found.lines],
        findings=faults(found.findings),
    )


@router.get("/{number}/upstream/", response=Comparison, summary="一个方案与上级方案的对照")
def upstream(request: HttpRequest, number: str) -> Comparison:
    """What of the higher plans is taken up by which item, what is open, what comes later, what is added."""
    return upstream_page(actor_of(request), number).comparison


@router.put("/{number}/", response=ProgrammeRow, summary="核对修改方案")
def correct(request: HttpRequest, number: str, row: Body[ProgrammeRow]) -> ProgrammeRow:
    """Store what was corrected in the reading; text, bureau and state stay."""
    changed = replace(row, number=number)
    return actions.correct_plan(actor=actor_of(request), row=changed, expected_version=version_in(request, row))


@router.post("/{number}/steps/{step}/", response=ProgrammeRow, summary="确认或作废方案")
def step(request: HttpRequest, number: str, step: str, said: Body[Stepped]) -> ProgrammeRow:
    """Take one step of the lifecycle."""
    return take_api_step(actor_of(request), STEPS, ASKS, (number, step), said)


@router.get("/{number}/receipts/", response=list[ReceiptRow], summary="一个方案的签收单位")
def receipts(request: HttpRequest, number: str) -> list[ReceiptRow]:
    """Whom the plan is addressed to, and who has signed for it."""
    return [line.row for line in distribution_of(actor_of(request), number).lines]


@router.post("/{number}/receipts/{unit}/", response=ReceiptRow, summary="代表单位签收方案")
def acknowledge(request: HttpRequest, number: str, unit: str, seen: Body[Seen]) -> ReceiptRow:
    """Sign for the plan on behalf of one unit, once."""
    return actions.acknowledge_plan(actor=actor_of(request), number=f"{number}.{unit}", expected_version=seen.version)


def _owing(line: MatrixLine, deliverables: list[DeliverableRow]) -> Owing:
    pairs = zip(deliverables, line.cells, strict=True)
    owed = {deliverable.number: cell.state for deliverable, cell in pairs if cell.state}
    return Owing(unit=line.unit, name=line.name, submissions=owed, timings=dict(_standings(line, deliverables)))


def _standings(line: MatrixLine, deliverables: list[DeliverableRow]) -> Iterator[tuple[str, Timeliness]]:
    for deliverable, cell in zip(deliverables, line.cells, strict=True):
        late = cell.lateness
        if late and cell.submission:
            yield (
                deliverable.number,
                Timeliness(
                    timing=late.timing,
                    days=late.days,
                    workdays=late.workdays,
                    said=late.said,
                    submitted_on=cell.submission.submitted_on,
                ),
            )
