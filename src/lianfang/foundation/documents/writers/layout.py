"""How wide columns must be and how high rows get, measured in half-width characters (a Chinese character is two)."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence

from lianfang.foundation.documents.cells import cell_text
from lianfang.foundation.documents.columns import Column, Kind
from lianfang.foundation.documents.document import Section

_UNBROKEN = re.compile(r"[!-~]+")
_WIDEST_UNBROKEN = 16
_BREAK_AFTER = re.compile(r"(?<=[-/_.,])(?=[!-~])")
_SHORTEST_LINE, _MOST_WIDENED = 18.0, 6
_HALVES = 1.05, 0.786
"""Half of a Chinese character, in the digits by which a workbook counts the width of a column: in those of the font
that it names, and in the broader ones of the font that stands in for it where it is missing."""
_ZERO_WIDTH_SPACE = "\u200b"
_LOOKED_AT = 300
_SHORT_NAME = 4
_NARROWED = 0.7
"""Share of the declared widths at which a table still reads well."""
_SQUEEZED = 1.3
"""How much more than that a sheet may be asked to hold before a larger one is taken."""
WHOLE_LINES = 20
"""A row of up to so many lines is not divided between pages; a taller one would leave half a page empty."""


def text_width(text: str) -> int:
    """Width of one line in half-width characters."""
    return len(text) + sum(character > "\u2e7f" for character in text)


def line_count(text: str, width: float) -> int:
    """How many lines a cell takes in a column of that width."""
    return sum(max(1, math.ceil(text_width(line) / max(width, 1))) for line in text.split("\n"))


def is_centred(column: Column) -> bool:
    """Whether short, equal-looking values are better centred."""
    return bool(column.allowed) or column.kind in {Kind.DATE, Kind.WHOLE} or column.width <= 6


def comfortable(section: Section) -> float:
    """Width in half-width characters at which the columns of a section still read well."""
    return _NARROWED * sum(column.width * 2.0 + 2 for column in section.columns)


def fits(section: Section, line: float) -> bool:
    """Whether a sheet with so many half-width characters to the line holds the columns side by side."""
    return comfortable(section) <= _SQUEEZED * line


def tallest(texts: Sequence[str], widths: Sequence[float]) -> int:
    """Lines of the tallest cell of a row."""
    return max((line_count(text, width) for text, width in zip(texts, widths, strict=True)), default=1)


def page_widths(section: Section, line: float) -> list[float]:
    """Widths that together fill a line: as declared, but never narrower than a word or number that must not break."""
    rows = [[cell_text(cell) for cell in row] for row, _ in zip(section.cells(), range(_LOOKED_AT), strict=False)]
    needed = [
        _unbroken([column.heading, *(row[position] for row in rows)]) + 2.5
        for position, column in enumerate(section.columns)
    ]
    widths = [max(float(column.width) * 2, 4.0) for column in section.columns]
    return _fitted(widths, needed, line)


def _unbroken(texts: Sequence[str]) -> int:
    """Width of the longest word, number or short name (four characters or fewer) that should stay on one line."""
    longest = max((len(word) for text in texts for word in _UNBROKEN.findall(text)), default=0)
    names = max((text_width(text) for text in texts if len(text) <= _SHORT_NAME), default=0)
    return max(4, names, min(longest, _WIDEST_UNBROKEN))


def _fitted(widths: Sequence[float], needed: Sequence[float], line: float) -> list[float]:
    """Scale widths to the line; columns that would fall below their need keep it and the others share the rest."""
    fixed: set[int] = set()
    for _ in widths:
        rest = line - sum(needed[index] for index in fixed)
        share = sum(width for index, width in enumerate(widths) if index not in fixed)
        scale = max(rest, 1.0) / share if share else 0.0
        short = {i for i, width in enumerate(widths) if i not in fixed and width * scale < needed[i]}
        if not short or len(fixed | short) == len(widths):
            return [needed[i] if i in fixed else width * scale for i, width in enumerate(widths)]
        fixed |= short
    return list(widths)


def without_strays(section: Section, widths: Sequence[float], padding: float) -> list[float]:
    """Widths a little wider where a full stop or a last character would else stand on a line of its own.

    ``padding`` is what no text fills; short columns keep their width.
    """
    rows = [[cell_text(cell) for cell in row] for row, _ in zip(section.cells(), range(_LOOKED_AT), strict=False)]
    return [
        width
        if width < _SHORTEST_LINE
        else min((width + more for more in range(_MOST_WIDENED)), key=_strays([row[at] for row in rows], padding))
        for at, width in enumerate(widths)
    ]


def _strays(texts: Sequence[str], padding: float) -> Callable[[float], int]:
    """How many paragraphs end in a line of one character, in a column of a width."""
    lengths = Counter(text_width(line) for text in texts for line in text.split("\n"))

    def count(width: float) -> int:
        lines = [int((width / half - padding / _HALVES[0]) / 2) * 2 for half in _HALVES]
        return sum(
            many for length, many in lengths.items() for line in lines if length > line and 0 < length % line <= 2
        )

    return count


def with_breaks(text: str) -> str:
    """Text in which over-long codes and addresses may break after a sign."""
    return _UNBROKEN.sub(_broken, text)


def _broken(found: re.Match[str]) -> str:
    word = found.group()
    if len(word) <= _WIDEST_UNBROKEN:
        return word
    pieces = _BREAK_AFTER.split(word)
    chunks = (piece[at : at + 12] for piece in pieces for at in range(0, len(piece), 12))
    return _ZERO_WIDTH_SPACE.join(chunks)
