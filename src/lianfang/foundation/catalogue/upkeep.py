"""Keeping the catalogue true: cards and tallies in the writer's own transaction, words just after it."""

from __future__ import annotations

import operator
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from django.db import transaction
from django.db.models import F

from lianfang.foundation.catalogue import word_index
from lianfang.foundation.catalogue.bulk import insert
from lianfang.foundation.catalogue.models import CardRecord, Tally
from lianfang.foundation.catalogue.rows import Card

CHUNK = 500
INDEX_BATCH = 2_000
FACETS = ("kind", "unit_path", "state", "grade")
_FACET_VALUES = operator.attrgetter(*FACETS)


def shelve(cards: Sequence[Card]) -> None:
    """Put or replace ``cards`` (all of one kind) and adjust the tallies; call inside the transaction of the change."""
    if not cards:
        return
    known = _known(cards[0].kind, [card.number for card in cards])
    movement: Counter[tuple[str, ...]] = Counter()
    fresh, changed = [], []
    for card in cards:
        record = known.get(card.number)
        if record is not None:
            movement[tuple(getattr(record, facet) for facet in FACETS)] -= 1
            _refill(record, card)
            changed.append(record)
        else:
            fresh.append(_refill(CardRecord(kind=card.kind, number=card.number), card))
        movement[tuple(getattr(card, facet) for facet in FACETS)] += 1
    CardRecord.objects.bulk_create(fresh)
    kept = ["unit_path", "state", "grade", "title", "words", "pending"]
    CardRecord.objects.bulk_update(changed, kept, batch_size=CHUNK)
    adjust(movement)


def shelve_new(cards: Iterable[Card]) -> None:
    """Put cards of things that have none yet, without looking for old ones, and adjust the tallies: for imports."""
    movement: Counter[tuple[str, ...]] = Counter()
    insert(CardRecord, Card._fields, _counted(cards, movement))
    adjust(movement)


def _counted(cards: Iterable[Card], movement: Counter[tuple[str, ...]]) -> Iterator[Card]:
    for card in cards:
        movement[_FACET_VALUES(card)] += 1
        yield card


def index_some() -> None:
    """Index one batch: enough for everything that people do by hand; a large import is indexed by who imported it."""
    _index_batch()


def index_pending() -> Iterator[int]:
    """Bring the word index up to date, batch by batch, in transactions of its own; yield how many were indexed.

    Until a card is indexed, search finds it by reading the pending cards themselves, so no moment loses a hit.
    """
    while done := _index_batch():
        yield done


def index_within(seconds: float) -> bool:
    """Index batches for about so long; whether everything is indexed then.

    What is left is found all the same, only more slowly, until later changes or ``lianfang import`` have indexed it.
    """
    enough = time.monotonic() + seconds
    return not any(time.monotonic() > enough for _ in index_pending())


def _index_batch() -> int:
    # The cards stay locked until their words are written: nobody changes them meanwhile, so no change is lost, and
    # whoever indexes at the same moment passes them over. SQLite has one writer anyway and ignores the lock.
    with transaction.atomic():
        waiting = CardRecord.objects.select_for_update(skip_locked=True).filter(pending=True)
        cards = list(waiting.order_by("kind", "id")[:INDEX_BATCH])
        if cards:
            word_index.put(cards)
            CardRecord.objects.filter(pk__in=[card.pk for card in cards]).update(pending=False)
    return len(cards)


def _known(kind: str, numbers: Sequence[str]) -> dict[str, CardRecord]:
    found: dict[str, CardRecord] = {}
    for start in range(0, len(numbers), CHUNK):
        for record in CardRecord.objects.filter(kind=kind, number__in=numbers[start : start + CHUNK]):
            found[record.number] = record
    return found


def _refill(record: CardRecord, card: Card) -> CardRecord:
    record.unit_path, record.state, record.grade = card.unit_path, card.state, card.grade
    record.title, record.words, record.pending = card.title, card.words, True
    return record


def adjust(movement: Counter[tuple[str, ...]]) -> None:
    """Add steps to the tallies: ``(kind, unit path, state, grade) → step``."""
    for facets, step in sorted(movement.items()):
        if not step:
            continue
        kind, path, state, grade = facets
        tally, _ = Tally.objects.get_or_create(kind=kind, unit_path=path, state=state, grade=grade)
        Tally.objects.filter(pk=tally.pk).update(count=F("count") + step)
