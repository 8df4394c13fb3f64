"""Reading regulations: what an actor may see, one page of the list, one regulation with all that its page needs."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from lianfang.foundation.accounts.four_eyes import barred
from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import allow_at, within
from lianfang.foundation.accounts.reading import Reading
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.catalogue.listing import Page, Wanted
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.journal.queries import HistoryLine, frozen_copies, frozen_copy, is_as_approved
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.lint.queries import findings_about
from lianfang.foundation.organisation.models import Unit
from lianfang.foundation.organisation.queries import bureau_paths_of, bureaus_under, unit_name, unit_names, unit_paths
from lianfang.foundation.organisation.turns import Awaited, Turn, turn_in
from lianfang.kernel.errors import Absent, Conflict
from lianfang.kernel.findings import Finding
from lianfang.kernel.lifecycle import Move
from lianfang.kernel.rows import Change, differences
from lianfang.registers.laws.queries import laws_for
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.queries import nameable_powers, power_names_for, powers_shown, visible_powers
from lianfang.registers.powers.states import PowerState
from lianfang.registers.regulations.models import Regulation, RegulationPower
from lianfang.registers.regulations.rows import BindingRow, ChangeKind, RegulationRow
from lianfang.registers.regulations.rules import RULES
from lianfang.registers.regulations.states import REGULATION, RegulationState

NEEDED = {
    "draft": Permission.REGULATIONS_DRAFT,
    "keep": Permission.REGULATIONS_ADOPT,
    "return": Permission.REGULATIONS_RETURN,
    "check": Permission.REGULATIONS_CHECK,
    "adopt": Permission.REGULATIONS_ADOPT,
    "enforce": Permission.REGULATIONS_ENFORCE,
    "evaluate": Permission.REGULATIONS_DRAFT,
    "repeal": Permission.REGULATIONS_ADOPT,
}
"""Move → the permission that it asks for."""
AWAITED = {
    RegulationState.DRAFTED.value: Awaited(Permission.REGULATIONS_CHECK, "审核合法性", four_eyes=True),
    RegulationState.CHECKED.value: Awaited(Permission.REGULATIONS_ADOPT, "审议", four_eyes=True),
    RegulationState.ADOPTED.value: Awaited(Permission.REGULATIONS_ENFORCE, "发布施行"),
}
"""State → what it waits for; what follows an evaluation depends on its conclusion."""
CONCLUDED = {
    ChangeKind.NEW: Awaited(Permission.REGULATIONS_DRAFT, "提交草案", is_writing=True),
    ChangeKind.REVISE: Awaited(Permission.REGULATIONS_DRAFT, "提交修订草案", is_writing=True),
    ChangeKind.KEEP: Awaited(Permission.REGULATIONS_ADOPT, "决定保留", four_eyes=True),
    ChangeKind.REPEAL: Awaited(Permission.REGULATIONS_ADOPT, "决定废止", four_eyes=True),
}
"""Conclusion of an evaluation → what the regulation waits for."""
EXAMINING = frozenset({"check", "adopt", "keep", "repeal"})
"""Moves that ask for four eyes: not for whoever evaluated, wrote or submitted the regulation."""
ONCE_ADOPTED = frozenset({RegulationState.ADOPTED, RegulationState.IN_FORCE, RegulationState.REPEALED})
EDITABLE = frozenset({RegulationState.EVALUATED})
EVALUABLE = frozenset({RegulationState.EVALUATED, RegulationState.IN_FORCE})


READING = Reading(
    RegulationRow,
    Permission.REGULATIONS_READ,
    Permission.REGULATIONS_READ_APPROVED,
    frozenset({RegulationState.REPEALED.value}),
)
"""Who reads regulations whole, and who only as they were adopted: the commission, and the bureau that they bind."""


def visible_regulations(actor: User) -> QuerySet[Regulation]:
    """Regulations of the units the actor may read, and whatever binds the actor's own bureau today.

    Whoever may read only what is approved (the commission) sees no drafts.
    """
    paths = actor.paths(Permission.REGULATIONS_READ)
    condition = within(paths) | (within(bureau_paths_of(paths)) & Q(in_effect=True))
    condition |= within(actor.paths(Permission.REGULATIONS_READ_APPROVED)) & Q(approved_entry__isnull=False)
    return Regulation.objects.filter(condition)


def readable_paths(actor: User) -> tuple[tuple[str, ...], bool]:
    """Subtrees in which the actor may see regulations, and whether everything that lies in them may be seen."""
    full = actor.paths(Permission.REGULATIONS_READ)
    found = {*full, *bureau_paths_of(full), *actor.paths(Permission.REGULATIONS_READ_APPROVED)}
    if full and all(path.startswith(full) for path in found):
        return full, True
    return tuple(found), False


def readable_bureaus(actor: User) -> list[Unit]:
    """Bureaus whose regulations the actor may see at least in part, in tree order."""
    paths, _ = readable_paths(actor)
    return bureaus_under(paths)


@dataclass(frozen=True)
class RegulationLine:
    """One line of the list."""

    row: RegulationRow
    unit_name: str
    stale: bool
    in_effect: bool


def regulation_page(actor: User, wanted: Wanted) -> tuple[Page[Regulation], list[RegulationLine]]:
    """One page of the list of regulations, and its lines."""
    page = READING.page(actor, visible_regulations(actor), wanted, readable_paths(actor)[0])
    rows = READING.shown(actor, page.records)
    names = unit_names(row.unit for row, _ in rows)
    return page, [
        RegulationLine(row, names.get(row.unit, row.unit), stale, record.in_effect)
        for (row, stale), record in zip(rows, page.records, strict=True)
    ]


@dataclass(frozen=True)
class RegulationDetail:
    """Everything that the page of one regulation shows; ``blocked`` says why a move cannot be taken yet."""

    row: RegulationRow
    unit_name: str
    powers: tuple[tuple[str, str, bool], ...]
    replaced_title: str
    findings: tuple[Finding, ...]
    history: tuple[HistoryLine, ...]
    moves: tuple[Move[RegulationState], ...]
    blocked: dict[str, str]
    turn: Turn | None
    editable: bool
    evaluable: bool
    stale: bool
    in_effect: bool
    since_approval: tuple[Change, ...]


def regulation_detail(actor: User, number: str) -> RegulationDetail:
    """One regulation with the powers it covers, its history and what the actor can do next.

    Raises:
        Absent: no such regulation, or not the actor's to see.
    """
    regulation = visible_regulations(actor).filter(number=number).first()
    if regulation is None:
        raise Absent(f"没有找到编号为“{number}”的制度。")
    row, is_whole = READING.row_of(actor, regulation), READING.is_whole(actor, regulation)
    may_draft = is_whole and actor.may(Permission.REGULATIONS_DRAFT, regulation.unit_path)
    moves = tuple(moves_open_to(actor, regulation)) if is_whole else ()
    apart = {step.name: NEEDED[step.name] for step in moves if step.name in EXAMINING}
    return RegulationDetail(
        row=row,
        unit_name=unit_name(row.unit),
        powers=_covered_powers(actor, row),
        replaced_title=regulation_titles(actor, [row.replaces]).get(row.replaces, ""),
        findings=regulation_findings(row) if is_whole else (),
        history=READING.history(actor, regulation),
        moves=moves,
        blocked={**barred(actor, regulation, apart), **obstacles(row, stale=regulation.stale)} if is_whole else {},
        turn=_turn(actor, regulation, row) if is_whole else None,
        editable=row.state in EDITABLE and may_draft,
        evaluable=row.state in EVALUABLE and may_draft,
        stale=is_whole and regulation.stale,
        in_effect=regulation.in_effect,
        since_approval=_since_approval(regulation, row) if is_whole else (),
    )


def _turn(actor: User, regulation: Regulation, row: RegulationRow) -> Turn | None:
    if row.state is RegulationState.EVALUATED:
        return turn_in(actor, regulation, {regulation.state: CONCLUDED[row.change]}) if row.change else None
    return turn_in(actor, regulation, AWAITED)


def evaluable_regulation(actor: User, number: str) -> RegulationDetail:
    """One regulation, if the actor may evaluate it in its state.

    Raises:
        Absent, Refused, Conflict: as the action would, but before anything was typed.
    """
    detail = regulation_detail(actor, number)
    allow_at(actor, Permission.REGULATIONS_DRAFT, unit_paths([detail.row.unit])[detail.row.unit])
    if not detail.evaluable:
        raise Conflict(f"{number} 当前为“{detail.row.state.label}”，不能评估。", "请等这一轮审核办完，或请审核人退回。")
    return detail


def editable_regulation(actor: User, number: str) -> RegulationDetail:
    """One regulation, if the actor may edit it in its state.

    Raises:
        Absent, Refused, Conflict: as the action would, but before anything was typed.
    """
    detail = regulation_detail(actor, number)
    allow_at(actor, Permission.REGULATIONS_DRAFT, unit_paths([detail.row.unit])[detail.row.unit])
    if not detail.editable:
        raise Conflict(
            f"{number} 当前为“{detail.row.state.label}”，不能修改。", "施行中的制度请先重新评估；审核中的请先退回。"
        )
    return detail


def regulation_findings(row: RegulationRow) -> tuple[Finding, ...]:
    """What the rules have to say about one regulation, seen with its powers, what covers them, and the law table."""
    covered = [power.to_row() for power in Power.objects.filter(number__in=row.powers)]
    covering = RegulationPower.objects.filter(binding=True, power__number__in=row.powers).values("regulation")
    beside = Regulation.objects.filter(Q(number=row.number) | Q(number__in=covering), in_effect=True)
    return findings_about(RULES, row, [*covered, *map(_as_binding, binding_rows(beside)), *laws_for(row.basis)])


def moves_open_to(actor: User, regulation: Regulation) -> Iterator[Move[RegulationState]]:
    """Moves that are open in the regulation's state and to this actor."""
    for step in REGULATION.from_state(RegulationState(regulation.state)):
        if actor.may(NEEDED[step.name], regulation.unit_path):
            yield step


def obstacles(row: RegulationRow, *, stale: bool) -> dict[str, str]:
    """Move → why it cannot be taken with the evaluation as it stands (S34, S35); empty where nothing stands against it.

    A conclusion decides the way: 新建 and 修订 go through drafting, 保留 returns to force, 废止 ends.
    """
    found = {}
    concluded = row.change.label if row.change else ""
    if row.change not in {ChangeKind.NEW, ChangeKind.REVISE}:
        found["draft"] = f"评估结论为“{concluded}”，不走起草程序。" if concluded else "还没有填写评估结论。"
    elif not row.title.strip():
        found["draft"] = "还没有填写制度名称。"
    if reason := _against_keeping(row, stale=stale):
        found["keep"] = reason
    if row.change is not ChangeKind.REPEAL:
        found["repeal"] = "评估结论为“废止”的制度才能废止；请先重新评估。"
    return found


def _against_keeping(row: RegulationRow, *, stale: bool) -> str:
    tests = {"廉洁性": row.integrity_test, "合理性": row.reason_test, "有效性": row.effect_test}
    failed = [name for name, test in tests.items() if not test.passed]
    if row.change is not ChangeKind.KEEP:
        return "评估结论为“保留”的制度才能保留。"
    if failed:
        return f"{'、'.join(failed)}评估没有通过或没有做，不能保留。"
    return "审定之后改动过内容，应按“修订”走完程序。" if stale else ""


def power_choices(actor: User, row: RegulationRow) -> list[tuple[str, list[tuple[str, str]]]]:
    """The live powers of the bureau that the actor can see, grouped by unit, and all that ``row`` covers already."""
    bureau = bureau_paths_of(unit_paths([row.unit]).values())
    seen = visible_powers(actor).filter(within(bureau)).exclude(state=PowerState.RETIRED.value)
    powers = Power.objects.filter(Q(pk__in=seen.values("pk")) | Q(number__in=row.powers))
    named = powers.order_by("unit_path", "number").values_list("unit__name", "number", "name", "sub_name")
    shown = powers_shown(actor, row.powers)
    groups: dict[str, list[tuple[str, str]]] = {}
    for unit, number, name, sub_name in named:
        # A power of another section is named as it was confirmed, and only by its number before that.
        title = shown[number].title if number in shown else f"{name}—{sub_name}" if sub_name else name
        known = number in shown or number not in row.powers
        groups.setdefault(unit, []).append((number, f"{title}（{number}）" if known else number))
    return list(groups.items())


def replaceable(actor: User, row: RegulationRow) -> list[tuple[str, str]]:
    """Regulations that ``row`` could take the place of: those of its bureau that are not repealed."""
    bureau = bureau_paths_of(unit_paths([row.unit]).values())
    others = visible_regulations(actor).filter(within(bureau)).exclude(state=RegulationState.REPEALED.value)
    offered = list(others.exclude(number=row.number).order_by("number").values_list("number", "title"))
    if row.replaces and row.replaces not in dict(offered):
        offered.append((row.replaces, regulation_titles(actor, [row.replaces]).get(row.replaces, "")))
    return [(number, f"{number}　{title}".rstrip()) for number, title in sorted(offered)]


def unknown_powers(actor: User, numbers: Iterable[str], reach: str) -> list[str]:
    """Those of ``numbers`` that no power under ``reach`` has which the actor may name, in order."""
    wanted = list(dict.fromkeys(numbers))
    known: set[str] = set()
    for start in range(0, len(wanted), 500):
        held = nameable_powers(actor, reach).filter(number__in=wanted[start : start + 500])
        known.update(held.values_list("number", flat=True))
    return [number for number in wanted if number not in known]


def powers_named_by(regulations: Iterable[str]) -> frozenset[str]:
    """Numbers of the powers that these regulations name already: what stands may be sent in again."""
    found = Regulation.objects.filter(number__in=[number for number in regulations if number])
    return frozenset(number for regulation in found for number in regulation.to_row().powers)


def binding_rows(regulations: Iterable[Regulation]) -> list[RegulationRow]:
    """Each of these regulations, all in effect, exactly as it was put into force: what counts for S36 and S80.

    A draft of it, or a revision that is adopted for a later day, binds nobody yet.
    """
    found = list(regulations)
    frozen = frozen_copies(RegulationRow, {_bound(item) for item in found if not _is_binding_text(item)} - {0})
    return [frozen.get(_bound(item)) or item.to_row() for item in found]


def rows_binding_otherwise(path: str = "") -> Iterator[BindingRow]:
    """The texts that bind under ``path`` where the entry itself says, or may say, something else by now."""
    found = Regulation.objects.filter(unit_path__gte=path, unit_path__lt=path + "~") if path else Regulation.objects
    changed = [item for item in found.filter(in_effect=True) if not _is_binding_text(item)]
    yield from map(_as_binding, binding_rows(sorted(changed, key=lambda item: (item.unit_path, item.number))))


def _as_binding(row: RegulationRow) -> BindingRow:
    return BindingRow(**{field.name: getattr(row, field.name) for field in dataclasses.fields(row)})


def _is_binding_text(regulation: Regulation) -> bool:
    return is_as_approved(regulation) and _bound(regulation) == regulation.approved_entry


def _bound(regulation: Regulation) -> int:
    return regulation.binding_entry or regulation.approved_entry or 0


def regulation_rows(path: str = "") -> Iterator[RegulationRow]:
    """All regulations under ``path`` as Rows, in list order, streamed."""
    found = Regulation.objects.filter(unit_path__gte=path, unit_path__lt=path + "~") if path else Regulation.objects
    return (record.to_row() for record in found.order_by("unit_path", "number").iterator(chunk_size=2_000))


def drafted_on(number: str) -> datetime.date | None:
    """The day on which the text was last handed to the legal reviewer here; ``None`` for what was taken over."""
    drafted = Entry.objects.filter(kind=RegulationRow.kind, number=number, verb=Verb.REGULATION_DRAFTED.value)
    last = drafted.order_by("-id").first()
    return timezone.localdate(last.at) if last else None


def regulation_titles(actor: User, numbers: Iterable[str]) -> dict[str, str]:
    """``number → title`` of the regulations named, as the actor may read them; others are left out."""
    found = visible_regulations(actor).filter(number__in={number for number in numbers if number})
    return {row.number: row.title for row in READING.rows(actor, found)}


def _covered_powers(actor: User, row: RegulationRow) -> tuple[tuple[str, str, bool], ...]:
    mine = power_names_for(actor, row.powers)
    # A power of another section is named as it was confirmed, and only by its number before that.
    shown = powers_shown(actor, row.powers)
    return tuple((number, shown[number].name if number in shown else "", number in mine) for number in row.powers)


def _since_approval(regulation: Regulation, row: RegulationRow) -> tuple[Change, ...]:
    if not regulation.stale or regulation.approved_entry is None:
        return ()
    approved = frozen_copy(RegulationRow, regulation.approved_entry)
    return tuple(change for change in differences(approved, row) if change.field in RegulationRow.guarded)
