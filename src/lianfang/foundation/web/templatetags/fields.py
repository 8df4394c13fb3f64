"""Forms: one way to show a field, its help and its errors, and the frame of a form with autosave and a fixed foot."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BaseForm, BoundField
from django.template import Context, Library
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = Library()


def _css_of(widget: forms.Widget) -> str:
    if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        return "choice-list"
    if isinstance(widget, forms.CheckboxInput):
        return "form-check-input"
    if isinstance(widget, forms.Select):
        return "form-select"
    return "form-control"


def _attributes(field: BoundField) -> dict[str, str | bool]:
    described = [f"{field.auto_id}-help"] if field.help_text else []
    described += [f"{field.auto_id}-error"] if field.errors else []
    attributes: dict[str, str | bool] = {"class": _css_of(field.field.widget)}
    if field.errors:
        attributes["class"] = f"{attributes['class']} is-invalid"
        attributes["aria-invalid"] = "true"
    if described:
        attributes["aria-describedby"] = " ".join(described)
    return attributes


def _show_calendar(widget: forms.Widget) -> None:
    """A date field shows the browser's calendar, which wants ISO dates whatever the language."""
    if isinstance(widget, forms.DateInput):
        widget.input_type = "date"
        widget.format = "%Y-%m-%d"


def _shape_of(widget: forms.Widget) -> str:
    if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        return "group"
    return "check" if isinstance(widget, forms.CheckboxInput) else "plain"


@register.inclusion_tag("ui/form_field.html")
def form_field(field: BoundField, wide: bool = False, hint: str = "") -> dict[str, Any]:
    """One field with its label, help and errors; ``wide`` lets it take the whole row, ``hint`` replaces its help."""
    if hint:
        field.help_text = hint
    widget = field.field.widget
    _show_calendar(widget)
    control = field.as_widget(attrs=_attributes(field))
    is_wide = wide or isinstance(widget, forms.Textarea)
    return {"field": field, "control": control, "wide": is_wide, "shape": _shape_of(widget)}


@register.simple_block_tag
def fieldset(content: SafeString, legend: str, hint: str = "") -> SafeString:
    """Fields that belong together, in two columns where there is room."""
    return render_to_string("ui/fieldset.html", {"content": content, "legend": legend, "hint": hint})


@register.inclusion_tag("ui/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """All errors of a form at its top, each a link to its field; a form without errors shows nothing."""
    faulty = [(field, field.errors) for field in form if field.errors]
    return {"faulty": faulty, "general": form.non_field_errors(), "count": len(faulty) + len(form.non_field_errors())}


@register.simple_block_tag(takes_context=True)
def edit_form(context: Context, content: SafeString, form: BaseForm, submit: str = "保存", **more: Any) -> SafeString:
    """The frame of a form: token, error summary, the block's fields, and a foot with the buttons that stays in sight.

    Options: ``cancel=`` address, ``action=`` address, ``autosave=`` key of the browser's draft ("" for none: use none
    for whatever must not stay on a desk computer), ``version=`` of the record, ``save_as=`` name of the submit button.
    After a clash of two editors another button keeps both changes, where ``keep_both`` of the page says that this goes.
    """
    shown = {"cancel": "", "action": "", "autosave": "", "version": None, "save_as": "", **more}
    user = context.get("user")
    owner = user.get_username() if user is not None and user.is_authenticated else ""
    return render_to_string(
        "ui/edit_form.html",
        {
            "content": content,
            "form": form,
            "submit": submit,
            "owner": owner,
            "csrf_token": context.get("csrf_token", ""),
            "keep_both": context.get("keep_both"),
            **shown,
        },
    )


@register.inclusion_tag("ui/file_drop.html")
def file_drop(field: BoundField, accept: str = "", hint: str = "") -> dict[str, Any]:
    """A file field that also takes a dropped file; ``accept`` lists the endings, such as ".xlsx,.docx"."""
    attributes = {**_attributes(field), **({"accept": accept} if accept else {})}
    return {"field": field, "control": field.as_widget(attrs=attributes), "hint": hint}
