"""Columns of a list that no field takes: where they are, and some of what would stay behind with them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lianfang.foundation.documents.cells import BLANKS, cell_text, narrow
from lianfang.foundation.documents.headings import reduce_heading
from lianfang.foundation.documents.shape import Listing
from lianfang.foundation.documents.tables import Cell
from lianfang.kernel.findings import Place

_SAMPLES = 3
_LONGEST_SAMPLE = 24
LINE_COUNTS = frozenset({"序号", "序", "项次", "项号", "行号", "顺序号", "no"})


@dataclass(frozen=True, slots=True)
class UnreadColumn:
    """``heading`` as printed, "" where there is none; how many entries hold something there, and some of it."""

    heading: str
    place: Place
    count: int
    samples: tuple[str, ...]

    @property
    def title(self) -> str:
        """What to call the column."""
        return f"“{self.heading}”列" if self.heading else "没有表头的一列"

    @property
    def held(self) -> str:
        """How much stands in it, and some of that."""
        shown = "、".join(f"“{text}”" for text in self.samples)
        return f"{self.count} 格有内容，例如{shown}"


def unread_columns(
    found: Listing, fields: Sequence[str | None], columns: Sequence[Sequence[Cell]]
) -> Iterator[UnreadColumn]:
    """Columns without a field that hold something; blank ones and those that only count the lines are no loss."""
    for position, name in enumerate(fields):
        if name is None and not _only_counts(found.headings[position], columns[position]):
            yield from column_left(found, position, columns[position])


def column_left(found: Listing, position: int, cells: Iterable[Cell]) -> Iterator[UnreadColumn]:
    """The column as one that is not read, if any of ``cells`` holds something."""
    texts = [text for text in map(cell_text, cells) if narrow(text) not in BLANKS]
    if texts:
        samples = tuple(map(_shortened, itertools.islice(dict.fromkeys(texts), _SAMPLES)))
        once = position >= len(found.headings) - len(found.said)
        count = 1 if once else len(texts)
        yield UnreadColumn(found.headings[position], found.head_place(position), count, samples)


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_SAMPLE else f"{line[:_LONGEST_SAMPLE]}…"


def _only_counts(heading: str, cells: Sequence[Cell]) -> bool:
    """Whether a column is headed 序号, or counts 1, 2, 3 and perhaps begins anew under each section."""
    if reduce_heading(heading).base.rstrip(".") in LINE_COUNTS:
        return True
    texts = [text for text in (narrow(cell_text(cell)) for cell in cells) if text]
    if len(texts) < 2 or not all(text.isdecimal() and len(text) <= 7 for text in texts):
        return False
    numbers = [int(text) for text in texts]
    return numbers[0] == 1 and all(after in (1, before, before + 1) for before, after in itertools.pairwise(numbers))
