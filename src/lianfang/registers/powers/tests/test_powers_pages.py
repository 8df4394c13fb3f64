"""The pages of powers, as a browser without scripts sees them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lianfang.conftest import Cast
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.registers.powers import actions
from lianfang.registers.powers.forms import PowerForm
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.powers.tests.test_powers_actions import INSPECTION


@pytest.fixture
def drafted(cast: Cast) -> PowerRow:
    return actions.create_power(actor=cast.clerk, row=INSPECTION)


def posted(row: PowerRow, **changes: str) -> dict[str, str]:
    """What a browser would send for a power's form."""
    form = PowerForm.of(row)
    values = {}
    for name in PowerForm.field_names():
        value = form[name].value()
        shown = form.fields[name].prepare_value(value)
        if isinstance(shown, bool):
            if shown:
                values[name] = "on"
        else:
            values[name] = str(shown)
    return {**values, "version": str(row.version), **changes}


def test_the_list_is_filtered_and_searched(cast: Cast, sign_in: SignIn) -> None:
    actions.create_power(actor=cast.clerk, row=INSPECTION)
    actions.create_power(actor=cast.clerk, row=replace(INSPECTION, name="大气污染防治资金初审", key_area=None))
    client = sign_in(cast.head)

    everything = client.get(reverse("powers:list")).content.decode()
    searched = client.get(reverse("powers:list"), {"q": "资金"}).content.decode()
    filtered = client.get(reverse("powers:list"), {"key_area": "enforcement"}).content.decode()
    nowhere = client.get(reverse("powers:list"), {"unit": "NO-SUCH"}).content.decode()

    assert "资金初审" in everything
    assert "现场检查" in everything
    assert "资金初审" in searched
    assert "现场检查" not in searched.split("<tbody")[1]
    assert "资金初审" not in filtered.split("<tbody")[1]
    assert "没有符合条件的职权" in nowhere


def test_an_empty_list_teaches(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.clerk).get(reverse("powers:list")).content.decode()

    assert "还没有职权" in page
    assert "直接导入" in page


def test_the_list_asks_the_database_as_often_for_thirty_as_for_three(cast: Cast, sign_in: SignIn) -> None:
    def queries(rows: int) -> int:
        have = Power.objects.count()
        for n in range(have, rows):
            actions.create_power(actor=cast.clerk, row=replace(INSPECTION, name=f"第{n}项检查"))
        client = sign_in(cast.head)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(reverse("powers:list")).status_code == 200
        return len(captured)

    assert queries(3) == queries(30)


def test_a_new_power_is_drafted_in_the_browser(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.clerk)

    answer = client.post(reverse("powers:new"), posted(INSPECTION, version=""))

    stored = Power.objects.get()
    assert answer.headers["Location"] == reverse("powers:detail", args=[stored.number])
    assert replace(stored.to_row(), number="") == INSPECTION


def test_what_the_form_shows_and_takes_back_is_the_same_row(cast: Cast, sign_in: SignIn, drafted: PowerRow) -> None:
    client = sign_in(cast.clerk)

    client.post(reverse("powers:edit", args=[drafted.number]), posted(drafted))

    assert replace(Power.objects.get().to_row(), version=drafted.version) == drafted


def test_a_missing_name_is_said_at_its_field_and_nothing_typed_is_lost(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.clerk).post(reverse("powers:new"), posted(INSPECTION, name="", content="写了很久的内容"))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请填写职权名称。" in page
    assert "写了很久的内容" in page
    assert not Power.objects.exists()


def test_the_second_of_two_editors_keeps_the_typed_text_and_sees_the_other_change(
    cast: Cast, sign_in: SignIn, drafted: PowerRow
) -> None:
    actions.edit_power(actor=cast.head, row=replace(drafted, conditions="三人到场。"), expected_version=drafted.version)
    address = reverse("powers:edit", args=[drafted.number])
    client = sign_in(cast.clerk)

    clash = client.post(address, posted(drafted, remark="我打的备注"))

    page = clash.content.decode()
    assert clash.status_code == 409
    assert "张科长" in page
    assert "三人到场" in page
    assert "我打的备注" in page
    assert f'name="version" value="{drafted.version + 1}"' in page


def test_the_steps_of_the_lifecycle_are_taken_from_the_page(cast: Cast, sign_in: SignIn, drafted: PowerRow) -> None:
    step = reverse("powers:step", args=[drafted.number, "submit"])

    answer = sign_in(cast.clerk).post(step, {"version": drafted.version, "note": "请审"}, follow=True)

    assert "待清权" in answer.content.decode()
    assert sign_in(cast.head).get(step).status_code == 405


def test_another_bureau_gets_the_page_of_nothing(cast: Cast, sign_in: SignIn, drafted: PowerRow) -> None:
    client = sign_in(cast.outsider)

    hidden = client.get(reverse("powers:detail", args=[drafted.number]))
    missing = client.get(reverse("powers:detail", args=["LH-WRF-P999"]))

    assert hidden.status_code == missing.status_code == 404


def test_a_stranger_is_sent_to_the_log_in(client: Client, drafted: PowerRow) -> None:
    answer = client.get(reverse("powers:detail", args=[drafted.number]))

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("login"))


def test_a_refused_change_keeps_what_was_typed_and_the_version_it_was_made_from(
    cast: Cast, sign_in: SignIn, drafted: PowerRow
) -> None:
    address = reverse("powers:edit", args=[drafted.number])

    answer = sign_in(cast.deputy).post(address, posted(drafted, name="跨部门联合检查"))

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "跨部门联合检查" in page
    assert f'name="version" value="{drafted.version}"' in page
    assert Power.objects.get(number=drafted.number).name == drafted.name
