"""Writing accounts: SYS opens and closes them, SECADM grants and revokes roles, everybody changes the own password."""

from __future__ import annotations

import re

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from lianfang.foundation.accounts.models import CONSOLE, PASSWORD_FIELDS, Grant, User
from lianfang.foundation.accounts.permission import allow, allow_anywhere
from lianfang.foundation.accounts.queries import demand_nameless, role_apart, user_named, visible_grants
from lianfang.foundation.accounts.roles import ADMINISTRATORS, Permission, Role, incompatible
from lianfang.foundation.accounts.rows import GrantRow, UserRow
from lianfang.foundation.journal.recording import record
from lianfang.foundation.journal.verbs import Verb
from lianfang.kernel.errors import Conflict, Invalid, Refused
from lianfang.kernel.substance import ORGANISING, REOPENING, demand_reason

_LOGIN = re.compile(r"[a-z][a-z0-9._-]{2,31}")
_SCOPE = re.compile(r"(?:[A-Z0-9-]+/)*")


@transaction.atomic
def create_user(*, actor: User, row: UserRow, password: str) -> UserRow:
    """Open an account with a one-time password, which must be changed at the first log-in.

    Raises:
        Invalid: the login has another shape or was used before, or there is no title.
    """
    allow_anywhere(actor, Permission.USERS_MANAGE)
    if not _LOGIN.fullmatch(row.number):
        raise Invalid(
            f"登录名“{row.number}”不合规则。", "由 3 至 32 个小写字母、数字、点、短横线、下划线组成，以字母开头。"
        )
    if User.objects.filter(login=row.number).exists():
        raise Invalid(f"登录名“{row.number}”已经有人使用。", "请换一个登录名；停用的登录名也不能再用。")
    if not row.title.strip():
        raise Invalid("请填写称谓。", "例如：污染防治科　张科长。称谓显示在每一条办理记录里。")
    _demand_one_account(row.person, but="")
    user = User(login=row.number, title=row.title.strip(), person=row.person, must_change_password=True)
    user.renew_password(password)
    user.save()
    record(actor, Verb.USER_CREATED, user)
    return user.to_row()


@transaction.atomic
def disable_user(*, actor: User, login: str, note: str) -> UserRow:
    """Close an account; whoever is logged in with it is out at the next click. Nothing is deleted.

    Raises:
        Refused: it is the actor's own account.
        Conflict: it is closed already.
    """
    allow_anywhere(actor, Permission.USERS_MANAGE)
    user = user_named(login)
    if user.pk == actor.pk:
        raise Refused("不能停用自己的账户。", "请由另一名系统管理员办理。")
    _demand_apart(user)
    if not user.is_active:
        raise Conflict(f"“{login}”已经停用。")
    demand_reason(note, REOPENING, missing="停用账户须写明原因。", remedy="例如：调离、退休、账户被盗用。")
    user.is_active = False
    user.save(update_fields=["is_active"])
    record(actor, Verb.USER_DISABLED, user, note=note)
    return user.to_row()


@transaction.atomic
def enable_user(*, actor: User, login: str, password: str, note: str = "") -> UserRow:
    """Open a closed account again, with a new one-time password.

    Raises:
        Conflict: it is not closed.
    """
    allow_anywhere(actor, Permission.USERS_MANAGE)
    user = user_named(login)
    _demand_apart(user)
    if user.is_active:
        raise Conflict(f"“{login}”没有停用。")
    _demand_one_account(user.person, but=login)
    user.is_active, user.must_change_password = True, True
    user.renew_password(password)
    user.save(update_fields=["is_active", *PASSWORD_FIELDS])
    record(actor, Verb.USER_ENABLED, user, note=note)
    return user.to_row()


@transaction.atomic
def name_person(*, actor: User, login: str, person: str, note: str) -> UserRow:
    """Say whose an account is that was opened without a person: once, for what somebody signed stays theirs.

    Raises:
        Refused: the own account, or one of the other two administrators.
        Conflict: the account is closed, or it is known whose it is.
        Invalid: no person, one who has an open account already, or no reason.
    """
    allow_anywhere(actor, Permission.USERS_MANAGE)
    user = User.objects.select_for_update().get(pk=user_named(login).pk)
    if user.pk == actor.pk:
        raise Refused("不能给自己的账户登记人员编号。", "请由另一名系统管理员办理。")
    _demand_apart(user)
    demand_nameless(user.to_row())
    if not person:
        raise Invalid("请填写人员编号。", "编号以人员名册为准。")
    _demand_one_account(person, but=login)
    demand_reason(note, ORGANISING, missing="登记人员编号须写明依据。", remedy="例如：任职文件号、本人确认的书面记录。")
    user.person = person
    user.save(update_fields=["person"])
    record(actor, Verb.USER_NAMED, user, basis=note.strip())
    return user.to_row()


@transaction.atomic
def reset_password(*, actor: User, login: str, password: str, note: str = "") -> UserRow:
    """Give an account a new one-time password; all its sessions end, because they carry a hash of the old one.

    Raises:
        Conflict: the account is closed.
        Refused: it is the actor's own account.
    """
    allow_anywhere(actor, Permission.USERS_MANAGE)
    user = user_named(login)
    if not user.is_active:
        raise Conflict(f"“{login}”已经停用，不能重设密码。", "请先恢复账户。")
    if user.pk == actor.pk:
        raise Refused("不能给自己重设一次性密码。", "请用“修改密码”。")
    _demand_apart(user)
    user.must_change_password = True
    user.renew_password(password)
    user.save(update_fields=PASSWORD_FIELDS)
    record(actor, Verb.PASSWORD_SET, user, note=note)
    return user.to_row()


@transaction.atomic
def change_password(*, actor: User, old: str, new: str) -> UserRow:
    """Everybody's own password.

    Raises:
        Invalid: the old one is wrong, the new one is the old one, or too weak; ``details`` says why.
    """
    allow_anywhere(actor, Permission.OWN_PASSWORD)
    if not actor.check_password(old):
        raise Invalid("原密码不对。", "请重新输入现在使用的密码。")
    if old == new:
        raise Invalid("新密码和原密码相同。", "请换一个新密码。")
    try:
        validate_password(new, actor)
    except ValidationError as error:
        raise Invalid("新密码不够安全。", "请按下列要求换一个。", details=error.messages) from error
    actor.must_change_password = False
    actor.renew_password(new)
    actor.save(update_fields=PASSWORD_FIELDS)
    record(actor, Verb.PASSWORD_CHANGED, actor)
    return actor.to_row()


@transaction.atomic
def grant_role(*, actor: User, row: GrantRow) -> GrantRow:
    """Give somebody a role over a subtree of units, with dates and a reason.

    Raises:
        Refused: to oneself, or against the separation of the three administrators (三员分立), which is asked while
            the account is held, so that two grants at once cannot both pass.
        Invalid: dates in disorder, an unreadable scope, no reason, the same grant stands already, or a part in the
            business for an account of which nobody knows whose it is.
    """
    allow_anywhere(actor, Permission.ROLES_GRANT)
    user = User.objects.select_for_update().get(pk=user_named(row.user).pk)
    if user.pk == actor.pk:
        raise Refused("不能给自己授权。", "请由另一名安全管理员办理。")
    _demand_sound_grant(row)
    _demand_compatible(user, row)
    _demand_person(user, row.role)
    grant = Grant.objects.create(
        user=user, role=row.role.value, scope=row.scope, start=row.start, end=row.end, reason=row.reason.strip()
    )
    record(actor, Verb.ROLE_GRANTED, grant, basis=grant.reason)
    return grant.to_row()


@transaction.atomic
def revoke_grant(*, actor: User, number: str, reason: str) -> GrantRow:
    """Take a grant back at once; it stays in the list with the day and the reason in the journal.

    Raises:
        Conflict: it was taken back already.
        Refused: it is a grant of the actor's own.
    """
    grant = allow(actor, Permission.ROLES_GRANT, visible_grants(actor), number)
    if grant.revoked_on is not None:
        raise Conflict(f"这项授权已于 {grant.revoked_on} 收回。")
    if grant.user_id == actor.pk:
        raise Refused("不能收回自己的授权。", "请由另一名安全管理员办理。")
    demand_reason(reason, REOPENING, missing="收回授权须写明原因。", remedy="例如：岗位调整、任期届满、不再分管。")
    grant.revoked_on = timezone.localdate()
    grant.save(update_fields=["revoked_on"])
    record(actor, Verb.ROLE_REVOKED, grant, note=reason)
    return grant.to_row()


@transaction.atomic
def rescope_grants(*, actor: User, old: str, new: str, basis: str) -> list[GrantRow]:
    """Let the grants that lie under path ``old`` follow their unit to ``new``, each with its own journal entry.

    Called by the action that moves a unit: no grant is lost, the units themselves have moved. Whoever holds a role
    over the new parent holds it from now on over the moved unit too, as over everything below that parent.
    """
    allow_anywhere(actor, Permission.ORGANISATION_EDIT)
    demand_reason(basis, ORGANISING)
    moved = []
    for grant in Grant.objects.filter(scope__gte=old, scope__lt=old + "~").select_related("user").order_by("id"):
        grant.scope = new + grant.scope.removeprefix(old)
        grant.save(update_fields=["scope"])
        record(actor, Verb.ROLE_RESCOPED, grant, basis=basis)
        moved.append(grant.to_row())
    return moved


def _demand_apart(user: User) -> None:
    """Whoever resets a password can log in with it once: so no administrator does that to one of another kind.

    The accounts of SECADM and AUD are in the hands of the machine's owner (``lianfang administrators --reset``).
    """
    if user.login == CONSOLE:
        raise Refused(
            "“命令行”是服务器命令的账户，不属于任何人：不能登录，不能重设密码、登记人员编号、停用或者恢复。",
            "不让命令行办理业务的，由安全管理员收回它的角色。",
        )
    held = role_apart(user)
    if held is not None:
        raise Refused(
            f"“{user}”是{held.label}，系统管理员不能重设其密码、登记其人员编号、停用或者恢复其账户（三员分立）。",
            "忘记密码的，由服务器负责人执行 lianfang administrators --reset 登录名；换人的，先由安全管理员收回角色。",
        )


def _demand_one_account(person: str, *, but: str) -> None:
    """A seat, a signature and a duty belong to a person, so a person acts under one account at a time."""
    if not person:
        return
    other = User.objects.filter(person=person, is_active=True).exclude(login=but).first()
    if other is not None:
        raise Invalid(
            f"人员“{person}”已经有启用的账户“{other.login}”。", "一个人只用一个账户；请核对人员编号，或者先停用原账户。"
        )


def _demand_person(user: User, role: Role) -> None:
    """Four eyes are two persons' eyes: an account without a person could be anybody's second one (docs 0017)."""
    if role not in ADMINISTRATORS and not user.person:
        raise Invalid(
            f"账户“{user.login}”没有登记人员编号，不能授予{role.label}。",
            "经手和把关的人分得开，先要认得出账户是谁的。请系统管理员打开这个账户，点“登记人员编号”，再授权。",
        )


def _demand_sound_grant(row: GrantRow) -> None:
    if row.end is not None and row.end < row.start:
        raise Invalid(f"截止日期 {row.end} 早于开始日期 {row.start}。")
    if row.end is not None and row.end < timezone.localdate():
        raise Invalid(f"截止日期 {row.end} 已经过去。", "请核对日期；不设截止日期的留空。")
    if not _SCOPE.fullmatch(row.scope):
        raise Invalid(f"授权范围“{row.scope}”不是单位路径。", "请从单位列表中选择。")
    if row.role in ADMINISTRATORS and row.scope:
        raise Invalid(f"{row.role.label}管的是整个系统，不按单位授权。", "范围请选“全部单位”。")
    remedy = "例如：任职文件号、分工通知、局党组会纪要编号。"
    demand_reason(row.reason, ORGANISING, missing="授权须写明依据。", remedy=remedy)


def _demand_compatible(user: User, row: GrantRow) -> None:
    """The three administrators exclude every other role, also one that is only to begin or not yet over."""
    standing = Grant.objects.filter(user=user, revoked_on__isnull=True)
    standing = standing.filter(Q(end__isnull=True) | Q(end__gte=row.start))
    if row.end is not None:
        standing = standing.filter(start__lte=row.end)
    held = {Role(role) for role in standing.values_list("role", flat=True)}
    obstacle = incompatible(held, row.role)
    if obstacle is not None:
        raise Refused(
            f"“{user}”同期是{obstacle.label}，不能再授予{row.role.label}。",
            "系统管理员、安全管理员、安全审计员三员分立，彼此不能兼任，也不能兼任任何业务角色；请另指定人员。",
        )
    if standing.filter(role=row.role.value, scope=row.scope).exists():
        raise Invalid(f"“{user}”在这个范围内已经是{row.role.label}。", "要改日期，请先收回原有授权，再重新授予。")
