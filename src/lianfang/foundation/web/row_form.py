"""A form made from a sheet: the same columns, the same reading of values, so that form and workbook never differ."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from lianfang.foundation.documents.cells import CellFault
from lianfang.foundation.documents.columns import Column, Kind, Sheet, read_cell, write_cell
from lianfang.foundation.journal.bounds import Bound, bounds_of
from lianfang.kernel.rows import Row

Choices = Sequence[tuple[str, str | list[tuple[str, str]]]]
"""Value and label of each option; or a heading and the options under it."""
MOST_DIGITS = 9
"""Of a page or version: below 2**31."""
LONG_TEXT = 24
"""Columns at least this wide (in Chinese characters) get a text area."""


@dataclasses.dataclass(frozen=True, slots=True)
class Section:
    """A group of fields under one heading, with a sentence that says what belongs there."""

    title: str
    fields: tuple[str, ...]
    hint: str = ""


class CellField(forms.Field):
    """One column of a sheet as a form field."""

    def __init__(self, column: Column, choices: Choices | None = None, bound: Bound | None = None) -> None:
        """Take label, help and widget from ``column``; ``choices`` turn a reference into a select box.

        ``bound`` is what the stored column can hold.
        """
        self.column, self.bound = column, bound
        # A workbook holds the number of a unit; on a page one chooses it by name.
        label = column.heading if choices is None else column.heading.removesuffix("编号")
        super().__init__(required=column.required, label=label, help_text=column.note, widget=_widget(column, choices))
        if column.example and not choices and isinstance(self.widget, forms.TextInput | forms.Textarea):
            self.widget.attrs["placeholder"] = f"例：{column.example}"
        self.error_messages["required"] = f"请填写{label}。"

    def to_python(self, value: Any) -> object:
        """The value as the sheet would read it from a cell."""
        if isinstance(value, list):
            value = "、".join(value)
        if isinstance(value, bool):
            return value
        try:
            read = read_cell(self.column, (value or "").replace("\r\n", "\n").strip())
        except CellFault as fault:
            raise ValidationError(str(fault)) from fault
        if self.bound and (wrong := self.bound.fault(read)):
            raise ValidationError(f"“{self.label}”{wrong}。")
        return read

    def prepare_value(self, value: Any) -> Any:
        """What the widget shows for a value of the Row (or for raw input of a form that is shown again)."""
        if isinstance(value, str) and not hasattr(value, "label"):
            return value
        if self.column.kind is Kind.YES:
            return bool(value)
        if self.column.kind is Kind.MAYBE:
            return write_cell(self.column, value)
        if isinstance(self.widget, forms.CheckboxSelectMultiple | forms.SelectMultiple):
            return [str(getattr(item, "value", item)) for item in value or ()]
        if isinstance(self.widget, forms.Select) and value is not None:
            return str(getattr(value, "value", value))
        shown = write_cell(self.column, value)
        return shown.isoformat() if isinstance(shown, datetime.date) else shown


class RowForm(forms.Form):
    """Base of a room's form: name sheet, model and sections; ``to_row`` lays the answers over a base Row."""

    sheet: ClassVar[Sheet]
    model: ClassVar[type[models.Model]]
    """Where the answers will be stored: a form refuses what the columns there cannot hold."""
    sections: ClassVar[tuple[Section, ...]]

    def __init__(self, *args: Any, choices: Mapping[str, Choices] | None = None, **kwargs: Any) -> None:
        """``choices`` gives the options of reference fields by field name."""
        super().__init__(*args, **kwargs)
        bounds = bounds_of(self.model)
        for name in self.field_names():
            self.fields[name] = CellField(self.sheet.column(name), (choices or {}).get(name), bounds.get(name))

    @classmethod
    def field_names(cls) -> list[str]:
        """Fields in the order of the sections."""
        return [name for section in cls.sections for name in section.fields]

    @classmethod
    def of(cls, row: Row, **kwargs: Any) -> RowForm:
        """An unbound form that shows ``row``."""
        return cls(initial={name: getattr(row, name) for name in cls.field_names()}, **kwargs)

    def grouped(self) -> list[tuple[Section, list[forms.BoundField]]]:
        """Sections with their bound fields, for the template."""
        return [(section, [self[name] for name in section.fields]) for section in self.sections]

    def to_row(self, base: Any) -> Any:
        """``base`` with the cleaned answers; call after ``is_valid``."""
        return dataclasses.replace(base, **self.cleaned_data)

    def accepts(self, row: Row) -> bool:
        """Whether the fields of ``row`` fit together, once those that were typed are valid each by itself."""
        typed, self.cleaned_data = self.cleaned_data, {name: getattr(row, name) for name in self.field_names()}
        try:
            self.clean()
        except ValidationError as fault:
            self.add_error(None, fault)
        finally:
            self.cleaned_data = typed
        return not self.errors


def _widget(column: Column, choices: Choices | None) -> forms.Widget:
    if column.kind is Kind.YES:
        return forms.CheckboxInput()
    if choices is not None:
        options = [("", "—"), *choices] if column.kind is Kind.REFERENCE else list(choices)
        return forms.Select(choices=options) if column.kind is Kind.REFERENCE else forms.SelectMultiple(choices=options)
    if column.kind is Kind.MAYBE:
        return forms.Select(choices=[("", "—"), *((word, word) for word in column.allowed)])
    if column.vocabulary is not None:
        options = [(word.value, word.label) for word in column.vocabulary]
        if column.kind is Kind.WORDS:
            return forms.CheckboxSelectMultiple(choices=options)
        return forms.Select(choices=[("", "—"), *options])
    return _text_widget(column)


def _text_widget(column: Column) -> forms.Widget:
    if column.kind is Kind.DATE:
        return forms.DateInput(attrs={"type": "date"})
    if column.kind is Kind.WHOLE:
        return forms.NumberInput()
    if column.kind in {Kind.ITEMS, Kind.OWN} or column.width >= LONG_TEXT:
        rows = 4 if column.kind in {Kind.ITEMS, Kind.OWN} else 3
        return forms.Textarea(attrs={"rows": rows})
    return forms.TextInput()


def versioned(posted: Mapping[str, str]) -> int:
    """The version the form was opened at (hidden field ``version``); 0 when missing, which conflicts with anything."""
    return whole_number(posted.get("version", ""), 0)


def whole_number(text: str, otherwise: int) -> int:
    """A number from an address or a hidden field, of a size that every database holds; else ``otherwise``.

    ``isdecimal``, because ``isdigit`` also takes ² and its like, which ``int`` refuses.
    """
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else otherwise
