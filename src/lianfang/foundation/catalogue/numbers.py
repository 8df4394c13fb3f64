"""Giving out public numbers: each is given once, also when two people create at the same moment."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F
from django.db.models.functions import Greatest

from lianfang.foundation.catalogue.models import Series
from lianfang.kernel.numbering import number, split_number

LARGEST_SERIAL = 999_999
"""Beyond this a serial was not given by this system: it would use up the numbers of a unit, and the column."""


def claim(prefix: str, how_many: int = 1) -> list[str]:
    """The next ``how_many`` numbers under ``prefix``; call inside the transaction that uses them."""
    series, _ = Series.objects.get_or_create(prefix=prefix)
    Series.objects.filter(pk=series.pk).update(last=F("last") + how_many)
    series.refresh_from_db()
    return [number(prefix, serial) for serial in range(series.last - how_many + 1, series.last + 1)]


def note_used(numbers: Iterable[str]) -> None:
    """Numbers that came from outside: make sure that none of them is ever given out again.

    Serials that this system will never reach (``LARGEST_SERIAL``) need no note, and must not spoil the series.
    """
    highest: dict[str, int] = {}
    for text in numbers:
        parts = split_number(text)
        if parts and highest.get(parts[0], -1) < parts[1] <= LARGEST_SERIAL:
            highest[parts[0]] = parts[1]
    for prefix, serial in sorted(highest.items()):
        series, _ = Series.objects.get_or_create(prefix=prefix)
        Series.objects.filter(pk=series.pk).update(last=Greatest(F("last"), serial))


def last_given(prefix: str) -> int:
    """The serial of the last number given under ``prefix``, 0 before the first."""
    return Series.objects.filter(prefix=prefix).values_list("last", flat=True).first() or 0
