"""One page of a register's list: scoped, filtered, searched and counted, whatever the size of the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.db.models.functions import Coalesce

from lianfang.foundation.catalogue.queries import search, tallied

M = TypeVar("M", bound=Model)
PAGE_SIZE = 50
COUNT_CAP = 10_000
TALLIED = {"state", "grade"}
ORDER = ("unit_path", "number")


@dataclass(frozen=True)
class Wanted:
    """What a list page was asked for: words to search, exact facets, a subtree, a page number from 1."""

    text: str = ""
    facets: tuple[tuple[str, str], ...] = ()
    path: str = ""
    page: int = 1
    size: int = PAGE_SIZE


@dataclass(frozen=True)
class Page(Generic[M]):
    """One page: the records, how many there are, and whether that count is exact."""

    records: tuple[M, ...]
    total: int
    exact: bool
    page: int
    pages: int

    @property
    def has_next(self) -> bool:
        """Whether a further page exists."""
        return self.page < self.pages


def page_of(
    visible: QuerySet[M],
    kind: str,
    paths: tuple[str, ...],
    wanted: Wanted,
    *,
    scoped: bool,
    also: QuerySet[M] | None = None,
) -> Page[M]:
    """The wanted page of ``visible``, ordered by unit and number.

    ``paths`` are the subtrees that the actor may read; ``scoped`` says that ``visible`` is exactly what lies in them,
    so that the tallies may do the counting. The few ``also`` belong to the list whatever their facets are stored as.
    """
    paths = tuple(path for path in paths if wanted.path.startswith(path)) and (wanted.path,) if wanted.path else paths
    things, facets = _under(visible, wanted.path), dict(wanted.facets)
    if wanted.text.strip():
        hits = search(kind, paths or ("",), wanted.text)
        # Never more than the search gives: read once, they need not be counted.
        keys = list(among(things, hits.numbers, facets).order_by(*ORDER).values_list("pk", flat=True))
        start = _start(wanted, len(keys))
        return _page(visible.model, keys[start : start + wanted.size], wanted, len(keys), exact=hits.complete)
    things = things.filter(**facets)
    if scoped and facets.keys() <= TALLIED:
        return _slice(things, wanted, tallied(kind, paths, **facets), exact=True)
    total = things.order_by()[: COUNT_CAP + 1].count()
    if also is not None:
        also = _under(also, wanted.path)
        total += also.count()
    return _slice(things, wanted, min(total, COUNT_CAP), exact=total <= COUNT_CAP, also=also)


def _under(things: QuerySet[M], path: str) -> QuerySet[M]:
    return things.filter(unit_path__gte=path, unit_path__lt=path + "~") if path else things


def among(things: QuerySet[M], numbers: Sequence[str], facets: Mapping[str, str]) -> QuerySet[M]:
    """Those of the few ``numbers`` that have the ``facets``, looked up by number.

    SQLite keeps no statistics: it would rather read all entries of a grade, a third of the register, than a thousand
    numbers. A facet inside an expression cannot be looked up, so it does not try.
    """
    hidden = {f"held_{name}": Coalesce(name, name) for name in facets}
    kept = {f"held_{name}": value for name, value in facets.items()}
    found: QuerySet[M] = things.filter(number__in=numbers).alias(**hidden).filter(**kept)
    return found


def _slice(things: QuerySet[M], wanted: Wanted, total: int, *, exact: bool, also: QuerySet[M] | None = None) -> Page[M]:
    # Keys first: the order index alone decides which rows are read; two lists are merged in its order, never sorted.
    ordered = things.values_list(*ORDER, "pk")
    if also is not None:
        ordered = ordered.union(also.values_list(*ORDER, "pk"), all=True)
    start = _start(wanted, total)
    keys = [key for *_, key in ordered.order_by(*ORDER)[start : start + wanted.size]]
    return _page(things.model, keys, wanted, total, exact=exact)


def _page(model: type[M], keys: Sequence[object], wanted: Wanted, total: int, *, exact: bool) -> Page[M]:
    records = model._default_manager.filter(Q(pk__in=keys)).order_by(*ORDER)
    return Page(tuple(records), total, exact, _start(wanted, total) // wanted.size + 1, _pages(wanted, total))


def _start(wanted: Wanted, total: int) -> int:
    """Where the wanted page begins, or the last one where there are not so many."""
    return (min(max(1, wanted.page), _pages(wanted, total)) - 1) * wanted.size


def _pages(wanted: Wanted, total: int) -> int:
    return max(1, -(-total // wanted.size))
