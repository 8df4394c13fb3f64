"""A table made out of a list that speaks of a register in its own way; every cell knows where it stood."""

from __future__ import annotations

from dataclasses import dataclass, field

from lianfang.foundation.documents.shape import Listing
from lianfang.foundation.documents.tables import Cell, Table


@dataclass
class Lines:
    """A table in the making: its lines, and from which column of the list each of their cells comes."""

    found: Listing
    head: list[Cell]
    sources: list[int]
    lines: list[list[Cell]] = field(default_factory=list)
    entries: list[int] = field(default_factory=list)

    def add(self, entry: int, cells: list[Cell]) -> None:
        """A line that comes from an entry of the list."""
        self.entries.append(entry)
        self.lines.append(cells)

    def table(self) -> Table:
        """The lines under their headings; every cell knows where it stands in the file."""
        original = self.found.table
        rows = [self.found.head_rows[1], *(self.found.positions[entry] for entry in self.entries)]
        stood = {
            (row, column): original.stood.get((at, source), (original.numbers[at], source))
            for row, at in enumerate(rows)
            for column, source in enumerate(self.sources)
        }
        return Table(original.name, [self.head, *self.lines], [original.numbers[at] for at in rows], stood=stood)
