"""Two ways to answer a form of the organisation: laying a Row over what is there, or taking one small step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from lianfang.foundation.web.row_form import RowForm
from lianfang.kernel.errors import Conflict, Invalid, Refused
from lianfang.kernel.rows import digest

SEEN = "seen"
"""Hidden field: digest of the Row that the form showed; these entries carry no version."""


@dataclass(frozen=True)
class Sheet:
    """A page with one form: what it is called, where it goes on saving and on giving up."""

    title: str
    cancel: str
    submit: str = "保存"
    lead: str = ""
    hint: str = ""
    danger: bool = False


def edit_row(
    request: HttpRequest, form: RowForm, base: Any, sheet: Sheet, save: Callable[[Any, str], tuple[Any, str]]
) -> HttpResponse:
    """Show a form that lays answers over ``base``, or save it with ``save(row, seen)`` → (row, address)."""
    seen, clash, status = request.POST.get(SEEN, ""), None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                row, address = save(form.to_row(base), seen)
            except Conflict as conflict:
                clash, status, seen = conflict, 409, digest(base)
            except Invalid as fault:
                form.add_error(None, f"{fault.message}{fault.remedy}")
            else:
                messages.success(request, f"已保存：{row.name}。")
                return HttpResponseRedirect(address)
    elif base.number:
        seen = digest(base)
    context = {"form": form, "sheet": sheet, "seen": seen, "clash": clash}
    return render(request, "organisation/edit.html", context, status=status)


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
