"""Who may rate a risk point: its holder, heads, and reviewers of other sections (domain.md §3)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from django.db.models import Q
from django.utils import timezone

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import allow
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.organisation.models import Tenure
from lianfang.foundation.organisation.queries import own_reach
from lianfang.foundation.organisation.rows import PostRank
from lianfang.foundation.parameters.queries.values import parameters_for
from lianfang.registers.risks.models import Risk
from lianfang.registers.risks.queries.risks import visible_risks
from lianfang.registers.risks.rows import RaterCapacity, RiskRow, Tier

_LEADERS = frozenset({PostRank.LEADER.value, PostRank.DEPUTY.value})


@dataclass(frozen=True)
class Candidate:
    """Somebody who may sit in a round, and the capacities in which."""

    person: str
    name: str
    post: str
    post_name: str
    unit: str
    unit_name: str
    capacities: frozenset[RaterCapacity]


def candidates_for(risk: Risk) -> list[Candidate]:
    """Everybody in office today in the bureau of a risk point, by unit, its own first, with capacities open to each.

    Holder: who holds the post; anybody of the unit where it is vacant or none is named; a leader for the unit level.
    Head: the head of the unit or a leader; heads of other sections too where a head's own post is graded.
    Reviewer: of another section; a colleague of the same one only where the bureau has no other section.
    """
    today = timezone.localdate()
    path = own_reach(risk.unit_path)
    held = Tenure.objects.filter(post__unit_path__gte=path, post__unit_path__lt=path + "~", start__lte=today)
    held = held.filter(Q(end__isnull=True) | Q(end__gte=today)).select_related("post__unit", "person")
    tenures = list(held.order_by("post__unit_path", "post__number", "acting", "person__number"))
    tenures.sort(key=lambda tenure: tenure.post.unit_path != risk.unit_path)
    stage = _Stage.of(risk, tenures)
    found: dict[str, Candidate] = {}
    for tenure in tenures:
        capacities = stage.capacities(tenure)
        known = found.get(tenure.person_id)
        found[tenure.person_id] = Candidate(
            person=tenure.person_id,
            name=tenure.person.name,
            post=tenure.post_id,
            post_name=tenure.post.name,
            unit=tenure.post.unit_id,
            unit_name=tenure.post.unit.name,
            capacities=capacities | known.capacities if known else capacities,
        )
    return [_without_own_review(one) if one.person in stage.holders else one for one in found.values()]


@dataclass(frozen=True)
class _Stage:
    """What decides in which capacity somebody may sit: where the risk point lies and who is there."""

    unit_path: str
    is_unit_level: bool
    is_heads_post: bool
    holders: frozenset[str]
    has_other_sections: bool

    @classmethod
    def of(cls, risk: Risk, tenures: list[Tenure]) -> Self:
        """The stage of a risk point among those in office."""
        return cls(
            unit_path=risk.unit_path,
            is_unit_level=risk.tier == Tier.UNIT.value,
            is_heads_post=risk.post is not None and risk.post.rank == PostRank.HEAD.value,
            holders=frozenset(tenure.person_id for tenure in tenures if tenure.post_id == risk.post_id),
            has_other_sections=any(
                tenure.post.unit_path != risk.unit_path and tenure.post.rank not in _LEADERS for tenure in tenures
            ),
        )

    def capacities(self, tenure: Tenure) -> frozenset[RaterCapacity]:
        """Capacities open to somebody because of one post they hold."""
        in_unit = tenure.post.unit_path == self.unit_path
        leads, heads = tenure.post.rank in _LEADERS, tenure.post.rank == PostRank.HEAD.value
        answers = leads if self.is_unit_level else in_unit
        found = {
            RaterCapacity.HOLDER: tenure.person_id in self.holders or (not self.holders and answers),
            RaterCapacity.HEAD: leads or (heads and (in_unit or self.is_heads_post)),
            RaterCapacity.REVIEWER: not in_unit or not self.has_other_sections,
        }
        return frozenset(capacity for capacity, is_open in found.items() if is_open)


def _without_own_review(one: Candidate) -> Candidate:
    return replace(one, capacities=one.capacities - {RaterCapacity.REVIEWER})


@dataclass(frozen=True)
class Opening:
    """What the page that opens a round shows: the risk point, who may sit, and a ready suggestion."""

    row: RiskRow
    candidates: tuple[Candidate, ...]
    suggested: dict[str, RaterCapacity]
    least: int
    """How many raters the bureau asks for at least."""


def opening_for(actor: User, number: str) -> Opening:
    """Candidates for a round of one risk point.

    Raises:
        Absent: no such risk point, or not the actor's to see.
        Refused: the actor may not open a round there, and so need not know the draft nor who would score it.
    """
    risk = allow(actor, Permission.GRADING_OPEN, visible_risks(actor), number)
    candidates = candidates_for(risk)
    least = parameters_for(risk.unit_path).least_raters
    return Opening(risk.to_row(), tuple(candidates), suggested_raters(candidates), least)


def suggested_raters(candidates: list[Candidate]) -> dict[str, RaterCapacity]:
    """``person → capacity``: one of each capacity, never one person twice; whatever cannot be filled is left out."""
    chosen: dict[str, RaterCapacity] = {}
    for capacity in (RaterCapacity.HOLDER, RaterCapacity.HEAD, RaterCapacity.REVIEWER):
        free = [one for one in candidates if capacity in one.capacities and one.person not in chosen]
        # Somebody who can sit in nothing else first, so that heads stay free to sit as heads.
        free.sort(key=lambda one: len(one.capacities))
        if free:
            chosen[free[0].person] = capacity
    return chosen
