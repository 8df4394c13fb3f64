"""Sheets as county bureaus keep them: what a reader of the sheet would read is read, and the rest is told."""

from __future__ import annotations

import datetime

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.documents.tables import Cell, Contents, FileKind, Span, Table
from lianfang.foundation.organisation.models import Person, Post
from lianfang.kernel.findings import Finding
from lianfang.kernel.levels import Grade
from lianfang.registers.risks.models import Risk
from lianfang.site.importing import Preview, preview, store_preview
from lianfang.site.intake import Taking


def looked_at(*rows: list[Cell], unit: str = "LH", merged: tuple[Span, ...] = ()) -> Preview:
    return preview(Contents(FileKind.XLSX, (Table("表", [*rows], range(1, len(rows) + 1), merged),)), Taking(unit))


def rows_of(previewed: Preview, kind: str) -> list[object]:
    return [row for intake in previewed.intakes if intake.register.kind == kind for row in intake.rows]


def units_of(previewed: Preview) -> list[str]:
    return [row.unit for intake in previewed.intakes for row in intake.rows]


def said(previewed: Preview, code: str) -> list[Finding]:
    everything = [*previewed.findings, *(one for intake in previewed.intakes for one in intake.findings)]
    return [one for one in everything if one.code == code]


def test_a_staff_list_with_two_heading_rows_is_one(cast: Cast) -> None:
    previewed = looked_at(
        ["临江分局花名册", "临江分局花名册", "临江分局花名册", "临江分局花名册", "临江分局花名册", "临江分局花名册"],
        ["序号", "股室", "岗位", "姓名", "任职情况", "任职情况"],
        ["序号", "股室", "岗位", "姓名", "任职起止", "任职文号"],
        ["１", "污染防治科", "排污许可岗", "小赵", "２０２１年１２月至今", "临环〔2021〕3号"],
        ["合计", "1人", "", "", "", ""],
        unit="",
    )

    (tenure,) = rows_of(previewed, "tenures")
    assert getattr(tenure, "start", None) == datetime.date(2021, 12, 1)
    assert [column.heading for column in previewed.unread] == ["任职情况-任职文号"]


@pytest.mark.parametrize("heading", ["股室", "处室", "所在股室", "科室（站所）", "内设机构"])
def test_negative_lists_and_searches_name_their_section_as_other_lists_do(cast: Cast, heading: str) -> None:
    negatives = looked_at([heading, "查找方面", "禁止行为"], ["污染防治科", "工作程序", "不得在受理后要求补交材料"])
    searches = looked_at([heading, "排查日期", "参加人员"], ["污染防治科", "2026.3.5", "张科长、小李"])

    assert units_of(negatives) == ["LH-WRF"]
    assert units_of(searches) == ["LH-WRF"]
    assert [*negatives.unread, *searches.unread] == []


@pytest.mark.parametrize(
    "head", [["单位", "科室", "风险点"], ["单位名称", "所在科室", "禁止行为"], ["单位", "科室", "制度名称"]]
)
def test_of_a_bureau_and_a_section_side_by_side_the_section_is_meant(cast: Cast, head: list[Cell]) -> None:
    previewed = looked_at(head, ["临江分局", "污染防治科", "不得收受礼金"])

    assert units_of(previewed) == ["LH-WRF"]


def test_the_section_is_meant_in_a_staff_list_too(cast: Cast) -> None:
    previewed = looked_at(["单位", "科室", "岗位", "姓名"], ["临江分局", "污染防治科", "排污许可岗", "小赵"], unit="")

    assert units_of(previewed) == ["LH-WRF", "LH-WRF"]


def test_a_section_that_stands_as_a_title_is_the_unit_of_the_lines_below_it(cast: Cast) -> None:
    previewed = looked_at(
        ["序号", "职权名称", "法律依据"],
        ["一、污染防治科（1项）", "一、污染防治科（1项）", "一、污染防治科（1项）"],
        ["1", "危险废物经营许可", "某条例第八条"],
        ["二、综合执法大队", "二、综合执法大队", "二、综合执法大队"],
        ["2", "对超标排放的处罚", "某条例第九条"],
        ["三、其他", "三、其他", "三、其他"],
        ["3", "信息公开", "某条例第十条"],
    )

    assert units_of(previewed) == ["LH-WRF", "LH-ZF", "LH"]
    (told,) = [one for one in said(previewed, "IMP003") if one.field == "unit"]
    assert "LH-WRF、LH-ZF" in told.message


def test_the_title_of_the_first_part_is_above_its_head(cast: Cast) -> None:
    Post.objects.create(number="LH-ZF-07", unit_id="LH-ZF", unit_path="JW/LH/LH-ZF/", name="取证岗", rank="staff")
    head: list[Cell] = ["岗位", "风险点", "防控措施"]

    previewed = looked_at(
        ["污染防治科廉政风险点"] * 3, head, ["危险废物监管岗", "透露检查名单换取好处", "当日派发"],
        ["综合执法大队廉政风险点"] * 3, head, ["取证岗", "隐匿证据换取好处", "双人取证"],
    )  # fmt: skip

    assert [getattr(row, "unit", "") for row in rows_of(previewed, "risks")] == ["LH-WRF", "LH-ZF"]
    assert [getattr(row, "post", "") for row in rows_of(previewed, "risks")] == ["LH-WRF-02", "LH-ZF-07"]


def test_titles_that_name_no_unit_leave_the_lines_to_the_unit_of_the_list(cast: Cast) -> None:
    previewed = looked_at(
        ["序号", "职权名称", "法律依据"], ["一、行政许可"] * 3, ["1", "危险废物经营许可", "某条例第八条"], unit="LH-WRF"
    )

    assert units_of(previewed) == ["LH-WRF"]
    assert [one for one in said(previewed, "IMP003") if one.field == "unit"] == []


def test_a_column_of_units_goes_before_titles(cast: Cast) -> None:
    previewed = looked_at(
        ["单位", "职权名称", "法律依据"], ["一、污染防治科"] * 3, ["综合执法大队", "对超标排放的处罚", "某条例第九条"]
    )

    assert units_of(previewed) == ["LH-ZF"]


@pytest.mark.parametrize(("typed", "score"), [("5.0", 5), ("三", 3), ("４分", 4)])
def test_scores_are_read_as_they_are_typed(cast: Cast, typed: str, score: int) -> None:
    previewed = looked_at(["单位", "风险点", "发生概率"], ["LH-WRF", "计量核查走过场，收受好处", typed])

    assert [getattr(row, "probability", None) for row in rows_of(previewed, "risks")] == [score]


@pytest.mark.parametrize("head", [["岗位", "风险点"], ["单位", "岗位", "风险点"]])
def test_a_post_of_a_section_puts_the_line_of_a_whole_bureau_into_that_section(cast: Cast, head: list[Cell]) -> None:
    line: list[Cell] = [*["临江分局"][: len(head) - 2], "危险废物监管岗", "透露检查名单换取好处"]

    previewed = looked_at(head, line)

    assert units_of(previewed) == ["LH-WRF"]
    (told,) = [one for one in said(previewed, "IMP003") if one.field == "unit"]
    assert "有 1 行的岗位在下属科室" in told.message
    assert previewed.is_storable
    store_preview(cast.coordinator, previewed, "导入文件 风险点")


def test_a_post_of_another_section_than_the_line_says_is_told_before_it_is_stored(cast: Cast) -> None:
    previewed = looked_at(["单位", "岗位编号", "风险点"], ["综合执法大队", "LH-WRF-02", "透露检查名单换取好处"])

    (told,) = [one for one in said(previewed, "IMP030") if one.field == "post"]
    assert "属于 LH-WRF，不属于 LH-ZF" in told.message
    assert told.place
    assert told.place.cell == "B2"
    assert not previewed.is_storable


@pytest.mark.parametrize(
    ("day", "people", "signed", "cell"),
    [
        ("2099-03-05", "张科长、小李", "张科长", "B2"),
        ("2026-03-05", "", "张科长", "C2"),
        ("2026-03-05", "张科长、小李", "小李", "D2"),
    ],
)
def test_a_search_that_the_store_would_refuse_is_told_at_its_cell(
    cast: Cast, day: str, people: str, signed: str, cell: str
) -> None:
    rows: list[list[Cell]] = [["科室", "排查日期", "参加人员", "签字"], ["污染防治科", day, people, signed]]
    contents = Contents(FileKind.XLSX, (Table("排查", rows, (1, 2)),))

    previewed = preview(contents, Taking("LH-WRF", actor=cast.head))

    assert [one.place.cell for one in said(previewed, "IMP051") if one.place] == [cell]
    assert not previewed.is_storable


def test_a_search_signed_by_whoever_imports_it_is_stored(cast: Cast) -> None:
    head: list[Cell] = ["科室", "排查日期", "参加人员", "签字"]
    rows: list[list[Cell]] = [head, ["污染防治科", "2026.3.5", "张科长、小李", "张科长"]]

    previewed = preview(Contents(FileKind.XLSX, (Table("排查", rows, (1, 2)),)), Taking("LH-WRF", actor=cast.head))

    assert said(previewed, "IMP051") == []
    store_preview(cast.head, previewed, "导入文件 排查")


@pytest.mark.parametrize("said_in", ["禁止行为", "风险点"])
def test_a_line_of_the_post_level_without_post_is_told_before_it_is_stored(cast: Cast, said_in: str) -> None:
    previewed = looked_at(["单位", "层级", said_in], ["LH-WRF", "岗位级", "不得透露检查名单"])

    (told,) = [one for one in said(previewed, "IMP031") if one.field == "post"]
    assert "没有写岗位" in told.message
    assert told.place
    assert told.place.cell == "B2"
    assert not previewed.is_storable


@pytest.mark.parametrize(
    ("heading", "typed", "meant"),
    [
        ("办理时限（工作日）", "15", "15个工作日"),
        ("承诺时限\n（单位：工作日）", 20, "20个工作日"),
        ("法定时限（天）", "３0", "30日"),
        ("办理时限（工作日）", "30日", "30日"),
        ("办理时限（工作日）", "即办", "当场办结"),
        ("办理时限", "15", "15"),
    ],
)
def test_a_bare_number_takes_the_unit_that_its_heading_names(cast: Cast, heading: str, typed: Cell, meant: str) -> None:
    previewed = looked_at(["职权名称", "法律依据", heading], ["危险废物经营许可", "某条例第八条", typed])

    assert [str(getattr(row, "time_limit", "")) for row in rows_of(previewed, "powers")] == [meant]


def test_a_name_that_another_section_has_already_is_asked_about(cast: Cast) -> None:
    head: list[Cell] = ["科室", "岗位", "姓名"]

    previewed = looked_at(head, ["综合执法大队", "取证岗", "小李"], ["综合执法大队", "取证岗", "小周"])

    (told,) = said(previewed, "IMP047")
    assert "登记为 LH-M04（污染防治科）" in told.message
    assert told.place
    assert told.place.cell == "C2"
    assert previewed.is_storable


def test_a_staff_list_without_new_posts_says_nothing_of_ranks(cast: Cast) -> None:
    (told,) = said(looked_at(["科室", "岗位", "姓名"], ["污染防治科", "危险废物监管岗", "小李"]), "IMP046")

    assert "层级" not in told.message


def test_no_field_of_the_program_is_named_in_what_is_said_of_a_whole_file(cast: Cast) -> None:
    previewed = looked_at(
        ["科室", "岗位", "姓名", "任职起止"],
        ["污染防治科", "危险废物监管岗", "小赵", "2021.03至今"],
        ["污染防治科", "许可岗", "小赵", "2022.03至今"],
    )

    assert {one.field for one in previewed.findings} == {""}
    assert {"IMP046", "IMP047", "IMP050"} <= {one.code for one in previewed.findings}


STAFF_HEAD: list[Cell] = ["科室", "岗位", "姓名"]


@pytest.mark.parametrize("written", ["小　李", "小  李", "小 李", "小\xa0李"])
def test_a_name_spread_over_its_cell_is_that_name(cast: Cast, written: str) -> None:
    staff = looked_at(STAFF_HEAD, ["污染防治科", "危险废物监管岗", written])
    people = looked_at(["人员编号", "姓名", "单位"], ["LH-M04", written, "污染防治科"])

    assert [intake.unchanged for intake in staff.intakes] == [1, 1]
    assert [getattr(row, "name", "") for row in rows_of(people, "people")] == ["小李"]


@pytest.mark.parametrize("nobody", ["空缺", "（空缺）", "暂缺", "/", "—", ""])
def test_a_post_that_nobody_holds_is_a_post_and_no_person(cast: Cast, nobody: str) -> None:
    previewed = looked_at(STAFF_HEAD, ["污染防治科", "排污许可岗", nobody], ["污染防治科", "危险废物监管岗", "小李"])

    assert len(rows_of(previewed, "posts")) == 2
    assert [getattr(row, "name", "") for row in rows_of(previewed, "people")] == ["小李"]


@pytest.mark.parametrize("written", ["小赵、小钱", "小赵，小钱", "小赵\n小钱", "小赵 小钱", "小赵/小钱"])
def test_two_names_in_one_cell_are_two_people_in_one_post(cast: Cast, written: str) -> None:
    previewed = looked_at([*STAFF_HEAD, "任职日期"], ["污染防治科", "排污许可岗", written, "2021-03-08"])

    assert [getattr(row, "name", "") for row in rows_of(previewed, "people")] == ["小赵", "小钱"]
    assert len(rows_of(previewed, "posts")) == 1
    assert [getattr(row, "post", "") for row in rows_of(previewed, "tenures")] == ["LH-WRF-03", "LH-WRF-03"]


def test_a_remark_behind_a_name_is_no_part_of_it_and_told(cast: Cast) -> None:
    previewed = looked_at(STAFF_HEAD, ["污染防治科", "危险废物监管岗", "小李（主持工作）"])

    assert [getattr(row, "number", "") for row in rows_of(previewed, "people")] == ["LH-M04"]
    (told,) = [one for one in said(previewed, "IMP046") if "没有读入" in one.message]
    assert "“（主持工作）”" in told.message
    assert told.place
    assert told.place.cell == "C2"


def test_names_in_a_list_of_names_are_closed_too(cast: Cast) -> None:
    previewed = looked_at(["科室", "排查日期", "参加人员"], ["污染防治科", "2026.3.5", "张科长、小  李"])

    assert [getattr(row, "participants", ()) for row in rows_of(previewed, "searches")] == [("张科长", "小李")]


@pytest.mark.parametrize("adopting", [False, True])
def test_grades_ticked_under_three_columns_are_the_grades(cast: Cast, adopting: bool) -> None:
    rows: list[list[Cell]] = [
        ["岗位", "风险点", "风险等级", "风险等级", "风险等级"],
        ["岗位", "风险点", "高", "中", "低"],
        ["危险废物监管岗", "透露检查名单换取好处", "√", "", ""],
        ["危险废物监管岗", "隐匿超期贮存换取好处", "", "☑", ""],
        ["危险废物监管岗", "压低处置单价换取好处", "", "", ""],
    ]

    previewed = preview(Contents(FileKind.XLSX, (Table("表", rows, range(1, 6)),)), Taking("LH-WRF", adopting=adopting))

    assert [getattr(row, "grade", "") for row in rows_of(previewed, "risks")] == [Grade.HIGH, Grade.MEDIUM, None]
    assert previewed.unread == []


def test_two_ticks_on_one_line_are_told_at_it(cast: Cast) -> None:
    previewed = looked_at(["单位", "风险点", "高", "中", "低"], ["LH-WRF", "透露检查名单换取好处", "√", "√", ""])

    (told,) = [one for one in said(previewed, "IMP021") if one.field == "grade"]
    assert "高、中" in told.message
    assert told.place
    assert told.place.row == 2


@pytest.mark.parametrize("unit", ["", "LH"])
def test_a_measure_without_a_unit_is_one_of_the_unit_of_its_risk_point(cast: Cast, unit: str) -> None:
    Risk.objects.create(
        number="LH-WRF-R001", unit_id="LH-WRF", unit_path="JW/LH/LH-WRF/", tier="section", state="draft",
        statement="监管科透露检查名单换取好处",
    )  # fmt: skip
    Person.objects.create(number="QT-M31", name="小李", unit_id="QT-BG", unit_path="JW/QT/QT-BG/")

    previewed = looked_at(["风险点编号", "防控措施", "责任人"], ["LH-WRF-R001", "当日随机派发任务", "小李"], unit=unit)

    assert [(getattr(row, "unit", ""), getattr(row, "owner", "")) for row in rows_of(previewed, "controls")] == [
        ("LH-WRF", "LH-M04")
    ]
