"""The page of a power reads its own bureau and the laws it cites, not the whole country's."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lianfang.conftest import Cast
from lianfang.foundation.organisation.models import Post
from lianfang.registers.laws.models import Law
from lianfang.registers.laws.queries import laws_for
from lianfang.registers.powers import actions, queries
from lianfang.registers.powers.queries import power_detail, power_findings
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.powers.tests.test_powers_actions import INSPECTION

OLD = "《临江区排污收费办法》第三条"


@pytest.fixture
def cited(cast: Cast) -> None:
    Law.objects.create(
        number="FL-1",
        title="临江区排污收费办法",
        level="normative",
        repealed_on=datetime.date(2020, 1, 1),
        replaced_by="FL-2",
        short_titles=["旧收费规则"],
    )
    Law.objects.create(number="FL-2", title="临江区排污许可办法", level="normative")


def fill(laws: int) -> None:
    Law.objects.bulk_create(
        [Law(number=f"FL-X{n:03d}", title=f"第{n}号规定", level="normative") for n in range(Law.objects.count(), laws)]
    )


@pytest.mark.parametrize("laws", [3, 300])
def test_only_the_laws_that_are_cited_are_read_with_what_replaced_them(cast: Cast, cited: None, laws: int) -> None:
    fill(laws)

    assert [law.number for law in laws_for([OLD])] == ["FL-1", "FL-2"]
    assert len(laws_for([])) == 1


def test_where_a_citation_fits_no_title_the_rules_are_given_the_whole_table(cast: Cast, cited: None) -> None:
    fill(5)

    assert len(laws_for(["《旧收费规则》第三条"])) == 5
    assert len(laws_for(["《临江区排污收费方法》第三条"])) == 5


@pytest.mark.covers("S65")
def test_the_page_still_says_that_the_basis_ended_and_where_it_went(cast: Cast, cited: None) -> None:
    fill(30)
    row = actions.create_power(actor=cast.clerk, row=replace(INSPECTION, basis=(OLD,)))

    found = [finding for finding in power_findings(row) if finding.code == "PWR002"]

    assert len(found) == 1
    assert "临江区排污许可办法" in found[0].suggestion


def test_the_page_reads_as_much_with_three_hundred_posts_elsewhere_as_with_three(
    cast: Cast, cited: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = actions.create_power(actor=cast.clerk, row=replace(INSPECTION, basis=(OLD,)))
    read: list[int] = []
    count(monkeypatch, read)

    few = pages(cast, row)
    Post.objects.bulk_create(
        [
            Post(number=f"QT-{n:03d}", name=f"第{n}岗", unit_id="QT-BG", unit_path="JW/QT/QT-BG/", duty="值班")
            for n in range(300)
        ]
    )
    fill(300)
    many = pages(cast, row)

    assert few == many
    assert read[: len(read) // 2] == read[len(read) // 2 :]


def pages(cast: Cast, row: PowerRow) -> int:
    with CaptureQueriesContext(connection) as captured:
        power_detail(cast.clerk, row.number)
    return len(captured)


def count(monkeypatch: pytest.MonkeyPatch, read: list[int]) -> None:
    """Note how many rows each of the tables around a power gives."""

    def counted(given: Callable[..., list[object]]) -> Callable[..., list[object]]:
        def ask(*asked: object) -> list[object]:
            rows = given(*asked)
            read.append(len(rows))
            return rows

        return ask

    for name in ("post_rows", "unit_rows", "laws_for"):
        monkeypatch.setattr(queries, name, counted(getattr(queries, name)))
