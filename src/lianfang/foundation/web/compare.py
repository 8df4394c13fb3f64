"""Which characters of a text were struck out and which were put in, for showing a change to a reader."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

LONGEST_COMPARED = 4_000
"""Longer texts are shown whole, before and after: comparing takes quadratic time and nobody reads such a diff."""

SHORTEST_KEPT = 2
"""A single character that both texts share between two changes is noise, so it is counted as changed."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters that stayed, went or came."""

    fate: Literal["same", "gone", "new"]
    text: str


def compare(before: str, after: str) -> list[Piece]:
    """The pieces of ``before`` and ``after`` in reading order; too different or too long gives the two whole texts."""
    if max(len(before), len(after)) > LONGEST_COMPARED:
        return list(_replaced(before, after))
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < 0.3:
        return list(_replaced(before, after))
    return list(_pieces(matcher, before, after))


def _pieces(matcher: difflib.SequenceMatcher[str], before: str, after: str) -> Iterator[Piece]:
    gone = new = ""
    for tag, i, j, k, m in matcher.get_opcodes():
        inside = i > 0 and j < len(before)
        if tag != "equal" or (inside and j - i < SHORTEST_KEPT):
            gone, new = gone + before[i:j], new + after[k:m]
            continue
        yield from _replaced(gone, new)
        gone = new = ""
        yield Piece("same", before[i:j])
    yield from _replaced(gone, new)


def _replaced(gone: str, new: str) -> Iterator[Piece]:
    if gone:
        yield Piece("gone", gone)
    if new:
        yield Piece("new", new)
