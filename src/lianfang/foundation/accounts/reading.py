"""What a reader is shown of a record: whole where the actor may read drafts, exactly as approved where not.

Whoever holds only *read-approved* (the commission) reads the copy that the approval froze, in every door: pages, lists,
searches and JSON. A draft, its history and its faults stay with those who work on it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from django.db.models import Q, QuerySet

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import within
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.catalogue.listing import Page, Wanted, among, page_of
from lianfang.foundation.catalogue.queries import search
from lianfang.foundation.journal.models import REWRITTEN, Record
from lianfang.foundation.journal.queries import HistoryLine, approved_rows, approving_line, history_of
from lianfang.kernel.bigrams import contains_all
from lianfang.kernel.list_names import spellings
from lianfang.kernel.rows import Row

R = TypeVar("R", bound=Row)
T = TypeVar("T", bound=Record)


def reach(actor: User, read: Permission, read_approved: Permission) -> tuple[str, ...]:
    """Subtrees in which the actor reads anything, drafts or only what is approved; none lies within another."""
    found = {*actor.paths(read), *actor.paths(read_approved)}
    return tuple(sorted(path for path in found if not any(o != path and path.startswith(o) for o in found)))


@dataclass(frozen=True)
class Reading(Generic[R]):
    """Who reads a register whole (``read``) and who as approved (``read_approved``).

    ``ended`` are states that no draft can reach (retired, closed): the approved text is shown in that state.
    """

    row: type[R]
    read: Permission
    read_approved: Permission
    ended: frozenset[str] = frozenset()

    def reach(self, actor: User) -> tuple[str, ...]:
        """Subtrees in which the actor reads anything of this register."""
        return reach(actor, self.read, self.read_approved)

    def is_whole(self, actor: User, record: Record) -> bool:
        """Whether the actor may read this record with its drafts."""
        return actor.may(self.read, record.unit_path)

    def rows(self, actor: User, records: Iterable[Record]) -> list[R]:
        """The records as this actor may read them; frozen copies in one query a page."""
        found = list(records)
        partly = [record for record in found if not self.is_whole(actor, record)]
        frozen = approved_rows(self.row, partly)
        copies = {record.pk: self._ended(record, row) for record, row in zip(partly, frozen, strict=True)}
        return [copies[record.pk] if record.pk in copies else cast("R", record.to_row()) for record in found]

    def row_of(self, actor: User, record: Record) -> R:
        """One record as this actor may read it."""
        return self.rows(actor, [record])[0]

    def shown(self, actor: User, records: Iterable[Record]) -> list[tuple[R, bool]]:
        """The records as this actor may read them, each with whether it was changed since its approval.

        Whoever reads the approved text is not told of a draft beside it.
        """
        found = list(records)
        stale = [record.stale and self.is_whole(actor, record) for record in found]
        return list(zip(self.rows(actor, found), stale, strict=True))

    def history(self, actor: User, record: Record) -> tuple[HistoryLine, ...]:
        """Everything that happened to the record, or only its approval."""
        if self.is_whole(actor, record):
            return tuple(history_of(self.row.kind, record.number))
        return tuple(approving_line(record))

    def page(
        self,
        actor: User,
        things: QuerySet[T],
        wanted: Wanted,
        paths: tuple[str, ...] | None = None,
        only: Q | None = None,
    ) -> Page[T]:
        """The wanted page of ``things``, all that the actor may see under ``paths``, or of those that ``only`` leaves.

        Words and filters look at the text shown.
        """
        reached = self.reach(actor) if paths is None else paths
        is_whole = self._reads_whole(actor, reached)
        seen = things if only is None else things.filter(only)
        if wanted.facets and not wanted.text.strip() and not is_whole:
            live, fitting = self._apart(actor, seen, wanted)
            return page_of(live, self.row.kind, reached, wanted, scoped=False, also=fitting)
        narrowed, left = self.narrowed(actor, seen, wanted, reached)
        return page_of(narrowed, self.row.kind, reached, left, scoped=is_whole and only is None)

    def narrowed(
        self, actor: User, things: QuerySet[T], wanted: Wanted, paths: tuple[str, ...]
    ) -> tuple[QuerySet[T], Wanted]:
        """``things`` narrowed by the words of ``wanted`` and the filters beside them, and what is left to ask.

        Nothing is asked here where the actor reads everything, or asks for no words.
        """
        if not wanted.text.strip() or self._reads_whole(actor, paths):
            return things, wanted
        live, fitting = self._apart(actor, things, wanted)
        hits = among(live, search(self.row.kind, paths, wanted.text).numbers, dict(wanted.facets))
        numbers = [number for found in (hits, fitting) for number in found.values_list("number", flat=True)]
        return things.filter(number__in=numbers), dataclasses.replace(wanted, text="", facets=())

    def _apart(self, actor: User, things: QuerySet[T], wanted: Wanted) -> tuple[QuerySet[T], QuerySet[T]]:
        """What stands as it was approved, and of what was rewritten since that which fits by its approved text.

        No draft is found by its words; the first is left to the database, which knows nothing of approved text.
        """
        rewritten = list(things.exclude(within(actor.paths(self.read))).filter(REWRITTEN))
        fitting = [row.number for row in self.rows(actor, rewritten) if _fits(row, wanted)]
        live = things.exclude(pk__in=[record.pk for record in rewritten])
        return live, things.filter(number__in=fitting)

    def _reads_whole(self, actor: User, paths: Sequence[str]) -> bool:
        whole = actor.paths(self.read)
        return bool(whole) and all(path.startswith(whole) for path in paths)

    def _ended(self, record: Record, row: R) -> R:
        if record.state not in self.ended:
            return row
        state: Any = cast("Any", row).state
        return cast("R", dataclasses.replace(cast("Any", row), state=type(state)(record.state)))


def _fits(row: Row, wanted: Wanted) -> bool:
    text = str(getattr(row, "search_text", ""))
    holds = any(contains_all(text, one.split()) for one in spellings(wanted.text))
    return holds and all(_plain(getattr(row, name, None)) == value for name, value in wanted.facets)


def _plain(value: object) -> str:
    return "" if value is None else str(getattr(value, "value", value))
