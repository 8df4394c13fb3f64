"""Whether somebody is a Party member stays blank where nobody said so: no list makes a secretary a 否."""

from __future__ import annotations

import pytest
from django.urls import reverse

from lianfang.conftest import Cast
from lianfang.foundation.documents.columns import write_cell
from lianfang.foundation.documents.tables import Cell, Contents, FileKind, Table
from lianfang.foundation.organisation.models import Person
from lianfang.foundation.organisation.sheets import PEOPLE
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.site.importing import preview, store_preview
from lianfang.site.intake import Taking


def take(cast: Cast, head: list[Cell], *lines: list[Cell]) -> None:
    table = Table("人员", [head, *lines], range(1, len(lines) + 2))
    previewed = preview(Contents(FileKind.XLSX, (table,)), Taking("LH-WRF", actor=cast.coordinator))
    store_preview(cast.coordinator, previewed, "名册.xlsx")


def written(number: str) -> Cell:
    return write_cell(PEOPLE.column("party_member"), Person.objects.get(number=number).party_member)


def test_a_roster_that_does_not_say_leaves_it_blank(cast: Cast) -> None:
    take(cast, ["人员编号", "姓名", "单位编号"], ["LH-X1", "郑科员", "LH-WRF"])

    assert Person.objects.get(number="LH-X1").party_member is None
    assert written("LH-X1") == ""


@pytest.mark.parametrize(("said", "stored"), [("是", "是"), ("否", "否"), ("", "")])
def test_what_a_roster_says_is_kept(cast: Cast, said: str, stored: str) -> None:
    take(cast, ["人员编号", "姓名", "单位编号", "中共党员"], ["LH-X1", "郑科员", "LH-WRF", said])

    assert written("LH-X1") == stored


def test_a_page_offers_the_third_answer_and_shows_it(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.coordinator)
    answer = client.post(reverse("organisation:new_person"), {"unit": "LH-WRF", "name": "郑科员", "party_member": ""})
    person = Person.objects.get(name="郑科员")

    form = client.get(reverse("organisation:edit_person", args=[person.number])).content.decode()

    assert answer.status_code == 302
    assert person.party_member is None
    assert '<option value="" selected>—</option>' in form
    assert '<option value="否">否</option>' in form
