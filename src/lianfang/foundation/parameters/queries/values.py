"""The values that hold on a day: of the bureau, else of the commission, else the default."""

from __future__ import annotations

import datetime

from django.db.models import QuerySet
from django.utils import timezone

from lianfang.foundation.organisation.queries import unit_paths
from lianfang.foundation.parameters.models import Adjustment
from lianfang.foundation.parameters.states import AdjustmentState
from lianfang.foundation.parameters.values import Parameters


def parameters_for(path: str, day: datetime.date | None = None) -> Parameters:
    """What holds on ``day`` (today) for the unit at ``path``: of its bureau, else of the commission, else the default.

    One query. Approved adjustments are never changed and never reach back, so a day always gives the same values.
    """
    return Parameters.of(_decided(in_force_on(day or timezone.localdate()).filter(unit_path__in=prefixes(path))))


def parameters_of(unit: str, day: datetime.date | None = None) -> Parameters:
    """Like :func:`parameters_for`, by the number of a unit; defaults for a unit that nobody knows."""
    paths = unit_paths([unit]) if unit and in_force_on(day or timezone.localdate()).exists() else {}
    return parameters_for(paths[unit], day) if unit in paths else Parameters()


def in_force_on(day: datetime.date) -> QuerySet[Adjustment]:
    """Adjustments that were approved and hold from ``day`` or earlier."""
    return Adjustment.objects.filter(state=AdjustmentState.APPROVED.value, in_force_from__lte=day)


def prefixes(path: str) -> list[str]:
    """The paths of a unit and of all units above it, from the top."""
    return [path[: place + 1] for place, character in enumerate(path) if character == "/"]


def _decided(adjustments: QuerySet[Adjustment]) -> dict[str, str]:
    """``code → text``: of each unit its newest value, and of the units the nearest that has one."""
    newest = {
        (one.unit_path, one.parameter): one.value for one in adjustments.order_by("in_force_from", "approved_entry")
    }
    decided: dict[str, str] = {}
    for (_, code), text in sorted(newest.items(), key=lambda item: len(item[0][0])):
        if text:
            decided[code] = text
    return decided
