"""What a plan lists as tasks when its items are whole sentences, inline lists, unit headings or bare announcements."""

from __future__ import annotations

import pytest

from lianfang.programme.plans.reader import read_plan

HEAD = "三、实施步骤\n（一）启动阶段（3月1日至3月20日）。"


def _tasks(text: str) -> list[str]:
    return [task.name for task in read_plan(text).tasks]


@pytest.mark.covers("S16")
def test_items_counted_with_words_are_tasks_though_each_begins_a_line_of_its_own() -> None:
    text = f"{HEAD}一是召开启动会。各股派人参加。\n  二是逐村摸底，登记成册。\n  三是编发简报。\n"

    assert _tasks(text) == ["召开启动会", "逐村摸底,登记成册", "编发简报"]


@pytest.mark.covers("S16")
@pytest.mark.parametrize(
    ("item", "task"),
    [
        ("各股室要逐项核对台账，查找不足。年底归档。", "逐项核对台账"),
        (
            "各站所、各股按照本方案，结合各自实际和上年查出的事项，制订本站本股的巡查计划，明确人员和日程。",
            "制订本站本股的巡查计划",
        ),
        (
            "开展“早到十分钟，晚走十分钟”等多种形式的窗口服务提升体验活动。",
            "开展“早到十分钟,晚走十分钟”等多种形式的窗口服务提升体验活动",
        ),
        (
            "采取边走访边登记的办法，对走访中发现的设施缺失逐处登记造册并拍照留存，随后汇总上图，逐月更新到位。",
            "对走访中发现的设施缺失逐处登记造册并拍照留存",
        ),
        (
            "4月2日~6日，县林业站下发《关于开展古树登记的通知》（以下简称《通知》），各村照办。",
            "下发《关于开展古树登记的通知》",
        ),
        (
            "4月7日~9日，各镇（街）林业站、国有林场县域分公司以及“护绿于民”承包企业制订本镇登记工作计划，训练人员。",
            "制订本镇登记工作计划",
        ),
        ("各站所要设立“清风热线”并向社会公布，安排专人接听。夜间转值班室。", "设立“清风热线”并向社会公布"),
    ],
)
def test_a_sentence_is_named_by_what_it_asks_for(item: str, task: str) -> None:
    assert _tasks(f"{HEAD}\n1.{item}\n2.组织一次演练。\n")[0] == task


@pytest.mark.covers("S16")
def test_a_heading_that_lists_units_is_no_task() -> None:
    text = "（五）各镇政府和街道办事处。落实属地责任。\n（六）县水利局、县林业局。负责技术指导。\n"

    assert _tasks(text) == []


@pytest.mark.covers("S16")
def test_measures_under_a_bare_heading_are_the_tasks() -> None:
    steps = "五、步骤和措施\n（一）步骤。分两步。\n1.启动阶段（3月）。发动各站。\n2.总结阶段（4月）。汇总各站情况。\n"
    text = f"{steps}（二）工作措施。\n1.建立走访机制。按月走访。\n2.建立会商机制。按季会商。\n"

    assert _tasks(text) == ["建立走访机制", "建立会商机制"]


@pytest.mark.covers("S16")
def test_measures_numbered_through_the_sections_include_those_of_a_section_that_also_speaks_of_insight() -> None:
    first = "一、建好队伍，落实责任\n1.成立专班。明确分工。\n"
    text = f"{first}二、加强宣讲，统一认识\n2.召开启动会。逐级发动。\n3.张贴告示。每村一张。\n"

    assert _tasks(text) == ["成立专班", "召开启动会", "张贴告示"]


@pytest.mark.covers("S16")
def test_a_sentence_of_deeds_only_is_one_task() -> None:
    item = "组织摸底,起草印发《古树登记办法》"

    assert _tasks(f"{HEAD}\n1.{item}。\n2.组织一次演练。\n")[0] == item


@pytest.mark.covers("S16")
def test_measures_behind_the_stages_make_sure_of_the_tasks_and_are_none() -> None:
    tasks = "二、重点任务\n（一）清运堆料。\n（二）补种行道树。\n"
    steps = "三、组织实施\n（一）发动（2023年4月6日）。\n（二）清理（2023年4月7日-9月底）。\n"
    text = f"{tasks}{steps}四、工作措施\n（一）加强领导。\n（二）加强协调。\n"

    assert _tasks(text) == ["清运堆料", "补种行道树"]


@pytest.mark.covers("S16")
def test_a_torn_page_keeps_the_steps_of_a_stage_whose_heading_is_lost() -> None:
    text = "2.初核（8月3日至8月12日）。逐站核对。\n3.复核（8月13日至9月20日）。逐株复核。\n（三）公布阶段\n上网公布。\n"

    assert _tasks(text) == ["初核", "复核"]


def test_a_word_broken_before_one_opens_no_section() -> None:
    text = "（一）编号。\n每株取得唯\n一、固定的编号，登记造册。\n（二）挂牌。\n逐株挂牌。\n"

    assert _tasks(text) == ["编号", "挂牌"]


@pytest.mark.covers("S16")
def test_a_page_from_the_middle_of_one_list_gives_its_items() -> None:
    text = (
        "3、清查古树，分级保护。逐镇清查古树的数量、位置和长势。\n4、设立标牌，公开责任。每株写明养护单位和联系办法。\n"
    )

    assert _tasks(text) == ["清查古树,分级保护", "设立标牌,公开责任"]


def test_a_torn_list_of_bare_names_is_no_list_of_tasks() -> None:
    assert _tasks("3、林业站。\n4、水利站。\n") == []


@pytest.mark.covers("S16")
def test_steps_before_the_third_stage_of_a_torn_page_are_tasks_beside_those_of_the_stage() -> None:
    torn = "1、召开评议会。分片召开，听取意见。\n2、公布名次。张榜公布。\n"
    text = f"{torn}第三阶段：整改落实（2009年7月至8月）。\n1、制定整改方案。逐条整改。\n2、解决难题。限期解决。\n"

    assert _tasks(text) == ["召开评议会", "公布名次", "制定整改方案", "解决难题"]


@pytest.mark.covers("S16")
def test_principles_at_the_head_of_a_torn_page_are_no_tasks() -> None:
    text = "（四）统筹兼顾，稳步推进。处理好当前和长远的关系。\n三、清理范围\n（一）全县岗位。\n"
    text += "四、主要任务\n（一）清理岗位。\n"

    assert [task.name for task in read_plan(text).tasks] == ["清理岗位"]


def test_standing_duties_of_bodies_are_no_tasks() -> None:
    text = "一、明确工作职责\n（一）各镇司法所负责督促站所履行主体责任。\n（二）站所应根据合同开展检查。\n"
    text += "二、管理措施\n（一）建立设备台账。\n（二）开展专项检查。\n"

    assert [task.name for task in read_plan(text).tasks] == ["建立设备台账", "开展专项检查"]


def test_a_title_ends_where_its_sentence_begins_though_the_line_break_between_them_is_lost() -> None:
    text = "三、工作任务（一）设备登记（1）制作设备卡：由办公室统一制作。（2）张贴设备卡：由各站张贴。"
    text += "（二）现场查验结合台账抽查重点岗位，对发现的问题逐项登记，做到有据可查。四、工作要求各站要高度重视。"
    text += "五、组织领导成立工作小组，由分管领导任组长，定期听取各站工作情况。"

    plan = read_plan(text)

    assert [task.name for task in plan.tasks] == ["设备登记", "现场查验"]
    assert [text[task.span.start : task.span.end] for task in plan.tasks][1].endswith("现场查验")
