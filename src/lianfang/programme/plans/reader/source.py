"""Source text made regular for reading: one width, one kind of bracket, no page marks, with a way back to the raw."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, pairwise

from lianfang.programme.plans.reader.grids import Grid, Place, find_grids
from lianfang.programme.plans.reader.pages import line_breaks_to_join, running_heads
from lianfang.programme.plans.reader.script import simplified, written_script
from lianfang.programme.plans.rows import Span

Replace = Callable[[re.Match[str]], str]


@dataclass(frozen=True)
class Source:
    """``text`` is the regular form; character ``i`` of it came from character ``origin[i]`` of ``original``."""

    original: str
    text: str
    origin: array[int]

    def span(self, start: int, end: int) -> Span:
        """The raw characters behind ``text[start:end]``."""
        if start >= end:
            place = self.origin[start] if start < len(self.origin) else len(self.original)
            return Span(place, place)
        return Span(self.origin[start], self.origin[end - 1] + 1)

    def written(self, start: int, end: int) -> str:
        """The raw text behind ``text[start:end]``."""
        span = self.span(start, end)
        return self.original[span.start : span.end]

    @cached_property
    def grids(self) -> tuple[Grid, ...]:
        """The tables of the text; every cell stands on a line of its own in the regular form."""
        found: list[Grid] = []
        for grid in find_grids(self.original):
            rows = tuple(tuple(self._place(cell) for cell in row) for row in grid.rows)
            whole = self._place(Place(grid.start, grid.end))
            found.append(replace(grid, rows=rows, start=whole.start, end=whole.end))
        return tuple(found)

    def _place(self, raw: Place) -> Place:
        return Place(bisect_left(self.origin, raw.start), bisect_left(self.origin, raw.end))

    def grid_at(self, place: int) -> Grid | None:
        """The table that ``text[place]`` stands in."""
        at = bisect_right(self._grid_starts, place) - 1
        return self.grids[at] if at >= 0 and place < self.grids[at].end else None

    @cached_property
    def _grid_starts(self) -> list[int]:
        return [grid.start for grid in self.grids]

    @cached_property
    def _script(self) -> dict[int, str]:
        return written_script(self.original)

    @property
    def traditional(self) -> bool:
        """Whether the plan is written in traditional characters, if only some."""
        return bool(self._script)

    def named(self, name: str) -> str:
        """A name taken from the regular text, in the characters that the plan writes it in."""
        return name.translate(self._script)

    @cached_property
    def run_together(self) -> bool:
        """Whether the text has lost its line breaks, so that headings may start in the middle of a line."""
        breaks = self.text.strip().count("\n")
        return len(self.text) > (400 * (breaks + 1) if breaks else 100)


def regular(original: str) -> Source:
    """Make ``original`` regular; the work is linear in its length."""
    source = _folded(original)
    for pattern, change in _REPAIRS:
        source = _rewritten(source, pattern, change)
    return _unwrapped(_without_running_heads(source))


def _fold_table() -> dict[int, str]:
    table = {0xFF01 + i: chr(0x21 + i) for i in range(94)}
    table |= {0x3220 + i: f"({digit})" for i, digit in enumerate("一二三四五六七八九十")}
    table |= {0x2474 + i: f"({i + 1})" for i in range(20)} | {0x2488 + i: f"{i + 1}." for i in range(20)}
    table |= dict.fromkeys(map(ord, "\u3000\u00a0\u2002\u2003\u2009\t"), " ")
    table |= dict.fromkeys(map(ord, "\u2028\u2029\x0b\x0c\x85"), "\n")
    return table | {ord("﹕"): ":", ord("﹔"): ";", ord("﹐"): ",", ord("﹝"): "〔", ord("﹞"): "〕"}


_FOLD = _fold_table()
_UNSEEN = {"Cc", "Cf", "Cs", "Co"}


def _folded(original: str) -> Source:
    text: list[str] = []
    origin = array("q")
    seen: dict[str, str] = {}
    cuts = _between_cells(original)
    for place, char in enumerate(original):
        plain = seen.get(char)
        if plain is None:
            plain = seen.setdefault(char, _plain_character(char))
        if char == "\r" and original[place + 1 : place + 2] != "\n":
            plain = "\n"
        plain = cuts.get(place, plain)
        if plain:
            text.append(plain)
            origin.extend([place] * len(plain))
    return Source(original, "".join(text), origin)


_RULING = re.compile(r"[|｜│┃ \t]{1,40}")
_RULING_BEFORE = re.compile(rf"{_RULING.pattern}\Z")


def _between_cells(original: str) -> dict[int, str]:
    """What becomes of the characters around the cells of tables: one line break between two cells, else nothing."""
    cuts: dict[int, str] = {}
    for grid in find_grids(original):
        for row in grid.rows:
            for cell, following in pairwise(row):
                cuts |= dict.fromkeys(range(cell.end, following.start), "")
                cuts[cell.end] = "\n"
            before, after = _RULING_BEFORE.search(original[max(0, row[0].start - 40) : row[0].start]), row[-1].end
            cuts |= dict.fromkeys(range(row[0].start - len(before.group() if before else ""), row[0].start), "")
            ruling = _RULING.match(original, after)
            cuts |= dict.fromkeys(range(after, ruling.end() if ruling else after), "")
    return cuts


def _plain_character(char: str) -> str:
    if char == "\n":
        return char
    folded = _FOLD.get(ord(char))
    if folded is not None:
        return folded
    return "" if unicodedata.category(char) in _UNSEEN else simplified(char)


def _rewritten(source: Source, pattern: re.Pattern[str], change: Replace) -> Source:
    """Replace what ``pattern`` finds; a replacement keeps the origins of the characters that it keeps."""
    text: list[str] = []
    origin = array("q")
    done = 0
    for match in pattern.finditer(source.text):
        new = change(match)
        text += (source.text[done : match.start()], new)
        origin.extend(source.origin[done : match.start()])
        first, last = match.start() + max(match.group().find(new), 0), match.end() - 1
        origin.extend(source.origin[min(first + i, last)] for i in range(len(new)))
        done = match.end()
    if not done:
        return source
    text.append(source.text[done:])
    origin.extend(source.origin[done:])
    return Source(source.original, "".join(text), origin)


_LOOKALIKES = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1", " ": "", "曰": "日"})


def _digits_mended(match: re.Match[str]) -> str:
    return match.group().translate(_LOOKALIKES)


def _likened(match: re.Match[str]) -> str:
    return "日" if match.group() == "目" else "-"


def _squeezed(match: re.Match[str]) -> str:
    return match.group().replace(" ", "")


def _dropped(_: re.Match[str]) -> str:
    return ""


def _inner(match: re.Match[str]) -> str:
    return match["inner"]


_REPAIRS: tuple[tuple[re.Pattern[str], Replace], ...] = (
    # scanned digits: “2O17 年 l 月 2 5 日”
    (re.compile(r"(?<![0-9A-Za-z])(?:[0-9OolI|] {0,2}){1,4}(?=[年月日号曰])|(?<=\d)曰"), _digits_mended),
    (re.compile(r"(?<=[年月]) +(?=\d{1,2}[月日号])|(?<=\d)(?<=\d[月日号]) +(?=[至到]|-|—)"), _dropped),
    (re.compile(r"\( {0,2}[一二三四五六七八九十]{1,3} {0,2}\)|第 ?[一二三四五六七八九十\d]{1,2} ?阶 ?段"), _squeezed),
    # scanned 日 and dashes: “5月31目前”, “1月一2月”
    (re.compile(r"(?<=\d)目(?=前|以前|之前|止)|(?<=[月日号])[一ー](?=\d{1,2}[月日号])"), _likened),
    # page marks: “—1—”, “- 12 -”, “第3页 共8页”
    (re.compile(r"(?<![\d年月日号-])[-—–―]{1,2} {0,2}\d{1,3} {0,2}[-—–―]{1,2}(?![\d-])"), _dropped),
    (re.compile(r"(?:^|(?<=\n)) {0,4}第 ?\d{1,4} ?页(?:[ /,，、]{0,2}共 ?\d{1,4} ?页)? {0,4}(?=\n|\Z)"), _dropped),
    # years that a copy hides: “20**年5月”, “20xx年10月”
    (re.compile(r"(?:(?:19|20)[*×xX_Oo○]{1,2}|\*{1,4}|(?<=[(从自至到])) ?年 ?(?=\d{1,2} ?月)"), _dropped),
    # marks of a plain-text layout: “## 一、目标”, “**自查阶段**(3月)”, “> ”
    (re.compile(r"(?:^|(?<=\n)) {0,8}(?:#{1,6}|>) {0,2}(?=\S)"), _dropped),
    (re.compile(r"\*\*(?P<inner>[^*\n]{1,80})\*\*"), _inner),
)


def _without_running_heads(source: Source) -> Source:
    lines = source.text.split("\n")
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    dropped: set[int] = set()
    for line, stay in running_heads(lines).items():
        dropped.update(range(starts[line] + stay, min(starts[line + 1] - bool(stay), len(source.text))))
    return _without(source, dropped)


def _unwrapped(source: Source) -> Source:
    """Join lines that a page width broke: full lines without an end mark, and titles broken inside 《 》."""
    joins = line_breaks_to_join(source.text.split("\n"))
    return _without(source, {place for place in joins if source.grid_at(place) is None})


def _without(source: Source, dropped: set[int]) -> Source:
    if not dropped:
        return source
    kept = [i for i in range(len(source.text)) if i not in dropped]
    text = "".join([source.text[i] for i in kept])
    return Source(source.original, text, array("q", [source.origin[i] for i in kept]))
