"""Storing many Rows at once: what is new is created, what changed is updated, what is the same is left alone."""

from __future__ import annotations

import dataclasses
import functools
import operator
from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from django.db import models
from django.utils import timezone

from lianfang.foundation.catalogue.bulk import insert
from lianfang.foundation.journal.recording import Written
from lianfang.foundation.journal.records import columns_of, shared_fields
from lianfang.foundation.journal.verbs import Verb
from lianfang.kernel.errors import Conflict
from lianfang.kernel.rows import Row, canonical_text, differences

R = TypeVar("R", bound=Row)
CHUNK = 400


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms a list is taken in: from which ``source``, and whether it was approved before, on what ``basis``.

    An ordinary import makes drafts. A bureau that starts with this system also has lists that its Party group approved
    on paper: these are *adopted* with their states, on the basis of that decision, by somebody entitled to adopt.
    """

    source: str
    basis: str = ""

    @property
    def adopted(self) -> bool:
        """Whether states are taken over."""
        return bool(self.basis)

    @property
    def verb(self) -> Verb:
        """What the journal calls it."""
        return Verb.ADOPTED if self.basis else Verb.IMPORTED

    def ignored(self, *also: str) -> tuple[str, ...]:
        """Fields that keep their stored value."""
        return ("version", *also) if self.basis else ("version", "state", *also)


@dataclass(frozen=True, slots=True)
class Stored:
    """What a bulk store did: numbers created, numbers changed, how many were the same already, and the changes."""

    created: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int
    changes: tuple[Written, ...]

    def in_states(self, states: Container[object]) -> list[Row]:
        """Stored Rows that are in one of ``states``."""
        return [change.row for change in self.changes if getattr(change.row, "state", None) in states]


def store(
    model: type[models.Model],
    rows: Sequence[R],
    path_of: Callable[[R], str],
    *,
    ignore: Iterable[str] = ("version",),
    locked: Callable[[R], bool] | None = None,
) -> Stored:
    """Create or update ``rows`` (one number each) of a model with ``to_row``; the caller holds the transaction.

    Fields named in ``ignore`` do not count as a difference and keep their stored value; in something new they take
    their default, so that no list can bring a state with it unless it is adopted. ``locked`` says of a stored
    Row that an import may not change it any more.

    Raises:
        Conflict: ``rows`` would change something locked; ``details`` lists the numbers.
    """
    existing = _existing(model, [row.number for row in rows])
    skipped = frozenset(ignore)
    fresh: list[R] = []
    altered: list[tuple[models.Model, R]] = []
    for row in rows:
        record = existing.get(row.number)
        if record is None:
            fresh.append(_unassuming(row, skipped))
        elif any(change.field not in skipped for change in differences(cast("Any", record).to_row(), row)):
            altered.append((record, row))
    if locked is not None:
        _refuse_locked([row_now for record, _ in altered if locked(row_now := cast("Any", record).to_row())])
    before = {row.number: canonical_text(cast("Any", record).to_row()) for record, row in altered}
    _create(model, fresh, path_of)
    renewed = _update(model, altered, path_of, skipped)
    changes = [Written(path_of(row), row) for row in fresh]
    changes += [Written(path_of(row), row, before[row.number]) for row in renewed]
    return Stored(
        created=tuple(row.number for row in fresh),
        changed=tuple(row.number for row in renewed),
        unchanged=len(rows) - len(fresh) - len(renewed),
        changes=tuple(changes),
    )


def _unassuming(row: R, ignored: frozenset[str]) -> R:
    """The row with its ignored fields at their defaults."""
    defaults = _defaults(cast("Hashable", type(row)), ignored)
    if all(getattr(row, name) == value for name, value in defaults.items()):
        return row
    return cast("R", dataclasses.replace(cast("Any", row), **defaults))


@functools.cache
def _defaults(row_type: Any, ignored: frozenset[str]) -> dict[str, Any]:
    fields = dataclasses.fields(row_type)
    return {f.name: f.default for f in fields if f.name in ignored and f.default is not dataclasses.MISSING}


def _refuse_locked(rows: Sequence[Row]) -> None:
    if rows:
        raise Conflict(
            f"有 {len(rows)} 条已进入审核或已经审定，不能用导入改动，整批没有导入。",
            "请先在系统里退回或启动复核；或者从文件里去掉这些行，再次导入。",
            details=[f"{row.number} {getattr(row, 'title', '')}" for row in rows[:50]],
        )


def stored_numbers(model: type[models.Model], numbers: Sequence[str]) -> list[str]:
    """Those of ``numbers`` that are stored already.

    A long list is held against all numbers of the table where that is the smaller work: asking for a hundred thousand
    numbers one by one costs more than reading them.
    """
    everything = model._default_manager.values_list("number", flat=True)
    if len(numbers) > CHUNK and not everything.order_by()[len(numbers) * 4 :].exists():
        known = set(everything.iterator(chunk_size=10_000))
        return [number for number in numbers if number in known]
    found: set[str] = set()
    for start in range(0, len(numbers), CHUNK):
        found.update(everything.filter(number__in=numbers[start : start + CHUNK]))
    return [number for number in numbers if number in found]


def _existing(model: type[models.Model], numbers: Sequence[str]) -> dict[str, models.Model]:
    found: dict[str, models.Model] = {}
    known = stored_numbers(model, numbers)
    for start in range(0, len(known), CHUNK):
        for record in cast("Any", model).objects.filter(number__in=known[start : start + CHUNK]):
            found[record.number] = record
    return found


def _create(model: type[models.Model], rows: Sequence[R], path_of: Callable[[R], str]) -> None:
    if not rows:
        return
    place = _place_column(model)
    shared = shared_fields(model, type(rows[0]))
    read = operator.attrgetter(*(name for name, _, _ in shared))
    references = [position for position, (_, _, is_reference) in enumerate(shared) if is_reference]
    columns = [attribute for _, attribute, _ in shared]
    stamps = [field.name for field in model._meta.concrete_fields if getattr(field, "auto_now", False)]
    now = timezone.now()

    def lines() -> Iterator[list[Any]]:
        for row in rows:
            values = list(read(row))
            for position in references:
                values[position] = values[position] or None
            yield [*values, *([path_of(row)] if place else ()), *([now] * len(stamps))]

    insert(model, [*columns, *([place] if place else ()), *stamps], lines())


def _update(
    model: type[models.Model],
    altered: Sequence[tuple[models.Model, R]],
    path_of: Callable[[R], str],
    skipped: frozenset[str],
) -> list[R]:
    names = {field.name for field in model._meta.get_fields()}
    place = _place_column(model)
    renewed, touched = [], {place} if place else set()
    for record, row in altered:
        for attribute, value in columns_of(model, row).items():
            if attribute.removesuffix("_id") not in skipped:
                setattr(record, attribute, value)
                touched.add(attribute)
        if place:
            setattr(record, place, path_of(row))
        if "version" in names:
            record.version += 1  # type: ignore[attr-defined]
            record.updated_at = timezone.now()  # type: ignore[attr-defined]
            touched |= {"version", "updated_at"}
        renewed.append(cast("R", cast("Any", record).to_row()))
    if altered:
        fields = {
            field.name for field in model._meta.concrete_fields if field.attname in touched or field.name in touched
        }
        cast("Any", model).objects.bulk_update([record for record, _ in altered], sorted(fields), batch_size=CHUNK)
    return renewed


def _place_column(model: type[models.Model]) -> str | None:
    """Units keep their own ``path``, most things the ``unit_path`` of their unit; laws lie nowhere."""
    names = {field.name for field in model._meta.get_fields()}
    return next((name for name in ("unit_path", "path") if name in names), None)
