"""Approvals are journal entries: an approved record points to the entry that froze what was approved."""

from __future__ import annotations

from typing import Any, cast

from lianfang.foundation.journal.models import Entry, Record
from lianfang.kernel.rows import differences


def approve(thing: Record, entry: Entry) -> None:
    """Remember which journal entry holds the approved Row, byte for byte."""
    thing.approved_entry, thing.stale = entry.pk, False
    cast("Any", type(thing)).objects.filter(pk=thing.pk).update(approved_entry=entry.pk, stale=False)


def needs_review(thing: Record, before: object, after: object) -> bool:
    """Whether ``before`` → ``after`` changes a guarded (graded or published) field of something approved."""
    if thing.approved_entry is None:
        return False
    guarded: tuple[str, ...] = getattr(type(after), "guarded", ())
    return any(found.field in guarded for found in differences(before, after))
