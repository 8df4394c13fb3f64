"""Units that stand as titles between the lines of a list (一、办公室（3项）) and have no column of their own."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator

from lianfang.foundation.documents.notices import Notice
from lianfang.foundation.documents.odd_rows import SECTION, distinct
from lianfang.foundation.documents.register_reading import Reading
from lianfang.foundation.documents.shape import Listing
from lianfang.kernel.findings import Finding
from lianfang.site.directory import Directory

_NUMBERED = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*|第[一二三四五六七八九十]{1,3}(?:部分|章|节|类)[：:、]?)"
)
_SHORTEST, _LONGEST = 2, 40


def units_by_title(reading: Reading, directory: Directory) -> tuple[list[str], list[Finding]]:
    """The unit of each entry by the title it stands under, "" where that names none; and what was taken so.

    The title of the whole list counts for what stands before the first one, where these name units at all.
    """
    found = reading.listing
    titled = dict(_titles(found, directory)) if found else {}
    if found is None or not titled:
        return [""] * reading.count, []
    first = next((unit for text in reversed(found.above) if (unit := _unit_in(text, directory))), "")
    starts = sorted(titled)
    under = (bisect.bisect(starts, position) for position in found.positions)
    units = [titled[starts[at - 1]] if at else first for at in under]
    shown = "、".join(dict.fromkeys(filter(None, [first, *(titled[start] for start in starts)])))
    message = f"没有单位列，单位按各段的标题读入（{shown}）；请核对。"
    return units, [Notice.GUESSED_COLUMN.at(found.table.place(starts[0], 0), message, field="unit")]


def _titles(found: Listing, directory: Directory) -> Iterator[tuple[int, str]]:
    """Row and unit of every title between the entries; one that names no unit ends what the one before it said."""
    titles = [(row, distinct(found.table.rows[row])[0]) for row, why in found.left_out if why == SECTION]
    named = [(row, _unit_in(text, directory)) for row, text in titles]
    if any(unit for _, unit in named):
        yield from named


def _unit_in(text: str, directory: Directory) -> str:
    """The number of the unit that a title begins with, the longest name first; "" where it names none."""
    plain = _NUMBERED.sub("", "".join(text.split()))[:_LONGEST]
    directory.expect("units", [plain])
    for end in range(len(plain), _SHORTEST - 1, -1):
        if unit := directory.resolve("units", plain[:end]):
            return unit
    return ""
