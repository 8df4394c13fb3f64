"""What stands on one sheet is split, what pages tore apart is mended, and forms become records."""

from lianfang.foundation.documents.cards import laid_across
from lianfang.foundation.documents.lists import lists_of
from lianfang.foundation.documents.shape import listing
from lianfang.foundation.documents.tables import Cell, Table


def table(*rows: list[Cell], name: str = "表", captions: tuple[str, ...] = ()) -> Table:
    width = max(map(len, rows))
    filled = [row + [""] * (width - len(row)) for row in rows]
    return Table(name, filled, range(1, len(filled) + 1), (), captions)


RISK_HEAD: list[Cell] = ["序号", "风险点", "风险等级", "防控措施"]
POWER_HEAD: list[Cell] = ["序号", "职权名称", "职权类别", "设定依据"]


def test_two_lists_under_one_another_are_split_with_their_titles() -> None:
    sheet = table(
        ["一、职权"],
        POWER_HEAD,
        ["1", "排污口审批", "行政许可", "某条例"],
        [""],
        ["二、风险点"],
        RISK_HEAD,
        ["1", "先批后看", "高", "双人踏勘"],
    )

    first, second = lists_of([sheet])

    assert [row[1] for row in first.rows[:3]] == ["", "职权名称", "排污口审批"]
    assert second.rows[1:] == [["二、风险点", "", "", ""], RISK_HEAD, ["1", "先批后看", "高", "双人踏勘"]]
    assert list(second.numbers) == [4, 5, 6, 7]


def test_the_same_head_again_does_not_split_a_list() -> None:
    sheet = table(
        ["甲科"], RISK_HEAD, ["1", "先批后看", "高", "踏勘"], ["乙科"], RISK_HEAD, ["1", "漏登", "低", "核对"]
    )

    assert len(list(lists_of([sheet]))) == 1


def test_a_table_that_goes_on_after_the_page_gets_its_head_again_and_keeps_its_rows() -> None:
    words = ("某局风险清单",)
    page = table(RISK_HEAD, ["1", "先批后看", "高", "踏勘"], captions=words)
    rest = table(["2", "漏登样品", "低", "核对"], ["3", "代签", "中", "抽查"], name="第 2 个表格", captions=words)

    _, second = lists_of([page, rest])
    found = listing(second)

    assert found is not None
    assert [row[1] for row in found.rows] == ["漏登样品", "代签"]
    assert str(found.place(0, 1)) == "工作表“第 2 个表格”第 1 行“风险点”列（B1）"


def test_a_table_without_head_is_left_alone_where_nothing_says_that_it_goes_on() -> None:
    page = table(RISK_HEAD, ["1", "先批后看", "高", "踏勘"])
    other = table(["会议室", "三楼", "东侧", "十座"])

    assert list(lists_of([page, other]))[1] is other


def test_a_form_of_four_columns_is_one_record() -> None:
    form = table(
        ["岗位廉政风险登记表"] * 4,
        ["姓  名", "甲", "部  门", "监测室"],
        ["岗位名称", "采样岗", "填表日期", "三月"],
        ["廉政风险点", *["换样"] * 3],
        ["风险等级", "中", "责任领导", "乙"],
        ["防控措施", *["双人封样"] * 3],
        ["本人签字", "", "审核意见", ""],
    )

    across = laid_across(form)

    assert across is not None
    record = dict(zip(across.rows[0], across.rows[1], strict=True))
    assert len(across.rows) == 2
    assert record["岗位名称"] == "采样岗"
    assert record["廉政风险点"] == "换样"
    assert record["责任领导"] == "乙"


def test_a_second_risk_point_in_a_form_is_a_second_record_of_the_same_post() -> None:
    form = table(
        ["岗位", "采样岗"],
        ["风险点1", "换样"],
        ["风险等级", "高"],
        ["防控措施", "封样"],
        ["风险点2", "漏采"],
        ["风险等级", "低"],
        ["防控措施", "定位打卡"],
    )

    across = laid_across(form)

    assert across is not None
    assert across.rows[1:] == [["采样岗", "换样", "高", "封样"], ["采样岗", "漏采", "低", "定位打卡"]]
    assert list(across.numbers)[1:] == [1, 5]


def test_dimensions_in_a_form_are_records_that_share_what_stands_below_them() -> None:
    form = table(
        ["部门", "监测室", "岗位", "采样岗"],
        ["思想道德风险", *["贪图方便"] * 3],
        ["岗位职责风险", *["代人采样"] * 3],
        ["防控措施", *["轮换搭档"] * 3],
    )

    across = laid_across(form)

    assert across is not None
    assert across.rows[0] == ["部门", "岗位", "风险类别", "风险点", "防控措施"]
    assert across.rows[1:] == [
        ["监测室", "采样岗", "思想道德风险", "贪图方便", "轮换搭档"],
        ["监测室", "采样岗", "岗位职责风险", "代人采样", "轮换搭档"],
    ]


def test_what_a_form_says_above_its_list_belongs_to_every_entry_and_keeps_its_place() -> None:
    form = table(
        ["部门", "监测室", "岗位", "采样岗"],
        RISK_HEAD,
        ["1", "换样", "高", "封样"],
        ["2", "漏采", "低", "打卡"],
        ["部门负责人签字", "", "", ""],
    )

    found = listing(form)

    assert found is not None
    assert found.headings == ("序号", "风险点", "风险等级", "防控措施", "部门", "岗位")
    assert [row[4:] for row in found.rows] == [["监测室", "采样岗"], ["监测室", "采样岗"]]
    assert found.place(1, 5).cell == "D1"


def test_a_list_whose_entries_begin_with_known_words_is_no_form() -> None:
    sheet = table(["岗位", "风险点", "风险等级", "防控措施"], ["部门", "甲", "高", "一"], ["科室", "乙", "低", "二"])

    assert laid_across(sheet) is None
