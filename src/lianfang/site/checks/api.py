"""The last check of each bureau as JSON: findings, scores, waivers; and having a bureau checked."""

from __future__ import annotations

import datetime

from django.http import HttpRequest
from ninja import Body, Query, Router, Schema, Status

from lianfang.foundation.accounts.permission import allow_anywhere
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.lint.actions import grant_waiver, revoke_waiver
from lianfang.foundation.lint.rows import CheckRunRow, WaiverRow
from lianfang.foundation.web.register_api import FoundFault, Sent, faults
from lianfang.foundation.web.register_pages import actor_of
from lianfang.kernel.findings import Dimension
from lianfang.site.checks.queries import (
    FindingLine,
    ScoreLine,
    Sought,
    finding_detail,
    findings_page,
    reach_of,
    readable_scores,
    told_run,
    told_runs,
    waiver_lines,
)
from lianfang.site.checks.running import check_in_browser

router = Router(tags=["检查"])


class Asked(Schema):
    """The filters of the list page."""

    unit: str = ""
    kind: str = ""
    code: str = ""
    severity: str = ""
    dimension: str = ""
    waived: bool = False
    page: int = 1


class StoredFault(FoundFault):
    """A finding of the last check; ``key`` changes with every check."""

    key: int
    rule_title: str
    waiver: str


class Findings(Schema):
    """One page of the findings, and the checks they come from."""

    rows: list[StoredFault]
    total: int
    page: int
    waived: int
    runs: list[CheckRunRow]


class Score(Schema):
    """One unit's answer to one of the four questions."""

    unit: str
    unit_name: str
    dimension: Dimension
    clean: int
    objects: int
    per_cent: int


class Wanted(Sent):
    """Which bureau to check, by its number or that of one of its units."""

    unit: str


class Waived(Sent):
    """Why a finding is tolerated, and until when."""

    reason: str
    expires: datetime.date


class Revoked(Sent):
    """Which waiver ends; its number holds slashes, so it stands in the body."""

    number: str
    note: str


@router.get("/findings/", response=Findings, summary="检查结果")
def findings(request: HttpRequest, asked: Query[Asked]) -> Findings:
    """One page of what the last checks found."""
    actor = actor_of(request)
    allow_anywhere(actor, Permission.FINDINGS_READ)
    page = findings_page(actor, Sought(**asked.dict()))
    return Findings(
        rows=[_stored(line) for line in page.lines],
        total=page.total,
        page=page.page,
        waived=page.counts.waived,
        runs=told_runs(actor, page.runs),
    )


@router.get("/findings/{key}/", response=StoredFault, summary="一条检查结果")
def finding(request: HttpRequest, key: int) -> StoredFault:
    """One finding."""
    return _stored(finding_detail(actor_of(request), key).line)


@router.post("/findings/{key}/waiver/", response={201: WaiverRow}, summary="豁免一条检查结果")
def waive(request: HttpRequest, key: int, said: Body[Waived]) -> Status[WaiverRow]:
    """Tolerate one finding for a time."""
    actor = actor_of(request)
    tolerated = finding_detail(actor, key).tolerated()
    return Status(201, grant_waiver(actor=actor, finding=tolerated, reason=said.reason, expires=said.expires))


@router.get("/scores/", response=list[Score], summary="各单位各维度的得分")
def scores(request: HttpRequest, unit: str = "") -> list[Score]:
    """Score card of every unit under ``unit``."""
    actor = actor_of(request)
    allow_anywhere(actor, Permission.FINDINGS_READ)
    reach = reach_of(actor, unit)
    return [_score(line) for line in readable_scores(actor, reach)]


@router.post("/runs/", response={201: CheckRunRow}, summary="检查一个局")
def run(request: HttpRequest, wanted: Body[Wanted]) -> Status[CheckRunRow]:
    """Check one bureau now and keep what was found."""
    actor = actor_of(request)
    return Status(201, told_run(actor, check_in_browser(actor, wanted.unit)))


@router.get("/waivers/", response=list[WaiverRow], summary="豁免清单")
def waivers(request: HttpRequest) -> list[WaiverRow]:
    """Waivers in force and expired."""
    actor = actor_of(request)
    allow_anywhere(actor, Permission.FINDINGS_READ)
    return [line.row for line in waiver_lines(actor)]


@router.post("/waivers/revoke/", response=WaiverRow, summary="撤销豁免")
def revoke(request: HttpRequest, said: Body[Revoked]) -> WaiverRow:
    """End a waiver today."""
    return revoke_waiver(actor=actor_of(request), **said.dict())


def _stored(line: FindingLine) -> StoredFault:
    said = faults([line.finding])[0].dict()
    return StoredFault(key=line.key, rule_title=line.rule_title, waiver=line.waiver, **said)


def _score(line: ScoreLine) -> Score:
    return Score(**{name: getattr(line, name) for name in Score.model_fields})
