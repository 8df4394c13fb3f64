"""How the organisation answers a small form: a name, a day, a place, and the basis of the step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from lianfang.kernel.errors import Conflict, Invalid, Refused


@dataclass(frozen=True)
class Sheet:
    """A page with one form: what it is called, where it goes on saving and on giving up."""

    title: str
    cancel: str
    submit: str
    lead: str = ""
    danger: bool = False


def take_small_step(
    request: HttpRequest, form: forms.Form, sheet: Sheet, act: Callable[[Mapping[str, Any]], str]
) -> HttpResponse:
    """Show a small form, or hand its answers to ``act``, which says what was done; errors come back at the form."""
    if request.method == "POST" and form.is_valid():
        try:
            said = act(form.cleaned_data)
        except (Invalid, Conflict, Refused) as fault:
            form.add_error(None, f"{fault.message}{fault.remedy}")
        else:
            messages.success(request, said)
            return HttpResponseRedirect(sheet.cancel)
    context = {"form": form, "sheet": sheet}
    return render(request, "organisation/step.html", context, status=422 if form.errors else 200)
