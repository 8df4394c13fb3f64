"""The ledger page by page: the same lines as the whole, in the same order, without building the whole."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lianfang.conftest import Cast
from lianfang.foundation.journal.approval import approve
from lianfang.foundation.journal.moves import change
from lianfang.foundation.journal.recording import record
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.kernel.levels import Grade
from lianfang.registers.controls.actions import generate_ledger
from lianfang.registers.controls.models import Control, Snapshot
from lianfang.registers.controls.queries.ledger import ledger_page, ledger_under
from lianfang.registers.controls.tests.conftest import RiskAt
from lianfang.registers.controls.tests.test_controls_actions import MEASURE, in_force
from lianfang.registers.risks.models import Risk

PATH = "JW/LH/"


def filled(cast: Cast, risk_at: RiskAt, many: int) -> list[Risk]:
    """Risk points of all grades, half of them without a post, every third with a measure."""
    risks = []
    for serial in range(len(Risk.objects.all()) + 1, many + 1):
        risk = risk_at(list(Grade)[serial % 3], f"LH-WRF-R{serial:03d}")
        if serial % 2:
            Risk.objects.filter(pk=risk.pk).update(post=None)
            risk.refresh_from_db()
            approve(risk, record(cast.coordinator, Verb.GRADING_APPROVED, risk))
        if not serial % 3:
            in_force(cast, replace(MEASURE, risk=risk.number))
        risks.append(Risk.objects.get(pk=risk.pk))
    return risks


def paged(size: int) -> list[Any]:
    pages = ledger_page(PATH, 1, size).pages
    return [line for page in range(1, pages + 1) for line in ledger_page(PATH, page, size).lines]


@pytest.mark.covers("S41", "S42")
@pytest.mark.parametrize("size", [1, 3, 7, 50])
def test_the_pages_together_are_the_ledger(cast: Cast, risk_at: RiskAt, size: int) -> None:
    filled(cast, risk_at, 14)

    assert paged(size) == ledger_under(PATH)
    assert ledger_page(PATH, 99, size).lines[-1] == ledger_under(PATH)[-1]


@pytest.mark.parametrize("size", [1, 2, 5])
@pytest.mark.parametrize("rewritten", [(1,), (14,), (2, 3, 9), tuple(range(1, 15))])
def test_what_is_rewritten_stands_where_it_was_approved_on_every_page(
    cast: Cast, risk_at: RiskAt, size: int, rewritten: tuple[int, ...]
) -> None:
    filled(cast, risk_at, 14)
    before = ledger_under(PATH)
    for serial in rewritten:
        risk = Risk.objects.get(number=f"LH-WRF-R{serial:03d}")
        change(risk, risk.version, state="under-review", stale=True, post_id="LH-WRF-01", statement="草稿", grade="LOW")
        record(cast.coordinator, Verb.RISK_REVIEWED, risk)
    for control in Control.objects.all()[:2]:
        change(control, control.version, state="under-review", stale=True, action="草稿", risk_id="LH-WRF-R001")
        record(cast.coordinator, Verb.CONTROL_REOPENED, control)

    assert paged(size) == ledger_under(PATH)
    assert {line.statement for line in paged(size)}.isdisjoint({"草稿"})
    assert {line.controls for line in paged(size)} == {line.controls for line in before}


def test_a_page_costs_as_many_queries_for_thirty_lines_as_for_three_and_reads_no_more_than_it_shows(
    cast: Cast, risk_at: RiskAt, sign_in: SignIn
) -> None:
    client = sign_in(cast.coordinator)
    counted = []

    for many in (3, 30):
        filled(cast, risk_at, many)
        with CaptureQueriesContext(connection) as queries:
            shown = client.get("/controls/ledger/?unit=LH")
        counted.append(len(queries))
    page = ledger_page(PATH, 2, 7)

    assert counted[0] == counted[1]
    assert '共 <span class="num">30</span> 条' in shown.content.decode()
    assert [line.number for line in page.lines] == [str(number) for number in range(8, 15)]
    assert (page.total, page.pages) == (30, 5)


def test_the_page_after_the_first_is_reached_by_link_and_by_interface(
    cast: Cast, risk_at: RiskAt, sign_in: SignIn
) -> None:
    filled(cast, risk_at, 51)
    client = sign_in(cast.commission)

    first, second = (client.get(f"/controls/ledger/?unit=LH&page={page}").content.decode() for page in (1, 2))
    answer = client.get("/api/1/ledgers/units/LH/").json()

    assert "page=2" in first
    assert '<td class="number">51</td>' in second
    assert '<td class="number">50</td>' not in second
    assert (answer["total"], len(answer["rows"])) == (51, 51)


@pytest.mark.covers("S41")
def test_a_ledger_is_numbered_by_unit_day_and_its_place_in_the_day(cast: Cast, risk_at: RiskAt) -> None:
    risk_at(Grade.LOW)
    day = f"{timezone.localdate():%Y%m%d}"

    first, second = (generate_ledger(actor=cast.coordinator, unit="LH") for _ in range(2))
    of_another = generate_ledger(actor=cast.coordinator, unit="LH-WRF")

    numbers = [first.number, second.number, of_another.number]
    assert numbers == [f"LH-T{day}-001", f"LH-T{day}-002", f"LH-WRF-T{day}-001"]


def test_a_ledger_under_an_old_number_is_still_opened_and_compared_with(
    cast: Cast, risk_at: RiskAt, sign_in: SignIn
) -> None:
    risk_at(Grade.LOW)
    old = generate_ledger(actor=cast.coordinator, unit="LH").number
    long_ago = "LH-T20260102030405000006"
    Snapshot.objects.filter(number=old).update(number=long_ago)

    new = generate_ledger(actor=cast.coordinator, unit="LH").number
    client = sign_in(cast.coordinator)

    assert client.get(f"/controls/ledger/{long_ago}/").status_code == 200
    assert long_ago in client.get(f"/controls/ledger/{new}/").content.decode()
