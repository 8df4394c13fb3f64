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
from lianfang.registers.regulations.rows import BindingRow, CauseCode, ChangeKind, Mechanism, RegulationRow
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


@pytest.mark.covers("S36")
@pytest.mark.parametrize(
    "state",
    [RegulationState.EVALUATED, RegulationState.DRAFTED, RegulationState.CHECKED, RegulationState.ADOPTED],
)
def test_what_is_only_prepared_covers_no_power_and_says_so(state: RegulationState) -> None:
    prepared = replace(REGULATION, state=state)
    other = replace(REGULATION, number="ZD-002")

    findings = found("RUL001", POWER, prepared)

    assert [(item.number, item.severity) for item in findings] == [
        ("QL-001", Severity.ERROR),
        ("ZD-001", Severity.HINT),
    ]
    assert findings[1].message == "制度《案件集体审议办法》还没有施行，施行以后才算QL-001的配套制度。"
    assert found("RUL001", POWER, prepared, other) == []


def test_repealed_regulations_cover_nothing_and_retired_powers_need_nothing() -> None:
    repealed = replace(REGULATION, state=RegulationState.REPEALED)

    assert [item.number for item in found("RUL001", POWER, repealed)] == ["QL-001"]
    assert found("RUL001", POWER, replace(REGULATION, change=ChangeKind.REPEAL)) == []
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


@pytest.mark.parametrize(
    "clause",
    [
        "未经复核付款的，经办人退赔损失并调离财务岗位。",
        "评审专家应回避未回避的，评审结果作废，三年内不再聘用。",
        "迟报、漏报的，由办公室在月度例会上点名，全年三次以上取消评优资格。",
        "擅自改动检测数据的，当即停职，并移送派驻纪检监察组。",
        "泄露检查安排的，给予警告以上政务处分，调离执法岗位。",
        "超过时限未办结的，每件扣当月绩效一百元。",
        "收受服务对象礼品的，责令三日内上交并由机关纪委谈话。",
        "公车私用的，由使用人按里程照市价付费，并通报全局。",
        "采购未经集体研究的，合同不得用印，科室负责人写出书面检查。",
        "验收人员弄虚作假签字的，取消其两年内参加验收的资格。",
        "对违反本办法第五条的，由局党组诫勉谈话；造成损失的依法赔偿。",
        "虚开发票报销的，追回款项，交财政部门处罚。",
        "住院收费多收的，全额退还患者，扣责任人奖金一倍。",
        "招生中弄虚作假的，撤销录取，校长和招办主任免职。",
        "不按规定留痕的，当次检查无效，重新派员检查。",
        "窗口人员被投诉查实两次的，待岗培训一个月。",
        "会后擅自改变决定的，主持人一年内不得主持审议。",
        "隐瞒亲属关系参加评审的，不再推荐为评审专家。",
    ],
)
def test_a_clause_that_names_a_consequence_has_teeth(clause: str) -> None:
    assert found("RUL003", replace(REGULATION, accountability=clause)) == []


@pytest.mark.covers("S34")
@pytest.mark.parametrize(
    "clause",
    [
        "按有关规定处理。",
        "依法依规追究责任。",
        "违反本制度的，严肃处理。",
        "对违反本规定的，依照有关规定追究相关人员责任。",
        "造成严重后果的，依法追究责任。",
        "视情节轻重，给予相应处理。",
        "违者按相关制度执行。",
        "违反本办法的，按照有关法律法规和政策规定处理。",
        "构成违纪的，依纪处理；构成犯罪的，依法处理。",
        "对执行不力的，按照相关规定进行问责。",
        "严格责任追究。",
        "谁主管谁负责。",
        "对工作不落实、执行不到位的，追究有关人员的责任。",
        "有上述行为的，根据情节给予相应处分。",
        "情节严重的，从严处理。",
        "按照上级文件要求追究责任。",
        "严禁违规，不得弄虚作假。",
        "不得违反本办法。",
        "对限期内未完成的，加强指导。",
        "不得截留罚款，禁止擅自撤销案件。",
        "未经审批的，不得采购。",
        "对违反行政处罚程序的，严肃处理。",
    ],
)
def test_a_clause_that_only_promises_severity_or_forbids_has_none(clause: str) -> None:
    assert [item.field for item in found("RUL003", replace(REGULATION, accountability=clause))] == ["accountability"]


@pytest.mark.covers("S80")
def test_each_of_the_six_mechanisms_is_a_regulation_in_force() -> None:
    six = [replace(REGULATION, number=each, mechanism=each, powers=()) for each in Mechanism]
    missing = "六项机制中还没有施行中的风险动态管理制度。"

    assert found("RUL005", BUREAU, *six) == []
    for state in set(RegulationState) - {RegulationState.IN_FORCE}:
        assert messages(found("RUL005", BUREAU, *six[:5], replace(six[5], state=state))) == missing, state
    redrafted = replace(six[5], state=RegulationState.ADOPTED, mechanism=None)
    binding = BindingRow(number=redrafted.number, unit="U01", title="动态管理办法", mechanism=Mechanism.DYNAMIC)
    assert found("RUL005", BUREAU, *six[:5], redrafted, binding) == []
