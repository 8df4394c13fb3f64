"""The JSON door of the law table."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from lianfang.conftest import Cast
from lianfang.foundation.web.tests.sending import SignIn, send
from lianfang.kernel.rows import digest, from_plain, plain
from lianfang.registers.laws.models import Law
from lianfang.registers.laws.rows import LawRow
from lianfang.registers.laws.tests.conftest import CODE, OLD

BASE = "/api/1/laws/"


def put_over(client: Client, law: object) -> Any:
    """The answer to writing ``law`` over what was just read there."""
    return send(client, "PUT", f"{BASE}T-OLD/", law, If_Match=client.get(f"{BASE}T-OLD/")["ETag"])


def test_a_law_is_entered_and_read(cast: Cast, sign_in: SignIn) -> None:
    made = send(sign_in(cast.legal), "POST", BASE, plain(CODE))

    assert made.status_code == 201
    assert from_plain(LawRow, sign_in(cast.clerk).get(f"{BASE}T-FD/").json()) == CODE


def test_the_second_of_two_editors_is_told_of_the_first(cast: Cast, laws: None, sign_in: SignIn) -> None:
    client = sign_in(cast.legal)
    read = client.get(f"{BASE}T-FD/")
    changed = {**read.json(), "issuer": "示例立法机关"}

    first = send(client, "PUT", f"{BASE}T-FD/", changed, If_Match=read["ETag"])
    second = send(client, "PUT", f"{BASE}T-FD/", {**changed, "issuer": "别的机关"}, If_Match=read["ETag"])
    third = send(client, "PUT", f"{BASE}T-FD/", {**changed, "issuer": "别的机关"}, If_Match=first["ETag"])

    assert (first.status_code, second.status_code, third.status_code) == (200, 409, 200)
    assert Law.objects.get(number="T-FD").issuer == "别的机关"


def test_a_law_is_verified_and_repealed(cast: Cast, laws: None, sign_in: SignIn) -> None:
    client = sign_in(cast.legal)
    said = {"articles": ["第二十四条"], "note": "官方数据库，2026年8月20日查阅"}
    verified = send(client, "POST", f"{BASE}T-OLD/verify/", said).json()
    ended = {"on": "2026-08-15", "replaced_by": "T-FD", "basis": "《示例生态法典》第五十二条"}
    repealed = send(client, "POST", f"{BASE}T-OLD/repeal/", ended)

    assert [article["verified"] for article in verified["articles"]] == [True, False]
    assert (repealed.status_code, repealed.json()["replaced_by"]) == (200, "T-FD")


@pytest.mark.covers("S65")
def test_no_request_but_the_verification_marks_an_article_as_compared(cast: Cast, laws: None, sign_in: SignIn) -> None:
    client = sign_in(cast.legal)
    claimed: Any = plain(
        replace(OLD, verified=True, articles=tuple(replace(part, verified=True) for part in OLD.articles))
    )
    made = send(client, "POST", BASE, {**claimed, "number": "T-NEW"}).json()
    put = put_over(client, claimed).json()

    checked = send(client, "POST", f"{BASE}T-OLD/verify/", {"articles": ["第二十四条"], "note": "官方数据库"}).json()
    denied = {**checked, "articles": [{**part, "verified": False} for part in checked["articles"]], "note": "年鉴"}
    kept = put_over(client, denied).json()
    moved = {**kept, "articles": [{**kept["articles"][0], "successor_article": "第九条"}, kept["articles"][1]]}
    changed = put_over(client, moved).json()

    assert [_marks(law) for law in (made, put)] == [(False, [False, False])] * 2
    assert _marks(kept) == (True, [True, False])
    assert _marks(changed) == (False, [False, False])


def _marks(law: dict[str, Any]) -> tuple[bool, list[bool]]:
    return law["verified"], [article["verified"] for article in law["articles"]]


def test_the_table_is_filtered_and_paged(cast: Cast, laws: None, sign_in: SignIn) -> None:
    client = sign_in(cast.clerk)

    assert client.get(BASE).json()["total"] == 2
    assert [row["number"] for row in client.get(BASE, {"q": "生态法典"}).json()["rows"]] == [CODE.number]
    assert client.get(BASE, {"verified": "yes"}).json()["rows"] == []
    assert [row["number"] for row in client.get(BASE, {"page": -4}).json()["rows"]] == [CODE.number, OLD.number]


@pytest.mark.parametrize(
    ("tail", "body", "status"),
    [("T-FD/verify/", {"note": "数据库"}, 403), ("T-FD/repeal/", {"on": "someday", "basis": "x"}, 422)],
)
def test_a_clerk_reads_and_does_not_write(
    cast: Cast, laws: None, sign_in: SignIn, tail: str, body: object, status: int
) -> None:
    assert send(sign_in(cast.clerk), "POST", BASE + tail, body).status_code == status
    assert send(sign_in(cast.auditor), "PUT", f"{BASE}T-FD/", plain(CODE), If_Match=digest(CODE)).status_code == 403
    assert sign_in(cast.auditor).get(BASE).json()["rows"] == []
