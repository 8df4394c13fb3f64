"""A bureau that did everything carefully hears nothing, and each careless act is heard by its own rule."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import pytest

from lianfang.foundation.journal.rows import DeviationRow
from lianfang.foundation.lint.engine import run, stream
from lianfang.foundation.lint.material import Material
from lianfang.foundation.lint.report import Report
from lianfang.kernel.findings import Dimension
from lianfang.kernel.levels import Grade
from lianfang.kernel.rows import Row
from lianfang.programme.plans.queries.programmes import CHECKED
from lianfang.programme.plans.rows import PlanRow
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.risks.rows import RiskRow
from lianfang.registers.risks.states import RiskState
from lianfang.site.rules import RULES
from lianfang.site.tests.clean_bureau import TODAY, clean_bureau

PROGRAMME = {PlanRow.label, *(row.label for row in CHECKED)}
"""Registers that are the matter of the programme, not of this bureau's lists."""


def checked(rows: list[Row], today: datetime.date = TODAY) -> Report:
    """All rules on all rows, of which none departs from what was approved."""
    return run(RULES, Material(rows, today=today, registers=(DeviationRow,)))


@pytest.mark.covers("S53", "S54")
def test_a_carefully_written_bureau_hears_nothing_from_any_rule() -> None:
    report = checked(clean_bureau())

    assert [(found.code, found.number, found.message) for found in report.findings] == []
    assert {label for skipped in report.skipped for label in skipped.missing} <= PROGRAMME
    assert len(report.ran) >= 50
    assert {score.per_cent for score in report.scores} == {100}


def test_streaming_the_clean_bureau_finds_nothing_either() -> None:
    assert list(stream(RULES, clean_bureau())) == []


@pytest.mark.parametrize(
    ("kind", "number", "changes", "code"),
    [
        ("powers", "Q03", {"basis": ("《环境保护法》第六十条",)}, "PWR004"),
        ("powers", "Q03", {"supervision": "接受社会监督"}, "PWR010"),
        ("powers", "Q08", {"key_area": None}, "PWR013"),
        ("powers", "Q11", {"name": "文件收发", "content": "收发文件。"}, "PWR012"),
        ("posts", "P00", {"integrity_duty": ""}, "ORG001"),
        ("risks", "F03", {"statement": "思想不重视，把关不严。"}, "RSK001"),
        ("risks", "F04", {"grade": Grade.LOW}, "RSK006"),
        ("risks", "F05", {"graded_on": datetime.date(2025, 1, 1)}, "RSK011"),
        ("controls", "CF030", {"supervisor": "MP30"}, "CTL005"),
        ("controls", "CF040", {"action": "加强学习，提高认识。"}, "CTL003"),
        ("regulations", "ZJ5", {"mechanism": None}, "RUL005"),
        ("searches", "KU03", {"participants": ()}, "NEG004"),
        ("post_grades", "P31", {"grade": Grade.LOW}, "RSK007"),
    ],
)
def test_one_careless_change_is_heard_by_its_rule(kind: str, number: str, changes: dict[str, Any], code: str) -> None:
    change: Callable[..., Row] = cast("Callable[..., Row]", replace)
    rows = [change(row, **changes) if (row.kind, row.number) == (kind, number) else row for row in clean_bureau()]

    assert code in {finding.code for finding in checked(rows).findings}


@pytest.mark.covers("S54")
def test_an_open_error_lowers_the_score_of_its_unit_and_dimension_only() -> None:
    rows: list[Row] = [
        replace(row, manifestation="") if isinstance(row, RiskRow) and row.number == "F03" else row
        for row in clean_bureau()
    ]

    lowered = {(score.unit, score.dimension) for score in checked(rows).scores if score.per_cent < 100}

    assert ("U03", Dimension.DEPTH) in lowered
    assert {unit for unit, _ in lowered} == {"U03"}


def test_a_law_that_falls_wakes_every_rule_that_rests_on_it() -> None:
    rows: list[Row] = [
        replace(row, repealed_on=datetime.date(2026, 10, 1)) if row.kind == "laws" and row.number == "L2" else row
        for row in clean_bureau()
    ]

    codes = {(finding.code, finding.number) for finding in checked(rows).findings}

    assert {("PWR002", "Q03"), ("PWR002", "Q04"), ("RSK011", "F03"), ("RSK011", "F04")} <= codes


def test_what_is_retired_and_closed_is_left_in_peace() -> None:
    kept = [row for row in clean_bureau() if not (row.kind in {"controls", "ledger"} and "01" in row.number)]
    rows: list[Row] = [
        replace(row, state=RiskState.CLOSED, statement="", manifestation="")
        if isinstance(row, RiskRow) and row.number == "F01"
        else row
        for row in kept
    ]

    assert not [found for found in checked(rows).findings if found.number == "F01"]
    assert any(isinstance(row, PowerRow) for row in rows)
