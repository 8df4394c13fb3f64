"""How complete a power is: eight fields, each judged by the rules that judge it elsewhere."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest

from lianfang.registers.laws.rules import LawIndex
from lianfang.registers.powers.rows import LimitUnit, PowerCategory, PowerRow, PowerStep, TimeLimit
from lianfang.registers.powers.rules.completeness import FIELDS, Completeness, completeness
from lianfang.registers.powers.rules.examples import LAWS, PENALTY, SEAL

TODAY = datetime.date(2026, 8, 20)
INDEX = LawIndex.of(LAWS)


def judged(power: PowerRow) -> Completeness:
    return completeness(power, INDEX, TODAY)


def gaps(power: PowerRow) -> dict[str, str]:
    return {gap.field: gap.why for gap in judged(power).gaps}


@pytest.mark.covers("S20")
@pytest.mark.parametrize("power", [PENALTY, SEAL])
def test_a_power_with_all_eight_fields_is_complete(power: PowerRow) -> None:
    found = judged(power)

    assert (found.filled, found.total, found.is_complete) == (8, 8, True)


@pytest.mark.covers("S20")
def test_a_power_of_which_only_the_name_is_written_scores_one() -> None:
    found = judged(PowerRow(number="QL-9", unit="U02", name="公章管理"))

    assert found.filled == 1
    assert [gap.field for gap in found.gaps] == [field for field in FIELDS if field != "name"]


@pytest.mark.covers("S20")
@pytest.mark.parametrize("said", ["", "无", "详见", "详见附件1", "按规定", "按相关规定执行"])
@pytest.mark.parametrize("field", FIELDS)
def test_a_placeholder_counts_as_little_as_nothing(field: str, said: str) -> None:
    typed: dict[str, Any] = {"basis": (said,), "steps": (PowerStep(said),), "time_limit": TimeLimit.read(said)}
    changed = {field: typed.get(field, said)}

    assert gaps(replace(PENALTY, **changed)) == {field: "为空或只是套话。"}


@pytest.mark.parametrize(
    ("basis", "why"),
    [
        ("《行政处罚法》", "《行政处罚法》没有写到条。"),
        ("《示例旧法》第十条", "《示例旧法》已自2020年1月1日起废止。"),
        ("《没有登记的条例》第三条", "“没有登记的条例”不在法规库中。"),
        ("三定", "没有写出文件名称。"),
    ],
)
def test_a_basis_counts_from_an_article_of_a_law_in_force(basis: str, why: str) -> None:
    assert gaps(replace(PENALTY, basis=(basis,))) == {"basis": why}


def test_one_basis_that_holds_is_enough() -> None:
    power = replace(PENALTY, basis=("《示例旧法》第十条", *PENALTY.basis))

    assert judged(power).is_complete


def test_a_law_counts_only_on_the_days_on_which_it_is_in_force() -> None:
    before = completeness(PENALTY, INDEX, datetime.date(2021, 7, 14))

    assert [gap.why for gap in before.gaps] == ["《中华人民共和国行政处罚法》自2021年7月15日起才施行。"]


@pytest.mark.covers("S20")
@pytest.mark.parametrize(
    ("limit", "why"),
    [
        (TimeLimit.read("尽快办理"), "“尽快办理”没有写明数量和单位。"),
        (TimeLimit(90, LimitUnit.DAY), "“90日”没有写明从何时起算。"),
    ],
)
def test_a_time_limit_counts_when_it_is_typed(limit: TimeLimit, why: str) -> None:
    assert gaps(replace(PENALTY, time_limit=limit)) == {"time_limit": why}


@pytest.mark.parametrize(
    "said", ["当场办结", "当天", "当日办结", "随到随办", "即到即办", "法律未规定期限，本局控制在三十日内", "20个工作日"]
)
def test_at_once_and_a_reason_why_there_is_no_limit_are_limits(said: str) -> None:
    power = replace(PENALTY, category=PowerCategory.INSPECTION, time_limit=TimeLimit.read(said))

    assert judged(power).is_complete


def test_supervision_counts_from_a_body_and_a_channel() -> None:
    assert gaps(replace(PENALTY, supervision="自觉接受社会各界监督")) == {"supervision": "没有写明监督机构和监督渠道。"}
