"""A dry run over a table names every fault by sheet and cell, in Chinese, and saves nothing."""

import datetime
from typing import Any

import pytest

from lianfang.foundation.documents.cells import (
    CellFault,
    parse_date,
    parse_maybe,
    parse_whole,
    parse_yes,
    split_items,
    split_names,
)
from lianfang.foundation.documents.columns import Column, Kind, Sheet, read_cell
from lianfang.foundation.documents.levels import read_levels
from lianfang.foundation.documents.limits import Limits
from lianfang.foundation.documents.register_reading import Reading, read_register
from lianfang.foundation.documents.tables import Cell, Span, Table
from lianfang.kernel.findings import Severity
from lianfang.kernel.levels import Grade
from lianfang.registers.risks.rows import RiskDimension, Tier
from lianfang.registers.risks.sheets import RISKS as RISK_SHEET

SHEET = Sheet(
    "risks",
    "廉政风险点",
    (
        Column("number", "编号", required=True, kind=Kind.REFERENCE),
        Column("unit", "单位", ("科室",)),
        Column("risk", "风险点", required=True),
        Column("level", "风险等级", kind=Kind.GRADE),
        Column("measures", "防控措施", kind=Kind.ITEMS, many=True),
        Column("due", "完成日期", kind=Kind.DATE),
        Column("count", "次数", kind=Kind.WHOLE),
    ),
)


def read(*rows: list[Cell], limits: Limits | None = None) -> Reading:
    table = Table("一览表", [list(row) for row in rows], range(1, len(rows) + 1))
    return read_register(table, SHEET, limits or Limits())


def told(reading: Reading, severity: Severity = Severity.ERROR) -> list[tuple[str, str]]:
    return [
        (finding.place.cell if finding.place else "", finding.message)
        for finding in reading.findings
        if finding.severity is severity
    ]


def test_values_have_their_types_and_absent_columns_are_absent() -> None:
    reading = read(
        ["编号", "风险点", "风险等级", "完成日期", "次数"],
        ["ＦＸ－０１", " 走过场 ", "高风险", "２０２６年３月１日", "３次"],
    )

    assert reading.rows == [
        {
            "number": "FX-01",
            "risk": "走过场",
            "level": Grade.HIGH,
            "due": datetime.date(2026, 3, 1),
            "count": 3,
        }
    ]
    assert not reading.has_errors


def test_every_fault_is_told_with_its_cell() -> None:
    reading = read(
        ["编号", "风险点", "风险等级", "完成日期", "次数"],
        ["FX-1", "甲", "高", "2017年13月5日", "2"],
        ["FX-1", "", "很高", "2026-3-1", "若干"],
        ["", "丙", "1高1低", "2026年3月", "1"],
    )

    assert told(reading) == [
        ("A4", "“编号”不能为空。"),
        ("B3", "“风险点”不能为空。"),
        ("C3", "等级“很高”认不出，请写高、中或低。"),
        ("C4", "“1高1低”在一格里写了几个等级，请每个风险点单列一行。"),
        ("D2", "日历上没有“2017年13月5日”这一天，请核对。"),
        ("D4", "“2026年3月”缺少日，请写到某年某月某日。"),
        ("E3", "“若干”不是整数，请只写数字，例如 20。"),
        ("A3", "编号“FX-1”重复，前面第 2 行已有。"),
    ]


def test_a_foreign_word_for_a_choice_is_told_once_with_how_often_it_stands() -> None:
    heading = next(column.heading for column in RISK_SHEET.columns if column.field == "dimension")
    lines: list[list[Cell]] = [["甲", "采购管理"], ["乙", "岗位职责"], ["丙", "采购管理"], ["丁", "人事管理"]]

    reading = read_register(Table("表", [["风险点", heading], *lines], range(1, 6)), RISK_SHEET)

    faults = told(reading)
    assert [cell for cell, _ in faults] == ["B2", "B5"]
    assert faults[0][1].startswith("“采购管理”不在可选的词里；可以写：")
    assert faults[0][1].endswith("同样的还有 1 行。")
    assert "同样的" not in faults[1][1]


def test_line_numbers_that_begin_anew_in_each_part_are_no_fault() -> None:
    counted = read(["序号", "风险点"], ["1", "甲"], ["2", "乙"], ["1", "丙"])
    named = read(["序号", "风险点"], ["FX-1", "甲"], ["FX-1", "乙"])
    numbered = read(["编号", "风险点"], ["1", "甲"], ["1", "乙"])

    assert told(counted) == []
    assert [cell for cell, _ in told(named)] == ["A3"]
    assert [cell for cell, _ in told(numbered)] == ["A3"]


def test_a_missing_required_column_and_an_unknown_one_are_told() -> None:
    reading = read(["编号", "科室", "风险等级", "颜色"], ["FX-1", "污控科", "低", "蓝"])

    assert told(reading) == [("", "缺少必填的“风险点”列。")]
    assert told(reading, Severity.WARNING) == [
        ("D1", "“颜色”列在“廉政风险点”里没有对应的字段，没有读入：1 格有内容，例如“蓝”。")
    ]


def test_several_columns_of_measures_are_joined() -> None:
    reading = read(["编号", "风险点", "防控措施", "制度措施"], ["FX-1", "甲", "双人审查", "留痕；抽查"])

    assert reading.rows[0]["measures"] == ("双人审查", "留痕；抽查")


@pytest.mark.covers("S28")
def test_numbered_grades_without_a_legend_stop_the_import_with_one_finding() -> None:
    reading = read(["编号", "风险点", "风险等级"], ["FX-1", "甲", "一级"], ["FX-2", "乙", "二级"])

    assert [row["level"] for row in reading.rows] == [None, None]
    assert len(told(reading)) == 1
    assert told(reading)[0][0] == "C1"


def test_a_hopeless_file_gives_a_readable_list() -> None:
    rows: list[list[Cell]] = [["FX-1", "", "?"] for _ in range(300)]

    reading = read(["编号", "风险点", "风险等级"], *rows, limits=Limits(findings=50))

    assert len(reading.findings) == 51
    assert "没有列出" in reading.findings[-1].message


def test_a_table_without_head_is_told() -> None:
    reading = read([1.0, 2.0], [3.0, 4.0])

    assert reading.rows == []
    assert "找不到“廉政风险点”的表头" in reading.findings[0].message


@pytest.mark.covers("S87")
def test_the_wording_of_a_cell_is_kept_as_typed() -> None:
    typed = "于／与［２０１７］１号、行程性问题"

    reading = read(["编号", "风险点"], ["FX-1", typed])

    assert reading.rows[0]["risk"] == typed


@pytest.mark.parametrize(
    "typed",
    [
        "2026-03-01",
        "2026年3月1日",
        "2026.3.1",
        "2026/3/1",
        "20260301",
        46082.0,
        "46082",
        "2026年 3月 1日",
        "2026-3-1 08:30",
    ],
)
def test_dates_are_read_as_people_write_them(typed: Any) -> None:
    assert parse_date(typed) == datetime.date(2026, 3, 1)


@pytest.mark.parametrize("typed", ["三月一日", "26.3.1", "2026-02-30", "2026", "2026年3月", "12"])
def test_what_is_no_date_is_refused(typed: Any) -> None:
    with pytest.raises(CellFault):
        parse_date(typed)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("２０", 20),
        (20.0, 20),
        ("约20个工作日", 20),
        ("二十日", 20),
        ("十五", 15),
        ("三次", 3),
        ("1,200", 1200),
        ("-", None),
    ],
)
def test_whole_numbers_are_read_as_people_write_them(typed: Any, value: int | None) -> None:
    assert parse_whole(typed) == value


def test_yes_and_no_are_read_from_words_and_ticks() -> None:
    assert [parse_yes(cell) for cell in ("是", "√", "Y", 1.0, "否", "×", "", "/")] == [True] * 4 + [False] * 4
    with pytest.raises(CellFault):
        parse_yes("也许")


def test_where_yes_and_no_may_be_unknown_a_blank_is_neither() -> None:
    assert [parse_maybe(cell) for cell in ("是", "否", "", "/", False)] == [True, False, None, None, False]
    with pytest.raises(CellFault):
        parse_maybe("也许")


@pytest.mark.parametrize(
    ("typed", "items"),
    [
        ("1.双人审查 2.留痕 3.抽查", ("双人审查", "留痕", "抽查")),
        ("一是双人审查；二是留痕。", ("一是双人审查", "二是留痕。")),
        ("①甲②乙", ("甲", "乙")),
        ("（1）甲；（2）乙", ("甲", "乙")),
        ("甲\n乙\n\n丙", ("甲", "乙", "丙")),
        ("依据第 3、4条办理", ("依据第 3、4条办理",)),
        ("", ()),
    ],
)
def test_items_are_told_apart(typed: Any, items: tuple[str, ...]) -> None:
    assert split_items(typed) == items


def test_names_are_told_apart_and_kept_once() -> None:
    assert split_names("张科长、李科员，张科长  王主任") == ("张科长", "李科员", "王主任")


def merged(*rows: list[Cell], span: Span) -> Reading:
    return read_register(Table("一览表", [list(row) for row in rows], range(1, len(rows) + 1), (span,)), SHEET)


def test_a_number_merged_over_several_risks_stays_with_the_first_and_the_others_are_new() -> None:
    rows: list[list[Cell]] = [["风险编码", "风险点", "风险等级"], ["F01", "围标", "高"], ["F01", "泄密", "中"]]

    reading = merged(*rows, ["F01", "以次充好", "低"], ["F02", "白条抵库", "低"], span=Span(1, 0, 3, 0))

    assert [entry["number"] for entry in reading.rows] == ["F01", "", "", "F02"]
    assert not reading.has_errors
    hints = told(reading, Severity.HINT)
    assert ("A2", "编号“F01”合并了 3 条，只归这一条，其余 2 条由系统编号。") in hints


def test_one_risk_written_over_several_rows_keeps_its_number_and_is_a_repetition() -> None:
    rows: list[list[Cell]] = [["编号", "风险点", "防控措施"], ["F01", "围标", "公开招标"], ["F01", "围标", "专家抽取"]]

    reading = merged(*rows, span=Span(1, 0, 2, 0))

    assert [entry["number"] for entry in reading.rows] == ["F01", "F01"]
    assert ("A3", "编号“F01”重复，前面第 2 行已有。") in told(reading)


def test_the_same_number_written_twice_is_a_repetition_whatever_the_rows_say() -> None:
    reading = read(["编号", "风险点"], ["F01", "围标"], ["F01", "泄密"])

    assert [message for _, message in told(reading)] == ["编号“F01”重复，前面第 2 行已有。"]


def test_a_risk_step_is_a_grade_and_no_level_of_lists() -> None:
    table = Table("一览表", [["风险点", "风险级次"], ["走过场", "高"], ["收礼", "低"]], range(1, 4))

    reading = read_register(table, RISK_SHEET)

    assert reading.columns["grade"] == [Grade.HIGH, Grade.LOW]
    assert "tier" not in reading.given


QUOTED = [
    "“三重一大”",
    '"三重一大"',
    "＂三重一大＂",
    "「三重一大」",
    "『 三重一大 』",
    "‘三重一大’",
    "“三重一大”事项",
    " “ 三 重 一 大 ” ",
]


@pytest.mark.covers("S26")
@pytest.mark.parametrize("typed", [*QUOTED, "《三重一大》", " “ 三 重 一 大 ” "])
def test_a_choice_is_read_without_its_quotation_marks(typed: str) -> None:
    dimension = RISK_SHEET.column("dimension")

    assert read_cell(dimension, typed) is RiskDimension.MAJOR


def test_other_flags_in_quotation_marks_and_full_width_are_read_too() -> None:
    flag = Column("three_major", "三重一大", kind=Kind.YES)

    assert [read_cell(flag, typed) for typed in ("“是”", "「√」", "Ｙ", "‘否’", "＂是＂")] == [
        True,
        True,
        True,
        False,
        True,
    ]
    assert read_cell(RISK_SHEET.column("tier"), "“岗位级”") is Tier.POST
    assert read_levels(["「高」", "‘中’", "“低”"]).levels == (Grade.HIGH, Grade.MEDIUM, Grade.LOW)


def test_a_refused_word_is_shown_as_it_was_typed() -> None:
    with pytest.raises(CellFault, match="“「三大」”"):
        read_cell(RISK_SHEET.column("dimension"), "「三大」")


@pytest.mark.parametrize(
    ("typed", "items"),
    [
        ("①监督缺位②制度空转", ("监督缺位", "制度空转")),
        ("1.单人核查2.没有影像", ("1.单人核查2.没有影像",)),
        ("1.单人核查", ("单人核查",)),
        ("1.依据第2.1条审批", ("依据第2.1条审批",)),
    ],
)
def test_numbers_glued_to_what_they_count_are_never_half_taken_away(typed: str, items: tuple[str, ...]) -> None:
    assert split_items(typed) == items
