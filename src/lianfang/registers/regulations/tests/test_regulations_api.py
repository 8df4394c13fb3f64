"""The JSON door of regulations."""

from __future__ import annotations

from django.utils import timezone

from lianfang.conftest import Cast
from lianfang.foundation.web.tests.sending import SignIn, send
from lianfang.kernel.rows import from_plain, plain
from lianfang.registers.powers.models import Power
from lianfang.registers.regulations import actions
from lianfang.registers.regulations.models import Regulation
from lianfang.registers.regulations.rows import RegulationRow
from lianfang.registers.regulations.tests.test_regulation_actions import INSPECTION, adopt, put_into_force

BASE = "/api/1/regulations/"


def test_a_regulation_goes_from_evaluation_to_force(cast: Cast, power: Power, sign_in: SignIn) -> None:
    made = send(sign_in(cast.head), "POST", BASE, plain(INSPECTION)).json()
    address = f"{BASE}{made['number']}/"
    edited = send(sign_in(cast.head), "PUT", address, {**made, "accountability": "泄露行程的，调离岗位。"}).json()
    told = {**edited, "evaluation": "没有制度约束检查行程。", "title": "另一个名称"}
    evaluated = send(sign_in(cast.head), "PUT", f"{address}evaluation/", told).json()
    drafted = send(sign_in(cast.head), "POST", f"{address}steps/draft/", {"version": evaluated["version"]}).json()
    checked = send(sign_in(cast.legal), "POST", f"{address}steps/check/", {"version": drafted["version"]}).json()
    minuted = {"version": checked["version"], "note": "局党组会纪要〔2026〕9号"}
    adopted = send(sign_in(cast.secretary), "POST", f"{address}steps/adopt/", minuted).json()
    issued = {
        "version": adopted["version"],
        "document_number": "临环〔2026〕12号",
        "effective_on": timezone.localdate().isoformat(),
    }
    enforced = send(sign_in(cast.coordinator), "POST", f"{address}enforce/", issued)

    assert (evaluated["evaluation"], evaluated["title"]) == ("没有制度约束检查行程。", INSPECTION.title)
    assert (enforced.status_code, enforced.json()["state"]) == (200, "in-force")
    read = from_plain(RegulationRow, sign_in(cast.commission).get(address).json())
    assert (read.document_number, read.accountability) == ("临环〔2026〕12号", "泄露行程的，调离岗位。")


def test_drafts_are_kept_from_the_commission_and_everything_from_outsiders(
    cast: Cast, power: Power, sign_in: SignIn
) -> None:
    row = actions.create_regulation(actor=cast.head, row=INSPECTION)

    assert sign_in(cast.commission).get(f"{BASE}{row.number}/").status_code == 404
    assert sign_in(cast.outsider).get(BASE).json()["total"] == 0
    adopt(cast, row)
    assert sign_in(cast.commission).get(f"{BASE}{row.number}/").status_code == 200
    assert sign_in(cast.outsider).get(f"{BASE}{row.number}/").status_code == 404


def test_a_regulation_is_not_issued_without_a_day_or_by_the_wrong_hand(
    cast: Cast, power: Power, sign_in: SignIn
) -> None:
    row = adopt(cast, actions.create_regulation(actor=cast.head, row=INSPECTION))
    address, said = f"{BASE}{row.number}/enforce/", {"version": row.version, "document_number": "临环〔2026〕12号"}

    shapeless = send(sign_in(cast.coordinator), "POST", address, said)
    refused = send(sign_in(cast.clerk), "POST", address, {**said, "effective_on": "2026-01-01"})

    assert (shapeless.status_code, refused.status_code) == (422, 403)
    assert "effective_on" in shapeless.json()["details"][0]
    assert Regulation.objects.get().state == "adopted"


def test_lists_are_filtered(cast: Cast, power: Power, sign_in: SignIn) -> None:
    actions.create_regulation(actor=cast.head, row=INSPECTION)

    client = sign_in(cast.head)
    assert client.get(BASE, {"state": "evaluated", "unit": "LH-WRF"}).json()["total"] == 1
    assert client.get(BASE, {"mechanism": "education"}).json()["rows"] == []


def test_a_revision_under_way_is_not_told_to_the_commission(cast: Cast, power: Power, sign_in: SignIn) -> None:
    row = put_into_force(cast, actions.create_regulation(actor=cast.head, row=INSPECTION))
    told = {**plain(row), "change": "revise"}
    again = send(sign_in(cast.head), "PUT", f"{BASE}{row.number}/evaluation/", told).json()
    send(sign_in(cast.head), "PUT", f"{BASE}{row.number}/", {**again, "title": "还没有审议的名称"})

    for tail in (f"{row.number}/", ""):
        assert "还没有审议" in sign_in(cast.head).get(BASE + tail).content.decode()
        assert "还没有审议" not in sign_in(cast.commission).get(BASE + tail).content.decode()
