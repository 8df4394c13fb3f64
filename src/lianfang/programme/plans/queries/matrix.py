"""The submission matrix: units down, deliverables across, one word in every cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from lianfang.foundation.accounts.models import User
from lianfang.foundation.organisation.queries import unit_names
from lianfang.kernel.findings import Finding
from lianfang.programme.plans.due_days import DueDay
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
)
from lianfang.programme.plans.states import SubmissionState


@dataclass(frozen=True)
class DueGroup:
    """Neighbouring deliverables with one due date, under one heading."""

    said: str
    expires: DueDay
    deliverables: tuple[DeliverableRow, ...]


@dataclass(frozen=True)
class Cell:
    """One cell: the state of the submission, or why there is none (``spared`` by a person, or not asked)."""

    state: SubmissionState | None
    spared: bool


@dataclass(frozen=True)
class MatrixLine:
    """One unit's line; ``owed`` counts what it still has to hand in."""

    unit: str
    name: str
    cells: tuple[Cell, ...]
    owed: int


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


def matrix_of(actor: User, number: str) -> Matrix:
    """The matrix of a programme.

    Raises:
        Absent: no such programme, or not the actor's to see.
    """
    row = programme_of(actor, number).to_row()
    deliverables, submissions, names = deliverable_rows(number), submission_rows(number), unit_names()
    groups = tuple(_groups(deliverables))
    columns = [one for group in groups for one in group.deliverables]
    return Matrix(
        row=row,
        unit_name=names.get(row.unit, row.unit),
        stages=tuple(stage_rows(number)),
        groups=groups,
        lines=tuple(_lines(row, columns, submissions, names)),
        findings=programme_findings(row, (*deliverables, *submissions), MATRIX_RULES),
        names=names,
        duties=tuple(duty_rows(number)),
    )


def _groups(deliverables: list[DeliverableRow]) -> Iterator[DueGroup]:
    for (code, expires), members in groupby(deliverables, key=lambda one: (one.due, one.expires)):
        yield DueGroup(chinese_of(code) or "未定期限", expires, tuple(members))


def _lines(
    row: ProgrammeRow, columns: list[DeliverableRow], submissions: list[SubmissionRow], names: dict[str, str]
) -> Iterator[MatrixLine]:
    states = {(one.unit, one.deliverable): one.state for one in submissions}
    # Units of today first, in tree order; then those that owe something and have since been closed or moved.
    units = dict.fromkeys([unit.number for unit in units_of(row.unit)] + [one.unit for one in submissions])
    for unit in units:
        cells = tuple(Cell(states.get((unit, one.number)), unit in one.spared) for one in columns)
        owed = sum(cell.state is SubmissionState.DUE for cell in cells)
        if unit != row.unit or any(cell.state for cell in cells):
            yield MatrixLine(unit, names.get(unit, unit), cells, owed)
