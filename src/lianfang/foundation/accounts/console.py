"""What only the owner of the machine does: the command line's own account, and the first three administrators."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from lianfang.foundation.accounts.models import CONSOLE, PASSWORD_FIELDS, Grant, User
from lianfang.foundation.accounts.passwords import one_time_password
from lianfang.foundation.accounts.roles import ADMINISTRATORS, Role
from lianfang.foundation.accounts.rows import UserRow
from lianfang.foundation.journal.recording import record
from lianfang.foundation.journal.verbs import Verb
from lianfang.kernel.errors import Absent, Conflict


@transaction.atomic
def console_actor() -> User:
    """The account under which commands act when no other is named; made, and journalled, on first use."""
    user, created = User.objects.get_or_create(login=CONSOLE, defaults={"title": "命令行", "password": "!"})
    if created:
        grant = Grant.objects.create(
            user=user, role=Role.COORDINATOR.value, scope="", start=timezone.localdate(), reason="安装时设立"
        )
        record(user, Verb.USER_CREATED, user, note="命令行第一次使用时设立")
        record(user, Verb.ROLE_GRANTED, grant, basis=grant.reason)
    return user


THREE = (
    (Role.SYSTEM, "sysadmin", "系统管理员"),
    (Role.SECURITY, "secadmin", "安全管理员"),
    (Role.AUDITOR, "auditor", "安全审计员"),
)


@transaction.atomic
def open_administrators() -> list[tuple[UserRow, str]]:
    """Open whichever of the three administrators nobody is, with one-time passwords; journalled like any account.

    Whoever owns the machine needs this once, on a new installation, or when the only holder of a role is gone.

    Raises:
        Conflict: each of the three is somebody already.
    """
    actor, today, opened = console_actor(), timezone.localdate(), []
    for role, login, title in THREE:
        standing = Grant.objects.filter(role=role.value, revoked_on__isnull=True, user__is_active=True)
        if standing.exclude(end__lt=today).exists():
            continue
        password = one_time_password()
        user = User(login=_free(login), title=title, must_change_password=True)
        user.renew_password(password)
        user.save()
        grant = Grant.objects.create(user=user, role=role.value, scope="", start=today, reason="安装时设立")
        record(actor, Verb.USER_CREATED, user, note="在服务器命令行设立")
        record(actor, Verb.ROLE_GRANTED, grant, basis=grant.reason)
        opened.append((user.to_row(), password))
    if not opened:
        raise Conflict("系统管理员、安全管理员、安全审计员都已经设立。", "要换人的，由安全管理员授予、收回角色。")
    return opened


@transaction.atomic
def reset_administrator(login: str) -> tuple[UserRow, str]:
    """Give one of the three administrators a new one-time password, at the machine: no other administrator may.

    Raises:
        Absent: no active account of that name holds one of the three roles.
    """
    today = timezone.localdate()
    standing = Grant.objects.filter(role__in=ADMINISTRATORS, revoked_on__isnull=True).exclude(end__lt=today)
    grant = standing.filter(user__login=login, user__is_active=True).select_related("user").first()
    if grant is None:
        raise Absent(f"没有名为“{login}”、正在担任三员的账户。", "请核对登录名；业务人员的密码由系统管理员重设。")
    password, user = one_time_password(), grant.user
    user.must_change_password = True
    user.renew_password(password)
    user.save(update_fields=PASSWORD_FIELDS)
    record(console_actor(), Verb.PASSWORD_SET, user, note="在服务器命令行重设")
    return user.to_row(), password


def _free(login: str) -> str:
    taken = set(User.objects.filter(login__startswith=login).values_list("login", flat=True))
    return next(name for serial in range(len(taken) + 1) if (name := f"{login}{serial or ''}") not in taken)
