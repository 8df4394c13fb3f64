"""Inserting many rows with one statement: what Django's bulk insert does, without an object and a compiler a row.

Values are prepared by each field's own converter, worked out once, so both databases get what the ORM would send.
"""

from __future__ import annotations

import datetime
import enum
from collections.abc import Callable, Iterable, Sequence
from itertools import repeat
from typing import Any

import orjson
from django.db import connection, models

from lianfang.kernel.rows import plain

Convert = Callable[[Any], Any]
_AS_THEY_ARE = {int, bool, bytes}
_FEW = {str, datetime.date, datetime.datetime, type(None)}
"""Hashable kinds of which a column usually holds few different values."""


def insert(model: type[models.Model], columns: Sequence[str], lines: Iterable[Sequence[Any]]) -> None:
    """Insert ``lines`` of values for ``columns`` (attribute names); the caller holds the transaction.

    Columns that are not named take their field's default.
    """
    table = list(lines)
    if not table:
        return
    given = dict(zip(columns, zip(*table, strict=True), strict=True))
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    prepared = [_column(field, given.get(field.attname), len(table)) for field in fields]
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    # Names come from our own models and are quoted; values are parameters.
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(zip(*prepared, strict=True)))


def _column(field: models.Field[Any, Any], values: Sequence[Any] | None, count: int) -> Iterable[Any]:
    """One column of values ready for the database; equal values are converted once."""
    convert = converter(field)
    if values is None:
        return repeat(convert(field.get_default()), count)
    kinds = set(map(type, values))
    if kinds <= _AS_THEY_ARE or convert is _same or (convert is _text and kinds == {str}):
        return values
    if kinds <= _FEW:
        known = {value: convert(value) for value in set(values)}
        return map(known.__getitem__, values)
    return map(convert, values)


def converter(field: models.Field[Any, Any]) -> Convert:
    """How a value of ``field`` is handed to the database in use."""
    if isinstance(field, models.JSONField):
        return _json
    if isinstance(field, models.DateTimeField):
        return connection.ops.adapt_datetimefield_value
    if isinstance(field, models.DateField):
        return connection.ops.adapt_datefield_value
    if isinstance(field, models.CharField | models.TextField):
        return _text
    return _same


def _json(value: Any) -> Any:
    if isinstance(value, tuple | list) and not value:
        return "[]"
    return orjson.dumps(value, plain, orjson.OPT_PASSTHROUGH_DATACLASS).decode("utf-8")


def _text(value: Any) -> Any:
    if value is None:
        return ""
    return value.value if isinstance(value, enum.Enum) else value


def _same(value: Any) -> Any:
    return value


def set_by_number(model: type[models.Model], column: str, values: Iterable[tuple[Any, str]]) -> None:
    """Set one column to ``value`` for each ``(value, number)``; the caller holds the transaction."""
    quote = connection.ops.quote_name
    statement = f"UPDATE {quote(model._meta.db_table)} SET {quote(column)} = %s WHERE number = %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(values))
