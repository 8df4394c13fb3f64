"""Writing risk points."""

from __future__ import annotations

import datetime
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import allow, allow_at
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.journal.approval import needs_review
from lianfang.foundation.journal.moves import change, move
from lianfang.foundation.journal.queries import approved_rows
from lianfang.foundation.journal.recording import record
from lianfang.foundation.journal.records import columns_of
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.lint.entries import demand_substance
from lianfang.foundation.organisation.demands import path_of
from lianfang.foundation.organisation.series import number_for
from lianfang.foundation.parameters.queries.values import parameters_for
from lianfang.kernel.errors import Conflict, Invalid, Refused
from lianfang.kernel.levels import Grade
from lianfang.kernel.substance import ENDING, REJECTING, REOPENING, RETURNING, demand_reason
from lianfang.registers.risks.models import Risk
from lianfang.registers.risks.queries.gradings import is_retired
from lianfang.registers.risks.queries.places import demand_own_finder, demand_own_power, fitting_place
from lianfang.registers.risks.queries.risks import (
    EDITABLE,
    draft_findings,
    faults_at_submission,
    merged_numbers,
    reopening_permission,
    visible_risks,
)
from lianfang.registers.risks.rows import RiskRow
from lianfang.registers.risks.rules.merging import drafting_fault, ending_fault, merging_fault
from lianfang.registers.risks.rules.rounds import months_before
from lianfang.registers.risks.states import RISK, RiskState


@transaction.atomic
def create_risk(*, actor: User, row: RiskRow) -> RiskRow:
    """Add a drafted risk point to its unit; a row without a number is given the next one, a grade is not taken over."""
    path = path_of(row.unit)
    allow_at(actor, Permission.RISKS_DRAFT, path)
    fitting_place(row.tier, row.unit, row.post)
    demand_own_power(actor, row.power, path)
    demand_own_finder(row.finder, path)
    number = number_for(row.number, row.unit, row.kind)
    ungraded = {name: getattr(RiskRow(number="", tier=row.tier, unit="", statement=""), name) for name in row.graded}
    fresh = replace(row, number=number, state=RiskState.DRAFT, version=1, merged_into="", **ungraded)
    risk = Risk.objects.create(unit_path=path, **columns_of(Risk, fresh))
    record(actor, Verb.CREATED, risk)
    return risk.to_row()


@transaction.atomic
def edit_risk(*, actor: User, row: RiskRow, expected_version: int, note: str = "") -> RiskRow:
    """Change the description; changing guarded fields of a live risk point reopens it and makes its approval stale.

    The grade, and all that it rests on, stays: only an approved grading writes it.

    Raises:
        Refused: the change would reopen the risk point, and its grade is decided on a higher level (S74).
    """
    risk = allow(actor, Permission.RISKS_DRAFT, visible_risks(actor), row.number)
    before = risk.to_row()
    if before.state not in EDITABLE:
        raise Conflict(f"{risk.number} 当前为“{before.state.label}”，不能修改。", "请先撤回，或请受理人退回后再改。")
    fitting_place(row.tier, before.unit, row.post)
    if row.power != before.power:
        demand_own_power(actor, row.power, risk.unit_path)
    if row.finder != before.finder:
        demand_own_finder(row.finder, risk.unit_path)
    graded = {name: getattr(before, name) for name in RiskRow.graded}
    kept = replace(row, unit=before.unit, state=before.state, version=before.version, merged_into="", **graded)
    reopened = needs_review(risk, before, kept)
    state = RiskState.UNDER_REVIEW if reopened and before.state is RiskState.LIVE else before.state
    if state is not before.state:
        _demand_reopening(actor, risk)
    columns = columns_of(Risk, replace(kept, state=state))
    del columns["version"], columns["number"]
    change(risk, expected_version, stale=risk.stale or reopened, **columns)
    record(actor, Verb.RISK_REVIEWED if state is not before.state else Verb.EDITED, risk, note=note)
    return risk.to_row()


@transaction.atomic
def submit_risk(*, actor: User, number: str, expected_version: int, note: str = "") -> RiskRow:
    """Hand a drafted risk point to the head of the unit; open errors in what the drafter wrote stand in the way.

    Raises:
        Invalid: a field says nothing of this risk (docs/decisions/0022).
    """
    risk = allow(actor, Permission.RISKS_DRAFT, visible_risks(actor), number)
    row = risk.to_row()
    move(risk, RISK, "submit", expected_version, unless=draft_findings(actor, row, risk.unit_path))
    demand_substance(number, faults_at_submission(row))
    record(actor, Verb.SUBMITTED, risk, note=note)
    return risk.to_row()


@transaction.atomic
def withdraw_risk(*, actor: User, number: str, expected_version: int, note: str = "") -> RiskRow:
    """Take back a submitted risk point that nobody has accepted yet.

    Raises:
        Invalid: others were merged into it.
    """
    risk = allow(actor, Permission.RISKS_DRAFT, visible_risks(actor), number)
    if fault := drafting_fault(number, merged_numbers(risk)):
        raise fault
    move(risk, RISK, "withdraw", expected_version)
    record(actor, Verb.WITHDRAWN, risk, note=note)
    return risk.to_row()


@transaction.atomic
def return_risk(*, actor: User, number: str, expected_version: int, note: str) -> RiskRow:
    """Send a risk point back to its drafter with the reason."""
    risk = allow(actor, Permission.RISKS_ACCEPT, visible_risks(actor), number)
    demand_reason(note, RETURNING)
    move(risk, RISK, "return", expected_version)
    record(actor, Verb.RETURNED, risk, note=note)
    return risk.to_row()


@transaction.atomic
def accept_risk(*, actor: User, number: str, expected_version: int, note: str = "") -> RiskRow:
    """The head of the unit takes the risk point on; it waits for its grading.

    Raises:
        Refused: the actor wrote it or handed it up (docs/decisions/0017).
    """
    risk = allow(actor, Permission.RISKS_ACCEPT, visible_risks(actor), number, by_another_hand=True)
    move(risk, RISK, "accept", expected_version)
    record(actor, Verb.RISK_ACCEPTED, risk, note=note)
    return risk.to_row()


@transaction.atomic
def reject_risk(*, actor: User, number: str, expected_version: int, note: str) -> RiskRow:
    """Do not take a proposed risk point on; it stays readable with the reason.

    Raises:
        Invalid: others were merged into it, and the reason does not name them.
    """
    risk = allow(actor, Permission.RISKS_ACCEPT, visible_risks(actor), number)
    demand_reason(note, REJECTING, missing="不予采纳必须写明理由。")
    if fault := ending_fault(number, merged_numbers(risk), "不予采纳", note):
        raise fault
    move(risk, RISK, "reject", expected_version)
    record(actor, Verb.RISK_REJECTED, risk, note=note)
    return risk.to_row()


@transaction.atomic
def merge_risk(*, actor: User, number: str, into: str, expected_version: int, note: str) -> RiskRow:
    """Merge a proposed risk point into another that says the same; it stays readable and points there.

    Raises:
        Invalid: the other is a draft or has ended, or is of another post or step.
    """
    risk = allow(actor, Permission.RISKS_ACCEPT, visible_risks(actor), number)
    target = allow(actor, Permission.RISKS_ACCEPT, visible_risks(actor), into)
    demand_reason(note, REJECTING, missing="合并必须写明理由。")
    if fault := merging_fault(risk.to_row(), target.to_row()):
        raise fault
    move(risk, RISK, "merge", expected_version, merged_into=into)
    record(actor, Verb.RISK_MERGED, risk, note=note)
    return risk.to_row()


@transaction.atomic
def reopen_risk(*, actor: User, number: str, expected_version: int, note: str) -> RiskRow:
    """Start the review of a live risk point, so that its content, grade or controls are looked at again (S66).

    Raises:
        Refused: its grade is decided on a higher level (S74).
    """
    risk = allow(actor, Permission.RISKS_READ, visible_risks(actor), number)
    _demand_reopening(actor, risk)
    remedy = "例如：依据的法律修改、发生苗头性问题、措施检验发现漏洞。"
    demand_reason(note, REOPENING, missing="启动复核时必须写明原因。", remedy=remedy)
    move(risk, RISK, "reopen", expected_version)
    record(actor, Verb.RISK_REVIEWED, risk, note=note)
    return risk.to_row()


@transaction.atomic
def close_risk(*, actor: User, number: str, expected_version: int, basis: str) -> RiskRow:
    """销号 on evidence; a high risk only some months after its grading (a parameter), or when its power is retired.

    Raises:
        Invalid: no evidence, too early, or others were merged into it and the evidence does not name them.
    """
    risk = allow(actor, Permission.RISKS_CLOSE, visible_risks(actor), number)
    demand_reason(basis, ENDING, missing="销号必须写明依据。")
    if fault := ending_fault(number, merged_numbers(risk), "销号", basis):
        raise fault
    months = parameters_for(risk.unit_path).months_clean
    _refuse_early_closing(approved_rows(RiskRow, [risk])[0], timezone.localdate(), months)
    move(risk, RISK, "close", expected_version)
    record(actor, Verb.RISK_CLOSED, risk, basis=basis)
    return risk.to_row()


def _refuse_early_closing(row: RiskRow, today: datetime.date, months: int) -> None:
    """``row`` is the risk point as approved: a draft that names another power, or another day, opens nothing."""
    if row.grade is not Grade.HIGH or is_retired(row.power):
        return
    remedy = f"高风险点须平稳运行满 {months} 个月，或职权取消以后，才能销号。"
    if row.graded_on is None:
        raise Invalid("高风险点没有定级日期，不知道平稳运行了多久，不能销号。", f"请先重新评级。{remedy}")
    if row.graded_on > months_before(today, months):
        raise Invalid(f"高风险点审定于 {row.graded_on}，不满 {months} 个月，职权也没有取消，不能销号。", remedy)


def _demand_reopening(actor: User, risk: Risk) -> None:
    needed = reopening_permission(risk)
    if risk.state == RiskState.LIVE.value and not actor.may(needed, risk.unit_path):
        raise Refused(
            f"{risk.number} 已经审定并在控，您没有{needed.label}的权限，不能启动复核，也不能改写它。",
            "请按等级请科室负责人（低）、分管领导（中）或党组书记（高）启动复核，再来修改。",
        )
