"""What the views of this room share: what a form starts from and offers, and clean filters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

from django.http import HttpRequest

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.catalogue.listing import Wanted
from lianfang.foundation.organisation.queries import unit_name, units_where
from lianfang.foundation.web.register_pages import wanted_of
from lianfang.registers.risks.queries.places import post_options, power_options
from lianfang.registers.risks.rows import NegativeRow, RiskRow, SearchRow

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


def place_choices(actor: User, row: RiskRow | NegativeRow | SearchRow) -> dict[str, list[tuple[str, str]]]:
    """Units and posts that a form offers; an entry that has a number stays in its unit."""
    units = [(row.unit, unit_name(row.unit))] if row.number else units_where(actor, Permission.RISKS_DRAFT)
    return {"unit": units, "post": post_options(actor.paths(Permission.RISKS_DRAFT))}


def tied_choices(actor: User, row: RiskRow | NegativeRow) -> dict[str, list[tuple[str, str]]]:
    """``place_choices``, and the powers that an entry may be tied to."""
    return {**place_choices(actor, row), "power": power_options(actor.paths(Permission.RISKS_DRAFT))}
