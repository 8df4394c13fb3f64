"""The JSON doors of units, posts, people and tenures."""

from __future__ import annotations

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.organisation.models import Person, Post, Tenure, Unit
from lianfang.foundation.web.tests.sending import SignIn, send

UNITS, POSTS, PEOPLE, TENURES = "/api/1/units/", "/api/1/posts/", "/api/1/people/", "/api/1/tenures/"
BASIS = "区委编委〔2026〕3号"


def test_everybody_sees_their_own_part_of_the_tree(cast: Cast, sign_in: SignIn) -> None:
    def numbers(part: str) -> list[str]:
        return [row["number"] for row in sign_in(getattr(cast, part)).get(UNITS).json()]

    assert numbers("coordinator") == ["LH", "LH-LD", "LH-WRF", "LH-ZF"]
    assert numbers("head") == ["LH-WRF"]
    assert numbers("auditor") == []
    assert sign_in(cast.outsider).get(f"{UNITS}LH/").status_code == 404
    assert sign_in(cast.outsider).get(f"{POSTS}LH-WRF-01/").status_code == 404
    assert sign_in(cast.outsider).get(f"{PEOPLE}LH-M03/tenures/").status_code == 404
    assert sign_in(cast.outsider).get(PEOPLE).json()["total"] == 0


def test_a_unit_is_set_up_renamed_moved_and_closed(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.coordinator)
    row = {"number": "LH-XC", "name": "宣传科", "unit_kind": "section", "parent": "LH"}

    made = send(client, "POST", UNITS, row)
    renamed = send(client, "POST", f"{UNITS}LH-XC/rename/", {"name": "宣传教育科", "basis": BASIS}).json()
    moved = send(client, "POST", f"{UNITS}LH-XC/move/", {"parent": "LH-ZF", "basis": BASIS}).json()
    closed = send(client, "POST", f"{UNITS}LH-XC/close/", {"on": "2026-07-01", "basis": BASIS}).json()

    assert made.status_code == 201
    assert (renamed["name"], renamed["aliases"]) == ("宣传教育科", ["宣传科"])
    assert (moved["parent"], closed["valid_to"]) == ("LH-ZF", "2026-07-01")


def test_a_unit_is_succeeded_by_another(cast: Cast, sign_in: SignIn) -> None:
    said = {"number": "LH-ZFD", "name": "综合执法支队", "unit_kind": "brigade", "on": "2026-07-01", "basis": BASIS}
    made = send(sign_in(cast.coordinator), "POST", f"{UNITS}LH-ZF/succeed/", said)

    assert (made.status_code, made.json()["successor_of"]) == (201, "LH-ZF")
    assert Unit.objects.get(number="LH-ZF").valid_to is not None


@pytest.mark.parametrize(
    ("address", "field", "value"),
    [
        (f"{UNITS}LH-WRF/", "aliases", ["污防科"]),
        (f"{POSTS}LH-WRF-02/", "duty", "负责危险废物的日常监管。"),
        (f"{PEOPLE}LH-M04/", "party_member", False),
    ],
)
def test_the_second_of_two_editors_is_told_of_the_first(
    cast: Cast, sign_in: SignIn, address: str, field: str, value: object
) -> None:
    client = sign_in(cast.coordinator)
    read = client.get(address)
    changed = {**read.json(), field: value}

    first = send(client, "PUT", address, changed, If_Match=read["ETag"])
    second = send(client, "PUT", address, read.json(), If_Match=read["ETag"])

    assert (first.status_code, first.json()[field], second.status_code) == (200, value, 409)
    assert client.get(address)["ETag"] == first["ETag"]


def test_a_post_is_set_up_moved_and_closed(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.coordinator)

    made = send(client, "POST", POSTS, {"number": "", "unit": "LH-WRF", "name": "固体废物岗"}).json()
    moved = send(client, "POST", f"{POSTS}{made['number']}/move/", {"unit": "LH-ZF", "basis": BASIS}).json()
    closed = send(client, "POST", f"{POSTS}{made['number']}/close/", {"on": "2026-07-01", "basis": BASIS})

    assert (made["number"], moved["unit"], closed.json()["closed_on"]) == ("LH-WRF-03", "LH-ZF", "2026-07-01")
    assert client.get(POSTS, {"unit": "LH-ZF"}).json()["total"] == 1
    assert client.get(POSTS, {"unit": "LH-ZF", "closed": "true"}).json()["total"] == 2


def test_somebody_arrives_takes_up_a_post_and_leaves(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.coordinator)
    number = send(client, "POST", PEOPLE, {"number": "", "name": "小赵", "unit": "LH-WRF"}).json()["number"]
    row = {"number": "x", "person": number, "post": "LH-WRF-02", "start": "2026-03-01"}
    begun = send(client, "POST", TENURES, {"row": row, "basis": BASIS})
    ended = send(
        client, "POST", f"{TENURES}end/", {"number": begun.json()["number"], "on": "2026-05-31", "basis": BASIS}
    )
    left = send(client, "POST", f"{PEOPLE}{number}/leave/", {"on": "2026-06-01", "basis": BASIS})

    assert (begun.status_code, ended.status_code, left.status_code) == (201, 200, 200)
    assert [one["end"] for one in client.get(f"{PEOPLE}{number}/tenures/").json()] == ["2026-05-31"]
    assert number in {one["person"] for one in client.get(f"{POSTS}LH-WRF-02/tenures/").json()}
    assert number not in {one["number"] for one in client.get(PEOPLE).json()["rows"]}
    assert number in {one["number"] for one in client.get(PEOPLE, {"gone": "true"}).json()["rows"]}


@pytest.mark.parametrize("part", ["clerk", "head", "secretary", "commission", "system"])
def test_only_the_coordinator_writes(cast: Cast, sign_in: SignIn, part: str) -> None:
    client = sign_in(getattr(cast, part))

    answers = [
        send(client, "POST", UNITS, {"number": "LH-XC", "name": "宣传科", "unit_kind": "section", "parent": "LH"}),
        send(client, "POST", f"{UNITS}LH-WRF/rename/", {"name": "别名", "basis": BASIS}),
        send(client, "POST", f"{POSTS}LH-WRF-02/close/", {"on": "2026-07-01", "basis": BASIS}),
        send(client, "POST", f"{PEOPLE}LH-M04/leave/", {"on": "2026-07-01", "basis": BASIS}),
        send(client, "POST", f"{TENURES}end/", {"number": "LH-M04/LH-WRF-02", "on": "2026-07-01", "basis": BASIS}),
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert not Unit.objects.filter(number="LH-XC").exists()
    assert not Post.objects.filter(closed_on__isnull=False).exists()
    assert not Person.objects.filter(left_on__isnull=False).exists()
    assert not Tenure.objects.filter(end__isnull=False).exists()
