"""Grades inside a column of risks are read where the heading says that they stand there."""

from __future__ import annotations

from typing import Any

import pytest

from lianfang.foundation.documents.sheet_read import read_sheet


def read(*lines: str) -> dict[str, Any]:
    return read_sheet("\n".join(lines).encode())


def levels(answer: dict[str, Any]) -> list[object]:
    return [row.get("level") for row in answer["rows"]]


def test_stars_before_risks_are_their_grades_and_several_different_ones_are_counted() -> None:
    answer = read(
        "岗位,廉洁风险点及等级,防范措施",
        "招生岗,★★★泄露考题；★★违规录取；★★漏审材料,阳光招生",
        "维修岗,★★虚报工程量；★★多报材料,现场核量",
        "采编岗,★指定书商,公开招标",
        "门卫岗,没有发现,教育提醒",
    )

    assert answer["columns"]["廉洁风险点及等级"] == "risk"
    assert levels(answer) == ["1高2中", "MEDIUM", "LOW", None]
    assert answer["levels_ambiguous"] is False


def test_words_in_brackets_behind_risks_are_their_grades_and_other_brackets_none() -> None:
    answer = read("权力事项,风险点（等级）,责任人", "采购,围标（高）,甲", "验收,走过场【低风险】（详见附件）,乙")

    assert levels(answer) == ["HIGH", "LOW"]


@pytest.mark.covers("S28")
@pytest.mark.parametrize(("first", "second"), [("★围标", "★★泄密"), ("围标（一级）", "泄密（三级）")])
def test_marks_whose_order_nobody_tells_are_ambiguous(first: str, second: str) -> None:
    answer = read("岗位,廉政风险点及等级,责任人", f"采购岗,{first},甲", f"验收岗,{second},乙")

    assert answer["levels_ambiguous"] is True
    assert levels(answer) == [None, None]
    assert [finding["place"] for finding in answer["findings"] if finding["code"] == "IMP022"] == [
        "工作表“表格”第 1 行“廉政风险点及等级”列（B1）"
    ]


def test_a_legend_below_orders_the_marks() -> None:
    answer = read("岗位,风险点及等级,责任人", "采购岗,★围标,甲", "验收岗,★★泄密,乙", "注：★为高风险、★★为中风险,,")

    assert levels(answer) == ["HIGH", "MEDIUM"]


def test_a_column_of_grades_of_its_own_goes_before_the_marks() -> None:
    answer = read("风险点及等级,风险等级,责任人", "★★★围标,低,甲", "★走过场,高,乙")

    assert levels(answer) == ["LOW", "HIGH"]


def test_a_heading_that_names_no_grades_leaves_stars_and_brackets_alone() -> None:
    answer = read("岗位,风险点,责任人", "采购岗,★围标（高）,甲")

    assert "level" not in answer["rows"][0]
