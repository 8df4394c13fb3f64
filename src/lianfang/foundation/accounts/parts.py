"""Who holds which part over what today: the grants that let somebody take a step, the nearest first."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone

from lianfang.foundation.accounts.models import CONSOLE, Grant
from lianfang.foundation.accounts.roles import MATRIX, Permission, Role

_AT_WORK = (Role.POST, Role.HEAD, Role.COORDINATOR, Role.LEGAL, Role.DEPUTY, Role.SECRETARY)
NEARNESS = (*_AT_WORK, *(role for role in Role if role not in _AT_WORK))
"""Who does the work before those who lead it: what several roles may do is first the work of the earlier one."""


def roles_with(permission: Permission) -> tuple[Role, ...]:
    """Roles that hold ``permission``, the one nearest to the work first; the others may stand in for it."""
    return tuple(role for role in NEARNESS if permission in MATRIX[role])


def grants_in_force() -> QuerySet[Grant]:
    """Grants of people's active accounts that stand today; the command line's own account is nobody to turn to."""
    today = timezone.localdate()
    standing = Grant.objects.filter(Q(end__isnull=True) | Q(end__gte=today), start__lte=today, revoked_on__isnull=True)
    return standing.filter(user__is_active=True).exclude(user__login=CONSOLE).select_related("user")


def grants_over(permission: Permission, path: str) -> list[Grant]:
    """Grants that give ``permission`` over the unit at ``path`` today; the narrowest scope comes first."""
    scopes = ["", *(path[: place + 1] for place, character in enumerate(path) if character == "/")]
    roles = [role.value for role in roles_with(permission)]
    grants = grants_in_force().filter(role__in=roles, scope__in=scopes)
    return sorted(grants, key=lambda grant: (-len(grant.scope), grant.pk))


def first_in_line(permission: Permission, grants: Iterable[Grant]) -> list[Grant]:
    """Those of ``grants`` whose role stands nearest to the work; nobody stands in while one of these is there."""
    held = list(grants)
    for role in roles_with(permission):
        if nearest := [grant for grant in held if grant.role == role.value]:
            return nearest
    return []
