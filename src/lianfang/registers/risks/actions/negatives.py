"""Writing negative lists (S23)."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import allow, allow_at
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.journal.approval import approve, needs_review
from lianfang.foundation.journal.moves import change, move
from lianfang.foundation.journal.recording import record
from lianfang.foundation.journal.records import columns_of
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.organisation.demands import path_of
from lianfang.foundation.organisation.series import number_for
from lianfang.kernel.errors import Conflict, Invalid
from lianfang.kernel.substance import ENDING, REOPENING, RETURNING, demand_reason
from lianfang.registers.risks.models import Negative
from lianfang.registers.risks.queries.negatives import negative_findings, visible_negatives
from lianfang.registers.risks.queries.places import demand_own_power, fitting_place
from lianfang.registers.risks.rows import NegativeRow
from lianfang.registers.risks.states import NEGATIVE, NegativeState


@transaction.atomic
def create_negative(*, actor: User, row: NegativeRow) -> NegativeRow:
    """Add a drafted item to a negative list."""
    path = path_of(row.unit)
    allow_at(actor, Permission.RISKS_DRAFT, path)
    fitting_place(row.tier, row.unit, row.post)
    demand_own_power(actor, row.power, path)
    number = number_for(row.number, row.unit, row.kind)
    fresh = replace(row, number=number, state=NegativeState.DRAFT, version=1)
    item = Negative.objects.create(unit_path=path, **columns_of(Negative, fresh))
    record(actor, Verb.CREATED, item)
    return item.to_row()


@transaction.atomic
def edit_negative(*, actor: User, row: NegativeRow, expected_version: int, note: str = "") -> NegativeRow:
    """Change a drafted item; one that was approved before becomes stale, and its approved text stays in force."""
    item = allow(actor, Permission.RISKS_DRAFT, visible_negatives(actor), row.number)
    before = item.to_row()
    if before.state is not NegativeState.DRAFT:
        raise Conflict(
            f"{item.number} 当前为“{before.state.label}”，不能修改。", "待审定的请审定人退回；已审定的先启动修订。"
        )
    fitting_place(row.tier, before.unit, row.post)
    if row.power != before.power:
        demand_own_power(actor, row.power, item.unit_path)
    kept = replace(row, unit=before.unit, state=before.state, version=before.version)
    columns = columns_of(Negative, kept)
    del columns["version"], columns["number"]
    change(item, expected_version, stale=item.stale or needs_review(item, before, kept), **columns)
    record(actor, Verb.EDITED, item, note=note)
    return item.to_row()


@transaction.atomic
def submit_negative(*, actor: User, number: str, expected_version: int, note: str = "") -> NegativeRow:
    """Hand an item over for approval; it must hang on a power or a duty (S23), and open errors stand in the way."""
    item = allow(actor, Permission.RISKS_DRAFT, visible_negatives(actor), number)
    row = item.to_row()
    if not row.power and not row.duty.strip():
        raise Invalid("负面清单条目必须对应一项职权或职责。", "请选择职权，或写明它出自哪一项岗位职责。")
    move(item, NEGATIVE, "submit", expected_version, unless=negative_findings(row, item.unit_path))
    record(actor, Verb.SUBMITTED, item, note=note)
    return item.to_row()


@transaction.atomic
def return_negative(*, actor: User, number: str, expected_version: int, note: str) -> NegativeRow:
    """Send an item back to its drafter with the reason."""
    item = allow(actor, Permission.NEGATIVE_APPROVE, visible_negatives(actor), number)
    demand_reason(note, RETURNING)
    move(item, NEGATIVE, "return", expected_version)
    record(actor, Verb.RETURNED, item, note=note)
    return item.to_row()


@transaction.atomic
def approve_negative(*, actor: User, number: str, expected_version: int, note: str = "") -> NegativeRow:
    """Approve an item; exactly this text is frozen in the journal and printed from now on."""
    item = allow(actor, Permission.NEGATIVE_APPROVE, visible_negatives(actor), number, by_another_hand=True)
    move(item, NEGATIVE, "approve", expected_version, stale=False)
    approve(item, record(actor, Verb.NEGATIVE_APPROVED, item, note=note))
    return item.to_row()


@transaction.atomic
def reopen_negative(*, actor: User, number: str, expected_version: int, note: str) -> NegativeRow:
    """Start the revision of an approved item; until the revision is approved the old text stays in force."""
    item = allow(actor, Permission.RISKS_DRAFT, visible_negatives(actor), number)
    remedy = "例如：职责调整、依据修改、检查发现新问题。"
    demand_reason(note, REOPENING, missing="启动修订时必须写明原因。", remedy=remedy)
    move(item, NEGATIVE, "reopen", expected_version)
    record(actor, Verb.NEGATIVE_REOPENED, item, note=note)
    return item.to_row()


@transaction.atomic
def retire_negative(*, actor: User, number: str, expected_version: int, basis: str) -> NegativeRow:
    """Take an approved item off the list; it stays readable with the reason."""
    item = allow(actor, Permission.NEGATIVE_APPROVE, visible_negatives(actor), number)
    demand_reason(basis, ENDING, missing="撤销条目须写明依据。")
    move(item, NEGATIVE, "retire", expected_version)
    record(actor, Verb.NEGATIVE_RETIRED, item, basis=basis)
    return item.to_row()
