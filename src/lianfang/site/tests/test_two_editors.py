"""Two people edit one entry: where they changed different fields, one press keeps what both wrote."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lianfang.conftest import Cast
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.organisation.models import Unit
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.registers.powers import actions as powers
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.powers.tests.test_powers_actions import INSPECTION
from lianfang.registers.powers.tests.test_powers_pages import posted

BUTTON = "两人的修改都保留"


@pytest.fixture
def drafted(cast: Cast) -> PowerRow:
    return powers.create_power(actor=cast.clerk, row=INSPECTION)


def pressed(client: Client, drafted: PowerRow, mark: int, **typed: object) -> Any:
    """The answer to a form that was opened over ``drafted`` and now carries ``mark``."""
    sent = {name: str(value) for name, value in typed.items()}
    return client.post(reverse("powers:edit", args=[drafted.number]), posted(drafted, version=str(mark), **sent))


def test_changes_of_different_fields_are_both_kept_with_one_press(
    cast: Cast, sign_in: SignIn, drafted: PowerRow
) -> None:
    theirs = powers.edit_power(
        actor=cast.head, row=replace(drafted, conditions="三人到场。"), expected_version=drafted.version
    )
    client = sign_in(cast.clerk)
    clash = pressed(client, drafted, drafted.version, remark="我打的备注")

    saved = pressed(client, drafted, theirs.version, remark="我打的备注", keep_both=drafted.version)

    page = clash.content.decode()
    assert (clash.status_code, saved.status_code) == (409, 302)
    assert f'name="keep_both" value="{drafted.version}"' in page
    assert BUTTON in page
    row = Power.objects.get().to_row()
    assert (row.conditions, row.remark) == ("三人到场。", "我打的备注")
    newest = Entry.objects.order_by("-id")[0]
    assert "我打的备注" in newest.after
    assert "三人到场" in newest.before


def test_one_field_that_both_changed_is_for_a_person_to_settle(cast: Cast, sign_in: SignIn, drafted: PowerRow) -> None:
    theirs = powers.edit_power(
        actor=cast.head, row=replace(drafted, remark="科长写的备注"), expected_version=drafted.version
    )
    client = sign_in(cast.clerk)

    clash = pressed(client, drafted, drafted.version, remark="我打的备注")
    forced = pressed(client, drafted, theirs.version, remark="我打的备注", keep_both=drafted.version)

    assert BUTTON not in clash.content.decode()
    assert forced.status_code == 422
    assert "两人的修改分不开：都改了“备注”" in forced.content.decode()
    assert Power.objects.get().remark == "科长写的备注"


def test_a_third_change_in_between_is_a_clash_again_and_all_three_can_be_kept(
    cast: Cast, sign_in: SignIn, drafted: PowerRow
) -> None:
    second = powers.edit_power(
        actor=cast.head, row=replace(drafted, conditions="三人到场。"), expected_version=drafted.version
    )
    third = powers.edit_power(
        actor=cast.coordinator, row=replace(second, sub_name="危险废物"), expected_version=second.version
    )
    client = sign_in(cast.clerk)

    clash = pressed(client, drafted, second.version, remark="我打的备注", keep_both=drafted.version)
    saved = pressed(client, drafted, third.version, remark="我打的备注", keep_both=drafted.version)

    assert clash.status_code == 409
    assert f'name="keep_both" value="{drafted.version}"' in clash.content.decode()
    assert saved.status_code == 302
    row = Power.objects.get().to_row()
    assert (row.conditions, row.sub_name, row.remark) == ("三人到场。", "危险废物", "我打的备注")


def test_saving_without_that_button_is_as_before_the_word_of_whoever_saves(
    cast: Cast, sign_in: SignIn, drafted: PowerRow
) -> None:
    theirs = powers.edit_power(
        actor=cast.head, row=replace(drafted, conditions="三人到场。"), expected_version=drafted.version
    )

    pressed(sign_in(cast.clerk), drafted, theirs.version, remark="我打的备注")

    row = Power.objects.get().to_row()
    assert (row.conditions, row.remark) == (drafted.conditions, "我打的备注")


@pytest.mark.parametrize("forged", ["", "0", "99", "x"])
def test_a_state_that_never_was_keeps_nothing(cast: Cast, sign_in: SignIn, drafted: PowerRow, forged: str) -> None:
    answer = pressed(sign_in(cast.clerk), drafted, drafted.version, remark="我打的备注", keep_both=forged)

    assert answer.status_code == 422
    assert "两人的修改分不开" in answer.content.decode()
    assert Power.objects.get().remark == drafted.remark


def test_entries_without_versions_are_kept_apart_by_what_the_form_showed(cast: Cast, sign_in: SignIn) -> None:
    client, address = sign_in(cast.coordinator), reverse("organisation:edit_unit", args=["LH-WRF"])
    typed = {"unit_kind": "section", "sector": ""}
    client.post(address, {**typed, "aliases": "危废科", "seen": client.get(address).context["seen"]})
    seen = client.get(address).context["seen"]
    client.post(address, {**typed, "aliases": "污防科", "seen": seen})
    mine = {**typed, "aliases": "危废科", "valid_from": "2019-01-01"}

    clash = client.post(address, {**mine, "seen": seen})
    saved = client.post(address, {**mine, "seen": clash.context["seen"], "keep_both": seen})

    unit = Unit.objects.get(number="LH-WRF")
    assert (clash.status_code, saved.status_code) == (409, 302)
    assert BUTTON in clash.content.decode()
    assert (unit.aliases, str(unit.valid_from)) == (["污防科"], "2019-01-01")
