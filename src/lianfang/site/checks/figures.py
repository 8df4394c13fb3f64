"""What the overview shows of a unit beside its tallies: counted at each check, because it needs whole registers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from lianfang.foundation.lint.material import Material
from lianfang.foundation.lint.roster import Roster
from lianfang.kernel.areas import KeyArea
from lianfang.kernel.levels import Grade
from lianfang.registers.controls.rows import ControlRow
from lianfang.registers.controls.states import ControlState
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.powers.states import PowerState
from lianfang.registers.risks.rows import NegativeRow, RiskRow, SearchRow, Tier
from lianfang.registers.risks.states import NegativeState, RiskState

ENDED_RISKS = frozenset({RiskState.MERGED, RiskState.REJECTED, RiskState.CLOSED})


@dataclass(slots=True)
class Figures:
    """Counts of one unit: powers and those with a regulation in effect (S36), posts in scope and those searched (S24),
    risks in force at grade HIGH and the measures in force against them (S77), key areas that have a power (S40).
    """

    powers: int = 0
    covered: int = 0
    posts: int = 0
    searched: int = 0
    high: int = 0
    measures: int = 0
    areas: set[str] = field(default_factory=set)

    def as_json(self) -> dict[str, Any]:
        """The figures as JSON material."""
        return {item.name: getattr(self, item.name) for item in fields(self)} | {"areas": sorted(self.areas)}

    @classmethod
    def sum_of(cls, stored: Iterable[Mapping[str, Any]]) -> Figures:
        """Several units' stored figures as one; an area counts once however many units have it."""
        total = cls()
        for line in stored:
            for item in fields(cls):
                known = getattr(total, item.name)
                if isinstance(known, set):
                    known.update(line.get(item.name, ()))
                else:
                    setattr(total, item.name, known + int(line.get(item.name, 0)))
        return total


def figures_by_unit(material: Material, covered: frozenset[str]) -> dict[str, dict[str, Any]]:
    """``unit → figures`` as JSON material; ``covered`` names the powers that a regulation in effect covers."""
    found: defaultdict[str, Figures] = defaultdict(Figures)
    _count_powers(material, covered, found)
    _count_posts(material, found)
    _count_risks(material, found)
    return {unit: figures.as_json() for unit, figures in sorted(found.items())}


def _count_powers(material: Material, covered: frozenset[str], found: Mapping[str, Figures]) -> None:
    areas = {area.value for area in KeyArea}
    for power in material.of(PowerRow):
        if power.state is PowerState.RETIRED:
            continue
        figures = found[power.unit]
        figures.powers += 1
        figures.covered += power.number in covered
        if power.key_area and power.key_area.value in areas:
            figures.areas.add(power.key_area.value)


def _count_posts(material: Material, found: Mapping[str, Figures]) -> None:
    """A post is searched once it has an item or a risk point of its own, or a signed record of a search (S24)."""
    looked = {item.post for item in material.of(NegativeRow) if item.state is not NegativeState.WITHDRAWN}
    looked |= {risk.post for risk in material.of(RiskRow) if risk.state not in ENDED_RISKS}
    looked |= {search.post for search in material.of(SearchRow) if search.tier is Tier.POST and search.signed_by}
    for post in material.derived(Roster).open_posts():
        found[post.unit].posts += 1
        found[post.unit].searched += post.number in looked


def _count_risks(material: Material, found: Mapping[str, Figures]) -> None:
    in_force = [risk for risk in material.of(RiskRow) if risk.grade is Grade.HIGH and counts_by_grade(risk.state)]
    units = {risk.number: risk.unit for risk in in_force}
    for unit in units.values():
        found[unit].high += 1
    for control in material.of(ControlRow):
        if control.state is ControlState.IN_FORCE and control.risk in units:
            found[units[control.risk]].measures += 1


def counts_by_grade(state: str) -> bool:
    """Whether a risk point in this state counts under its grade: it is in force, or in force and looked at again."""
    return state in {RiskState.LIVE, RiskState.UNDER_REVIEW}
