"""Smaller promises of the reader: frames, tasks, periodic duties, senders, years, broken input."""

from __future__ import annotations

import pytest

from lianfang.kernel.dates import FuzzyDate
from lianfang.kernel.rows import plain
from lianfang.programme.plans.reader import as_json, read_plan
from lianfang.programme.plans.reader.phrases import body_in
from lianfang.programme.plans.rows import Cycle, Due
from lianfang.programme.plans.trying import demand_readable

NOTICE = """河湾区水利局关于印发《河湾区水利局廉洁风险防控工作方案》的通知
河水〔2019〕12号
局属各科室、各水管所：
现将方案印发给你们，请认真执行。
河湾区水利局
2019年2月26日
河湾区水利局廉洁风险防控工作方案
为做好工作，根据河纪〔2019〕5号《河湾区廉洁风险防控工作意见》要求，制定本方案。
一、指导思想
（一）统一认识。
二、方法步骤
第一阶段：动员部署（3月上旬）
（一）制定方案。
（二）召开会议，统一思想。
各科室于3月8日前将学习计划报局办公室。
第二阶段：查找风险（3月中旬至12月）
1.个人自查。
2.科室互查。
三、工作要求
（一）加强领导。各科室要明确专人，每月25日前将进展情况报局办公室。
（二）严肃纪律。
"""


@pytest.mark.covers("S1", "S2")
def test_a_notice_gives_its_plan_issuer_date_number_and_addressees() -> None:
    plan = read_plan(NOTICE)

    assert plan.title == "河湾区水利局廉洁风险防控工作方案"
    assert plan.issuer == "河湾区水利局"
    assert plan.issued is not None
    assert plan.issued.isoformat() == "2019-02-26"
    assert plan.document_number == "河水〔2019〕12号"
    assert [unit.text for unit in plan.addressees] == ["局属各科室", "各水管所"]


@pytest.mark.covers("S3")
def test_the_document_carried_out_is_cited_with_number_and_title() -> None:
    (cited,) = read_plan(NOTICE).upstream

    assert (cited.number, cited.title) == ("河纪〔2019〕5号", "河湾区廉洁风险防控工作意见")
    assert NOTICE[cited.span.start : cited.span.end] == "河纪〔2019〕5号"


def test_one_document_cited_in_two_brackets_is_one_citation() -> None:
    text = "根据山纪〔2018〕9号《工作意见》要求，制定本方案。\n按县纪委山纪[2018]9号文件要求报送。\n"

    assert [cited.number for cited in read_plan(text).upstream] == ["山纪〔2018〕9号"]


@pytest.mark.covers("S16")
def test_numbered_items_are_tasks_inside_stages_and_not_in_requirements() -> None:
    tasks = [(task.stage, task.name) for task in read_plan(NOTICE).tasks]

    assert tasks == [(1, "制定方案"), (1, "召开会议,统一思想"), (2, "个人自查"), (2, "科室互查")]


def test_tasks_told_as_one_two_three_inside_a_sentence_are_found() -> None:
    text = "第一阶段：清理（3月）：各单位做好两件事：一是核对职权；二是填写表格，按附件调整。\n第二阶段：公布（4月）\n"

    assert [(task.stage, task.name) for task in read_plan(text).tasks] == [(1, "核对职权"), (1, "填写表格")]


def test_a_list_of_objects_is_no_list_of_tasks() -> None:
    text = "（二）重点检查阶段（2015年6月）\n重点检查对象：\n1.资金量大的；\n2.群众反映多的；\n3.自查不认真的。\n"

    assert read_plan(text).tasks == ()


def test_measures_numbered_through_several_sections_are_all_tasks() -> None:
    text = "一、完善制度\n（一）健全公示。\n（二）健全记录。\n二、强化保障\n（三）加强培训。\n（四）落实经费。\n"

    assert [task.name for task in read_plan(text).tasks] == ["健全公示", "健全记录", "加强培训", "落实经费"]


def test_a_monthly_report_is_a_periodic_duty_with_sender_and_receiver() -> None:
    (duty,) = read_plan(NOTICE).periodic

    assert duty.cycle is Cycle.MONTHLY
    assert duty.every == "每月25日前"
    assert duty.deliverables == ("进展情况",)
    assert duty.receivers == ("局办公室",)
    assert duty.submitter == "各科室"


def test_the_second_yearly_date_needs_no_second_every_year() -> None:
    text = "监测站每年6月20日前报送半年小结、12月5日前报送全年总结，材料报送市总站。\n"

    plan = read_plan(text)

    assert plan.deadlines == ()
    assert [(duty.cycle, duty.deliverables) for duty in plan.periodic] == [
        (Cycle.YEARLY, ("半年小结",)),
        (Cycle.YEARLY, ("全年总结",)),
    ]


def test_a_term_in_workdays_is_kept_apart_from_dates() -> None:
    plan = read_plan("处罚决定作出之日起7个工作日内予以公开。\n")

    assert plan.deadlines == ()
    assert [term.date_text for term in plan.terms] == ["处罚决定作出之日起7个工作日内"]


def test_a_sender_named_in_the_sentence_before_is_taken_and_marked() -> None:
    text = "（二）自查阶段（2021年5月）\n各派出所要逐项对照检查。5月28日前上报自查情况。\n"

    (row,) = read_plan(text).deadlines

    assert (row.submitter, row.submitter_stated) == ("各派出所", False)


def test_a_sender_named_in_the_clause_is_stated() -> None:
    (row,) = read_plan("机关各处室、直属单位于2021年5月28日前提交岗位清单。\n").deadlines

    assert (row.submitter, row.submitter_stated) == ("机关各处室、直属单位", True)


def test_a_goal_with_a_date_is_a_milestone_and_asks_for_nothing() -> None:
    plan = read_plan("一、工作目标\n2023年12月底前，全区完成平台建设。\n")

    assert plan.deadlines == ()
    assert [milestone.date.code for milestone in plan.milestones if milestone.date] == ["2023-12-end"]


@pytest.mark.covers("S50")
def test_work_to_be_finished_is_told_from_papers_to_be_handed_in() -> None:
    text = "第三阶段：整改（2018年6月1日至9月30日）\n各室于9月20日前完成对制度的修订、将清单公示到位，建立台账。\n"

    (row,) = read_plan(text).deadlines

    assert row.kind is Due.COMPLETE
    assert row.deliverables == ("制度的修订", "清单公示", "台账")


def test_an_undated_paper_inside_a_stage_is_kept_without_a_date() -> None:
    text = "（三）总结阶段（2011年2月至10月）\n领导小组汇总后向市政府报送专题报告。\n"

    (row,) = read_plan(text).deadlines

    assert (row.date, row.deliverables, row.receivers) == (None, ("专题报告",), ("市政府",))


def test_stages_only_listed_in_a_sentence_have_no_dates_but_the_last() -> None:
    stages = read_plan("整治工作分为动员、自查、整改、验收等4个阶段，于2015年底基本结束。\n").stages

    assert [(s.name, s.end.code if s.end else None) for s in stages] == [
        ("动员", None),
        ("自查", None),
        ("整改", None),
        ("验收", "2015-end"),
    ]


def test_the_year_of_a_deadline_follows_the_stage_that_crosses_new_year() -> None:
    text = "（一）排查阶段（2020年11月至2021年2月）\n各站1月15日前报送排查表。12月10日前报送方案。\n"

    assert [row.date.code for row in read_plan(text).deadlines if row.date] == ["2021-01-15", "2020-12-10"]


def test_a_bad_date_is_reported_and_never_repaired() -> None:
    plan = read_plan("各室于2019年2月30日前报送清单。\n第一阶段：自查（2019年13月）\n")

    assert [fault.text for fault in plan.bad_dates] == [
        "“2019年2月30日”不是有效日期：2月只有28天。",
        "“2019年13月”不是有效日期：月份应在1至12之间。",
    ]
    assert [row.date for row in plan.deadlines] == [None]
    assert [(stage.start, stage.end) for stage in plan.stages] == [(None, None)]


@pytest.mark.parametrize(
    "text", ["", " \n\t ", "\0\0\0", "　", "㈠", "①②③", "月日年", "第阶段", "《", "每", "1.", "\ud800"]
)
def test_text_without_a_plan_gives_an_empty_plan(text: str) -> None:
    plan = read_plan(text)

    assert plan.stages == ()
    assert plan.deadlines == ()
    assert plan.text == text


@pytest.mark.covers("S87")
def test_the_raw_text_is_kept_and_windows_line_ends_change_nothing_else() -> None:
    windows = NOTICE.replace("\n", "\r\n")

    read, same = read_plan(windows), read_plan(NOTICE)

    assert read.text == windows
    assert [(s.name, s.start, s.end) for s in read.stages] == [(s.name, s.start, s.end) for s in same.stages]
    assert [row.deliverables for row in read.deadlines] == [row.deliverables for row in same.deadlines]


def test_traditional_characters_are_read_and_kept() -> None:
    text = "工作步驟\n第一階段：動員部署（2009年5月）\n各單位於5月20日前將學習計劃報局辦公室。\n"

    plan = read_plan(text)

    assert [(stage.name, stage.start) for stage in plan.stages] == [("動員部署", FuzzyDate(2009, 5))]
    assert [(row.deliverables, row.receivers) for row in plan.deadlines] == [(("學習計劃",), ("局辦公室",))]


def test_periodic_duties_leave_the_number_of_their_heading_out_of_the_submitter() -> None:
    plan = read_plan("四、工作要求\n（一）各班每月25日前将小结报站办公室。\n2.站办公室每周五通报信息。\n")

    assert [(duty.submitter, duty.every) for duty in plan.periodic] == [("各班", "每月25日前"), ("站办公室", "每周五")]


def test_two_yearly_dates_with_one_conjunction_are_one_duty() -> None:
    plan = read_plan("各站每年6月底和12月底前向县局报送工作总结。")

    assert [(duty.every, duty.deliverables, duty.receivers) for duty in plan.periodic] == [
        ("每年6月底和12月底前", ("工作总结",), ("县局",))
    ]
    assert plan.deadlines == ()


def test_a_plan_can_be_written_down_as_a_row_and_as_json() -> None:
    plan = read_plan(NOTICE, number="F-1")

    stored, shown = plain(plan), as_json(plan)

    assert isinstance(stored, dict)
    assert stored["number"] == "F-1"
    assert shown["stages"][0] == {
        "ordinal": 1,
        "name": "动员部署",
        "start": "2019-03-early",
        "end": "2019-03-early",
        "span": shown["stages"][0]["span"],
    }


LONG = 160_000
"""Characters; a megabyte of UTF-8 Chinese text."""


@pytest.mark.parametrize(
    "unit",
    [
        NOTICE,
        NOTICE.replace("\n", ""),
        "（一）",
        "一、\n",
        "第一阶段：",
        "2017年6月21日",
        "于6月21日前报送、",
        "每月",
        "1",
        " ",
        "（",
        "《",
        "各单位",
        "清单和方案及报告，",
        "向将把报送",
        "上纪〔2017〕31号",
        "O ",
        "-1-",
        "关于的通知",
        "填写《排查表》报镇纪委，",
        "责任单位：水利站完成时限：6月底前",
        "一、清理岗位1.登记",
        "（其中，已登记的；",
        "6月1日前将清单报镇纪委，同时将照片报县纪委，",
    ],
)
def test_what_is_said_over_and_over_is_read_within_the_limits(unit: str) -> None:
    # Cost that grew with the square of the text would take minutes of it; the child that reads is given ten seconds.
    demand_readable((unit * (LONG // len(unit) + 1))[:LONG])


@pytest.mark.parametrize(
    ("text", "sender"),
    [
        ("（四）总结阶段（2009年11月） 各县（市、区）完成总结，11月20日前报送总结。\n", "各县(市、区)"),
        ("各行署、市政府总结成效；2009年11月10日前向省办公室报送总结。\n", "各行署、市政府"),
        ("整改情况书面上报市局，市局2009年10月31日前汇总上报省局。\n", "市局"),
        ("请省直各有关部门务必于2009年10月31日前报送总结。\n", "省直各有关部门"),
        ("总结材料于2009年10月31日前报送。\n", ""),
    ],
)
def test_the_sender_is_the_subject_and_nothing_more(text: str, sender: str) -> None:
    (row,) = read_plan(text).deadlines

    assert row.submitter == sender


def test_two_periods_may_share_one_duty() -> None:
    duties = read_plan("各单位每月28日前、每季度末月25日前分别向办公室报送月度信息、季度分析。\n").periodic

    assert [duty.cycle for duty in duties] == [Cycle.MONTHLY, Cycle.QUARTERLY]
    assert {duty.receivers for duty in duties} == {("办公室",)}


def test_the_bracket_of_a_task_is_left_out_although_a_stop_stands_in_it() -> None:
    text = (
        "二、工作任务\n1.修订手册（责任科室：党办；完成时限：5月底）\n2.开展检查（责任科室：质管科；完成时限：9月底）\n"
    )

    assert [task.name for task in read_plan(text).tasks] == ["修订手册", "开展检查"]


def test_what_becomes_of_papers_may_be_said_over_and_over_without_end() -> None:
    # Each repetition doubled the work where the same words could be read in two ways.
    assert body_in("审核确认" * 60 + "等") == ""


def test_a_body_stands_before_what_it_does_with_the_papers() -> None:
    assert body_in("区纪委监委审核确认") == "区纪委监委"
