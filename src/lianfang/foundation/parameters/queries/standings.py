"""Every parameter as it stands for a unit: its value, where it comes from, what comes next, what is being decided."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from django.utils import timezone

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import allow_at
from lianfang.foundation.parameters.definitions import Deciders, Definition, definition_in
from lianfang.foundation.parameters.inventory import BY_CODE, PARAMETERS
from lianfang.foundation.parameters.models import OPEN
from lianfang.foundation.parameters.queries.adjustments import visible_adjustments
from lianfang.foundation.parameters.queries.units import DecidingUnit, readable_unit
from lianfang.foundation.parameters.queries.values import prefixes
from lianfang.foundation.parameters.rows import AdjustmentRow
from lianfang.foundation.parameters.states import AdjustmentState
from lianfang.kernel.errors import Refused
from lianfang.kernel.numbering import unit_at

DEFAULT, COMMON, OWN = "默认值", "全区统一", "本单位决定"


@dataclass(frozen=True)
class Standing:
    """One parameter in one unit: its value today, where it comes from, what comes next, what is being decided."""

    definition: Definition
    deciders: Deciders | None
    """Who decides it for this unit; ``None`` where only the commission does and this is a bureau."""
    shown: str
    origin: str
    decided: AdjustmentRow | None = None
    coming: tuple[AdjustmentRow, ...] = ()
    open: AdjustmentRow | None = None
    history: tuple[AdjustmentRow, ...] = field(default=(), compare=False)

    @property
    def default_shown(self) -> str:
        """The default as a person reads it."""
        return self.definition.shown(self.definition.default)

    @property
    def value(self) -> str:
        """The stored text of the value."""
        return self.decided.value if self.decided else self.definition.written(self.definition.default)


def standings(actor: User, unit: DecidingUnit, day: datetime.date | None = None) -> list[Standing]:
    """Every parameter as it stands for ``unit`` on ``day`` (today), in the order of the table; one query."""
    found = visible_adjustments(actor).filter(unit_path__in=prefixes(unit.path))
    found = found.exclude(state=AdjustmentState.WITHDRAWN.value).order_by("in_force_from", "approved_entry", "id")
    rows: dict[str, list[AdjustmentRow]] = {}
    for adjustment in found:
        row = adjustment.to_row()
        rows.setdefault(row.parameter, []).append(row)
    depth = {unit_at(path): len(path) for path in prefixes(unit.path)}
    today = day or timezone.localdate()
    return [_standing(definition, rows.get(definition.code, []), unit, depth, today) for definition in PARAMETERS]


def _standing(
    definition: Definition, rows: list[AdjustmentRow], unit: DecidingUnit, depth: dict[str, int], day: datetime.date
) -> Standing:
    approved = [row for row in rows if row.in_force_from is not None]
    newest = {row.unit: row for row in approved if row.in_force_from and row.in_force_from <= day}
    holding = [row for row in newest.values() if row.value and definition.parsed(row.value) is not None]
    decided = max(holding, key=lambda row: depth[row.unit], default=None)
    coming = tuple(row for row in approved if row.in_force_from and row.in_force_from > day)
    own = next((row for row in rows if row.state.value in OPEN and row.unit == unit.number), None)
    origin = DEFAULT if decided is None else OWN if decided.unit == unit.number else COMMON
    shown = decided.shown_value if decided else definition.shown(definition.default)
    return Standing(definition, unit.deciders(definition), shown, origin, decided, coming, own, tuple(approved))


def standing_to_change(actor: User, number: str, code: str) -> tuple[DecidingUnit, Standing]:
    """The unit and the parameter as it stands there, for somebody who may propose another value.

    Raises:
        Absent: no such unit or parameter, or not the actor's to read.
        Refused: the actor does not propose this parameter here.
    """
    unit = readable_unit(actor, number)
    found = standing(actor, unit, code)
    if found.deciders is None:
        raise Refused(f"“{found.definition.name}”由纪委监委统一规定，{unit.name}不单独规定。", "请向纪委监委提出建议。")
    allow_at(actor, found.deciders.propose, unit.path)
    return unit, found


def standing(actor: User, unit: DecidingUnit, code: str) -> Standing:
    """One parameter as it stands for ``unit`` today, with all that was ever approved for it.

    Raises:
        Absent: no such parameter.
    """
    definition = definition_in(BY_CODE, code)
    return next(one for one in standings(actor, unit) if one.definition is definition)
