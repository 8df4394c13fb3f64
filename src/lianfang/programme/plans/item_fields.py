"""Fields of the items of a plan: fuzzy dates, several names, a place in the text, what of a higher plan is taken up."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from lianfang.kernel.dates import BadDate, parse_date
from lianfang.programme.plans.programme_rows import chinese_of
from lianfang.programme.plans.rows import Span

_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")
_NAMES = re.compile(r"[、,，;；\n]+")


def text_input(name: str, **attrs: str) -> forms.TextInput:
    """A field in a table, where the heading of the column is all the label there is to see."""
    return forms.TextInput(attrs={"class": "form-control", "aria-label": name, **attrs})


class FuzzyDateField(forms.CharField):
    """A date as a plan writes it; its value is the date code (S12)."""

    def __init__(self, **kwargs: Any) -> None:
        widget = text_input(kwargs.get("label", ""), placeholder="如2017年6月中旬")
        super().__init__(required=False, widget=widget, **kwargs)

    def to_python(self, value: Any) -> str:
        """The code of what was typed."""
        typed = super().to_python(value) or ""
        try:
            return parse_date(typed).code if typed else ""
        except BadDate as fault:
            raise ValidationError(f"{fault.message}{fault.remedy}") from fault

    def prepare_value(self, value: Any) -> Any:
        """A stored code as people write it; what was typed stays as it was typed."""
        return chinese_of(value) or value if isinstance(value, str) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Two spellings of one date are the same."""
        return super().has_changed(self.prepare_value(initial), data)


class NamesField(forms.CharField):
    """Several names in one field; its value is a tuple."""

    def __init__(self, *, lines: bool = False, **kwargs: Any) -> None:
        """``lines``: one name a line in a text area, else divided by 、."""
        self.divider = "\n" if lines else "、"
        widget = forms.Textarea(attrs={"rows": 3}) if lines else forms.TextInput()
        super().__init__(required=False, widget=widget, **kwargs)

    def to_python(self, value: Any) -> Any:
        """The names, without blanks and repetitions."""
        pieces = (value or "").splitlines() if self.divider == "\n" else _NAMES.split(value or "")
        return tuple(dict.fromkeys(piece.strip() for piece in pieces if piece.strip()))

    def prepare_value(self, value: Any) -> Any:
        """The names as one text."""
        return self.divider.join(value) if isinstance(value, (tuple, list)) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compared as names."""
        return bool(tuple(initial or ()) != self.to_python(data))


class SpanField(forms.CharField):
    """Where in the text an item was read, carried through the form; items added by hand have no place."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput)

    def to_python(self, value: Any) -> Any:
        """The span; what is not one counts as none."""
        found = _SPAN.fullmatch(value or "")
        return Span(int(found[1]), int(found[2])) if found and int(found[1]) < int(found[2]) else None

    def prepare_value(self, value: Any) -> Any:
        """The span as start and end."""
        return f"{value.start}-{value.end}" if isinstance(value, Span) else value

    def has_changed(self, _initial: Any, _data: Any) -> bool:
        """A place alone makes no item."""
        return False


class CitesField(forms.ChoiceField):
    """Which obligations of higher plans an item takes up (S3); one choice may stand for several, due together."""

    def __init__(self) -> None:
        label = "落实上级的哪一项"
        widget = forms.Select(attrs={"class": "form-select", "aria-label": label})
        super().__init__(label=label, required=False, widget=widget)

    def clean(self, value: Any) -> tuple[str, ...]:
        """The numbers behind the choice."""
        return tuple(str(super().clean(value) or "").split())

    def prepare_value(self, value: Any) -> Any:
        """The numbers as one choice."""
        return " ".join(value) if isinstance(value, (tuple, list)) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compared as choices."""
        return bool((self.prepare_value(initial) or "") != (data or ""))
