"""Tables inside plans: stages, tasks and deadlines that stand in cells, with their places in the text."""

from __future__ import annotations

import pytest

from lianfang.programme.plans.reader import read_plan
from lianfang.programme.plans.rows import Due, PlanRow

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
