"""Rules about measures and the ledger: what each finds, and the careful wording that it must leave alone."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any, TypeVar, cast

import pytest

from lianfang.foundation.lint.engine import run
from lianfang.foundation.lint.material import Material
from lianfang.foundation.organisation.rows import PersonRow, TenureRow
from lianfang.foundation.parameters.values import Parameters
from lianfang.kernel.findings import Finding
from lianfang.kernel.levels import Grade
from lianfang.kernel.rows import Row
from lianfang.registers.controls.rows import ApprovedControlRow, ControlFamily, ControlKind
from lianfang.registers.controls.rules import RULES
from lianfang.registers.controls.rules.checkable import is_slogan
from lianfang.registers.controls.rules.examples import (
    CONTROLS,
    DETECTION,
    HEAD,
    HIGH_RISK,
    LEDGER,
    LOW_RISK,
    PEOPLE,
    PREVENTION,
    TEST,
    TESTS,
)
from lianfang.registers.controls.states import ControlState
from lianfang.registers.risks.rows import ApprovedRiskRow
from lianfang.registers.risks.states import RiskState

R = TypeVar("R")
TODAY = datetime.date(2026, 10, 30)


def found(code: str, *rows: Row, **settings: Any) -> list[Finding]:
    """What one rule says about these rows; all registers it reads are loaded."""
    (rule,) = (rule for rule in RULES if rule.code == code)
    material = Material(rows, today=TODAY, registers=rule.reads, parameters=Parameters(**settings))
    return list(run([rule], material).findings)


def messages(findings: Iterable[Finding]) -> str:
    """All messages, for looking into."""
    return "".join(finding.message for finding in findings)


@pytest.mark.parametrize(
    "action",
    [
        "加强学习、提高认识",
        "加强廉政教育，增强廉洁自律意识",
        "严格执行各项规章制度",
        "认真履行职责，自觉接受监督",
        "不断筑牢拒腐防变的思想防线",
        "加强对环评审批工作的监督检查",
        "强化责任心；进一步规范审批程序",
        "定期开展检查",
        "提高审核质量，严格把关",
        "1.加强管理 2.落实制度",
        "坚决杜绝腐败现象，保持清正廉洁本色",
        "深入学习党纪法规，牢固树立正确的权力观念",
    ],
)
def test_exhortations_say_nothing_that_could_be_checked(action: str) -> None:
    assert is_slogan(action)


@pytest.mark.parametrize(
    "action",
    [
        "双人办理",
        "每月组织一次案例学习并签到考试",
        "落实一次性告知制度",
        "材料当场出具受理凭证并扫描入系统",
        "许可事项一律集体审议",
        "标书由两人当面拆封",
        "样品由质控室统一编号后交分析岗",
        "加强学习，并由科长逐件复核罚款幅度",
        "执行回避制度:与申请人有亲属关系的退出评审,由组长签字确认",
        "审批结果3日内在网站公示",
        "抽查、集体评议",
        "采购需求、审批、验收由不同岗位办理,三方签字",
        "罚款由当事人直接缴入银行,会计按月与银行对账",
        "严格执行双人保管制度",
    ],
)
def test_measures_that_leave_a_trace_or_have_a_number_are_checkable(action: str) -> None:
    assert not is_slogan(action)


@pytest.mark.covers("S33", "S55")
def test_slogans_matter_for_high_and_medium_risks() -> None:
    slogan = replace(PREVENTION, action="加强学习、提高认识")

    assert "加强学习、提高认识" in messages(found("CTL003", slogan))
    assert len(found("CTL003", replace(slogan, grade_at_design=Grade.MEDIUM))) == 1
    assert found("CTL003", replace(slogan, grade_at_design=Grade.LOW)) == []
    assert found("CTL003", replace(slogan, state=ControlState.RETIRED)) == []
    assert found("CTL003", PREVENTION, DETECTION) == []


@pytest.mark.covers("S42", "S55")
@pytest.mark.parametrize(
    ("field", "value", "heading"),
    [("actor", "", "执行岗位"), ("frequency", None, "频次"), ("evidence", "无", "留痕凭证"), ("owner", " ", "责任人")],
)
def test_a_measure_needs_actor_frequency_evidence_and_owner(field: str, value: Any, heading: str) -> None:
    (finding,) = found("CTL002", replace(PREVENTION, **{field: value}))

    assert (finding.field, finding.message) == (field, f"措施没有写明{heading}。")


@pytest.mark.covers("S33")
def test_every_live_risk_has_a_measure_in_use() -> None:
    assert "没有任何防控措施" in messages(found("CTL001", HIGH_RISK))
    assert len(found("CTL001", HIGH_RISK, replace(PREVENTION, risk="FX-404"))) == 1
    assert found("CTL001", HIGH_RISK, PREVENTION) == []
    assert found("CTL001", replace(HIGH_RISK, state=RiskState.GRADING)) == []
    assert found("CTL001", replace(HIGH_RISK, state=RiskState.CLOSED)) == []


@pytest.mark.covers("S77", "S78", "S79")
def test_a_high_risk_is_prevented_detected_and_divided() -> None:
    lone = replace(PREVENTION, family=ControlFamily.BUDGET)

    assert messages(found("CTL004", HIGH_RISK, lone)) == "高风险的措施中缺少发现措施、职务分离或授权审批类措施。"
    after = replace(DETECTION, control_kind=ControlKind.CORRECT)
    assert "发现措施" in messages(found("CTL004", HIGH_RISK, PREVENTION, after))
    assert found("CTL004", HIGH_RISK, *CONTROLS) == []
    assert found("CTL004", replace(HIGH_RISK, grade=Grade.MEDIUM), lone) == []
    assert found("CTL004", HIGH_RISK) == []


@pytest.mark.covers("S78")
def test_nobody_supervises_himself() -> None:
    by_number = replace(PREVENTION, owner="M003", supervisor="王大队长")
    holder = replace(PREVENTION, owner="王大队长", supervisor="张队员")

    assert "都是“王大队长”" in messages(found("CTL005", *PEOPLE, HIGH_RISK, by_number))
    assert "任职人" in messages(found("CTL005", *PEOPLE, HIGH_RISK, holder))
    assert len(found("CTL005", HIGH_RISK, replace(PREVENTION, owner="科长", supervisor="科 长"))) == 1
    assert found("CTL005", *PEOPLE, HIGH_RISK, PREVENTION) == []
    assert found("CTL005", *PEOPLE, HIGH_RISK, replace(PREVENTION, owner="张队员", supervisor="王大队长")) == []
    assert found("CTL005", *PEOPLE, HIGH_RISK, replace(PREVENTION, owner="", supervisor="")) == []


@pytest.mark.covers("S78")
def test_one_of_two_who_hold_the_post_may_supervise_the_other() -> None:
    second = PersonRow(number="M998", name="陈队员", unit="U02")
    beside = TenureRow(number="T998", person="M998", post=HIGH_RISK.post, start=datetime.date(2020, 1, 1))
    people = (*PEOPLE, second, beside)

    for supervisor in ("张队员", "陈队员"):
        assert found("CTL005", *people, HIGH_RISK, replace(PREVENTION, supervisor=supervisor)) == []


@pytest.mark.covers("S74")
def test_an_owner_who_left_is_named_with_the_successor() -> None:
    former = PersonRow(number="M009", name="赵原大队长", unit="U02")
    tenure = TenureRow(
        number="T9", person="M009", post=HEAD.number, start=datetime.date(2015, 1, 1), end=datetime.date(2019, 12, 31)
    )
    control = replace(PREVENTION, owner="赵原大队长")

    (finding,) = found("CTL006", *PEOPLE, former, tenure, HIGH_RISK, control)
    assert "已不在该单位任职" in finding.message
    assert finding.suggestion == "王大队长"
    gone = replace(former, left_on=datetime.date(2026, 1, 1))
    assert "已离开单位" in messages(found("CTL006", *PEOPLE, gone, HIGH_RISK, control))
    back = replace(tenure, number="T10", start=datetime.date(2026, 1, 1), end=None)
    assert found("CTL006", *PEOPLE, former, tenure, back, HIGH_RISK, control) == []
    promoted = replace(back, post="P000")
    assert found("CTL006", *PEOPLE, former, tenure, promoted, HIGH_RISK, control) == []
    assert found("CTL006", *PEOPLE, HIGH_RISK, replace(PREVENTION, owner="大队长岗位")) == []


@pytest.mark.covers("S74")
@pytest.mark.parametrize(
    ("grade", "owner", "supervisor", "told"),
    [
        (Grade.HIGH, "王大队长", "分管领导", "最高只到分管领导，应到主要负责人"),
        (Grade.MEDIUM, "张队员", "王大队长", "最高只到科室负责人，应到分管领导"),
        (Grade.LOW, "张队员", "", "最高只到一般岗位，应到科室负责人"),
        (Grade.HIGH, "王大队长", "李局长", ""),
        (Grade.MEDIUM, "王大队长", "副局长", ""),
        (Grade.LOW, "张队员", "大队长", ""),
        (Grade.HIGH, "某外聘专家组", "", ""),
    ],
)
def test_the_level_of_responsibility_follows_the_grade(grade: Grade, owner: str, supervisor: str, told: str) -> None:
    risk = replace(HIGH_RISK, grade=grade)

    findings = found("CTL007", *PEOPLE, risk, replace(PREVENTION, owner=owner, supervisor=supervisor))

    assert bool(findings) is bool(told)
    assert told in messages(findings)


@pytest.mark.covers("S77")
def test_high_and_low_risks_are_not_managed_with_the_same_measures() -> None:
    copies = [replace(control, number=f"{control.number}L", risk=LOW_RISK.number) for control in CONTROLS]

    (finding,) = found("CTL008", HIGH_RISK, LOW_RISK, *CONTROLS, *copies[::-1])
    assert finding.number == HIGH_RISK.number
    assert LOW_RISK.number in finding.message
    assert found("CTL008", HIGH_RISK, LOW_RISK, *CONTROLS, copies[0]) == []
    other_high = replace(LOW_RISK, grade=Grade.HIGH)
    assert found("CTL008", HIGH_RISK, other_high, *CONTROLS, *copies) == []


@pytest.mark.covers("S55")
def test_a_measure_is_tested_within_its_periods_and_with_evidence() -> None:
    rows = (HIGH_RISK, *CONTROLS)
    fresh = replace(HIGH_RISK, graded_on=datetime.date(2026, 8, 1))
    old = replace(TEST, tested_on=datetime.date(2026, 4, 29))

    assert [finding.number for finding in found("CTL009", *rows, TEST)] == ["CS-002"]
    assert "没有检验过" in messages(found("CTL009", *rows, replace(TEST, evidence="无"), TESTS[1]))
    assert "已有 6 个月没有检验凭证" in messages(found("CTL009", *rows, old, TESTS[1]))
    assert found("CTL009", *rows, *TESTS) == []
    assert found("CTL009", *rows, old, TEST, TESTS[1]) == []
    assert found("CTL009", fresh, *CONTROLS) == []
    assert found("CTL009", replace(HIGH_RISK, grade=Grade.LOW), *CONTROLS) == []
    assert found("CTL009", HIGH_RISK, replace(PREVENTION, state=ControlState.DRAFT)) == []
    assert found("CTL009", *rows, old, TESTS[1], test_periods=3) == []


@pytest.mark.covers("S72")
def test_the_first_responsible_person_leads_in_finding_and_in_measures() -> None:
    found_by_leader = replace(HIGH_RISK, finder="李局长")
    owned = replace(PREVENTION, owner="M000", supervisor="局党组会")

    assert messages(found("PRG009", *PEOPLE, HIGH_RISK, *CONTROLS)) == (
        "第一责任人（局长）没有带头查找风险点，也没有负责措施。"
    )
    assert "没有带头负责措施" in messages(found("PRG009", *PEOPLE, found_by_leader, *CONTROLS))
    assert found("PRG009", *PEOPLE, found_by_leader, owned) == []
    assert found("PRG009", *PEOPLE, replace(HIGH_RISK, post="P000"), owned) == []
    drafts = replace(found_by_leader, state=RiskState.PROPOSED), replace(owned, state=ControlState.DRAFT)
    assert "没有带头查找风险点，也没有负责措施" in messages(found("PRG009", *PEOPLE, *drafts))
    nobody = [row for row in PEOPLE if not (isinstance(row, TenureRow) and row.post == "P000")]
    assert found("PRG009", *nobody, HIGH_RISK) == []


@pytest.mark.covers("S72")
def test_what_is_being_rewritten_counts_as_it_was_approved() -> None:
    led, owned = replace(HIGH_RISK, finder="李局长"), replace(PREVENTION, owner="M000", supervisor="局党组会")
    drafts = (
        replace(led, state=RiskState.UNDER_REVIEW, finder="小李"),
        replace(owned, state=ControlState.UNDER_REVIEW, owner="M003"),
    )

    assert (
        found("PRG009", *PEOPLE, *drafts, _approved(ApprovedRiskRow, led), _approved(ApprovedControlRow, owned)) == []
    )
    assert "没有带头查找风险点，也没有负责措施" in messages(
        found(
            "PRG009",
            *PEOPLE,
            led,
            owned,
            _approved(ApprovedRiskRow, HIGH_RISK),
            _approved(ApprovedControlRow, PREVENTION),
        )
    )


def _approved(row_type: type[R], row: object) -> R:
    return row_type(**{field.name: getattr(row, field.name) for field in fields(cast("Any", row))})


@pytest.mark.covers("S41", "S42")
@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("duty", "", "岗位职责为空"),
        ("manifestation", "", "表现形式为空"),
        ("statement", "另一句话", "风险点与审定记录不一致"),
        ("grade", Grade.MEDIUM, "风险等级与审定记录不一致"),
        ("grade", None, "风险等级为空"),
        ("controls", ("另一条措施",), "具体防控措施与审定记录不一致"),
        ("owners", ("李局长",), "责任人与审定记录不一致"),
        ("risk", "FX-404", "不在控"),
    ],
)
def test_a_ledger_line_is_complete_and_equals_what_was_approved(field: str, value: Any, told: str) -> None:
    line = replace(LEDGER, **{field: value})

    assert told in messages(found("LDG001", *PEOPLE, HIGH_RISK, *CONTROLS, line))


def test_order_and_punctuation_of_a_ledger_do_not_matter_but_a_missing_risk_does() -> None:
    line = replace(LEDGER, controls=LEDGER.controls[::-1], owners=("M003",), statement=f" {LEDGER.statement}")
    left_out = replace(HIGH_RISK, number="FX-002")
    draft = replace(PREVENTION, number="CS-009", action="起草中的措施", state=ControlState.DRAFT)

    assert found("LDG001", *PEOPLE, HIGH_RISK, *CONTROLS, draft, line) == []
    findings = found("LDG001", *PEOPLE, HIGH_RISK, left_out, *CONTROLS, line)
    assert [(finding.kind, finding.number) for finding in findings] == [("risks", "FX-002")]
    assert found("LDG001", *PEOPLE, HIGH_RISK, replace(left_out, unit="U77"), *CONTROLS, line) == []


@pytest.mark.covers("S65", "S66")
@pytest.mark.parametrize("state", [RiskState.CLOSED, RiskState.REJECTED])
def test_a_measure_against_a_risk_that_ended_is_told(state: RiskState) -> None:
    (finding,) = found("CTL012", replace(HIGH_RISK, state=state), PREVENTION)

    assert (finding.number, finding.field) == ("CS-001", "risk")
    assert f"FX-001 “{state.label}”，措施仍是“施行中”，须停用或者改到别的风险点" in finding.message


@pytest.mark.covers("S66")
def test_a_measure_whose_risk_was_merged_is_told_where_to() -> None:
    merged = replace(HIGH_RISK, state=RiskState.MERGED, merged_into="FX-007")

    assert "（并入 FX-007）" in messages(found("CTL012", merged, PREVENTION))
    assert "FX-404 不存在" in messages(found("CTL012", HIGH_RISK, replace(PREVENTION, risk="FX-404")))
    assert found("CTL012", merged, replace(PREVENTION, state=ControlState.RETIRED)) == []
    assert found("CTL012", HIGH_RISK, PREVENTION) == []
