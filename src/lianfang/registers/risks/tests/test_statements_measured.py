"""RSK001 held against sentences written for the purpose: how many it flags rightly, and how many of the empty it hears.

``first.csv`` was at hand while the rule was written, ``hard.csv`` too (long empty sentences, short full ones);
``held_out.csv`` was not looked at until the rule stood. ``acts.csv`` and ``acts_held_out.csv`` are short sentences in
common words, some with a deed and some without, kept apart in the same way when deeds were told apart. Every sentence
says by itself which side it is on: 实 tells who does what and what comes of it, 虚 could stand on any post.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from lianfang.registers.risks.rows import RiskRow, Tier
from lianfang.registers.risks.rules.deeds import deeds_told
from lianfang.registers.risks.rules.examples import RISK
from lianfang.registers.risks.rules.statements import statement_without_actor_act_benefit

SENTENCES = Path(__file__).parent / "statements"
ENOUGH = 0.95


def _risk(line: dict[str, str]) -> RiskRow:
    risk = replace(RISK, statement=line["风险点"])
    return risk if line["岗位级"] == "是" else replace(risk, tier=Tier.SECTION, post="")


@pytest.mark.covers("S54", "S84")
@pytest.mark.parametrize("name", ["first", "hard", "held_out"])
def test_empty_statements_are_heard_and_full_ones_left_alone(name: str) -> None:
    with (SENTENCES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))

    flagged = [line["实虚"] for line in lines if any(statement_without_actor_act_benefit([_risk(line)]))]

    empty = sum(line["实虚"] == "虚" for line in lines)
    assert min(empty, len(lines) - empty) >= 30
    assert flagged.count("虚") / len(flagged) >= ENOUGH
    assert flagged.count("虚") / empty >= ENOUGH


@pytest.mark.covers("S54")
@pytest.mark.parametrize("name", ["acts", "acts_held_out"])
def test_a_deed_in_common_words_is_a_deed_and_an_attitude_is_none(name: str) -> None:
    with (SENTENCES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))

    flagged = [line for line in lines if any(statement_without_actor_act_benefit([_risk(line)]))]

    told = [line["风险点"] for line in lines if line["实虚"] == "实"]
    assert len(told) >= 15
    assert len(lines) - len(told) >= 15
    assert [line["风险点"] for line in flagged if line["实虚"] == "实"] == []
    assert len(flagged) >= ENOUGH * (len(lines) - len(told))


@pytest.mark.parametrize(
    "text",
    [
        "收受礼金",
        "工作人员收受礼金",
        "违规发放补贴",
        "负责人安排工作不合理",
        "检测人员出具报告不准确",
        "检查人员存在受贿风险",
    ],
)
def test_verbs_in_a_phrase_that_fits_everybody_make_no_deed(text: str) -> None:
    assert deeds_told([text]) == 0


@pytest.mark.parametrize("text", ["检查人员", "检查人员收受", "接受管理对象", "科员收员收要", "主任指定指定指定"])
def test_a_phrase_said_a_thousand_times_takes_time_in_proportion(text: str) -> None:
    # Time that grew with the square would never end here.
    assert deeds_told([text * 100_000]) == 0
