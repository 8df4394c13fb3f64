"""Reading the journal: the history of one entry, and the frozen copy that an approval refers to."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast

from lianfang.foundation.journal.models import Entry, Record
from lianfang.foundation.journal.verbs import Verb
from lianfang.kernel.errors import Absent
from lianfang.kernel.rows import Change, Row, from_plain

R = TypeVar("R", bound=Row)
CHUNK = 500
LOOKED_THROUGH = 50
"""How many of the newest states of a thing are looked through for the one that somebody began from."""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of an entry's history as a page shows it."""

    sequence: int
    at: datetime.datetime
    actor: str
    verb: str
    basis: str
    note: str
    changes: tuple[Change, ...]
    commitment: str


def history_of(kind: str, number: str, *, limit: int = 100) -> list[HistoryLine]:
    """The newest ``limit`` entries about one thing, newest first."""
    entries = Entry.objects.filter(kind=kind, number=number).order_by("-id")[:limit]
    return [line_of(entry) for entry in entries]


def frozen_copy(row_type: type[R], sequence: int) -> R:
    """The Row exactly as entry ``sequence`` recorded it: what an approval approved.

    Raises:
        Absent: no such entry.
    """
    stored = Entry.objects.filter(pk=sequence).values_list("after", flat=True).first()
    if stored is None:
        raise Absent(f"操作日志中没有第 {sequence} 号记录。")
    return from_plain(row_type, json.loads(stored))


def frozen_copies(row_type: type[R], sequences: Iterable[int]) -> dict[int, R]:
    """The Rows of several entries, by sequence, in few queries."""
    wanted = list(dict.fromkeys(sequences))
    found: dict[int, R] = {}
    for start in range(0, len(wanted), CHUNK):
        entries = Entry.objects.filter(pk__in=wanted[start : start + CHUNK]).values_list("pk", "after")
        found.update({sequence: from_plain(row_type, json.loads(after)) for sequence, after in entries})
    return found


def earlier_row(row: R, is_wanted: Callable[[R], bool]) -> R | None:
    """The newest of the recorded states of ``row`` that ``is_wanted``; ``None`` where none of the last fifty is."""
    entries = Entry.objects.filter(kind=row.kind, number=row.number).order_by("-id").values_list("after", flat=True)
    states = (from_plain(type(row), json.loads(after)) for after in entries[:LOOKED_THROUGH])
    return next((state for state in states if is_wanted(state)), None)


def is_as_approved(record: Record) -> bool:
    """Whether the record still is, in every field, what its approval froze: nothing was written to it since."""
    return record.approved_entry is not None and record.version == record.approved_version


def approved_rows(row_type: type[R], records: Iterable[Record]) -> list[R]:
    """Each record exactly as it was last approved, in every field, guarded or not; what never was stays as it is.

    Only the unit is the record's own: no edit changes it, a decision about its post does (``journal.carrying``).
    Entries are read, in few queries, only for records that were written to since: a hundred thousand untouched ones
    cost none.
    """
    found = list(records)
    changed = {record.approved_entry for record in found if record.approved_entry and not is_as_approved(record)}
    frozen = frozen_copies(row_type, changed)
    return [
        _in_its_unit(record, frozen[record.approved_entry])
        if record.approved_entry in frozen
        else cast("R", record.to_row())
        for record in found
    ]


def _in_its_unit(record: Any, row: R) -> R:
    unit = getattr(record, "unit_id", None)
    return replace(cast("Any", row), unit=unit) if unit and getattr(row, "unit", unit) != unit else row


def approving_line(record: Record) -> list[HistoryLine]:
    """The history that goes with an approved copy: its approval, without the drafts that came before or after it."""
    entries = Entry.objects.filter(pk__in=[record.approved_entry])
    return [replace(line_of(entry), changes=()) for entry in entries]


def last_known(kind: str, numbers: list[str]) -> dict[str, str]:
    """Canonical text that the journal last recorded for each of ``numbers`` (those it knows)."""
    known: dict[str, str] = {}
    for start in range(0, len(numbers), CHUNK):
        chunk = numbers[start : start + CHUNK]
        entries = Entry.objects.filter(kind=kind, number__in=chunk).order_by("id").values_list("number", "after")
        known.update(dict(entries))
    return known


def line_of(entry: Entry) -> HistoryLine:
    """One entry as a line of a history."""
    before = json.loads(entry.before) if entry.before else {}
    after = json.loads(entry.after)
    changes = tuple(
        Change(name, before.get(name), after.get(name))
        for name in dict.fromkeys([*after, *before])
        if before.get(name) != after.get(name) and name != "version"
    )
    verb = Verb.read(entry.verb)
    return HistoryLine(
        sequence=entry.pk,
        at=entry.at,
        actor=entry.actor_title or entry.actor,
        verb=verb.label if verb else entry.verb,
        basis=entry.basis,
        note=entry.note,
        changes=changes if before else (),
        commitment=entry.commitment,
    )
