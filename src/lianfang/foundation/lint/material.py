"""What a check may look at: the registers that were loaded, the day, and the parameters; nothing else."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import Any, TypeVar, cast

from lianfang.foundation.organisation.rows import UnitKind, UnitRow
from lianfang.foundation.parameters.values import Parameters
from lianfang.kernel.rows import Row
from lianfang.kernel.sectors import Sector

R = TypeVar("R", bound=Row)
T = TypeVar("T")

_UNIT_THROUGH = (("risk", "risks"), ("control", "controls"), ("post", "posts"), ("programme", "programmes"))
"""Entries without a unit of their own belong where the entry they speak of belongs: field → register."""


class Material:
    """Registers as tuples of Rows, looked up by class; an absent register differs from an empty one.

    A workbook that is checked before it is imported holds one register; rules that need others are then *skipped and
    named*, instead of reporting that every reference dangles.
    """

    def __init__(
        self,
        rows: Iterable[Row],
        *,
        today: datetime.date,
        registers: Iterable[type[Row]] = (),
        parameters: Parameters | None = None,
    ) -> None:
        """Sort ``rows`` by class; ``registers`` names classes that are loaded even if they have no entry."""
        sorted_rows: dict[type[Row], list[Row]] = {register: [] for register in registers}
        for row in rows:
            sorted_rows.setdefault(type(row), []).append(row)
        self._rows = {register: tuple(entries) for register, entries in sorted_rows.items()}
        self._derived: dict[Callable[[Material], Any], Any] = {}
        self._numbered: dict[type, dict[str, Row]] = {}
        self.today = today
        self.parameters = parameters or Parameters()

    @property
    def registers(self) -> tuple[type[Row], ...]:
        """Classes of the registers that are loaded."""
        return tuple(self._rows)

    @property
    def inspected(self) -> tuple[type[Row], ...]:
        """Registers that rules about every entry look at: not those that only tell of entries (``witness``)."""
        return tuple(register for register in self._rows if not getattr(register, "witness", False))

    def of(self, register: type[R]) -> tuple[R, ...]:
        """All entries of one register, in the order they came."""
        return cast("tuple[R, ...]", self._rows.get(register, ()))

    def by_number(self, register: type[R]) -> dict[str, R]:
        """Entries of one register by their public number; of two with one number the later counts."""
        if register not in self._numbered:
            self._numbered[register] = {row.number: row for row in self._rows.get(register, ())}
        return cast("dict[str, R]", self._numbered[register])

    def derived(self, build: Callable[[Material], T]) -> T:
        """What ``build`` makes of this material, made once and shared by all rules."""
        if build not in self._derived:
            self._derived[build] = build(self)
        return cast(T, self._derived[build])

    def bureau(self) -> str:
        """Number of the bureau itself, to which findings about the whole list belong; empty where none is known."""
        bureau = self._bureau()
        return bureau.number if bureau else ""

    def sector(self) -> Sector | None:
        """The field that the bureau states for itself."""
        bureau = self._bureau()
        return bureau.sector if bureau else None

    def _bureau(self) -> UnitRow | None:
        bureaus = {UnitKind.BUREAU, UnitKind.BRANCH}
        live = (unit for unit in self.of(UnitRow) if unit.unit_kind in bureaus and is_live(unit, self.today))
        return next(live, None)

    def unit_of(self, row: object) -> str:
        """Number of the unit that answers for ``row``: its own, or that of the entry it speaks of."""
        if isinstance(row, UnitRow):
            return row.number
        unit = getattr(row, "unit", "")
        if unit:
            return str(unit)
        for field, kind in _UNIT_THROUGH:
            target = self.entry(kind, getattr(row, field, ""))
            if target is not None:
                return self.unit_of(target)
        return ""

    def entry(self, kind: str, number: str) -> Row | None:
        """The entry with this number in the register called ``kind``, if loaded."""
        if not number:
            return None
        register = next((register for register in self._rows if register.kind == kind), None)
        return self.by_number(register).get(number) if register else None


def is_live(unit: UnitRow, day: datetime.date) -> bool:
    """Whether a unit exists on ``day``; unknown dates count as long ago and never."""
    return (unit.valid_from is None or unit.valid_from <= day) and (unit.valid_to is None or day <= unit.valid_to)
