"""How the organisation answers a small form: a name, a day, a place, and the basis of the step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from lianfang.foundation.web.hanging import Hanging
from lianfang.foundation.web.register_pages import act_on


@dataclass(frozen=True)
class Sheet:
    """A page with one form: what it is called, where it goes on saving and on giving up."""

    title: str
    cancel: str
    submit: str
    lead: str = ""
    danger: bool = False
    hanging: Hanging | None = None
    """What in force hangs on the record that ends here."""


def take_small_step(
    request: HttpRequest, form: forms.Form, sheet: Sheet, act: Callable[[Mapping[str, Any]], str]
) -> HttpResponse:
    """Show a small form, or hand its answers to ``act``, which says what was done; errors come back at the form."""

    def done() -> tuple[str, str]:
        return act(form.cleaned_data), sheet.cancel

    return act_on(request, form, done, ("organisation/step.html", {"sheet": sheet}))
