"""Looking things up: numbers that hold some words, and counts by unit, state and grade."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum

from lianfang.foundation.catalogue import word_index
from lianfang.foundation.catalogue.models import CardRecord, Tally
from lianfang.kernel.bigrams import contains_all, folded
from lianfang.kernel.list_names import spellings

MOST_HITS = 1_000


@dataclass(frozen=True, slots=True)
class Hits:
    """Numbers found, newest first; ``complete`` is false where there are more than were asked for."""

    numbers: tuple[str, ...]
    complete: bool


def search(kind: str, paths: Iterable[str], text: str, limit: int = MOST_HITS) -> Hits:
    """Entries of ``kind`` under any of ``paths`` ("" for everywhere) whose words hold every term of ``text``.

    Terms are separated by spaces; two-character words, and parts of words, are found; a list that ``text`` names is
    found under each of its names (S30).
    """
    asked = [terms for one in spellings(text.replace("\x00", " ")) if (terms := one.split())]
    keys = sorted(
        {key for path in paths for terms in asked for key in _keys(kind, path, terms, limit + 1)}, reverse=True
    )
    cards = CardRecord.objects.filter(pk__in=keys[:limit]).order_by("-id").only("number", "words")
    held = (card.number for card in cards if any(contains_all(card.words, terms) for terms in asked))
    return Hits(tuple(held), complete=len(keys) <= limit)


def _keys(kind: str, path: str, terms: Sequence[str], limit: int) -> list[int]:
    return word_index.match(kind, path, " ".join(terms), limit) + _pending(kind, path, terms, limit)


def tallied(kind: str, paths: Iterable[str], **facets: str) -> int:
    """How many entries of ``kind`` lie under ``paths``, with the given ``state`` or ``grade`` where named."""
    total = _under(paths).filter(kind=kind, **facets).aggregate(total=Sum("count"))["total"]
    return int(total or 0)


def tallies(kind: str, paths: Iterable[str]) -> list[tuple[str, str, str, int]]:
    """``(unit path, state, grade, count)`` for every combination that occurs under ``paths``."""
    lines = _under(paths).filter(kind=kind, count__gt=0).order_by("unit_path", "state", "grade")
    return list(lines.values_list("unit_path", "state", "grade", "count"))


def titles(kind: str, numbers: Iterable[str]) -> dict[str, str]:
    """``number → title`` for the entries of ``kind`` that the catalogue knows."""
    return dict(CardRecord.objects.filter(kind=kind, number__in=list(numbers)).values_list("number", "title"))


def titles_of(things: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """``(kind, number) → title`` for entries of several registers, in one query."""
    wanted = set(things)
    kinds, numbers = {kind for kind, _ in wanted}, {number for _, number in wanted}
    cards = CardRecord.objects.filter(kind__in=kinds, number__in=numbers)
    found = {(kind, number): title for kind, number, title in cards.values_list("kind", "number", "title")}
    return {thing: found[thing] for thing in wanted if thing in found}


def _pending(kind: str, path: str, terms: Sequence[str], limit: int) -> list[int]:
    """Cards that the index does not know yet, found by reading them: an import of a million is searchable at once."""
    waiting = CardRecord.objects.filter(pending=True, kind=kind)
    if path:
        waiting = waiting.filter(unit_path__gte=path, unit_path__lt=path + "~")
    for term in terms:
        waiting = waiting.filter(words__contains=folded(term))
    return list(waiting.order_by("-id").values_list("id", flat=True)[:limit])


def _under(paths: Iterable[str]) -> QuerySet[Tally]:
    scope = Q(pk__in=[])
    for path in paths:
        scope |= Q(unit_path__gte=path, unit_path__lt=path + "~") if path else Q()
        if not path:
            return Tally.objects.all()
    return Tally.objects.filter(scope)
