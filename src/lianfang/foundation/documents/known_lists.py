"""The lists of a file with the register that each belongs to, as an import and whoever foretells one see them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lianfang.foundation.documents.cards import from_paragraphs
from lianfang.foundation.documents.carried import Fields, carried_fields, still_unread
from lianfang.foundation.documents.columns import Sheet
from lianfang.foundation.documents.concepts import Register
from lianfang.foundation.documents.document import EXPLANATIONS
from lianfang.foundation.documents.lists import lists_of
from lianfang.foundation.documents.recognise import Recognition, recognise, register_of
from lianfang.foundation.documents.register_reading import fields_of
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
    """What an import takes of a list: the field of each heading by position, and the columns that it leaves.

    ``carried`` are the fields that go to another register, of which ``other`` is the sheet.
    """

    sheet: Sheet
    listing: Listing
    fields: Fields
    unread: tuple[UnreadColumn, ...]
    carried: Fields = ()
    other: Sheet | None = None

    def goes_to(self, position: int) -> tuple[Sheet, str] | None:
        """The sheet and the field that a column ends up in; none where it is not imported."""
        if name := self.fields[position]:
            return self.sheet, name
        name = self.carried[position] if self.carried else None
        return (self.other, name) if self.other and name else None


@dataclass(frozen=True, slots=True)
class LeftList:
    """A list that an import leaves, by the name of its sheet, and why."""

    name: str
    reason: str


def known_lists(contents: Contents, registers: Sequence[Register]) -> Iterator[KnownList]:
    """Every list of a file, forms and lists in running text included; the sheet of explanations is none."""
    for table in lists_of(_tables(contents, registers), registers):
        found = listing(table, registers)
        if found is None:
            continue
        columns = [list(cells) for cells in zip(*found.rows[:_SAMPLE], strict=True)]
        yield KnownList(table, found, recognise(found.headings, columns, (*found.titles, table.name), registers))


def _nothing_aside(_: KnownList) -> Sheet | None:
    return None


def taken_lists(
    contents: Contents,
    sheets: Sequence[Sheet],
    carried_by: Mapping[str, tuple[Sheet, Sheet]] | None = None,
    aside: Callable[[KnownList], Sheet | None] = _nothing_aside,
) -> Iterator[TakenList | LeftList]:
    """What an import would take of a file, told without one: nothing is resolved and no cell is judged.

    ``carried_by`` names, by kind, the sheet for columns of another register and the sheet that they end up in;
    ``aside`` says of lists that no register keeps as they are by what other sheet an import reads them.
    """
    known = {register_of(sheet): sheet for sheet in sheets}
    for one in known_lists(contents, tuple(known)):
        other = aside(one)
        register = register_of(other) if other else one.recognition.register
        found = listing(one.table, (register,)) if register else None
        if register is None or found is None:
            yield LeftList(one.table.name, one.recognition.reason)
            continue
        columns = list(zip(*found.rows, strict=True)) or [() for _ in found.headings]
        fields = fields_of(other or known[register], found.headings, [cells[:_SAMPLE] for cells in columns])
        unread = tuple(unread_columns(found, fields, columns))
        plain = TakenList(other or known[register], found, fields, unread)
        yield _with_carried(plain, *carried_by[register.kind]) if carried_by and register.kind in carried_by else plain


def _with_carried(taken: TakenList, carrying: Sheet, other: Sheet) -> TakenList:
    carried = carried_fields(taken.listing, taken.fields, carrying)
    return replace(taken, unread=still_unread(taken.listing, carried, taken.unread), carried=carried, other=other)


def _tables(contents: Contents, registers: Sequence[Register]) -> list[Table]:
    tables = [table for table in contents.tables if table.name != EXPLANATIONS]
    told = None if contents.tables else from_paragraphs(contents.paragraphs, registers)
    return [*tables, *([told] if told else [])]
