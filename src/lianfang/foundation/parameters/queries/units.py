"""Units that decide values: the commission for all bureaus below it, a bureau for itself and its sections."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import within
from lianfang.foundation.accounts.reading import reach
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.organisation.models import Unit
from lianfang.foundation.organisation.queries import BUREAUS, bureau_paths_of
from lianfang.foundation.organisation.rows import UnitKind
from lianfang.foundation.parameters.definitions import COMMISSION, Deciders, Definition
from lianfang.kernel.errors import Absent

P = Permission
DECIDING_KINDS = {UnitKind.COMMISSION.value, *BUREAUS}


@dataclass(frozen=True)
class DecidingUnit:
    """A unit that decides values: number, name, path, and whether it is the commission."""

    number: str
    name: str
    path: str
    is_commission: bool

    def deciders(self, definition: Definition) -> Deciders | None:
        """Who decides ``definition`` here; nobody where only the commission does and this is a bureau."""
        if self.is_commission:
            return COMMISSION
        return None if definition.is_for_commission else definition.deciders


def deciding_units(actor: User) -> list[DecidingUnit]:
    """Units whose values the actor may read: the bureaus around and within, and the commissions within."""
    paths = reach(actor, P.PARAMETERS_READ, P.PARAMETERS_READ_APPROVED)
    units = Unit.objects.filter(
        within(paths, "path") | Q(path__in=bureau_paths_of(paths)), unit_kind__in=DECIDING_KINDS, valid_to__isnull=True
    )
    return [_deciding(unit) for unit in units.order_by("path")]


def deciding_unit(number: str) -> DecidingUnit:
    """The commission or bureau with this number.

    Raises:
        Absent: there is none; a section decides no values of its own.
    """
    unit = Unit.objects.filter(number=number, unit_kind__in=DECIDING_KINDS, valid_to__isnull=True).first()
    if unit is None:
        raise Absent(f"没有编号为“{number}”的局、分局或纪委监委。", "参数由局或纪委监委决定，请从参数页面选择单位。")
    return _deciding(unit)


def readable_unit(actor: User, number: str) -> DecidingUnit:
    """The deciding unit with this number, if the actor may read its values; without a number the first of them.

    Raises:
        Absent: no such unit, or not the actor's to read.
    """
    units = deciding_units(actor)
    found = next((unit for unit in units if number in {"", unit.number}), None)
    if found is None:
        raise Absent(f"没有找到编号为“{number}”的局、分局或纪委监委。" if number else "还没有登记局、分局或纪委监委。")
    return found


def _deciding(unit: Unit) -> DecidingUnit:
    return DecidingUnit(unit.number, unit.name, unit.path, unit.unit_kind == UnitKind.COMMISSION.value)


def may_propose(actor: User, unit: DecidingUnit, definition: Definition) -> bool:
    """Whether the actor may propose another value of ``definition`` for ``unit``."""
    deciders = unit.deciders(definition)
    return deciders is not None and actor.may(deciders.propose, unit.path)
