"""Reading accounts: users, grants, and what the journal says about either; each administrator sees a part only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from axes.models import AccessAttempt
from django.db.models import Q, QuerySet
from django.utils import timezone

from lianfang.foundation.accounts.models import CONSOLE, Grant, User
from lianfang.foundation.accounts.roles import ADMINISTRATORS, Permission, Role
from lianfang.foundation.accounts.rows import GrantRow, UserRow
from lianfang.foundation.journal.models import Entry
from lianfang.kernel.errors import Absent, Conflict

SEE_USERS = (Permission.USERS_MANAGE, Permission.ROLES_GRANT)
ABOUT_ACCOUNTS = (UserRow.kind, GrantRow.kind)
APART = (Role.SECURITY.value, Role.AUDITOR.value)
"""Administrators whose accounts the system administrator does not touch."""
CONTENT = ("before", "after", "basis", "note")
"""What a journal entry says of its thing; the rest says who did what to which."""


def visible_users(actor: User) -> QuerySet[User]:
    """All accounts for those who manage accounts or grants; nothing for others."""
    users = User.objects.order_by("login")
    return users if any(actor.may_anywhere(permission) for permission in SEE_USERS) else users.none()


def visible_grants(actor: User) -> QuerySet[Grant]:
    """All grants for those who manage accounts or grants; nothing for others."""
    grants = Grant.objects.select_related("user").order_by("user__login", "-start", "id")
    return grants if any(actor.may_anywhere(permission) for permission in SEE_USERS) else grants.none()


def user_named(login: str) -> User:
    """The account with this log-in name.

    Raises:
        Absent: there is none.
    """
    user = User.objects.filter(login=login).first()
    if user is None:
        raise Absent(f"没有登录名为“{login}”的账户。")
    return user


def role_apart(user: User) -> Role | None:
    """The part for which the system administrator leaves this account alone: another administrator's, from today on."""
    standing = Grant.objects.filter(user=user, revoked_on__isnull=True, role__in=APART)
    held = standing.filter(Q(end__isnull=True) | Q(end__gte=timezone.localdate())).order_by("role").first()
    return Role(held.role) if held else None


def demand_nameless(row: UserRow) -> None:
    """Whether it may still be said whose an account is.

    Raises:
        Conflict: the account is closed, or it is known whose it is.
    """
    if not row.is_active:
        raise Conflict(f"“{row.number}”已经停用，不能登记人员编号。", "请先恢复账户。")
    if row.person:
        raise Conflict(
            f"“{row.number}”已经登记为人员“{row.person}”的账户，不能改。", "登记错了的，停用这个账户，另开一个。"
        )


@dataclass(frozen=True)
class UserLine:
    """One account with the roles that it holds today."""

    row: UserRow
    roles: tuple[str, ...]
    last_login: object
    has_password: bool


def user_lines(actor: User, text: str = "") -> list[UserLine]:
    """Accounts, found by log-in name or title, with their roles of today: two questions whatever their number."""
    users = list(visible_users(actor).filter(Q(login__icontains=text) | Q(title__icontains=text)))
    today = timezone.localdate()
    held: dict[str, list[str]] = {}
    for grant in Grant.objects.filter(user__in=users).select_related("user").order_by("id"):
        row = grant.to_row()
        if row.holds_on(today):
            held.setdefault(row.user, []).append(row.role.label)
    return [
        UserLine(
            user.to_row(), tuple(dict.fromkeys(held.get(user.login, ()))), user.last_login, user.has_usable_password()
        )
        for user in users
    ]


def accounts_without_role(actor: User) -> list[UserRow]:
    """Open accounts that hold no role today, for whoever grants roles; the command line's own is none of them."""
    if not actor.may_anywhere(Permission.ROLES_GRANT):
        return []
    today = timezone.localdate()
    standing = Grant.objects.filter(Q(end__isnull=True) | Q(end__gte=today), start__lte=today, revoked_on__isnull=True)
    idle = User.objects.filter(is_active=True).exclude(pk__in=standing.values("user"))
    return [user.to_row() for user in idle.order_by("login")]


def accounts_of_nobody(actor: User) -> list[UserRow]:
    """Open accounts with a part in the business of which nobody knows whose they are, for whoever grants roles.

    None is opened so any more (``grant_role``); what an older version granted is theirs to replace. The command line's
    own account is none of them: whoever uses it owns the machine.
    """
    if not actor.may_anywhere(Permission.ROLES_GRANT):
        return []
    today = timezone.localdate()
    standing = Grant.objects.filter(Q(end__isnull=True) | Q(end__gte=today), revoked_on__isnull=True)
    business = standing.exclude(role__in=[role.value for role in ADMINISTRATORS])
    nameless = User.objects.filter(is_active=True, person="", pk__in=business.values("user")).exclude(login=CONSOLE)
    return [user.to_row() for user in nameless.order_by("login")]


def grant_rows(actor: User, *, text: str = "", role: str = "", standing: bool = True) -> list[GrantRow]:
    """Grants, found by log-in name or title; ``standing`` leaves out those that are over or revoked."""
    grants = visible_grants(actor).filter(Q(user__login__icontains=text) | Q(user__title__icontains=text))
    if role:
        grants = grants.filter(role=role)
    if standing:
        today = timezone.localdate()
        grants = grants.filter(Q(end__isnull=True) | Q(end__gte=today), revoked_on__isnull=True)
    return [grant.to_row() for grant in grants]


def user_titles(logins: Iterable[str]) -> dict[str, str]:
    """``log-in name → title`` of the accounts named."""
    return dict(User.objects.filter(login__in=set(logins)).values_list("login", "title"))


def user_choices(actor: User) -> list[tuple[str, str]]:
    """``(log-in name, title and log-in name)`` of the open accounts, without the actor's own.

    Of an account without a person it is said so: it can become an administrator's, and take no part in the business.
    """
    users = visible_users(actor).filter(is_active=True).exclude(pk=actor.pk)
    named = users.values_list("login", "title", "person")
    return [(login, f"{title}（{login}{'' if person else '，没有登记人员编号'}）") for login, title, person in named]


def administrators_acts(actor: User) -> QuerySet[Entry]:
    """What administrators did, and what anybody did to accounts and grants, newest first, for the auditor."""
    entries = Entry.objects.order_by("-id")
    if not actor.may_anywhere(Permission.ADMIN_LOGS_READ):
        return entries.none()
    return entries.filter(Q(actor__in=_administrators()) | Q(kind__in=ABOUT_ACCOUNTS))


def users_acts(actor: User) -> QuerySet[Entry]:
    """What everybody who is no administrator did, newest first, for the security administrator.

    Contents stay out, and so do minutes and reasons, which are content too (domain.md §4: rights without business).
    """
    entries = Entry.objects.order_by("-id")
    if not actor.may_anywhere(Permission.USER_LOGS_READ):
        return entries.none()
    return entries.exclude(actor__in=_administrators()).exclude(kind__in=ABOUT_ACCOUNTS).defer(*CONTENT)


def failed_log_ins(actor: User, limit: int = 50) -> list[AccessAttempt]:
    """The newest series of failed log-ins, for the security administrator."""
    if not actor.may_anywhere(Permission.USER_LOGS_READ):
        return []
    return list(AccessAttempt.objects.order_by("-attempt_time")[:limit])


def _administrators() -> list[str]:
    """Everybody who is or ever was one of the three."""
    roles = [role.value for role in ADMINISTRATORS]
    return list(Grant.objects.filter(role__in=roles).values_list("user__login", flat=True).distinct())
