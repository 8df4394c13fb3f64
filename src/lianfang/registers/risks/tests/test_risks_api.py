"""The JSON doors of risk points, negative lists and searches: the same rows, the same refusals, the same scopes."""

from __future__ import annotations

import datetime

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.web.tests.sending import SignIn, send
from lianfang.kernel.rows import from_plain, plain
from lianfang.registers.powers.models import Power
from lianfang.registers.risks.actions.risks import create_risk
from lianfang.registers.risks.models import Risk
from lianfang.registers.risks.rows import NegativeRow, NoneFound, RiskDimension, RiskRow, SearchRow, Tier
from lianfang.registers.risks.tests.conftest import DRAFT, Round
from lianfang.registers.risks.tests.test_negative_actions import ITEM

RISKS, NEGATIVES, SEARCHES = "/api/1/risks/", "/api/1/negatives/", "/api/1/searches/"
HELD = SearchRow(
    number="",
    tier=Tier.SECTION,
    unit="LH-WRF",
    held_on=datetime.date(2026, 4, 2),
    participants=("LH-M03", "LH-M04"),
    none_found=(NoneFound(RiskDimension.MECHANISM, "逐项对照制度，没有缺口"),),
    signed_by="LH-M03",
)


def test_a_risk_point_is_created_read_edited_and_submitted(cast: Cast, power: Power, sign_in: SignIn) -> None:
    client = sign_in(cast.clerk)

    made = send(client, "POST", RISKS, plain(DRAFT))
    address = f"{RISKS}{made.json()['number']}/"
    edited = send(client, "PUT", address, {**made.json(), "manifestation": "检查笔录由一人签字"})
    stepped = send(client, "POST", f"{address}steps/submit/", {"version": edited.json()["version"]})

    assert (made.status_code, edited.status_code, stepped.status_code) == (201, 200, 200)
    assert from_plain(RiskRow, client.get(address).json()) == from_plain(RiskRow, stepped.json())
    assert stepped.json()["state"] == "proposed"
    assert Risk.objects.get().manifestation == "检查笔录由一人签字"


def test_a_body_cannot_grade_a_risk_point_or_choose_its_number(cast: Cast, power: Power, sign_in: SignIn) -> None:
    claimed = {"number": "LH-WRF-R900", "grade": "HIGH", "importance": 5, "state": "live"}
    made = send(sign_in(cast.clerk), "POST", RISKS, {**plain(DRAFT), **claimed}).json()

    assert (made["number"], made["grade"], made["importance"], made["state"]) == ("LH-WRF-R001", None, None, "draft")


def test_a_grade_that_nobody_approved_is_not_told(cast: Cast, power: Power, sign_in: SignIn) -> None:
    number = create_risk(actor=cast.clerk, row=DRAFT).number
    Risk.objects.update(grade="HIGH")

    client = sign_in(cast.head)
    assert client.get(f"{RISKS}{number}/").json()["grade"] is None
    assert [row["grade"] for row in client.get(RISKS).json()["rows"]] == [None]


def test_lists_are_paged_and_filtered(cast: Cast, power: Power, sign_in: SignIn) -> None:
    for _ in range(51):
        create_risk(actor=cast.clerk, row=DRAFT)

    client = sign_in(cast.coordinator)
    first, second = client.get(RISKS).json(), client.get(RISKS, {"page": 2}).json()
    assert (len(first["rows"]), len(second["rows"]), first["total"], first["pages"]) == (50, 1, 51, 2)
    assert client.get(RISKS, {"unit": "LH-ZF"}).json()["total"] == 0
    assert client.get(RISKS, {"dimension": "exercise", "state": "draft"}).json()["total"] == 51
    assert client.get(RISKS, {"unit": "NO-SUCH"}).json()["rows"] == []


def test_drafts_are_for_the_bureau_and_approved_risk_points_for_the_commission_too(
    cast: Cast, round_of: Round, sign_in: SignIn
) -> None:
    draft, live = create_risk(actor=cast.clerk, row=DRAFT).number, round_of.live().number

    commission = sign_in(cast.commission)
    assert [row["number"] for row in commission.get(RISKS).json()["rows"]] == [live]
    assert commission.get(f"{RISKS}{draft}/").status_code == 404
    outsider = sign_in(cast.outsider)
    assert outsider.get(f"{RISKS}{live}/").status_code == 404
    assert outsider.get(RISKS).json()["total"] == 0
    assert send(outsider, "PUT", f"{RISKS}{live}/", plain(DRAFT)).status_code == 404


def test_one_risk_point_is_merged_into_another(cast: Cast, power: Power, round_of: Round, sign_in: SignIn) -> None:
    kept = round_of.accepted()
    row = create_risk(actor=cast.clerk, row=DRAFT)
    send(sign_in(cast.clerk), "POST", f"{RISKS}{row.number}/steps/submit/", {"version": row.version})

    said = {"version": row.version + 1, "into": kept.number, "note": "同一环节的同一问题。"}
    merged = send(sign_in(cast.head), "POST", f"{RISKS}{row.number}/merge/", said)

    assert (merged.status_code, merged.json()["merged_into"]) == (200, kept.number)


def test_a_negative_list_item_goes_its_way(cast: Cast, power: Power, sign_in: SignIn) -> None:
    made = send(sign_in(cast.clerk), "POST", NEGATIVES, plain(ITEM)).json()
    address = f"{NEGATIVES}{made['number']}/"
    edited = send(sign_in(cast.clerk), "PUT", address, {**made, "duty": "现场检查"}).json()
    sent = send(sign_in(cast.clerk), "POST", f"{address}steps/submit/", {"version": edited["version"]}).json()
    refused = send(sign_in(cast.clerk), "POST", f"{address}steps/approve/", {"version": sent["version"]})
    approved = send(sign_in(cast.deputy), "POST", f"{address}steps/approve/", {"version": sent["version"]})

    assert (refused.status_code, approved.status_code) == (403, 200)
    read = from_plain(NegativeRow, sign_in(cast.commission).get(address).json())
    assert (read.state.value, read.duty) == ("approved", "现场检查")


def test_a_search_is_recorded_and_corrected(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.head)
    made = send(client, "POST", SEARCHES, plain(HELD)).json()
    corrected = send(client, "PUT", f"{SEARCHES}{made['number']}/", {**made, "participants": ["LH-M03"]})
    nobody = send(client, "PUT", f"{SEARCHES}{made['number']}/", {**made, "participants": []})

    assert corrected.json()["participants"] == ["LH-M03"]
    assert (nobody.status_code, nobody.json()["code"]) == (422, "invalid")
    assert client.get(SEARCHES).json()["total"] == 1
    assert sign_in(cast.commission).get(SEARCHES).json()["total"] == 0


@pytest.mark.parametrize(
    ("tail", "body", "status"),
    [
        ("LH-WRF-R001/steps/accept/", {"version": 1}, 403),
        ("LH-WRF-R001/steps/fly/", {"version": 1}, 404),
        ("LH-WRF-R001/steps/submit/", {"version": 9}, 409),
        ("LH-WRF-R001/merge/", {"version": 1}, 422),
        ("LH-WRF-R001/gradings/", {"version": 1, "raters": {"LH-M04": "singer"}}, 422),
        ("LH-WRF-R999/raters/", None, 405),
    ],
)
def test_what_is_not_possible_is_refused_with_a_sentence(
    cast: Cast, power: Power, sign_in: SignIn, tail: str, body: object, status: int
) -> None:
    create_risk(actor=cast.clerk, row=DRAFT)

    answer = send(sign_in(cast.clerk), "POST", RISKS + tail, body)

    assert answer.status_code == status
    if status != 405:
        assert answer.json()["message"].endswith("。")
