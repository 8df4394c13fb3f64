"""Rules about risks and grades: what each finds, and the careful wording that it must leave alone."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from lianfang.foundation.lint.engine import run
from lianfang.foundation.lint.material import Material
from lianfang.foundation.parameters.values import Parameters
from lianfang.kernel.areas import KeyArea
from lianfang.kernel.findings import Finding, Severity
from lianfang.kernel.levels import Grade
from lianfang.kernel.rows import Row
from lianfang.registers.laws.rows import LawLevel, LawRow
from lianfang.registers.powers.rows import PowerCategory, PowerRow
from lianfang.registers.powers.states import PowerState
from lianfang.registers.risks.rows import PostGradeRow, RiskDimension, RiskRow, Tier
from lianfang.registers.risks.rules import RULES
from lianfang.registers.risks.rules.case_patterns import CASE_PATTERNS
from lianfang.registers.risks.rules.examples import BUREAU, GRADING, LEADER, POST, POWER, RISK, SCORES, SECTION
from lianfang.registers.risks.rules.rounds import months_before
from lianfang.registers.risks.states import GradingState, RiskState

TODAY = datetime.date(2026, 10, 30)
LOW_RISK = replace(RISK, importance=1, probability=1, harm=1, grade=Grade.LOW)


def found(code: str, *rows: Row, today: datetime.date = TODAY, **settings: Any) -> list[Finding]:
    """What one rule says about these rows; all registers it reads are loaded."""
    (rule,) = (rule for rule in RULES if rule.code == code)
    material = Material(rows, today=today, registers=rule.reads, parameters=Parameters(**settings))
    return list(run([rule], material).findings)


def messages(findings: Iterable[Finding]) -> str:
    """All messages, for looking into."""
    return "".join(finding.message for finding in findings)


@pytest.mark.covers("S54")
@pytest.mark.parametrize(
    ("statement", "missing"),
    [
        ("思想不重视，认识不到位", "行为人、具体行为、得利者或后果"),
        ("可能不廉洁", "行为人、具体行为、得利者或后果"),
        ("责任心不强，存在廉政风险", "行为人、具体行为、得利者或后果"),
        ("把关不严，监管不力", "行为人、具体行为、得利者或后果"),
        ("廉洁自律意识淡薄，宗旨观念有待加强", "行为人、具体行为、得利者或后果"),
        ("审批人员放宽条件予以通过", "得利者或后果"),
        ("受理人员为亲友谋取利益", "具体行为"),
        ("擅自减免罚款，帮助企业逃避处罚", "行为人"),
        ("存在公款炒股的风险", "具体行为、得利者或后果"),
        ("工作人员存在向投标人透露标底的风险", "得利者或后果"),
    ],
)
def test_a_statement_without_actor_act_or_benefit_is_told_what_it_lacks(statement: str, missing: str) -> None:
    risk = replace(RISK, tier=Tier.SECTION, post="", statement=statement)

    assert messages(found("RSK001", risk)) == f"风险点的表述缺少{missing}。"


@pytest.mark.parametrize(
    "statement",
    [
        "受理岗人员无故压件，迫使申请人请客送礼，谋取私利",
        "采样人员未按规范布点，使企业超标数据无法反映，造成监测结果失真",
        "评审组织者向申报单位泄露评分标准，换取好处费",
        "会计将罚没收入截留后归个人使用",
        "领导班子成员不经集体讨论决定大额支出，造成国有资金损失",
        "采购经办人把同类采购化整为零规避招标，交给特定供应商",
        "印章保管人借用印之机为亲友开具虚假证明",
        "案件承办人对应当移送的涉嫌犯罪案件不移送，以罚代刑，帮助当事人免于追究",
        "科室负责人思想松懈，擅自改变检查计划，为熟人企业提供方便",
        "执法队员在检查前透露时间，让企业得以提前停产",
        "窗口人员把材料排到队尾，等申请人登门请客后再录入系统",
        "出纳用公款炒股",
        "开标前向投标人透露标底",
        "将举报人信息告诉被举报企业",
        "检查人员把检查时间告知企业",
    ],
)
def test_a_statement_that_says_who_does_what_for_whom_is_left_alone(statement: str) -> None:
    assert found("RSK001", replace(RISK, tier=Tier.UNIT, post="", statement=statement)) == []


def test_on_a_post_the_holder_is_the_actor_and_closed_risks_are_not_rewritten() -> None:
    statement = "擅自减免罚款，帮助企业逃避处罚"

    assert found("RSK001", replace(RISK, statement=statement)) == []
    assert found("RSK001", replace(RISK, statement="思想不重视", state=RiskState.CLOSED)) == []


@pytest.mark.covers("S84")
def test_one_sentence_on_three_posts_is_a_copy_even_with_a_character_changed() -> None:
    posts = [replace(POST, number=f"P{n}", duty=f"承办第{name}类事项。") for n, name in enumerate("甲乙丙丁")]
    texts = [RISK.statement, RISK.statement.replace("后，", "后"), RISK.statement + "。"]
    risks = [replace(RISK, number=f"F{n}", post=f"P{n}", statement=text) for n, text in enumerate(texts)]
    own = replace(RISK, number="F9", post="P3", statement="保管人员私自发还被扣押的设施，收受当事人财物。")

    assert [finding.number for finding in found("RSK002", *posts, *risks, own)] == ["F0", "F1", "F2"]
    assert found("RSK002", *posts, *risks[:2], own) == []
    assert len(found("RSK002", *posts, *risks[:2], own, risk_copies=2)) == 2


def test_equal_posts_of_one_unit_may_share_a_risk() -> None:
    posts = [replace(POST, number=f"P{n}", name=f"执法岗{n}") for n in range(5)]
    risks = [replace(RISK, number=f"F{n}", post=f"P{n}") for n in range(5)]

    assert found("RSK002", *posts, *risks) == []
    elsewhere = [replace(post, number=f"{post.number}x", unit=f"U{post.number}") for post in posts]
    away = [replace(RISK, number=f"G{n}", post=f"P{n}x", unit=f"UP{n}") for n in range(5)]
    assert len(found("RSK002", *elsewhere, *away)) == 5


@pytest.mark.covers("S42")
def test_a_manifestation_must_be_there_and_must_not_repeat_the_risk() -> None:
    assert "没有写明" in messages(found("RSK003", replace(RISK, manifestation="同上")))
    copied = replace(RISK, manifestation=RISK.statement.replace("，", "、"))
    assert "同一句话" in messages(found("RSK003", copied))
    assert found("RSK003", RISK, replace(RISK, number="F2", manifestation="笔录字迹相同")) == []


def test_causes_are_asked_twice_for_high_and_medium_risks_only() -> None:
    assert "只有 1 层" in messages(found("RSK004", replace(RISK, causes=("监督缺位", "监督 缺位", "无"))))
    assert found("RSK004", replace(RISK, causes=("甲", "乙"))) == []
    assert found("RSK004", replace(RISK, causes=(), grade=Grade.LOW)) == []
    assert found("RSK004", replace(RISK, causes=(), grade=None)) == []
    assert len(found("RSK004", replace(RISK, causes=("甲", "乙")), causes_least=3)) == 1


@pytest.mark.covers("S27")
@pytest.mark.parametrize(
    ("field", "value", "heading"),
    [
        ("importance", None, "重要程度"),
        ("probability", 6, "发生概率"),
        ("harm", 0, "危害程度"),
        ("grade_reason", "按规定", "定级依据"),
        ("raters", 0, "评分人数"),
        ("graded_by", "", "审定人"),
        ("grade", None, "风险等级"),
    ],
)
def test_a_grade_needs_three_scores_evidence_raters_and_an_approver(field: str, value: Any, heading: str) -> None:
    (finding,) = found("RSK005", replace(RISK, **{field: value}))

    assert heading in finding.message


def test_a_risk_that_is_not_graded_yet_needs_no_grounds() -> None:
    fresh = RiskRow(number="F1", tier=Tier.POST, unit="U02", statement="甲", state=RiskState.PROPOSED)

    assert found("RSK005", fresh, replace(RISK, grade_reason="", state=RiskState.MERGED)) == []


def test_a_grade_before_any_grading_is_not_asked_for_its_raters_but_told_to_wait() -> None:
    draft = replace(RISK, state=RiskState.DRAFT, grade_reason="", raters=0, graded_by="")

    (finding,) = found("RSK005", draft)
    (grave,) = found("RSK005", replace(draft, state=RiskState.LIVE))

    assert (finding.severity, grave.severity) == (Severity.HINT, Severity.ERROR)
    assert "还没有评级，没有定级依据、评分人数、审定人" in finding.message
    assert "现在可以留空" in finding.message
    assert "不合规" not in finding.message


@pytest.mark.covers("S27", "S28")
@pytest.mark.parametrize(
    ("risk", "power", "wanted"),
    [
        (replace(RISK, probability=4), POWER, "高"),
        (replace(RISK, grade=Grade.LOW), POWER, "中"),
        (RISK, replace(POWER, three_major=True), "高"),
        (RISK, replace(POWER, category=PowerCategory.PENALTY, final_decision=True, discretion=4), "高"),
        (replace(RISK, floors=("F3",)), POWER, "高"),
        (replace(RISK, importance=None, grade=Grade.LOW, floors=("F5",)), POWER, "中"),
        (replace(LOW_RISK, power="", dimension=RiskDimension.MAJOR), POWER, "高"),
        (LOW_RISK, POWER, "中"),
    ],
)
def test_no_grade_lies_below_the_table_or_a_floor(risk: RiskRow, power: PowerRow, wanted: str) -> None:
    (finding,) = found("RSK006", risk, power)

    assert finding.suggestion == wanted


@pytest.mark.parametrize(
    ("risk", "power"),
    [
        (replace(RISK, grade=Grade.HIGH), replace(POWER, three_major=True)),
        (RISK, replace(POWER, category=PowerCategory.PENALTY, final_decision=True, discretion=3)),
        (RISK, replace(POWER, category=PowerCategory.REWARD, key_area=None, final_decision=True, discretion=5)),
        (replace(RISK, grade=None), replace(POWER, three_major=True)),
        (replace(RISK, power=""), replace(POWER, three_major=True)),
    ],
)
def test_a_grade_at_or_above_table_and_floors_is_left_alone(risk: RiskRow, power: PowerRow) -> None:
    assert found("RSK006", risk, power) == []


@pytest.mark.covers("S40")
def test_a_key_area_is_exempted_by_the_last_approved_round_only() -> None:
    exempt = replace(GRADING, grade=Grade.LOW, exemption="局党组会纪要〔2026〕6号")

    assert found("RSK006", LOW_RISK, POWER, exempt) == []
    assert len(found("RSK006", LOW_RISK, POWER, replace(exempt, state=GradingState.PROPOSED))) == 1
    assert len(found("RSK006", LOW_RISK, POWER, exempt, replace(GRADING, number="PJ-002", round=2))) == 1
    assert len(found("RSK006", LOW_RISK, replace(POWER, three_major=True), exempt)) == 1


@pytest.mark.covers("S29")
def test_a_post_is_never_graded_below_its_highest_live_risk() -> None:
    low = PostGradeRow(number=POST.number, unit="U02", grade=Grade.LOW)

    assert "最高等级是中" in messages(found("RSK007", low, RISK))
    above = found("RSK007", replace(low, grade=Grade.HIGH), RISK)
    assert [(finding.severity, finding.suggestion) for finding in above] == [(Severity.HINT, "中")]
    assert found("RSK007", low, replace(RISK, state=RiskState.CLOSED)) == []
    assert found("RSK007", replace(low, number="P999"), RISK) == []


def test_three_independent_raters_and_a_talk_about_gaps_make_a_round() -> None:
    gap = replace(GRADING, widest_gap=2)

    assert "只有 2 名评分人" in messages(found("RSK008", GRADING, *SCORES[:2]))
    assert "没有会商记录" in messages(found("RSK008", gap, *SCORES))
    assert "自己参加了评分" in messages(found("RSK008", replace(GRADING, approved_by="甲"), *SCORES))
    late = replace(SCORES[0], scored_on=datetime.date(2026, 6, 2))
    assert "晚于审定日期" in messages(found("RSK008", GRADING, late, *SCORES[1:]))
    assert found("RSK008", replace(gap, reconciliation="三人对概率的分歧源于统计口径，已统一"), *SCORES) == []
    assert found("RSK008", replace(GRADING, state=GradingState.OPEN)) == []
    assert found("RSK008", replace(GRADING, state=GradingState.SUPERSEDED)) == []


@pytest.mark.covers("S40", "S84")
def test_a_unit_whose_risks_are_all_alike_or_never_high_is_asked_why() -> None:
    eight = [replace(RISK, number=f"F{place}") for place in range(8)]
    decisive = replace(POWER, final_decision=True)

    assert "全部定为中" in messages(found("RSK009", SECTION, POWER, *eight))
    assert found("RSK009", SECTION, POWER, *eight[:7]) == []
    assert found("RSK009", SECTION, POWER, *eight[:7], replace(eight[7], grade=Grade.LOW)) == []
    assert "没有一个风险点定为高" in messages(found("RSK009", SECTION, decisive, *eight[:2]))
    assert found("RSK009", SECTION, decisive, *eight[:2], replace(eight[7], grade=Grade.HIGH)) == []
    assert found("RSK009", SECTION, replace(decisive, key_area=None), *eight[:2]) == []


@pytest.mark.covers("S40", "S84")
def test_a_unit_hears_of_both_faults_and_of_a_decision_at_which_nobody_looked() -> None:
    eight = [replace(RISK, number=f"F{place}") for place in range(8)]
    decisive = replace(POWER, final_decision=True)

    both = messages(found("RSK009", SECTION, decisive, *eight))
    assert "全部定为中" in both
    assert "没有一个风险点定为高" in both
    assert messages(found("RSK009", SECTION, decisive)) == "本单位握有重点领域的最终决定权，但还没有在控的风险点。"
    assert found("RSK009", SECTION, replace(decisive, state=PowerState.DRAFT)) == []


@pytest.mark.covers("S66")
def test_a_grade_is_lowered_only_on_evidence() -> None:
    first = replace(GRADING, grade=Grade.HIGH, state=GradingState.SUPERSEDED)
    second = replace(GRADING, number="PJ-002", round=2)

    assert [finding.number for finding in found("RSK010", second, first)] == ["PJ-002"]
    assert found("RSK010", first, replace(second, lowering_evidence="检验 JY-001 有效")) == []
    assert found("RSK010", replace(first, grade=Grade.LOW), second) == []
    assert found("RSK010", first, replace(second, state=GradingState.PROPOSED)) == []


@pytest.mark.covers("S66")
def test_a_grade_that_came_with_a_list_is_lowered_only_on_evidence_too() -> None:
    lowered = replace(GRADING, grade_before=Grade.HIGH)

    assert "由高降为中" in messages(found("RSK010", lowered))
    assert found("RSK010", replace(lowered, lowering_evidence="检验 JY-001 有效")) == []
    assert found("RSK010", replace(lowered, grade_before=Grade.LOW)) == []


@pytest.mark.covers("S65", "S69")
def test_a_grade_ages_after_twelve_months_or_when_its_law_falls() -> None:
    law = LawRow(number="L1", title="示例旧法", level=LawLevel.LAW, repealed_on=datetime.date(2026, 8, 15))
    power = replace(POWER, basis=("《示例旧法》第一条",))

    assert "超过 12 个月" in messages(found("RSK011", POWER, replace(RISK, graded_on=datetime.date(2025, 10, 29))))
    assert found("RSK011", POWER, replace(RISK, graded_on=datetime.date(2025, 10, 30))) == []
    assert "《示例旧法》已废止" in messages(found("RSK011", power, RISK, law))
    assert found("RSK011", power, replace(RISK, graded_on=datetime.date(2026, 9, 1)), law) == []
    assert found("RSK011", power, replace(RISK, state=RiskState.UNDER_REVIEW), law) == []


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [((2026, 10, 30), 12, (2025, 10, 30)), ((2026, 3, 31), 1, (2026, 2, 28)), ((2026, 1, 15), 3, (2025, 10, 15))],
)
def test_months_are_counted_back_to_the_same_day_or_the_months_last(
    day: tuple[int, int, int], months: int, expected: tuple[int, int, int]
) -> None:
    assert months_before(datetime.date(*day), months) == datetime.date(*expected)


def test_the_model_failure_of_a_postponed_crime_transfer_is_in_the_library() -> None:
    penalty = replace(POWER, category=PowerCategory.PENALTY, name="对超标排放的处罚")
    thoughtful = replace(RISK, statement="大队负责人对涉嫌犯罪案件久拖不移送，以罚代刑，帮助当事人逃避追究")

    assert "以罚代刑" in "".join(finding.suggestion + finding.message for finding in found("RSK012", penalty, RISK))
    assert "以罚代刑" not in messages(found("RSK012", penalty, RISK, thoughtful))


@pytest.mark.parametrize("pattern", CASE_PATTERNS, ids=lambda pattern: pattern.number)
def test_the_candidate_of_a_pattern_answers_it_and_passes_the_rule_about_statements(pattern: object) -> None:
    candidate = next(item for item in CASE_PATTERNS if item is pattern)

    risk = replace(RISK, tier=Tier.SECTION, post="", statement=candidate.candidate)

    assert candidate.is_considered_in(candidate.candidate)
    assert found("RSK001", risk) == []


def test_the_library_has_a_pattern_for_every_key_area_and_names_its_sources() -> None:
    areas = {pattern.area for pattern in CASE_PATTERNS} | {
        {PowerCategory.PERMIT: KeyArea.PERMIT, PowerCategory.PENALTY: KeyArea.ENFORCEMENT}.get(pattern.category)
        for pattern in CASE_PATTERNS
        if pattern.category
    }

    assert set(KeyArea) <= areas
    assert len(CASE_PATTERNS) >= 12
    assert all(pattern.source for pattern in CASE_PATTERNS)
    assert len({pattern.number for pattern in CASE_PATTERNS}) == len(CASE_PATTERNS)


@pytest.mark.covers("S31")
def test_a_unit_without_one_of_its_three_lists_is_named_with_the_missing_ones() -> None:
    message = messages(found("ORG003", BUREAU, SECTION, POST, POWER))

    assert message == "“执法大队”还没有负面清单、岗位风险等级清单。"
    gone = replace(SECTION, valid_to=datetime.date(2020, 1, 1))
    assert found("ORG003", BUREAU, gone, POST) == []
    assert found("ORG003", BUREAU, SECTION, replace(POST, in_scope=False)) == []
    assert found("ORG003", BUREAU, LEADER) == []
