"""Whose an account is: said by number and name together, when it is opened or once afterwards."""

from __future__ import annotations

import pytest
from django.urls import reverse

from lianfang.conftest import Cast
from lianfang.foundation.accounts.models import User
from lianfang.foundation.organisation.models import Person
from lianfang.foundation.web.tests.sending import SignIn

BASIS = "任职文件〔2026〕3号"


@pytest.fixture
def nameless(cast: Cast) -> str:
    return str(
        reverse("accounts:name_person", args=[User.objects.create(login="nameless", title="水质科　王科员").login])
    )


def somebody_without_account() -> Person:
    return Person.objects.exclude(number__in=User.objects.values("person"))[0]


def test_whose_an_account_is_is_said_once_on_its_page(cast: Cast, sign_in: SignIn, nameless: str) -> None:
    client, free = sign_in(cast.system), somebody_without_account()
    before = client.get(reverse("accounts:user", args=["nameless"])).content.decode()

    said = client.post(nameless, {"person": f" {free.number} ", "name": free.name, "note": BASIS}, follow=True)

    assert nameless in before
    assert User.objects.get(login="nameless").person == free.number
    assert "登记人员编号" in said.content.decode()
    assert BASIS in said.content.decode()
    assert nameless not in said.content.decode()
    assert client.get(nameless).status_code == 409


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"person": "LH-M999"}, "人员名册里没有"),
        ({"name": "别人"}, "不叫"),
        ({"person": ""}, "请填写人员编号"),
        ({"note": ""}, "请填写依据"),
        ({"note": "同意"}, "依据"),
    ],
)
def test_whose_an_account_is_is_not_said_by_a_slip(
    cast: Cast, sign_in: SignIn, nameless: str, changes: dict[str, str], told: str
) -> None:
    free = somebody_without_account()
    sent = {"person": free.number, "name": free.name, "note": BASIS, **changes}

    answer = sign_in(cast.system).post(nameless, sent)

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert User.objects.get(login="nameless").person == ""


def test_nobody_but_the_system_administrator_opens_the_page_or_sends_it(
    cast: Cast, sign_in: SignIn, nameless: str
) -> None:
    free = somebody_without_account()
    sent = {"person": free.number, "name": free.name, "note": BASIS}
    others = [user for part, user in vars(cast).items() if part != "system"]

    opened = {sign_in(user).get(nameless).status_code for user in others}
    sent_in = {sign_in(user).post(nameless, sent).status_code for user in others}

    assert (opened, sent_in) == ({403}, {403})
    assert User.objects.get(login="nameless").person == ""


@pytest.mark.parametrize(
    ("changes", "told"),
    [({"name": "别人"}, "不叫“别人”"), ({"name": ""}, "请填写姓名"), ({"person": ""}, "请填写人员编号")],
)
def test_a_new_account_is_not_bound_to_another_person_by_a_slip(
    cast: Cast, sign_in: SignIn, changes: dict[str, str], told: str
) -> None:
    free = somebody_without_account()
    sent = {"login": "wangke", "title": "王科长", "person": free.number, "name": free.name}

    refused = sign_in(cast.system).post(reverse("accounts:new_user"), {**sent, **changes})

    assert refused.status_code == 422
    assert told in refused.content.decode()
    assert not User.objects.filter(login="wangke").exists()
    sign_in(cast.system).post(reverse("accounts:new_user"), sent)
    assert User.objects.get(login="wangke").person == free.number
