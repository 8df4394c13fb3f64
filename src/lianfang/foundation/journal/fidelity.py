"""Whether what is stored still is what was approved: nothing is believed because a version number says so.

The system itself never changes an entry without a new version and a journal entry. A deviation therefore is a change
that went past it, in the database or in a restored backup, and whoever relies on the entry has to be told.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from lianfang.foundation.journal.models import Entry, Record
from lianfang.foundation.journal.rows import ANOTHER, FORGED, LOST, MISCOUNTED, REWRITTEN, DeviationRow
from lianfang.kernel.rows import Row, canonical_text, commitment, from_plain

CHUNK = 500


def deviations(records: Iterable[Record]) -> Iterator[DeviationRow]:
    """Those of ``records`` that are approved and are not what was approved; two fingerprints a record, few queries.

    A record that was edited since its approval by the system's own steps is no deviation: its approved copy is looked
    at in the journal.
    """
    approved = iter(record for record in records if record.approved_entry is not None)
    while chunk := list(islice(approved, CHUNK)):
        entries = Entry.objects.in_bulk({record.approved_entry for record in chunk})
        for record in chunk:
            reason = _reason(record, entries.get(record.approved_entry))
            if reason:
                kind = type(record.to_row()).kind
                yield DeviationRow(number=record.number, unit=_unit(record), of_kind=kind, reason=reason)


def is_genuine(entry: Entry) -> bool:
    """Whether an entry's content still has the fingerprint under which it was written."""
    return commitment(bytes(entry.salt), entry.after.encode()) == entry.commitment


def shown(found: Sequence[DeviationRow], most: int = 20) -> list[str]:
    """One line a deviation, for the details of a refusal."""
    return [f"{item.number}：{item.reason}" for item in found[:most]]


def _reason(record: Record, entry: Entry | None) -> str:
    if entry is None:
        return LOST
    if not is_genuine(entry):
        return FORGED
    row = record.to_row()
    if (entry.kind, entry.number) != (row.kind, row.number):
        return ANOTHER
    version = record.approved_version
    if version == record.version and canonical_text(row) == entry.after:
        return ""
    frozen = json.loads(entry.after)
    if version is not None and (record.version < version or frozen.get("version", version) != version):
        return MISCOUNTED
    return REWRITTEN if version == record.version and not _says(frozen, row) else ""


def _says(frozen: dict[str, Any], row: Row) -> bool:
    """Whether ``row`` is what was frozen; a field that did not exist yet has its default."""
    return from_plain(type(row), frozen) == row


def _unit(record: Record) -> str:
    return record.unit_path.rstrip("/").rpartition("/")[2]
