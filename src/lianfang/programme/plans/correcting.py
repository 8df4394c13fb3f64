"""What follows from what a person corrects in a reading: ticks, years, and slips of the text that are mended by it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from lianfang.foundation.organisation.rows import UnitRow
from lianfang.kernel.dates import FuzzyDate
from lianfang.kernel.findings import Finding, Severity
from lianfang.programme.plans.programme_rows import DeadlineItem, DutyItem, ProgrammeRow, StageItem, date_of
from lianfang.programme.plans.resolving import submitting_units
from lianfang.programme.plans.rows import DeadlineRow, PlanRow, Span, StageRow

IMPOSSIBLE_DATE = "DOC003"


def with_following_ticks(
    draft: ProgrammeRow, before: ProgrammeRow, units: Sequence[UnitRow], bureau: str
) -> ProgrammeRow:
    """``draft`` with the units of every wording that was retyped while its ticks were left as they stood (S31).

    Ticks that a person changed in the same step stay as that person set them.
    """

    def followed(item: DeadlineItem | DutyItem, old: Sequence[DeadlineItem | DutyItem]) -> tuple[str, ...]:
        same_place = [one for one in old if one.span == item.span]
        kept = any(one.submitter == item.submitter for one in same_place)
        touched = all(one.units != item.units for one in same_place) and bool(same_place or item.units)
        if not item.submitter or kept or touched:
            return item.units
        return submitting_units(item.submitter, units, bureau)

    return replace(
        draft,
        deadlines=tuple(replace(item, units=followed(item, before.deadlines)) for item in draft.deadlines),
        duties=tuple(replace(item, units=followed(item, before.duties)) for item in draft.duties),
    )


def with_years(draft: ProgrammeRow) -> ProgrammeRow:
    """``draft`` with a year for each date typed without one: that of the stage's other end, else of the programme."""
    stages = tuple(_stage_with_years(stage, draft.cycle_year) for stage in draft.stages)
    windows = {stage.ordinal: stage for stage in stages}
    deadlines = tuple(_due_with_year(item, windows.get(item.stage or 0), draft.cycle_year) for item in draft.deadlines)
    return replace(draft, stages=stages, deadlines=deadlines)


def _stage_with_years(stage: StageItem, fallback: int | None) -> StageItem:
    start, end = date_of(stage.start), date_of(stage.end)
    first = (start.year if start else None) or _year_to(start, end) or fallback
    last = (end.year if end else None) or _year_from(start, end, first)
    return replace(stage, start=_coded(start, first) or stage.start, end=_coded(end, last) or stage.end)


def _year_to(start: FuzzyDate | None, end: FuzzyDate | None) -> int | None:
    """The year of a start whose end is known: the end's, or the one before where the start's month is later."""
    if start is None or end is None or end.year is None:
        return None
    return end.year - (1 if (start.month or 0) > (end.month or 12) else 0)


def _year_from(start: FuzzyDate | None, end: FuzzyDate | None, first: int | None) -> int | None:
    """The year of an end whose start is known: the start's, or the next one where the end's month is earlier."""
    if first is None or end is None or start is None:
        return first
    return first + (1 if (end.month or 12) < (start.month or 0) else 0)


def _due_with_year(item: DeadlineItem, stage: StageItem | None, fallback: int | None) -> DeadlineItem:
    due = date_of(item.due)
    start = date_of(stage.start) if stage else None
    year = _year_from(start, due, start.year) if start and start.year else fallback
    return replace(item, due=_coded(due, year) or item.due)


def _coded(date: FuzzyDate | None, year: int | None) -> str:
    """The code of a date with ``year``; "" where it has one already, or that year has no such day."""
    if date is None or date.year is not None or year is None:
        return ""
    if (date.month, date.day) == (2, 29) and not _is_leap(year):
        return ""
    return replace(date, year=year).code


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def weighed_slips(findings: Iterable[Finding], draft: ProgrammeRow, read: PlanRow) -> Iterator[Finding]:
    """``findings`` without the dates of the text that a person has put right.

    An impossible date on which no stage and no deadline hangs is worth a warning: nothing waits for it.
    """
    for found in findings:
        if found.code != IMPOSSIBLE_DATE or found.place is None:
            yield found
        elif not (hanging := list(_hanging_on(found, read))):
            yield replace(found, severity=Severity.WARNING)
        elif any(_is_open(one, draft) for one in hanging):
            yield found


def mended_slips(findings: Iterable[Finding], draft: ProgrammeRow, read: PlanRow) -> tuple[Finding, ...]:
    """Of ``findings`` the impossible dates of the text that a person has put right in the draft (S12, S87)."""
    return tuple(
        found
        for found in findings
        if found.code == IMPOSSIBLE_DATE
        and (hanging := list(_hanging_on(found, read)))
        and not any(_is_open(one, draft) for one in hanging)
    )


def _hanging_on(found: Finding, read: PlanRow) -> Iterator[StageRow | DeadlineRow]:
    """The stages and deadlines that were read without a date because of the impossible one that ``found`` shows."""
    start = found.place.start or 0 if found.place else 0
    for stage in read.stages:
        if stage.span.start <= start < stage.span.end and (stage.start is None or stage.end is None):
            yield stage
    for row in read.deadlines:
        if row.date is None and row.date_span and row.date_span.start <= start < row.date_span.end:
            yield row


def _is_open(read: StageRow | DeadlineRow, draft: ProgrammeRow) -> bool:
    """Whether the draft still has the item without the date."""
    if isinstance(read, StageRow):
        return any(_at(one.span, read.span) and not (one.start and one.end) for one in draft.stages)
    return any(_at(one.span, read.span) and not one.due for one in draft.deadlines)


def _at(span: Span | None, place: Span) -> bool:
    return span == place
