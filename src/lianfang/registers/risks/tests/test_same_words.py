"""Whoever may accept a risk point is told which others of the bureau say the very same sentence."""

from __future__ import annotations

import html
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lianfang.conftest import Cast
from lianfang.foundation.accounts.models import Grant
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.registers.powers.models import Power
from lianfang.registers.risks.actions.risks import accept_risk
from lianfang.registers.risks.models import Risk
from lianfang.registers.risks.states import RiskState

SENTENCE = "监管岗人员收受处置单位礼金，对超期贮存隐瞒不报。"
ADVICE = "写的是同一句话：同一件事请合并，不同的请退回写清楚差别。"
PAGE = "/risks/LH-WRF-R001/"


def entry(number: str, statement: str = SENTENCE, state: str = "proposed") -> None:
    unit = number.rpartition("-")[0]
    path = f"JW/{unit.split('-')[0]}/{unit}/"
    Risk.objects.create(number=number, unit_id=unit, unit_path=path, tier="unit", statement=statement, state=state)


def told(client: Client) -> str:
    """The note as it is read, or "" where there is none."""
    page = " ".join(html.unescape(re.sub(r"<[^>]+>", "", client.get(PAGE).content.decode())).split())
    found = re.search(rf"与 [^。]*{ADVICE}", page)
    return found[0] if found else ""


def test_the_head_is_told_of_the_other_with_the_same_sentence_and_may_still_accept(cast: Cast, sign_in: SignIn) -> None:
    entry("LH-WRF-R001")
    entry("LH-WRF-R002", SENTENCE.replace("，", " , ").rstrip("。"), "live")
    entry("LH-WRF-R003", SENTENCE.replace("礼金", "宴请"))

    assert told(sign_in(cast.head)) == f"与 LH-WRF-R002 {ADVICE}"
    assert accept_risk(actor=cast.head, number="LH-WRF-R001", expected_version=1).state is RiskState.ACCEPTED
    assert told(sign_in(cast.head)) == ""


@pytest.mark.parametrize("state", ["draft", "merged", "rejected", "closed"])
def test_drafts_and_what_has_ended_are_not_named(cast: Cast, sign_in: SignIn, state: str) -> None:
    entry("LH-WRF-R001")
    entry("LH-WRF-R002", state=state)

    assert told(sign_in(cast.head)) == ""


def test_only_those_are_named_that_the_reader_may_see(cast: Cast, sign_in: SignIn) -> None:
    entry("LH-WRF-R001")
    entry("LH-ZF-R001")

    assert told(sign_in(cast.coordinator)) == f"与 LH-ZF-R001 {ADVICE}"
    assert told(sign_in(cast.head)) == ""


def test_nobody_is_told_who_may_not_accept(cast: Cast, sign_in: SignIn) -> None:
    entry("LH-WRF-R001")
    entry("LH-WRF-R002")

    assert told(sign_in(cast.deputy)) != ""
    for person in (cast.clerk, cast.legal, cast.secretary, cast.commission, cast.outsider):
        assert told(sign_in(person)) == "", person.title


def test_a_sentence_of_another_bureau_is_not_named_even_to_somebody_of_both(cast: Cast, sign_in: SignIn) -> None:
    Grant.objects.filter(user=cast.coordinator).update(scope="JW/")
    entry("LH-WRF-R001")
    entry("QT-BG-R001")

    client = sign_in(cast.coordinator)

    assert client.get("/risks/QT-BG-R001/").status_code == 200
    assert told(client) == ""


def test_thirty_are_counted_five_are_named_and_no_more_is_asked_than_for_two(
    cast: Cast, power: Power, sign_in: SignIn
) -> None:
    entry("LH-WRF-R001")
    client, counts, notes = sign_in(cast.head), [], []
    for serials in (range(2, 3), range(3, 31)):
        for serial in serials:
            entry(f"LH-WRF-R{serial:03d}")
        client.get(PAGE)
        with CaptureQueriesContext(connection) as asked:
            notes.append(told(client))
        counts.append(len(asked))

    first = "、".join(f"LH-WRF-R{serial:03d}" for serial in range(2, 7))
    assert notes == [f"与 LH-WRF-R002 {ADVICE}", f"与 {first} 等 29 条 {ADVICE}"]
    assert counts[0] == counts[1], [query["sql"][:120] for query in asked.captured_queries]
