"""From the list of measures to a new one: one chooses the risk point first, by words, unit and grade."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lianfang.conftest import Cast
from lianfang.foundation.accounts.models import User
from lianfang.foundation.catalogue.listing import Wanted
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.kernel.levels import Grade
from lianfang.registers.controls import actions
from lianfang.registers.controls.queries.choosing import answerable_risks
from lianfang.registers.controls.tests.conftest import RiskAt
from lianfang.registers.controls.tests.test_controls_actions import MEASURE
from lianfang.registers.risks.models import Risk

WANTED = Wanted()


def offered(user: User, wanted: Wanted = WANTED) -> list[str]:
    return [item.line.row.number for item in answerable_risks(user, wanted)[1]]


@pytest.mark.covers("S33")
def test_the_list_of_measures_leads_to_the_choice_and_the_choice_to_the_form(
    cast: Cast, risk_at: RiskAt, sign_in: SignIn
) -> None:
    risk_at(Grade.LOW)
    client = sign_in(cast.clerk)

    listed = client.get(reverse("controls:list")).content.decode()
    choice = client.get(reverse("controls:choose")).content.decode()

    assert reverse("controls:choose") in listed
    assert reverse("controls:new", args=["LH-WRF-R001"]) in choice
    assert "还没有" in choice


@pytest.mark.covers("S33")
def test_words_find_a_risk_and_what_is_not_graded_is_not_offered(cast: Cast, risk_at: RiskAt) -> None:
    risk_at(Grade.LOW)
    risk_at(Grade.HIGH, "LH-WRF-R002")
    risk_at(Grade.HIGH, "LH-WRF-R003")
    Risk.objects.filter(number="LH-WRF-R003").update(approved_entry=None)

    assert offered(cast.clerk) == ["LH-WRF-R001", "LH-WRF-R002"]
    assert offered(cast.clerk, Wanted(text="R002")) == ["LH-WRF-R002"]
    assert offered(cast.clerk, Wanted(facets=(("grade", "LOW"),))) == ["LH-WRF-R001"]
    assert offered(cast.outsider) == []


def test_it_says_how_many_measures_stand_against_each_and_counts_the_page(cast: Cast, risk_at: RiskAt) -> None:
    risk_at(Grade.LOW)
    actions.create_control(actor=cast.clerk, row=MEASURE)

    page, lines = answerable_risks(cast.clerk, Wanted())

    assert [item.measures for item in lines] == [1]
    assert page.total == 1


def test_who_designs_no_measures_is_not_asked_to_choose(cast: Cast, sign_in: SignIn) -> None:
    assert sign_in(cast.legal).get(reverse("controls:choose")).status_code == 403


def test_a_long_list_costs_no_query_more(cast: Cast, risk_at: RiskAt) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            answerable_risks(cast.coordinator, Wanted())
        return len(captured)

    for serial in range(1, 4):
        risk_at(Grade.LOW, f"LH-WRF-R{serial:03d}")
    queries()
    few = queries()
    for serial in range(4, 31):
        risk_at(Grade.LOW, f"LH-WRF-R{serial:03d}")

    assert queries() == few
