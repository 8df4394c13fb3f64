"""Tables that plain text draws with lines: ┌─┬─┐ or +---+, cells that run over several lines, merged cells filled."""

from __future__ import annotations

import bisect
import functools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lianfang.foundation.documents.limits import Limits
from lianfang.foundation.documents.tables import Table, trimmed
from lianfang.kernel.errors import Invalid

_DRAWN = re.compile(r"[\u2500-\u257f]|^\s*\+[-=+]{3,}\+?\s*$", re.MULTILINE)
_UPRIGHT = "|│┃║┆┇┊┋"
_JOINT = "┌┍┎┏┐┑┒┓└┕┖┗┘┙┚┛├┝┠┣┤┥┨┫┬┯┰┳┴┷┸┻┼┿╂╋╒╓╔╕╖╗╘╙╚╛╜╝╞╟╠╡╢╣╤╥╦╧╨╩╪╫╬"
_UPRIGHT_WALL = re.compile(rf"([{_UPRIGHT}])")
_ANY_WALL = re.compile(rf"([{_UPRIGHT}{_JOINT}+])")
_DIVIDES = re.compile(rf"[{_JOINT}]|\+[-=]{{2,}}|^[\s─━═\-=]{{4,}}$")
_BEAMS = re.compile(r"[─━═┄┅┈┉╌╍\-=]+")
_ITEM = re.compile(r"(?:[(（]?\d{1,2}[)）.、．]|[①-⑳]|[(（]?[一二三四五六七八九十]{1,3}[)）、])")
_CAPTIONS = 5
_REMARKS = 3
_SLACK = 1
"""How many columns of text a wall may stand beside its place, where letters are not as wide as the writer thought."""

Piece = tuple[int, int, str]
"""Where a stretch between two walls begins and ends, in columns of text or of the table, and what it says."""


@dataclass
class _Row:
    """A row in the making: the lines of text of each cell; merged cells share one list."""

    number: int
    cells: list[list[str]]


def is_drawn(text: str) -> bool:
    """Whether a text holds lines of a drawn table at all."""
    return _DRAWN.search(text) is not None


def drawn_tables(lines: Sequence[str], limits: Limits) -> Iterator[Table]:
    """Every drawn table among the lines of a text, with the words around it.

    Raises:
        Invalid: a table has more rows or columns than the limits allow.
    """
    count = 0
    for start, end in _stretches(lines):
        drawing = _Drawing(lines[start:end])
        if len(drawing.walls) > limits.columns + 1 or end - start > 4 * limits.rows:
            message = f"文字画成的表格超过 {limits.rows} 行或 {limits.columns} 列。"
            raise Invalid(message, "请拆成几个文件后再上传。")
        rows = list(drawing.rows(start)) if len(drawing.walls) > 2 else []
        if len(rows) < 2:
            continue
        count += 1
        cells = trimmed([[_joined(parts) for parts in row.cells] for row in rows])
        above = [line.strip() for line in lines[:start] if line.strip()][-_CAPTIONS:]
        below = [line.strip() for line in lines[end:] if line.strip()][:_REMARKS]
        numbers = [row.number for row in rows[: len(cells)]]
        yield Table(f"第 {count} 个表格", cells, numbers, (), tuple(above), tuple(below))


def _stretches(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """First and last line of every run of lines that divide or have walls, with a dividing one among them."""
    start = None
    for index, line in enumerate([*lines, ""]):
        if _divides(line) or sum(line.count(sign) for sign in _UPRIGHT) >= 2:
            start = index if start is None else start
            continue
        if start is not None and index - start > 2 and any(map(_divides, lines[start:index])):
            yield start, index
        start = None


def _divides(line: str) -> bool:
    """Whether a line has a beam in it, over its whole length or under some of the cells only."""
    return _DIVIDES.search(line) is not None


class _Drawing:
    """The lines of one drawn table, and the columns of text in which its walls stand."""

    def __init__(self, lines: Sequence[str]) -> None:
        """Find the walls; a line-drawing sign takes 1 or 2 columns, whichever sets the walls above one another."""
        self.lines = lines
        measured = min(
            ([_pieces(line, wide) for line in lines] for wide in (1, 2)), key=lambda found: len(_walls(found))
        )
        self.walls = _walls([pieces for line, pieces in zip(lines, measured, strict=True) if _divides(line)])
        self.pieces = [self._placed(pieces) for pieces in measured] if self.walls else []

    def rows(self, offset: int) -> Iterator[_Row]:
        """The rows, each with the number of its first line in the file; the drawing begins after line ``offset``."""
        row: _Row | None = None
        beams, by_line = 0, self._rows_are_lines()
        for number, (line, pieces) in enumerate(zip(self.lines, self.pieces, strict=True), offset + 1):
            if _divides(line):
                if row:
                    yield row
                beams += 1
                row = self._below(row, pieces, number) if row and not _is_beam(pieces) else None
                continue
            if row and by_line and beams > 1 and pieces and pieces[0][2]:
                yield row
                row = None
            row = row or self._begun(pieces, number)
            for first, _, text in pieces:
                row.cells[first].append(text)
        if row:
            yield row

    def _placed(self, pieces: Sequence[Piece]) -> list[Piece]:
        """Stretches with their columns: counted where all are there, else, where cells are merged, by their place."""
        if len(pieces) == len(self.walls) - 1:
            return [(column, column + 1, text) for column, (_, _, text) in enumerate(pieces)]
        last = max(len(self.walls) - 2, 0)
        return [(min(self._column(left), last), self._column(right), text) for left, right, text in pieces]

    def _rows_are_lines(self) -> bool:
        """Whether beams only frame the head and the body, so that within the body every line begins a row."""
        inner = [index for index, line in enumerate(self.lines) if _divides(line)]
        blocks = sum(after - before > 1 for before, after in zip([-1, *inner], [*inner, len(self.lines)], strict=True))
        return blocks <= 2

    def _begun(self, pieces: Sequence[Piece], number: int) -> _Row:
        """An empty row in which the columns that one stretch covers have one content."""
        row = _Row(number, [[] for _ in self.walls[1:]])
        for first, end, _ in pieces:
            for column in range(first + 1, end):
                row.cells[column] = row.cells[first]
        return row

    def _below(self, above: _Row, pieces: Sequence[Piece], number: int) -> _Row:
        """The row after a beam under some cells only: the others go on, merged with the row above."""
        row = _Row(number + 1, list(above.cells))
        for first, end, text in pieces:
            if _BEAMS.fullmatch(text):
                row.cells[first:end] = [[] for _ in range(first, end)]
            elif text:
                row.cells[first].append(text)
        return row

    def _column(self, place: int) -> int:
        """The column that begins at, or nearest to, a place."""
        after = bisect.bisect_left(self.walls, place)
        near = range(max(after - 1, 0), min(after + 1, len(self.walls)))
        return min(near, key=lambda index: abs(self.walls[index] - place))


def _walls(lines: Sequence[Sequence[Piece]]) -> list[int]:
    """The columns of text in which walls stand, those that differ by a slip taken as one."""
    walls: list[int] = []
    for place in sorted({place for pieces in lines for left, right, _ in pieces for place in (left, right)}):
        if not walls or place - walls[-1] > _SLACK:
            walls.append(place)
    return walls


def _is_beam(pieces: Sequence[Piece]) -> bool:
    """Whether a dividing line goes through from the first wall to the last."""
    return all(_BEAMS.fullmatch(text) for _, _, text in pieces)


def _pieces(line: str, wide: int) -> list[Piece]:
    """What stands between the walls of a line; joints are walls only where beams meet them."""
    before, *rest = (_ANY_WALL if _divides(line) else _UPRIGHT_WALL).split(line.rstrip())
    found: list[Piece] = []
    at, last = _width(before, wide), -1
    for wall, text in zip(rest[::2], rest[1::2], strict=True):
        if last >= 0:
            found.append((last, at, before.strip()))
        last, before = at, text
        at += _width(wall, wide) + _width(text, wide)
    return found


def _width(text: str, wide: int) -> int:
    """How many columns a text takes; ``wide`` of them a sign that may be narrow or wide, as those that draw lines."""
    return len(text) if text.isascii() else sum(_width_of(sign, wide) for sign in text)


@functools.lru_cache(maxsize=4096)
def _width_of(sign: str, wide: int) -> int:
    kind = unicodedata.east_asian_width(sign)
    return 2 if kind in "WF" else wide if kind == "A" else 1


def _joined(parts: Sequence[str]) -> str:
    """The lines of a cell: a sentence that was broken to fit is one again, numbered items stay lines."""
    text = ""
    for part in filter(None, parts):
        text = f"{text}\n{part}" if text and _ITEM.match(part) else f"{text}{part}"
    return text
