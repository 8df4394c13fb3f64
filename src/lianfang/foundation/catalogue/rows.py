"""The index card of a Row: where it belongs, how it is counted, and the words under which people look for it."""

from __future__ import annotations

from typing import NamedTuple, Self

from lianfang.kernel.bigrams import folded
from lianfang.kernel.rows import Row

TITLE_LENGTH = 200


class Card(NamedTuple):
    """What the catalogue keeps of one register entry; a tuple, because an import makes a hundred thousand of them."""

    kind: str
    number: str
    unit_path: str
    state: str
    grade: str
    title: str
    words: str
    """Folded text: what the index is made of, and what a hit is checked against."""

    @classmethod
    def of(cls, row: Row, unit_path: str) -> Self:
        """The card of a Row; title, words, state and grade come from the Row where its class has them."""
        title = str(getattr(row, "title", "") or row.number)[:TITLE_LENGTH]
        return cls(
            kind=row.kind,
            number=row.number,
            unit_path=unit_path,
            state=str(getattr(row, "state", "") or ""),
            grade=str(getattr(row, "grade", "") or ""),
            title=title,
            words=folded(str(getattr(row, "search_text", "") or title)),
        )
