"""Columns 高, 中, 低 in which the grade of an entry is ticked: three columns that are one field."""

from __future__ import annotations

from collections.abc import Sequence

from lianfang.foundation.documents.cells import cell_text
from lianfang.foundation.documents.headings import LEVEL_SEPARATOR
from lianfang.foundation.documents.tables import Cell

_GRADES = frozenset({"高", "中", "低"})
_UNTICKED = frozenset({"", "0", "×", "□", "/", "—", "-", "否"})


def with_ticks(headings: Sequence[str], fields: Sequence[str | None], name: str) -> tuple[str | None, ...]:
    """The fields of a list, ``name`` given to each of three columns 高, 中, 低, if it has these."""
    ticked = [heading.rpartition(LEVEL_SEPARATOR)[2] in _GRADES for heading in headings]
    if sum(ticked) < len(_GRADES):
        return tuple(fields)
    return tuple(name if tick else field for tick, field in zip(ticked, fields, strict=True))


def ticked_words(headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[str]:
    """The heading of the one that is ticked, entry by entry; several ticks are told one beside the other."""
    words = [heading.rpartition(LEVEL_SEPARATOR)[2] for heading in headings]
    return [
        "、".join(word for word, cell in zip(words, row, strict=True) if cell_text(cell) not in _UNTICKED)
        for row in rows
    ]
