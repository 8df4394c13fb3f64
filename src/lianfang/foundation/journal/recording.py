"""Writing the journal: one entry a change, in the transaction of the change itself."""

from __future__ import annotations

import datetime
import io
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextvars import ContextVar
from typing import NamedTuple, Protocol

from django.db import transaction
from django.utils import timezone

from lianfang.foundation.catalogue.bulk import insert
from lianfang.foundation.catalogue.rows import Card
from lianfang.foundation.catalogue.upkeep import INDEX_BATCH, index_some, shelve, shelve_new
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.journal.texts import clean, fitting
from lianfang.foundation.journal.verbs import Verb
from lianfang.kernel.rows import Row, canonical_bytes, canonical_text, commitment

SALT_BYTES = 32
MOST_BASIS = 500
BATCH = 1_000
COLUMNS = ("at", "actor", "actor_title", "verb", "basis", "note", "kind", "number", "unit_path", "before", "after",
           "salt", "commitment")  # fmt: skip
"""First what all entries of one act share, then what ``_written`` gives of each."""
BESIDE: ContextVar[Callable[[str, str], None] | None] = ContextVar("beside", default=None)
"""What a request writes beside its entries, given their kind and number: both are kept, or neither is."""


class Actor(Protocol):
    """Whoever acts: a signed-in user, or the named system actor of a command."""

    @property
    def login(self) -> str:
        """Name under which the journal keeps the act."""
        ...

    @property
    def title(self) -> str:
        """How people call the actor, e.g. 环评科 张科长."""
        ...


class Recordable(Protocol):
    """Anything that can be journalled: it has a place in the organisation and a Row."""

    @property
    def unit_path(self) -> str:
        """Path of the unit that the thing belongs to."""
        ...

    def to_row(self) -> Row:
        """The entry as its frozen value."""
        ...


class Written(NamedTuple):
    """One change for ``record_many``: where it belongs, the Row as it is now, its canonical text before or ""."""

    unit_path: str
    row: Row
    before: str = ""


def record(actor: Actor, verb: Verb, thing: Recordable, *, basis: str = "", note: str = "") -> Entry:
    """Write one journal entry and refresh the catalogue, in the caller's transaction.

    ``before`` is what the journal itself last knew of the thing: a change made behind the journal's back therefore
    shows up as a difference in the next entry instead of vanishing.
    """
    row = thing.to_row()
    about = Entry.objects.filter(kind=row.kind, number=row.number).order_by("-id")
    written = Written(thing.unit_path, row, about.values_list("after", flat=True).first() or "")
    entry = _entry(actor, verb, written, timezone.now(), secrets.token_bytes(SALT_BYTES))
    entry.basis, entry.note = _said(basis, note)
    entry.save(force_insert=True)
    _write_beside(row)
    shelve([Card.of(row, thing.unit_path)])
    transaction.on_commit(index_some, robust=True)
    return entry


def record_many(actor: Actor, verb: Verb, changes: Iterable[Written], *, basis: str = "", note: str = "") -> int:
    """Write one entry for each change, in bulk; return how many were written.

    Same bytes and same commitment as ``record``, without a query a row: this is what importers call.
    """
    kept = list(changes)
    said = (timezone.now(), actor.login, actor.title, verb.value, *_said(basis, note))
    insert(Entry, COLUMNS, map(said.__add__, _written(kept)))
    if kept:
        _write_beside(kept[0].row)
    shelve_new(Card.of(row, path) for path, row, before in kept if not before)
    changed = [change for change in kept if change.before]
    for start in range(0, len(changed), BATCH):
        shelve([Card.of(row, path) for path, row, _ in changed[start : start + BATCH]])
    if len(kept) <= INDEX_BATCH:
        # A longer list is indexed by who imported it, in a time that can be seen.
        transaction.on_commit(index_some, robust=True)
    return len(kept)


def _said(basis: str, note: str) -> tuple[str, str]:
    """Basis and note as an entry keeps them.

    Raises:
        Invalid: the basis is longer than its column.
    """
    return fitting("依据", basis, MOST_BASIS), clean(note)


def _write_beside(row: Row) -> None:
    write = BESIDE.get()
    if write is not None:
        write(row.kind, row.number)


def _written(changes: Sequence[Written]) -> Iterator[tuple[object, ...]]:
    """What each entry says for itself, in the order of ``COLUMNS``, under a salt of its own."""
    salts = io.BytesIO(secrets.token_bytes(SALT_BYTES * len(changes)))
    for path, row, before in changes:
        salt, after = salts.read(SALT_BYTES), canonical_bytes(row)
        yield row.kind, row.number, path, before, after.decode(), salt, commitment(salt, after)


def _entry(actor: Actor, verb: Verb, written: Written, at: datetime.datetime, salt: bytes) -> Entry:
    after = canonical_text(written.row)
    return Entry(
        at=at,
        actor=actor.login,
        actor_title=actor.title,
        verb=verb.value,
        kind=written.row.kind,
        number=written.row.number,
        unit_path=written.unit_path,
        before=written.before,
        after=after,
        salt=salt,
        commitment=commitment(salt, after.encode()),
    )
