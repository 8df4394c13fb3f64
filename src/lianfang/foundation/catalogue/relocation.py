"""Moving cards and counts to another path when the unit they belong to moves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from lianfang.foundation.catalogue.models import CardRecord, Tally
from lianfang.foundation.catalogue.upkeep import CHUNK, FACETS, adjust


def relocate_cards(old: str, new: str) -> None:
    """Write ``new`` for ``old`` at the beginning of their paths; call inside the transaction that moves the things.

    The words of a card include its place, so moved cards wait to be indexed anew.
    """
    inside = {"unit_path__gte": old, "unit_path__lt": old + "~"}
    moved = Concat(Value(new), Substr("unit_path", len(old) + 1))
    CardRecord.objects.filter(**inside).update(unit_path=moved, pending=True)
    for tally in list(Tally.objects.filter(**inside, count__gt=0)):
        # A unit that returns to where it was finds its old, empty tallies there.
        there, _ = Tally.objects.get_or_create(
            kind=tally.kind,
            unit_path=new + tally.unit_path.removeprefix(old),
            state=tally.state,
            grade=tally.grade,
        )
        Tally.objects.filter(pk=there.pk).update(count=F("count") + tally.count)
        Tally.objects.filter(pk=tally.pk).update(count=F("count") - tally.count)


def move_cards(kind: str, numbers: Sequence[str], path: str) -> None:
    """Put the cards of single things at ``path``; call inside the transaction that moves the things."""
    for start in range(0, len(numbers), CHUNK):
        cards = CardRecord.objects.filter(kind=kind, number__in=numbers[start : start + CHUNK])
        movement: Counter[tuple[str, ...]] = Counter()
        for facets in cards.values_list(*FACETS):
            movement[facets] -= 1
            movement[facets[0], path, *facets[2:]] += 1
        cards.update(unit_path=path, pending=True)
        adjust(movement)
