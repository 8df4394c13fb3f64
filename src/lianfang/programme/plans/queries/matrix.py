"""The submission matrix: units down, deliverables across, in every cell whether it came and whether in time."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.utils import timezone

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.organisation.queries import unit_names
from lianfang.foundation.parameters.queries.values import parameters_for
from lianfang.kernel.errors import Absent
from lianfang.kernel.findings import Finding
from lianfang.programme.plans.due_days import DueDay
from lianfang.programme.plans.lateness import Lateness, Reckoning, Timing, lateness_of
from lianfang.programme.plans.owed_rows import DeliverableRow, ProgrammeDutyRow, ProgrammeStageRow, SubmissionRow
from lianfang.programme.plans.programme_rows import ProgrammeRow, chinese_of
from lianfang.programme.plans.programme_rules import MATRIX_RULES
from lianfang.programme.plans.queries.programmes import (
    deliverable_rows,
    duty_rows,
    programme_findings,
    programme_of,
    stage_rows,
    submission_rows,
    units_of,
    visible_deliverables,
)
from lianfang.programme.plans.states import SubmissionState


@dataclass(frozen=True)
class DueGroup:
    """Deliverables with one due date, under one heading; groups stand in the order of their days, undated ones last."""

    said: str
    expires: DueDay
    deliverables: tuple[DeliverableRow, ...]


@dataclass(frozen=True)
class Cell:
    """One cell: the submission and how it stands to its due date, or why there is none (``spared``, or not asked)."""

    submission: SubmissionRow | None
    spared: bool
    lateness: Lateness | None

    @property
    def state(self) -> SubmissionState | None:
        """The state of the submission."""
        return self.submission.state if self.submission else None

    @property
    def is_overdue(self) -> bool:
        """Whether the last day has passed and nothing came."""
        return self.lateness is not None and self.lateness.timing is Timing.OVERDUE


@dataclass(frozen=True)
class MatrixLine:
    """One unit's line; ``owed`` counts what it still has to hand in, ``overdue`` what of it is past its day."""

    unit: str
    name: str
    cells: tuple[Cell, ...]
    owed: int
    overdue: int


@dataclass(frozen=True)
class Matrix:
    """The matrix of one programme with everything its page and its export show."""

    row: ProgrammeRow
    unit_name: str
    stages: tuple[ProgrammeStageRow, ...]
    groups: tuple[DueGroup, ...]
    lines: tuple[MatrixLine, ...]
    findings: tuple[Finding, ...]
    names: dict[str, str]
    duties: tuple[ProgrammeDutyRow, ...]

    @property
    def deliverables(self) -> tuple[DeliverableRow, ...]:
        """The columns from left to right."""
        return tuple(one for group in self.groups for one in group.deliverables)

    @property
    def outside(self) -> tuple[tuple[DeliverableRow, tuple[str, ...]], ...]:
        """Deliverables that bodies outside the bureau owe too, with their names; the matrix has no line for them."""
        return tuple((one, one.outside) for one in self.deliverables if one.outside)

    @property
    def total(self) -> int:
        """How many submissions there are to hand in."""
        return sum(line.owed for line in self.lines)

    @property
    def tally(self) -> tuple[tuple[Timing, int], ...]:
        """How many submissions stand how to their due dates, in the order of the vocabulary; none is left out."""
        cells = (cell for line in self.lines for cell in line.cells)
        counted = Counter(cell.lateness.timing for cell in cells if cell.lateness)
        return tuple((timing, counted[timing]) for timing in Timing if counted[timing])


def matrix_of(actor: User, number: str) -> Matrix:
    """The matrix of a programme.

    Raises:
        Absent: no such programme, or not the actor's to see.
    """
    programme = programme_of(actor, number)
    row = programme.to_row()
    deliverables, submissions, names = deliverable_rows(number), submission_rows(number), unit_names()
    now = _reckoning(programme.unit_path)
    groups = tuple(_groups(deliverables))
    columns = [one for group in groups for one in group.deliverables]
    return Matrix(
        row=row,
        unit_name=names.get(row.unit, row.unit),
        stages=tuple(stage_rows(number)),
        groups=groups,
        lines=tuple(_lines(row, columns, submissions, names, now)),
        findings=programme_findings(row, (*deliverables, *submissions), MATRIX_RULES),
        names=names,
        duties=tuple(duty_rows(number)),
    )


@dataclass(frozen=True)
class Owing:
    """One unit that owes a deliverable, and how it stands to the due date; ``None`` where it need not any more."""

    submission: SubmissionRow
    unit_name: str
    lateness: Lateness | None


@dataclass(frozen=True)
class DeliverablePage:
    """One deliverable with everybody who owes it; ``noting``: the actor may note what came."""

    row: DeliverableRow
    programme: ProgrammeRow
    lines: tuple[Owing, ...]
    noting: bool


def deliverable_page(actor: User, number: str) -> DeliverablePage:
    """One deliverable of a programme.

    Raises:
        Absent: no such deliverable, or not the actor's to see.
    """
    found = visible_deliverables(actor).filter(number=number).select_related("programme").first()
    if found is None:
        raise Absent(f"没有找到编号为“{number}”的报送材料。")
    row, names, now = found.to_row(), unit_names(), _reckoning(found.unit_path)
    submissions = [one for one in submission_rows(row.programme) if one.deliverable == number]
    lines = (Owing(one, names.get(one.unit, one.unit), _cell(row, one, one.unit, now).lateness) for one in submissions)
    noting = actor.may(Permission.PLANS_DRAFT, found.unit_path)
    return DeliverablePage(row, found.programme.to_row(), tuple(lines), noting)


def _reckoning(path: str) -> Reckoning:
    return Reckoning(timezone.localdate(), parameters_for(path).due_soon_days)


def _groups(deliverables: list[DeliverableRow]) -> Iterator[DueGroup]:
    dated = sorted(deliverables, key=lambda one: (one.expires.day or dt.date.max, one.due))
    for (code, expires), members in groupby(dated, key=lambda one: (one.due, one.expires)):
        yield DueGroup(chinese_of(code) or "未定期限", expires, tuple(members))


def _lines(
    row: ProgrammeRow,
    columns: list[DeliverableRow],
    submissions: list[SubmissionRow],
    names: dict[str, str],
    now: Reckoning,
) -> Iterator[MatrixLine]:
    owed_by = {(one.unit, one.deliverable): one for one in submissions}
    # Units of today first, in tree order; then those that owe something and have since been closed or moved.
    units = dict.fromkeys([unit.number for unit in units_of(row.unit)] + [one.unit for one in submissions])
    for unit in units:
        cells = tuple(_cell(one, owed_by.get((unit, one.number)), unit, now) for one in columns)
        owed = sum(cell.state is SubmissionState.DUE for cell in cells)
        overdue = sum(cell.is_overdue for cell in cells)
        if unit != row.unit or any(cell.state for cell in cells):
            yield MatrixLine(unit, names.get(unit, unit), cells, owed, overdue)


def _cell(deliverable: DeliverableRow, submission: SubmissionRow | None, unit: str, now: Reckoning) -> Cell:
    lateness = None
    if submission and submission.state is not SubmissionState.WAIVED:
        lateness = lateness_of(deliverable.expires, deliverable.calendar_policy, submission.submitted_on, now)
    return Cell(submission, unit in deliverable.spared, lateness)
