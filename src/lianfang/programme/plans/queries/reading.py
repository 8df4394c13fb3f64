"""One plan beside its source text: items, marks, findings, and what can be done next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils import timezone

from lianfang.foundation.accounts.four_eyes import barred
from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import allow_at
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.journal.queries import HistoryLine, history_of
from lianfang.foundation.organisation.demands import path_of
from lianfang.foundation.organisation.queries import unit_name
from lianfang.kernel.errors import Absent
from lianfang.kernel.findings import Finding, Severity
from lianfang.kernel.lifecycle import Move
from lianfang.programme.plans.comparing import citable, said
from lianfang.programme.plans.correcting import mended_slips
from lianfang.programme.plans.drafting import (
    Origin,
    blocking,
    demand_text,
    digest_of,
    draft_findings,
    draft_of,
)
from lianfang.programme.plans.highlighting import Segment, highlights_of, segments
from lianfang.programme.plans.models import PlanText, Programme
from lianfang.programme.plans.programme_rows import ProgrammeRow, date_of
from lianfang.programme.plans.queries.programmes import NEEDED, moves_open_to, programme_of, units_of
from lianfang.programme.plans.queries.upstream import obligations_above
from lianfang.programme.plans.reader import read_plan
from lianfang.programme.plans.resolving import unmatched_names
from lianfang.programme.plans.rows import MilestoneRow, PlanRow
from lianfang.programme.plans.rules import findings_of
from lianfang.programme.plans.states import ProgrammeState
from lianfang.programme.plans.trying import demand_readable

FINDINGS_SHOWN = 200


@dataclass(frozen=True)
class ReadingPage:
    """Everything that the page of a reading shows; ``units`` are the choices for whoever hands something in.

    ``mended`` are dates of the text that no calendar has, and that a person has put right in the items.
    ``obligations`` are what the items may cite of higher plans (S3): numbers divided by blanks, and their words.
    ``unmatched``: wording → the names in it that no unit of the bureau bears.
    """

    row: ProgrammeRow
    unit_name: str
    text: tuple[Segment, ...]
    findings: tuple[Finding, ...]
    mended: tuple[Finding, ...]
    milestones: tuple[MilestoneRow, ...]
    moves: tuple[Move[ProgrammeState], ...]
    barred: dict[str, str]
    units: tuple[tuple[str, str], ...]
    unmatched: dict[str, tuple[str, ...]]
    obligations: tuple[tuple[str, str], ...]
    editable: bool
    history: tuple[HistoryLine, ...]

    @property
    def shown(self) -> tuple[Finding, ...]:
        """The gravest findings, as many as a person can go through at once."""
        return self.findings[:FINDINGS_SHOWN]

    @property
    def unshown(self) -> int:
        """How many findings wait behind those that are shown."""
        return len(self.findings) - len(self.shown)

    @property
    def is_past(self) -> bool:
        """Whether every deadline of a draft has passed: confirmed now, all that it asks for is overdue at once."""
        last = [date.last() if (date := date_of(item.due)) else None for item in self.row.deadlines]
        is_draft = self.row.state is ProgrammeState.DRAFT
        return is_draft and bool(last) and all(day and day < timezone.localdate() for day in last)

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """Findings that stand against confirming."""
        return blocking(self.findings)


def reading_page(actor: User, number: str) -> ReadingPage:
    """The reading of one plan.

    Raises:
        Absent: no such programme, or not the actor's to see.
    """
    programme = programme_of(actor, number)
    row = programme.to_row()
    read = read_plan(text_of(number), number=number)
    origin = origin_for(row.unit)
    findings = _gravest_first(draft_findings(row, read, origin))
    moves = tuple(moves_open_to(actor, programme))
    return ReadingPage(
        row=row,
        unit_name=unit_name(row.unit),
        text=tuple(segments(read.text, highlights_of(row, read, findings[:FINDINGS_SHOWN]))),
        findings=findings,
        mended=mended_slips(findings_of(read), row, read),
        milestones=(*read.milestones, *read.terms),
        moves=moves,
        barred=barred(actor, programme, {step.name: NEEDED[step.name] for step in moves if step.name == "confirm"}),
        units=tuple((unit.number, unit.name) for unit in origin.units),
        unmatched={
            item.submitter: names
            for item in row.asked
            if (names := unmatched_names(item.submitter, origin.units, origin.bureau))
        },
        obligations=tuple(
            (" ".join(one.number for one in together), said(together)) for together in citable(obligations_above(row))
        ),
        editable=is_editable(actor, programme),
        history=tuple(history_of(ProgrammeRow.kind, number)),
    )


def _gravest_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    rank = list(Severity)
    return tuple(sorted(findings, key=lambda found: rank.index(found.severity or Severity.HINT)))


def is_editable(actor: User, programme: Programme) -> bool:
    """Whether the actor may correct the reading: only a draft, and only with the right to draft."""
    is_draft = programme.state == ProgrammeState.DRAFT.value
    return is_draft and actor.may(Permission.PLANS_DRAFT, programme.unit_path)


def text_of(number: str) -> str:
    """The source text of a programme.

    Raises:
        Absent: there is none.
    """
    text = PlanText.objects.filter(programme__number=number).values_list("text", flat=True).first()
    if text is None:
        raise Absent(f"没有找到方案“{number}”的原文。")
    return text


def origin_for(bureau: str, source_name: str = "") -> Origin:
    """The surroundings in which a plan's wordings are understood: the bureau and its live units."""
    return Origin(bureau, units_of(bureau), source_name)


def read_ahead(actor: User, unit: str, text: str) -> PlanRow:
    """The plan in a text from outside, read before anything is written and within the limits of a web request.

    Raises:
        Invalid: there is no text, too much of it, or one that takes too long to read; or no such bureau.
        Refused: the actor may not read in a plan for this bureau.
    """
    allow_at(actor, Permission.PLANS_DRAFT, path_of(unit))
    demand_text(text)
    demand_readable(text)
    return read_plan(text)


def twin_of(unit: str, text: str) -> Programme | None:
    """The programme of a bureau that was read from the very same text and not discarded."""
    same = Programme.objects.filter(unit_id=unit, text_digest=digest_of(text))
    return same.exclude(state=ProgrammeState.VOID.value).order_by("number").last()


def draft_from(text: str, number: str, origin: Origin, read: PlanRow | None = None) -> ProgrammeRow:
    """The draft that the reader makes, or has made, of a text."""
    if read is None or read.text != text:
        read = read_plan(text)
    return draft_of(replace(read, number=number), origin)


def findings_against(row: ProgrammeRow) -> tuple[Finding, ...]:
    """Findings that stand against confirming a draft as it is stored."""
    read = read_plan(text_of(row.number), number=row.number)
    return blocking(draft_findings(row, read, origin_for(row.unit)))
