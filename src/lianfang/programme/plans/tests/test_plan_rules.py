"""Each plan rule on a plan that breaks it and on one that keeps it."""

from __future__ import annotations

import pytest

from lianfang.foundation.lint.rule import HEADINGS, Rule
from lianfang.kernel.findings import Severity
from lianfang.programme.plans.reader import read_plan
from lianfang.programme.plans.rules import RULES, findings_of


def messages(text: str, code: str) -> list[str]:
    return [finding.message for finding in findings_of(read_plan(text, number="F-1")) if finding.code == code]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.code))
def test_every_rule_fails_on_its_bad_plan_and_passes_on_its_good_one(rule: Rule) -> None:
    assert list(rule.check(rule.fails))
    assert not list(rule.check(rule.passes))
    assert set(rule.explanation) == set(HEADINGS)


def test_a_stage_without_dates_is_named() -> None:
    assert messages("第一阶段：动员\n第二阶段：自查（2019年4月）\n", "PRG001") == [
        "第一阶段“动员”没有写明开始和结束时间。"
    ]


def test_a_plan_without_any_year_is_told_once() -> None:
    found = messages("第一阶段：动员（3月）\n第二阶段：自查（4月）\n", "PRG001")

    assert found == ["第一阶段“动员”等2个阶段的日期没有年份，全文也推不出年份。"]


@pytest.mark.covers("S32")
def test_one_shared_day_is_no_overlap_and_two_are() -> None:
    one = "第一阶段：查找（2017年6月1日至8月20日）\n第二阶段：防控（2017年8月20日至9月30日）\n"
    two = one.replace("8月20日至9月", "8月19日至9月")

    assert messages(one, "PRG002") == []
    assert messages(two, "PRG002") == ["第一阶段“查找”和第二阶段“防控”重叠2天（8月19日至8月20日）。"]


@pytest.mark.covers("S51")
def test_days_between_stages_are_counted() -> None:
    text = "第一阶段：查找（2017年6月1日至8月20日）\n第二阶段：防控（2017年8月22日至9月30日）\n"

    assert messages(text, "PRG002") == ["第一阶段“查找”和第二阶段“防控”之间空出1天（8月21日），不属于任何阶段。"]


def test_a_stage_that_ends_before_it_begins_is_an_error_of_order() -> None:
    text = "第一阶段：查找（2017年8月20日至2017年6月1日）\n"

    assert messages(text, "PRG002") == ["第一阶段“查找”的结束时间（2017年6月1日）早于开始时间（2017年8月20日）。"]


@pytest.mark.covers("S31")
def test_a_deadline_after_its_stage_is_shown_with_both_dates() -> None:
    text = "第一阶段：查找（2019年3月1日至3月20日）\n各室于3月25日前报送清单表。\n"

    assert messages(text, "PRG003") == [
        "期限2019年3月25日（清单表）不在第一阶段“查找”（2019年3月1日至2019年3月20日）之内，晚于结束时间。"
    ]


@pytest.mark.covers("S18", "S50")
def test_a_holiday_as_due_date_offers_the_workday_before() -> None:
    (finding,) = [
        finding for finding in findings_of(read_plan("各室于2019年10月3日前报送报告。\n")) if finding.code == "PRG004"
    ]

    assert finding.severity is Severity.WARNING
    assert finding.message == "期限2019年10月3日是国庆节假期（报告）。"
    assert finding.suggestion == "2019年9月30日"


def test_a_make_up_saturday_is_a_workday() -> None:
    assert messages("各室于2019年9月29日前报送报告。\n", "PRG004") == []


def test_a_year_whose_holidays_nobody_knows_is_not_judged() -> None:
    assert messages("各室于2068年10月3日前报送报告。\n", "PRG004") == []


@pytest.mark.covers("S30")
def test_one_list_under_two_names_is_found_by_likeness() -> None:
    text = "建立岗位廉政风险清单。各室提交岗位廉政风险清单。公开岗位风险清单。\n"

    (finding,) = [finding for finding in findings_of(read_plan(text)) if finding.code == "DOC002"]

    assert finding.suggestion == "岗位廉政风险清单"
    assert "“岗位风险清单”（1处）" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "制定岗位负面清单。制定部门负面清单。制定单位负面清单。",
        "公开防控权力清单、防控负面清单，编制权力清单、负面清单。",
        "编制责任清单。建立问题台账。填写任务分解清单。",
    ],
)
def test_different_lists_are_not_taken_for_one(text: str) -> None:
    assert messages(text, "DOC002") == []


@pytest.mark.covers("S87")
@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("按山纪[2018]9号文件要求办理。", "〔2018〕9号"),
        ("按山纪（2018）9号文件要求办理。", "〔2018〕9号"),
        ("按山纪〔2018〕第09号文件要求办理。", "〔2018〕9号"),
    ],
)
def test_numbers_of_documents_are_mended(text: str, better: str) -> None:
    assert [f.suggestion for f in findings_of(read_plan(text)) if f.code == "DOC001"] == [better]


@pytest.mark.covers("S87")
def test_confused_words_are_hints_with_a_proposal() -> None:
    text = (
        "要坚持当前于长远结合，行程长效机制。属实各科室要落实会计系统控制、授权审批管控控制、预算控制等，做好布署。\n"
    )

    found = [finding.suggestion for finding in findings_of(read_plan(text)) if finding.code == "DOC004"]

    assert found == ["与", "形成", "局属", "授权审批控制", "部署"]


def test_right_words_are_left_alone() -> None:
    text = "要坚持当前与长远结合，行程安排另行通知。经查情况属实的，按授权审批控制、预算控制等措施处理。\n"

    assert messages(text, "DOC004") == []
