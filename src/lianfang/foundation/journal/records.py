"""Between a model and its Row: one field of the same name each, references by public number, compounds as JSON.

Converters are worked out once for each pair of classes, so a list of a hundred thousand rows costs no reflection.
"""

from __future__ import annotations

import dataclasses
import enum
import functools
import operator
import types
import typing
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from django.db import models

from lianfang.foundation.journal.bounds import Bound, bound_of
from lianfang.foundation.journal.texts import clean, clean_json, fitting
from lianfang.kernel.errors import Invalid
from lianfang.kernel.rows import from_plain, plain

R = TypeVar("R")
Convert = Callable[[Any], Any]


def row_of(record: models.Model, row_type: type[R]) -> R:
    """The Row of a model instance.

    A Row field ``unit`` that is a reference on the model is read from ``unit_id`` (references use ``to_field=number``),
    an empty reference is "".
    """
    getter, converters = _readers(type(record), cast("Hashable", row_type))
    values = getter(record)
    return cast("Callable[..., R]", row_type)(
        **{
            name: convert(value) if convert else value
            for (name, convert), value in zip(converters, values, strict=True)
        }
    )


def columns_of(model: type[models.Model], row: object) -> dict[str, Any]:
    """Model attributes (by attribute name) that hold what the Row says; ready for ``create`` or ``update``.

    Raises:
        Invalid: a text is longer, or a number larger, than its column holds; control characters just go.
    """
    return {
        attribute: convert(getattr(row, name))
        for name, attribute, convert in _writers(model, cast("Hashable", type(row)))
    }


def shared_fields(model: type[models.Model], row_type: Any) -> list[tuple[str, str]]:
    """``(Row field, model attribute)`` for every field that model and Row have in common."""
    return [(name, attribute) for name, attribute, _ in _writers(model, cast("Hashable", row_type))]


@functools.cache
def _readers(
    model: type[models.Model], row_type: Any
) -> tuple[Callable[[models.Model], tuple[Any, ...]], list[tuple[str, Convert | None]]]:
    hints = get_type_hints(row_type)
    names = [field.name for field in dataclasses.fields(row_type) if _field(model, field.name) is not None]
    attributes = [_attribute(model, name) for name in names]
    converters = [(name, _reader(_field(model, name), hints[name])) for name in names]
    return operator.attrgetter(*attributes), converters


@functools.cache
def _writers(model: type[models.Model], row_type: Any) -> list[tuple[str, str, Convert]]:
    names = [field.name for field in dataclasses.fields(row_type) if _field(model, field.name) is not None]
    return [(name, _attribute(model, name), _writer(_field(model, name))) for name in names]


def _field(model: type[models.Model], name: str) -> Any:
    return next((field for field in model._meta.get_fields() if field.name == name), None)


def _attribute(model: type[models.Model], name: str) -> str:
    return cast("str", _field(model, name).attname)


def _reader(field: Any, hint: Any) -> Convert | None:
    if isinstance(field, models.ForeignKey):
        return _empty_for_none
    scalar, optional = _unwrapped(hint)
    if isinstance(scalar, type) and issubclass(scalar, enum.Enum):
        members = {member.value: member for member in scalar}
        return (lambda value: members[value] if value else None) if optional else members.__getitem__
    if isinstance(field, models.JSONField):
        if get_args(scalar) and get_args(scalar)[0] is str:
            return tuple
        return _reviver(scalar)
    return None


def _reviver(hint: Any) -> Convert:
    if get_origin(hint) is tuple:
        item = _reviver(get_args(hint)[0])
        return lambda stored: tuple(item(part) for part in stored)
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return hint
    return lambda stored: from_plain(hint, stored or {})


def _writer(field: Any) -> Convert:
    if isinstance(field, models.ForeignKey):
        return _none_for_empty
    if isinstance(field, models.JSONField):
        return lambda value: clean_json(plain(value))
    if isinstance(field, models.CharField | models.TextField):
        label, most = str(field.verbose_name), field.max_length
        return lambda value: fitting(label, _text(value), most)
    bound = bound_of(field)
    return functools.partial(_within, str(field.verbose_name), bound) if bound else _same


def _within(label: str, bound: Bound, value: Any) -> Any:
    if wrong := bound.fault(value):
        raise Invalid(f"“{label}”{wrong}。")
    return value


def _unwrapped(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) in {typing.Union, types.UnionType}:
        return next(option for option in get_args(hint) if option is not type(None)), True
    return hint, False


def _empty_for_none(value: Any) -> Any:
    return value or ""


def _none_for_empty(value: Any) -> Any:
    return clean(value) or None if isinstance(value, str) else value


def _text(value: Any) -> str:
    if value is None:
        return ""
    return str(value.value if isinstance(value, enum.Enum) else value)


def _same(value: Any) -> Any:
    return value
