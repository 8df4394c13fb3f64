"""The JSON door of programmes: from a text to the matrix."""

from __future__ import annotations

from lianfang.conftest import Cast
from lianfang.foundation.web.tests.sending import SignIn, send
from lianfang.programme.plans.models import Programme
from lianfang.programme.plans.tests.plan_of_linjiang import PLAN

BASE = "/api/1/programmes/"


def test_a_text_becomes_a_programme_with_a_matrix(cast: Cast, sign_in: SignIn) -> None:
    coordinator = sign_in(cast.coordinator)
    made = send(coordinator, "POST", BASE, {"unit": "LH", "text": PLAN})
    address = f"{BASE}{made.json()['number']}/"
    edited = send(coordinator, "PUT", address, {**made.json(), "purpose": "把风险防在前面"}).json()
    said = {"version": edited["version"], "note": "局党组会纪要〔2026〕3号"}
    confirmed = send(sign_in(cast.secretary), "POST", f"{address}steps/confirm/", said)

    assert (made.status_code, confirmed.status_code) == (201, 200)
    assert sign_in(cast.clerk).get(address).json()["purpose"] == "把风险防在前面"
    matrix = sign_in(cast.clerk).get(f"{address}matrix/").json()
    assert [stage["name"] for stage in matrix["stages"]] == ["学习动员", "查找风险", "落实措施"]
    lines = {line["unit"]: line["submissions"] for line in matrix["lines"]}
    assert set(lines["LH-WRF"]) == {row["number"] for row in matrix["deliverables"]}
    assert set(lines["LH-WRF"].values()) == {"due"}


def test_the_text_comes_back_as_it_went_in_with_what_the_rules_say(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.coordinator)
    number = send(client, "POST", BASE, {"unit": "LH", "text": PLAN}).json()["number"]

    assert client.get(f"{BASE}{number}/text/").json() == PLAN
    found = client.get(f"{BASE}{number}/findings/").json()
    assert all(one["severity"] in {"E", "W", "I"} and one["message"].endswith("。") for one in found)


def test_a_draft_is_seen_by_those_who_draft_only(cast: Cast, sign_in: SignIn) -> None:
    number = send(sign_in(cast.coordinator), "POST", BASE, {"unit": "LH", "text": PLAN}).json()["number"]

    for person in (cast.clerk, cast.commission, cast.outsider, cast.system):
        client = sign_in(person)
        assert client.get(BASE).json()["rows"] == []
        for tail in ("", "text/", "findings/", "matrix/"):
            assert client.get(f"{BASE}{number}/{tail}").status_code == 404
    assert sign_in(cast.coordinator).get(BASE, {"cycle_year": 2026}).json()["total"] == 1


def test_what_cannot_be_read_in_is_refused(cast: Cast, sign_in: SignIn) -> None:
    refused = send(sign_in(cast.clerk), "POST", BASE, {"unit": "LH", "text": PLAN})
    empty = send(sign_in(cast.coordinator), "POST", BASE, {"unit": "LH", "text": " "})
    nowhere = send(sign_in(cast.coordinator), "POST", BASE, {"unit": "NO-SUCH", "text": PLAN})

    assert [answer.status_code for answer in (refused, empty, nowhere)] == [403, 422, 422]
    assert not Programme.objects.exists()


def test_a_draft_is_discarded_with_a_reason(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.coordinator)
    row = send(client, "POST", BASE, {"unit": "LH", "text": PLAN}).json()
    address = f"{BASE}{row['number']}/steps/discard/"

    silent = send(client, "POST", address, {"version": row["version"]})
    said = send(client, "POST", address, {"version": row["version"], "note": "读错了文件"})

    assert (silent.status_code, said.json()["state"]) == (422, "void")
