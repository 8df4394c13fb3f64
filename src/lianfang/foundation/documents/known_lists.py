"""The lists of a file with the register that each belongs to, as an import and whoever foretells one see them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lianfang.foundation.documents.cards import from_paragraphs
from lianfang.foundation.documents.columns import Sheet
from lianfang.foundation.documents.concepts import Register
from lianfang.foundation.documents.document import EXPLANATIONS
from lianfang.foundation.documents.lists import lists_of
from lianfang.foundation.documents.recognise import Recognition, map_headings, recognise, register_of
from lianfang.foundation.documents.shape import Listing, listing
from lianfang.foundation.documents.tables import Contents, Table
from lianfang.foundation.documents.unread import UnreadColumn, unread_columns

_SAMPLE = 50


@dataclass(frozen=True, slots=True)
class KnownList:
    """A table, the list in it, and what it was recognised as (no register where it was not)."""

    table: Table
    listing: Listing
    recognition: Recognition


@dataclass(frozen=True, slots=True)
class TakenList:
    """What an import takes of a list: the field of each heading by position, and the columns that it leaves."""

    sheet: Sheet
    listing: Listing
    fields: tuple[str | None, ...]
    unread: tuple[UnreadColumn, ...]


def known_lists(contents: Contents, registers: Sequence[Register]) -> Iterator[KnownList]:
    """Every list of a file, forms and lists in running text included; the sheet of explanations is none."""
    for table in lists_of(_tables(contents, registers), registers):
        found = listing(table, registers)
        if found is None:
            continue
        columns = [list(cells) for cells in zip(*found.rows[:_SAMPLE], strict=True)]
        yield KnownList(table, found, recognise(found.headings, columns, (*found.titles, table.name), registers))


def taken_lists(contents: Contents, sheets: Sequence[Sheet]) -> Iterator[TakenList]:
    """What an import would take of a file, told without one: nothing is resolved and no cell is judged."""
    known = {register_of(sheet): sheet for sheet in sheets}
    for one in known_lists(contents, tuple(known)):
        register = one.recognition.register
        found = listing(one.table, (register,)) if register else None
        if register is None or found is None:
            continue
        columns = list(zip(*found.rows, strict=True)) or [() for _ in found.headings]
        fields = map_headings(register, found.headings, [cells[:_SAMPLE] for cells in columns])
        yield TakenList(known[register], found, fields, tuple(unread_columns(found, fields, columns)))


def _tables(contents: Contents, registers: Sequence[Register]) -> list[Table]:
    tables = [table for table in contents.tables if table.name != EXPLANATIONS]
    told = None if contents.tables else from_paragraphs(contents.paragraphs, registers)
    return [*tables, *([told] if told else [])]
