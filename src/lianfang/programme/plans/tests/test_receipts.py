"""Whom a plan is addressed to, and that each of them signs for it once (S1)."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from lianfang.conftest import Cast
from lianfang.foundation.accounts.models import User
from lianfang.foundation.journal.queries import history_of
from lianfang.foundation.organisation.models import Unit
from lianfang.foundation.web.tests.sending import SignIn, press, send
from lianfang.kernel.errors import Absent, Conflict, Invalid, Refused
from lianfang.programme.plans import actions
from lianfang.programme.plans.models import PlanReceipt, Programme
from lianfang.programme.plans.programme_rows import ProgrammeRow
from lianfang.programme.plans.queries.receipts import distribution_of
from lianfang.programme.plans.states import ReceiptState
from lianfang.programme.plans.tests.plan_of_linjiang import PLAN
from lianfang.programme.plans.tests.posting import posted
from lianfang.site.desk import desk_of

ADDRESSED = "局属各科室、综合执法大队：\n现将《实施方案》印发给你们，请认真执行。\n" + PLAN
OWN, OTHER = "LH-F001.LH-WRF", "LH-F001.LH-ZF"


@pytest.fixture
def draft(cast: Cast) -> ProgrammeRow:
    return actions.start_plan(actor=cast.coordinator, unit="LH", text=ADDRESSED, source_name="方案.txt")


@pytest.fixture
def confirmed(cast: Cast, draft: ProgrammeRow) -> ProgrammeRow:
    return actions.confirm_plan(actor=cast.secretary, number=draft.number, expected_version=draft.version)


def standing(actor: User) -> dict[str, str]:
    """Unit → who signed."""
    return {line.row.unit: line.row.received_by for line in distribution_of(actor, "LH-F001").lines}


@pytest.mark.covers("S1")
def test_the_units_that_a_plan_is_addressed_to_are_found(draft: ProgrammeRow) -> None:
    assert draft.addressees == ("局属各科室", "综合执法大队")
    assert draft.recipients == ("LH-WRF", "LH-ZF")


def test_a_plan_that_is_addressed_to_nobody_has_nobody_to_sign(cast: Cast) -> None:
    draft = actions.start_plan(actor=cast.coordinator, unit="LH", text=PLAN, source_name="方案.txt")
    assert draft.recipients == ()

    actions.confirm_plan(actor=cast.secretary, number=draft.number, expected_version=draft.version)

    assert not PlanReceipt.objects.exists()


@pytest.mark.covers("S1")
def test_the_list_is_corrected_by_hand_and_only_with_units_of_the_bureau(cast: Cast, draft: ProgrammeRow) -> None:
    with pytest.raises(Invalid, match="对不上") as refused:
        actions.correct_plan(
            actor=cast.coordinator, row=replace(draft, recipients=("LH-ZF", "QT-BG")), expected_version=draft.version
        )
    assert refused.value.details == ("签收单位“QT-BG”不是本局现有单位。",)

    kept = actions.correct_plan(
        actor=cast.coordinator, row=replace(draft, recipients=("LH-ZF",)), expected_version=draft.version
    )
    actions.confirm_plan(actor=cast.secretary, number=kept.number, expected_version=kept.version)

    assert standing(cast.coordinator) == {"LH-ZF": ""}


def test_a_unit_closed_since_the_reading_stands_against_confirming(cast: Cast, draft: ProgrammeRow) -> None:
    Unit.objects.filter(number="LH-ZF").update(valid_to=timezone.localdate() - dt.timedelta(days=1))

    with pytest.raises(Invalid, match="还缺必要的内容") as refused:
        actions.confirm_plan(actor=cast.secretary, number=draft.number, expected_version=draft.version)

    assert "签收单位“LH-ZF”不是本局现有单位。" in refused.value.details
    assert not PlanReceipt.objects.exists()


@pytest.mark.covers("S1")
def test_the_head_signs_for_the_own_unit_once_and_the_journal_says_so(cast: Cast, confirmed: ProgrammeRow) -> None:
    row = actions.acknowledge_plan(actor=cast.head, number=OWN, expected_version=1)

    assert (row.state, row.received_by, row.received_on) == (ReceiptState.RECEIVED, "张科长", timezone.localdate())
    assert standing(cast.clerk) == {"LH-WRF": "张科长", "LH-ZF": ""}
    assert distribution_of(cast.clerk, confirmed.number).awaited == 1
    assert [(line.verb, line.actor) for line in history_of("receipts", OWN)] == [
        ("签收方案", "张科长"),
        ("新建", "周书记"),
    ]
    with pytest.raises(Conflict, match="已签收"):
        actions.acknowledge_plan(actor=cast.head, number=OWN, expected_version=2)


@pytest.mark.covers("S1")
@pytest.mark.usefixtures("confirmed")
def test_nobody_signs_for_another_unit(cast: Cast) -> None:
    for actor, number in ((cast.head, OTHER), (cast.clerk, OWN), (cast.coordinator, OWN), (cast.secretary, OWN)):
        with pytest.raises(Refused, match="签收方案"):
            actions.acknowledge_plan(actor=actor, number=number, expected_version=1)
    for actor in (cast.outsider, cast.system):
        with pytest.raises(Absent):
            actions.acknowledge_plan(actor=actor, number=OWN, expected_version=1)
    assert set(standing(cast.coordinator).values()) == {""}


@pytest.mark.usefixtures("confirmed")
def test_the_database_keeps_a_day_for_what_is_signed_and_for_nothing_else() -> None:
    one = PlanReceipt.objects.filter(number=OWN)

    for wrong in ({"state": "received"}, {"received_on": timezone.localdate()}, {"state": "lost"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            one.update(**wrong)


@pytest.mark.covers("S1")
def test_the_plan_page_shows_who_has_signed_and_lets_the_head_sign(
    cast: Cast, sign_in: SignIn, confirmed: ProgrammeRow
) -> None:
    client = sign_in(cast.head)
    address = reverse("plans:detail", args=[confirmed.number])
    page = client.get(address)
    assert "还有 2 家没有签收" in page.content.decode()
    assert reverse("plans:receipt", args=[OTHER]) not in page.content.decode()

    answer = press(client, page, reverse("plans:receipt", args=[OWN]))

    assert "已签收。" in answer.content.decode()
    shown = client.get(address).content.decode()
    assert "还有 1 家没有签收" in shown
    assert "张科长" in shown
    assert reverse("plans:receipt", args=[OWN]) not in shown
    assert reverse("plans:receipt", args=[OTHER]) not in sign_in(cast.coordinator).get(address).content.decode()


@pytest.mark.usefixtures("confirmed")
def test_the_address_of_a_receipt_leads_to_its_place_and_not_for_strangers(cast: Cast, sign_in: SignIn) -> None:
    address = reverse("plans:receipt", args=[OWN])

    assert sign_in(cast.clerk).get(address).headers["Location"].endswith("/plans/LH-F001/#receipts")
    assert sign_in(cast.clerk).post(address, {"version": "1"}).status_code == 403
    assert sign_in(cast.outsider).get(address).status_code == 404


def test_the_units_are_ticked_on_the_page_of_the_reading(cast: Cast, sign_in: SignIn, draft: ProgrammeRow) -> None:
    client, address = sign_in(cast.coordinator), reverse("plans:reading", args=[draft.number])
    units = [("LH", "临江分局"), ("LH-WRF", "污染防治科"), ("LH-ZF", "综合执法大队")]
    assert "签收单位" in client.get(address).content.decode()

    answer = client.post(address, posted(draft, units, frame__recipients=["LH-WRF"]))

    assert answer.status_code == 302
    assert Programme.objects.get().recipients == ["LH-WRF"]


@pytest.mark.usefixtures("confirmed")
def test_signing_waits_on_the_desk_of_the_head_until_it_is_done(cast: Cast) -> None:
    waiting = {pile.does: [item.number for item in pile.items] for pile in desk_of(cast.head).piles}
    assert waiting == {"签收方案": [OWN]}
    assert not [pile for pile in desk_of(cast.clerk).piles if pile.does == "签收方案"]

    actions.acknowledge_plan(actor=cast.head, number=OWN, expected_version=1)

    assert desk_of(cast.head).piles == ()


@pytest.mark.usefixtures("confirmed")
def test_receipts_are_read_and_signed_through_the_json_door(cast: Cast, sign_in: SignIn) -> None:
    base = "/api/1/programmes/LH-F001/receipts/"
    head = sign_in(cast.head)

    signed = send(head, "POST", f"{base}LH-WRF/", {"version": 1})
    refused = send(head, "POST", f"{base}LH-ZF/", {"version": 1})

    assert (signed.status_code, signed.json()["received_by"], refused.status_code) == (200, "张科长", 403)
    assert {row["unit"]: row["state"] for row in head.get(base).json()} == {"LH-WRF": "received", "LH-ZF": "awaited"}
    assert sign_in(cast.outsider).get(base).status_code == 404


def test_the_export_says_who_has_signed(cast: Cast, sign_in: SignIn, confirmed: ProgrammeRow) -> None:
    actions.acknowledge_plan(actor=cast.head, number=OWN, expected_version=1)

    answer = sign_in(cast.clerk).get(reverse("exports:programme", args=[confirmed.number]), {"format": "xlsx"})

    sheet = load_workbook(io.BytesIO(answer.content))["方案签收"]
    lines = {row[0].value: [cell.value for cell in row][1:3] for row in sheet.iter_rows()}
    assert lines["污染防治科"] == ["已签收", "张科长"]
    assert lines["综合执法大队"][0] == "待签收"
