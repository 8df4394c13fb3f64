"""Lines of the journal as the administrators read them: who did what to which thing, never its content.

Reasons are shown of acts on accounts and grants only; those of business acts are business.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet

from lianfang.foundation.accounts.queries import ABOUT_ACCOUNTS
from lianfang.foundation.accounts.rows import GrantRow, UserRow
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.web.values import Pager
from lianfang.site.journal import ROWS

SIZE = 100
_ROWS = {**ROWS, UserRow.kind: UserRow, GrantRow.kind: GrantRow}


@dataclass(frozen=True)
class LogLine:
    """One act."""

    sequence: int
    at: datetime.datetime
    actor: str
    actor_title: str
    act: str
    kind: str
    number: str
    grounds: str


def log_page(entries: QuerySet[Entry], *, text: str, page: int) -> tuple[list[LogLine], Pager]:
    """One page of ``entries`` by one actor or about one number; the total is not counted."""
    if text:
        entries = entries.filter(actor=text) | entries.filter(number=text)
    start = (max(1, page) - 1) * SIZE
    found = list(entries[start : start + SIZE + 1])
    lines = [
        LogLine(
            entry.pk,
            entry.at,
            entry.actor,
            entry.actor_title,
            _act(entry.verb),
            _label(entry.kind),
            entry.number,
            _grounds(entry),
        )
        for entry in found[:SIZE]
    ]
    return lines, Pager(max(1, page), SIZE, None, len(found) > SIZE)


def _grounds(entry: Entry) -> str:
    return "；".join(filter(None, (entry.basis, entry.note))) if entry.kind in ABOUT_ACCOUNTS else ""


def _act(verb: str) -> str:
    known = Verb.read(verb)
    return known.label if known else verb


def _label(kind: str) -> str:
    return str(getattr(_ROWS.get(kind), "label", kind))
