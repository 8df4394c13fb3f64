"""RSK001 held against sentences written for the purpose: how many it flags rightly, and how many of the empty it hears.

``first.csv`` was at hand while the rule was written, ``hard.csv`` too (long empty sentences, short full ones);
``held_out.csv`` was not looked at until the rule stood. Every sentence says by itself which side it is on: 实 tells
who does what and what comes of it, 虚 could stand on any post.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from lianfang.registers.risks.rows import RiskRow, Tier
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
