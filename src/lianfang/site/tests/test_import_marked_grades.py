"""Grades that stand inside the cells of risk points (风险点及等级) go where those of a column of their own go."""

from __future__ import annotations

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.documents.tables import Cell, Contents, FileKind, Table
from lianfang.kernel.findings import Finding, Severity
from lianfang.kernel.levels import Grade
from lianfang.site.importing import Preview, preview
from lianfang.site.intake import Taking

HEAD: list[Cell] = ["岗位", "风险点及等级", "防控措施"]


def looked_at(*cells: str, head: list[Cell] = HEAD, adopting: bool = False) -> Preview:
    lines: list[list[Cell]] = [["危险废物监管岗", text, "逐件留痕"] for text in cells]
    rows = [head, *lines]
    table = Table("风险点", rows, range(1, len(rows) + 1))
    return preview(Contents(FileKind.XLSX, (table,)), Taking("LH-WRF", adopting=adopting))


def of_grades(previewed: Preview) -> list[Finding]:
    found = previewed.intakes[0].findings
    return [one for one in found if one.field == "grade" and one.code.startswith("IMP")]


def test_a_grade_in_brackets_is_the_grade_of_the_risk_point(cast: Cast) -> None:
    previewed = looked_at("超期审批，借此索要好处（高）", "1.虚报检查次数；2.漏填检查记录（中风险）", "没有标的一条")

    rows = previewed.intakes[0].rows
    assert [row.grade for row in rows] == [Grade.HIGH, Grade.MEDIUM, None]
    assert rows[0].statement == "超期审批，借此索要好处（高）"
    (told,) = of_grades(previewed)
    assert (told.severity, told.place.cell if told.place else "") == (Severity.HINT, "B1")


def test_stars_before_risk_points_are_read_by_their_legend(cast: Cast) -> None:
    previewed = looked_at("★★★透露名单", "★走过场", head=["岗位", "风险点及等级（★★★最高）", "防控措施"])

    assert [row.grade for row in previewed.intakes[0].rows] == [Grade.HIGH, Grade.LOW]


@pytest.mark.parametrize(("adopting", "severity"), [(False, Severity.WARNING), (True, Severity.ERROR)])
def test_several_grades_in_one_cell_are_told_at_the_cell(cast: Cast, adopting: bool, severity: Severity) -> None:
    previewed = looked_at("1.超期审批（高）；2.压件不办（中）", "走过场（低）", adopting=adopting)

    told = next(one for one in of_grades(previewed) if one.code == "IMP024")
    assert (told.severity, told.place.cell if told.place else "") == (severity, "B2")
    assert "1高1中" in told.message
    assert [row.grade for row in previewed.intakes[0].rows] == [None, Grade.LOW]


def test_marks_whose_order_nobody_tells_are_told_and_give_no_grade(cast: Cast) -> None:
    previewed = looked_at("超期审批（一级）", "走过场（三级）")

    assert [one.code for one in of_grades(previewed)] == ["IMP022"]
    assert [row.grade for row in previewed.intakes[0].rows] == [None, None]


def test_a_column_of_grades_of_its_own_goes_before_the_marks(cast: Cast) -> None:
    head: list[Cell] = ["岗位", "风险点及等级", "风险等级"]
    rows: list[list[Cell]] = [head, ["危险废物监管岗", "超期审批（低）", "高"]]
    previewed = preview(Contents(FileKind.XLSX, (Table("表", rows, (1, 2)),)), Taking("LH-WRF"))

    assert [row.grade for row in previewed.intakes[0].rows] == [Grade.HIGH]


def test_brackets_under_a_heading_that_names_no_grades_stay_words(cast: Cast) -> None:
    previewed = looked_at("超期审批（高）", head=["岗位", "风险点", "防控措施"])

    assert [row.grade for row in previewed.intakes[0].rows] == [None]
