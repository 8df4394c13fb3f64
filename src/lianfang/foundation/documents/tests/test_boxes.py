"""Tables drawn with lines in plain text are read like any other: broken sentences mended, merged cells filled."""

from __future__ import annotations

import pytest

from lianfang.foundation.documents.limits import WEB
from lianfang.foundation.documents.readers.delimited import read_text
from lianfang.foundation.documents.sheet_read import read_sheet
from lianfang.foundation.documents.tables import Cell, Table
from lianfang.kernel.errors import Invalid

FRAMED = """某局廉政风险点一览表

┌──┬──────┬────┬──────┐
│序号│  风险点    │风险等级│ 防控措施   │
├──┼──────┼────┼──────┤
│ 1  │检查前向企业│   高   │1.名单当日派│
│    │透露时间    │        │发          │
│    │            │        │2.科长复核  │
├──┼──────┼────┼──────┤
│ 2  │少记转移数量│   中   │逐车核对    │
└──┴──────┴────┴──────┘
注：一级为最高。
"""
NARROW = """
┌────┬────────────┬────┐
│序号│风险点      │等级│
├────┼────────────┼────┤
│1   │透露时间    │高  │
│2   │少记数量    │中  │
│    │换取好处    │    │
└────┴────────────┴────┘
"""
PLUSES = """
+------+------------+------+
| 序号 | 风险点     | 等级 |
+======+============+======+
| 1    | 透露时间   | 高   |
+------+------------+------+
| 2    | 少记数量   | 中   |
+------+------------+------+
"""
MERGED = """
┌──────┬──────┬────┐
│ 科室       │  风险点    │ 等级   │
├──────┼──────┼────┤
│ 污控科     │透露时间    │ 高     │
│            ├──────┼────┤
│            │少记数量    │ 中     │
├──────┼──────┼────┤
│ 大队       │代签        │ 低     │
└──────┴──────┴────┘
"""


def only_table(text: str) -> Table:
    (table,) = read_text(text, WEB).tables
    return table


def test_broken_sentences_are_mended_and_numbered_items_stay_lines() -> None:
    table = only_table(FRAMED)

    assert table.rows == [
        ["序号", "风险点", "风险等级", "防控措施"],
        ["1", "检查前向企业透露时间", "高", "1.名单当日派发\n2.科长复核"],
        ["2", "少记转移数量", "中", "逐车核对"],
    ]
    assert list(table.numbers) == [4, 6, 10]
    assert table.captions == ("某局廉政风险点一览表",)
    assert table.remarks == ("注：一级为最高。",)


def test_where_only_the_head_is_framed_every_line_with_a_number_begins_a_row() -> None:
    assert only_table(NARROW).rows == [
        ["序号", "风险点", "等级"],
        ["1", "透露时间", "高"],
        ["2", "少记数量换取好处", "中"],
    ]


def test_pluses_and_dashes_draw_a_table_too() -> None:
    assert only_table(PLUSES).rows == [["序号", "风险点", "等级"], ["1", "透露时间", "高"], ["2", "少记数量", "中"]]


def test_a_cell_beside_several_rows_belongs_to_each_of_them() -> None:
    assert only_table(MERGED).rows[1:] == [
        ["污控科", "透露时间", "高"],
        ["污控科", "少记数量", "中"],
        ["大队", "代签", "低"],
    ]


def test_a_heading_over_two_columns_belongs_to_both() -> None:
    text = """
┌──┬────────────┐
│序号│        风险点          │
│    ├──────┬─────┤
│    │  表现      │  等级    │
├──┼──────┼─────┤
│ 1  │透露时间    │   高     │
└──┴──────┴─────┘
"""

    assert only_table(text).rows == [["序号", "风险点", "风险点"], ["序号", "表现", "等级"], ["1", "透露时间", "高"]]


def test_pluses_and_dashes_within_a_cell_are_text() -> None:
    text = "┌──┬────┐\n│等级│措施  │\n├──┼────┤\n│ —— │甲+乙 │\n└──┴────┘\n"

    assert only_table(text).rows == [["等级", "措施"], ["——", "甲+乙"]]


def test_two_drawn_tables_are_two_tables() -> None:
    names = [table.name for table in read_text(f"{NARROW}\n附：\n{MERGED}", WEB).tables]

    assert names == ["第 1 个表格", "第 2 个表格"]


@pytest.mark.parametrize(("text", "count"), [(FRAMED, 2), (NARROW, 2), (PLUSES, 2), (MERGED, 3)])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_drawn_list_of_risks_is_recognised_with_its_grades(text: str, count: int, encoding: str) -> None:
    read = read_sheet(text.encode(encoding))

    rows = read["rows"]
    assert isinstance(rows, list)
    assert read["register"] == "risks"
    assert len(rows) == count
    assert [row["level"] for row in rows[:2]] == ["HIGH", "MEDIUM"]


def test_text_with_a_rule_and_no_table_stays_text() -> None:
    assert read_text("通知\n────────\n请于周五到会。\n", WEB).tables == ()


def test_a_drawn_table_with_too_many_columns_is_refused() -> None:
    wide: list[Cell] = ["x"] * 70
    line = "│" + "│".join(map(str, wide)) + "│"
    rule = "├" + "┼".join("─" for _ in wide) + "┤"

    with pytest.raises(Invalid, match="60 列"):
        read_text(f"{rule}\n{line}\n{rule}\n{line}\n{rule}\n", WEB)
