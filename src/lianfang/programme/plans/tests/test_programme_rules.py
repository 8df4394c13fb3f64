"""PRG005: every unit that the plan asks is in the matrix, also one that was founded after the plan was confirmed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from lianfang.foundation.lint.engine import run
from lianfang.foundation.lint.material import Material
from lianfang.foundation.organisation.rows import UnitKind, UnitRow
from lianfang.kernel.findings import Finding
from lianfang.kernel.rows import Row
from lianfang.programme.plans.owed_rows import DeliverableRow
from lianfang.programme.plans.programme_rules import RULES

BY_CODE = {rule.code: rule for rule in RULES}
PRG005 = BY_CODE["PRG005"]


def found(rows: tuple[Row, ...]) -> tuple[Finding, ...]:
    return run([PRG005], Material(rows, today=dt.date(2026, 5, 6))).findings


@pytest.mark.covers("S31", "S70")
def test_the_examples_stand_on_their_sides() -> None:
    assert [one.code for one in found(PRG005.fails)] == ["PRG005"]
    assert "执法大队" in found(PRG005.fails)[0].message
    assert found(PRG005.passes) == ()


def test_a_unit_founded_later_is_missing_until_it_gets_its_row() -> None:
    later = UnitRow(number="LH-XN", name="新能源监管科", unit_kind=UnitKind.SECTION, parent="LH")

    assert "新能源监管科" in found((*PRG005.passes, later))[0].message


def test_a_unit_that_a_person_left_out_is_not_missing() -> None:
    rows = tuple(
        replace(row, submitters=("LH-SG",), spared=("LH-ZD",)) if isinstance(row, DeliverableRow) else row
        for row in PRG005.fails
    )

    assert found(rows) == ()


def test_the_rule_explains_itself_in_four_parts() -> None:
    assert set(PRG005.explanation) == {"检查什么", "为什么", "怎么改", "来源"}
