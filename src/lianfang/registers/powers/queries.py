"""Reading powers: what an actor may see, one page of the list, one power with all that its page needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from lianfang.foundation.accounts.four_eyes import barred
from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import visible
from lianfang.foundation.accounts.reading import Reading
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.catalogue.listing import Page, Wanted
from lianfang.foundation.journal.moves import open_steps
from lianfang.foundation.journal.queries import HistoryLine, frozen_copy
from lianfang.foundation.lint.before_submission import offers_submission, told_once
from lianfang.foundation.lint.entries import Fault
from lianfang.foundation.lint.queries import findings_about
from lianfang.foundation.organisation.queries import own_reach, post_rows, unit_name, unit_names, unit_paths, unit_rows
from lianfang.foundation.organisation.turns import Awaited, Turn, turn_in
from lianfang.kernel.errors import Absent, Invalid
from lianfang.kernel.findings import Finding
from lianfang.kernel.lifecycle import Move
from lianfang.kernel.rows import Change, differences
from lianfang.registers.laws.queries import laws_for
from lianfang.registers.laws.rows import LawRow
from lianfang.registers.laws.rules import LawIndex, unregistered_faults
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.powers.rules import RULES
from lianfang.registers.powers.rules.completeness import Completeness, completeness
from lianfang.registers.powers.rules.fields import empty_fields
from lianfang.registers.powers.rules.handing_in import hollow_power_fields
from lianfang.registers.powers.states import POWER, PowerState

NEEDED = {
    "submit": Permission.POWERS_SUBMIT,
    "withdraw": Permission.POWERS_SUBMIT,
    "clear": Permission.POWERS_CLEAR,
    "return": Permission.POWERS_RETURN,
    "check": Permission.POWERS_CHECK,
    "confirm": Permission.POWERS_CONFIRM,
    "reopen": Permission.POWERS_DRAFT,
    "retire": Permission.POWERS_RETIRE,
}
"""Move → the permission that it asks for."""
EXAMINING = frozenset({"clear", "check", "confirm"})
"""Moves that ask for four eyes: not for whoever wrote or submitted the power."""
AWAITED = {
    PowerState.DRAFT.value: Awaited(Permission.POWERS_SUBMIT, "填写完整后提交", is_writing=True),
    PowerState.UNDER_REVIEW.value: Awaited(Permission.POWERS_SUBMIT, "改好后提交", is_writing=True),
    PowerState.SUBMITTED.value: Awaited(Permission.POWERS_CLEAR, "清权", four_eyes=True),
    PowerState.CLEARED.value: Awaited(Permission.POWERS_CHECK, "审核合法性", four_eyes=True),
    PowerState.CHECKED.value: Awaited(Permission.POWERS_CONFIRM, "确权", four_eyes=True),
}
"""State → what it waits for; a confirmed power waits for nothing."""
ONCE_CONFIRMED = frozenset({PowerState.CONFIRMED, PowerState.RETIRED})
EDITABLE = frozenset({PowerState.DRAFT, PowerState.CONFIRMED, PowerState.UNDER_REVIEW})

AT_SUBMISSION = ("提交", "请修改这项职权，补齐以后再提交。")
"""What is done, and what is to be done first, in the refusal of a power that lacks its source or its duty."""

READING = Reading(
    PowerRow, Permission.POWERS_READ, Permission.POWERS_READ_APPROVED, frozenset({PowerState.RETIRED.value})
)
"""Who reads powers whole, and who only as they were confirmed."""


def visible_powers(actor: User) -> QuerySet[Power]:
    """All powers of the units the actor may read; only confirmed ones where the actor may read no drafts."""
    return visible(actor, Power.objects.all(), Permission.POWERS_READ, Permission.POWERS_READ_APPROVED)


@dataclass(frozen=True)
class PowerLine:
    """One line of the list."""

    row: PowerRow
    unit_name: str
    stale: bool


def power_page(actor: User, wanted: Wanted, only: Q | None = None) -> tuple[Page[Power], list[PowerLine]]:
    """One page of the power list, or of those that ``only`` leaves, and its lines."""
    page = READING.page(actor, visible_powers(actor), wanted, only=only)
    rows = READING.shown(actor, page.records)
    names = unit_names(row.unit for row, _ in rows)
    return page, [PowerLine(row, names.get(row.unit, row.unit), stale) for row, stale in rows]


@dataclass(frozen=True)
class PowerDetail:
    """Everything that the page of one power shows."""

    row: PowerRow
    unit_name: str
    completeness: Completeness | None
    """None where the power is retired: nobody mends it any more."""
    findings: tuple[Finding, ...]
    to_mend: tuple[Finding, ...]
    """What will stand in the way of handing it up, beside the errors among the findings; told whoever may submit."""
    history: tuple[HistoryLine, ...]
    moves: tuple[Move[PowerState], ...]
    barred: dict[str, str]
    turn: Turn | None
    editable: bool
    enters_risks: bool
    """Whether the actor goes on from here to the risk points of a confirmed power (S19 before S24)."""
    stale: bool
    since_approval: tuple[Change, ...]


def power_detail(actor: User, number: str) -> PowerDetail:
    """One power with its findings, its history and what the actor can do next.

    Raises:
        Absent: no such power, or not the actor's to see.
    """
    power = visible_powers(actor).filter(number=number).first()
    if power is None:
        raise Absent(f"没有找到编号为“{number}”的职权。")
    row, is_whole = READING.row_of(actor, power), READING.is_whole(actor, power)
    moves = tuple(moves_open_to(actor, power)) if is_whole else ()
    laws = laws_for(row.basis)
    findings, to_mend = told_once(
        row,
        power_findings(row, laws) if is_whole else (),
        tuple(faults_at_submission(row, laws)) if offers_submission(moves) else (),
        {"PWR001": empty_fields(row), "PWR006": ("time_limit",)},
    )
    return PowerDetail(
        row=row,
        unit_name=unit_name(row.unit),
        completeness=_completeness(row, laws),
        findings=findings,
        to_mend=to_mend,
        history=READING.history(actor, power),
        moves=moves,
        barred=barred(actor, power, {step.name: NEEDED[step.name] for step in moves if step.name in EXAMINING}),
        turn=turn_in(actor, power, AWAITED) if is_whole else None,
        editable=is_whole and row.state in EDITABLE and actor.may(Permission.POWERS_DRAFT, power.unit_path),
        enters_risks=row.state is PowerState.CONFIRMED and actor.may(Permission.RISKS_DRAFT, power.unit_path),
        stale=is_whole and power.stale,
        since_approval=_since_approval(power, row) if is_whole else (),
    )


def _completeness(row: PowerRow, laws: list[LawRow]) -> Completeness | None:
    return None if row.state is PowerState.RETIRED else completeness(row, LawIndex.of(laws), timezone.localdate())


def missing_foundation(row: PowerRow, act: str, remedy: str) -> Invalid | None:
    """What a power without a legal source or a matching duty is refused with (职权法定、权责一致, S19)."""
    missing = _missing_foundation(row)
    return _without_foundation(row, missing, act, remedy) if missing else None


def _missing_foundation(row: PowerRow) -> list[str]:
    return [row.headings[name] for name in ("basis", "duties") if not getattr(row, name)]


def _without_foundation(row: PowerRow, missing: Iterable[str], act: str, remedy: str) -> Invalid:
    return Invalid(f"{row.number} 没有写明{'、'.join(missing)}，不能{act}。", f"职权法定、权责一致：{remedy}")


def faults_at_submission(row: PowerRow, laws: list[LawRow]) -> Iterator[Fault]:
    """What keeps a power from being handed up, beside open errors (docs/decisions/0022); ``laws`` are for its basis."""
    for heading in _missing_foundation(row):
        refusal = _without_foundation(row, [heading], *AT_SUBMISSION)
        yield Fault(heading, f"{refusal.message}{refusal.remedy}")
    yield from hollow_power_fields(row)
    yield from (Fault(row.headings["basis"], told) for told in unregistered_faults(row.basis, laws))


def power_findings(row: PowerRow, laws: list[LawRow] | None = None) -> tuple[Finding, ...]:
    """What the rules have to say about one power, looked at together with the law table and the organisation.

    ``laws`` are those for its basis, where they are at hand.
    """
    path = unit_paths([row.unit]).get(row.unit, "?")
    reach = own_reach(path)
    cited = laws_for(row.basis) if laws is None else laws
    return findings_about(RULES, row, [*cited, *unit_rows(reach), *post_rows(reach)])


def moves_open_to(actor: User, power: Power) -> Iterator[Move[PowerState]]:
    """Moves of the lifecycle that are open in the power's state and to this actor."""
    for step in open_steps(power, POWER):
        if actor.may(NEEDED[step.name], power.unit_path):
            yield step


def power_rows(path: str = "") -> Iterator[PowerRow]:
    """All powers under ``path`` as Rows, in list order, streamed."""
    powers = Power.objects.filter(unit_path__gte=path, unit_path__lt=path + "~") if path else Power.objects.all()
    return (power.to_row() for power in powers.order_by("unit_path", "number").iterator(chunk_size=2_000))


def power_names_for(actor: User, numbers: Iterable[str]) -> dict[str, str]:
    """``number → name`` of the powers named, as the actor may read them; what nobody confirmed yet is left out."""
    found = list(visible_powers(actor).filter(number__in={number for number in numbers if number}))
    return {row.number: row.name for row in READING.rows(actor, found)}


def powers_shown(actor: User, numbers: Iterable[str]) -> dict[str, PowerRow]:
    """``number → row`` of the powers named: whole where the actor reads them, else as last confirmed.

    For whoever works on an entry that hangs on a power of another section; what nobody confirmed yet is left out.
    """
    confirmed_or_own = Q(approved_entry__isnull=False) | Q(pk__in=visible_powers(actor).values("pk"))
    found = Power.objects.filter(confirmed_or_own, number__in={number for number in numbers if number})
    return {row.number: row for row in READING.rows(actor, found.order_by("number"))}


def nameable_powers(actor: User, reach: str) -> QuerySet[Power]:
    """Powers under ``reach`` that an entry of the actor may hang on: those they read, and the confirmed ones.

    A draft of another section is no more to be named than one that does not exist.
    """
    confirmed = Q(approved_entry__isnull=False) | Q(state__in=[state.value for state in ONCE_CONFIRMED])
    known = confirmed | Q(pk__in=visible_powers(actor).values("pk"))
    return Power.objects.filter(known, unit_path__gte=reach, unit_path__lt=reach + "~")


def retired_among(numbers: Iterable[str]) -> frozenset[str]:
    """Those of the powers named that were taken off the list."""
    named = Power.objects.filter(number__in={number for number in numbers if number})
    return frozenset(named.filter(state=PowerState.RETIRED.value).values_list("number", flat=True))


def _since_approval(power: Power, row: PowerRow) -> tuple[Change, ...]:
    if not power.stale or power.approved_entry is None:
        return ()
    approved = frozen_copy(PowerRow, power.approved_entry)
    return tuple(change for change in differences(approved, row) if change.field in PowerRow.guarded)
