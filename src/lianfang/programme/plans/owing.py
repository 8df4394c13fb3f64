"""What confirming a draft creates: stages, tasks, deliverables, submissions, duties, and a receipt for each unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lianfang.foundation.organisation.rows import UnitRow
from lianfang.kernel.numbering import number
from lianfang.programme.plans.owed_rows import (
    DeliverableRow,
    ProgrammeDutyRow,
    ProgrammeStageRow,
    ProgrammeTaskRow,
    ReceiptRow,
    SubmissionRow,
)
from lianfang.programme.plans.programme_rows import DeadlineItem, ProgrammeRow
from lianfang.programme.plans.resolving import receiving_unit

STAGE, TASK, DELIVERABLE, DUTY = "J", "T", "B", "Z"
"""Letters of the parts' numbers: LH-F001-J001 is the first stage of LH-F001."""


@dataclass(frozen=True, slots=True)
class Owed:
    """Everything that one confirmed programme owes, numbered."""

    stages: tuple[ProgrammeStageRow, ...]
    tasks: tuple[ProgrammeTaskRow, ...]
    deliverables: tuple[DeliverableRow, ...]
    submissions: tuple[SubmissionRow, ...]
    duties: tuple[ProgrammeDutyRow, ...]
    receipts: tuple[ReceiptRow, ...]


def owed_by(row: ProgrammeRow, everybody: Sequence[UnitRow], own: Sequence[UnitRow]) -> Owed:
    """What ``row`` owes; receivers are looked up among ``everybody`` (the commission) and the bureau's ``own``."""
    stages = tuple(
        ProgrammeStageRow(
            number=_part(row, STAGE, place),
            programme=row.number,
            ordinal=item.ordinal,
            name=item.name,
            start=item.start,
            end=item.end,
        )
        for place, item in enumerate(sorted(row.stages, key=lambda item: item.ordinal), start=1)
    )
    stage_numbers = {stage.ordinal: stage.number for stage in stages}
    pairs = [(item, name) for item in row.deadlines for name in item.deliverables]
    deliverables = tuple(
        _deliverable(row, item, name, _part(row, DELIVERABLE, place), stage_numbers, everybody, own)
        for place, (item, name) in enumerate(pairs, start=1)
    )
    tasks, submissions = _tasks(row, stage_numbers), _submissions(deliverables)
    return Owed(stages, tasks, deliverables, submissions, _duties(row), _receipts(row))


def _part(row: ProgrammeRow, letter: str, serial: int) -> str:
    return number(f"{row.number}-{letter}", serial)


def _tasks(row: ProgrammeRow, stage_numbers: dict[int, str]) -> tuple[ProgrammeTaskRow, ...]:
    return tuple(
        ProgrammeTaskRow(
            number=_part(row, TASK, place),
            programme=row.number,
            name=item.name,
            stage=stage_numbers.get(item.stage or 0, ""),
            section=item.section,
        )
        for place, item in enumerate(row.tasks, start=1)
    )


def _deliverable(
    row: ProgrammeRow, item: DeadlineItem, name: str, numbered: str, stages: dict[int, str], *places: Sequence[UnitRow]
) -> DeliverableRow:
    receiver = "、".join(item.receivers)
    return DeliverableRow(
        number=numbered,
        programme=row.number,
        name=name,
        stage=stages.get(item.stage or 0, ""),
        requirement=item.kind,
        due=item.due,
        due_inclusive=item.inclusive,
        calendar_policy=item.policy,
        submitter=item.submitter,
        submitters=item.units,
        spared=item.spared,
        settled=item.settled,
        receiver=receiver,
        receiver_unit=receiving_unit(receiver, *places),
    )


def _submissions(deliverables: Sequence[DeliverableRow]) -> tuple[SubmissionRow, ...]:
    return tuple(
        SubmissionRow(
            number=f"{deliverable.number}.{unit}",
            programme=deliverable.programme,
            deliverable=deliverable.number,
            unit=unit,
        )
        for deliverable in deliverables
        for unit in deliverable.submitters
    )


def _receipts(row: ProgrammeRow) -> tuple[ReceiptRow, ...]:
    return tuple(
        ReceiptRow(number=f"{row.number}.{unit}", programme=row.number, unit=unit)
        for unit in dict.fromkeys(row.recipients)
    )


def _duties(row: ProgrammeRow) -> tuple[ProgrammeDutyRow, ...]:
    return tuple(
        ProgrammeDutyRow(
            number=_part(row, DUTY, place),
            programme=row.number,
            cycle=item.cycle,
            what=item.what,
            every=item.every,
            submitter=item.submitter,
            submitters=item.units,
            settled=item.settled,
            receiver="、".join(item.receivers),
        )
        for place, item in enumerate(row.duties, start=1)
    )
