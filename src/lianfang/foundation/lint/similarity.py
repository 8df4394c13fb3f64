"""Texts that repeat each other, found among a hundred thousand in seconds, without one false pair.

*Similarity* is the Sørensen–Dice coefficient of the sets of neighbouring character pairs: twice the pairs that both
texts have, divided by the sum of the pairs of each. Spaces and punctuation do not count, and a run of digits counts as
one digit, so a sentence does not become new by a changed year. 85 % means about two separate characters changed in
thirty; swapping one noun in a short sentence already falls below it.

Three steps keep the search near-linear:

1. Identical texts are grouped first, so a hundred thousand copies are one text.
2. Candidates meet in *bands*. All character pairs are put into a fixed pseudo-random order, and a text goes into the
   bucket of its four smallest pairs and, in a second band, into that of its four largest. Two texts share a bucket
   with probability about J⁴, where J is the share of common pairs; there are enough bands for a couple exactly at the
   threshold to meet with 97 %, and a more similar one nearly always.
3. Every candidate is verified exactly. A text stops looking once it has found as many partners as the rule asks for,
   so a giant cluster costs no more than a small one; in a crowded bucket a text looks at its neighbours in
   alphabetical order only.

The order depends on nothing but the characters, so the same texts always give the same answer.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from lianfang.foundation.lint.wording import plain

_DIGITS = re.compile(r"[0-9]+")
_SKETCH = 4
"""How many of the smallest pairs name a bucket."""
_MISSED = 0.03
"""Share of couples exactly at the threshold that may stay unseen."""
_MOST_BANDS = 64
_REACH = 40
"""How many neighbours on each side a text looks at in a crowded bucket."""
_PRIME = (1 << 61) - 1


def comparable(text: str) -> str:
    """The text as compared: without spaces and punctuation, each run of digits as one 0."""
    return _DIGITS.sub("0", plain(text))


def pairs(text: str) -> list[str]:
    """Neighbouring character pairs of a comparable text; a single character stands for itself."""
    return [text[i : i + 2] for i in range(len(text) - 1)] or [text]


T = TypeVar("T")


def similar(first: frozenset[T], second: frozenset[T], threshold: int) -> bool:
    """Whether two sets of pairs are at least ``threshold`` per cent alike (Dice)."""
    total = len(first) + len(second)
    if 200 * min(len(first), len(second)) < threshold * total:
        return False
    return 200 * len(first & second) >= threshold * total


def similarity(first: str, second: str) -> int:
    """How alike two texts are, in whole per cent rounded down."""
    one, other = frozenset(pairs(comparable(first))), frozenset(pairs(comparable(second)))
    return 200 * len(one & other) // (len(one) + len(other))


@dataclass(slots=True)
class _Text:
    """A distinct text: who uses it, and which others were found to resemble it."""

    text: str
    entries: list[int] = field(default_factory=list)
    owners: set[str] = field(default_factory=set)
    pairs: frozenset[int] = frozenset()
    """Numbers of its character pairs."""
    partners: list[int] = field(default_factory=list)
    reached: set[str] = field(default_factory=set)
    """Owners of this text and of its partners."""


Alike = Callable[[int, int], bool]
_Wanted = tuple[int, int, Alike]
"""Threshold, owners, further condition."""


def repeated(
    entries: Sequence[tuple[str, str]], *, threshold: int, owners: int, alike: Alike | None = None
) -> dict[int, tuple[int, ...]]:
    """Entries whose text is repeated by others: position → positions of a few entries that say the same.

    Args:
        entries: ``(owner, text)``; a text counts once for each distinct owner. Empty texts are left out.
        threshold: whole per cent of similarity.
        owners: how many distinct owners, its own included, make a text *repeated*.
        alike: a further condition on two positions, asked only for texts that are similar but not the same.

    Returns:
        For each repeated entry at least one witness of another owner; other owners' entries come first by position.
    """
    texts = _distinct(entries, owners)
    hashes = _number_pairs(texts)
    _meet(texts, hashes, (threshold, owners, alike or _anything))
    found: dict[int, tuple[int, ...]] = {}
    for text in texts:
        if len(text.reached) >= owners:
            found.update(_witnesses(text, texts, entries))
    return dict(sorted(found.items()))


def _anything(_first: int, _second: int) -> bool:
    return True


def _distinct(entries: Sequence[tuple[str, str]], owners: int) -> list[_Text]:
    texts: dict[str, _Text] = {}
    for position, (owner, written) in enumerate(entries):
        bare = comparable(written)
        if not bare:
            continue
        text = texts.setdefault(bare, _Text(bare))
        text.entries.append(position)
        if len(text.owners) < owners:
            text.owners.add(owner)
    for text in texts.values():
        text.reached = set(text.owners)
    return sorted(texts.values(), key=lambda text: text.text)


def _number_pairs(texts: list[_Text]) -> list[int]:
    """Give every distinct pair a small number, every text its numbers; the answer holds each number's fixed hash."""
    numbers: dict[str, int] = {}
    for text in texts:
        text.pairs = frozenset([numbers.setdefault(pair, len(numbers)) for pair in pairs(text.text)])
    return [_hash(pair) for pair in numbers]


def _meet(texts: list[_Text], hashes: list[int], wanted: _Wanted) -> None:
    """Fill ``partners`` and ``reached``; ``texts`` are in alphabetical order, and so is every bucket."""
    threshold, owners, _ = wanted
    for order in range(_orders(threshold)):
        for bucket in _buckets(texts, hashes, order):
            for place, seeker in enumerate(bucket):
                if len(texts[seeker].reached) < owners:
                    _seek(texts, bucket, place, wanted)


def _seek(texts: list[_Text], bucket: list[int], place: int, wanted: _Wanted) -> None:
    threshold, owners, alike = wanted
    seeker = texts[bucket[place]]
    for other in bucket[max(0, place - _REACH) : place + _REACH + 1]:
        met = texts[other]
        if met is seeker or other in seeker.partners or not similar(seeker.pairs, met.pairs, threshold):
            continue
        if alike(seeker.entries[0], met.entries[0]):
            seeker.partners.append(other)
            seeker.reached |= met.owners
            if len(seeker.reached) >= owners:
                return


def _orders(threshold: int) -> int:
    """How many orders are needed; each gives two bands, one at either end."""
    common = threshold / (200 - threshold)
    """Share of common pairs among all pairs (Jaccard) of two texts exactly at the Dice threshold."""
    missed = 1 - common**_SKETCH
    bands = min(_MOST_BANDS, math.log(_MISSED) / math.log(missed)) if 0 < missed < 1 else 1
    return math.ceil(bands / 2)


def _hash(pair: str) -> int:
    return int.from_bytes(hashlib.blake2b(pair.encode(), digest_size=7).digest())


def _buckets(texts: list[_Text], hashes: list[int], order: int) -> Iterator[list[int]]:
    """Positions of texts that share the smallest or the largest pairs in an order; lonely texts are left out."""
    factor = 2 * _hash(f"band {order}") + 1
    rank = [value * factor % _PRIME for value in hashes].__getitem__
    low: dict[int, int | list[int]] = {}
    high: dict[int, int | list[int]] = {}
    for position, text in enumerate(texts):
        ranks = sorted(map(rank, text.pairs))
        _put(low, sum(ranks[:_SKETCH]), position)
        _put(high, sum(ranks[-_SKETCH:]), position)
    for band in (low, high):
        yield from (bucket for bucket in band.values() if isinstance(bucket, list))


def _put(band: dict[int, int | list[int]], key: int, position: int) -> None:
    """A list is made only where a second text comes, which is rare and saves most of the memory."""
    met = band.setdefault(key, position)
    if isinstance(met, list):
        met.append(position)
    elif met != position:
        band[key] = [met, position]


def _witnesses(
    text: _Text, texts: list[_Text], entries: Sequence[tuple[str, str]]
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """For each entry of a repeated text, a few others that say the same, none of its own owner."""
    pool = _one_per_owner(text.entries, entries)
    for partner in text.partners:
        pool += _one_per_owner(texts[partner].entries, entries)
    for position in text.entries:
        own = entries[position][0]
        yield position, tuple(other for other in pool if entries[other][0] != own)[:3]


def _one_per_owner(positions: list[int], entries: Sequence[tuple[str, str]], at_most: int = 4) -> list[int]:
    found: dict[str, int] = {}
    for position in positions:
        found.setdefault(entries[position][0], position)
        if len(found) == at_most:
            break
    return list(found.values())
