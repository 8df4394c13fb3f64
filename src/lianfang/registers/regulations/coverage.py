"""一权一制 (S36) and the six mechanisms (S80): which powers have a regulation, which do not, and what is missing.

A power is *covered* by a regulation in effect, *in drafting* where only a draft names it, *bare* where none does. What
a regulation in effect covers is what the text says that was put into force: redrafting it changes nothing until then.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import within
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.organisation.queries import unit_names
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.queries import READING as POWER_READING
from lianfang.registers.powers.queries import visible_powers
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.powers.states import PowerState
from lianfang.registers.regulations.models import Regulation, RegulationPower
from lianfang.registers.regulations.queries import READING, binding_rows, visible_regulations
from lianfang.registers.regulations.rows import Mechanism, RegulationRow
from lianfang.registers.regulations.states import RegulationState

M = TypeVar("M", bound=Model)
REPEALED = RegulationState.REPEALED.value
_LINKS = RegulationPower.objects.filter(power=OuterRef("number"))
COVERED = Exists(_LINKS.filter(binding=True, regulation__in_effect=True))


def _drafting(actor: User) -> Q:
    """No regulation in effect names the power, but one in preparation does that the actor may know of."""
    known = _LINKS.filter(binding=False, regulation__in=_drafts_known_to(actor).values("number"))
    return Q(Exists(known)) & ~Q(COVERED)


def _drafts_known_to(actor: User) -> QuerySet[Regulation]:
    """Regulations whose entry, not only whose binding text, the actor may read: all of them, or what is adopted."""
    whole = within(actor.paths(Permission.REGULATIONS_READ)) | Q(state=RegulationState.ADOPTED.value)
    return visible_regulations(actor).filter(whole).exclude(state=REPEALED)


@dataclass(frozen=True)
class UnitCoverage:
    """How many live powers of a unit are covered, in drafting, bare."""

    unit: str
    unit_name: str
    powers: int
    covered: int
    drafting: int

    @property
    def bare(self) -> int:
        """Powers that no regulation names."""
        return self.powers - self.covered - self.drafting

    @property
    def percent(self) -> int:
        """Covered powers per hundred, rounded down so that 100 means all."""
        return self.covered * 100 // self.powers if self.powers else 100

    @property
    def percent_text(self) -> str:
        """The same with its sign, as the bar shows it."""
        return f"{self.percent} %"


def coverage_by_unit(actor: User, path: str = "") -> list[UnitCoverage]:
    """One line for each unit under ``path`` that has live powers the actor may read, in tree order."""
    counted: dict[str, dict[str, int]] = {}
    lines = _live(actor, path).annotate(covered=COVERED, drafting=_drafting(actor)).order_by("unit_path")
    counts = lines.values_list("unit__number", "covered", "drafting").annotate(count=Count("pk"))
    for unit, covered, drafting, count in counts:
        tally = counted.setdefault(unit, {"covered": 0, "drafting": 0, "bare": 0})
        tally["covered" if covered else "drafting" if drafting else "bare"] += count
    names = unit_names(counted)
    return [
        UnitCoverage(unit, names.get(unit, unit), sum(tally.values()), tally["covered"], tally["drafting"])
        for unit, tally in counted.items()
    ]


def total_of(lines: Iterable[UnitCoverage]) -> UnitCoverage:
    """The sum of several units."""
    found = list(lines)
    return UnitCoverage(
        "",
        "合计",
        sum(line.powers for line in found),
        sum(line.covered for line in found),
        sum(line.drafting for line in found),
    )


@dataclass(frozen=True)
class BarePower:
    """A power without a regulation in effect; ``drafting`` where a draft names it."""

    row: PowerRow
    unit_name: str
    drafting: bool


def powers_without_regulation(actor: User, path: str = "", *, limit: int = 200) -> list[BarePower]:
    """Live powers under ``path`` that no regulation in effect covers; key areas and 三重一大 first."""
    bare = _live(actor, path).annotate(drafting=_drafting(actor)).filter(~COVERED)
    bare = bare.order_by("drafting", "-three_major", "-key_area", "number")[:limit]
    found = list(bare)
    rows = [(row, power.drafting) for row, power in zip(POWER_READING.rows(actor, found), found, strict=True)]
    names = unit_names(row.unit for row, _ in rows)
    return [BarePower(row, names.get(row.unit, row.unit), drafting) for row, drafting in rows]


def regulations_without_power(actor: User, path: str = "", *, limit: int = 200) -> list[RegulationRow]:
    """Regulations under ``path`` that cover no live power and are none of the six mechanisms."""
    named = RegulationPower.objects.filter(regulation=OuterRef("number"), binding=OuterRef("in_effect"))
    live = named.exclude(power__state=PowerState.RETIRED.value)
    found = _under(visible_regulations(actor), path).filter(~Exists(live)).exclude(state=REPEALED)
    # A draft may name another mechanism, or none: what is in effect is looked at as it binds.
    found = found.exclude(~Q(mechanism=""), in_effect=False).order_by("unit_path", "number")
    return [row for row in _counted(actor, found) if row.mechanism is None][:limit]


def _counted(actor: User, regulations: Iterable[Regulation]) -> list[RegulationRow]:
    """Regulations as they count: what is in effect as it binds, the others as the actor may read them."""
    found = list(regulations)
    bound = {row.number: row for row in binding_rows(item for item in found if item.in_effect)}
    return [bound.get(row.number, row) for row in READING.rows(actor, found)]


@dataclass(frozen=True)
class CoverageTally:
    """Everything that the page of coverage shows."""

    units: list[UnitCoverage]
    total: UnitCoverage
    bare: list[BarePower]
    idle: list[RegulationRow]


def tally_of(actor: User, path: str = "") -> CoverageTally:
    """Coverage under ``path`` as far as the actor may read."""
    units = coverage_by_unit(actor, path)
    return CoverageTally(
        units, total_of(units), powers_without_regulation(actor, path), regulations_without_power(actor, path)
    )


@dataclass(frozen=True)
class MechanismLine:
    """One of the six mechanisms with its regulations; a gap where none is in effect."""

    mechanism: Mechanism
    in_effect: tuple[RegulationRow, ...]
    drafting: tuple[RegulationRow, ...]

    @property
    def is_gap(self) -> bool:
        """Whether no regulation in effect carries this mechanism."""
        return not self.in_effect


def mechanisms_of(actor: User, path: str = "") -> list[MechanismLine]:
    """The six mechanisms in their order, each with the regulations under ``path`` that carry it (S80)."""
    there = _under(visible_regulations(actor), path).exclude(state=REPEALED).order_by("unit_path", "number")
    binding = binding_rows(there.filter(in_effect=True))
    drafts = READING.rows(
        actor, _under(_drafts_known_to(actor), path).exclude(mechanism="").order_by("unit_path", "number")
    )
    return [_mechanism_line(mechanism, binding, drafts) for mechanism in Mechanism]


def _mechanism_line(
    mechanism: Mechanism, binding: Iterable[RegulationRow], drafts: Iterable[RegulationRow]
) -> MechanismLine:
    in_effect = tuple(row for row in binding if row.mechanism is mechanism)
    known = {row.number for row in in_effect}
    drafting = (row for row in drafts if row.mechanism is mechanism and row.number not in known)
    return MechanismLine(mechanism, in_effect, tuple(drafting))


def _live(actor: User, path: str) -> QuerySet[Power]:
    return _under(visible_powers(actor), path).exclude(state=PowerState.RETIRED.value)


def _under(things: QuerySet[M], path: str) -> QuerySet[M]:
    return things.filter(Q(unit_path__gte=path, unit_path__lt=path + "~")) if path else things
