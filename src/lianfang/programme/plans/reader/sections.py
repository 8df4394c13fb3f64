"""What a section is for, told by its title: the steps, the tasks, the aims, the guarantees."""

from __future__ import annotations

import enum
import re

from lianfang.programme.plans.reader.outline import Node


class Purpose(enum.Enum):
    """The parts that plans of every kind are made of."""

    AIMS = "aims"
    STEPS = "steps"
    TASKS = "tasks"
    GUARANTEES = "guarantees"
    OTHER = "other"
    UNKNOWN = "unknown"


_SIGNS: tuple[tuple[Purpose, re.Pattern[str]], ...] = (
    (
        Purpose.STEPS,
        re.compile(
            r"步骤|步聚|阶段|进度|进程|日程|时间|(?:具体|工作|实施|推进|活动|总体|有关|任务)安排|安排(?:部署)?$|时序|分步|方法和程序|工作流程|工作程序|实施(?:程序|过程)"
        ),
    ),
    (
        Purpose.AIMS,
        re.compile(r"指导思想|目标|原则|总体要求|总体思路|背景|意义|依据|必要性|重要性|\A[^,]{0,8}认识$|范围|对象"),
    ),
    (
        Purpose.GUARANTEES,
        re.compile(
            r"要求|保障|组织(?:领导|机构|实施|管理)|加强领导|领导小组|机构\Z|纪律|责任分工|奖惩|附则"
            r"|(?:监督|督[查导促]|考核)(?:检查|考核|指导|问责|评价|验收|管理)?\Z|(?:监督|督[查导促])(?:检查|考核|指导|问责)"
        ),
    ),
    (
        Purpose.TASKS,
        re.compile(r"任务|措施|内容|重点|事项|工作|职责|举措|做法|管理|建设|推进|推行|加强|开展|建立|完善"),
    ),
)


_AIM = re.compile(
    r"[^,。]{0,6}(?:指导思想|总体思路|目标(?:任务|要求)?|原则|总体要求|意义|背景|范围|对象|必要性|重要性)(?:和[^,]{2,6})?\Z"
)


def is_aim(title: str) -> bool:
    """Whether a heading inside a section states an aim or a principle, not something to do."""
    return bool(_AIM.match(title))


def purpose_of(title: str) -> Purpose:
    """The purpose that a section's own title announces."""
    title = title[:30]
    return next((purpose for purpose, sign in _SIGNS if sign.search(title)), Purpose.OTHER)


def section_of(node: Node) -> Purpose:
    """The purpose of the section a heading stands in, ``UNKNOWN`` when the text begins below it."""
    for above in node.above():
        purpose = purpose_of(above.title)
        if purpose is not Purpose.OTHER:
            return purpose
    return Purpose.OTHER if node.parent else Purpose.UNKNOWN
