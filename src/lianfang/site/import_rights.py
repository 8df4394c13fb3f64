"""What a list may not change: entries where the person may not write, and entries that are past drafting.

The store refuses these too, all at once and for everybody; here they are told beforehand, each at its cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.organisation.queries import unit_paths
from lianfang.kernel.findings import Finding, Severity
from lianfang.kernel.lifecycle import Lifecycle
from lianfang.registers.controls.states import CONTROL, ControlState
from lianfang.registers.powers.states import POWER, PowerState
from lianfang.registers.regulations.states import REGULATION, RegulationState
from lianfang.registers.risks.states import NEGATIVE, RISK, NegativeState, RiskState
from lianfang.site.import_numbers import NUMBER
from lianfang.site.intake import Intake

NOT_YOURS, PAST_DRAFTING = "IMP042", "IMP043"
CHUNK = 400
_ORGANISATION = frozenset({"units", "posts", "people", "tenures"})


@dataclass(frozen=True, slots=True)
class Openness:
    """The life of a register's entries, and the states in which a list may change them."""

    life: Lifecycle[Any]
    states: frozenset[Any]


OPENNESS = {
    one.life.kind: one
    for one in (
        Openness(POWER, frozenset({PowerState.DRAFT, PowerState.UNDER_REVIEW})),
        Openness(NEGATIVE, frozenset({NegativeState.DRAFT})),
        Openness(RISK, frozenset({RiskState.DRAFT})),
        Openness(REGULATION, frozenset({RegulationState.EVALUATED})),
        Openness(CONTROL, frozenset({ControlState.DRAFT, ControlState.UNDER_REVIEW})),
    )
}
"""Registers whose entries are drafted and approved; an import leaves what is past drafting alone."""


def report_barred(intake: Intake, actor: User, *, adopting: bool) -> None:
    """Add to an intake what keeps its lines from being stored by ``actor``, line by line."""
    may_write = _permission(intake, adopting=adopting)
    lines = {row.number: line for line, row in enumerate(intake.rows)}
    stored = dict(_stored_places(intake)) if intake.changed else {}
    for number, (path, approved) in stored.items():
        before = intake.before.get(number)
        if before is None or not actor.may(may_write, path):
            _add(intake, NOT_YOURS, lines[number], NUMBER, _not_yours(number, may_write))
        elif why := _closed(intake, before, approved=approved and adopting):
            _add(intake, PAST_DRAFTING, lines[number], NUMBER, why)
    _report_foreign_units(intake, actor, may_write, {lines[number] for number in stored})


def _report_foreign_units(intake: Intake, actor: User, may_write: Permission, changed: set[int]) -> None:
    """Lines that would be new in a unit where the person may not write."""
    if "unit" not in intake.register.references:
        return
    fresh = set(intake.created)
    named = [(line, row.unit) for line, row in enumerate(intake.rows) if row.number in fresh and line not in changed]
    # A unit that only this file brings has no place yet; its own line is asked about.
    paths = unit_paths({unit for _, unit in named if unit})
    for line, unit in named:
        if unit in paths and not actor.may(may_write, paths[unit]):
            message = f"您没有在单位“{unit}”{may_write.label}的权限。请核对单位；写对了的，请交给有权限的人导入。"
            _add(intake, NOT_YOURS, line, "unit", message)


def _stored_places(intake: Intake) -> Iterator[tuple[str, tuple[str, bool]]]:
    """Number → where a stored entry that the list would change lies, and whether it was approved here."""
    model: Any = intake.register.model
    names = {field.name for field in model._meta.concrete_fields}
    place = next((name for name in ("unit_path", "path") if name in names), None)
    if place is None:
        return
    columns = [place, "approved_entry"] if "approved_entry" in names else [place]
    for start in range(0, len(intake.changed), CHUNK):
        some = model._default_manager.filter(number__in=intake.changed[start : start + CHUNK])
        for number, path, *approved in some.values_list("number", *columns):
            yield number, (path, bool(approved and approved[0]))


def _permission(intake: Intake, *, adopting: bool) -> Permission:
    if intake.register.kind in _ORGANISATION:
        return Permission.ORGANISATION_EDIT
    return Permission.REGISTERS_ADOPT if adopting and intake.register.adopt else Permission.REGISTERS_IMPORT


def _closed(intake: Intake, before: Any, *, approved: bool) -> str:
    """Why a list may not change a stored entry, and what to do first; "" where it may."""
    openness = OPENNESS.get(intake.register.kind)
    if openness is None or (before.state in openness.states and not approved):
        return ""
    moves = [move for move in openness.life.from_state(before.state) if move.target in openness.states]
    words = "”或者“".join(dict.fromkeys(move.label for move in moves))
    first = f"确实要改的，先在系统里办理“{words}”，再导入；" if words and not approved else ""
    return f"{before.number} 现在是“{before.state.label}”，不能用导入修改。{first}不改的，从文件里去掉这一行。"


def _not_yours(number: str, may_write: Permission) -> str:
    return (
        f"{number} 已经登记在别的单位，您在那里没有{may_write.label}的权限。"
        "请核对编号；是新的一条，就把编号留空，由系统编号；确实要改那一条的，请交给那个单位。"
    )


def _add(intake: Intake, code: str, line: int, name: str, message: str) -> None:
    place = intake.place_of(line, name) or intake.place_of(line, NUMBER)
    intake.findings.append(Finding("", name, message, code=code, severity=Severity.ERROR, place=place))


def report_all_barred(intakes: Sequence[Intake], actor: User | None, *, adopting: bool) -> None:
    """Ask of every table of a file; a file that nobody means to store is only read."""
    if actor is not None:
        for intake in intakes:
            report_barred(intake, actor, adopting=adopting)
