"""The text with everything found so far, cut into sentences; what duties, deadlines and tasks are read from."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from lianfang.programme.plans.reader.dates import Mention
from lianfang.programme.plans.reader.grids import Grid, Place, Role
from lianfang.programme.plans.reader.outline import Node, enclosing
from lianfang.programme.plans.reader.sections import Purpose, purpose_of, section_of
from lianfang.programme.plans.reader.source import Source
from lianfang.programme.plans.reader.stage import Dated, Stage
from lianfang.programme.plans.reader.years import Calendar

_BOUND = re.compile(r"\([^()\n]{2,160}\)|(?P<end>[。!?;\n])")
"""A sentence ends at a stop that stands outside brackets."""
_AFTER_TITLE = " 。:;!?\n"
_LIST_OF_NAMES = re.compile(r"[;,\n]+")
_STOPS = "。;!?\n"
_LONGEST_TITLE = 30
_LEFT_MOST, _RIGHT_MOST = 200, 300


@dataclass
class Page:
    """The text with everything found so far, cut into sentences."""

    source: Source
    nodes: list[Node]
    dated: Dated
    stages: list[Stage]
    calendar: Calendar
    _bounds: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Find the sentence ends once."""
        self._bounds = [match.start() for match in _BOUND.finditer(self.source.text) if match["end"]]
        self._stage_starts = [stage.start for stage in self.stages]
        self.windows = {stage.window.start for stage in self.stages if stage.window and stage.window.is_window}

    def sentence(self, place: int) -> tuple[int, int]:
        """Start and end of the sentence around ``place``, never longer than what a clause may need."""
        level = bisect_left(self._bounds, place)
        start = self._bounds[level - 1] + 1 if level else 0
        end = self._bounds[level] if level < len(self._bounds) else len(self.source.text)
        node = enclosing(self.nodes, place)
        if node and start <= node.head <= place:
            start = node.head_end if node.head_end <= place and self._ends_title(node.head_end) else node.head
        return max(start, place - _LEFT_MOST), min(end, place + _RIGHT_MOST)

    def _ends_title(self, place: int) -> bool:
        """Whether a heading's title ends at ``place``: at a gap, a colon, or a stop outside brackets."""
        mark = self.source.text[place : place + 1]
        level = bisect_left(self._bounds, place)
        return mark in _AFTER_TITLE and (mark not in _STOPS or self._bounds[level : level + 1] == [place])

    def sentences_before(self, place: int, limit: int = 4) -> list[str]:
        """The sentences of the same stage or section that come before the one around ``place``, in order."""
        stop = max((node.start for node in self._around(place)), default=0)
        level = bisect_left(self._bounds, place)
        found: list[str] = []
        while level > 0 and len(found) < limit and self._bounds[level - 1] > stop:
            start = self._bounds[level - 2] + 1 if level > 1 else 0
            found.insert(0, self._bare(max(start, stop), self._bounds[level - 1]))
            level -= 1
        return found

    def _around(self, place: int) -> list[Node]:
        node = enclosing(self.nodes, place)
        return [node, *node.above()][:1] if node else []

    def _bare(self, start: int, end: int) -> str:
        node = enclosing(self.nodes, start)
        text = self.source.text
        if node and node.start <= start < node.head_end <= end:
            start = node.head_end
        return text[start:end][:_LEFT_MOST].strip()

    def tabled_dates(self) -> Iterator[Mention]:
        """The dates that fill cells of tables made for dates; no sentence stands around them."""
        for grid in self.source.grids:
            for row in grid.rows:
                for role in (Role.STAGE, Role.START, Role.TIME, Role.DUE):
                    cell = grid.cell(row, role)
                    yield from self.dated.between(cell.start, cell.end) if cell else ()

    def row_at(self, place: int) -> tuple[Grid, tuple[Place, ...]] | None:
        """The table and the row that ``place`` stands in."""
        grid = self.source.grid_at(place)
        at = bisect_right(grid.rows, place, key=lambda row: row[0].start) - 1 if grid else -1
        return (grid, grid.rows[at]) if grid and at >= 0 else None

    def charged_in_row(self, place: int) -> str:
        """Whom the row of a table around ``place`` names in its column for that; empty outside tables."""
        found = self.row_at(place)
        return self.names_in(found[0].cell(found[1], Role.SENDER)) if found else ""

    def names_in(self, cell: Place | None) -> str:
        """The names that a cell lists, divided by 、."""
        return "、".join(_LIST_OF_NAMES.split(self.source.text[cell.start : cell.end])).strip("、 ") if cell else ""

    def stage_at(self, place: int) -> Stage | None:
        """The stage that ``place`` lies in."""
        level = bisect_right(self._stage_starts, place) - 1
        stage = self.stages[level] if level >= 0 else None
        return stage if stage and place < stage.end else None

    def purpose_at(self, place: int) -> Purpose:
        """The purpose of the section that ``place`` lies in."""
        node = enclosing(self.nodes, place)
        if node is None:
            return Purpose.UNKNOWN
        own = purpose_of(node.title)
        titled = own is Purpose.AIMS and len(node.title) <= _LONGEST_TITLE
        return own if titled else section_of(node)
