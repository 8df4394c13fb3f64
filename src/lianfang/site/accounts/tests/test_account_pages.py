"""Pages of accounts: three administrators, each at one page, and how long a log-in lasts."""

from __future__ import annotations

import datetime
import re

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lianfang.conftest import PASSWORD, Cast
from lianfang.foundation.accounts.console import console_actor
from lianfang.foundation.accounts.models import Grant, User
from lianfang.foundation.accounts.roles import MATRIX, Permission, Role
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.journal.recording import record
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.organisation.models import Unit
from lianfang.foundation.web.tests.sending import SignIn

OWN_PAGES = {
    "accounts:users": "system",
    "accounts:new_user": "system",
    "accounts:grants": "security",
    "accounts:new_grant": "security",
    "accounts:users_log": "security",
    "accounts:administrators_log": "auditor",
}


@pytest.mark.parametrize("page", OWN_PAGES)
def test_each_page_opens_for_one_administrator_and_for_nobody_else(cast: Cast, sign_in: SignIn, page: str) -> None:
    statuses = {part: sign_in(getattr(cast, part)).get(reverse(page)).status_code for part in vars(cast)}

    assert statuses.pop(OWN_PAGES[page]) == 200
    assert set(statuses.values()) == {403}


def test_whoever_grants_roles_sees_of_which_account_nobody_knows_whose_it_is(cast: Cast, sign_in: SignIn) -> None:
    User.objects.create(login="nameless", title="水质科　王科员")
    client = sign_in(cast.security)

    form = client.get(reverse("accounts:new_grant")).content.decode()
    refused = client.post(reverse("accounts:new_grant"), granted(user="nameless"))

    assert "水质科　王科员（nameless，没有登记人员编号）" in form
    assert refused.status_code == 422
    assert "请系统管理员打开这个账户" in refused.content.decode()


@pytest.mark.parametrize("part", ["security", "auditor"])
def test_another_administrators_account_offers_nothing_and_says_why(cast: Cast, sign_in: SignIn, part: str) -> None:
    login = getattr(cast, part).login

    page = sign_in(cast.system).get(reverse("accounts:user", args=[login])).content.decode()

    assert f"lianfang administrators --reset {login}" in page
    assert reverse("accounts:user_step", args=[login, "reset"]) not in page
    assert reverse("accounts:name_person", args=[login]) not in page


def test_the_account_of_the_command_line_offers_nothing_and_says_why(cast: Cast, sign_in: SignIn) -> None:
    login = console_actor().login

    page = sign_in(cast.system).get(reverse("accounts:user", args=[login])).content.decode()

    assert "不属于任何人" in page
    assert reverse("accounts:user_step", args=[login, "reset"]) not in page
    assert reverse("accounts:name_person", args=[login]) not in page


def one_time_password_on(page: str) -> str:
    found = re.search(r"[a-z2-9]{4}(?:-[a-z2-9]{4}){3}", page)
    assert found
    return found[0]


def test_nothing_that_was_made_for_somebody_is_kept_by_the_browser(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.clerk)

    kept = [client.get(reverse(page)).headers.get("Cache-Control", "") for page in ("home", "powers:list", "overview")]

    assert kept == ["private, no-store"] * 3


def test_a_password_that_is_too_old_leads_to_the_page_where_it_is_changed(cast: Cast, sign_in: SignIn) -> None:
    User.objects.filter(login="clerk").update(password_set_at=timezone.now() - datetime.timedelta(days=90))
    client = sign_in(cast.clerk)

    sent_to = client.get(reverse("powers:list"))
    page = client.get(reverse("password_change")).content.decode()

    assert sent_to.headers["Location"] == reverse("password_change")
    assert "密码用满 90 天要更换" in page


def test_an_account_names_a_person_whom_the_roster_knows(cast: Cast, sign_in: SignIn) -> None:
    sent = {"login": "wangke", "title": "王科长", "person": "NO-SUCH"}

    answer = sign_in(cast.system).post(reverse("accounts:new_user"), sent)

    assert answer.status_code == 422
    assert "人员名册里没有“NO-SUCH”" in answer.content.decode()
    assert not User.objects.filter(login="wangke").exists()


def test_a_one_time_password_is_shown_once_and_must_be_changed_at_the_first_log_in(cast: Cast, sign_in: SignIn) -> None:
    administrator = sign_in(cast.system)
    sent = {"login": "wangke", "title": "王科长", "person": ""}
    shown = administrator.post(reverse("accounts:new_user"), sent)
    password = one_time_password_on(shown.content.decode())
    later = administrator.get(reverse("accounts:user", args=["wangke"])).content.decode()
    newcomer = Client()

    entered = newcomer.post(reverse("login"), {"username": "wangke", "password": password}, follow=True)
    elsewhere = newcomer.get(reverse("powers:list"))
    changed = newcomer.post(
        reverse("password_change"),
        {"old": password, "new": "qingfeng-zhengqi-26", "again": "qingfeng-zhengqi-26"},
        follow=True,
    )

    assert "no-store" in shown.headers["Cache-Control"]
    assert password not in later
    assert "请先改掉一次性密码" in entered.content.decode()
    assert elsewhere.headers["Location"] == reverse("password_change")
    assert "密码已经修改" in changed.content.decode()
    assert newcomer.get(reverse("home")).status_code == 200
    assert User.objects.get(login="wangke").check_password("qingfeng-zhengqi-26")


def test_a_faulty_log_in_name_is_said_at_its_field(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.system).post(reverse("accounts:new_user"), {"login": "Wang", "title": "王科长"})

    assert answer.status_code == 422
    assert "小写字母" in answer.content.decode()


def test_a_reset_ends_the_sessions_of_the_account(cast: Cast, sign_in: SignIn) -> None:
    own = Client()
    own.force_login(cast.head, backend="django.contrib.auth.backends.ModelBackend")
    assert own.get(reverse("powers:list")).status_code == 200

    page = sign_in(cast.system).post(reverse("accounts:user_step", args=["head", "reset"]), {"note": "忘记密码"})

    assert User.objects.get(login="head").check_password(one_time_password_on(page.content.decode()))
    assert own.get(reverse("powers:list")).status_code == 302


def test_a_disabled_account_is_out_at_the_next_click(cast: Cast, sign_in: SignIn) -> None:
    own = Client()
    own.force_login(cast.head, backend="django.contrib.auth.backends.ModelBackend")

    sign_in(cast.system).post(reverse("accounts:user_step", args=["head", "disable"]), {"note": "调离"})

    assert own.get(reverse("powers:list")).status_code == 302
    assert log_in(Client()) == 200


def granted(**changes: str) -> dict[str, str]:
    return {
        "user": "head",
        "role": "LEG",
        "scope": "JW/LH/",
        "start": f"{timezone.localdate()}",
        "end": "",
        "reason": "分工通知〔2026〕2号",
        **changes,
    }


def test_a_grant_is_given_on_its_page_and_taken_back(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.security)

    page = client.post(reverse("accounts:new_grant"), granted(), follow=True).content.decode()
    grant = Grant.objects.get(user=cast.head, role="LEG")
    after = client.post(reverse("accounts:revoke", args=[grant.number]), {"note": "调整分工"}, follow=True)

    assert "临江分局" in page
    assert "已经收回" in after.content.decode()
    assert Grant.objects.get(pk=grant.pk).revoked_on == timezone.localdate()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"role": "AUD", "scope": "*"}, "三员分立"),
        ({"role": "AUD"}, "不按单位授权"),
        ({"end": "2020-01-01"}, "早于开始日期"),
        ({"scope": "JW/NO-SUCH/"}, "选"),
        ({"user": "security"}, "选"),
    ],
)
def test_a_refused_grant_says_why_at_the_form(
    cast: Cast, sign_in: SignIn, changes: dict[str, str], reason: str
) -> None:
    answer = sign_in(cast.security).post(reverse("accounts:new_grant"), granted(**changes))

    assert answer.status_code == 422
    assert reason in answer.content.decode()
    assert not Grant.objects.filter(role__in=["LEG", "AUD"], user=cast.head).exists()


def test_the_matrix_page_is_the_matrix(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.clerk).get(reverse("accounts:matrix")).content.decode()

    assert page.count('scope="row"') == len(Permission)
    assert page.count('aria-label="可以"') + page.count("<title>可以</title>") == (
        sum(map(len, MATRIX.values())) + len(Role)
    )


def test_the_auditor_reads_what_administrators_did_and_not_what_it_was_about(cast: Cast, sign_in: SignIn) -> None:
    sign_in(cast.security).post(reverse("accounts:new_grant"), granted())

    page = sign_in(cast.auditor).get(reverse("accounts:administrators_log")).content.decode()

    assert "授予角色" in page
    assert "安全管理员" in page
    assert Entry.objects.get(verb="role:granted").after not in page


def test_the_security_administrator_reads_who_did_what_and_no_reason_of_business(cast: Cast, sign_in: SignIn) -> None:
    unit = Unit.objects.get(number="LH-WRF")
    record(cast.deputy, Verb.WAIVER_GRANTED, unit, basis="局党组会纪要〔2026〕9号", note="会商后认为拉开等级没有意义。")

    page = sign_in(cast.security).get(reverse("accounts:users_log")).content.decode()

    assert cast.deputy.title in page
    assert Verb.WAIVER_GRANTED.label in page
    assert "没有意义" not in page
    assert "纪要" not in page.split("<main")[1]


def test_the_auditor_reads_the_reason_of_a_grant_but_not_of_business(cast: Cast, sign_in: SignIn) -> None:
    sign_in(cast.security).post(reverse("accounts:new_grant"), granted())
    record(cast.security, Verb.EDITED, Unit.objects.get(number="LH-WRF"), note="从前在科室时写下的理由。")

    page = sign_in(cast.auditor).get(reverse("accounts:administrators_log")).content.decode()

    assert Entry.objects.get(verb="role:granted").note in page
    assert "从前在科室" not in page


def test_a_list_of_accounts_costs_the_same_for_three_and_for_thirty(cast: Cast, sign_in: SignIn) -> None:
    def queries() -> int:
        client = sign_in(cast.system)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("accounts:users")).status_code == 200
        return len(captured)

    sign_in(cast.system).get(reverse("accounts:users"))
    few = queries()
    for serial in range(30):
        user = User.objects.create(login=f"user{serial}", title=f"第{serial}人")
        Grant.objects.create(user=user, role="POST", scope="JW/LH/", start=timezone.localdate())

    assert queries() == few


def log_in(client: Client, password: str = PASSWORD) -> int:
    return client.post(reverse("login"), {"username": "head", "password": password}).status_code


def test_the_last_log_in_is_shown(cast: Cast) -> None:
    with time_machine.travel("2026-11-20T01:30:00Z", tick=False):
        log_in(Client())

    page = Client()
    answer = page.post(reverse("login"), {"username": "head", "password": PASSWORD}, follow=True)

    assert "上次登录：2026-11-20 09:30" in answer.content.decode()


def test_five_wrong_passwords_lock_the_log_in_for_a_while(cast: Cast) -> None:
    with time_machine.travel("2026-11-20T01:30:00Z", tick=False) as clock:
        statuses = [log_in(Client(), "wrong") for _ in range(5)]

        locked = log_in(Client())
        clock.shift(60 * 16)
        opened = log_in(Client())

    assert statuses[:4] == [200] * 4
    assert locked == 429
    assert opened == 302


def test_a_log_in_ends_after_a_quarter_of_an_hour_without_a_click(cast: Cast) -> None:
    client = Client()
    with time_machine.travel("2026-11-20T01:30:00Z", tick=False) as clock:
        log_in(client)
        client.get(reverse("home"))
        clock.shift(settings.LOG_IN_IDLE_SECONDS - 1)
        assert client.get(reverse("home")).status_code == 200
        clock.shift(settings.LOG_IN_IDLE_SECONDS + 1)

        ended = client.get(reverse("powers:list"), {"q": "许可"})

    assert ended.status_code == 302
    assert ended.headers["Location"].startswith(reverse("login"))
    assert "expired=1" in ended.headers["Location"]
    assert "powers" in ended.headers["Location"]


def test_a_fragment_asked_for_after_the_end_sends_the_whole_page_to_log_in(cast: Cast) -> None:
    client = Client()
    with time_machine.travel("2026-11-20T01:30:00Z", tick=False) as clock:
        log_in(client)
        client.get(reverse("home"))
        clock.shift(settings.LOG_IN_IDLE_SECONDS + 1)

        ended = client.get(reverse("powers:list"), headers={"HX-Request": "true"})

    assert ended.status_code == 200
    assert ended.headers["HX-Redirect"].startswith(reverse("login"))


def test_a_log_in_ends_after_eight_hours_however_busy(cast: Cast) -> None:
    client = Client()
    with time_machine.travel("2026-11-20T01:30:00Z", tick=False) as clock:
        log_in(client)
        client.get(reverse("home"))
        for _ in range(settings.LOG_IN_SECONDS // 600 - 1):
            clock.shift(600)
            assert client.get(reverse("home")).status_code == 200
        clock.shift(600)

        assert client.get(reverse("home")).status_code == 302
