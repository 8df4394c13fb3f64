"""Who logs in to the demo bureau: one account a part, each the account of a person in the demo's own list."""

from __future__ import annotations

import datetime
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.db import transaction

from lianfang.foundation.accounts.actions import create_user, grant_role
from lianfang.foundation.accounts.console import open_administrators
from lianfang.foundation.accounts.models import Grant, User
from lianfang.foundation.accounts.passwords import one_time_password
from lianfang.foundation.accounts.roles import ADMINISTRATORS, Role
from lianfang.foundation.accounts.rows import GrantRow, UserRow

SINCE = datetime.date(2026, 1, 4)
REASON = "澄湖分局2026年分工通知（演示）"


@dataclass(frozen=True, slots=True)
class Part:
    """One demo account; without a role it waits for the security administrator."""

    login: str
    title: str
    role: Role | None
    scope: str
    person: str = ""


BUREAU = "JW/CH/"
PARTS = (
    Part("clerk", "污染防治科 华干事（经办）", Role.POST, f"{BUREAU}CH-WRF/", "CH-M26"),
    Part("head", "污染防治科 曹科长", Role.HEAD, f"{BUREAU}CH-WRF/", "CH-M24"),
    Part("brigade", "综合执法大队 陶大队长", Role.HEAD, f"{BUREAU}CH-ZFD/", "CH-M29"),
    Part("officer", "综合执法大队 谢队员（经办）", Role.POST, f"{BUREAU}CH-ZFD/", "CH-M32"),
    Part("station", "监测站 章站长", Role.HEAD, f"{BUREAU}CH-JCZ/", "CH-M38"),
    Part("sampler", "监测站 云采样员（经办）", Role.POST, f"{BUREAU}CH-JCZ/", "CH-M39"),
    Part("office", "办公室 钱主任", Role.HEAD, f"{BUREAU}CH-BGS/", "CH-M06"),
    Part("assets", "办公室 卫干事（经办）", Role.POST, f"{BUREAU}CH-BGS/", "CH-M10"),
    Part("legal", "法规宣教科 尤审核员", Role.LEGAL, BUREAU, "CH-M17"),
    Part("deputy", "吴副局长（分管污防、监测）", Role.DEPUTY, BUREAU, "CH-M03"),
    Part("secretary", "党组书记 周局长", Role.SECRETARY, BUREAU, "CH-M01"),
    Part("coordinator", "廉政办 范主任", Role.COORDINATOR, BUREAU, "CH-M44"),
    Part("commission", "区纪委监委 韩主任", Role.COMMISSION, "", "JW-M01"),
    Part("neighbour", "区水务局水资源管理科 马科长", Role.HEAD, "JW/SW/SW-SZY/", "SW-M03"),
    Part("newcomer", "法规宣教科 何干事（等安全管理员授权）", None, "", "CH-M19"),
    Part("sysadmin", "系统管理员", Role.SYSTEM, ""),
    Part("secadmin", "安全管理员", Role.SECURITY, ""),
    Part("auditor", "安全审计员", Role.AUDITOR, ""),
)


@transaction.atomic
def open_accounts(home: Path) -> str:
    """Open the demo accounts with one password, made for this deployment and kept beside its database; return it.

    As in a real installation the machine's owner sets up the three administrators, the system administrator opens the
    other accounts, and the security administrator grants the roles; so their pages and logs have something to show.
    """
    password = _password(home)
    wanted = [part for part in PARTS if not User.objects.filter(login=part.login).exists()]
    if any(part.role in ADMINISTRATORS for part in wanted):
        open_administrators()
    system, security = _holder(Role.SYSTEM), _holder(Role.SECURITY)
    for part in wanted:
        if part.role not in ADMINISTRATORS:
            row = UserRow(number=part.login, title=part.title, person=part.person)
            create_user(actor=system, row=row, password=one_time_password())
        if part.role and part.role not in ADMINISTRATORS:
            grant = GrantRow(number="", user=part.login, role=part.role, scope=part.scope, start=SINCE, reason=REASON)
            grant_role(actor=security, row=grant)
    # What belongs to everybody who tries the demo is known to all of them: nobody has to choose a new one.
    opened = User.objects.filter(login__in=[part.login for part in wanted])
    opened.update(password=make_password(password), must_change_password=False, password_set_at=None)
    return password


def _password(home: Path) -> str:
    kept = home / "demo-password"
    if not kept.exists():
        kept.write_text(secrets.token_urlsafe(6))
        kept.chmod(0o600)
    return kept.read_text().strip()


def _holder(role: Role) -> User:
    grants = Grant.objects.filter(role=role.value, revoked_on__isnull=True, user__is_active=True)
    return grants.select_related("user").earliest("id").user
