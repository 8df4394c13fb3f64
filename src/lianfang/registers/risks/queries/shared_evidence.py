"""Raters who wrote the same evidence word for word and yet scored differently: a hint for whoever reconciles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from lianfang.kernel.bigrams import folded
from lianfang.registers.risks.queries.gradings import SCALES, SeatLine


def shared_evidence(seats: Iterable[SeatLine]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each such scale, with the names: one of them copied, or the sentence does not bear the score."""
    scored = [(seat.name, seat.score) for seat in seats if seat.score]
    for scale in SCALES:
        said: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        for name, score in scored:
            said[folded(getattr(score, f"{scale}_note"))].append((name, getattr(score, scale)))
        for same in said.values():
            if len({given for _, given in same}) > 1:
                yield scale, tuple(name for name, _ in same)
