"""In which house a unit lies: the bureau, branch or commission within which its names mean something."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from lianfang.foundation.organisation.models import Unit
from lianfang.foundation.organisation.queries import BUREAUS
from lianfang.foundation.organisation.rows import UnitKind, UnitRow

_KINDS = {*BUREAUS, UnitKind.COMMISSION.value}
_NEW = "/"
"""Begins what stands for the path of a house that only the file brings; no path begins so."""


class Houses:
    """The house of every unit: of stored ones by their paths, of those that a file brings by their parents."""

    def __init__(self) -> None:
        """Start empty; the database is asked once, when a house is asked for."""
        self._stored: dict[str, str] | None = None
        self._brought: dict[str, UnitRow] = {}

    def bring(self, units: Iterable[UnitRow]) -> None:
        """Units of a file that is being read."""
        self._brought.update((unit.number, unit) for unit in units)

    def of(self, unit: str) -> str:
        """The path of the house of a unit; for a new house a word of its own."""
        stored, passed = self._paths(), set[str]()
        while unit not in stored:
            row = self._brought.get(unit)
            passed.add(unit)
            if row is None or row.unit_kind.value in _KINDS or row.parent in {"", *passed}:
                return f"{_NEW}{unit}"
            unit = row.parent
        return stored[unit]

    def above(self, unit: str) -> list[str]:
        """The paths of the houses around that of a stored unit, nearest first."""
        own, houses = self.of(unit), {*self._paths().values()}
        around = (own[: at + 1] for at in range(len(own) - 2, -1, -1) if own[at] == "/")
        return [path for path in around if path in houses]

    def _paths(self) -> dict[str, str]:
        if self._stored is None:
            units = list(Unit.objects.values_list("number", "path", "unit_kind"))
            houses = {path for _, path, kind in units if kind in _KINDS}
            self._stored = {number: _nearest(path, houses) for number, path, _ in units}
        return self._stored


def _nearest(path: str, houses: Collection[str]) -> str:
    ends = (position + 1 for position in range(len(path) - 1, -1, -1) if path[position] == "/")
    return next((path[:end] for end in ends if path[:end] in houses), path)
