"""Words and filters together: the right risk points, and found by their numbers, not by reading a whole grade."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lianfang.conftest import Cast
from lianfang.foundation.catalogue.listing import Wanted
from lianfang.foundation.journal.models import REWRITTEN
from lianfang.foundation.organisation.models import Unit
from lianfang.registers.powers.models import Power
from lianfang.registers.risks.actions.risks import create_risk
from lianfang.registers.risks.models import Risk
from lianfang.registers.risks.queries.risks import risk_page
from lianfang.registers.risks.rows import RiskDimension
from lianfang.registers.risks.tests.conftest import DRAFT

pytestmark = pytest.mark.django_db


def asked(*facets: tuple[str, str]) -> Wanted:
    return Wanted(text="接受宴请", facets=facets)


@pytest.fixture
def three(cast: Cast, power: Power) -> list[str]:
    """Two risk points of one dimension that speak of the same, and one of another."""
    told = replace(
        DRAFT, power=power.number, statement="监管岗人员接受宴请，对超期贮存危险废物的企业不予查处，使其逃避处罚。"
    )
    rows = (
        told,
        replace(told, manifestation="检查记录与联单数量连续三次不一致。"),
        replace(told, dimension=RiskDimension.MORALS),
    )
    return [create_risk(actor=cast.clerk, row=row).number for row in rows]


@pytest.mark.parametrize(
    ("facets", "expected"),
    [
        ((), 3),
        ((("dimension", RiskDimension.MORALS.value),), 1),
        ((("dimension", RiskDimension.EXERCISE.value),), 2),
        ((("state", "draft"), ("dimension", RiskDimension.EXERCISE.value)), 2),
        ((("post", DRAFT.post),), 3),
        ((("post", "LH-WRF-09"),), 0),
        ((("state", "live"),), 0),
        ((("importance", "3"),), 0),
    ],
)
def test_a_search_keeps_to_the_filters_beside_it(
    cast: Cast, three: list[str], facets: tuple[tuple[str, str], ...], expected: int
) -> None:
    page, lines = risk_page(cast.clerk, asked(*facets))

    assert (page.total, len(lines)) == (expected, expected)
    assert {line.row.number for line in lines} <= set(three)


@pytest.mark.parametrize("facet", [("grade", "LOW"), ("state", "draft"), ("post", DRAFT.post)])
def test_no_filter_beside_a_search_is_looked_up_by_its_own_index(
    cast: Cast, three: list[str], facet: tuple[str, str]
) -> None:
    with CaptureQueriesContext(connection) as queries:
        risk_page(cast.clerk, asked(facet))

    looked_up = [one["sql"] for one in queries if "COALESCE(" in one["sql"]]
    assert len(looked_up) == 1
    # In an expression the column cannot be looked up: every database then goes by the numbers.
    assert f'COALESCE("risks_risk"."{facet[0]}' in looked_up[0]
    assert f'"{facet[0]}" = ' not in looked_up[0]
    assert three[0] in looked_up[0]


def test_what_was_rewritten_since_its_approval_is_found_by_its_own_index(stage: dict[str, Unit]) -> None:
    said = {
        "tier": "post",
        "unit": stage["LH-WRF"],
        "unit_path": "JW/LH/LH-WRF/",
        "statement": "收礼",
        "state": "draft",
    }
    Risk.objects.bulk_create(Risk(number=f"LH-WRF-R{place:05d}", **said) for place in range(2_000))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE risks_risk")

    rewritten = Risk.objects.filter(REWRITTEN, unit_path__gte="JW/LH/", unit_path__lt="JW/LH/~")

    assert "risk_rewritten" in rewritten.explain()
