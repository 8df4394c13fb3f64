"""Adjustments that a person may see, one page of them, and one with what can be done with it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from lianfang.foundation.accounts.four_eyes import barred
from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import allow_at, within
from lianfang.foundation.accounts.reading import reach
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.catalogue.listing import Page, Wanted, page_of
from lianfang.foundation.journal.queries import HistoryLine, approving_line, history_of
from lianfang.foundation.organisation.queries import unit_name, unit_names
from lianfang.foundation.organisation.rows import UnitKind
from lianfang.foundation.organisation.turns import Awaited, Turn, turn_in
from lianfang.foundation.parameters.definitions import BUREAU, COMMISSION, Deciders, Definition
from lianfang.foundation.parameters.inventory import BY_CODE
from lianfang.foundation.parameters.models import OPEN, Adjustment
from lianfang.foundation.parameters.queries.units import DecidingUnit
from lianfang.foundation.parameters.queries.values import in_force_on, prefixes
from lianfang.foundation.parameters.rows import AdjustmentRow
from lianfang.foundation.parameters.states import ADJUSTMENT, AdjustmentState
from lianfang.kernel.errors import Absent
from lianfang.kernel.lifecycle import Move

P = Permission


def visible_adjustments(actor: User) -> QuerySet[Adjustment]:
    """Adjustments of the actor's own units, whatever their state; what was approved for all; and of others, approved.

    The commission reads what its bureaus approved and, of its own, also what is only proposed (docs/decisions 0018).
    """
    approved = Q(approved_entry__isnull=False)
    own = actor.paths(P.PARAMETERS_READ)
    above = sorted({prefix for path in own for prefix in prefixes(path)})
    common = Q(unit__unit_kind=UnitKind.COMMISSION.value)
    deciding = common & (
        within(actor.paths(P.PARAMETERS_PROPOSE_COMMON)) | within(actor.paths(P.PARAMETERS_APPROVE_COMMON))
    )
    read = within(actor.paths(P.PARAMETERS_READ_APPROVED)) | within(own) | Q(unit_path__in=above)
    return Adjustment.objects.filter((within(own) & ~common) | deciding | (approved & read))


def own_decision(unit: DecidingUnit, code: str, day: datetime.date) -> str:
    """The text of the unit's own value on ``day``; "" where it has none."""
    held = in_force_on(day).filter(unit_path=unit.path, parameter=code).order_by("in_force_from", "approved_entry")
    return held.values_list("value", flat=True).last() or ""


def open_adjustment(unit: DecidingUnit, code: str) -> str:
    """The number of the adjustment of this parameter that is not decided yet; "" where there is none."""
    found = Adjustment.objects.filter(unit_path=unit.path, parameter=code, state__in=OPEN)
    return found.values_list("number", flat=True).first() or ""


@dataclass(frozen=True)
class AdjustmentLine:
    """One line of the list of adjustments."""

    row: AdjustmentRow
    unit_name: str


def adjustment_page(actor: User, wanted: Wanted) -> tuple[Page[Adjustment], list[AdjustmentLine]]:
    """One page of the adjustments that the actor may see."""
    paths = reach(actor, P.PARAMETERS_READ, P.PARAMETERS_READ_APPROVED)
    page = page_of(visible_adjustments(actor), AdjustmentRow.kind, paths, wanted, scoped=False)
    rows = [adjustment.to_row() for adjustment in page.records]
    names = unit_names(row.unit for row in rows)
    return page, [AdjustmentLine(row, names.get(row.unit, row.unit)) for row in rows]


@dataclass(frozen=True)
class AdjustmentDetail:
    """Everything that the page of one adjustment shows."""

    row: AdjustmentRow
    definition: Definition | None
    unit_name: str
    moves: tuple[Move[AdjustmentState], ...]
    barred: dict[str, str]
    turn: Turn | None
    revisable: bool
    history: tuple[HistoryLine, ...]


def adjustment_detail(actor: User, number: str) -> AdjustmentDetail:
    """One adjustment, and what the actor can do with it.

    Raises:
        Absent: no such adjustment, or not the actor's to see.
    """
    adjustment = adjustment_named(actor, number)
    row, definition = adjustment.to_row(), BY_CODE.get(adjustment.parameter)
    moves = tuple(moves_open_to(actor, adjustment))
    deciders, is_whole = deciders_of(adjustment), _reads_all(actor, adjustment)
    return AdjustmentDetail(
        row=row,
        definition=definition,
        unit_name=unit_name(row.unit),
        moves=tuple(step for step in moves if step.name != "revise"),
        barred=barred(actor, adjustment, {s.name: deciders.approve for s in moves if s.name == "approve"}),
        turn=turn_in(actor, adjustment, awaited_of(deciders)) if is_whole else None,
        revisable=any(step.name == "revise" for step in moves),
        # Whoever reads what was approved is told of the approval, and not how it came about.
        history=tuple(history_of(AdjustmentRow.kind, number) if is_whole else approving_line(adjustment)),
    )


def adjustment_to_revise(actor: User, number: str) -> AdjustmentDetail:
    """One adjustment, for somebody who may propose this parameter; whether it came back is for the action to say.

    Raises:
        Absent: no such adjustment, or not the actor's to see.
        Refused: the actor does not propose this parameter.
    """
    adjustment = adjustment_named(actor, number)
    allow_at(actor, deciders_of(adjustment).propose, adjustment.unit_path)
    return adjustment_detail(actor, number)


def _reads_all(actor: User, adjustment: Adjustment) -> bool:
    reading = (P.PARAMETERS_READ, deciders_of(adjustment).propose)
    return any(actor.may(permission, adjustment.unit_path) for permission in reading)


def awaited_of(deciders: Deciders) -> dict[str, Awaited]:
    """State → what it waits for; what was approved or withdrawn waits for nothing."""
    return {
        AdjustmentState.RETURNED.value: Awaited(deciders.propose, "修改后重新提出", is_writing=True),
        AdjustmentState.PROPOSED.value: Awaited(deciders.approve, "批准", four_eyes=True),
    }


def adjustment_named(actor: User, number: str) -> Adjustment:
    """The adjustment with this number.

    Raises:
        Absent: no such adjustment, or not the actor's to see.
    """
    found = visible_adjustments(actor).select_related("unit").filter(number=number).first()
    if found is None:
        raise Absent(f"没有找到编号为“{number}”的参数调整。")
    return found


def deciders_of(adjustment: Adjustment) -> Deciders:
    """Who decides on this adjustment; what no version knows any more is left to those who decide most."""
    if adjustment.unit.unit_kind == UnitKind.COMMISSION.value:
        return COMMISSION
    definition = BY_CODE.get(adjustment.parameter)
    return definition.deciders if definition else BUREAU


def moves_open_to(actor: User, adjustment: Adjustment) -> Iterable[Move[AdjustmentState]]:
    """Moves open in the adjustment's state and to this actor."""
    deciders = deciders_of(adjustment)
    needed = {"approve": deciders.approve, "return": deciders.approve}
    for step in ADJUSTMENT.from_state(AdjustmentState(adjustment.state)):
        if actor.may(needed.get(step.name, deciders.propose), adjustment.unit_path):
            yield step
