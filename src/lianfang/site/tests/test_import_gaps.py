"""What every line of a published list lacks or misnames is told once, with a way out of it."""

from __future__ import annotations

from lianfang.conftest import Cast
from lianfang.foundation.documents.tables import Cell, Contents, FileKind, Table
from lianfang.kernel.findings import Finding
from lianfang.site.importing import Preview, preview
from lianfang.site.intake import Taking

RISK_HEAD: list[Cell] = ["序号", "职权名称", "风险点", "风险等级"]
POINTS = (
    "监管岗提前透露检查时间，换取企业宴请。",
    "监管岗收受礼金，隐瞒超期贮存。",
    "监管岗指定检测机构，收取回扣。",
)


def file_of(*rows: list[Cell]) -> Contents:
    return Contents(FileKind.XLSX, (Table("表", list(rows), range(1, len(rows) + 1)),))


def said(previewed: Preview, code: str) -> list[Finding]:
    return [one for intake in previewed.intakes for one in intake.findings if one.code == code]


def test_a_list_without_a_column_of_units_is_told_once_how_to_name_the_unit(cast: Cast) -> None:
    lines: list[list[Cell]] = [["", "", point, "高"] for point in POINTS]

    previewed = preview(file_of(RISK_HEAD, *lines))

    (fault,) = said(previewed, "IMP031")
    assert "3 行都缺少“单位编号”" in fault.message
    assert "请指定默认单位" in fault.message
    assert "加上“单位”列" in fault.message
    assert not previewed.is_storable


def test_a_blank_cell_in_a_column_of_units_is_told_where_it_is(cast: Cast) -> None:
    previewed = preview(file_of(["单位", "风险点"], ["污染防治科", POINTS[0]], ["", POINTS[1]]))

    (fault,) = said(previewed, "IMP031")
    assert fault.place
    assert fault.place.cell == "A3"


def test_a_power_that_nobody_registered_is_told_once_and_that_its_cell_may_stay_blank(cast: Cast) -> None:
    lines: list[list[Cell]] = [[number, "采砂许可", point, "高"] for number, point in enumerate(POINTS, 1)]

    previewed = preview(file_of(RISK_HEAD, *lines), Taking("LH-WRF"))

    (fault,) = said(previewed, "IMP030")
    assert (
        fault.message == "职权“采砂许可”没有登记；请核对，或先登记。一时对不上的，这一格可以先空着。同样的还有 2 行。"
    )
    assert fault.place
    assert fault.place.cell == "B2"
    assert not previewed.is_storable


def test_line_numbers_that_begin_anew_do_not_stop_a_list(cast: Cast) -> None:
    lines: list[list[Cell]] = [[number, "", point, "高"] for number, point in zip(("1", "2", "1"), POINTS, strict=True)]

    assert preview(file_of(RISK_HEAD, *lines), Taking("LH-WRF")).is_storable
