"""Columns of a list that speak of another register, as lists of risk points also hold their measures and owners."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from lianfang.foundation.documents.columns import Sheet
from lianfang.foundation.documents.recognise import map_headings, register_of
from lianfang.foundation.documents.shape import Listing
from lianfang.foundation.documents.unread import UnreadColumn

Fields = tuple[str | None, ...]


def carried_fields(found: Listing, fields: Sequence[str | None], sheet: Sheet) -> Fields:
    """The fields of ``sheet`` that the other columns of a list speak of, by position; none without its required ones.

    ``fields`` are what the list's own register takes, which comes first.
    """
    headings = [heading if name is None else "" for heading, name in zip(found.headings, fields, strict=True)]
    carried = map_headings(register_of(sheet), headings)
    return carried if {column.field for column in sheet.columns if column.required} <= set(carried) else ()


def still_unread(
    found: Listing, carried: Sequence[str | None], unread: Collection[UnreadColumn]
) -> tuple[UnreadColumn, ...]:
    """The columns that are not taken by the carried register either."""
    taken = {found.head_place(position) for position, name in enumerate(carried) if name}
    return tuple(column for column in unread if column.place not in taken)
