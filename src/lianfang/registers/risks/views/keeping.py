"""What the views of this room share: what a form starts from and offers, and clean filters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.catalogue.listing import Wanted
from lianfang.foundation.organisation.demands import path_of
from lianfang.foundation.organisation.queries import unit_name, units_where
from lianfang.foundation.web.register_pages import actor_of, wanted_of
from lianfang.registers.risks.queries.places import (
    crowded,
    post_options,
    power_options,
    step_options,
    within_bureau,
)
from lianfang.registers.risks.rows import NegativeRow, RiskRow, SearchRow

Choices = dict[str, list[tuple[str, str]]]
R = TypeVar("R", RiskRow, NegativeRow, SearchRow)
NUMERIC = frozenset({"probability", "harm", "importance", "round"})


def clean_wanted(request: HttpRequest, *facets: str) -> Wanted:
    """Like ``wanted_of``; a number that is none is left out instead of breaking the query."""
    wanted = wanted_of(request, *facets)
    kept = tuple((name, value) for name, value in wanted.facets if name not in NUMERIC or value.isdecimal())
    return replace(wanted, facets=kept)


def filled_in(request: HttpRequest, base: R, units: Sequence[tuple[str, str]], *fields: str) -> R:
    """``base`` with the ``fields`` that the address names, and the unit where there is only one to choose."""
    only: dict[str, Any] = {"unit": units[0][0]} if len(units) == 1 else {}
    asked: dict[str, Any] = {field: request.GET[field] for field in fields if request.GET.get(field)}
    return replace(base, **{**only, **asked})


def unit_first(request: HttpRequest) -> HttpResponse | None:
    """The page that asks for the unit, where too many posts or powers would have to be offered; else ``None``."""
    actor = actor_of(request)
    if request.GET.get("unit") or not crowded(actor.paths(Permission.RISKS_DRAFT)):
        return None
    return render(request, "risks/unit_first.html", {"units": units_where(actor, Permission.RISKS_DRAFT)})


def place_choices(actor: User, row: RiskRow | NegativeRow | SearchRow, asked: str = "") -> Choices:
    """Units and posts that a form offers: of the unit of the entry, or ``asked`` for, where all would be too many."""
    paths = actor.paths(Permission.RISKS_DRAFT)
    if row.number:
        return {"unit": [(row.unit, unit_name(row.unit))], "post": post_options((path_of(row.unit),))}
    units = units_where(actor, Permission.RISKS_DRAFT)
    if asked in dict(units) and crowded(paths):
        return {"unit": [(asked, dict(units)[asked])], "post": post_options((path_of(asked),))}
    return {"unit": units, "post": post_options(paths)}


def tied_choices(actor: User, row: RiskRow | NegativeRow, asked: str = "") -> Choices:
    """``place_choices``, and the powers of its bureau that an entry may be tied to."""
    found, paths = place_choices(actor, row, asked), actor.paths(Permission.RISKS_DRAFT)
    if len(found["unit"]) == 1:
        paths = within_bureau(found["unit"][0][0], paths)
    return {**found, "power": power_options(paths)}


def steps_offered(request: HttpRequest, row: RiskRow, choices: Choices) -> list[tuple[str, str]]:
    """The steps that the form suggests: of the power that is chosen, else of every power that may be."""
    chosen = request.POST.get("power", row.power)
    offered = [number for number, _ in choices["power"]]
    return step_options([chosen] if chosen in offered else offered)
