"""No page of the room asks more of the database because there are more entries."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lianfang.conftest import Cast
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.registers.powers.models import Power
from lianfang.registers.risks.models import Grading, Negative, Risk, Score, Search
from lianfang.registers.risks.rows import RaterCapacity


def many_risks(count: int) -> None:
    Risk.objects.all().delete()
    for serial in range(1, count + 1):
        Risk.objects.create(
            number=f"LH-WRF-R{serial:03d}", unit_id="LH-WRF", unit_path="JW/LH/LH-WRF/", tier="post",
            post_id="LH-WRF-02", power_id="LH-WRF-P001", statement=f"第 {serial} 个风险点", state="live",
            approved_entry=serial, grade="MEDIUM", importance=3, probability=3, harm=3, dimension="exercise",
        )  # fmt: skip


def many_negatives(count: int) -> None:
    Negative.objects.all().delete()
    for serial in range(1, count + 1):
        Negative.objects.create(
            number=f"LH-WRF-N{serial:03d}",
            unit_id="LH-WRF",
            unit_path="JW/LH/LH-WRF/",
            tier="post",
            post_id="LH-WRF-02",
            power_id="LH-WRF-P001",
            prohibited=f"不得 {serial}",
            state="approved",
        )


def many_searches(count: int) -> None:
    Search.objects.all().delete()
    for serial in range(1, count + 1):
        Search.objects.create(
            number=f"LH-WRF-S{serial:03d}",
            unit_id="LH-WRF",
            unit_path="JW/LH/LH-WRF/",
            tier="post",
            post_id="LH-WRF-02",
            held_on="2026-07-01",
            participants=["小李"],
        )


def many_rounds(count: int) -> None:
    Score.seats.all().delete()
    Grading.objects.all().delete()
    many_risks(count)
    for risk in Risk.objects.all():
        grading = Grading.objects.create(
            number=f"{risk.number}/1", unit_path=risk.unit_path, risk=risk, round=1, rule_version="D", state="open"
        )
        Score.seats.create(
            number=f"{risk.number}/1/LH-M04",
            unit_path=risk.unit_path,
            grading=grading,
            risk=risk,
            round=1,
            rater_id="LH-M04",
            capacity=RaterCapacity.HOLDER.value,
        )


@pytest.mark.parametrize(
    ("page", "many"),
    [
        ("/risks/", many_risks),
        ("/risks/matrix/", many_risks),
        ("/risks/grades/", many_risks),
        ("/risks/posts/LH-WRF-02/", many_risks),
        ("/risks/powers/LH-WRF-P001/chart/", many_risks),
        ("/risks/coverage/?unit=LH-WRF", many_risks),
        ("/risks/negatives/", many_negatives),
        ("/risks/negatives/print/?unit=LH-WRF&drafts=1", many_negatives),
        ("/risks/searches/", many_searches),
        ("/risks/gradings/", many_rounds),
    ],
)
def test_a_page_asks_no_more_of_the_database_for_thirty_entries_than_for_three(
    cast: Cast, power: Power, sign_in: SignIn, page: str, many: Callable[[int], None]
) -> None:
    client = sign_in(cast.head)
    counts = []
    for count in (3, 30):
        many(count)
        client.get(page)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(page).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1], [query["sql"][:120] for query in asked.captured_queries]
