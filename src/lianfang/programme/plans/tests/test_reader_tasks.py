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
