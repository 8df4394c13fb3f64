"""Who is foreign to a unit: people of other bureaus."""

from __future__ import annotations

from collections.abc import Collection

from lianfang.foundation.organisation.models import Person, Unit
from lianfang.foundation.organisation.queries import BUREAUS
from lianfang.foundation.organisation.rows import UnitKind


def strangers_at(path: str, people: Collection[str]) -> set[str]:
    """Those of ``people`` (numbers) whose nearest bureau or commission does not contain the unit at ``path``."""
    places = dict(Person.objects.filter(number__in=people).values_list("number", "unit_path"))
    around = {place[: index + 1] for place in places.values() for index, mark in enumerate(place) if mark == "/"}
    kinds = (*BUREAUS, UnitKind.COMMISSION.value)
    bodies = list(Unit.objects.filter(path__in=around, unit_kind__in=kinds).values_list("path", flat=True))
    nearest = {
        number: max((body for body in bodies if place.startswith(body)), key=len, default=path)
        for number, place in places.items()
    }
    return {number for number, body in nearest.items() if not path.startswith(body)}
