"""How much of a sentence is its own: set phrases and verdicts count nothing, and repeating them costs nothing much."""

from __future__ import annotations

import time

import pytest

from lianfang.foundation.lint.concreteness import CLAUSE, specific_length


@pytest.mark.parametrize(
    "clause",
    [
        "思想认识不到位",
        "在行政审批工作中可能存在廉政风险",
        "利用职务上的便利为他人谋取不正当利益",
        "收受服务对象礼品、礼金和有价证券",
        "违反有关规定，造成不良影响",
        "以权谋私、优亲厚友、吃拿卡要",
    ],
)
def test_what_could_stand_on_any_post_counts_for_nothing(clause: str) -> None:
    assert sum(map(specific_length, CLAUSE.split(clause))) == 0


@pytest.mark.parametrize(
    ("clause", "least"),
    [
        ("夜查前把路线发给砖厂", 8),
        ("收受司机递来的购物卡后挪动采样点", 9),
        ("在工作中替考生改分", 4),
        ("库房少收三箱疫苗", 6),
    ],
)
def test_what_only_this_place_could_say_is_counted(clause: str, least: int) -> None:
    assert specific_length(clause) >= least


@pytest.mark.parametrize("phrase", ["影响", "严重", "违反有关", "收受或者", "未真正", "谋取个人", "在工作"])
def test_a_phrase_said_a_thousand_times_takes_time_in_proportion(phrase: str) -> None:
    def seconds(times: int) -> float:
        began = time.process_time()
        specific_length(phrase * times)
        return time.process_time() - began

    few, many = min(seconds(2_000) for _ in range(3)), min(seconds(16_000) for _ in range(3))

    assert many < 24 * max(few, 0.001)
