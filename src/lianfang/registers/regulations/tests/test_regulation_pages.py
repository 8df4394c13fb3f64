"""The pages of regulations, as a browser without scripts sees them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django import forms
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lianfang.conftest import Cast
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.registers.powers.models import Power
from lianfang.registers.regulations import actions
from lianfang.registers.regulations.forms import EvaluationForm, RegulationForm
from lianfang.registers.regulations.models import Regulation
from lianfang.registers.regulations.rows import CauseCode, ChangeKind, Mechanism, RegulationRow
from lianfang.registers.regulations.tests.test_regulation_actions import INSPECTION, adopt, put_into_force


@pytest.fixture
def evaluated(cast: Cast, power: Power) -> RegulationRow:
    return actions.create_regulation(actor=cast.head, row=INSPECTION)


def posted(kind: type[RegulationForm] | type[EvaluationForm], row: RegulationRow, **changes: Any) -> dict[str, Any]:
    """What a browser would send for a form that shows ``row``."""
    sent: dict[str, Any] = {"version": str(row.version)}
    for field in kind.of(row, choices={"powers": [(number, number) for number in row.powers]}):
        shown = field.field.prepare_value(field.value()) if hasattr(field.field, "column") else field.value()
        if isinstance(field.field.widget, forms.MultiWidget):
            for place, part in enumerate(field.field.widget.decompress(shown) or ()):
                sent[f"{field.name}_{place}"] = part
        elif shown is not None:
            sent[field.name] = shown
    return {**sent, **changes}


def test_the_list_is_filtered_and_searched(cast: Cast, sign_in: SignIn, evaluated: RegulationRow) -> None:
    actions.create_regulation(
        actor=cast.head, row=replace(INSPECTION, title="风险提示办法", powers=(), mechanism=Mechanism.NOTICE)
    )
    client = sign_in(cast.head)

    def shown(**query: str) -> str:
        return client.get(reverse("regulations:list"), query).content.decode().split("<main")[1]

    assert "风险提示办法" in shown()
    assert "工作规范" in shown()
    assert "工作规范" not in shown(q="提示")
    assert "工作规范" not in shown(mechanism="notice")
    assert "没有符合条件的制度" in shown(state="repealed")


def test_an_empty_list_teaches(cast: Cast, sign_in: SignIn) -> None:
    assert "逐件评估" in sign_in(cast.head).get(reverse("regulations:list")).content.decode()


def test_the_list_asks_the_database_as_often_for_thirty_as_for_three(cast: Cast, sign_in: SignIn, power: Power) -> None:
    def queries(rows: int) -> int:
        for serial in range(Regulation.objects.count(), rows):
            actions.create_regulation(actor=cast.head, row=replace(INSPECTION, title=f"第{serial}项制度"))
        client = sign_in(cast.head)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("regulations:list")).status_code == 200
        return len(captured)

    assert queries(3) == queries(30)


@pytest.mark.covers("S34", "S35", "S36")
def test_a_regulation_is_entered_in_the_browser_with_its_powers_and_its_tests(
    cast: Cast, sign_in: SignIn, power: Power
) -> None:
    answer = sign_in(cast.head).post(reverse("regulations:new"), posted(RegulationForm, INSPECTION))

    stored = Regulation.objects.get()
    assert answer.headers["Location"] == reverse("regulations:detail", args=[stored.number])
    assert replace(stored.to_row(), number="") == INSPECTION


def test_what_the_form_shows_and_takes_back_is_the_same_row(
    cast: Cast, sign_in: SignIn, evaluated: RegulationRow
) -> None:
    sign_in(cast.head).post(reverse("regulations:edit", args=[evaluated.number]), posted(RegulationForm, evaluated))

    assert replace(Regulation.objects.get().to_row(), version=1) == evaluated


def test_a_power_that_this_person_cannot_see_is_not_lost_by_an_edit(cast: Cast, sign_in: SignIn, power: Power) -> None:
    Power.objects.create(number="LH-ZF-P001", unit_id="LH-ZF", unit_path="JW/LH/LH-ZF/", state="draft", name="处罚")
    row = actions.create_regulation(
        actor=cast.coordinator, row=replace(INSPECTION, powers=("LH-WRF-P001", "LH-ZF-P001"))
    )
    client = sign_in(cast.head)
    page = client.get(reverse("regulations:edit", args=[row.number])).content.decode()

    client.post(reverse("regulations:edit", args=[row.number]), posted(RegulationForm, row, evaluation="补充说明"))

    assert "LH-ZF-P001" in page
    assert Regulation.objects.get().powers == ["LH-WRF-P001", "LH-ZF-P001"]


def test_a_failed_test_without_a_note_is_said_at_its_field(cast: Cast, sign_in: SignIn, power: Power) -> None:
    sent = posted(RegulationForm, INSPECTION, effect_test_0="no", effect_test_1=" ", title="写了很久的名称")

    answer = sign_in(cast.head).post(reverse("regulations:new"), sent)

    assert answer.status_code == 422
    assert "没有通过的，要写明查到什么。" in answer.content.decode()
    assert "写了很久的名称" in answer.content.decode()


def test_the_second_of_two_editors_sees_the_other_change_and_keeps_the_typed_text(
    cast: Cast, sign_in: SignIn, evaluated: RegulationRow
) -> None:
    actions.edit_regulation(
        actor=cast.coordinator, row=replace(evaluated, accountability="调离岗位并通报。"), expected_version=1
    )

    clash = sign_in(cast.head).post(
        reverse("regulations:edit", args=[evaluated.number]), posted(RegulationForm, evaluated, evaluation="我写的说明")
    )

    page = clash.content.decode()
    assert clash.status_code == 409
    assert "调离岗位并通报" in page
    assert "我写的说明" in page


@pytest.mark.covers("S34")
def test_a_regulation_in_force_is_evaluated_on_its_own_page(
    cast: Cast, sign_in: SignIn, evaluated: RegulationRow
) -> None:
    row = put_into_force(cast, evaluated)
    address = reverse("regulations:evaluate", args=[row.number])
    found = replace(row, change=ChangeKind.REVISE, cause=CauseCode.NO_ACCOUNTABILITY, evaluation="没有追责条款。")
    client = sign_in(cast.head)

    page = client.get(address).content.decode()
    answer = client.post(address, posted(EvaluationForm, found), follow=True)

    assert "现行文本继续有效" in page
    assert "责任追究机制不健全" in answer.content.decode()
    assert Regulation.objects.get().state == "evaluated"


def test_a_form_that_could_not_be_saved_is_not_opened(cast: Cast, sign_in: SignIn, evaluated: RegulationRow) -> None:
    actions.draft_regulation(actor=cast.head, number=evaluated.number, expected_version=1)

    statuses = {
        (part, page): sign_in(getattr(cast, part))
        .get(reverse(f"regulations:{page}", args=[evaluated.number]))
        .status_code
        for part in ("head", "secretary")
        for page in ("edit", "evaluate")
    }

    assert {status for (part, _), status in statuses.items() if part == "head"} == {409}
    assert {status for (part, _), status in statuses.items() if part == "secretary"} == {403}


def test_a_blocked_step_says_why_and_offers_no_button(cast: Cast, sign_in: SignIn, evaluated: RegulationRow) -> None:
    page = sign_in(cast.secretary).get(reverse("regulations:detail", args=[evaluated.number])).content.decode()

    assert "评估结论为“保留”的制度才能保留。" in page
    assert reverse("regulations:step", args=[evaluated.number, "keep"]) not in page


def test_an_adopted_regulation_is_issued_on_its_own_page(cast: Cast, sign_in: SignIn, evaluated: RegulationRow) -> None:
    row = adopt(cast, evaluated)
    address = reverse("regulations:enforce", args=[row.number])
    client = sign_in(cast.coordinator)
    assert address in client.get(reverse("regulations:detail", args=[row.number])).content.decode()

    incomplete = client.post(address, {"version": row.version, "effective_on": "2026-01-01"})
    complete = client.post(
        address,
        {"version": row.version, "document_number": "临环〔2026〕12号", "effective_on": f"{timezone.localdate()}"},
        follow=True,
    )

    assert incomplete.status_code == 422
    assert "请填写文号。" in incomplete.content.decode()
    assert "施行中" in complete.content.decode()


def test_the_lifecycle_is_walked_from_the_page(cast: Cast, sign_in: SignIn, evaluated: RegulationRow) -> None:
    step = reverse("regulations:step", args=[evaluated.number, "draft"])

    answer = sign_in(cast.head).post(step, {"version": 1, "note": "请审"}, follow=True)

    assert "待合法性审核" in answer.content.decode()


@pytest.mark.covers("S36")
def test_the_coverage_page_counts_and_leads_to_a_new_regulation(cast: Cast, sign_in: SignIn, power: Power) -> None:
    client = sign_in(cast.coordinator)

    page = client.get(reverse("regulations:coverage")).content.decode()
    new = client.get(reverse("regulations:new"), {"power": power.number, "unit": "LH-WRF"}).content.decode()

    assert "危险废物现场检查" in page
    assert f'value="{power.number}"' in new
    assert "checked" in new


@pytest.mark.covers("S80")
def test_the_mechanisms_page_names_every_gap(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.secretary).get(reverse("regulations:mechanisms")).content.decode()

    assert "还缺 6 项机制" in page
    assert all(mechanism.label in page for mechanism in Mechanism)


@pytest.mark.parametrize("name", ["list", "coverage", "mechanisms"])
def test_pages_are_closed_to_strangers_and_empty_for_administrators(
    cast: Cast, sign_in: SignIn, client: Client, evaluated: RegulationRow, name: str
) -> None:
    assert client.get(reverse(f"regulations:{name}")).status_code == 302

    page = sign_in(cast.system).get(reverse(f"regulations:{name}"))

    assert "工作规范" not in page.content.decode()


def test_another_bureau_gets_the_page_of_nothing(cast: Cast, sign_in: SignIn, evaluated: RegulationRow) -> None:
    client = sign_in(cast.outsider)

    for name in ("detail", "edit", "evaluate", "enforce"):
        assert client.get(reverse(f"regulations:{name}", args=[evaluated.number])).status_code == 404
