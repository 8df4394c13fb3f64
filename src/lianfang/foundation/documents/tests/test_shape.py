"""The list inside a table is found under titles, two-row heads, totals, notes and repeated headings."""

import pytest

from lianfang.foundation.documents.cards import from_paragraphs, laid_across
from lianfang.foundation.documents.shape import Listing, listing
from lianfang.foundation.documents.tables import Cell, Table


def table(*rows: list[Cell]) -> Table:
    width = max(map(len, rows))
    filled = [row + [""] * (width - len(row)) for row in rows]
    return Table("表", filled, range(1, len(filled) + 1))


def found(*rows: list[Cell]) -> Listing:
    result = listing(table(*rows))
    assert result is not None
    return result


def test_titles_and_the_line_of_unit_and_date_are_passed_over() -> None:
    result = found(
        ["某局廉政风险点一览表", "", "", ""],
        ["填报单位：某局", "", "填报日期：2026年3月", ""],
        ["序号", "风险点", "风险等级", "防控措施"],
        ["1", "审查走过场", "高", "双人审查"],
    )

    assert result.headings == ("序号", "风险点", "风险等级", "防控措施")
    assert result.rows == [["1", "审查走过场", "高", "双人审查"]]
    assert result.above == ("某局廉政风险点一览表", "填报单位：某局", "填报日期：2026年3月")
    assert result.place(0, 2).cell == "C4"


@pytest.mark.parametrize(
    "head",
    [
        [["序号", "职权名称", "", "职权依据"], ["", "项目", "子项", ""]],
        [["序号", "职权名称", "职权名称", "职权依据"], ["序号", "项目", "子项", "职权依据"]],
    ],
)
def test_two_head_rows_become_one_heading_a_column(head: list[list[Cell]]) -> None:
    result = found(*head, ["1", "排污许可", "", "某法"], ["2", "处罚", "", "某条例"])

    assert result.headings == ("序号", "职权名称-项目", "职权名称-子项", "职权依据")
    assert len(result.rows) == 2


def test_three_head_rows_become_one_heading_a_column() -> None:
    result = found(
        ["序号", "风险", "风险", "风险", "措施"],
        ["序号", "名称", "等级", "等级", "措施"],
        ["序号", "名称", "自评", "审定", "措施"],
        ["1", "走过场", "高", "中", "留痕"],
    )

    assert result.headings == ("序号", "风险-名称", "风险-等级-自评", "风险-等级-审定", "措施")


def test_a_merged_heading_over_entries_is_not_taken_for_two_head_rows() -> None:
    result = found(["序号", "风险点", "风险点", "措施"], ["1", "甲", "甲之二", "一"], ["2", "乙", "乙之二", "二"])

    assert len(result.rows) == 2


def test_totals_notes_sections_blanks_and_repeated_heads_are_left_out_and_told() -> None:
    result = found(
        ["序号", "风险点", "措施"],
        ["一、办公室", "", ""],
        ["1", "甲", "一"],
        ["序号", "风险点", "措施"],
        ["", "", ""],
        ["2", "乙", "二"],
        ["……", "……", "……"],
        ["合计", "2", ""],
        ["注：等级由局党组会审定。", "", ""],
        ["填表人：某某", "", "联系电话：略"],
    )

    assert [row[1] for row in result.rows] == ["甲", "乙"]
    assert [why for _, why in result.left_out] == ["分节标题", "重复的表头", "合计行", "注释行", "注释行"]
    assert result.sections == ((0, "一、办公室"),)
    assert "注：等级由局党组会审定。" in result.titles


@pytest.mark.parametrize(
    "closing",
    [
        ["分管领导：某某", "经办人：某某", "2026年3月"],
        ["主要负责人（签字）：", "", ""],
        ["本人签字", "", "部门审核意见"],
        ["第 1 页，共 3 页", "", ""],
        ["（以下空白）", "", ""],
        ["纪检组长(签章)：", "", "年  月  日"],
    ],
)
def test_signatures_and_page_marks_below_the_entries_are_left_out(closing: list[Cell]) -> None:
    result = found(["风险点", "风险等级", "防控措施"], ["换样", "高", "封样"], closing)

    assert [row[0] for row in result.rows] == ["换样"]


@pytest.mark.parametrize(
    "counted", [["1", "2", "3"], [1, 2, 3], ["甲", "乙", "丙"], ["（1）", "（2）", "（3）"], ["A", "B", "C"]]
)
def test_a_row_that_only_counts_the_columns_is_left_out(counted: list[Cell]) -> None:
    result = found(["序号", "风险点", "防控措施"], counted, ["1", "换样", "封样"])

    assert [row[1] for row in result.rows] == ["换样"]
    assert result.left_out == ((1, "栏次行"),)


def test_a_department_with_a_count_in_the_number_column_is_a_section() -> None:
    result = found(["序号", "事项名称", "依据"], ["部门：某某局（12项）", "", ""], ["1", "甲", "某法"])

    assert result.sections == ((0, "部门：某某局（12项）"),)


def test_a_title_above_a_repeated_head_is_no_entry() -> None:
    head: list[Cell] = ["风险点", "风险 等级", "防控措施"]
    result = found(
        head, ["换样", "高", "封样"], ["乙科清单", "", ""], ["风险点", "风险等级", "防控措施"], ["漏采", "低", "打卡"]
    )

    assert [row[0] for row in result.rows] == ["换样", "漏采"]


def test_an_entry_with_only_its_first_cell_filled_is_kept() -> None:
    result = found(["风险点", "风险等级", "防控措施"], ["1、甲", "高", "一"], ["2、乙", "", ""])

    assert len(result.rows) == 2


def test_a_word_alone_in_the_number_column_is_a_section() -> None:
    result = found(
        ["序号", "事项名称", "依据"], ["行政许可", "", ""], ["1", "甲", "某法"], ["2", "", ""], ["3", "乙", "某法"]
    )

    assert [row[0] for row in result.rows] == ["1", "2", "3"]
    assert result.sections == ((0, "行政许可"),)


@pytest.mark.parametrize("numbers", [["2", "3"], [2, 3]])
def test_the_numbered_lines_of_a_form_that_nobody_filled_are_no_entries(numbers: list[Cell]) -> None:
    unfilled = [[number, "", ""] for number in numbers]
    result = found(["序号", "风险点", "措施"], ["1", "甲", "一"], *unfilled, ["填表人：某某", "", ""])

    assert result.rows == [["1", "甲", "一"]]
    assert result.left_out == ((4, "注释行"),)


def test_an_entry_that_speaks_of_one_field_in_every_cell_is_not_taken_for_the_head() -> None:
    result = found(
        ["业务流程", "风险描述", "控制目标", "控制活动", "表单"],
        ["收费立项", "收费项目未经审批", "明确收费标准", "收费前报批", "收费申请表"],
        ["票据管理", "票据遗失", "账实相符", "按月盘点", "盘点表"],
    )

    assert result.headings[0] == "业务流程"
    assert len(result.rows) == 2


def test_headings_between_which_stand_some_that_nobody_keeps_are_no_form() -> None:
    rows: list[list[Cell]] = [
        ["序号", "检查领域", "检查事项", "检查对象", "发起部门", "配合部门", "实施层级"],
        ["1", "学校", "招生检查", "培训机构", "教育局", "市监局", "区级"],
        ["2", "旅馆", "消防检查", "旅馆", "公安局", "住建局", "区级"],
    ]

    assert laid_across(table(*rows)) is None


def test_a_table_of_numbers_has_no_head() -> None:
    assert listing(table([1.0, 2.0], [3.0, 4.0])) is None


def test_records_written_downwards_are_laid_across() -> None:
    cards = table(
        ["职权名称", "排污许可"],
        ["职权类型", "行政许可"],
        ["法定主体", "某局"],
        ["责任事项", "受理"],
        ["责任事项", "审查"],
        ["职权名称", "现场检查"],
        ["职权类型", "行政检查"],
    )

    across = laid_across(cards)

    assert across is not None
    assert across.rows[0] == ["职权名称", "职权类型", "法定主体", "责任事项"]
    assert across.rows[1] == ["排污许可", "行政许可", "某局", "受理\n审查"]
    assert across.rows[2] == ["现场检查", "行政检查", "", ""]
    assert list(across.numbers) == [1, 1, 6]


def test_a_list_of_two_columns_is_not_taken_for_records() -> None:
    assert laid_across(table(["职权类别", "职权名称"], ["行政许可", "甲"], ["行政处罚", "乙"])) is None


def test_records_in_running_text_are_laid_across() -> None:
    text = [
        "1、风险名称：起草不实",
        "风险描述：内容失真",
        "控制措施：主办核实",
        "风险名称：审核不严",
        "控制措施：分级把关",
    ]

    across = from_paragraphs(text)

    assert across is not None
    assert across.rows[1:] == [["起草不实", "内容失真", "主办核实"], ["审核不严", "", "分级把关"]]
