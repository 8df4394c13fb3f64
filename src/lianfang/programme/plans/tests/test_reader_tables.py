"""Tables inside plans: stages, tasks and deadlines that stand in cells, with their places in the text."""

from __future__ import annotations

import pytest

from lianfang.programme.plans.reader import read_plan
from lianfang.programme.plans.rows import Cycle, Due, PlanRow
from lianfang.programme.plans.rules import findings_of

STAGES = """云台站廉洁风险排查推进表（2025年）
阶段\t起止时间\t工作内容\t报送材料\t报送时限\t责任单位\t接收部门
第一阶段：部署\t2月10日—2月28日\t召开启动会；印发推进表\t学习记录\t2月26日前\t各班\t站办公室
第二阶段：自查\t3月3日—4月30日\t1.查找风险点；2.填写登记表\t登记表、自查报告\t4月25日前\t各班、各点\t站监察员
\t\t公示自查结果\t\t\t站办公室\t
第三阶段：整改\t5月6日—6月30日\t制定措施，完善制度\t整改清单\t6月20日前\t各班\t站监察员
"""
WORK = """重点工作分工表
| 序号 | 工作任务 | 完成时限 | 牵头科室 |
| --- | --- | --- | --- |
| 1 | 修订值班制度 | 2025年4月底前 | 办公室 |
| 2 | 建立回避台账 | 2025年5月15日 | 人事科 |
| 3 | 开展廉洁回访 | 每季度 | 监察室 |
"""


@pytest.fixture(scope="module")
def plan() -> PlanRow:
    return read_plan(STAGES)


@pytest.mark.covers("S11", "S12")
def test_stages_of_a_table_have_name_and_window(plan: PlanRow) -> None:
    assert [(s.ordinal, s.name, s.start and s.start.code, s.end and s.end.code) for s in plan.stages] == [
        (1, "部署", "2025-02-10", "2025-02-28"),
        (2, "自查", "2025-03-03", "2025-04-30"),
        (3, "整改", "2025-05-06", "2025-06-30"),
    ]


@pytest.mark.covers("S16")
def test_tasks_of_a_table_belong_to_the_stage_of_their_row(plan: PlanRow) -> None:
    assert [(task.stage, task.name) for task in plan.tasks] == [
        (1, "召开启动会"),
        (1, "印发推进表"),
        (2, "查找风险点"),
        (2, "填写登记表"),
        (2, "公示自查结果"),
        (3, "制定措施"),
        (3, "完善制度"),
    ]


@pytest.mark.covers("S17", "S31")
def test_a_row_says_what_is_due_from_whom_to_whom(plan: PlanRow) -> None:
    read = [(d.date and d.date.code, d.deliverables, d.submitter, d.receivers, d.stage) for d in plan.deadlines]

    assert read == [
        ("2025-02-26", ("学习记录",), "各班", ("站办公室",), 1),
        ("2025-04-25", ("登记表", "自查报告"), "各班、各点", ("站监察员",), 2),
        ("2025-06-20", ("整改清单",), "各班", ("站监察员",), 3),
    ]


def test_places_of_a_table_point_into_the_raw_text(plan: PlanRow) -> None:
    assert [STAGES[task.span.start : task.span.end] for task in plan.tasks] == [task.name for task in plan.tasks]
    assert [STAGES[d.date_span.start : d.date_span.end] for d in plan.deadlines if d.date_span] == [
        "2月26日",
        "4月25日",
        "6月20日",
    ]
    assert STAGES[plan.stages[1].span.start : plan.stages[1].span.end] == "第二阶段：自查\t3月3日—4月30日"


@pytest.mark.covers("S16", "S50")
def test_a_table_of_work_gives_tasks_and_what_is_to_be_done_by_when() -> None:
    read = read_plan(WORK)

    assert [task.name for task in read.tasks] == ["修订值班制度", "建立回避台账", "开展廉洁回访"]
    assert [(d.date and d.date.code, d.deliverables, d.submitter, d.kind) for d in read.deadlines] == [
        ("2025-04-end", ("修订值班制度",), "办公室", Due.COMPLETE),
        ("2025-05-15", ("建立回避台账",), "人事科", Due.COMPLETE),
    ]


def test_lines_with_tabs_that_are_no_table_stay_prose() -> None:
    text = "\t为做好工作，制定本方案。\n甲\t乙\n各室于2021年5月7日前\t将小结报站办公室。\n"

    read = read_plan(text)

    assert read.stages == ()
    assert [(d.deliverables, d.receivers) for d in read.deadlines] == [(("小结",), ("站办公室",))]


PAPERS_WITH_DAYS = """柳湾局2026年廉政风险防控实施方案
阶段\t时间安排\t主要任务\t报送材料\t责任单位
一、动员\t2026年2月\t召开会议\t会议纪要（2月27日前报局监察室）\t各科室、各站
二、查找\t3月2日至5月29日\t逐岗查找风险\t职权目录（3月20日前）；1.风险登记表（含电子版）（4月17日前）\t各科室、各站
二、查找\t3月2日至5月29日\t审核\t风险等级表（5月1日）\t监察室
三、总结\t9月1日至11月30日\t开展自查\t自查报告、整改台账（报监察室，10月23日前）、工作总结（12月4日前），影像资料（另行通知）\t各科室、各站
四、巩固\t12月\t10月16日前将巩固方案报局办公室\t季度小结（每季度末月25日前报局办公室）\t综合科
"""


@pytest.mark.covers("S17", "S31")
def test_papers_of_a_cell_are_due_on_the_days_in_the_brackets_behind_them() -> None:
    read = read_plan(PAPERS_WITH_DAYS)

    everybody = "各科室、各站"
    assert [(d.date and d.date.code, d.deliverables, d.submitter, d.receivers, d.stage) for d in read.deadlines] == [
        ("2026-02-27", ("会议纪要",), everybody, ("局监察室",), 1),
        ("2026-03-20", ("职权目录",), everybody, (), 2),
        ("2026-04-17", ("风险登记表", "电子版"), everybody, (), 2),
        ("2026-05-01", ("风险等级表",), "监察室", (), 2),
        ("2026-10-23", ("自查报告", "整改台账"), everybody, ("监察室",), 3),
        ("2026-12-04", ("工作总结",), everybody, (), 3),
        ("2026-10-16", ("巩固方案",), "综合科", ("局办公室",), 4),
    ]


def test_such_papers_stand_at_their_own_places_and_are_told_when_late() -> None:
    read = read_plan(PAPERS_WITH_DAYS)

    assert [PAPERS_WITH_DAYS[d.span.start : d.span.end] for d in read.deadlines][1:4] == [
        "职权目录（3月20日前）",
        "风险登记表（含电子版）（4月17日前）",
        "风险等级表（5月1日）",
    ]
    told = [found.message for found in findings_of(read) if found.code in {"PRG003", "PRG004"}]
    assert any("2026年12月4日（工作总结）" in message and "晚于结束时间" in message for message in told)
    assert any("2026年5月1日" in message and "风险等级表" in message for message in told)


@pytest.mark.covers("S17")
def test_what_a_table_wants_again_and_again_is_a_duty_of_its_row() -> None:
    work = read_plan(
        "任务表\n工作任务\t牵头单位\t完成时限\n抽查执行情况\t督查室\t每季度末月20日前\n通报\t督查室\t12月底\n"
    )
    papers = read_plan(PAPERS_WITH_DAYS)

    assert [(d.cycle, d.every, d.what, d.submitter) for d in work.periodic] == [
        (Cycle.QUARTERLY, "每季度末月20日前", "抽查执行情况", "督查室")
    ]
    assert [(d.every, d.deliverables, d.submitter, d.receivers) for d in papers.periodic] == [
        ("每季度末月25日前", ("季度小结",), "综合科", ("局办公室",))
    ]
