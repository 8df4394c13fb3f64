"""Writing powers, each action in four beats: allow, change, record, return."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import allow, allow_at, allow_intake
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.journal.approval import approve, approve_many, needs_review
from lianfang.foundation.journal.moves import change, move
from lianfang.foundation.journal.recording import record, record_many
from lianfang.foundation.journal.records import columns_of
from lianfang.foundation.journal.storing import Stored, store
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.lint.adopting import terms_on
from lianfang.foundation.lint.entries import demand_substance
from lianfang.foundation.organisation.demands import path_of
from lianfang.foundation.organisation.queries import unit_paths
from lianfang.foundation.organisation.series import number_for, take_numbers
from lianfang.kernel.errors import Conflict
from lianfang.kernel.substance import DECISION, ENDING, REOPENING, RETURNING, demand_reason
from lianfang.registers.laws.queries import laws_for
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.queries import (
    AT_SUBMISSION,
    EDITABLE,
    ONCE_CONFIRMED,
    faults_at_submission,
    missing_foundation,
    power_findings,
    visible_powers,
)
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.powers.states import POWER, PowerState


@transaction.atomic
def create_power(*, actor: User, row: PowerRow) -> PowerRow:
    """Add a drafted power to its unit's list; a row without a number is given the next one."""
    path = path_of(row.unit)
    allow_at(actor, Permission.POWERS_DRAFT, path)
    number = number_for(row.number, row.unit, row.kind)
    fresh = replace(row, number=number, state=PowerState.DRAFT, version=1)
    power = Power.objects.create(unit_path=path, **columns_of(Power, fresh))
    record(actor, Verb.CREATED, power)
    return power.to_row()


@transaction.atomic
def edit_power(*, actor: User, row: PowerRow, expected_version: int, note: str = "") -> PowerRow:
    """Change a power's fields; changing guarded fields of a confirmed power reopens it and makes its approval stale.

    Raises:
        Conflict: it is in a state in which nobody edits it.
    """
    power = allow(actor, Permission.POWERS_DRAFT, visible_powers(actor), row.number)
    before = power.to_row()
    if before.state not in EDITABLE:
        raise Conflict(f"{power.number} 当前为“{before.state.label}”，不能修改。", "请先撤回，或请审核人退回后再改。")
    kept = replace(row, unit=before.unit, state=before.state, version=before.version)
    reopened = needs_review(power, before, kept)
    state = PowerState.UNDER_REVIEW if reopened and before.state is PowerState.CONFIRMED else before.state
    columns = columns_of(Power, replace(kept, state=state))
    del columns["version"], columns["number"]
    change(power, expected_version, stale=power.stale or reopened, **columns)
    record(actor, Verb.POWER_REOPENED if state is not before.state else Verb.EDITED, power, note=note)
    return power.to_row()


@transaction.atomic
def submit_power(*, actor: User, number: str, expected_version: int, note: str = "") -> PowerRow:
    """Hand a drafted power to the head of the unit for 清权; open errors stand in the way.

    Raises:
        Invalid: the power has no legal source or no matching duty; better said here than before the Party group (S19).
            Or a field is hollow, or its basis is nowhere to be looked up (docs/decisions/0022).
    """
    power = allow(actor, Permission.POWERS_SUBMIT, visible_powers(actor), number)
    row = power.to_row()
    _demand_source_and_duty(row, *AT_SUBMISSION)
    move(power, POWER, "submit", expected_version, unless=power_findings(row))
    demand_substance(number, faults_at_submission(row, laws_for(row.basis)))
    record(actor, Verb.SUBMITTED, power, note=note)
    return power.to_row()


@transaction.atomic
def withdraw_power(*, actor: User, number: str, expected_version: int, note: str = "") -> PowerRow:
    """Take back a submitted power that nobody has cleared yet."""
    power = allow(actor, Permission.POWERS_SUBMIT, visible_powers(actor), number)
    move(power, POWER, "withdraw", expected_version)
    record(actor, Verb.WITHDRAWN, power, note=note)
    return power.to_row()


@transaction.atomic
def return_power(*, actor: User, number: str, expected_version: int, note: str) -> PowerRow:
    """Send a power back to its drafter with the reason, which the drafter needs in order to mend it."""
    power = allow(actor, Permission.POWERS_RETURN, visible_powers(actor), number)
    demand_reason(note, RETURNING)
    move(power, POWER, "return", expected_version)
    record(actor, Verb.RETURNED, power, note=note)
    return power.to_row()


@transaction.atomic
def clear_power(*, actor: User, number: str, expected_version: int, note: str = "") -> PowerRow:
    """清权: the head of the unit confirms that the section really exercises this power in this way (S19)."""
    power = allow(actor, Permission.POWERS_CLEAR, visible_powers(actor), number, by_another_hand=True)
    move(power, POWER, "clear", expected_version, unless=power_findings(power.to_row()))
    record(actor, Verb.POWER_CLEARED, power, note=note)
    return power.to_row()


@transaction.atomic
def check_power(*, actor: User, number: str, expected_version: int, note: str = "") -> PowerRow:
    """The legal reviewer finds the basis sound and in force (S19)."""
    power = allow(actor, Permission.POWERS_CHECK, visible_powers(actor), number, by_another_hand=True)
    move(power, POWER, "check", expected_version)
    record(actor, Verb.POWER_CHECKED, power, note=note)
    return power.to_row()


@transaction.atomic
def confirm_power(*, actor: User, number: str, expected_version: int, basis: str) -> PowerRow:
    """确权 by the Party group: ``basis`` names its minutes; what is confirmed is frozen in the journal.

    Raises:
        Invalid: no minutes, or the power has no legal source or no matching duty (职权法定、权责一致, S19).
    """
    power = allow(actor, Permission.POWERS_CONFIRM, visible_powers(actor), number, by_another_hand=True)
    demand_reason(basis, DECISION, missing="确权须经局党组会研究，请填写会议纪要编号。")
    _demand_source_and_duty(power.to_row(), "确权", "请退回，补齐以后重新提交。")
    move(power, POWER, "confirm", expected_version, stale=False)
    approve(power, record(actor, Verb.POWER_CONFIRMED, power, basis=basis))
    return power.to_row()


@transaction.atomic
def reopen_power(*, actor: User, number: str, expected_version: int, note: str) -> PowerRow:
    """Start the review of a confirmed power, for example because its basis was repealed (S65)."""
    power = allow(actor, Permission.POWERS_DRAFT, visible_powers(actor), number)
    remedy = "例如：依据的法律已废止、上级调整职权、检查发现新问题。"
    demand_reason(note, REOPENING, missing="启动复核时必须写明原因。", remedy=remedy)
    move(power, POWER, "reopen", expected_version)
    record(actor, Verb.POWER_REOPENED, power, note=note)
    return power.to_row()


@transaction.atomic
def retire_power(*, actor: User, number: str, expected_version: int, basis: str) -> PowerRow:
    """Take a power off the list; it stays readable with the reason (C2: the fee power that ended)."""
    power = allow(actor, Permission.POWERS_RETIRE, visible_powers(actor), number)
    demand_reason(basis, ENDING, missing="取消职权须写明依据。")
    move(power, POWER, "retire", expected_version)
    record(actor, Verb.POWER_RETIRED, power, basis=basis)
    return power.to_row()


@transaction.atomic
def import_powers(*, actor: User, rows: Sequence[PowerRow], source: str, adopted: str = "") -> Stored:
    """Store an imported list: new powers as drafts, changed drafts updated, the rest left alone.

    With ``adopted`` (the decision by which it was approved before this system) states are taken over too.

    Raises:
        Conflict: a line would change a power that is past drafting, or, adopting, one that was confirmed here.
        Invalid: an adopted line is in a state halfway.
    """
    paths, terms = unit_paths(row.unit for row in rows), terms_on(source, adopted)
    allowed, locked = allow_intake(actor, terms, paths.values()), terms.locked(_past_drafting)
    stored = store(Power, rows, lambda row: paths[row.unit], ignore=terms.ignored(), locked=locked, allowed=allowed)
    take_numbers(stored, allowed)
    record_many(actor, terms.verb, stored.changes, basis=terms.basis, note=source)
    if terms.adopted:
        approve_many(Power, stored.settled(ONCE_CONFIRMED, POWER.initial))
    return stored


def _demand_source_and_duty(row: PowerRow, act: str, remedy: str) -> None:
    if refusal := missing_foundation(row, act, remedy):
        raise refusal


def _past_drafting(power: Power) -> bool:
    return power.state not in {PowerState.DRAFT, PowerState.UNDER_REVIEW}
