"""The journal as a page: what was done in the person's units, newest first, in steps whose cost has a ceiling."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import allow_anywhere, within
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.catalogue.queries import titles_of
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.journal.queries import HistoryLine, line_of
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.lint.rows import CheckRunRow, WaiverRow
from lianfang.foundation.organisation.queries import unit_names
from lianfang.foundation.organisation.rows import UnitRow
from lianfang.foundation.parameters.rows import AdjustmentRow
from lianfang.kernel.errors import Absent
from lianfang.kernel.rows import Row, from_plain
from lianfang.programme.plans.owed_rows import (
    DeliverableRow,
    ProgrammeDutyRow,
    ProgrammeStageRow,
    ProgrammeTaskRow,
    ReceiptRow,
    SubmissionRow,
)
from lianfang.programme.plans.programme_rows import ProgrammeRow
from lianfang.registers.controls.rows import SnapshotRow
from lianfang.registers.risks.models import Score
from lianfang.registers.risks.rows import GradingRow, ScoreRow, SealedScoreRow
from lianfang.site.registers import BY_KIND

PAGE = 50
WINDOW = 20_000
"""Entries that one step looks through at most: a filter that matches little then takes several steps, not minutes."""
NOT_HERE = ("users", "grants")
"""Accounts and grants have their own logs, read by the administrators that check each other."""
ROWS: Mapping[str, type[Any]] = {
    **{kind: register.row for kind, register in BY_KIND.items()},
    **{row.kind: row for row in (GradingRow, SnapshotRow, WaiverRow, CheckRunRow, AdjustmentRow)},
    **{row.kind: row for row in (ProgrammeRow, ProgrammeStageRow, ProgrammeTaskRow, ProgrammeDutyRow)},
    **{row.kind: row for row in (DeliverableRow, SubmissionRow, ReceiptRow)},
}
"""Register → its Row, whose headings and words the journal is shown in."""
MACHINE_NUMBERED = frozenset({CheckRunRow.kind, WaiverRow.kind})


@dataclass(frozen=True)
class Asked:
    """The filters of the page, and the sequence before which to look (0: from the newest)."""

    kind: str = ""
    verb: str = ""
    actor: str = ""
    day: datetime.date | None = None
    before: int = 0


@dataclass(frozen=True)
class JournalLine:
    """One entry on the page, with the Row after it that gives headings and words."""

    line: HistoryLine
    kind: str
    label: str
    number: str
    title: str
    row: object | None

    @property
    def public_number(self) -> str:
        """The number that people know it by; checks and waivers have one that only the machine reads."""
        return "" if self.kind in MACHINE_NUMBERED else self.number


@dataclass(frozen=True)
class JournalPage:
    """One step back through the journal; ``older`` is where the next begins, 0 at the very beginning."""

    lines: tuple[JournalLine, ...]
    older: int


def journal_page(actor: User, asked: Asked) -> JournalPage:
    """The newest matching entries before ``asked.before`` in the units whose journal the actor may read.

    Raises:
        Refused: the actor may read no journal.
    """
    allow_anywhere(actor, Permission.JOURNAL_READ)
    newest = Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0
    top = min(asked.before, newest + 1) if asked.before else newest + 1
    bottom = max(0, top - WINDOW)
    found = _matching(_visible_entries(actor), asked).filter(id__lt=top, id__gte=bottom)
    entries = list(found.order_by("-id")[: PAGE + 1])
    if len(entries) > PAGE:
        return JournalPage(tuple(_lines(entries[:PAGE])), entries[PAGE - 1].pk)
    return JournalPage(tuple(_lines(entries)), bottom if bottom > 1 else 0)


def _visible_entries(actor: User) -> QuerySet[Entry]:
    return Entry.objects.filter(within(actor.paths(Permission.JOURNAL_READ))).exclude(kind__in=NOT_HERE)


def _matching(entries: QuerySet[Entry], asked: Asked) -> QuerySet[Entry]:
    exact = {"kind": asked.kind, "verb": asked.verb}
    entries = entries.filter(**{name: value for name, value in exact.items() if value})
    if asked.actor:
        entries = entries.filter(actor_title__contains=asked.actor) | entries.filter(actor=asked.actor)
    if asked.day:
        start = timezone.make_aware(datetime.datetime.combine(asked.day, datetime.time.min))
        entries = entries.filter(at__gte=start, at__lt=start + datetime.timedelta(days=1))
    return entries


def _lines(entries: Iterable[Entry]) -> list[JournalLine]:
    shown = _without_sealed(list(entries))
    rows = {entry.pk: _row(entry) for entry in shown}
    waived = [(row.entry_kind, row.entry) for row in rows.values() if isinstance(row, WaiverRow)]
    titles = titles_of([*((entry.kind, entry.number) for entry in shown), *waived])
    checked = (row.unit for row in rows.values() if isinstance(row, CheckRunRow))
    units = unit_names({*checked, *(number for kind, number in waived if kind == UnitRow.kind)})
    return [_line(entry, rows[entry.pk], titles, units) for entry in shown]


def _without_sealed(entries: list[Entry]) -> list[Entry]:
    """Leave out scores of rounds in which somebody has yet to score: not even their seal is shown (S27)."""
    scores = {entry.number for entry in entries if entry.kind == ScoreRow.kind}
    revealed = set(Score.objects.filter(number__in=scores).values_list("number", flat=True)) if scores else set()
    return [entry for entry in entries if entry.kind != ScoreRow.kind or entry.number in revealed]


def _line(
    entry: Entry, row: Row | None, titles: Mapping[tuple[str, str], str], units: Mapping[str, str]
) -> JournalLine:
    label = str(getattr(ROWS.get(entry.kind), "label", entry.kind))
    title = titles.get((entry.kind, entry.number), "")
    if isinstance(row, CheckRunRow):
        title = f"{units.get(row.unit, row.unit)} {row.day.isoformat()}"
    elif isinstance(row, WaiverRow):
        title = f"规则 {row.rule}，{titles.get((row.entry_kind, row.entry)) or units.get(row.entry, row.entry)}"
    return JournalLine(line_of(entry), entry.kind, label, entry.number, title, row)


def _row(entry: Entry) -> Row | None:
    """The entry's Row as it was recorded, or ``None`` where its class has changed too much since to read it."""
    recorded = json.loads(entry.after)
    is_sealed = entry.kind == ScoreRow.kind and "seal" in recorded
    row_type: type[Row] | None = SealedScoreRow if is_sealed else ROWS.get(entry.kind)
    if row_type is None:
        return None
    try:
        return from_plain(row_type, recorded)
    except (TypeError, ValueError):
        return None


@dataclass(frozen=True)
class EntryDetail:
    """One entry with the bytes that were sealed, and what anybody needs to check the seal."""

    line: JournalLine
    canonical: str
    size: int
    salt: str
    commitment: str


def entry_detail(actor: User, sequence: int) -> EntryDetail:
    """One journal entry; the salt is shown to whoever may read the content, so that they can check the commitment.

    Raises:
        Refused: the actor may read no journal.
        Absent: no such entry, not the actor's to see, or a score that is still sealed.
    """
    allow_anywhere(actor, Permission.JOURNAL_READ)
    entry = _visible_entries(actor).filter(pk=sequence).first()
    if entry is None or not _without_sealed([entry]):
        raise Absent(f"没有找到第 {sequence} 号操作记录。", "请从操作日志列表进入。")
    return EntryDetail(
        line=_lines([entry])[0],
        canonical=entry.after,
        size=len(entry.after.encode()),
        salt=bytes(entry.salt).hex(),
        commitment=entry.commitment,
    )


def kinds_and_verbs() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The choices of the two filters."""
    kinds = [(kind, str(row.label)) for kind, row in ROWS.items()]
    verbs = [(verb.value, verb.label) for verb in Verb if not verb.value.startswith(("user:", "role:"))]
    return kinds, verbs
