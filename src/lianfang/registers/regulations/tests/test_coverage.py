"""一权一制 and the six mechanisms: what is covered, what is being drafted, what is missing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lianfang.conftest import Cast
from lianfang.registers.powers.models import Power
from lianfang.registers.regulations import actions
from lianfang.registers.regulations.coverage import (
    coverage_by_unit,
    mechanisms_of,
    powers_without_regulation,
    regulations_without_power,
    total_of,
)
from lianfang.registers.regulations.rows import Mechanism
from lianfang.registers.regulations.tests.test_regulation_actions import INSPECTION, put_into_force


@pytest.fixture
def powers(cast: Cast) -> list[str]:
    numbers = []
    for unit in ("LH-WRF", "LH-ZF"):
        for serial in (1, 2, 3):
            number = f"{unit}-P00{serial}"
            Power.objects.create(
                number=number, unit_id=unit, unit_path=f"JW/LH/{unit}/", state="draft", name=f"第{serial}项职权"
            )
            numbers.append(number)
    Power.objects.create(
        number="LH-ZF-P009", unit_id="LH-ZF", unit_path="JW/LH/LH-ZF/", name="排污费征收", state="retired"
    )
    return numbers


@pytest.mark.covers("S36")
def test_coverage_counts_what_binds_what_is_drafted_and_what_is_bare(cast: Cast, powers: list[str]) -> None:
    row = actions.create_regulation(actor=cast.coordinator, row=replace(INSPECTION, powers=tuple(powers[:2])))
    put_into_force(cast, row)
    actions.create_regulation(actor=cast.coordinator, row=replace(INSPECTION, title="草案", powers=tuple(powers[1:4])))

    lines = coverage_by_unit(cast.secretary)

    assert [(line.unit, line.powers, line.covered, line.drafting, line.bare, line.percent) for line in lines] == [
        ("LH-WRF", 3, 2, 1, 0, 66),
        ("LH-ZF", 3, 0, 1, 2, 0),
    ]
    assert (total_of(lines).powers, total_of(lines).percent) == (6, 33)


@pytest.mark.covers("S36")
def test_powers_without_a_regulation_are_listed_bare_ones_first(cast: Cast, powers: list[str]) -> None:
    actions.create_regulation(actor=cast.coordinator, row=replace(INSPECTION, powers=("LH-ZF-P001",)))

    bare = powers_without_regulation(cast.secretary, "JW/LH/LH-ZF/")

    assert [(line.row.number, line.drafting) for line in bare] == [
        ("LH-ZF-P002", False),
        ("LH-ZF-P003", False),
        ("LH-ZF-P001", True),
    ]


@pytest.mark.covers("S36")
def test_a_regulation_that_covers_only_retired_powers_covers_none(cast: Cast, powers: list[str]) -> None:
    fee = actions.create_regulation(
        actor=cast.coordinator, row=replace(INSPECTION, unit="LH-ZF", powers=("LH-ZF-P009",))
    )
    actions.create_regulation(
        actor=cast.coordinator, row=replace(INSPECTION, title="风险提示办法", powers=(), mechanism=Mechanism.NOTICE)
    )

    assert [row.number for row in regulations_without_power(cast.secretary)] == [fee.number]


@pytest.mark.covers("S80")
def test_each_of_the_six_mechanisms_without_a_regulation_in_effect_is_a_gap(cast: Cast, powers: list[str]) -> None:
    for mechanism in (Mechanism.NOTICE, Mechanism.WARNING):
        row = replace(INSPECTION, title=f"{mechanism.label}制度", powers=(), mechanism=mechanism)
        created = actions.create_regulation(actor=cast.coordinator, row=row)
        if mechanism is Mechanism.NOTICE:
            put_into_force(cast, created)

    lines = mechanisms_of(cast.secretary, "JW/LH/")

    assert len(lines) == 6
    assert [line.mechanism for line in lines if not line.is_gap] == [Mechanism.NOTICE]
    assert [line.mechanism for line in lines if line.drafting] == [Mechanism.WARNING]


def test_another_bureau_sees_nothing_of_it(cast: Cast, powers: list[str]) -> None:
    assert coverage_by_unit(cast.outsider) == []
    assert powers_without_regulation(cast.outsider) == []
    assert total_of([]).percent == 100


def test_the_questions_cost_the_same_for_any_number_of_powers(cast: Cast, powers: list[str]) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            coverage_by_unit(cast.secretary)
            powers_without_regulation(cast.secretary)
            mechanisms_of(cast.secretary)
        return len(captured)

    queries()
    few = queries()
    for serial in range(100, 130):
        Power.objects.create(
            number=f"LH-ZF-P{serial}", unit_id="LH-ZF", unit_path="JW/LH/LH-ZF/", state="draft", name="又一项职权"
        )

    assert queries() == few
