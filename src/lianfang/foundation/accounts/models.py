"""Users and their grants."""

from __future__ import annotations

import datetime as dt
import secrets

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property

from lianfang.foundation.accounts.roles import EVERYBODY, MATRIX, Permission, Role
from lianfang.foundation.accounts.rows import GrantRow, UserRow
from lianfang.foundation.catalogue.fields import CodeField

CONSOLE = "console"
"""Account under which commands act when no other is named; no person stands behind it."""
PASSWORD_FIELDS = ["must_change_password", "password", "password_set_at"]
"""What is saved after :meth:`User.renew_password`."""


class UserManager(BaseUserManager["User"]):
    """Finds users by log-in name for Django's own log-in."""


class User(AbstractBaseUser):
    """Somebody who may log in; what they may do is in their grants."""

    login = models.CharField("登录名", max_length=64, unique=True)
    title = models.CharField("称谓", max_length=120)
    person = models.CharField("人员编号", max_length=64, blank=True)
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("须改密码", default=False)
    password_set_at = models.DateTimeField("密码设定时间", null=True, blank=True)
    created_at = models.DateTimeField("开设时间", auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "login"

    class Meta:
        """Ordinary table."""

        verbose_name = verbose_name_plural = "账户"
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(is_active=True) & ~Q(person=""), name="user_one_account_a_person"
            )
        ]

    unit_path = ""

    def __str__(self) -> str:
        return self.title or self.login

    @property
    def number(self) -> str:
        """Users are known by their log-in name."""
        return self.login

    def renew_password(self, password: str) -> None:
        """Set a password and note when, so that its age can be asked; the caller saves."""
        self.set_password(password)
        self.password_set_at = timezone.now()

    @property
    def owes_password(self) -> bool:
        """Whether the person has to choose a new password before anything else: a one-time one, or one too old."""
        if self.must_change_password or not settings.PASSWORD_DAYS or self.password_set_at is None:
            return self.must_change_password
        return timezone.now() - self.password_set_at >= dt.timedelta(days=settings.PASSWORD_DAYS)

    @cached_property
    def grants(self) -> tuple[GrantRow, ...]:
        """Grants in force today; read once for each request, so a revoked role is gone at the next one."""
        today = timezone.localdate()
        held = self.grant_set.filter(start__lte=today, revoked_on__isnull=True)
        held = held.filter(Q(end__isnull=True) | Q(end__gte=today))
        return tuple(grant.to_row() for grant in held.order_by("id"))

    @property
    def roles(self) -> frozenset[Role]:
        """Roles held today, anywhere."""
        return frozenset(grant.role for grant in self.grants)

    def paths(self, permission: Permission) -> tuple[str, ...]:
        """Subtrees in which this user holds ``permission`` today; "" means everywhere."""
        if permission in EVERYBODY:
            return ("",)
        found = {grant.scope for grant in self.grants if permission in MATRIX[grant.role]}
        return tuple(sorted(path for path in found if not any(o != path and path.startswith(o) for o in found)))

    def may(self, permission: Permission, path: str = "") -> bool:
        """Whether the user holds ``permission`` over the unit at ``path``."""
        return any(path.startswith(scope) for scope in self.paths(permission))

    def may_anywhere(self, permission: Permission) -> bool:
        """Whether the user holds ``permission`` over at least one unit."""
        return bool(self.paths(permission))

    def to_row(self) -> UserRow:
        """The user without any secret."""
        return UserRow(
            number=self.login,
            title=self.title,
            person=self.person,
            is_active=self.is_active,
            must_change_password=self.must_change_password,
        )


def new_grant_number() -> str:
    """A number that says nothing about who holds what."""
    return f"SQ-{secrets.token_hex(5)}"


class Grant(models.Model):
    """One role over one subtree of units, with dates."""

    number = CodeField("授权编号", max_length=20, unique=True, default=new_grant_number, editable=False)
    user = models.ForeignKey(User, models.PROTECT, verbose_name="账户")
    role = models.CharField("角色", max_length=8, choices=Role.choices())
    scope = CodeField("范围", max_length=200, blank=True)
    start = models.DateField("自")
    end = models.DateField("至", null=True, blank=True)
    reason = models.CharField("依据", max_length=300, blank=True)
    revoked_on = models.DateField("收回日期", null=True, blank=True)
    """Gone from that moment, whatever the dates say; the line stays so that the past can be explained."""

    class Meta:
        """A grant ends no earlier than it starts, and is not given twice while it stands."""

        verbose_name = verbose_name_plural = "授权"
        constraints = [
            models.CheckConstraint(condition=Q(end__isnull=True) | Q(end__gte=F("start")), name="grant_dates_in_order"),
            models.UniqueConstraint(
                fields=["user", "role", "scope", "start"], condition=Q(revoked_on__isnull=True), name="grant_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.role} {self.scope or '全部'}"

    @property
    def unit_path(self) -> str:
        """A grant lies where it reaches."""
        return self.scope

    def to_row(self) -> GrantRow:
        """The grant as its frozen value."""
        return GrantRow(
            number=str(self.number),
            user=self.user.login,
            role=Role(self.role),
            scope=self.scope,
            start=self.start,
            end=self.end,
            reason=self.reason,
            revoked_on=self.revoked_on,
        )
