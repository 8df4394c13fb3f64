"""Approvals are journal entries: an approved record points to the entry that froze what was approved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from lianfang.foundation.catalogue.bulk import set_by_number
from lianfang.foundation.journal.models import Entry, Record
from lianfang.kernel.rows import Row, differences

CHUNK = 2_000


def approve(thing: Record, entry: Entry) -> None:
    """Remember which journal entry holds the approved Row, byte for byte, and of which version it is."""
    thing.approved_entry, thing.approved_version, thing.stale = entry.pk, thing.version, False
    cast("Any", type(thing)).objects.filter(pk=thing.pk).update(
        approved_entry=entry.pk, approved_version=thing.version, stale=False
    )


def approve_many(model: type[Record], rows: Sequence[Row]) -> None:
    """Point records to the newest journal entry of each Row: what an adopted list says was approved before."""
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        about = Entry.objects.filter(kind=chunk[0].kind, number__in=[row.number for row in chunk]).order_by("id")
        newest = dict(about.values_list("number", "id"))
        set_by_number(model, "approved_entry", [(entry, number) for number, entry in newest.items()])
        cast("Any", model).objects.filter(number__in=list(newest), stale=True).update(stale=False)
        versions = [(getattr(row, "version", None), row.number) for row in chunk if row.number in newest]
        set_by_number(model, "approved_version", versions)


def needs_review(thing: Record, before: object, after: object) -> bool:
    """Whether ``before`` → ``after`` changes a guarded (graded or published) field of something approved."""
    if thing.approved_entry is None:
        return False
    guarded: tuple[str, ...] = getattr(type(after), "guarded", ())
    return any(found.field in guarded for found in differences(before, after))
