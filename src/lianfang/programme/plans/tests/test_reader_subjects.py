"""Who hands in, where several act in one sentence, and who signed, where a table with days stands at the end."""

from __future__ import annotations

import datetime as dt

import pytest

from lianfang.programme.plans.reader import read_plan
from lianfang.programme.plans.rows import Cycle

STAGE = "第二阶段：清理职权（2027年1月16日至4月30日）\n"


@pytest.mark.covers("S17", "S31")
@pytest.mark.parametrize(
    ("sentence", "submitters"),
    [
        (
            "各科室梳理权力清单，2月20日前报法规科审核，法规科于2月28日前将审核意见报局党组会。",
            ["各科室", "法规科"],
        ),
        (
            "各科室填写风险登记表，于3月25日前报送廉政办。廉政办汇总后于四月上旬报局党组会审定。",
            ["各科室", "廉政办"],
        ),
        ("各科室填写风险登记表，由科室负责人审核后于3月25日前报廉政办。", ["各科室"]),
        ("办公室召开启动会，3月10日前将参会名单报机关纪委。", ["办公室"]),
        ("县档案馆牵头，于3月20日前将借阅台账报机关纪委。", ["县档案馆"]),
        ("利用廉政教育基地，县党校牵头，于3月20日前将教学计划报机关纪委。", ["县党校"]),
        ("以镇村为单位，于3月20日前将排查表报机关纪委。", ["镇村"]),
        ("请你单位对照附件，填写廉政承诺书，于3月20日前报机关纪委。", ["你单位"]),
        ("申报单位应填写《廉政项目申请书》，加盖公章后报机关纪委，有关部门审核后存档。", ["申报单位"]),
    ],
)
def test_whoever_acts_nearest_to_the_date_hands_in(sentence: str, submitters: list[str]) -> None:
    plan = read_plan(STAGE + sentence)

    assert [row.submitter for row in plan.deadlines] == submitters


def test_the_day_of_the_last_month_of_every_quarter_belongs_to_the_time_and_not_to_the_name() -> None:
    (duty,) = read_plan(STAGE + "每季度末月25日前各科室向廉政办报送工作进展情况。\n").periodic

    assert (duty.cycle, duty.every, duty.submitter) == (Cycle.QUARTERLY, "每季度末月25日前", "各科室")


@pytest.mark.covers("S2")
def test_the_day_of_issue_is_that_of_the_signature_and_not_one_of_a_table() -> None:
    text = (
        "河湾区农机局廉政风险防控工作方案\n一、工作步骤\n（一）动员阶段（2027年1月4日至1月15日）\n"
        "材料\t报送单位\t报送时间\t接收单位\n岗位说明书\t各科室\t2027年2月10日\t人事科\n"
        "公示栏照片\t办公室\t2027年6月5日\t廉政办\n河湾区农机局\n2026年12月25日"
    )

    plan = read_plan(text)

    assert (plan.issuer, plan.issued) == ("河湾区农机局", dt.date(2026, 12, 25))


@pytest.mark.covers("S16", "S17")
def test_the_unit_that_a_label_charges_hands_in_what_its_item_names() -> None:
    text = "三、主要任务\n1.张贴公示牌。责任单位：办公室、各站所；配合单位：工会；完成时限：2027年7月15日。\n"

    (due,) = read_plan(text).deadlines

    assert (due.submitter, due.deliverables) == ("办公室、各站所", ("张贴公示牌",))


def test_the_subject_of_a_day_may_stand_two_clauses_before_it() -> None:
    (due,) = read_plan(STAGE + "各水管站可以分批张贴公示牌，先易后难，但须4月底前完成。\n").deadlines

    assert due.submitter == "各水管站"
