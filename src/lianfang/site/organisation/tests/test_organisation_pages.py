"""Pages of units, posts and people: what each person sees of them, and how they are written."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lianfang.conftest import LONG_AGO, Cast
from lianfang.foundation.organisation import actions
from lianfang.foundation.organisation.models import Person, Post, Tenure, Unit
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.kernel.rows import digest

BASIS = "区委编委〔2026〕3号"


def shown(client: Client, name: str, *args: str, **query: str) -> str:
    answer = client.get(reverse(f"organisation:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode().split("<main")[1]


@pytest.mark.covers("S1")
def test_the_tree_shows_the_units_within_the_grant_and_no_others(cast: Cast, sign_in: SignIn) -> None:
    everything = shown(sign_in(cast.commission), "units")
    own = shown(sign_in(cast.head), "units")

    assert everything.index("临江区纪委监委") < everything.index("临江分局") < everything.index("污染防治科")
    assert "清潭分局" in everything
    assert "污染防治科" in own
    assert "综合执法大队" not in own


def test_people_and_posts_are_scoped_too(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.head)

    people, posts = shown(client, "people"), shown(client, "posts")

    assert "小李" in people
    assert "王大队长" not in people
    assert "危险废物监管岗" in posts
    assert "大队长" not in posts
    for name, number in (("unit", "LH-ZF"), ("post", "LH-ZF-01"), ("person", "LH-M05")):
        assert client.get(reverse(f"organisation:{name}", args=[number])).status_code == 404


@pytest.mark.covers("S7", "S8")
def test_a_unit_shows_its_posts_with_holders_and_a_post_shows_both_duties(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.deputy)

    unit = shown(client, "unit", "LH-WRF")
    post = shown(client, "post", "LH-WRF-01")

    assert "污染防治科科长" in unit
    assert "张科长" in unit
    assert "负责污染防治科科长的业务工作。" in post
    assert "廉政建设负责" in post


def test_a_person_shows_every_tenure_with_its_days(cast: Cast, sign_in: SignIn) -> None:
    actions.end_tenure(actor=cast.coordinator, number="LH-M04/LH-WRF-02", on=LONG_AGO.replace(month=6), basis=BASIS)

    page = shown(sign_in(cast.coordinator), "person", "LH-M04")

    assert "危险废物监管岗" in page
    assert "2020-01-01" in page
    assert "2020-06-01" in page


def test_a_renamed_unit_is_found_under_its_former_name(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.coordinator)

    answer = client.post(
        reverse("organisation:unit_step", args=["LH-WRF", "rename"]), {"name": "水科", "basis": BASIS}, follow=True
    )

    assert "水科" in answer.content.decode()
    assert "污染防治科" in shown(client, "unit", "LH-WRF")


def test_a_step_without_a_basis_is_said_at_its_field(cast: Cast, sign_in: SignIn) -> None:
    for step in ("rename", "move", "succeed", "close"):
        answer = sign_in(cast.coordinator).post(
            reverse("organisation:unit_step", args=["LH-WRF", step]), {"name": "水科"}
        )

        assert answer.status_code == 422
        assert "请填写依据。" in answer.content.decode()


def test_a_refusal_of_the_action_comes_back_at_the_form(cast: Cast, sign_in: SignIn) -> None:
    close = {"on": "2026-07-01", "basis": BASIS}

    answer = sign_in(cast.coordinator).post(reverse("organisation:unit_step", args=["LH-WRF", "close"]), close)

    assert answer.status_code == 422
    assert "下面还有" in answer.content.decode()


def test_units_posts_people_and_tenures_are_entered_in_the_browser(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.coordinator)

    def post(page: str, **fields: Any) -> None:
        answer = client.post(reverse(f"organisation:{page}"), fields)
        assert answer.status_code == 302, answer.content.decode()

    post("new_unit", number="LH-TR", name="土壤科", unit_kind="section", parent="LH")
    post("new_post", unit="LH-TR", name="土壤科科长", rank="head", duty="管土壤。", integrity_duty="管本科廉政。")
    post("new_person", unit="LH-TR", name="钱科长", party_member="是")
    person = Person.objects.get(name="钱科长")
    post("new_tenure", person=person.number, post="LH-TR-01", start="2026-03-01", basis=BASIS)

    assert Unit.objects.get(number="LH-TR").path == "JW/LH/LH-TR/"
    assert Post.objects.get(number="LH-TR-01").integrity_duty == "管本科廉政。"
    assert (person.number, person.party_member) == ("LH-M06", True)
    assert Tenure.objects.get(person=person).post.number == "LH-TR-01"


def test_a_tenure_ends_on_its_page(cast: Cast, sign_in: SignIn) -> None:
    address = f"{reverse('organisation:end_tenure')}?tenure=LH-M04%2FLH-WRF-02"
    client = sign_in(cast.coordinator)

    page = client.get(address).content.decode()
    client.post(address, {"on": "2026-07-01", "basis": BASIS})

    assert "危险废物监管岗" in page
    assert str(Tenure.objects.get(number="LH-M04/LH-WRF-02").end) == "2026-07-01"


def test_the_second_of_two_editors_is_told_and_keeps_the_typed_text(cast: Cast, sign_in: SignIn) -> None:
    before = Post.objects.get(number="LH-WRF-02").to_row()
    actions.edit_post(actor=cast.coordinator, row=replace(before, duty="先改的职责。"), seen=digest(before))
    sent = {"name": before.name, "rank": "staff", "in_scope": "on", "duty": "后改的职责。", "seen": digest(before)}

    clash = sign_in(cast.coordinator).post(reverse("organisation:edit_post", args=["LH-WRF-02"]), sent)

    page = clash.content.decode()
    assert clash.status_code == 409
    assert "廉政办吴主任" in page
    assert "后改的职责。" in page
    assert Post.objects.get(number="LH-WRF-02").duty == "先改的职责。"


def test_a_form_without_its_mark_saves_nothing_until_the_present_state_was_seen(cast: Cast, sign_in: SignIn) -> None:
    client, address = sign_in(cast.coordinator), reverse("organisation:edit_post", args=["LH-WRF-02"])
    before = Post.objects.get(number="LH-WRF-02").to_row()
    actions.edit_post(actor=cast.coordinator, row=replace(before, duty="先改的职责。"), seen=digest(before))
    sent = {"name": before.name, "rank": "staff", "in_scope": "on", "duty": "后改的职责。"}

    unmarked = client.post(address, sent)

    assert unmarked.status_code == 409
    assert Post.objects.get(number="LH-WRF-02").duty == "先改的职责。"
    agreed = client.post(address, sent | {"seen": unmarked.context["seen"]})
    assert agreed.status_code == 302
    assert Post.objects.get(number="LH-WRF-02").duty == "后改的职责。"


def test_others_see_no_buttons_and_are_refused_at_the_address(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.head)

    assert "更名" not in shown(client, "unit", "LH-WRF")
    for name, args in (
        ("new_unit", []), ("new_post", []), ("new_person", []), ("new_tenure", []), ("edit_unit", ["LH-WRF"]),
        ("unit_step", ["LH-WRF", "rename"]), ("edit_post", ["LH-WRF-02"]), ("move_post", ["LH-WRF-02"]),
        ("close_post", ["LH-WRF-02"]), ("edit_person", ["LH-M04"]), ("leave", ["LH-M04"]),
    ):  # fmt: skip
        assert client.get(reverse(f"organisation:{name}", args=args)).status_code == 403, name


@pytest.mark.parametrize("name", ["units", "posts", "people"])
def test_lists_cost_the_same_for_three_and_for_thirty(cast: Cast, sign_in: SignIn, name: str) -> None:
    def queries() -> int:
        client = sign_in(cast.coordinator)
        with CaptureQueriesContext(connection) as captured:
            shown(client, name)
        return len(captured)

    queries()
    few = queries()
    for serial in range(10, 40):
        Unit.objects.create(
            number=f"LH-{serial}", name=f"第{serial}科", unit_kind="section", parent_id="LH", path=f"JW/LH/LH-{serial}/"
        )
        unit = {"unit_id": f"LH-{serial}", "unit_path": f"JW/LH/LH-{serial}/"}
        post = Post.objects.create(number=f"LH-{serial}-01", name="科长", **unit)
        person = Person.objects.create(number=f"LH-X{serial}", name="某科长", **unit)
        Tenure.objects.create(
            number=f"t{serial}", person=person, post=post, unit_path=unit["unit_path"], start=LONG_AGO
        )

    assert queries() == few
