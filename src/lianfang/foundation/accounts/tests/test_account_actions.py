"""Accounts and grants: three administrators, each with a part, none with two."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
import time_machine
from django.test import override_settings
from django.utils import timezone

from lianfang.conftest import PARTS, PASSWORD, Cast
from lianfang.foundation.accounts import actions
from lianfang.foundation.accounts.console import console_actor, open_administrators
from lianfang.foundation.accounts.models import Grant, User
from lianfang.foundation.accounts.passwords import ALPHABET, one_time_password
from lianfang.foundation.accounts.queries import (
    accounts_of_nobody,
    administrators_acts,
    grant_rows,
    user_lines,
    users_acts,
)
from lianfang.foundation.accounts.roles import ADMINISTRATORS, Permission, Role
from lianfang.foundation.accounts.rows import GrantRow, UserRow
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.journal.queries import history_of
from lianfang.kernel.errors import Absent, Conflict, Invalid, Refused
from lianfang.registers.powers.actions import create_power
from lianfang.registers.powers.rows import PowerRow

NEWCOMER = UserRow(number="wangke", title="污染防治科　王科长", person="LH-M05")
FIRST = "abcd-efgh-jkmn-pqrs"


@pytest.fixture
def today() -> datetime.date:
    return timezone.localdate()


@pytest.fixture
def newcomer(cast: Cast) -> User:
    actions.create_user(actor=cast.system, row=NEWCOMER, password=FIRST)
    return User.objects.get(login="wangke")


def wanted(user: str, role: Role, scope: str, start: datetime.date) -> GrantRow:
    return GrantRow(number="", user=user, role=role, scope=scope, start=start, reason="分工通知〔2026〕2号")


def test_one_time_passwords_are_long_readable_and_never_the_same() -> None:
    made = {one_time_password() for _ in range(200)}

    assert len(made) == 200
    assert all(set(word) <= set(ALPHABET + "-") and len(word) == 19 for word in made)


def test_a_new_account_holds_no_role_and_must_change_its_password(newcomer: User) -> None:
    assert newcomer.check_password(FIRST)
    assert newcomer.must_change_password
    assert not newcomer.grants
    assert newcomer.may_anywhere(Permission.OWN_PASSWORD)
    assert not newcomer.may_anywhere(Permission.POWERS_READ)


def test_no_secret_reaches_the_journal(newcomer: User) -> None:
    entry = Entry.objects.get(kind="users")

    assert FIRST not in entry.after
    assert newcomer.password not in entry.after


@pytest.mark.parametrize("login", ["head", "Wang", "王科", "ab", "a" * 40, "a b"])
def test_a_log_in_name_is_new_and_plain(cast: Cast, login: str) -> None:
    with pytest.raises(Invalid):
        actions.create_user(actor=cast.system, row=replace(NEWCOMER, number=login), password=FIRST)


@pytest.mark.parametrize("part", ["security", "auditor", "coordinator", "secretary", "commission"])
def test_only_the_system_administrator_opens_and_closes_accounts(cast: Cast, part: str) -> None:
    actor = getattr(cast, part)

    with pytest.raises(Refused):
        actions.create_user(actor=actor, row=NEWCOMER, password=FIRST)
    with pytest.raises(Refused):
        actions.disable_user(actor=actor, login="head", note="调离")
    with pytest.raises(Refused):
        actions.reset_password(actor=actor, login="head", password=FIRST, note="")


def test_a_closed_account_stays_and_comes_back_with_a_new_password(cast: Cast) -> None:
    actions.disable_user(actor=cast.system, login="head", note="借调")
    with pytest.raises(Conflict):
        actions.reset_password(actor=cast.system, login="head", password=FIRST, note="")

    actions.enable_user(actor=cast.system, login="head", password=FIRST, note="借调期满")

    head = User.objects.get(login="head")
    assert (head.is_active, head.must_change_password) == (True, True)
    assert not head.check_password(PASSWORD)
    assert [line.verb for line in history_of("users", "head")] == ["恢复账户", "停用账户"]


def test_a_closing_needs_a_reason_and_is_not_for_oneself(cast: Cast) -> None:
    with pytest.raises(Invalid):
        actions.disable_user(actor=cast.system, login="head", note=" ")
    with pytest.raises(Refused):
        actions.disable_user(actor=cast.system, login="system", note="休假")
    with pytest.raises(Refused):
        actions.reset_password(actor=cast.system, login="system", password=FIRST, note="")
    with pytest.raises(Absent):
        actions.disable_user(actor=cast.system, login="nobody", note="调离")


def test_everybody_changes_the_own_password_and_the_demand_is_met(newcomer: User) -> None:
    actions.change_password(actor=newcomer, old=FIRST, new="qingfeng-zhengqi-26")

    stored = User.objects.get(login="wangke")
    assert stored.check_password("qingfeng-zhengqi-26")
    assert not stored.must_change_password


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("not-it", "qingfeng-zhengqi-26", "原密码不对"),
        (FIRST, FIRST, "相同"),
        (FIRST, "short", "不够安全"),
        (FIRST, "password123", "不够安全"),
        (FIRST, "wangke-2026", "不够安全"),
    ],
)
def test_a_wrong_old_or_a_weak_new_password_is_refused(newcomer: User, old: str, new: str, wrong: str) -> None:
    with pytest.raises(Invalid, match=wrong):
        actions.change_password(actor=newcomer, old=old, new=new)

    assert User.objects.get(login="wangke").check_password(FIRST)


def test_a_role_is_granted_over_a_subtree_and_holds_at_the_next_request(
    cast: Cast, newcomer: User, today: datetime.date
) -> None:
    row = actions.grant_role(actor=cast.security, row=wanted("wangke", Role.HEAD, "JW/LH/LH-WRF/", today))

    assert row.number.startswith("SQ-")
    fresh = User.objects.get(login="wangke")
    assert fresh.may(Permission.POWERS_CLEAR, "JW/LH/LH-WRF/")
    assert not fresh.may(Permission.POWERS_CLEAR, "JW/LH/LH-ZF/")
    assert history_of("grants", row.number)[0].basis == "分工通知〔2026〕2号"


@pytest.mark.parametrize("part", ["system", "auditor", "coordinator", "secretary"])
def test_only_the_security_administrator_grants(cast: Cast, newcomer: User, today: datetime.date, part: str) -> None:
    with pytest.raises(Refused):
        actions.grant_role(actor=getattr(cast, part), row=wanted("wangke", Role.POST, "JW/LH/", today))


def test_nobody_grants_to_oneself(cast: Cast, today: datetime.date) -> None:
    with pytest.raises(Refused, match="自己"):
        actions.grant_role(actor=cast.security, row=wanted("security", Role.SECURITY, "", today))


@pytest.mark.parametrize(
    ("held", "role"),
    [(part, role) for part in ("system", "auditor", "head") for role in Role if role in ADMINISTRATORS],
)
def test_the_three_administrators_exclude_each_other_and_business(
    cast: Cast, today: datetime.date, held: str, role: Role
) -> None:
    own = {"system": Role.SYSTEM, "auditor": Role.AUDITOR}.get(held)
    expected = Invalid if own is role else Refused

    with pytest.raises(expected) as stopped:
        actions.grant_role(actor=cast.security, row=wanted(held, role, "", today))

    assert own is role or "三员分立" in stopped.value.remedy


def test_an_administrator_of_next_year_excludes_business_that_lasts_until_then(
    cast: Cast, newcomer: User, today: datetime.date
) -> None:
    later = today + datetime.timedelta(days=300)
    actions.grant_role(actor=cast.security, row=wanted("wangke", Role.AUDITOR, "", later))

    with pytest.raises(Refused):
        actions.grant_role(actor=cast.security, row=wanted("wangke", Role.POST, "JW/LH/", today))
    ending = replace(wanted("wangke", Role.POST, "JW/LH/", today), end=later - datetime.timedelta(days=1))
    assert actions.grant_role(actor=cast.security, row=ending).end == ending.end


def test_a_grant_has_dates_in_order_a_readable_scope_and_a_reason(
    cast: Cast, newcomer: User, today: datetime.date
) -> None:
    good = wanted("wangke", Role.POST, "JW/LH/", today)
    faulty = [
        replace(good, end=today - datetime.timedelta(days=1)),
        replace(good, start=today - datetime.timedelta(days=9), end=today - datetime.timedelta(days=3)),
        replace(good, scope="JW/LH"),
        replace(good, reason=" "),
        replace(good, role=Role.AUDITOR),
    ]

    for row in faulty:
        with pytest.raises(Invalid):
            actions.grant_role(actor=cast.security, row=row)

    assert not Grant.objects.filter(user=newcomer).exists()


@pytest.mark.covers("S78")
@pytest.mark.parametrize("role", [role for role in Role if role not in ADMINISTRATORS])
def test_an_account_of_nobody_gets_no_part_in_the_business(cast: Cast, today: datetime.date, role: Role) -> None:
    second = replace(NEWCOMER, number="zhou2", title="周书记", person="")
    actions.create_user(actor=cast.system, row=second, password=FIRST)

    with pytest.raises(Invalid, match="没有登记人员编号"):
        actions.grant_role(actor=cast.security, row=wanted("zhou2", role, "JW/LH/", today))
    actions.grant_role(actor=cast.security, row=wanted("zhou2", Role.AUDITOR, "", today))

    assert User.objects.get(login="zhou2").roles == {Role.AUDITOR}


@pytest.mark.covers("S78")
def test_older_accounts_of_nobody_are_shown_to_the_security_administrator_alone(cast: Cast) -> None:
    console_actor()
    nameless = {part for part, (_, role, _, person) in PARTS.items() if role not in ADMINISTRATORS and not person}

    assert {row.number for row in accounts_of_nobody(cast.security)} == nameless
    assert accounts_of_nobody(cast.system) == []

    actions.disable_user(actor=cast.system, login="outsider", note="另开有人员编号的账户")
    assert {row.number for row in accounts_of_nobody(cast.security)} == nameless - {"outsider"}


def test_a_grant_that_stands_is_not_given_twice_and_comes_back_after_it_was_revoked(
    cast: Cast, newcomer: User, today: datetime.date
) -> None:
    row = actions.grant_role(actor=cast.security, row=wanted("wangke", Role.POST, "JW/LH/", today))
    with pytest.raises(Invalid, match="已经是"):
        actions.grant_role(actor=cast.security, row=wanted("wangke", Role.POST, "JW/LH/", today))
    actions.revoke_grant(actor=cast.security, number=row.number, reason="岗位调整")
    assert not User.objects.get(login="wangke").roles

    actions.grant_role(actor=cast.security, row=wanted("wangke", Role.POST, "JW/LH/", today))

    assert User.objects.get(login="wangke").roles == {Role.POST}
    assert len(grant_rows(cast.security, text="wangke", standing=False)) == 2
    assert len(grant_rows(cast.security, text="wangke")) == 1


def test_a_revocation_needs_a_reason_happens_once_and_is_not_for_oneself(cast: Cast) -> None:
    number = Grant.objects.get(user=cast.head).number
    with pytest.raises(Invalid):
        actions.revoke_grant(actor=cast.security, number=number, reason="")
    with pytest.raises(Refused):
        actions.revoke_grant(actor=cast.security, number=Grant.objects.get(user=cast.security).number, reason="不干了")
    with pytest.raises(Absent):
        actions.revoke_grant(actor=cast.auditor, number=number, reason="调整")

    actions.revoke_grant(actor=cast.security, number=number, reason="岗位调整")

    with pytest.raises(Conflict):
        actions.revoke_grant(actor=cast.security, number=number, reason="再收一次")


def test_a_new_installation_opens_the_three_administrators_once(db: None) -> None:
    opened = open_administrators()

    assert [(row.number, row.must_change_password) for row, _ in opened] == [
        ("sysadmin", True),
        ("secadmin", True),
        ("auditor", True),
    ]
    assert User.objects.get(login="secadmin").roles == {Role.SECURITY}
    assert User.objects.get(login="auditor").check_password(opened[2][1])
    assert len({password for _, password in opened}) == 3
    assert history_of("users", "sysadmin")[0].actor == "命令行"
    with pytest.raises(Conflict):
        open_administrators()


def test_an_administrator_who_is_gone_is_replaced_under_another_name(db: None) -> None:
    open_administrators()
    User.objects.filter(login="secadmin").update(is_active=False)

    ((row, _password),) = open_administrators()

    assert row.number == "secadmin1"


def test_each_administrator_reads_the_log_that_is_theirs(cast: Cast, newcomer: User) -> None:
    create_power(actor=cast.clerk, row=PowerRow(number="", unit="LH-WRF", name="现场检查"))

    assert {entry.kind for entry in administrators_acts(cast.auditor)} == {"users"}
    assert {entry.kind for entry in users_acts(cast.security)} == {"powers"}
    for stranger in (cast.system, cast.coordinator, cast.security):
        assert not administrators_acts(stranger).exists()
    for stranger in (cast.system, cast.auditor, cast.secretary):
        assert not users_acts(stranger).exists()


def test_accounts_are_seen_by_those_who_manage_them_with_their_roles_of_today(cast: Cast) -> None:
    lines = {line.row.number: line.roles for line in user_lines(cast.system)}

    assert lines["head"] == ("科室负责人",)
    assert {line.row.number for line in user_lines(cast.security, "科长")} == {"head", "outsider"}
    assert user_lines(cast.coordinator) == []
    assert grant_rows(cast.auditor) == []


@pytest.mark.parametrize("part", ["security", "auditor"])
def test_the_system_administrator_does_not_lay_hands_on_the_other_two(cast: Cast, part: str) -> None:
    with pytest.raises(Refused, match="三员分立"):
        actions.reset_password(actor=cast.system, login=part, password=FIRST, note="忘记密码")
    with pytest.raises(Refused, match="三员分立"):
        actions.disable_user(actor=cast.system, login=part, note="调离")

    other = User.objects.get(login=part)
    assert (other.is_active, other.check_password(PASSWORD)) == (True, True)


def test_an_administrator_who_was_relieved_of_the_role_is_like_everybody(cast: Cast, today: datetime.date) -> None:
    grant = Grant.objects.get(user=cast.auditor)
    actions.revoke_grant(actor=cast.security, number=grant.number, reason="轮岗")

    actions.disable_user(actor=cast.system, login=cast.auditor.login, note="调离")

    assert not User.objects.get(login=cast.auditor.login).is_active


def test_a_person_acts_under_one_account_at_a_time(cast: Cast, newcomer: User) -> None:
    taken = cast.head.person

    with pytest.raises(Invalid, match="已经有启用的账户"):
        actions.create_user(actor=cast.system, row=replace(NEWCOMER, number="second", person=taken), password=FIRST)
    actions.disable_user(actor=cast.system, login="head", note="借调")
    actions.create_user(actor=cast.system, row=replace(NEWCOMER, number="second", person=taken), password=FIRST)
    with pytest.raises(Invalid, match="已经有启用的账户“second”"):
        actions.enable_user(actor=cast.system, login="head", password=FIRST, note="回来")


@pytest.mark.parametrize(
    "chosen", ["13800138000", "20170621410106", "zhoushuji2026", "ZHANGKEZHANG2026", "qingfengzhengqi"]
)
def test_numbers_and_names_with_a_year_are_no_passwords(newcomer: User, chosen: str) -> None:
    with pytest.raises(Invalid) as told:
        actions.change_password(actor=newcomer, old=FIRST, new=chosen)

    assert any("至少 3 种" in why for why in told.value.details)


def test_a_short_password_is_refused_in_chinese(newcomer: User) -> None:
    with pytest.raises(Invalid) as told:
        actions.change_password(actor=newcomer, old=FIRST, new="Ab-1")

    assert "密码至少 10 个字符。" in told.value.details


def test_a_password_grows_old_and_a_new_one_is_owed(newcomer: User) -> None:
    actions.change_password(actor=newcomer, old=FIRST, new="qingfeng-zhengqi-26")
    assert not newcomer.owes_password

    with time_machine.travel(timezone.now() + datetime.timedelta(days=91)):
        assert newcomer.owes_password


@override_settings(PASSWORD_DAYS=0)
def test_the_deployment_chooses_whether_passwords_grow_old(newcomer: User) -> None:
    actions.change_password(actor=newcomer, old=FIRST, new="qingfeng-zhengqi-26")

    with time_machine.travel(timezone.now() + datetime.timedelta(days=9_000)):
        assert not newcomer.owes_password
