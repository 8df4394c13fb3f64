"""Whose work a duty is: one's own part of it, and what belongs to others first although one may stand in for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from lianfang.foundation.accounts.four_eyes import Hand, had_a_hand, hands_on
from lianfang.foundation.accounts.models import Grant, User
from lianfang.foundation.accounts.parts import first_in_line, grants_in_force, roles_with
from lianfang.foundation.accounts.permission import within
from lianfang.foundation.accounts.roles import ADMINISTRATORS, Permission
from lianfang.foundation.journal.models import Record
from lianfang.registers.risks.models import Score
from lianfang.site.work import DECIDING, Duty

LOOKED_AT = 100
"""How many entries that are others' to decide are asked whether these others may."""


@dataclass(frozen=True)
class Share:
    """One person's part of a permission: where it is their own, and who comes before them elsewhere."""

    own: Q
    before: tuple[Grant, ...]
    """Grants of others whose part it is first, within this person's reach."""

    def nearest(self, path: str) -> list[Grant]:
        """Those who come first at ``path``."""
        return [grant for grant in self.before if path.startswith(grant.scope)]


class Shares:
    """All grants in force, read once for one desk; then every question is answered from them."""

    def __init__(self, actor: User) -> None:
        """``actor`` is whose desk it is."""
        self._actor = actor
        self._grants = list(grants_in_force().exclude(role__in=[role.value for role in ADMINISTRATORS]).order_by("id"))

    def of(self, permission: Permission) -> Share:
        """The actor's part of ``permission``: wherever nobody holds it by a role nearer to the work."""
        ranks = {role.value: rank for rank, role in enumerate(roles_with(permission))}
        holding = [grant for grant in self._grants if grant.role in ranks]
        own, before = Q(pk__in=[]), dict[int, Grant]()
        for mine in (grant for grant in holding if grant.user_id == self._actor.pk):
            nearer = [g for g in holding if ranks[g.role] < ranks[mine.role] and g.user_id != self._actor.pk]
            nearer = [g for g in nearer if g.scope.startswith(mine.scope) or mine.scope.startswith(g.scope)]
            own |= within((mine.scope,)) & ~within(tuple({g.scope for g in nearer}))
            before.update((g.pk, g) for g in nearer)
        return Share(own, tuple(before.values()))


@dataclass(frozen=True)
class Split:
    """A duty's entries, parted: those to do oneself, and how many wait on whom."""

    own: Q
    left: int
    people: tuple[str, ...]


def parted(duty: Duty, share: Share, waiting: QuerySet[Any]) -> Split:
    """Part ``waiting``: others' is what is theirs first, unless each of them made it and so may not decide on it."""
    whole = waiting.select_related("risk") if duty.kind == "gradings" else waiting
    theirs = list(whole.exclude(share.own)[:LOOKED_AT]) if share.before else []
    hands = _hands_by_number(duty, theirs) if duty.permission in DECIDING else {}
    able = {thing.number: _able(duty, share.nearest(thing.unit_path), hands.get(thing.number, ())) for thing in theirs}
    people = dict.fromkeys(title for titles in able.values() for title in titles)
    orphans = [number for number, titles in able.items() if not titles]
    return Split(share.own | Q(number__in=orphans), len(able) - len(orphans), tuple(people))


def _able(duty: Duty, grants: Iterable[Grant], hands: Sequence[Hand]) -> list[str]:
    """Titles of those whose part it is, without those whose hands made what is to be decided."""
    free = [grant for grant in grants if not had_a_hand(grant.user, hands)]
    return [str(grant.user) for grant in first_in_line(duty.permission, free)]


def _hands_by_number(duty: Duty, things: Sequence[Record]) -> dict[str, list[Hand]]:
    """Whose hands made each of ``things``; a few queries, however many there are."""
    if not things:
        return {}
    behind: dict[str, Any] = {thing.number: getattr(thing, "risk", None) for thing in things}
    graded = duty.kind == "gradings"
    records = [*things, *(risk for risk in behind.values() if graded and risk)]
    made: dict[str, list[Hand]] = {}
    for hand in hands_on(*records):
        made.setdefault(hand.number, []).append(hand)
    found = {thing.number: list(made.get(thing.number, ())) for thing in things}
    if graded:
        for number, risk in behind.items():
            found[number] += made.get(risk.number, ())
        for number, person in _raters(found):
            found[number].append(Hand("", person, "评分", things[0].updated_at.date()))
    return found


def _raters(numbers: Iterable[str]) -> list[tuple[str, str]]:
    seats = Score.seats.filter(grading__number__in=list(numbers), scored_on__isnull=False)
    return list(seats.values_list("grading__number", "rater__number"))
