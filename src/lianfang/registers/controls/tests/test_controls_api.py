"""The JSON doors of measures, tests and ledgers."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from lianfang.conftest import Cast
from lianfang.foundation.web.tests.sending import SignIn, send
from lianfang.kernel.rows import from_plain, plain
from lianfang.registers.controls import actions
from lianfang.registers.controls.models import Control, Snapshot
from lianfang.registers.controls.rows import ControlRow
from lianfang.registers.controls.tests.test_controls_actions import MEASURE
from lianfang.registers.risks.models import Risk

CONTROLS, LEDGERS = "/api/1/controls/", "/api/1/ledgers/"


@pytest.fixture
def risk(cast: Cast) -> Risk:
    return Risk.objects.create(
        number="LH-WRF-R001",
        unit_id="LH-WRF",
        unit_path="JW/LH/LH-WRF/",
        tier="post",
        post_id="LH-WRF-02",
        statement="监管人员透露检查行程换取礼金。",
        state="live",
        grade="LOW",
    )


@pytest.fixture
def in_force(cast: Cast, risk: Risk) -> ControlRow:
    row = actions.create_control(actor=cast.clerk, row=MEASURE)
    row = actions.submit_control(actor=cast.clerk, number=row.number, expected_version=row.version)
    return actions.approve_control(actor=cast.head, number=row.number, expected_version=row.version)


def test_a_measure_is_designed_changed_and_approved(cast: Cast, risk: Risk, sign_in: SignIn) -> None:
    made = send(sign_in(cast.clerk), "POST", CONTROLS, plain(MEASURE)).json()
    address = f"{CONTROLS}{made['number']}/"
    edited = send(sign_in(cast.clerk), "PUT", address, {**made, "evidence": "派发记录和签字单"}).json()
    sent = send(sign_in(cast.clerk), "POST", f"{address}steps/submit/", {"version": edited["version"]}).json()
    approved = send(sign_in(cast.head), "POST", f"{address}steps/approve/", {"version": sent["version"]})

    assert approved.status_code == 200
    read = from_plain(ControlRow, sign_in(cast.commission).get(address).json())
    assert (read.evidence, read.grade_at_design and read.grade_at_design.value) == ("派发记录和签字单", "LOW")
    assert sign_in(cast.head).get(CONTROLS, {"risk": risk.number}).json()["total"] == 1
    assert sign_in(cast.head).get(CONTROLS, {"risk": "LH-WRF-R999"}).json()["total"] == 0


def test_drafts_stay_in_the_bureau(cast: Cast, risk: Risk, sign_in: SignIn) -> None:
    number = actions.create_control(actor=cast.clerk, row=MEASURE).number

    for person in (cast.commission, cast.outsider, cast.system):
        client = sign_in(person)
        assert client.get(f"{CONTROLS}{number}/").status_code == 404
        assert client.get(f"{CONTROLS}{number}/tests/").status_code == 404
        assert client.get(CONTROLS).json()["rows"] == []


def test_a_measure_is_tested_by_somebody_else(cast: Cast, in_force: ControlRow, sign_in: SignIn) -> None:
    address = f"{CONTROLS}{in_force.number}/tests/"
    body = {"number": "x", "control": "elsewhere", "tested_on": f"{timezone.localdate()}", "tester": "LH-M05",
            "verdict": "effective", "design": 2, "operation": 2, "evidence": "抽查三件"}  # fmt: skip
    own = send(sign_in(cast.coordinator), "POST", address, {**body, "tester": "LH-M03"})
    made = send(sign_in(cast.coordinator), "POST", address, body)

    assert (own.status_code, made.status_code) == (403, 201)
    assert made.json()["control"] == in_force.number
    assert [row["tester"] for row in sign_in(cast.head).get(address).json()] == ["LH-M05"]


def test_a_ledger_is_read_generated_and_kept(cast: Cast, in_force: ControlRow, sign_in: SignIn) -> None:
    refused = send(sign_in(cast.head), "POST", f"{LEDGERS}units/LH-WRF/snapshots/")
    made = send(sign_in(cast.coordinator), "POST", f"{LEDGERS}units/LH/snapshots/")

    assert (refused.status_code, made.status_code) == (403, 201)
    taken = Snapshot.objects.get()
    client = sign_in(cast.commission)
    kept = client.get(f"{LEDGERS}snapshots/{taken.number}/lines/").json()
    assert client.get(f"{LEDGERS}snapshots/{taken.number}/").json() == made.json()
    assert kept == client.get(f"{LEDGERS}units/LH/").json()
    assert kept["total"] == made.json()["line_count"]
    assert [row["number"] for row in client.get(f"{LEDGERS}units/LH/snapshots/").json()] == [taken.number]
    outside = sign_in(cast.outsider)
    for tail in ("units/LH/", "units/LH/snapshots/", f"snapshots/{taken.number}/", f"snapshots/{taken.number}/lines/"):
        assert outside.get(LEDGERS + tail).status_code == 404


@pytest.mark.usefixtures("emptied_afterwards")
@pytest.mark.django_db(transaction=True)
def test_a_person_whom_nobody_knows_is_refused_with_a_sentence(
    cast: Cast, risk: Risk, sign_in: SignIn, client: Client
) -> None:
    unknown = {**plain(MEASURE), "owner": "LH-M99"}

    answer = send(sign_in(cast.clerk), "POST", CONTROLS, unknown)

    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    assert "人员" in answer.json()["remedy"]
    assert not Control.objects.exists()
