"""What the views of this room share: forms that keep what was typed when an action refuses it, and clean filters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from lianfang.foundation.catalogue.listing import Wanted
from lianfang.foundation.web.register_pages import Saving, save_form, wanted_of
from lianfang.foundation.web.row_form import RowForm
from lianfang.kernel.errors import Invalid, Refused
from lianfang.kernel.lifecycle import Move

NUMERIC = frozenset({"probability", "harm", "importance", "round"})


FORWARD = ("submit", "accept", "approve", "open_grading", "reconcile", "propose")


def forward_first(moves: Iterable[Move[Any]]) -> list[Move[Any]]:
    """Moves in the order of their buttons: what carries the thing on before what sends it back."""
    return sorted(moves, key=lambda move: move.name not in FORWARD)


def clean_wanted(request: HttpRequest, *facets: str) -> Wanted:
    """Like ``wanted_of``; a number that is none is left out instead of breaking the query."""
    wanted = wanted_of(request, *facets)
    kept = tuple((name, value) for name, value in wanted.facets if name not in NUMERIC or value.isdecimal())
    return replace(wanted, facets=kept)


def save_row(request: HttpRequest, form: RowForm, saving: Saving, context: Mapping[str, Any]) -> HttpResponse:
    """``save_form``, and what an action finds wrong is shown above the form with everything still in it."""
    try:
        return save_form(request, form, saving, context)
    except (Invalid, Refused) as fault:
        form.add_error(None, f"{fault.message}{fault.remedy}")
        return render(request, saving.template, {**context, "form": form, "clash": None}, status=fault.status)


def act_on(
    request: HttpRequest, form: forms.Form, act: Callable[[], str], done: str, page: tuple[str, Mapping[str, Any]]
) -> HttpResponse:
    """Run ``act`` for a valid form and go where it says, or show the page again with what was typed.

    ``page`` is template and context; ``act`` returns the address to go to.
    """
    template, context = page
    if form.is_valid():
        try:
            address = act()
        except Invalid as fault:
            form.add_error(None, f"{fault.message}{fault.remedy}")
        else:
            messages.success(request, done)
            return HttpResponseRedirect(address)
    return render(request, template, {**context, "form": form}, status=422)
