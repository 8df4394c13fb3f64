"""What a risk of each grade asks of its measures: differentiated treatment (S77), responsible level (S74).

How many and how often are parameters of the bureau; the founding document names no figure (S88).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lianfang.foundation.lint.roster import Roster, highest_rank, standing
from lianfang.foundation.organisation.rows import PostRank
from lianfang.foundation.parameters.values import Parameters
from lianfang.kernel.levels import Grade
from lianfang.registers.controls.rows import ControlFamily, ControlKind, ControlRow, Frequency

OFTEN_TO_SELDOM = tuple(Frequency)


@dataclass(frozen=True, slots=True)
class Profile:
    """The least that a grade asks for in kind; how much of it is decided by the bureau."""

    kinds: frozenset[ControlKind]
    one_of: frozenset[ControlFamily]
    responsible: PostRank


PROFILES: dict[Grade, Profile] = {
    Grade.HIGH: Profile(
        frozenset({ControlKind.PREVENT, ControlKind.DETECT}),
        frozenset({ControlFamily.SEPARATION, ControlFamily.AUTHORISATION}),
        PostRank.LEADER,
    ),
    Grade.MEDIUM: Profile(frozenset({ControlKind.PREVENT}), frozenset(), PostRank.DEPUTY),
    Grade.LOW: Profile(frozenset(), frozenset(), PostRank.HEAD),
}


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing the profile asks for, and whether the measures give it."""

    text: str
    met: bool


def demands(
    grade: Grade, controls: Sequence[ControlRow], parameters: Parameters, roster: Roster | None = None
) -> list[Demand]:
    """Hold the measures of one risk point against the profile of its grade and what the bureau decided.

    Who answers for them is asked where the people are at hand, in ``roster`` (CTL007).
    """
    profile, least, pace = PROFILES[grade], parameters.measures(grade), Frequency(parameters.pace(grade).value)
    found = [Demand(f"至少 {least} 条措施", len(controls) >= least)]
    found += [
        Demand(f"有{kind.label}性措施", any(row.control_kind is kind for row in controls))
        for kind in sorted(profile.kinds)
    ]
    if profile.one_of:
        names = "或".join(family.label for family in ControlFamily if family in profile.one_of)
        found.append(Demand(f"有{names}", any(row.family in profile.one_of for row in controls)))
    limit = OFTEN_TO_SELDOM.index(pace)
    often = any(row.frequency and OFTEN_TO_SELDOM.index(row.frequency) <= limit for row in controls)
    if roster:
        found.append(Demand(_level(profile.responsible), _reaches(profile.responsible, controls, roster)))
    return [*found, Demand(f"至少一条措施{pace.label}执行", often)]


def _level(rank: PostRank) -> str:
    return f"至少一条措施由{rank.label}{'' if rank is PostRank.LEADER else '或者更高一级的人'}负责或监督"


def _reaches(wanted: PostRank, controls: Sequence[ControlRow], roster: Roster) -> bool:
    named = {text for row in controls for text in (row.owner, row.supervisor) if text}
    top = highest_rank(rank for rank in map(roster.rank_of, named) if rank)
    return top is not None and standing(top) >= standing(wanted)
