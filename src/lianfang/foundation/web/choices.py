"""Offering a person's own choices in a form: what may be chosen depends on who asks."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms

Options = Iterable[tuple[str, str | list[tuple[str, str]]]]
"""Value and label of each option, in the order shown; or a heading and the options under it."""


def offer(form: forms.BaseForm, name: str, options: Options, *, none: str | None = None) -> None:
    """Set the options of the form's field of choice ``name``; ``none`` labels a first, empty option.

    Raises:
        TypeError: the form has a field of that name, but nothing can be chosen in it.

    """
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{type(form).__name__}.{name} is no field of choice")
    field.choices = [*([] if none is None else [("", none)]), *options]
