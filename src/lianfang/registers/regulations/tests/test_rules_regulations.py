"""Rules about regulations: what each finds, and what it must leave alone."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from lianfang.foundation.lint.engine import run
from lianfang.foundation.lint.material import Material
from lianfang.foundation.organisation.rows import UnitKind, UnitRow
from lianfang.kernel.findings import Finding, Severity
from lianfang.kernel.rows import Row
from lianfang.registers.laws.rows import LawLevel, LawRow
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.powers.states import PowerState
from lianfang.registers.regulations.rows import CauseCode, ChangeKind, Mechanism, RegulationRow
from lianfang.registers.regulations.rows import TestResult as Outcome
from lianfang.registers.regulations.rules import RULES
from lianfang.registers.regulations.states import RegulationState

BUREAU = UnitRow(number="U01", name="生态环境分局", unit_kind=UnitKind.BRANCH)
POWER = PowerRow(number="QL-001", unit="U01", name="罚款决定", state=PowerState.CONFIRMED)
PASSED = Outcome(True, "看了近三年案卷")
REGULATION = RegulationRow(
    number="ZD-001",
    unit="U01",
    title="案件集体审议办法",
    change=ChangeKind.REVISE,
    powers=("QL-001",),
    cause=CauseCode.NOT_EXECUTED,
    integrity_test=PASSED,
    reason_test=PASSED,
    effect_test=PASSED,
    accountability="未经集体审议作出决定的，对主持人通报批评。",
    state=RegulationState.IN_FORCE,
)


def found(code: str, *rows: Row) -> list[Finding]:
    """What one rule says about these rows; all registers it reads are loaded."""
    (rule,) = (rule for rule in RULES if rule.code == code)
    material = Material(rows, today=datetime.date(2026, 10, 30), registers=rule.reads)
    return list(run([rule], material).findings)


def messages(findings: list[Finding]) -> str:
    """All messages, for looking into."""
    return "".join(finding.message for finding in findings)


@pytest.mark.covers("S36")
def test_one_power_has_one_regulation_and_a_regulation_has_a_power() -> None:
    findings = found("RUL001", POWER, replace(REGULATION, powers=("QL-404",)))

    assert [(item.kind, item.number, item.severity) for item in findings] == [
        ("powers", "QL-001", Severity.ERROR),
        ("regulations", "ZD-001", Severity.HINT),
    ]
    assert found("RUL001", POWER, REGULATION) == []


def test_repealed_regulations_cover_nothing_and_retired_powers_need_nothing() -> None:
    repealed = replace(REGULATION, state=RegulationState.REPEALED)

    assert [item.number for item in found("RUL001", POWER, repealed)] == ["QL-001"]
    assert [item.number for item in found("RUL001", POWER, replace(REGULATION, change=ChangeKind.REPEAL))] == ["QL-001"]
    assert found("RUL001", replace(POWER, state=PowerState.RETIRED), repealed) == []
    assert found("RUL001", replace(REGULATION, powers=(), mechanism=Mechanism.NOTICE)) == []


@pytest.mark.covers("S34", "S35")
def test_an_evaluation_names_the_cause_and_the_three_tests() -> None:
    open_test = Outcome(False, "")

    assert "失效原因" in messages(found("RUL002", replace(REGULATION, cause=None)))
    assert "有效性" in messages(found("RUL002", replace(REGULATION, effect_test=Outcome())))
    assert "廉洁性" in messages(found("RUL002", replace(REGULATION, integrity_test=open_test)))
    noted = replace(open_test, note="审议人数没有下限，已修订")
    assert found("RUL002", replace(REGULATION, integrity_test=noted)) == []
    assert found("RUL002", replace(REGULATION, change=ChangeKind.KEEP, cause=None)) == []
    assert found("RUL002", replace(REGULATION, change=None, cause=None)) == []
    assert found("RUL002", replace(REGULATION, change=ChangeKind.REPEAL, effect_test=Outcome())) == []


@pytest.mark.covers("S34")
def test_a_regulation_has_teeth_and_a_living_basis() -> None:
    law = LawRow(number="L1", title="示例旧法", level=LawLevel.LAW, repealed_on=datetime.date(2026, 8, 15))
    draft = replace(REGULATION, accountability="", state=RegulationState.EVALUATED)

    assert "责任追究条款" in messages(found("RUL003", replace(REGULATION, accountability="按有关规定追究")))
    assert "已自2026年8月15日起废止" in messages(
        found("RUL003", law, replace(REGULATION, basis=("《示例旧法》第一条",)))
    )
    assert found("RUL003", law, REGULATION, draft) == []
    assert found("RUL003", law, replace(REGULATION, basis=("《未登记的规定》",))) == []


@pytest.mark.covers("S80")
def test_each_of_the_six_mechanisms_is_an_adopted_regulation() -> None:
    six = [replace(REGULATION, number=each, mechanism=each, powers=()) for each in Mechanism]
    drafted = replace(six[5], state=RegulationState.DRAFTED)

    assert found("RUL005", BUREAU, *six) == []
    assert messages(found("RUL005", BUREAU, *six[:5], drafted)) == "六项机制中还没有风险动态管理的制度。"
    assert found("RUL005", BUREAU, *six[:5], replace(six[5], state=RegulationState.ADOPTED)) == []
