"""Where things lie: every record carries the path of its unit, so a unit that moves takes its records' paths along."""

from __future__ import annotations

from typing import Any, cast

from django.apps import apps
from django.db.models import Model, Value
from django.db.models.functions import Concat, Substr

from lianfang.foundation.catalogue.relocation import relocate_cards

PATH = "unit_path"
KEPT = frozenset({"journal.Entry", "catalogue.CardRecord", "catalogue.Tally"})
"""The journal says where a thing lay when it was done; the catalogue moves its own cards and counts."""


def placed_models() -> list[type[Model]]:
    """Every table of the house with a column for the path of a unit, except those of ``KEPT``."""
    placed = [model for model in apps.get_models() if any(field.name == PATH for field in model._meta.concrete_fields)]
    return [model for model in placed if model._meta.label not in KEPT]


def relocate(old: str, new: str) -> int:
    """Write ``new`` for ``old`` at the beginning of all paths, also of cards and counts; return how many records moved.

    Call inside the transaction of the action that moves the unit.
    """
    count = 0
    for model in placed_models():
        things = cast("Any", model).objects.filter(**{f"{PATH}__gte": old, f"{PATH}__lt": old + "~"})
        count += things.update(**{PATH: Concat(Value(new), Substr(PATH, len(old) + 1))})
    relocate_cards(old, new)
    return count
