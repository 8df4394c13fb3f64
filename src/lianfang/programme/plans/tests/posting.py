"""What a browser would send for the form of a reading: every field as it is shown, with changes laid over."""

from __future__ import annotations

from typing import Any

from django.forms import BoundField, MultipleChoiceField

from lianfang.programme.plans.forms import ReadingForms
from lianfang.programme.plans.programme_rows import ProgrammeRow


def posted(row: ProgrammeRow, units: list[tuple[str, str]], **changes: str | list[str]) -> dict[str, Any]:
    """The form of ``row`` as posted; ``changes`` name fields with ``__`` for the dashes (``stages__0__name``)."""
    forms = ReadingForms.of(row, units)
    fields: list[BoundField] = [*forms.frame]
    for formset in forms.lists.values():
        fields += [*formset.management_form]
        fields += [field for form in formset.forms for field in form]
    sent: dict[str, Any] = {}
    for field in fields:
        shown = field.value()
        if isinstance(shown, bool) or field.name == "DELETE":
            sent |= {field.html_name: "on"} if shown else {}
        elif isinstance(field.field, MultipleChoiceField):
            sent |= {field.html_name: list(shown)} if shown else {}
        else:
            sent[field.html_name] = "" if shown is None else str(getattr(shown, "value", shown))
    sent["version"] = str(row.version)
    return sent | {name.replace("__", "-"): value for name, value in changes.items()}
