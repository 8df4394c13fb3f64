"""A write that a program sends again under the same key is done once and answered as the first time."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lianfang.conftest import Cast
from lianfang.foundation.accounts.models import Grant, User
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.web import once
from lianfang.foundation.web.models import Press
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.kernel.rows import plain
from lianfang.registers.powers import actions
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.tests.test_powers_actions import INSPECTION
from lianfang.registers.regulations.models import Regulation

POWERS = "/api/1/powers/"
KEY = "0b9c7a52-5f0e-4b44-9f6c-2f6b1c1d7a10"


def send(client: Client, body: object, key: str = KEY, address: str = POWERS) -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(address, json.dumps(body), content_type="application/json", headers=headers)


@pytest.fixture
def clerk(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.clerk)


def test_a_power_sent_twice_under_one_key_is_created_once_and_answered_twice(clerk: Client) -> None:
    first, second = send(clerk, plain(INSPECTION)), send(clerk, plain(INSPECTION))

    assert Power.objects.count() == 1
    assert Entry.objects.filter(kind="powers").count() == 1
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.json() == first.json()
    assert "Idempotency-Replayed" not in first
    assert second["Idempotency-Replayed"] == "true"
    assert second["Content-Type"] == first["Content-Type"]


def test_a_step_sent_twice_under_one_key_is_taken_once(cast: Cast, clerk: Client) -> None:
    row = actions.create_power(actor=cast.clerk, row=INSPECTION)
    address = f"{POWERS}{row.number}/steps/submit/"

    first, second = (send(clerk, {"version": row.version}, address=address) for _ in range(2))

    assert (first.status_code, second.status_code) == (200, 200)
    assert second.json() == first.json()
    assert Entry.objects.filter(number=row.number, verb="record:submitted").count() == 1


def test_without_a_key_and_with_another_key_the_same_content_is_a_second_wish(clerk: Client) -> None:
    for key in ("", "", "first", "second"):
        assert send(clerk, plain(INSPECTION), key).status_code == 201

    assert Power.objects.count() == 4


def test_one_key_does_not_stand_for_two_contents(clerk: Client) -> None:
    send(clerk, plain(INSPECTION))

    answer = send(clerk, plain(replace(INSPECTION, name="大气污染防治资金初审")))

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert "换一个新的键" in answer.json()["remedy"]
    assert Power.objects.count() == 1


def test_a_key_counts_for_one_address_and_one_person(cast: Cast, clerk: Client, sign_in: SignIn) -> None:
    send(clerk, plain(INSPECTION))

    head = send(sign_in(cast.head), plain(INSPECTION))
    elsewhere = send(
        sign_in(cast.head), {"number": "", "unit": "LH-WRF", "title": "检查办法"}, address="/api/1/regulations/"
    )

    assert (head.status_code, elsewhere.status_code) == (201, 201)
    assert (Power.objects.count(), Regulation.objects.count()) == (2, 1)


def test_what_was_refused_may_be_mended_and_sent_under_the_same_key(clerk: Client) -> None:
    refused = send(clerk, {"number": "", "unit": "LH-WRF", "name": 1})

    mended = send(clerk, plain(INSPECTION))

    assert (refused.status_code, mended.status_code) == (422, 201)
    assert Power.objects.count() == 1


def test_the_second_waits_no_longer_than_it_must_for_a_first_that_is_at_work(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(clerk, plain(INSPECTION))
    Press.objects.update(address="", status=0, answer="", kind="", number="")
    monkeypatch.setattr(once, "PAUSE", 0)

    waiting = send(clerk, plain(INSPECTION))
    Press.objects.update(at=timezone.now() - 2 * once.GIVEN_UP)
    cut_off = send(clerk, plain(INSPECTION))

    assert (waiting.status_code, waiting.json()["code"]) == (409, "conflict")
    assert "同一个键" in waiting.json()["remedy"]
    assert cut_off.status_code == 201


def test_what_was_done_is_not_done_again_though_its_answer_was_lost(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(once, "PAUSE", 0)
    with monkeypatch.context() as cut_off:
        cut_off.setattr(once, "_settled", lambda _request, _sending, response: response)
        send(clerk, plain(INSPECTION))
    Press.objects.update(at=timezone.now() - 2 * once.GIVEN_UP)

    again = send(clerk, plain(INSPECTION))

    assert (Power.objects.count(), Entry.objects.filter(kind="powers").count()) == (1, 1)
    assert (again.status_code, again.json()["details"]) == (409, ["LH-WRF-P001"])
    assert "已经办成（LH-WRF-P001）" in again.json()["message"]


def test_a_first_that_was_taken_for_dead_and_comes_back_does_nothing(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Any] = []
    create = actions.create_power

    def slow(**given: Any) -> Any:
        if not told:
            told.append(None)
            Press.objects.update(at=timezone.now() - 2 * once.GIVEN_UP)
            told.append(send(clerk, plain(INSPECTION)))
        return create(**given)

    monkeypatch.setattr(actions, "create_power", slow)

    first = send(clerk, plain(INSPECTION))

    assert (Power.objects.count(), Entry.objects.filter(kind="powers").count()) == (1, 1)
    assert (first.status_code, first["Idempotency-Replayed"]) == (201, "true")
    assert first.json() == told[1].json()


def test_what_stands_behind_the_question_mark_makes_no_second_wish(clerk: Client) -> None:
    send(clerk, plain(INSPECTION))

    assert send(clerk, plain(INSPECTION), address=f"{POWERS}?x=1")["Idempotency-Replayed"] == "true"
    assert Power.objects.count() == 1


def test_no_write_reads_what_stands_behind_the_question_mark(clerk: Client) -> None:
    paths = clerk.get("/api/1/openapi.json").json()["paths"]

    writes = [operations["post"] for operations in paths.values() if "post" in operations]
    assert len(writes) > 10
    assert [write for write in writes if any(one["in"] == "query" for one in write["parameters"])] == []


def test_whose_grant_was_revoked_is_told_nothing_again(cast: Cast, clerk: Client) -> None:
    assert send(clerk, plain(INSPECTION)).status_code == 201
    Grant.objects.filter(user=cast.clerk).update(revoked_on=timezone.localdate())

    again = send(clerk, plain(INSPECTION))

    assert again.status_code in {403, 404}
    assert INSPECTION.name not in again.content.decode()
    assert Power.objects.count() == 1


def test_who_owes_a_password_of_their_own_is_told_nothing_again(cast: Cast, clerk: Client) -> None:
    assert send(clerk, plain(INSPECTION)).status_code == 201
    User.objects.filter(pk=cast.clerk.pk).update(must_change_password=True)

    again = send(clerk, plain(INSPECTION))

    assert again.status_code == 403
    assert INSPECTION.name not in again.content.decode()


def test_every_step_of_a_power_is_answered_again_to_whom_took_it(cast: Cast, sign_in: SignIn) -> None:
    row: Any = plain(actions.create_power(actor=cast.clerk, row=INSPECTION))
    taken = (("submit", cast.clerk), ("clear", cast.head), ("check", cast.legal), ("confirm", cast.secretary))

    for step, actor in taken:
        said = {"version": row["version"], "note": "局党组会纪要〔2026〕9号"}
        address = f"{POWERS}{row['number']}/steps/{step}/"
        first, second = (send(sign_in(actor), said, step, address) for _ in range(2))

        assert (first.status_code, second.status_code) == (200, 200), step
        assert (second["Idempotency-Replayed"], second.json()) == ("true", first.json())
        row = first.json()


def test_a_key_is_forgotten_after_a_day(clerk: Client) -> None:
    send(clerk, plain(INSPECTION))
    Press.objects.update(at=timezone.now() - 2 * once.KEPT)

    assert send(clerk, plain(INSPECTION)).status_code == 201
    assert (Power.objects.count(), Press.objects.count()) == (2, 1)


def test_a_key_longer_than_any_key_is_refused(clerk: Client) -> None:
    answer = send(clerk, plain(INSPECTION), "k" * (once.LONGEST_KEY + 1))

    assert answer.status_code == 422
    assert not Power.objects.exists()


def test_a_stranger_with_a_key_leaves_nothing_behind(client: Client, cast: Cast) -> None:
    assert send(client, plain(INSPECTION)).status_code == 401
    assert not Press.objects.exists()


def test_a_write_without_the_security_token_is_refused_and_its_key_stays_free(cast: Cast, clerk: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = clerk.cookies

    assert send(strict, plain(INSPECTION)).status_code == 403
    assert not Press.objects.exists()


def test_the_description_offers_the_key_to_every_post_and_to_nothing_else(clerk: Client) -> None:
    paths = clerk.get("/api/1/openapi.json").json()["paths"]

    for address, operations in paths.items():
        for method, operation in operations.items():
            offered = [one["name"] for one in operation["parameters"] if one["in"] == "header"]
            assert ("Idempotency-Key" in offered) == (method == "post"), address
