"""Writing regulations, each action in four beats: evaluate, draft, check, adopt, enforce (S34–S36)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import cast

from django.db import transaction
from django.db.models import F
from django.utils import timezone

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
from lianfang.foundation.organisation.demands import path_of
from lianfang.foundation.organisation.queries import own_reach, unit_paths
from lianfang.foundation.organisation.series import number_for, take_numbers
from lianfang.kernel.errors import Conflict, Invalid
from lianfang.kernel.substance import DECISION, ISSUING, KEEPING, RETURNING, demand_reason
from lianfang.registers.regulations.models import Regulation, RegulationPower
from lianfang.registers.regulations.queries import (
    EDITABLE,
    ONCE_ADOPTED,
    drafted_on,
    obstacles,
    powers_named_by,
    regulation_findings,
    unknown_powers,
    visible_regulations,
)
from lianfang.registers.regulations.rows import RegulationRow
from lianfang.registers.regulations.states import REGULATION, RegulationState

EVALUATION = ("change", "cause", "evaluation", "integrity_test", "reason_test", "effect_test")
"""Fields that an evaluation writes; the others belong to the regulation itself."""


@dataclass(frozen=True, slots=True)
class Issue:
    """How an adopted regulation is issued: its document number, and the day from which it binds."""

    document_number: str
    effective_on: datetime.date


@transaction.atomic
def create_regulation(*, actor: User, row: RegulationRow) -> RegulationRow:
    """Enter a regulation, existing or intended; a row without a number is given the next one."""
    path = path_of(row.unit)
    allow_at(actor, Permission.REGULATIONS_DRAFT, path)
    _demand_references(actor, row, path)
    number = number_for(row.number, row.unit, row.kind)
    fresh = replace(row, number=number, state=RegulationState.EVALUATED, version=1)
    regulation = Regulation.objects.create(unit_path=path, **columns_of(Regulation, fresh))
    _link([fresh])
    record(actor, Verb.CREATED, regulation)
    return regulation.to_row()


@transaction.atomic
def edit_regulation(*, actor: User, row: RegulationRow, expected_version: int, note: str = "") -> RegulationRow:
    """Change a regulation that is being evaluated; guarded fields of an approved one make its approval stale."""
    regulation = allow(actor, Permission.REGULATIONS_DRAFT, visible_regulations(actor), row.number)
    before = regulation.to_row()
    if before.state not in EDITABLE:
        raise Conflict(
            f"{before.number} 当前为“{before.state.label}”，不能修改。", "施行中的制度请先重新评估；审核中的请先退回。"
        )
    _demand_references(actor, row, regulation.unit_path, before)
    kept = replace(row, unit=before.unit, state=before.state, version=before.version)
    stale = regulation.stale or needs_review(regulation, before, kept)
    columns = columns_of(Regulation, kept)
    del columns["version"], columns["number"]
    change(regulation, expected_version, stale=stale, **columns)
    _link([kept])
    record(actor, Verb.EDITED, regulation, note=note)
    return regulation.to_row()


@transaction.atomic
def evaluate_regulation(*, actor: User, row: RegulationRow, expected_version: int, note: str = "") -> RegulationRow:
    """Write an evaluation: conclusion, cause (S34) and three tests (S35) of ``row``; one in force stays binding.

    Raises:
        Invalid: there is no conclusion, or a failing regulation has no cause.
    """
    regulation = allow(actor, Permission.REGULATIONS_DRAFT, visible_regulations(actor), row.number)
    _demand_sound_evaluation(row)
    written = columns_of(Regulation, row)
    columns = {name: written[name] for name in EVALUATION}
    if regulation.state == RegulationState.IN_FORCE.value:
        move(regulation, REGULATION, "evaluate", expected_version, **columns)
    elif regulation.state == RegulationState.EVALUATED.value:
        change(regulation, expected_version, **columns)
    else:
        raise Conflict(f"{row.number} 正在办理，不能评估。", "请等这一轮审核办完，或请审核人退回。")
    record(actor, Verb.REGULATION_EVALUATED, regulation, note=note)
    return regulation.to_row()


@transaction.atomic
def draft_regulation(*, actor: User, number: str, expected_version: int, note: str = "") -> RegulationRow:
    """Hand a new or revised text to the legal reviewer (S35)."""
    regulation = allow(actor, Permission.REGULATIONS_DRAFT, visible_regulations(actor), number)
    _demand_unblocked(regulation, "draft")
    move(regulation, REGULATION, "draft", expected_version, unless=regulation_findings(regulation.to_row()))
    record(actor, Verb.REGULATION_DRAFTED, regulation, note=note)
    return regulation.to_row()


@transaction.atomic
def return_regulation(*, actor: User, number: str, expected_version: int, note: str) -> RegulationRow:
    """Send a draft back with the reason, which the drafter needs in order to mend it."""
    regulation = allow(actor, Permission.REGULATIONS_RETURN, visible_regulations(actor), number)
    demand_reason(note, RETURNING)
    move(regulation, REGULATION, "return", expected_version)
    record(actor, Verb.RETURNED, regulation, note=note)
    return regulation.to_row()


@transaction.atomic
def check_regulation(*, actor: User, number: str, expected_version: int, note: str = "") -> RegulationRow:
    """The legal reviewer finds the draft lawful."""
    regulation = allow(actor, Permission.REGULATIONS_CHECK, visible_regulations(actor), number, by_another_hand=True)
    move(regulation, REGULATION, "check", expected_version)
    record(actor, Verb.REGULATION_CHECKED, regulation, note=note)
    return regulation.to_row()


@transaction.atomic
def adopt_regulation(*, actor: User, number: str, expected_version: int, basis: str) -> RegulationRow:
    """The Party group adopts the draft; ``basis`` names its minutes, and what was adopted is frozen in the journal."""
    regulation = allow(actor, Permission.REGULATIONS_ADOPT, visible_regulations(actor), number, by_another_hand=True)
    demand_reason(basis, DECISION, missing="制度须经局党组会审议，请填写会议纪要编号。")
    move(regulation, REGULATION, "adopt", expected_version, stale=False)
    approve(regulation, record(actor, Verb.REGULATION_ADOPTED, regulation, basis=basis))
    return regulation.to_row()


@transaction.atomic
def enforce_regulation(*, actor: User, number: str, expected_version: int, issue: Issue) -> RegulationRow:
    """Put an adopted regulation into force under its document number; the one that it replaces ends the same day.

    Raises:
        Invalid: no document number, a day that has not come yet, or one before the text was handed up.
    """
    regulation = allow(actor, Permission.REGULATIONS_ENFORCE, visible_regulations(actor), number)
    signed = demand_reason(issue.document_number, ISSUING)
    _demand_possible_day(regulation, issue.effective_on)
    move(
        regulation,
        REGULATION,
        "enforce",
        expected_version,
        document_number=signed,
        effective_on=issue.effective_on,
        in_effect=True,
    )
    # What binds is the adopted text with its number and day: freeze that.
    approve(regulation, record(actor, Verb.REGULATION_EFFECTIVE, regulation, basis=signed))
    _let_bind([regulation.to_row()])
    replaced = _end_replaced(actor, regulation)
    if replaced is not None:
        record(actor, Verb.REGULATION_REPEALED, replaced, basis=f"由 {number} {regulation.title} 替代")
    return regulation.to_row()


@transaction.atomic
def keep_regulation(*, actor: User, number: str, expected_version: int, basis: str) -> RegulationRow:
    """Keep a regulation in force after its evaluation; ``basis`` names the minutes or the original document."""
    regulation = allow(actor, Permission.REGULATIONS_ADOPT, visible_regulations(actor), number, by_another_hand=True)
    _demand_unblocked(regulation, "keep")
    demand_reason(basis, KEEPING)
    move(regulation, REGULATION, "keep", expected_version, stale=False, in_effect=True)
    approve(regulation, record(actor, Verb.REGULATION_EFFECTIVE, regulation, basis=basis))
    _let_bind([regulation.to_row()])
    return regulation.to_row()


@transaction.atomic
def repeal_regulation(*, actor: User, number: str, expected_version: int, basis: str) -> RegulationRow:
    """End a regulation that its evaluation found to be repealed; it stays readable with the reason."""
    regulation = allow(actor, Permission.REGULATIONS_ADOPT, visible_regulations(actor), number, by_another_hand=True)
    _demand_unblocked(regulation, "repeal")
    demand_reason(basis, DECISION, missing="废止制度须写明依据。")
    move(regulation, REGULATION, "repeal", expected_version, in_effect=False)
    record(actor, Verb.REGULATION_REPEALED, regulation, basis=basis)
    return regulation.to_row()


@transaction.atomic
def import_regulations(*, actor: User, rows: Sequence[RegulationRow], source: str, adopted: str = "") -> Stored:
    """Store an imported list: new regulations wait for their evaluation to be carried out, the rest is left alone.

    Raises:
        Conflict: a line would change a regulation that is in review or in force; nothing is stored.
        Invalid: a line names a power that does not exist.
    """
    paths, terms = unit_paths(row.unit for row in rows), terms_on(source, adopted)
    allowed, locked = allow_intake(actor, terms, paths.values()), terms.locked(_in_review)
    kept = powers_named_by(row.number for row in rows)
    for unit, path in paths.items():
        named = (number for row in rows if row.unit == unit for number in row.powers)
        _demand_own_powers(actor, [number for number in named if number not in kept], path)
    stored = store(
        Regulation, rows, lambda row: paths[row.unit], ignore=terms.ignored(), locked=locked, allowed=allowed
    )
    touched = {*stored.created, *stored.changed}
    _link([row for row in rows if row.number in touched])
    take_numbers(stored, allowed)
    record_many(actor, terms.verb, stored.changes, basis=terms.basis, note=source)
    if terms.adopted:
        approve_many(Regulation, stored.settled(ONCE_ADOPTED, REGULATION.initial))
        _let_bind(cast("list[RegulationRow]", stored.in_states({RegulationState.IN_FORCE})))
    return stored


def _in_review(regulation: Regulation) -> bool:
    return regulation.state != RegulationState.EVALUATED


def _let_bind(rows: Sequence[RegulationRow]) -> None:
    """What was just approved as being in force binds from now on, with the powers that this text names."""
    numbers = [row.number for row in rows]
    for start in range(0, len(numbers), 400):
        bound = Regulation.objects.filter(number__in=numbers[start : start + 400])
        bound.update(in_effect=True, binding_entry=F("approved_entry"))
    _link(rows, binding=True)


def _link(rows: Sequence[RegulationRow], *, binding: bool = False) -> None:
    """Write the table of coverage anew for these regulations: as their entries say, or as the text that binds says."""
    numbers = [row.number for row in rows]
    for start in range(0, len(numbers), 400):
        RegulationPower.objects.filter(regulation__number__in=numbers[start : start + 400], binding=binding).delete()
    links = [
        RegulationPower(regulation_id=row.number, power_id=power, binding=binding)
        for row in rows
        for power in dict.fromkeys(row.powers)
    ]
    RegulationPower.objects.bulk_create(links, batch_size=400)


def _end_replaced(actor: User, regulation: Regulation) -> Regulation | None:
    """The regulation that this one replaces, ended; ``None`` where there is none that this actor could end."""
    ending = {step.source.value for step in REGULATION.named("repeal")}
    old = Regulation.objects.filter(number=regulation.replaces, state__in=ending).first()
    if old is None or old.pk == regulation.pk or not actor.may(Permission.REGULATIONS_ENFORCE, old.unit_path):
        return None
    return move(old, REGULATION, "repeal", old.version, in_effect=False)


def _demand_unblocked(regulation: Regulation, name: str) -> None:
    reason = obstacles(regulation.to_row(), stale=regulation.stale).get(name)
    # In a state that does not allow the move, the move itself says so.
    if reason and any(step.source.value == regulation.state for step in REGULATION.named(name)):
        raise Invalid(reason, "请先填写或修改评估，再办理这一步。")


def _demand_sound_evaluation(row: RegulationRow) -> None:
    if row.change is None:
        raise Invalid("请填写评估结论。", "可以选：新建、修订、废止、保留。")
    tests = (row.integrity_test, row.reason_test, row.effect_test)
    unsaid = [test for test in tests if test.passed is False and not test.note]
    if unsaid:
        raise Invalid("没有通过的评估项要写明查到什么。", "例如：不通过：抽查 12 份记录，4 份没有签字。")


def _demand_possible_day(regulation: Regulation, day: datetime.date) -> None:
    if day > timezone.localdate():
        raise Invalid(f"施行日期 {day} 还没有到。", "请到施行当日再办理；在此之前它是“待施行”。")
    drafted = drafted_on(regulation.number)
    if drafted and day < drafted:
        raise Invalid(
            f"施行日期 {day} 早于这件制度送审的 {drafted}。",
            "请核对日期；以前就施行的制度，用“保留”或者导入已审定的清单登记。",
        )


def _demand_references(actor: User, row: RegulationRow, path: str, before: RegulationRow | None = None) -> None:
    """Let a regulation name powers of its own bureau and replace one of its own; what it names already may stay."""
    _demand_own_powers(actor, [number for number in row.powers if before is None or number not in before.powers], path)
    if not row.replaces or (before and row.replaces == before.replaces):
        return
    own = visible_regulations(actor).filter(number=row.replaces, unit_path__startswith=own_reach(path))
    if row.replaces == row.number or not own.exists():
        raise Invalid(f"本局没有登记被替代的制度“{row.replaces}”。", "请填写被替代制度的编号；没有的留空。")


def _demand_own_powers(actor: User, numbers: Iterable[str], path: str) -> None:
    unknown = unknown_powers(actor, numbers, own_reach(path))
    if unknown:
        raise Invalid(
            f"本局的权力清单里没有编号为“{'、'.join(unknown[:5])}”的职权。", "请核对职权编号，或先登记这些职权。"
        )
