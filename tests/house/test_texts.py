"""Texts that are too long or hold control characters are refused or cleaned at every door, before the database."""

from __future__ import annotations

import pytest
from django.test import Client

from lianfang.conftest import Cast
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.journal.texts import clean
from lianfang.foundation.web.tests.sending import SignIn, send
from lianfang.registers.powers.models import Power

POWER = {"number": "", "unit": "LH-WRF", "name": "危险废物许可", "content": "审查许可。"}
FORM = {"unit": "LH-WRF", "name": "危险废物许可", "visibility": "external", "category": "permit"}
DIRTY = "坏\x00字\x0b符\x1b\r\n第二行\t完"
CLEANED = "坏字符\n第二行\t完"


@pytest.mark.parametrize(
    ("text", "left"), [(DIRTY, CLEANED), ("\ud83d半个", "半个"), ("好的，第1条", "好的，第1条"), ("", "")]
)
def test_only_tabs_and_line_feeds_are_left_of_control_characters(text: str, left: str) -> None:
    assert clean(text) == left


def test_the_json_door_cleans_what_it_takes_and_every_export_can_be_written(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.clerk)

    made = send(client, "POST", "/api/1/powers/", {**POWER, "content": DIRTY, "basis": [DIRTY], "unit": "LH-WRF\x00"})

    assert made.status_code == 201, made.content.decode()
    assert (made.json()["content"], made.json()["basis"]) == (CLEANED, CLEANED.split("\n"))
    for form in ("xlsx", "docx", "csv", "json"):
        assert client.get("/export/powers/", {"format": form}).status_code == 200


def test_the_form_cleans_what_it_takes(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.clerk).post("/powers/new/", {**FORM, "content": DIRTY})

    assert answer.status_code == 302, answer.content.decode()
    # A vertical tab is how Word ends a line within a paragraph.
    assert Power.objects.get().content == "坏字\n符\n第二行\t完"


def test_too_long_a_text_is_refused_with_its_name_and_measure_at_both_doors(cast: Cast, sign_in: SignIn) -> None:
    long = "长" * 5_000
    client = sign_in(cast.clerk)

    by_json = send(client, "POST", "/api/1/powers/", {**POWER, "name": long})
    by_form = client.post("/powers/new/", {**FORM, "name": long})

    assert (by_json.status_code, by_form.status_code) == (422, 422)
    assert "有 5000 个字，最多" in by_json.json()["message"]
    assert "有 5000 个字，最多" in by_form.content.decode()
    assert not Power.objects.exists()


def test_a_remark_is_cleaned_and_a_basis_is_measured(cast: Cast, sign_in: SignIn) -> None:
    number = send(sign_in(cast.clerk), "POST", "/api/1/powers/", POWER).json()["number"]
    Power.objects.update(state="submitted")
    address = f"/powers/{number}/do/return/"

    sign_in(cast.head).post(address, {"version": "1", "note": "请补\x00写依据"})

    assert Entry.objects.filter(number=number).latest("id").note == "请补写依据"


@pytest.mark.parametrize("address", ["/powers/?q=%00", "/powers/?state=%00", "/powers/LH%00/", "/api/1/powers/?q=%00"])
def test_a_null_character_in_an_address_is_answered_as_a_mistake(cast: Cast, sign_in: SignIn, address: str) -> None:
    client: Client = sign_in(cast.clerk)

    assert client.get(address).status_code == 400
