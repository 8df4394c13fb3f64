"""The only permission check of the house: may this person do this to that thing?"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from lianfang.foundation.accounts.four_eyes import demand_another_hand, hands_on
from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.journal.models import Record
from lianfang.foundation.journal.storing import Terms
from lianfang.kernel.errors import Absent, Refused

M = TypeVar("M", bound=Model)


def allow(
    actor: User, permission: Permission, visible: QuerySet[M], number: str, *, by_another_hand: bool = False
) -> M:
    """The thing called ``number`` among those the actor can see, if the actor may do this to it.

    ``by_another_hand`` asks for four eyes: who wrote or submitted it since its last approval may not.

    Raises:
        Absent: there is no such thing, or it is not the actor's to see; the two look the same.
        Refused: the actor sees it but does not hold ``permission`` over its unit, or made what is to be decided.
    """
    thing = visible.filter(number=number).first()
    if thing is None:
        raise Absent(f"没有找到编号为“{number}”的{visible.model._meta.verbose_name}。")
    allow_at(actor, permission, getattr(thing, "unit_path", ""))
    if by_another_hand and isinstance(thing, Record):
        demand_another_hand(actor, permission, thing, hands_on(thing))
    return thing


def allow_at(actor: User, permission: Permission, path: str) -> None:
    """Pass if the actor holds ``permission`` over the unit at ``path``.

    Raises:
        Refused: with what is missing, in words a clerk can act on.
    """
    if not actor.may(permission, path):
        raise Refused(f"您没有{permission.label}的权限，或者该单位不在您的授权范围内。")


def allow_anywhere(actor: User, permission: Permission) -> None:
    """Pass if the actor holds ``permission`` over at least one unit.

    Raises:
        Refused: the actor holds it nowhere.
    """
    if not actor.may_anywhere(permission):
        raise Refused(f"您没有{permission.label}的权限。")


def allow_intake(actor: User, terms: Terms, paths: Iterable[str]) -> Callable[[str], None]:
    """Pass if the actor may take lists in, on these terms, for every unit named; return the same question for more.

    A list names the units that its lines claim; the answer goes to ``store``, which asks it of the places where the
    records that would be altered lie already.

    Raises:
        Refused: the actor may not import there, or may import but not adopt.
    """
    permission = Permission.REGISTERS_ADOPT if terms.adopted else Permission.REGISTERS_IMPORT
    for path in sorted(set(paths)):
        allow_at(actor, permission, path)
    return functools.partial(allow_at, actor, permission)


def within(paths: tuple[str, ...], field: str = "unit_path") -> Q:
    """Condition: the thing lies under one of ``paths`` ("" for everywhere); no path, no thing."""
    if "" in paths:
        # Not an empty Q: that would vanish in a disjunction instead of letting everything through.
        return Q(pk__isnull=False)
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(**{f"{field}__gte": path, f"{field}__lt": path + "~"})
    return condition


def visible(
    actor: User, everything: QuerySet[M], read: Permission, read_approved: Permission | None = None
) -> QuerySet[M]:
    """What the actor may read of ``everything``: all under ``read``; approved entries only under ``read_approved``."""
    condition = within(actor.paths(read))
    if read_approved is not None:
        condition |= within(actor.paths(read_approved)) & Q(approved_entry__isnull=False)
    return everything.filter(condition)
