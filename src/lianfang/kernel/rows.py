"""The waist of the house: a register entry as one frozen value, its canonical bytes and its differences.

A *Row* is a frozen, keyword-only dataclass keyed by ``number`` (编号). It holds str, int, bool, None,
``datetime.date``, ``StrEnum`` members, other frozen dataclasses and tuples of these; never floats, never primary keys.
"""

from __future__ import annotations

import dataclasses
import datetime
import enum
import functools
import hashlib
import hmac
import operator
import types
import typing
from collections.abc import Callable
from typing import Any, ClassVar, Protocol, TypeVar, cast, get_args, get_origin, get_type_hints

import orjson

Plain = None | bool | int | str | list["Plain"] | dict[str, "Plain"]
"""What a Row is made of once written down: JSON without floats."""

LARGEST_EXACT_INTEGER = 2**53 - 1


class Row(Protocol):
    """What every register entry has: a public number, and the class-level name of its register."""

    __dataclass_fields__: ClassVar[dict[str, Any]]
    kind: ClassVar[str]
    """Register, e.g. ``powers``; stable, part of the journal."""
    label: ClassVar[str]
    """What a person calls one entry, e.g. 职权."""

    @property
    def number(self) -> str:
        """The public number (编号) that identifies the entry in every door."""
        ...


R = TypeVar("R")


@dataclasses.dataclass(frozen=True, slots=True)
class Change:
    """One field of a Row before and after; ``None`` where the field was absent."""

    field: str
    before: Plain
    after: Plain


@functools.cache
def field_names(row_type: type[Any]) -> tuple[str, ...]:
    """Names of the fields of a Row class, in the order they were written."""
    return tuple(field.name for field in dataclasses.fields(row_type))


@typing.overload
def plain(value: Row) -> dict[str, Plain]: ...
@typing.overload
def plain(value: object) -> Plain: ...
def plain(value: object) -> Plain:
    """Return ``value`` as JSON material: dates as ISO text, enums as their value, nested values as objects.

    Raises:
        TypeError: for floats and anything else whose bytes would not be canonical.
        ValueError: for integers beyond 2^53 - 1 (RFC 8785 §3.2.2.3).
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, enum.Enum):
        inner: object = value.value
        return plain(inner)
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        if abs(value) > LARGEST_EXACT_INTEGER:
            raise ValueError(f"整数 {value} 超出可精确记录的范围。")
        return value
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    return _plain_compound(value)


def _plain_compound(value: object) -> Plain:
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: plain(getattr(value, name)) for name in field_names(type(value))}
    raise TypeError(f"{type(value).__name__} 不能写入台账记录。")


def canonical_bytes(value: object) -> bytes:
    """Return the canonical JSON of a Row (RFC 8785, JSON Canonicalization Scheme), UTF-8.

    Rows hold no floats, no integers beyond 2^53 - 1, and have ASCII field names; for such material orjson with sorted
    keys writes exactly the bytes of RFC 8785, which a property test holds against a published implementation.

    Raises:
        TypeError: for floats and whatever else has no canonical form.
        ValueError: for integers that cannot be written exactly.
    """
    row_type: Any = type(value)
    if not (dataclasses.is_dataclass(value) and _is_exact(row_type)):
        return orjson.dumps(plain(value), option=_CANONICAL)
    try:
        # Words, numbers and dates go straight to the encoder; it asks ``plain`` only for nested values.
        names, read = _members(row_type)
        return orjson.dumps(dict(zip(names, read(value), strict=True)), plain, _CANONICAL)
    except orjson.JSONEncodeError:
        return orjson.dumps(plain(value), option=_CANONICAL)


@functools.cache
def _members(row_type: Any) -> tuple[tuple[str, ...], Callable[[object], tuple[Any, ...]]]:
    """The names of a Row's fields in the order of the bytes, and a function that reads them all at once."""
    names = tuple(sorted(field_names(row_type)))
    if len(names) > 1:
        return names, operator.attrgetter(*names)
    return names, lambda value: tuple(getattr(value, name) for name in names)


def canonical_text(value: object) -> str:
    """The same as text, for columns that keep text."""
    return canonical_bytes(value).decode("utf-8")


@functools.cache
def _is_exact(row_type: Any) -> bool:
    """Whether no field of a Row class can hold a float."""
    return not any("float" in str(hint) or "Any" in str(hint) or hint is object for hint in _hints(row_type).values())


_CANONICAL = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_STRICT_INTEGER


def digest(value: object, fields: tuple[str, ...] | None = None) -> str:
    """SHA-256 (hex) of the canonical bytes of a Row, or of the named fields only."""
    if fields is not None:
        value = {name: getattr(value, name) for name in fields}
    return hashlib.sha256(canonical_bytes(value)).hexdigest()


def commitment(salt: bytes, canonical: bytes) -> str:
    """Salted commitment to canonical bytes: HMAC-SHA-256 under a 32-byte salt, hex (security.md §2.1)."""
    return hmac.digest(salt, canonical, "sha256").hex()


def differences(before: object | None, after: object | None) -> tuple[Change, ...]:
    """Fields in which two Rows of one class differ; a missing side counts as all fields absent."""
    row_type: Any = type(before if before is not None else after)
    found = []
    for name in field_names(row_type):
        old = plain(getattr(before, name)) if before is not None else None
        new = plain(getattr(after, name)) if after is not None else None
        if old != new:
            found.append(Change(name, old, new))
    return tuple(found)


def from_plain(row_type: type[R], stored: Plain) -> R:
    """Rebuild a Row from what ``plain`` wrote; unknown keys are ignored and missing ones take their default.

    So an entry written before a field existed can still be read.
    """
    return cast(R, _revive(row_type, stored))


@functools.cache
def _hints(row_type: type) -> dict[str, Any]:
    return get_type_hints(row_type)


def _revive(wanted: Any, stored: Plain) -> Any:
    if dataclasses.is_dataclass(wanted) and isinstance(stored, dict):
        hints = _hints(cast(type, wanted))
        kept = {name: _revive(hints[name], stored[name]) for name in field_names(cast(type, wanted)) if name in stored}
        return cast(type, wanted)(**kept)
    if get_origin(wanted) is tuple and isinstance(stored, list):
        return tuple(_revive(get_args(wanted)[0], item) for item in stored)
    if get_origin(wanted) in {typing.Union, types.UnionType}:
        if stored is None:
            return None
        return _revive(next(option for option in get_args(wanted) if option is not type(None)), stored)
    return _revive_scalar(wanted, stored)


def _revive_scalar(wanted: Any, stored: Plain) -> Any:
    if isinstance(wanted, type) and issubclass(wanted, enum.Enum):
        return wanted(stored)
    if isinstance(wanted, type) and issubclass(wanted, datetime.date) and isinstance(stored, str):
        return wanted.fromisoformat(stored)
    return stored
