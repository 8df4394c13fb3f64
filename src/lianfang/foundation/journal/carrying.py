"""Taking records along when the post that they hang on moves to another unit: their text stays, their place changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from lianfang.foundation.catalogue.relocation import move_cards
from lianfang.foundation.journal.approval import approve_many
from lianfang.foundation.journal.models import Record
from lianfang.foundation.journal.queries import is_as_approved, last_known
from lianfang.foundation.journal.recording import Written


def placed_in(things: Iterable[Any], unit: str, path: str) -> list[Written]:
    """What the journal is to write of ``things`` once they belong to ``unit`` at ``path``: the same Rows, moved."""
    rows: list[Any] = [replace(thing.to_row(), unit=unit) for thing in things]
    if not rows:
        return []
    known = last_known(rows[0].kind, [row.number for row in rows])
    return [Written(path, row, known.get(row.number, "")) for row in rows]


def keep_approved(things: Iterable[object], changes: Iterable[Written]) -> None:
    """Let approvals follow: what is as it was approved stays so in its new unit; call when ``changes`` are recorded.

    What was being rewritten keeps its older approval, and is read in its new place (``approved_rows``).
    """
    settled = {thing.number: type(thing) for thing in things if isinstance(thing, Record) and is_as_approved(thing)}
    for model in set(settled.values()):
        approve_many(model, [change.row for change in changes if settled.get(change.row.number) is model])


def carry_places(things: QuerySet[Any], kind: str, path: str) -> int:
    """Give ``path`` to things of a ``kind`` whose Rows name no unit; their cards and counts follow."""
    numbers = list(things.order_by().values_list("number", flat=True))
    moved = things.update(unit_path=path)
    move_cards(kind, numbers, path)
    return moved
