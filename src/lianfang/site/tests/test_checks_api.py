"""The JSON door of the checks: findings of a unit, scores, waivers."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from django.utils import timezone

from lianfang.conftest import Cast
from lianfang.foundation.web.tests.sending import SignIn, send
from lianfang.registers.powers.actions import create_power
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.powers.tests.test_powers_actions import INSPECTION

BASE = "/api/1/checks/"


@pytest.fixture
def faulty(cast: Cast, sign_in: SignIn) -> PowerRow:
    """A drafted power without basis, and a check of its bureau."""
    row = create_power(actor=cast.clerk, row=replace(INSPECTION, basis=()))
    assert send(sign_in(cast.coordinator), "POST", f"{BASE}runs/", {"unit": "LH"}).status_code == 201
    return row


def test_findings_of_a_unit_are_listed_and_filtered(cast: Cast, faulty: PowerRow, sign_in: SignIn) -> None:
    client = sign_in(cast.head)

    found = client.get(f"{BASE}findings/", {"unit": "LH-WRF", "code": "PWR001"}).json()

    assert [(row["number"], row["severity"], row["field"]) for row in found["rows"]] == [(faulty.number, "E", "basis")]
    assert [run["unit"] for run in found["runs"]] == ["LH"]
    one = client.get(f"{BASE}findings/{found['rows'][0]['key']}/").json()
    assert one == found["rows"][0]
    assert client.get(f"{BASE}findings/", {"kind": "controls"}).json()["total"] == 0


def test_findings_about_drafts_stay_in_the_bureau(cast: Cast, faulty: PowerRow, sign_in: SignIn) -> None:
    key = sign_in(cast.head).get(f"{BASE}findings/", {"code": "PWR001"}).json()["rows"][0]["key"]

    for person in (cast.commission, cast.outsider):
        client = sign_in(person)
        assert faulty.number not in client.get(f"{BASE}findings/").content.decode()
        assert client.get(f"{BASE}findings/{key}/").status_code == 404
    assert sign_in(cast.outsider).get(f"{BASE}scores/").json() == []
    assert sign_in(cast.auditor).get(f"{BASE}findings/").status_code == 403


def test_scores_come_with_the_counts_behind_them(cast: Cast, faulty: PowerRow, sign_in: SignIn) -> None:
    scores = sign_in(cast.coordinator).get(f"{BASE}scores/", {"unit": "LH-WRF"}).json()

    assert {line["unit"] for line in scores} == {"LH-WRF"}
    assert all(0 <= line["per_cent"] <= 100 and line["clean"] <= line["objects"] for line in scores)
    assert any(line["clean"] < line["objects"] for line in scores)


def test_a_finding_is_waived_and_the_waiver_revoked(cast: Cast, faulty: PowerRow, sign_in: SignIn) -> None:
    key = sign_in(cast.head).get(f"{BASE}findings/", {"code": "PWR001"}).json()["rows"][0]["key"]
    until = timezone.localdate() + datetime.timedelta(days=30)
    said = {"reason": "依据正在修订，月底前补齐。", "expires": until.isoformat()}

    refused = send(sign_in(cast.clerk), "POST", f"{BASE}findings/{key}/waiver/", said)
    made = send(sign_in(cast.deputy), "POST", f"{BASE}findings/{key}/waiver/", said)
    waived = sign_in(cast.head).get(f"{BASE}findings/", {"waived": "true"}).json()
    revoked = send(
        sign_in(cast.deputy),
        "POST",
        f"{BASE}waivers/revoke/",
        {"number": made.json()["number"], "note": "依据7月已补齐。"},
    )

    assert (refused.status_code, made.status_code, revoked.status_code) == (403, 201, 200)
    assert [row["waiver"] for row in waived["rows"]] == [made.json()["number"]]
    assert sign_in(cast.head).get(f"{BASE}findings/", {"waived": "true"}).json()["rows"] == []
    assert len(sign_in(cast.head).get(f"{BASE}waivers/").json()) == 1


def test_only_who_may_check_runs_a_check(cast: Cast, sign_in: SignIn) -> None:
    for person in (cast.clerk, cast.outsider, cast.commission):
        assert send(sign_in(person), "POST", f"{BASE}runs/", {"unit": "LH"}).status_code == 403
    assert send(sign_in(cast.coordinator), "POST", f"{BASE}runs/", {"unit": "NO-SUCH"}).status_code == 404
