"""What a value of a Row looks like to a person, whether it comes from the Row itself or from the journal's JSON."""

from __future__ import annotations

import dataclasses
import datetime
import enum
import functools
import types
import typing
from collections.abc import Iterable
from typing import Any, get_args, get_origin, get_type_hints

from django.utils import timezone

from lianfang.kernel.rows import Plain, from_plain

NOTHING = "—"
EMPTY = "（空）"


def words(value: object) -> str:
    """One line of text for a live value: labels for vocabulary words, 是/否, ISO dates; "" for nothing."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, enum.Enum):
        return str(getattr(value, "label", value.value))
    if isinstance(value, datetime.date):
        return _date_words(value)
    if isinstance(value, (tuple, list)):
        return "；".join(words(item) for item in value)
    return "" if value is None else str(value)


def _date_words(day: datetime.date) -> str:
    if not isinstance(day, datetime.datetime):
        return day.isoformat()
    local = timezone.localtime(day) if timezone.is_aware(day) else day
    return f"{local:%Y-%m-%d %H:%M}"


def lines_of(value: object) -> list[str]:
    """The paragraphs of a value: one for each member of a tuple, one for each line of a text; nothing gives none."""
    if isinstance(value, (tuple, list)):
        return [line for item in value for line in lines_of(item)]
    return [line for line in words(value).splitlines() if line.strip()]


def heading_of(row: object | None, name: str) -> str:
    """The Chinese heading of a field of a Row (or Row class), or the field's name where none is written down."""
    headings: dict[str, str] = getattr(row, "headings", {})
    return headings.get(name, name)


def recorded_words(row: object | None, name: str, stored: Plain) -> str:
    """A value that the journal recorded, worded by the type of that field in ``row`` (a Row or its class)."""
    row_type = row if isinstance(row, type) or row is None else type(row)
    hint = _hints(row_type).get(name) if row_type and dataclasses.is_dataclass(row_type) else None
    return _worded(hint, stored) or EMPTY


@functools.cache
def _hints(row_type: type) -> dict[str, Any]:
    return get_type_hints(row_type)


def _worded(hint: Any, stored: Plain) -> str:
    hint = _without_none(hint)
    if isinstance(stored, list):
        return "；".join(_worded(_member_type(hint), item) for item in stored)
    if isinstance(stored, dict):
        is_value = isinstance(hint, type) and dataclasses.is_dataclass(hint)
        return words(from_plain(hint, stored)) if is_value else _pairs(stored.items())
    if isinstance(hint, type) and issubclass(hint, enum.Enum) and stored is not None:
        return words(next((member for member in hint if member.value == stored), stored))
    return words(stored)


def _without_none(hint: Any) -> Any:
    if get_origin(hint) in {typing.Union, types.UnionType}:
        return next((option for option in get_args(hint) if option is not type(None)), None)
    return hint


def _member_type(hint: Any) -> Any:
    return get_args(hint)[0] if get_origin(hint) is tuple and get_args(hint) else None


def _pairs(items: Iterable[tuple[str, Plain]]) -> str:
    return "；".join(f"{name}：{words(value)}" for name, value in items if value not in (None, "", []))
