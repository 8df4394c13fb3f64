"""Writing programmes, each action in four beats: allow, change, record, return."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import allow, allow_at
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.catalogue.numbers import claim, note_used
from lianfang.foundation.journal.approval import approve
from lianfang.foundation.journal.moves import change, move
from lianfang.foundation.journal.recording import record, record_many
from lianfang.foundation.journal.records import columns_of
from lianfang.foundation.journal.storing import Stored, store
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.organisation.demands import path_of
from lianfang.foundation.organisation.queries import unit_paths, unit_rows
from lianfang.kernel.errors import Conflict, Invalid
from lianfang.kernel.numbering import prefix_of
from lianfang.kernel.substance import ORGANISING, REJECTING, demand_reason, reason_if_given
from lianfang.programme.plans.comparing import unknown_citations
from lianfang.programme.plans.correcting import with_following_ticks, with_years
from lianfang.programme.plans.drafting import (
    MOST_ITEMS,
    Origin,
    demand_text,
    obstacles,
    unknown_recipients,
    with_settled,
)
from lianfang.programme.plans.models import (
    Deliverable,
    PeriodicDuty,
    PlanReceipt,
    PlanText,
    Programme,
    Stage,
    Submission,
    Task,
)
from lianfang.programme.plans.owed_rows import Came, ReceiptRow, SubmissionRow
from lianfang.programme.plans.owing import Owed, owed_by
from lianfang.programme.plans.programme_rows import ProgrammeRow
from lianfang.programme.plans.queries.programmes import units_of, visible_deliverables, visible_programmes
from lianfang.programme.plans.queries.reading import draft_from, findings_against, origin_for, twin_of
from lianfang.programme.plans.queries.receipts import visible_receipts
from lianfang.programme.plans.queries.upstream import obligations_above
from lianfang.programme.plans.rows import PlanRow
from lianfang.programme.plans.states import PROGRAMME, RECEIPT, SUBMISSION, ProgrammeState


@transaction.atomic
def start_plan(*, actor: User, unit: str, text: str, source_name: str, read: PlanRow | None = None) -> ProgrammeRow:
    """Read a plan for a bureau and keep it as a draft, together with its text (S2, S87).

    ``read`` is what ``read_ahead`` made of the text: doors to the outside read before they come here, so that nobody
    waits for a lock that is held while a long text is read.

    Raises:
        Invalid: there is no text, too much of it, more items than any plan has, or no such bureau.
        Conflict: the bureau has the very same text already, and did not discard it.
    """
    path = path_of(unit)
    allow_at(actor, Permission.PLANS_DRAFT, path)
    demand_text(text)
    number = claim(prefix_of(unit, ProgrammeRow.kind))[0]
    # Only now: whoever sends the same text at the same moment waits for the number, and then finds this programme.
    _demand_new(unit, text)
    draft = draft_from(text, number, origin_for(unit, source_name), read)
    _check_size(draft)
    programme = Programme.objects.create(unit_path=path, **columns_of(Programme, draft))
    PlanText.objects.create(programme=programme, text=text)
    record(actor, Verb.CREATED, programme, note=f"读入方案：{source_name}")
    return programme.to_row()


@transaction.atomic
def correct_plan(*, actor: User, row: ProgrammeRow, expected_version: int) -> ProgrammeRow:
    """Store what a person corrected in the reading; number, bureau, text and state are not theirs to change."""
    programme = allow(actor, Permission.PLANS_DRAFT, visible_programmes(actor), row.number)
    before = programme.to_row()
    if before.state is not ProgrammeState.DRAFT:
        raise Conflict(f"{before.number} {before.state.label}，不能再改。", "请刷新页面。")
    kept = replace(
        row, unit=before.unit, source_name=before.source_name, text_digest=before.text_digest, state=before.state
    )
    origin = origin_for(before.unit)
    if strangers := unknown_recipients(kept, origin):
        raise Invalid("有的签收单位对不上，修改没有保存。", "请只勾选列出的单位。", details=strangers)
    if strangers := unknown_citations(kept, obligations_above(kept)):
        raise Invalid(
            "有的内容对不上上级方案，修改没有保存。", "请核对上级文件的文号，或改选落实的事项。", details=strangers
        )
    columns = columns_of(Programme, with_settled(_followed(kept, before, origin), origin))
    del columns["version"], columns["number"]
    change(programme, expected_version, **columns)
    record(actor, Verb.EDITED, programme)
    return programme.to_row()


def _followed(row: ProgrammeRow, before: ProgrammeRow, origin: Origin) -> ProgrammeRow:
    """The correction with what follows from it: years of dates typed without one, ticks of retyped wordings."""
    return with_following_ticks(with_years(row), before, origin.units, origin.bureau)


@transaction.atomic
def confirm_plan(*, actor: User, number: str, expected_version: int, basis: str = "") -> ProgrammeRow:
    """Freeze the corrected plan in the journal and create what it owes and the list of who is to sign for it (S1).

    Raises:
        Invalid: errors of the programme (PRG) are open, or a date or a name without which nothing can be created.
    """
    programme = allow(actor, Permission.PLANS_CONFIRM, visible_programmes(actor), number, by_another_hand=True)
    basis = reason_if_given(basis, ORGANISING)
    row = programme.to_row()
    missing = (*obstacles(row), *unknown_recipients(row, origin_for(row.unit)))
    if missing:
        raise Invalid("方案还缺必要的内容，不能确认。", "请先补齐下列内容并保存。", details=missing)
    move(programme, PROGRAMME, "confirm", expected_version, unless=findings_against(row), stale=False)
    approve(programme, record(actor, Verb.PLAN_CONFIRMED, programme, basis=basis))
    owed = owed_by(row, unit_rows(), units_of(row.unit))
    for stored in _store_parts(owed, programme.unit_path):
        record_many(actor, Verb.CREATED, stored.changes, basis=basis, note=f"确认方案 {number}")
    return programme.to_row()


@transaction.atomic
def discard_plan(*, actor: User, number: str, expected_version: int, note: str) -> ProgrammeRow:
    """Give up a draft, for example of the wrong file; it stays readable with the reason."""
    programme = allow(actor, Permission.PLANS_DRAFT, visible_programmes(actor), number)
    demand_reason(note, REJECTING, missing="作废时必须写明理由。", remedy="例如：读错了文件，另行读入。")
    move(programme, PROGRAMME, "discard", expected_version)
    record(actor, Verb.WITHDRAWN, programme, note=note)
    return programme.to_row()


@transaction.atomic
def register_submissions(*, actor: User, deliverable: str, came: Sequence[Came]) -> tuple[SubmissionRow, ...]:
    """Note for one deliverable which units handed it in on which day, or take a note back (S31).

    Only what differs is written; the day may lie before today and before the day of the note.

    Raises:
        Invalid: a day lies in the future, or a unit does not owe this deliverable.
        Conflict: somebody else noted the same cell meanwhile.
    """
    kept = allow(actor, Permission.PLANS_DRAFT, visible_deliverables(actor), deliverable)
    owing = {one.unit_id: one for one in Submission.objects.filter(deliverable=kept).select_related("unit")}
    noted = [_note(owing, one) for one in came]
    for submission in filter(None, noted):
        verb = Verb.SUBMISSION_CAME if submission.submitted_on else Verb.SUBMISSION_REOPENED
        record(actor, verb, submission, note=kept.name)
    return tuple(submission.to_row() for submission in noted if submission)


@transaction.atomic
def acknowledge_plan(*, actor: User, number: str, expected_version: int) -> ReceiptRow:
    """Sign for a plan on behalf of one unit that it is addressed to, once (S1); ``number`` is that of the receipt."""
    receipt = allow(actor, Permission.PLANS_RECEIVE, visible_receipts(actor), number)
    today = timezone.localdate()
    move(receipt, RECEIPT, "acknowledge", expected_version, received_by=actor.title, received_on=today)
    record(actor, Verb.PLAN_RECEIVED, receipt, note=receipt.programme.title)
    return receipt.to_row()


def _note(owing: dict[str, Submission], one: Came) -> Submission | None:
    """The submission as noted, ``None`` where nothing changes."""
    submission = owing.get(one.unit)
    if submission is None:
        raise Invalid(f"单位“{one.unit}”不用报送这份材料。", "请刷新页面后再登记。")
    if submission.submitted_on == one.day:
        return None
    if one.day and one.day > timezone.localdate():
        raise Invalid(f"{submission.unit.name}的报送日期{one.day.isoformat()}还没有到。", "请填写实际收到的日期。")
    if one.day and submission.submitted_on:
        return change(submission, one.version, submitted_on=one.day)
    return move(submission, SUBMISSION, "receive" if one.day else "take-back", one.version, submitted_on=one.day)


def _store_parts(owed: Owed, path: str) -> list[Stored]:
    """Store every part at the bureau, except submissions and receipts, which lie at the unit that is to act."""
    paths = unit_paths({row.unit for row in owed.submissions} | {row.unit for row in owed.receipts})
    parts: tuple[tuple[type[models.Model], Sequence[Any]], ...] = (
        (Stage, owed.stages),
        (Task, owed.tasks),
        (Deliverable, owed.deliverables),
        (Submission, owed.submissions),
        (PeriodicDuty, owed.duties),
        (PlanReceipt, owed.receipts),
    )
    stored = [store(model, rows, lambda row: paths.get(getattr(row, "unit", ""), path)) for model, rows in parts]
    note_used(number for done in stored for number in done.created)
    return stored


def _demand_new(unit: str, text: str) -> None:
    if twin := twin_of(unit, text):
        remedy = (
            "请打开那一份；读错了要重读的，先作废它。" if twin.state == ProgrammeState.DRAFT.value else "不用再读。"
        )
        state = ProgrammeState(twin.state).label
        raise Conflict(f"一字不差的正文已经读入过，是 {twin.number}《{twin.title}》（{state}）。", remedy)


def _check_size(draft: ProgrammeRow) -> None:
    items = sum(len(listed) for listed in (draft.stages, draft.tasks, draft.deadlines, draft.duties))
    if items > MOST_ITEMS:
        raise Invalid(
            f"读出了 {items} 项任务和期限，一份方案没有这么多。", "请只留方案正文，去掉附件、汇编和其他文件后再读。"
        )
