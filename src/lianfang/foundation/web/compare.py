"""Which characters of a text were struck out and which were put in, for showing a change to a reader."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

LONGEST_COMPARED = 4_000
"""Longer texts are shown whole, before and after: comparing takes quadratic time and nobody reads such a diff."""

SHORTEST_KEPT = 2
"""A single character that both texts share between two changes is noise, so it is counted as changed."""

LEAST_ALIKE = 0.3
"""Texts less alike than this share only accidental characters."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters that stayed, went or came."""

    fate: Literal["same", "gone", "new"]
    text: str


_TOKEN = re.compile(r"[0-9A-Za-z]+|.", re.DOTALL)


def compare(before: str, after: str) -> list[Piece]:
    """The pieces of ``before`` and ``after`` in reading order; too different or too long gives the two whole texts.

    Chinese is compared by character, figures and Latin words as wholes: 60日 → 90日 is one number changed.
    """
    if max(len(before), len(after)) > LONGEST_COMPARED:
        return list(_replaced(before, after))
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < LEAST_ALIKE:
        return list(_replaced(before, after))
    return list(_pieces(matcher, old, new))


def _pieces(matcher: difflib.SequenceMatcher[str], before: list[str], after: list[str]) -> Iterator[Piece]:
    gone = new = ""
    for tag, i, j, k, m in matcher.get_opcodes():
        inside = i > 0 and j < len(before)
        if tag != "equal" or (inside and j - i < SHORTEST_KEPT):
            gone, new = gone + "".join(before[i:j]), new + "".join(after[k:m])
            continue
        yield from _replaced(gone, new)
        gone = new = ""
        yield Piece("same", "".join(before[i:j]))
    yield from _replaced(gone, new)


def _replaced(gone: str, new: str) -> Iterator[Piece]:
    if gone:
        yield Piece("gone", gone)
    if new:
        yield Piece("new", new)
