"""The declaration of a room's table: one ``Column`` a field, and a ``Sheet`` that names the register they belong to.

A column says how its cells become values and back; reading what was written gives the same value (a property test).
"""

from __future__ import annotations

import datetime
import enum
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from lianfang.foundation.documents.cells import (
    BLANKS,
    CellFault,
    cell_text,
    join_items,
    narrow,
    parse_date,
    parse_maybe,
    parse_whole,
    parse_yes,
    split_items,
    split_names,
    unquoted,
)
from lianfang.foundation.documents.tables import Cell
from lianfang.kernel.clipping import clipped
from lianfang.kernel.levels import Grade
from lianfang.kernel.vocabulary import Word


class Kind(enum.StrEnum):
    """What a cell of a column holds; the comment is the type of its value, and of its blank."""

    TEXT = "text"  # str, blank ""
    ITEMS = "items"  # tuple[str, ...]: sentences, one a line or numbered; blank ()
    NAMES = "names"  # tuple[str, ...]: short names divided by 、; blank ()
    DATE = "date"  # datetime.date | None
    WHOLE = "whole"  # int | None
    YES = "yes"  # bool, blank False
    MAYBE = "maybe"  # bool | None: a blank is not known, and no no
    WORD = "word"  # a member of ``words``, blank None
    WORDS = "words"  # tuple of members of ``words``, blank ()
    GRADE = "grade"  # Grade | None; numbered grades need a legend
    REFERENCE = "reference"  # str: number of an entry, full-width letters and digits narrowed; blank ""
    REFERENCES = "references"  # tuple[str, ...] of such numbers, blank ()
    OWN = "own"  # whatever ``read`` returns for the text of the cell


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a register as a column.

    ``heading`` is written and read, ``synonyms`` are read as well; ``width`` is in characters of Chinese text.
    ``words`` is the vocabulary of WORD and WORDS. ``read`` (may raise ValueError with a sentence) and ``write`` are
    for OWN. ``many`` lets several columns of a file fill this field (ITEMS and TEXT only), joined in their order.
    ``implies`` are (spelling, field, word): what lists write here though it is the word of another field. ``units``
    are those that a heading may give in brackets for the bare numbers below it: 办理时限（工作日） | 15.
    """

    field: str
    heading: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    width: int = 12
    example: str = ""
    kind: Kind = Kind.TEXT
    words: type[Word] | None = None
    read: Callable[[str], object] | None = None
    write: Callable[[object], str] | None = None
    many: bool = False
    note: str = ""
    implies: tuple[tuple[str, str, Word], ...] = ()
    units: tuple[str, ...] = ()

    @property
    def vocabulary(self) -> type[Word] | None:
        """The words a cell may hold, where they are limited."""
        return Grade if self.kind is Kind.GRADE else self.words

    @property
    def allowed(self) -> tuple[str, ...]:
        """The labels for a drop-down list."""
        if self.kind in {Kind.YES, Kind.MAYBE}:
            return ("是", "否")
        vocabulary = self.vocabulary if self.kind in {Kind.WORD, Kind.GRADE} else None
        return tuple(member.label for member in vocabulary) if vocabulary else ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A register as a table: ``kind`` as in its Row class, ``title`` as printed, columns in order.

    ``key`` is the field that must not repeat within one file. A sheet whose kind is ``powers`` or ``risks`` also
    profits from the general vocabulary of ``lexicon`` when headings are matched.
    """

    kind: str
    title: str
    columns: tuple[Column, ...]
    key: str = "number"
    unique: bool = field(default=True)

    def column(self, name: str) -> Column:
        """The column of a field.

        Raises:
            KeyError: when the sheet has none of that name.
        """
        for column in self.columns:
            if column.field == name:
                return column
        raise KeyError(name)


def reader_of(column: Column) -> Callable[[Cell], object]:
    """The function that reads one cell of this column, bound once; it raises ``CellFault`` with one sentence."""
    if column.kind is Kind.OWN:
        return partial(_read_own, column)
    if column.kind in {Kind.WORD, Kind.GRADE, Kind.WORDS}:
        return partial(_read_words if column.kind is Kind.WORDS else _read_word, _vocabulary(column))
    return _READERS[column.kind]


def read_cell(column: Column, cell: Cell) -> object:
    """The value of one cell.

    Raises:
        CellFault: when the cell does not hold what the column asks for.
    """
    return reader_of(column)(cell)


def writer_of(column: Column) -> Callable[[object], Cell]:
    """The function that writes one value of this column, bound once."""
    if column.kind is Kind.OWN:
        return column.write or _write_text
    return _WRITERS.get(column.kind, _write_text)


def write_cell(column: Column, value: object) -> Cell:
    """What to write for a value so that ``read_cell`` returns it; dates and whole numbers keep their type."""
    return writer_of(column)(value)


def _vocabulary(column: Column) -> type[Word]:
    if column.vocabulary is None:
        raise TypeError(f"{column.field}: a column of words needs its vocabulary")
    return column.vocabulary


def _read_own(column: Column, cell: Cell) -> object:
    text = cell_text(cell)
    try:
        return column.read(text) if column.read else text
    except CellFault:
        raise
    except ValueError as error:
        raise CellFault(str(error)) from error


def _read_word(words: type[Word], cell: Cell) -> Word | None:
    text = cell_text(cell)
    member = words.read(text) or words.read(narrow(text)) or words.read(unquoted(text))
    if member is None and unquoted(text) not in BLANKS:
        allowed = "、".join(word.label for word in words)
        raise CellFault(f"“{clipped(text)}”不在可选的词里；可以写：{allowed}。")
    return member


def _read_words(words: type[Word], cell: Cell) -> tuple[Word, ...]:
    text = cell_text(cell)
    whole = words.read(text)
    if whole is not None:
        return (whole,)
    found = (_read_word(words, piece) for piece in split_names(text))
    return tuple(dict.fromkeys(word for word in found if word is not None))


def _read_reference(cell: Cell) -> str:
    text = narrow(cell_text(cell))
    return "" if text in BLANKS else text


def _read_references(cell: Cell) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(_read_reference, split_names(cell_text(cell))))))


def _read_items(cell: Cell) -> tuple[str, ...]:
    return split_items(cell_text(cell))


def _read_names(cell: Cell) -> tuple[str, ...]:
    return split_names(cell_text(cell))


def _write_text(value: object) -> Cell:
    # A state is only to be looked at, so its column is plain text; nobody should read its code.
    return "" if value is None else value.label if isinstance(value, Word) else str(value)


def _write_items(value: object) -> Cell:
    return join_items(tuple(map(str, value))) if isinstance(value, (tuple, list)) else _write_text(value)


def _write_names(value: object) -> Cell:
    return "、".join(map(str, value)) if isinstance(value, (tuple, list)) else _write_text(value)


def _write_yes(value: object) -> Cell:
    return "" if value is None else "是" if value else "否"


def _write_word(value: object) -> Cell:
    return value.label if isinstance(value, Word) else _write_text(value)


def _write_words(value: object) -> Cell:
    return "、".join(str(_write_word(word)) for word in value) if isinstance(value, (tuple, list)) else ""


def _write_date(value: object) -> Cell:
    return value if isinstance(value, datetime.date) else _write_text(value)


def _write_whole(value: object) -> Cell:
    return int(value) if isinstance(value, int) else _write_text(value)


_READERS: dict[Kind, Callable[[Cell], object]] = {
    Kind.TEXT: cell_text,
    Kind.ITEMS: _read_items,
    Kind.NAMES: _read_names,
    Kind.DATE: parse_date,
    Kind.WHOLE: parse_whole,
    Kind.YES: parse_yes,
    Kind.MAYBE: parse_maybe,
    Kind.REFERENCE: _read_reference,
    Kind.REFERENCES: _read_references,
}

_WRITERS: dict[Kind, Callable[[object], Cell]] = {
    Kind.ITEMS: _write_items,
    Kind.NAMES: _write_names,
    Kind.DATE: _write_date,
    Kind.WHOLE: _write_whole,
    Kind.YES: _write_yes,
    Kind.MAYBE: _write_yes,
    Kind.WORD: _write_word,
    Kind.WORDS: _write_words,
    Kind.GRADE: _write_word,
    Kind.REFERENCES: _write_names,
}
