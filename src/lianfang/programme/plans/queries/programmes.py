"""Which programmes an actor may see, one page of the list, and one programme with all that it owes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import within
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.catalogue.listing import Page, Wanted, page_of
from lianfang.foundation.journal.queries import HistoryLine, history_of
from lianfang.foundation.lint.engine import run
from lianfang.foundation.lint.material import Material
from lianfang.foundation.lint.rule import Rule
from lianfang.foundation.organisation.queries import (
    bureau_paths_of,
    bureaus_under,
    unit_names,
    unit_paths,
    unit_rows,
)
from lianfang.foundation.organisation.rows import UnitRow
from lianfang.foundation.parameters.queries.values import parameters_of
from lianfang.kernel.errors import Absent
from lianfang.kernel.findings import Finding
from lianfang.kernel.lifecycle import Move
from lianfang.kernel.rows import Row
from lianfang.programme.plans.due_days import DueDay
from lianfang.programme.plans.models import Deliverable, PeriodicDuty, Programme, Stage, Submission, Task
from lianfang.programme.plans.owed_rows import (
    DeliverableRow,
    ProgrammeDutyRow,
    ProgrammeStageRow,
    ProgrammeTaskRow,
    SubmissionRow,
)
from lianfang.programme.plans.programme_rows import ProgrammeRow, chinese_of, date_of
from lianfang.programme.plans.programme_rules import RULES
from lianfang.programme.plans.resolving import own_units
from lianfang.programme.plans.states import PROGRAMME, ProgrammeState, SubmissionState
from lianfang.programme.plans.timeline import Timeline, timeline_of

NEEDED = {"confirm": Permission.PLANS_CONFIRM, "discard": Permission.PLANS_DRAFT}
"""Move of a programme → the permission that it asks for."""
SUBMISSION_NEEDED = {"receive": Permission.PLANS_DRAFT, "take-back": Permission.PLANS_DRAFT}
"""Move of a submission → the permission that it asks for; nobody waives one yet."""


def visible_programmes(actor: User) -> QuerySet[Programme]:
    """Everything for those who draft or confirm; confirmed programmes of the own bureau, and below, for all others."""
    drafting = (*actor.paths(Permission.PLANS_DRAFT), *actor.paths(Permission.PLANS_CONFIRM))
    reading = actor.paths(Permission.PLANS_READ)
    nearby = within(reading) | Q(unit_path__in=bureau_paths_of(reading))
    return Programme.objects.filter(within(drafting) | (nearby & Q(approved_entry__isnull=False)))


def programme_of(actor: User, number: str) -> Programme:
    """One programme.

    Raises:
        Absent: no such programme, or not the actor's to see.
    """
    programme = visible_programmes(actor).filter(number=number).first()
    if programme is None:
        raise Absent(f"没有找到编号为“{number}”的方案。")
    return programme


def visible_deliverables(actor: User) -> QuerySet[Deliverable]:
    """The deliverables of the programmes that the actor may see."""
    return Deliverable.objects.filter(programme__in=visible_programmes(actor))


def drafting_bureaus(actor: User) -> list[tuple[str, str]]:
    """``(number, name)`` of the bureaus for which the actor may read in a plan."""
    return [
        (unit.number, unit.name) for unit in bureaus_under(actor.paths(Permission.PLANS_DRAFT)) if not unit.valid_to
    ]


def units_of(bureau: str) -> tuple[UnitRow, ...]:
    """The bureau and the live units under its roof, in tree order."""
    path = unit_paths([bureau]).get(bureau, "?")
    return own_units(unit_rows(path), bureau, timezone.localdate())


def moves_open_to(actor: User, programme: Programme) -> Iterator[Move[ProgrammeState]]:
    """Moves of the lifecycle that are open in the programme's state and to this actor."""
    for step in PROGRAMME.from_state(ProgrammeState(programme.state)):
        if actor.may(NEEDED[step.name], programme.unit_path):
            yield step


@dataclass(frozen=True)
class ProgrammeLine:
    """One line of the list; ``next_due`` is the first deadline from today on."""

    row: ProgrammeRow
    unit_name: str
    next_due: dt.date | None


def programme_page(actor: User, wanted: Wanted) -> tuple[Page[Programme], list[ProgrammeLine]]:
    """One page of the list, and its lines."""
    reading = actor.paths(Permission.PLANS_READ)
    paths = tuple(dict.fromkeys((*reading, *bureau_paths_of(reading))))
    page = page_of(visible_programmes(actor), ProgrammeRow.kind, paths, wanted, scoped=False)
    rows = [programme.to_row() for programme in page.records]
    names, today = unit_names(row.unit for row in rows), timezone.localdate()
    return page, [ProgrammeLine(row, names.get(row.unit, row.unit), _next_due(row, today)) for row in rows]


def programme_years(actor: User) -> list[tuple[str, str]]:
    """The years that occur, newest first, as choices of a filter."""
    years = visible_programmes(actor).exclude(cycle_year=None).order_by("-cycle_year")
    return [(str(year), f"{year}年") for year in years.values_list("cycle_year", flat=True).distinct()]


def _next_due(row: ProgrammeRow, today: dt.date) -> dt.date | None:
    days = (date.last() for item in row.deadlines if (date := date_of(item.due)))
    return min((day for day in days if day and day >= today), default=None)


@dataclass(frozen=True)
class DueLine:
    """Deliverables with one due date, from the same units to the same receiver; ``units`` are those that owe them.

    ``papers`` are numbers and names; ``outside`` are names that owe them too and are no units of the bureau;
    ``missing`` counts the submissions that have not come.
    """

    said: str
    expires: DueDay
    papers: tuple[tuple[str, str], ...]
    stage: str
    units: tuple[str, ...]
    outside: tuple[str, ...]
    receiver: str
    missing: int


@dataclass(frozen=True)
class ProgrammeDetail:
    """Everything that the page of one confirmed programme shows."""

    row: ProgrammeRow
    unit_name: str
    stages: tuple[tuple[ProgrammeStageRow, tuple[ProgrammeTaskRow, ...]], ...]
    loose_tasks: tuple[ProgrammeTaskRow, ...]
    deliverables: tuple[DeliverableRow, ...]
    due: tuple[DueLine, ...]
    duties: tuple[tuple[ProgrammeDutyRow, tuple[str, ...]], ...]
    """Each with the names of the units that it is the duty of."""
    timeline: Timeline | None
    findings: tuple[Finding, ...]
    history: tuple[HistoryLine, ...]


def programme_detail(actor: User, number: str) -> ProgrammeDetail:
    """One programme with its stages, tasks, deliverables and duties.

    Raises:
        Absent: no such programme, or not the actor's to see.
    """
    row = programme_of(actor, number).to_row()
    stages = stage_rows(number)
    tasks = [task.to_row() for task in Task.objects.filter(programme__number=number).order_by("number")]
    deliverables, submissions = deliverable_rows(number), submission_rows(number)
    names = unit_names()
    return ProgrammeDetail(
        row=row,
        unit_name=names.get(row.unit, row.unit),
        stages=tuple((stage, tuple(task for task in tasks if task.stage == stage.number)) for stage in stages),
        loose_tasks=tuple(task for task in tasks if not task.stage),
        deliverables=tuple(deliverables),
        due=tuple(_due_lines(deliverables, submissions, stages, names)),
        duties=tuple((duty, tuple(names.get(unit, unit) for unit in duty.submitters)) for duty in duty_rows(number)),
        timeline=timeline_of(stages, deliverables, timezone.localdate()),
        findings=programme_findings(row, (*stages, *deliverables, *submissions)),
        history=tuple(history_of(ProgrammeRow.kind, number)),
    )


def stage_rows(number: str) -> list[ProgrammeStageRow]:
    """Stages of a programme in their order."""
    return [stage.to_row() for stage in Stage.objects.filter(programme__number=number).order_by("ordinal")]


def deliverable_rows(number: str) -> list[DeliverableRow]:
    """Deliverables of a programme in the order of the plan."""
    return [one.to_row() for one in Deliverable.objects.filter(programme__number=number).order_by("number")]


def duty_rows(number: str) -> list[ProgrammeDutyRow]:
    """Periodic duties of a programme in the order of the plan."""
    return [one.to_row() for one in PeriodicDuty.objects.filter(programme__number=number).order_by("number")]


def submission_rows(number: str) -> list[SubmissionRow]:
    """Submissions of a programme."""
    return [one.to_row() for one in Submission.objects.filter(programme__number=number).order_by("unit_path", "number")]


def programme_findings(row: ProgrammeRow, parts: Iterable[Row], rules: Iterable[Rule] = RULES) -> tuple[Finding, ...]:
    """What ``rules`` say about a confirmed programme and its ``parts``, looked at with the organisation of today."""
    units = unit_rows(unit_paths([row.unit]).get(row.unit, "?"))
    loaded, today = (*CHECKED, UnitRow), timezone.localdate()
    material = Material([row, *parts, *units], today=today, registers=loaded, parameters=parameters_of(row.unit, today))
    return run(rules, material).findings


CHECKED: tuple[type[Row], ...] = (ProgrammeRow, ProgrammeStageRow, DeliverableRow, SubmissionRow)
"""What a check of a bureau looks at of its programmes."""


def confirmed_rows(path: str) -> Iterator[Row]:
    """All confirmed programmes of the bureaus under ``path`` ("" for everywhere), with what they owe, for a check."""
    below = {"unit_path__gte": path, "unit_path__lt": f"{path}~"} if path else {}
    confirmed = Programme.objects.filter(**below, state=ProgrammeState.CONFIRMED.value).order_by("unit_path", "number")
    rows = [programme.to_row() for programme in confirmed]
    yield from rows
    for model in (Stage, Deliverable, Submission):
        parts: Any = model._default_manager.filter(programme__in=[row.number for row in rows]).order_by("number")
        yield from (part.to_row() for part in parts)


def _due_lines(
    deliverables: list[DeliverableRow],
    submissions: list[SubmissionRow],
    stages: list[ProgrammeStageRow],
    names: dict[str, str],
) -> Iterator[DueLine]:
    owing: dict[str, list[str]] = {row.number: [] for row in deliverables}
    for submission in submissions:
        owing[submission.deliverable].append(names.get(submission.unit, submission.unit))
    missing = Counter(one.deliverable for one in submissions if one.state is SubmissionState.DUE)
    titles = {stage.number: stage.name for stage in stages}

    def shared(row: DeliverableRow) -> tuple[object, ...]:
        return row.due, row.expires, row.stage, row.receiver, owing[row.number], row.outside

    for _, members in groupby(deliverables, key=shared):
        rows = tuple(members)
        yield DueLine(
            said=chinese_of(rows[0].due),
            expires=rows[0].expires,
            papers=tuple((row.number, row.name) for row in rows),
            stage=titles.get(rows[0].stage, ""),
            units=tuple(owing[rows[0].number]),
            outside=rows[0].outside,
            receiver=rows[0].receiver,
            missing=sum(missing[row.number] for row in rows),
        )
