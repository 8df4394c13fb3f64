"""What the check constraints of a table say in words that can be asked beforehand: ranges, and dates in order.

A constraint that is only heard of from the database ends a transaction with an error that names no cell and no field.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any, NamedTuple, cast

from django.db import models
from django.db.models import F, Q


class Range(NamedTuple):
    """Whole numbers from ``least`` to ``most``, both included; an end that is ``None`` is open."""

    least: int | None = None
    most: int | None = None

    def within(self, other: Range) -> Range:
        """What both allow."""
        least = [end for end in (self.least, other.least) if end is not None]
        most = [end for end in (self.most, other.most) if end is not None]
        return Range(max(least, default=None), min(most, default=None))

    def around(self, other: Range) -> Range:
        """What either allows, and whatever lies between them."""
        least = None if self.least is None or other.least is None else min(self.least, other.least)
        most = None if self.most is None or other.most is None else max(self.most, other.most)
        return Range(least, most)


class Order(NamedTuple):
    """The field ``later`` may not lie before the field ``earlier``; either may be empty."""

    earlier: str
    later: str


_LOOKUPS = {
    "gte": lambda value: Range(least=value),
    "gt": lambda value: Range(least=value + 1),
    "lte": lambda value: Range(most=value),
    "lt": lambda value: Range(most=value - 1),
    "exact": lambda value: Range(value, value),
}


def range_of(model: type[models.Model], name: str) -> Range:
    """The numbers that all check constraints of a model together leave to a field; both ends open where none does."""
    found = Range()
    for condition in conditions_of(model).values():
        found = found.within(_range_in(condition, name) or Range())
    return found


@functools.cache
def orders_of(model: type[models.Model]) -> tuple[Order, ...]:
    """Pairs of fields that check constraints of a model keep in order."""
    return tuple(
        Order(cast("Any", value).name, name)
        for condition in conditions_of(model).values()
        for name, lookup, value in _leaves(condition)
        if lookup == "gte" and isinstance(value, F)
    )


def conditions_of(model: type[models.Model]) -> dict[str, Q]:
    """The condition of each check constraint of a model by the name of the constraint."""
    return {
        constraint.name: constraint.condition
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint) and isinstance(constraint.condition, Q)
    }


def _leaves(node: Q) -> Iterator[tuple[str, str, object]]:
    for child in node.children:
        if isinstance(child, Q):
            yield from _leaves(child)
        elif isinstance(child, tuple):
            yield _leaf(child)


def _leaf(child: tuple[str, object]) -> tuple[str, str, object]:
    name, _, lookup = child[0].partition("__")
    return name, lookup or "exact", child[1]


def _range_in(node: Q, name: str) -> Range | None:
    """What a condition leaves to a field; ``None`` where it says that the field is empty, which is no number at all."""
    if node.negated:
        return Range()
    parts = [_range_in(child, name) if isinstance(child, Q) else _range_of_leaf(child, name) for child in node.children]
    numbers = [part for part in parts if part is not None]
    if not numbers:
        return None
    return functools.reduce(Range.within if node.connector == Q.AND else Range.around, numbers)


def _range_of_leaf(child: object, name: str) -> Range | None:
    if not isinstance(child, tuple):
        return Range()
    field, lookup, value = _leaf(child)
    if field != name:
        return Range()
    if lookup == "isnull" and value:
        return None
    # ``True`` is an ``int`` too, but no end of a range.
    return _LOOKUPS[lookup](value) if lookup in _LOOKUPS and type(value) is int else Range()
