"""What entries say now, so that nobody takes a waiver of another text for one of theirs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from lianfang.foundation.lint.rows import text_digest
from lianfang.site.registers import BY_KIND, stored_rows

Named = tuple[str, str]
"""Register and number of an entry."""
CHUNK = 500


def texts_now(named: Iterable[Named]) -> dict[Named, str]:
    """Fingerprint of each named entry of a register; "" for one that is gone, nothing for what is in no register."""
    numbers: defaultdict[str, set[str]] = defaultdict(set)
    for kind, number in named:
        if kind in BY_KIND:
            numbers[kind].add(number)
    found = {(kind, number): "" for kind, wanted in numbers.items() for number in wanted}
    for kind, wanted in numbers.items():
        ordered = sorted(wanted)
        for start in range(0, len(ordered), CHUNK):
            rows = stored_rows(BY_KIND[kind], number__in=ordered[start : start + CHUNK])
            found |= {(kind, row.number): text_digest(row) for row in rows}
    return found


def has_changed(texts: dict[Named, str], named: Named, text: str) -> bool:
    """Whether the entry says something else than it said under the fingerprint ``text``."""
    return texts.get(named, text) != text
