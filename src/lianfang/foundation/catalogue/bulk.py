"""Inserting many rows at once: what Django's bulk insert does, without an object and a compiler a row.

Values are prepared by each field's own converter, worked out once, so both databases get what the ORM would send.
SQLite takes statements of many rows, in which what all rows share stands once; PostgreSQL takes a stream of rows.
"""

from __future__ import annotations

import datetime
import enum
import functools
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, repeat
from typing import Any

import orjson
from django.db import connection, models
from django.utils import timezone

from lianfang.kernel.rows import plain

Convert = Callable[[Any], Any]
BATCH = 1_000
"""Rows prepared together: enough to find what they share, few enough to stay in the cache of the processor."""
STATEMENT_ROWS = 200
"""Rows of one statement of SQLite; more bring nothing and take longer to compile."""
_AS_THEY_ARE = {int, bool, bytes}
_FEW = {str, datetime.date, datetime.datetime, type(None)}
"""Hashable kinds of which a column usually holds few different values."""


@dataclass(frozen=True, slots=True)
class _Shared:
    """The value that a column has in every row."""

    value: Any


_Prepared = Mapping[str, "_Shared | Sequence[Any]"]
"""Column → its values, ready for the database."""


def insert(model: type[models.Model], columns: Sequence[str], lines: Iterable[Sequence[Any]]) -> None:
    """Insert ``lines`` of values for ``columns`` (attribute names); the caller holds the transaction.

    Columns that are not named take their field's default. Lines in the order of an index are written fastest.
    """
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    put = _put_statements if connection.vendor == "sqlite" else _put_stream
    waiting = iter(lines)
    while batch := list(islice(waiting, BATCH)):
        given = dict(zip(columns, zip(*batch, strict=True), strict=True))
        prepared = {str(field.column): _column(field, given.get(field.attname)) for field in fields}
        put(model._meta.db_table, prepared, len(batch))


def _column(field: models.Field[Any, Any], values: Sequence[Any] | None) -> _Shared | Sequence[Any]:
    """One column of values ready for the database; equal values are converted once."""
    convert = converter(field)
    if values is None:
        return _Shared(convert(_default(field)))
    kinds = set(map(type, values))
    if len(kinds) == 1 and values[0] == values[-1] and values.count(values[0]) == len(values):
        return _Shared(convert(values[0]))
    if kinds <= _AS_THEY_ARE or convert is _same or (convert is _text and kinds == {str}):
        return values
    if kinds <= _FEW:
        known = {value: convert(value) for value in set(values)}
        return [known[value] for value in values]
    return [convert(value) for value in values]


def _default(field: models.Field[Any, Any]) -> Any:
    return timezone.now() if getattr(field, "auto_now", False) else field.get_default()


def _put_statements(table: str, columns: _Prepared, count: int) -> None:
    """SQLite: some hundred rows a statement."""
    shared = {name: values.value for name, values in columns.items() if isinstance(values, _Shared)}
    varying = {name: values for name, values in columns.items() if not isinstance(values, _Shared)}
    width = len(varying)
    flat = list(chain.from_iterable(zip(*varying.values(), strict=True)))
    with connection.wrap_database_errors:
        connection.ensure_connection()
        raw: sqlite3.Connection = connection.connection
        most = raw.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER) - len(shared)
        step = max(1, min(STATEMENT_ROWS, most // max(width, 1)))
        for start in range(0, count, step):
            some = min(step, count - start)
            statement = _statement(table, (tuple(shared), tuple(varying)), some)
            # Not through Django's cursor: it knows no numbered parameters, and would search each statement for others.
            raw.execute(statement, [*shared.values(), *flat[start * width : (start + some) * width]])


@functools.lru_cache(maxsize=32)
def _statement(table: str, names: tuple[tuple[str, ...], tuple[str, ...]], rows: int) -> str:
    """An insertion of ``rows`` rows: first the values they share, numbered from 1, then those of each row."""
    shared, varying = names
    before = [f"?{place}" for place in range(1, len(shared) + 1)]
    lines = []
    for row in range(rows):
        first = len(shared) + row * len(varying) + 1
        lines.append(", ".join([*before, *(f"?{place}" for place in range(first, first + len(varying)))]))
    quoted = ", ".join(map(connection.ops.quote_name, [*shared, *varying]))
    into = connection.ops.quote_name(table)
    return f"INSERT INTO {into} ({quoted}) VALUES ({'), ('.join(lines)})"  # noqa: S608 - quoted names of our models


def _put_stream(table: str, columns: _Prepared, count: int) -> None:
    """PostgreSQL: one COPY."""
    quote = connection.ops.quote_name
    lines = zip(
        *(repeat(each.value, count) if isinstance(each, _Shared) else each for each in columns.values()), strict=True
    )
    target = f"COPY {quote(table)} ({', '.join(map(quote, columns))}) FROM STDIN"
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(target) as stream:
        for line in lines:
            stream.write_row(line)


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
    return _reference if isinstance(field, models.ForeignKey) else _same


def _json(value: Any) -> Any:
    if isinstance(value, tuple | list) and not value:
        return "[]"
    return orjson.dumps(value, plain, orjson.OPT_PASSTHROUGH_DATACLASS).decode("utf-8")


def _text(value: Any) -> Any:
    if value is None:
        return ""
    return value.value if isinstance(value, enum.Enum) else value


def _reference(value: Any) -> Any:
    return value or None


def _same(value: Any) -> Any:
    return value


def set_by_number(model: type[models.Model], column: str, values: Iterable[tuple[Any, str]]) -> None:
    """Set one column to ``value`` for each ``(value, number)``; the caller holds the transaction."""
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    statement = f"UPDATE {table} SET {quote(column)} = %s WHERE number = %s"  # noqa: S608 - quoted names of our models
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(values))
