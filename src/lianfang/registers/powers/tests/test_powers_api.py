"""The JSON door of powers: the same rows, the same refusals, said as JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from lianfang.conftest import Cast
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.kernel.rows import from_plain, plain
from lianfang.registers.powers import actions
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.powers.tests.test_powers_actions import INSPECTION

BASE = "/api/1/powers/"


def send(client: Client, method: str, address: str, body: object) -> Any:
    return client.generic(method, address, json.dumps(body), content_type="application/json")


@pytest.fixture
def drafted(cast: Cast) -> PowerRow:
    return actions.create_power(actor=cast.clerk, row=INSPECTION)


def test_a_row_read_as_json_is_the_row(cast: Cast, sign_in: SignIn, drafted: PowerRow) -> None:
    client = sign_in(cast.head)

    assert from_plain(PowerRow, client.get(f"{BASE}{drafted.number}/").json()) == drafted
    listed = client.get(BASE, {"q": "危险废物", "state": "draft"}).json()
    assert (listed["total"], listed["rows"][0]["number"]) == (1, drafted.number)


def test_a_power_is_created_edited_and_submitted(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.clerk)

    made = send(client, "POST", BASE, plain(INSPECTION))
    number = made.json()["number"]
    edited = send(client, "PUT", f"{BASE}{number}/", {**made.json(), "remark": "经接口修改"})
    stepped = send(client, "POST", f"{BASE}{number}/steps/submit/", {"version": edited.json()["version"]})

    assert (made.status_code, edited.status_code, stepped.status_code) == (201, 200, 200)
    assert stepped.json()["state"] == "submitted"
    assert Power.objects.get(number=number).remark == "经接口修改"


@pytest.mark.parametrize(
    ("method", "tail", "body", "status", "code"),
    [
        ("POST", "LH-WRF-P001/steps/clear/", {"version": 1}, 403, "refused"),
        ("POST", "LH-WRF-P999/steps/submit/", {"version": 1}, 404, "absent"),
        ("POST", "LH-WRF-P001/steps/fly/", {"version": 1}, 404, "absent"),
        ("POST", "LH-WRF-P001/steps/submit/", {"version": 7}, 409, "conflict"),
        ("POST", "LH-WRF-P001/steps/submit/", {}, 422, "invalid"),
        ("POST", "", {"number": "", "unit": "LH-WRF", "name": 1}, 422, "invalid"),
    ],
)
def test_refusals_are_json_with_code_sentence_and_remedy(
    cast: Cast, sign_in: SignIn, drafted: PowerRow, method: str, tail: str, body: object, status: int, code: str
) -> None:
    answer = send(sign_in(cast.clerk), method, BASE + tail, body)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["message"].endswith("。")
    assert answer.json()["remedy"]


def test_nobody_reads_without_signing_in(client: Client, drafted: PowerRow) -> None:
    assert client.get(f"{BASE}{drafted.number}/").status_code == 401


def test_a_number_in_the_body_does_not_redirect_an_edit(cast: Cast, sign_in: SignIn, drafted: PowerRow) -> None:
    other = actions.create_power(actor=cast.clerk, row=replace(INSPECTION, name="另一项"))

    send(sign_in(cast.clerk), "PUT", f"{BASE}{drafted.number}/", {**plain(drafted), "number": other.number})

    assert Power.objects.get(number=other.number).name == "另一项"
