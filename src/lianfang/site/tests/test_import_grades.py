"""A grade that cannot be read bars a list of risk points only where its grades are adopted."""

from __future__ import annotations

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.documents.tables import Cell, Contents, FileKind, Table
from lianfang.kernel.findings import Severity
from lianfang.site.importing import Preview, preview
from lianfang.site.intake import Taking

HEAD: list[Cell] = ["单位编号", "岗位编号", "风险点名称", "风险点", "风险等级"]


def looked_at(*grades: str, adopting: bool = False) -> Preview:
    lines: list[list[Cell]] = [
        ["LH-WRF", "LH-WRF-01", f"风险{at}", f"第 {at} 次核查以劣充好", text] for at, text in enumerate(grades)
    ]
    table = Table("风险点", [HEAD, *lines], range(1, len(lines) + 2))
    return preview(Contents(FileKind.XLSX, (table,)), Taking(adopting=adopting))


def of_grades(previewed: Preview) -> list[tuple[str, Severity | None]]:
    return [
        (found.message, found.severity)
        for intake in previewed.intakes
        for found in intake.findings
        if found.field == "grade" and found.code.startswith("IMP")
    ]


@pytest.mark.parametrize("odd", ["低★", "一般偏高", "1中2低"])
def test_an_odd_grade_is_a_warning_at_its_cell(cast: Cast, odd: str) -> None:
    previewed = looked_at("高", odd)

    ((message, severity),) = of_grades(previewed)
    assert previewed.is_storable
    assert severity is Severity.WARNING
    assert odd in message
    assert "等级由评级决定" in message


def test_numbered_grades_without_an_order_bar_nothing(cast: Cast) -> None:
    previewed = looked_at("一级", "二级")

    assert previewed.is_storable
    assert [severity for _, severity in of_grades(previewed)] == [Severity.WARNING]


def test_where_grades_are_adopted_each_must_be_read(cast: Cast) -> None:
    previewed = looked_at("高", "一般偏高", adopting=True)

    ((message, severity),) = of_grades(previewed)
    assert not previewed.is_storable
    assert severity is Severity.ERROR
    assert "评级决定" not in message


def test_a_grade_is_shown_as_it_was_written(cast: Cast) -> None:
    told = "".join(message for message, _ in of_grades(looked_at("高", "中", "Ⅱ")))

    assert "“Ⅱ”" in told
    assert "II" not in told
