"""What a column can hold: so many characters, numbers from here to there; asked before the database is.

SQLite keeps whatever it is given and PostgreSQL ends the whole transaction; people are told at the cell or field.
The range of a number is that of its column and of the check constraints upon it, whichever is narrower.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.db import models
from django.db.backends.base.operations import BaseDatabaseOperations

from lianfang.foundation.journal.constraints import Range, orders_of, range_of
from lianfang.foundation.journal.texts import clean
from lianfang.kernel.clipping import clipped


@dataclass(frozen=True, slots=True)
class TextBound:
    """A text of at most ``most`` characters."""

    most: int

    def fault(self, value: object) -> str:
        """What is wrong with a value, as half a sentence; empty when it fits."""
        text = clean(str(value or ""))
        return f"有 {len(text)} 个字，最多 {self.most} 个字，请缩短" if len(text) > self.most else ""

    def fits_all(self, values: Sequence[object]) -> bool:
        """Whether each of many values fits, without looking at each more closely than needed."""
        return set(map(type, values)) == {str} and max(map(len, cast(Sequence[str], values))) <= self.most


@dataclass(frozen=True, slots=True)
class NumberBound:
    """A whole number from ``least`` to ``most``, both included."""

    least: int
    most: int

    def fault(self, value: object) -> str:
        """What is wrong with a value, as half a sentence; empty when it fits or is no number."""
        outside = isinstance(value, int) and not self.least <= value <= self.most
        return f"是 {clipped(value)}，只能写 {self.least} 到 {self.most} 之间的整数，请核对" if outside else ""

    def fits_all(self, values: Sequence[object]) -> bool:
        """Whether each of many values fits."""
        return all(not self.fault(value) for value in set(values))


Bound = TextBound | NumberBound


@functools.cache
def bounds_of(model: type[models.Model]) -> Mapping[str, Bound]:
    """Field name → what its column can hold; words of a vocabulary and references always fit and are not listed."""
    found = {field.name: bound_of(field) for field in model._meta.concrete_fields}
    return {name: bound for name, bound in found.items() if bound}


def bound_of(field: models.Field[Any, Any]) -> Bound | None:
    """What the column of a field can hold, where that is bounded and a person fills it."""
    if field.primary_key or field.is_relation or field.choices:
        return None
    if isinstance(field, models.IntegerField):
        # The ranges of the columns themselves; SQLite's own are wider, and a workbook must fit both databases.
        column = Range(*BaseDatabaseOperations.integer_field_ranges[field.get_internal_type()])
        least, most = column.within(range_of(field.model, field.name))
        return NumberBound(cast("int", least), cast("int", most))
    return TextBound(field.max_length) if isinstance(field, models.CharField) and field.max_length else None


def disorder(
    model: type[models.Model], values: Mapping[str, Any], labels: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Each field that lies before one that it must not, with what is wrong as a sentence."""
    for earlier, later in orders_of(model):
        first, last = values.get(earlier), values.get(later)
        if first is not None and last is not None and last < first:
            yield later, f"“{labels.get(later, later)}”{last} 早于“{labels.get(earlier, earlier)}”{first}，请核对。"
