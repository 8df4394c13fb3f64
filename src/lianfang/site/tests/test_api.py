"""The JSON interface as a whole: described completely, every door keeps to scopes, nothing is written unasked."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lianfang.conftest import Cast
from lianfang.foundation.accounts.middleware import SEEN
from lianfang.foundation.accounts.models import User
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.web.tests.sending import SignIn, send
from lianfang.kernel.rows import plain
from lianfang.registers.powers.actions import create_power, edit_power
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.tests.test_powers_actions import INSPECTION, confirm
from lianfang.registers.risks.actions.risks import create_risk, edit_risk
from lianfang.registers.risks.tests.conftest import DRAFT, Round
from lianfang.site.api import api
from lianfang.site.tests.doors import filled, paths

CHINESE = re.compile(r"[\u4e00-\u9fff]")
PARTS = tuple(field.name for field in fields(Cast))
GLOBAL = ("/api/1/laws/",)
"""Doors to what all bureaus share."""
METHODS = ("get", "post", "put", "patch", "delete")


GETS = sorted(address for address, method, _ in paths() if method == "get")


def test_every_door_answers_every_member_of_the_cast_within_their_scope(
    furnished: dict[str, str], cast: Cast, sign_in: SignIn
) -> None:
    faults = []
    for address in GETS:
        asked = filled(address, furnished)
        answers = {part: sign_in(getattr(cast, part)).get(asked) for part in PARTS}
        faults += [f"{address}: {fault}" for fault in faults_of(address, answers)]

    assert faults == []


def faults_of(address: str, answers: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the answers that each member of the cast got at one door."""
    statuses = {part: answer.status_code for part, answer in answers.items()}
    if not set(statuses.values()) <= {200, 403, 404}:
        yield f"statuses {statuses}"
    if statuses["clerk" if "/sheet/" in address else "coordinator"] != 200:
        yield f"shut to the bureau itself, {statuses}"
    if address.startswith(GLOBAL):
        return
    if "{" in address and statuses["outsider"] != 404:
        yield "open to an outsider"
    if statuses["outsider"] == 200 and "LH-WRF" in answers["outsider"].content.decode():
        yield "tells an outsider about another bureau"
    if statuses["auditor"] not in {403, 404} and answers["auditor"].json() not in _nothing():
        yield "tells the auditor about registers"


def _nothing() -> list[object]:
    """What the lists say to somebody who sees nothing."""
    return [[], {"rows": [], "total": 0, "exact": True, "page": 1, "pages": 1}]


def test_the_commission_is_told_of_no_draft(furnished: dict[str, str], cast: Cast, sign_in: SignIn) -> None:
    commission = sign_in(cast.commission)
    drafts = (
        "negatives", "risks", "gradings", "regulations", "controls", "programmes", "powers", "searches",
        "parameters/adjustments",
    )  # fmt: skip

    for door in drafts:
        assert commission.get(f"/api/1/{door}/{furnished[door]}/").status_code == 404
        assert commission.get(f"/api/1/{door}/").json()["rows"] == []


def test_reading_writes_nothing(furnished: dict[str, str], cast: Cast, sign_in: SignIn) -> None:
    before = Entry.objects.count()
    client = sign_in(cast.coordinator)

    for address in GETS:
        client.get(filled(address, furnished))

    assert Entry.objects.count() == before


def shut(address: str) -> str:
    """An address with names in place of numbers: nothing there, and nobody gets far enough to be told so."""
    return address.replace("{round}", "1").replace("{key}", "1").replace("{", "").replace("}", "")


def test_nobody_gets_in_without_signing_in(db: None, client: Client) -> None:
    for address, method, _ in paths():
        answer = send(client, method.upper(), shut(address), {})

        assert (answer.status_code, answer.json()["code"]) == (401, "refused"), f"{method} {address}"
        assert "X-CSRFToken" in answer.json()["remedy"]


def test_a_write_without_the_token_is_refused_at_every_door(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.coordinator, backend="django.contrib.auth.backends.ModelBackend")
    writes = [(address, method) for address, method, _ in paths() if method != "get"]

    for address, method in writes:
        answer = send(client, method.upper(), shut(address), {})
        assert (answer.status_code, answer.json()["code"]) == (403, "refused"), f"{method} {address}"
        assert "安全凭据" in answer.json()["message"]
    assert len(writes) > 50


def test_a_write_with_the_token_of_the_cookie_is_accepted(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.clerk, backend="django.contrib.auth.backends.ModelBackend")
    client.get("/powers/new/")
    token = client.cookies["csrftoken"].value

    refused = send(client, "POST", "/api/1/powers/", plain(INSPECTION), X_CSRFToken="0" * 64)
    answer = send(client, "POST", "/api/1/powers/", plain(INSPECTION), X_CSRFToken=token)

    assert (refused.status_code, answer.status_code) == (403, 201)
    assert Power.objects.count() == 1


def test_a_token_from_another_site_is_refused(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.clerk, backend="django.contrib.auth.backends.ModelBackend")
    client.get("/powers/new/")
    headers = {"X_CSRFToken": client.cookies["csrftoken"].value, "Origin": "https://elsewhere.example"}

    assert send(client, "POST", "/api/1/powers/", plain(INSPECTION), **headers).status_code == 403
    assert not Power.objects.exists()


@pytest.mark.parametrize("body", ["{", "[]", "null", '{"number": 1}', "\udcff"])
def test_a_body_that_is_no_entry_is_refused_with_a_sentence(cast: Cast, sign_in: SignIn, body: str) -> None:
    answer = sign_in(cast.clerk).post(
        "/api/1/powers/", body.encode("utf-8", "surrogateescape"), content_type="application/json"
    )

    assert 400 <= answer.status_code < 500
    assert CHINESE.search(answer.json()["message"])


def test_an_address_that_leads_nowhere_is_answered_as_json(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.clerk).get("/api/1/nothing/")

    assert (answer.status_code, answer.json()["code"]) == (404, "absent")


def test_the_description_is_published_and_names_every_operation_once(cast: Cast, sign_in: SignIn) -> None:
    published = sign_in(cast.clerk).get("/api/1/openapi.json").json()

    names = [operation["operationId"] for _, _, operation in paths()]
    assert len(names) == len(set(names)) >= 90
    assert set(published["paths"]) == {address for address, _, _ in paths()}
    assert all(method in METHODS for _, method, _ in paths())


def test_everything_in_the_description_is_said_in_chinese() -> None:
    schema = api.get_openapi_schema()
    silent = [
        f"{address} {method}: {said}"
        for address, method, operation in paths()
        for said in (operation["summary"], operation["description"], *operation["tags"])
        if not CHINESE.search(said)
    ]
    for address, method, operation in paths():
        described = itertools.chain(operation["parameters"], operation["responses"].values())
        silent += [f"{address} {method}: {part}" for part in described if not CHINESE.search(part["description"])]
    for name, part in schema["components"]["schemas"].items():
        silent += [f"{name}.{field}" for field, said in part.get("properties", {}).items() if not _is_said(said)]
        if "enum" in part and not _is_said(part):
            silent.append(name)

    assert silent == []


def _is_said(part: dict[str, Any]) -> bool:
    return bool(CHINESE.search(part.get("description", "")))


def test_a_one_time_password_opens_nothing(cast: Cast, sign_in: SignIn) -> None:
    User.objects.filter(pk=cast.clerk.pk).update(must_change_password=True)
    client = sign_in(User.objects.get(pk=cast.clerk.pk))

    for address in GETS:
        answer = client.get(shut(address))
        assert (answer.status_code, answer.json()["code"]) == (403, "refused"), address
    assert "一次性密码" in answer.json()["message"]
    assert client.get("/powers/").status_code == 302


def test_a_log_in_that_is_over_is_told_as_json(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.clerk)
    session = client.session
    session[SEEN] = 0
    session.save()

    answer = client.get("/api/1/powers/")

    assert (answer.status_code, answer.json()["code"]) == (401, "refused")
    assert client.get("/api/1/powers/").status_code == 401


def test_a_longer_list_asks_no_more_of_the_database(
    cast: Cast,
    power: Power,
    sign_in: SignIn,
    django_assert_num_queries: Any,
) -> None:
    client = sign_in(cast.coordinator)
    for _ in range(3):
        create_risk(actor=cast.clerk, row=DRAFT)
    with CaptureQueriesContext(connection) as few:
        client.get("/api/1/risks/")
    for _ in range(27):
        create_risk(actor=cast.clerk, row=DRAFT)

    with django_assert_num_queries(len(few)):
        assert len(client.get("/api/1/risks/").json()["rows"]) == 30


def test_what_was_edited_since_its_approval_is_told_to_the_commission_as_it_was_approved(
    cast: Cast,
    round_of: Round,
    sign_in: SignIn,
) -> None:
    named = replace(INSPECTION, number="LH-WRF-P050")
    confirmed = confirm(cast, create_power(actor=cast.clerk, row=named))
    changed = replace(confirmed, name="还没有审定的名称")
    edit_power(actor=cast.clerk, row=changed, expected_version=confirmed.version)
    risk = round_of.live()
    edit_risk(actor=cast.deputy, row=replace(risk, statement="还没有审定的说法"), expected_version=risk.version)

    for door, number in (("powers", confirmed.number), ("risks", risk.number)):
        for tail in (f"{number}/", ""):
            told = sign_in(cast.commission).get(f"/api/1/{door}/{tail}").content.decode()
            assert number in told
            assert "还没有审定" not in told
            assert "还没有审定" in sign_in(cast.head).get(f"/api/1/{door}/{tail}").content.decode()
