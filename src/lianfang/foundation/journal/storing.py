"""Storing many Rows at once: what is new is created, what changed is updated, what is the same is left alone."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from django.db import models
from django.utils import timezone

from lianfang.foundation.journal.recording import Written
from lianfang.foundation.journal.records import columns_of
from lianfang.kernel.rows import Row, canonical_bytes, differences

R = TypeVar("R", bound=Row)
CHUNK = 400


@dataclass(frozen=True, slots=True)
class Stored:
    """What a bulk store did: numbers created, numbers changed, how many were the same already, and the changes."""

    created: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int
    changes: tuple[Written, ...]


def store(
    model: type[models.Model], rows: Sequence[R], path_of: Callable[[R], str], *, ignore: Iterable[str] = ("version",)
) -> Stored:
    """Create or update ``rows`` (one number each) of a model with ``to_row``; the caller holds the transaction.

    Fields named in ``ignore`` do not count as a difference and keep their stored value.
    """
    existing = _existing(model, [row.number for row in rows])
    skipped = frozenset(ignore)
    fresh: list[R] = []
    altered: list[tuple[models.Model, R]] = []
    for row in rows:
        record = existing.get(row.number)
        if record is None:
            fresh.append(row)
        elif any(change.field not in skipped for change in differences(cast("Any", record).to_row(), row)):
            altered.append((record, row))
    before = {row.number: canonical_bytes(cast("Any", record).to_row()).decode() for record, row in altered}
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


def _existing(model: type[models.Model], numbers: Sequence[str]) -> dict[str, models.Model]:
    found: dict[str, models.Model] = {}
    manager = cast("Any", model).objects
    for start in range(0, len(numbers), CHUNK):
        for record in manager.filter(number__in=numbers[start : start + CHUNK]):
            found[record.number] = record
    return found


def _create(model: type[models.Model], rows: Sequence[R], path_of: Callable[[R], str]) -> None:
    placed = any(field.name == "unit_path" for field in model._meta.get_fields())
    records = []
    for row in rows:
        columns = columns_of(model, row)
        if placed:
            columns["unit_path"] = path_of(row)
        records.append(model(**columns))
    cast("Any", model).objects.bulk_create(records, batch_size=CHUNK)


def _update(
    model: type[models.Model],
    altered: Sequence[tuple[models.Model, R]],
    path_of: Callable[[R], str],
    skipped: frozenset[str],
) -> list[R]:
    names = {field.name for field in model._meta.get_fields()}
    renewed, touched = [], set()
    for record, row in altered:
        for attribute, value in columns_of(model, row).items():
            if attribute.removesuffix("_id") not in skipped:
                setattr(record, attribute, value)
                touched.add(attribute)
        if "unit_path" in names:
            record.unit_path = path_of(row)  # type: ignore[attr-defined]
            touched.add("unit_path")
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


def with_values(row: R, **values: object) -> R:
    """The Row with some fields replaced."""
    return cast("R", dataclasses.replace(cast("Any", row), **values))
