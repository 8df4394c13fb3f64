"""Deciding parameters: one person proposes a value with the reason, another approves it with the minutes (S88)."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import allow, allow_at
from lianfang.foundation.journal.approval import approve
from lianfang.foundation.journal.moves import move
from lianfang.foundation.journal.recording import record
from lianfang.foundation.journal.records import columns_of
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.organisation.series import number_for
from lianfang.foundation.parameters.definitions import Deciders, Definition, definition_in
from lianfang.foundation.parameters.inventory import BY_CODE
from lianfang.foundation.parameters.models import Adjustment
from lianfang.foundation.parameters.queries.adjustments import (
    adjustment_named,
    deciders_of,
    open_adjustment,
    own_decision,
    visible_adjustments,
)
from lianfang.foundation.parameters.queries.units import DecidingUnit, deciding_unit
from lianfang.foundation.parameters.queries.values import parameters_for
from lianfang.foundation.parameters.rows import AdjustmentRow
from lianfang.foundation.parameters.states import ADJUSTMENT, AdjustmentState
from lianfang.kernel.errors import Conflict, Invalid, Refused
from lianfang.kernel.substance import ADJUSTING, DECISION, RETURNING, demand_reason


@transaction.atomic
def propose_adjustment(*, actor: User, row: AdjustmentRow) -> AdjustmentRow:
    """Propose a value for a unit; of the Row count unit, parameter, value, first day and reason.

    Raises:
        Invalid: out of range, nothing new, in the past, or without a reason.
        Conflict: another adjustment of this parameter is not decided yet.
        Refused: the actor does not propose this parameter, or the commission alone decides it.
    """
    unit, definition = deciding_unit(row.unit), definition_in(BY_CODE, row.parameter)
    allow_at(actor, _deciders(unit, definition).propose, unit.path)
    if waiting := open_adjustment(unit, definition.code):
        raise Conflict(f"“{definition.name}”已有一项调整 {waiting} 还没有批准。", "请先办结或撤回那一项，再提出新的。")
    fresh = replace(
        _sound(row, unit, definition),
        number=number_for("", unit.number, AdjustmentRow.kind),
        name=definition.name,
        proposer=actor.title,
        basis="",
        approver="",
        in_force_from=None,
        state=AdjustmentState.PROPOSED,
        version=1,
    )
    adjustment = Adjustment.objects.create(unit_path=unit.path, **columns_of(Adjustment, fresh))
    record(actor, Verb.PARAMETER_PROPOSED, adjustment, note=fresh.reason)
    return adjustment.to_row()


@transaction.atomic
def revise_adjustment(*, actor: User, row: AdjustmentRow, expected_version: int) -> AdjustmentRow:
    """Change a returned proposal (value, first day, reason) and propose it anew."""
    found = adjustment_named(actor, row.number)
    adjustment = allow(actor, deciders_of(found).propose, visible_adjustments(actor), row.number)
    definition = definition_in(BY_CODE, adjustment.parameter)
    wanted = replace(adjustment.to_row(), value=row.value, start=row.start, reason=row.reason)
    sound = _sound(wanted, deciding_unit(wanted.unit), definition)
    changed = {name: getattr(sound, name) for name in ("before", "value", "start", "reason")}
    move(adjustment, ADJUSTMENT, "revise", expected_version, proposer=actor.title, **changed)
    record(actor, Verb.PARAMETER_PROPOSED, adjustment, note=sound.reason)
    return adjustment.to_row()


@transaction.atomic
def approve_adjustment(*, actor: User, number: str, expected_version: int, basis: str) -> AdjustmentRow:
    """Put a value in force from the day asked for, and never before today: what was found earlier stays as it was.

    Raises:
        Invalid: no minutes, or the value is out of the range that is allowed now.
        Refused: the actor proposed it, or does not approve this parameter.
    """
    found = adjustment_named(actor, number)
    adjustment = allow(actor, deciders_of(found).approve, visible_adjustments(actor), number, by_another_hand=True)
    demand_reason(basis, DECISION, missing="批准参数须有依据，请填写会议纪要编号或文号。")
    definition, today = definition_in(BY_CODE, adjustment.parameter), timezone.localdate()
    if adjustment.value:
        definition.read(adjustment.value)
    move(
        adjustment,
        ADJUSTMENT,
        "approve",
        expected_version,
        approver=actor.title,
        basis=basis.strip(),
        before=_before(deciding_unit(adjustment.unit_id), definition),
        in_force_from=max(adjustment.start or today, today),
    )
    approve(adjustment, record(actor, Verb.PARAMETER_APPROVED, adjustment, basis=basis))
    return adjustment.to_row()


@transaction.atomic
def return_adjustment(*, actor: User, number: str, expected_version: int, note: str) -> AdjustmentRow:
    """Send a proposal back with the reason."""
    found = adjustment_named(actor, number)
    adjustment = allow(actor, deciders_of(found).approve, visible_adjustments(actor), number)
    demand_reason(note, RETURNING, remedy="请写清为什么不同意这个数值，或者还缺什么说明。")
    move(adjustment, ADJUSTMENT, "return", expected_version)
    record(actor, Verb.RETURNED, adjustment, note=note)
    return adjustment.to_row()


@transaction.atomic
def withdraw_adjustment(*, actor: User, number: str, expected_version: int, note: str = "") -> AdjustmentRow:
    """Take back a proposal that nobody approved; it stays readable."""
    found = adjustment_named(actor, number)
    adjustment = allow(actor, deciders_of(found).propose, visible_adjustments(actor), number)
    move(adjustment, ADJUSTMENT, "withdraw", expected_version)
    record(actor, Verb.WITHDRAWN, adjustment, note=note)
    return adjustment.to_row()


def _deciders(unit: DecidingUnit, definition: Definition) -> Deciders:
    deciders = unit.deciders(definition)
    if deciders is None:
        raise Refused(f"“{definition.name}”由纪委监委统一规定，{unit.name}不单独规定。", "请向纪委监委提出建议。")
    return deciders


def _sound(row: AdjustmentRow, unit: DecidingUnit, definition: Definition) -> AdjustmentRow:
    """The proposal with its value as it is stored and the value it would replace, if it can be decided at all."""
    today = timezone.localdate()
    own = own_decision(unit, definition.code, row.start or today)
    value = definition.written(definition.read(row.value)) if row.value.strip() else ""
    if value == own:
        held = f"已经规定为{definition.shown_text(own)}" if own else "没有单独规定"
        raise Invalid(f"{unit.name}对“{definition.name}”{held}，没有变化。", "请填写另一个数值。")
    if row.start and row.start < today:
        raise Invalid("生效日期不能早于今天：以前的检查结果不能随参数改变。", "请填写今天或以后的日期，或者留空。")
    reason = demand_reason(row.reason, ADJUSTING, repeats=(definition.name,))
    return replace(row, value=value, before=_before(unit, definition), reason=reason)


def _before(unit: DecidingUnit, definition: Definition) -> str:
    """What holds for the unit today, whoever decided it."""
    return definition.written(getattr(parameters_for(unit.path), definition.code))
