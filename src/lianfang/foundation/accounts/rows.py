"""Users and grants as frozen values."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import ClassVar

from lianfang.foundation.accounts.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class UserRow:
    """An account without its secrets."""

    kind: ClassVar[str] = "users"
    label: ClassVar[str] = "账户"
    headings: ClassVar[dict[str, str]] = {
        "number": "登录名",
        "title": "称谓",
        "person": "人员",
        "is_active": "启用",
        "must_change_password": "须改密码",
    }

    number: str
    title: str
    person: str = ""
    is_active: bool = True
    must_change_password: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantRow:
    """One role over one subtree, with dates; ``scope`` is a unit path, "" for everywhere."""

    kind: ClassVar[str] = "grants"
    label: ClassVar[str] = "授权"
    headings: ClassVar[dict[str, str]] = {
        "number": "编号", "user": "账户", "role": "角色", "scope": "范围", "start": "自", "end": "至", "reason": "依据",
        "revoked_on": "收回日期",
    }  # fmt: skip

    number: str
    user: str
    role: Role
    scope: str
    start: datetime.date
    end: datetime.date | None = None
    reason: str = ""
    revoked_on: datetime.date | None = None

    def holds_on(self, day: datetime.date) -> bool:
        """Whether the grant is in force on ``day`` (both ends included)."""
        return self.revoked_on is None and self.start <= day and (self.end is None or day <= self.end)

    @property
    def title(self) -> str:
        """Shown in the catalogue and in messages."""
        return f"{self.user} {self.role.label}"
