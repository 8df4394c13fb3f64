"""A finding about a place in the text of a plan."""

from __future__ import annotations

from lianfang.kernel.findings import Finding, Place, Severity
from lianfang.programme.plans.rows import PlanRow, Span


def found_in(
    plan: PlanRow, span: Span, field: str, message: str, suggestion: str = "", severity: Severity | None = None
) -> Finding:
    """A finding that points to the characters ``span`` of the plan; to none where ``span`` is empty."""
    place = Place(start=span.start, end=span.end) if span.end else None
    return Finding(plan.number, field, message, severity=severity, suggestion=suggestion, place=place)
