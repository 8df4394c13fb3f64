"""Units, posts and people as a newcomer writes them: by name, under everyday headings; what lacks is named plainly."""

from __future__ import annotations

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.documents.tables import Cell, Contents, FileKind, Table
from lianfang.foundation.organisation.models import Person, Post, Unit
from lianfang.kernel.findings import Finding
from lianfang.site.importing import Preview, preview, store_preview

UNIT_HEAD: list[Cell] = ["单位编号", "单位名称", "单位类型", "上级单位"]
POST_HEAD: list[Cell] = ["岗位编号", "所属单位", "岗位名称", "岗位层级"]


def file_of(*rows: list[Cell], name: str = "表") -> Contents:
    return Contents(FileKind.XLSX, (Table(name, list(rows), range(1, len(rows) + 1)),))


def said(previewed: Preview, code: str) -> list[Finding]:
    everything = [*previewed.findings, *(one for intake in previewed.intakes for one in intake.findings)]
    return [one for one in everything if one.code == code]


def test_a_parent_may_be_named_and_stand_below_in_the_same_file(cast: Cast) -> None:
    previewed = preview(
        file_of(
            UNIT_HEAD,
            ["LH-JC", "监测站", "科室", "临江分局"],
            ["XH-BG", "综合科", "科室", "新河分局"],
            ["XH", "新河分局", "分局", "LH"],
        )
    )

    store_preview(cast.coordinator, previewed, "导入文件 单位")

    assert Unit.objects.get(number="LH-JC").path == "JW/LH/LH-JC/"
    assert Unit.objects.get(number="XH-BG").path == "JW/LH/XH/XH-BG/"


def test_a_parent_may_be_given_by_another_name_of_a_unit_in_the_file(cast: Cast) -> None:
    rows: list[list[Cell]] = [
        [*UNIT_HEAD, "其他名称"],
        ["XH", "新河分局", "分局", "LH", "新河环保局"],
        ["XH-BG", "综合科", "科室", "新河环保局", ""],
    ]

    store_preview(cast.coordinator, preview(file_of(*rows)), "导入文件 单位")

    assert Unit.objects.get(number="XH-BG").path == "JW/LH/XH/XH-BG/"


def test_a_parent_whose_name_several_units_bear_is_told_with_their_numbers(cast: Cast) -> None:
    previewed = preview(
        file_of(UNIT_HEAD, ["LH-BG", "办公室", "科室", "LH"], ["LH-BG-1", "文印室", "科室", "办公室"]),
    )

    (fault,) = said(previewed, "IMP030")
    assert "“办公室”有 2 个同名的（LH-BG、QT-BG），请改写编号。" in fault.message
    assert fault.place
    assert fault.place.cell == "D3"
    assert not previewed.is_storable


def test_a_parent_that_nobody_registered_is_told_before_anything_is_stored(cast: Cast) -> None:
    previewed = preview(file_of(UNIT_HEAD, ["LH-JC", "监测站", "科室", "临港分局"]))

    (fault,) = said(previewed, "IMP030")
    assert "“临港分局”没有登记" in fault.message
    assert fault.place
    assert fault.place.cell == "D2"


@pytest.mark.parametrize("heading", ["单位", "所属单位", "部门", "科室", "所在部门", "单位名称"])
def test_posts_and_people_name_their_unit_under_everyday_headings(cast: Cast, heading: str) -> None:
    posts = file_of(["岗位编号", heading, "岗位名称", "岗位层级"], ["LH-ZF-09", "综合执法大队", "取证岗", "一般岗位"])
    people = file_of(["人员编号", "姓名", heading], ["LH-M99", "小周", "综合执法大队"])

    for contents in (posts, people):
        store_preview(cast.coordinator, preview(contents), "导入文件 名单")

    assert Post.objects.get(number="LH-ZF-09").unit_id == "LH-ZF"
    assert Person.objects.get(number="LH-M99").unit_id == "LH-ZF"


def test_a_list_without_a_column_it_needs_names_the_column_and_the_headings_that_were_found(cast: Cast) -> None:
    rows: list[list[Cell]] = [
        ["岗位编号", "所属处室单位", "岗位名称", "岗位层级"],
        ["A", "环评科", "审批岗", "一般岗位"],
    ]

    (told,) = said(preview(file_of(*rows, name="岗位表")), "IMP010")

    assert "工作表“岗位表”没有导入" in told.message
    assert "最接近“岗位”，但缺少必填的“单位编号”列" in told.message
    assert "文件里的表头是：岗位编号、所属处室单位、岗位名称、岗位层级。" in told.message
    assert "“所属处室单位”像是“单位编号”" in told.message
    assert told.place
    assert (told.place.sheet, told.place.row) == ("岗位表", 1)


def test_a_list_that_resembles_none_shows_its_headings(cast: Cast) -> None:
    (told,) = said(preview(file_of(["花名", "单价"], ["月季", "3"])), "IMP010")

    assert "没有一列的表头对得上任何清单" in told.message
    assert "花名、单价" in told.message


def test_a_sign_in_sheet_is_no_list_of_people(cast: Cast) -> None:
    previewed = preview(file_of(["姓名", "单位", "签到时间"], ["小李", "污染防治科", "9:00"]))

    assert previewed.intakes == []
    (told,) = said(previewed, "IMP010")
    assert "缺少必填的“人员编号”列" in told.message


def test_an_endless_name_is_not_repeated_in_what_is_said_of_it(cast: Cast) -> None:
    endless = "污染防治科" * 600

    previewed = preview(file_of(UNIT_HEAD, ["LH-JC", "监测站", "科室", endless], [endless[:-1], "甲", endless, "LH"]))

    everything = [*previewed.findings, *(one for intake in previewed.intakes for one in intake.findings)]
    assert "IMP030" in {found.code for found in everything}
    assert not [found for found in everything if endless[:42] in found.message]


def test_a_wrong_or_blank_word_for_a_choice_is_one_finding(cast: Cast) -> None:
    previewed = preview(
        file_of(
            ["编号", "单位名称", "单位类型"],
            ["LH-X1", "甲科", "内设"],
            ["LH-X2", "乙科", ""],
            ["LH-X3", "丙科", "无"],
            ["LH-X4", "丁科", "内设"],
        )
    )

    (intake,) = previewed.intakes
    faults = [(found.code, found.place.row if found.place else 0) for found in intake.findings]
    assert sorted(faults) == [("IMP020", 3), ("IMP021", 2), ("IMP031", 4)]


def test_a_list_without_numbers_is_told_what_one_looks_like_and_where_the_blank_sheet_is(cast: Cast) -> None:
    previewed = preview(file_of(["单位名称", "单位类型", "上级单位"], ["甲科", "科室", "LH"]))

    message = " ".join(found.message for found in previewed.findings)
    assert "“单位编号”里写的例如 LH-WRF" in message
    assert "“导入”页上可以下载" in message
    assert "lianfang export" not in message


@pytest.mark.parametrize(
    ("heading", "start", "end"), [("到岗日期", "2024-03-01", None), ("免职日期", None, "2024-03-01")]
)
def test_days_in_a_post_begin_and_end_as_their_headings_say(
    cast: Cast, heading: str, start: str | None, end: str | None
) -> None:
    more: list[Cell] = [] if start else ["任职时间"]
    days: list[Cell] = [] if start else ["2023-01-01"]

    (intake,) = preview(
        file_of(["人员编号", "岗位编号", heading, *more], ["LH-M05", "LH-WRF-02", "2024-03-01", *days])
    ).intakes

    assert [(str(row.start), str(row.end)) for row in intake.rows] == [(start or "2023-01-01", str(end))]


def test_the_span_of_a_tenure_is_neither_its_beginning_nor_its_end(cast: Cast) -> None:
    previewed = preview(file_of(["人员编号", "姓名", "单位", "任职起止"], ["LH-M91", "小赵", "LH-WRF", "2020-2024"]))

    (intake,) = previewed.intakes
    assert [row.left_on for row in intake.rows] == [None]
    assert [column.heading for column in intake.unread] == ["任职起止"]
