"""Whether what is stored still is what was approved: nothing is believed because a version number says so.

The system itself never changes an entry without a new version and a journal entry. A deviation therefore is a change
that went past it, in the database or in a restored backup, and whoever relies on the entry has to be told.

The record is held against the journal, and the journal against the record: an approval that the record does not point
to any more, or whose record is gone, is a deviation as much as a text that nobody approved.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from django.db.models import F, QuerySet

from lianfang.foundation.journal.marks import Marks, ever_approved, marks_of
from lianfang.foundation.journal.models import Entry, Record
from lianfang.foundation.journal.rows import (
    ANOTHER,
    DROPPED,
    FORGED,
    GONE,
    LOST,
    MISCOUNTED,
    MISPLACED,
    OUTDATED,
    REWRITTEN,
    UNDECIDED,
    UNRECORDED,
    DeviationRow,
)
from lianfang.foundation.journal.storing import stored_numbers
from lianfang.foundation.journal.verbs import Verb
from lianfang.kernel.numbering import unit_at
from lianfang.kernel.rows import Row, canonical_text, commitment, from_plain

CHUNK = 500
OF_UNIT = "unit__path"
"""Where the path of a thing comes from; what belongs to no unit itself has it from the thing that it hangs on."""
PLACE = frozenset({"unit", "version"})
"""What an approval that follows its post to another unit may say otherwise than the decision did."""
Entries = Mapping[int, Entry]


def deviations(records: Iterable[Record]) -> Iterator[DeviationRow]:
    """Those of ``records`` (of one register) that were approved and are not what was approved; few queries.

    A record that was edited since its approval by the system's own steps is no deviation: its approved copy is looked
    at in the journal, and it must be what the journal last wrote of it.
    """
    waiting = iter(records)
    while chunk := list(islice(waiting, CHUNK)):
        kind = type(chunk[0].to_row()).kind
        marks = marks_of(kind, [record.number for record in chunk])
        entries = Entry.objects.in_bulk(_needed(chunk, marks))
        for record in chunk:
            reason = _reason(record, marks.get(record.number), entries)
            if reason:
                yield DeviationRow(number=record.number, unit=unit_at(record.unit_path), of_kind=kind, reason=reason)


def vanished(model: type[Record], kind: str, path: str) -> Iterator[DeviationRow]:
    """Things of a kind that were approved under ``path`` and are stored nowhere: the system deletes none."""
    approved = ever_approved(kind, path)
    stored = set(stored_numbers(model, list(approved)))
    for number, place in approved.items():
        if number not in stored:
            yield DeviationRow(number=number, unit=unit_at(place), of_kind=kind, reason=GONE)


def displaced(things: QuerySet[Any], kind: str, source: str = OF_UNIT) -> Iterator[DeviationRow]:
    """Those of ``things`` that lie elsewhere than their unit, and are listed and read there; one query with a join.

    The path is a copy, kept for speed and in no Row, so no fingerprint covers it. Every step of the system that moves a
    unit or a post takes it along.
    """
    strays = things.exclude(unit_path=F(source)).order_by("pk").values_list("number", source)
    for number, path in strays:
        yield DeviationRow(number=number, unit=unit_at(path), of_kind=kind, reason=MISPLACED)


def is_genuine(entry: Entry) -> bool:
    """Whether an entry's content still has the fingerprint under which it was written."""
    return commitment(bytes(entry.salt), entry.after.encode()) == entry.commitment


def shown(found: Sequence[DeviationRow], most: int = 20) -> list[str]:
    """One line a deviation, for the details of a refusal."""
    return [f"{item.number}：{item.reason}" for item in found[:most]]


def _needed(chunk: Iterable[Record], marks: Mapping[str, Marks]) -> set[int]:
    """Entries to read: the approvals, and the journal's newest word; mostly these are one."""
    wanted: set[int | None] = set()
    for record in chunk:
        mark = marks.get(record.number)
        approval = mark.approval if mark else None
        wanted |= {record.approved_entry, approval}
        if mark and (approval or record.approved_entry):
            wanted.add(mark.newest)
    return {number for number in wanted if number is not None}


def _reason(record: Record, mark: Marks | None, entries: Entries) -> str:
    approval = entries.get(mark.approval) if mark and mark.approval else None
    if approval is not None and not _decides(record, approval):
        approval = None
    if record.approved_entry is None:
        return DROPPED if approval else ""
    entry = entries.get(record.approved_entry)
    if entry is None or mark is None:
        return LOST
    row = record.to_row()
    return _unreliable(entry, approval, row) or _rewritten(record, row, entry) or _unrecorded(row, entries[mark.newest])


def _decides(record: Record, approval: Entry) -> bool:
    """Whether the entry approved; an adopted list also brings drafts along."""
    return approval.verb != Verb.ADOPTED or json.loads(approval.after).get("state") in record.adopted_as


def _unreliable(entry: Entry, approval: Entry | None, row: Row) -> str:
    """Why the entry that the record points to is not its last approval."""
    if not is_genuine(entry):
        return FORGED
    if (entry.kind, entry.number) != (row.kind, row.number):
        return ANOTHER
    if approval is None:
        return UNDECIDED
    if entry.pk < approval.pk:
        return OUTDATED
    return "" if entry.pk == approval.pk or _moved_along(entry, approval) else UNDECIDED


def _moved_along(entry: Entry, approval: Entry) -> bool:
    """Whether the entry is the approval itself, taken along to another unit (``carrying``)."""
    if entry.verb != Verb.MOVED_ALONG or not is_genuine(approval):
        return False
    before, after = json.loads(approval.after), json.loads(entry.after)
    return all(before.get(name) == value for name, value in after.items() if name not in PLACE)


def _rewritten(record: Record, row: Row, entry: Entry) -> str:
    version = record.approved_version
    if version == record.version and canonical_text(row) == entry.after:
        return ""
    frozen = json.loads(entry.after)
    if version is not None and (record.version < version or frozen.get("version", version) != version):
        return MISCOUNTED
    return REWRITTEN if version == record.version and not _says(frozen, row) else ""


def _unrecorded(row: Row, newest: Entry) -> str:
    """Whether the record is what the journal last wrote of it: every step of the system writes there."""
    if not is_genuine(newest):
        return FORGED
    return "" if canonical_text(row) == newest.after or _says(json.loads(newest.after), row) else UNRECORDED


def _says(frozen: dict[str, Any], row: Row) -> bool:
    """Whether ``row`` is what was frozen; a field that did not exist yet has its default."""
    return from_plain(type(row), frozen) == row
