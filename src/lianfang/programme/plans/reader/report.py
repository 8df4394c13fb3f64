"""A plan as plain JSON values, for the command line, the API and the scorer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lianfang.kernel.dates import FuzzyDate
from lianfang.kernel.findings import Finding
from lianfang.programme.plans.rows import DeadlineRow, PeriodicDutyRow, PlanRow, Span


def as_json(plan: PlanRow, findings: Iterable[Finding] = ()) -> dict[str, Any]:
    """The plan as JSON: dates as codes, unknown as ``null``, places as ``[start, end]`` of the source text."""
    return {
        "title": plan.title or None,
        "issuer": plan.issuer or None,
        "issued": plan.issued.isoformat() if plan.issued else None,
        "document_number": plan.document_number or None,
        "upstream": [{"number": c.number, "title": c.title or None, "span": _span(c.span)} for c in plan.upstream],
        "units": [unit.text for unit in plan.addressees],
        "stages": [
            {"ordinal": s.ordinal, "name": s.name, "start": _code(s.start), "end": _code(s.end), "span": _span(s.span)}
            for s in plan.stages
        ],
        "deadlines": [_deadline(row) for row in plan.deadlines],
        "tasks": [{"stage": t.stage, "name": t.name, "section": t.section, "span": _span(t.span)} for t in plan.tasks],
        "periodic": [_periodic(row) for row in plan.periodic],
        "milestones": [
            {"date": _code(m.date), "date_text": m.date_text, "text": m.text, "span": _span(m.span)}
            for m in plan.milestones
        ],
        "relative": [{"date_text": t.date_text, "text": t.text, "span": _span(t.span)} for t in plan.terms],
        "findings": [_finding(finding) for finding in findings],
    }


def _deadline(row: DeadlineRow) -> dict[str, Any]:
    return {
        "date": _code(row.date),
        "date_text": row.date_text or None,
        "stage": row.stage,
        "kind": row.kind.value,
        "submitter": row.submitter or None,
        "submitter_stated": row.submitter_stated,
        "deliverables": list(row.deliverables),
        "receiver": "、".join(row.receivers) or None,
        "receivers": list(row.receivers),
        "span": _span(row.span),
        "date_span": _span(row.date_span) if row.date_span else None,
    }


def _periodic(row: PeriodicDutyRow) -> dict[str, Any]:
    return {
        "cycle": row.cycle.value,
        "every": row.every,
        "what": row.what,
        "submitter": row.submitter or None,
        "deliverables": list(row.deliverables),
        "receiver": "、".join(row.receivers) or None,
        "span": _span(row.span),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    place = finding.place
    return {
        "code": finding.code,
        "severity": finding.severity.value if finding.severity else None,
        "dimension": finding.dimension.value if finding.dimension else None,
        "field": finding.field,
        "message": finding.message,
        "suggestion": finding.suggestion or None,
        "span": [place.start, place.end] if place else None,
    }


def _code(date: FuzzyDate | None) -> str | None:
    return date.code if date else None


def _span(span: Span) -> list[int]:
    return [span.start, span.end]
