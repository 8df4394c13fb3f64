"""The overview: bureaus side by side from tallies and stored checks, and its cost does not grow with the registers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lianfang.conftest import Cast
from lianfang.foundation.catalogue.models import Tally
from lianfang.foundation.lint.models import CheckFinding
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.kernel.areas import KeyArea
from lianfang.kernel.errors import Refused
from lianfang.kernel.levels import Grade
from lianfang.registers.powers.actions import create_power
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.tests.test_powers_actions import INSPECTION, confirm
from lianfang.registers.risks.models import Risk
from lianfang.site.checks.figures import Figures
from lianfang.site.checks.running import check_bureau
from lianfang.site.overview import overview_of


def tally(kind: str, path: str, state: str, grade: str, count: int) -> None:
    Tally.objects.create(kind=kind, unit_path=path, state=state, grade=grade, count=count)


def test_the_commission_sees_one_line_for_each_bureau(cast: Cast, sign_in: SignIn) -> None:
    confirm(cast, create_power(actor=cast.clerk, row=INSPECTION))
    create_power(actor=cast.clerk, row=replace(INSPECTION, name="第二项检查"))

    lines = {line.name: line for line in overview_of(cast.commission).bureaus}
    page = sign_in(cast.commission).get(reverse("overview")).content.decode()

    assert set(lines) == {"临江分局", "清潭分局"}
    # The second one is a draft, and drafts are the bureau's own: not even their number leaves it.
    assert (lines["临江分局"].confirmed, lines["临江分局"].powers, lines["临江分局"].is_whole) == (1, 1, False)
    assert lines["清潭分局"].powers == 0
    assert "未检查" in page


def test_risks_are_counted_by_grade_once_they_are_in_force(cast: Cast) -> None:
    tally("risks", "JW/LH/LH-WRF/", "live", "HIGH", 4)
    tally("risks", "JW/LH/LH-ZF/", "under-review", "HIGH", 1)
    tally("risks", "JW/LH/LH-ZF/", "draft", "HIGH", 7)
    tally("risks", "JW/LH/LH-ZF/", "accepted", "LOW", 2)
    tally("risks", "JW/QT/QT-BG/", "live", "LOW", 9)

    (bureau,) = overview_of(cast.secretary).bureaus

    assert bureau.grades == {Grade.HIGH: 5, Grade.MEDIUM: 0, Grade.LOW: 0}
    assert bureau.ungraded == 2


@pytest.mark.covers("S40")
def test_figures_of_the_last_check_are_summed_over_the_units(cast: Cast) -> None:
    create_power(actor=cast.clerk, row=replace(INSPECTION, basis=()))
    check_bureau(cast.coordinator, "LH")

    shown = overview_of(cast.secretary)
    (bureau,), units = shown.bureaus, {line.number: line for line in shown.units}

    assert bureau.areas == "1/7"
    assert KeyArea.ENFORCEMENT.label not in bureau.missing_areas
    assert bureau.figures.posts == sum(line.figures.posts for line in units.values()) == 5
    assert units["LH-WRF"].figures.powers == 1
    assert units["LH-ZF"].figures.powers == 0
    assert bureau.counts.errors == CheckFinding.objects.filter(severity="E").count() > units["LH-WRF"].counts.errors > 0
    assert bureau.checked_on is not None


def test_figures_add_up_and_an_area_counts_once() -> None:
    first = Figures(powers=2, covered=1, high=3, measures=4, areas={"permit"})
    second = Figures(powers=1, high=1, measures=2, areas={"permit", "funds"})

    both = Figures.sum_of([first.as_json(), second.as_json()])

    assert (both.powers, both.covered, both.high, both.measures) == (3, 1, 4, 6)
    assert both.areas == {"permit", "funds"}


def test_a_head_sees_the_own_section_only(cast: Cast) -> None:
    shown = overview_of(cast.head)

    assert [line.number for line in shown.bureaus] == ["LH-WRF"]
    assert shown.units == ()


@pytest.mark.parametrize("part", ["clerk", "legal", "system", "security", "auditor"])
def test_whoever_oversees_nothing_is_refused(cast: Cast, part: str) -> None:
    with pytest.raises(Refused):
        overview_of(getattr(cast, part))


def test_no_register_is_read_for_the_overview(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.secretary)

    with CaptureQueriesContext(connection) as captured:
        client.get(reverse("overview"))

    tables = {Power._meta.db_table, Risk._meta.db_table}
    assert not [query["sql"] for query in captured if any(f'FROM "{table}"' in query["sql"] for table in tables)]


@pytest.mark.parametrize("part", ["secretary", "commission"])
def test_the_overview_asks_the_database_as_often_for_thirty_as_for_three(
    cast: Cast, sign_in: SignIn, part: str
) -> None:
    def queries(rows: int) -> int:
        for _ in range(rows):
            create_power(actor=cast.clerk, row=replace(INSPECTION, name=f"第{Power.objects.count()}项检查"))
        check_bureau(cast.coordinator, "LH")
        client = sign_in(getattr(cast, part))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("overview")).status_code == 200
        return len(captured)

    assert queries(3) == queries(27)
