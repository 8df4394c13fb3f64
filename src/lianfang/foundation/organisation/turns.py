"""Whose turn it is: of all who may take a step, those whose part it is, by role, unit and name (domain.md §4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lianfang.foundation.accounts.four_eyes import Hand, had_a_hand, hands_on
from lianfang.foundation.accounts.models import Grant, User
from lianfang.foundation.accounts.parts import first_in_line, grants_over
from lianfang.foundation.accounts.roles import Permission, Role
from lianfang.foundation.journal.models import Record
from lianfang.foundation.organisation.queries import unit_name
from lianfang.kernel.numbering import unit_at

NAMED = 3
"""How many of those whose turn it is are named."""
OF_A_SECTION = frozenset({Role.POST, Role.HEAD})
"""Roles of which every section has its own; the others are known in the whole bureau."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What happens to a thing next, and whose part that is."""

    does: str
    is_own: bool
    """Whether it is this person's part."""
    may_too: bool
    """Whether this person may do it although it is another's part."""
    role: str = ""
    """The part in words, with the section where it is one's; "" where nobody holds it."""
    people: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """Whose turn it is, for whoever else looks at the thing."""
        if not self.role:
            return f"目前没有人可以{self.does}，请联系安全管理员授权。"
        named = f"：{'、'.join(self.people[:NAMED])}{'等' if len(self.people) > NAMED else ''}" if self.people else ""
        return f"现在轮到{self.role}{self.does}{named}。{'您也可以代为办理。' if self.may_too else ''}"


@dataclass(frozen=True, slots=True)
class Awaited:
    """What a state waits for: the step in words, and the permission that it asks for."""

    permission: Permission
    does: str
    is_writing: bool = False
    """Whether it is still with those who write it."""
    four_eyes: bool = False
    """Whether it is a decision, which is not for those who made what is decided."""


def turn_in(actor: User, thing: Record, awaited: Mapping[str, Awaited]) -> Turn | None:
    """Whose turn it is in the state of ``thing``; ``None`` where nothing is waited for."""
    wanted = awaited.get(thing.state)
    if wanted is None:
        return None
    if wanted.is_writing:
        return turn_to_write(actor, thing, wanted.permission, wanted.does)
    return turn_of(actor, thing, wanted, hands_on(thing) if wanted.four_eyes else ())


def turn_of(actor: User, thing: Record, wanted: Awaited, hands: Iterable[Hand] = ()) -> Turn:
    """Whose part it is to take the next step with ``thing``; those whose ``hands`` made it are not among them."""
    made = list(hands)
    grants = grants_over(wanted.permission, thing.unit_path)
    free = [grant for grant in grants if not had_a_hand(grant.user, made)]
    nearest = first_in_line(wanted.permission, free)
    return _turn(actor, nearest, wanted.does, may=any(grant.user == actor for grant in free))


def turn_to_write(actor: User, thing: Record, permission: Permission, does: str) -> Turn:
    """Whose part it is to finish ``thing`` and hand it up: the section's own people, and whoever began it."""
    nearest = first_in_line(permission, grants_over(permission, thing.unit_path))
    may = actor.may(permission, thing.unit_path)
    if may and had_a_hand(actor, hands_on(thing)):
        return Turn(does, is_own=True, may_too=False)
    return _turn(actor, nearest, does, may=may)


def _turn(actor: User, nearest: list[Grant], does: str, *, may: bool) -> Turn:
    if not nearest:
        return Turn(does, is_own=False, may_too=False)
    if any(grant.user == actor for grant in nearest):
        return Turn(does, is_own=True, may_too=False)
    role, scope = Role(nearest[0].role), unit_at(nearest[0].scope)
    unit = unit_name(scope) if scope and role in OF_A_SECTION else ""
    # The unit was named just before the role.
    people = tuple(dict.fromkeys(str(grant.user).removeprefix(unit).strip() for grant in nearest))
    return Turn(does, is_own=False, may_too=may, role=f"{unit}{role.label}", people=people)
