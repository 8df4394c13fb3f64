"""A program whose log-in is over, or not yet its own, is told so in JSON and never sent to a page."""

from __future__ import annotations

import pytest
from django.test import Client

from lianfang.conftest import Cast
from lianfang.foundation.accounts.middleware import BEGAN
from lianfang.foundation.web.tests.sending import SignIn, send
from lianfang.registers.powers.models import Power

DESCRIPTION = "/api/1/openapi.json"
DOORS = ("/api/1/powers/", DESCRIPTION)


@pytest.mark.parametrize("address", DOORS)
def test_a_stranger_reads_nothing_not_even_the_description(client: Client, db: None, address: str) -> None:
    answer = client.get(address)

    assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (401, "application/json")
    assert answer.json()["message"] == "请先登录。"


@pytest.mark.parametrize("address", DOORS)
def test_a_log_in_that_is_over_is_answered_with_401(cast: Cast, sign_in: SignIn, address: str) -> None:
    client = sign_in(cast.clerk)
    session = client.session
    session[BEGAN] = 1
    session.save()

    answer = client.get(address)

    assert (answer.status_code, answer.json()["message"]) == (401, "请先登录。")


def test_a_write_after_the_log_in_is_over_stores_nothing(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.clerk)
    session = client.session
    session[BEGAN] = 1
    session.save()

    answer = send(client, "POST", "/api/1/powers/", {"number": "", "unit": "LH-WRF", "name": "许可"})

    assert answer.status_code == 401
    assert not Power.objects.exists()


@pytest.mark.parametrize("address", DOORS)
def test_a_one_time_password_is_answered_with_403(cast: Cast, sign_in: SignIn, address: str) -> None:
    cast.head.must_change_password = True
    cast.head.save()

    answer = sign_in(cast.head).get(address)

    assert answer.status_code == 403
    assert "一次性密码" in answer.json()["message"]


def test_whoever_is_signed_in_reads_the_description(cast: Cast, sign_in: SignIn) -> None:
    assert "/api/1/powers/" in sign_in(cast.clerk).get(DESCRIPTION).json()["paths"]
