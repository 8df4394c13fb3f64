"""A bureau's own numbers of its powers (职权编号 SP-01) are what its other lists call them by (S23)."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.documents.tables import Cell, Contents, FileKind, Table
from lianfang.registers.powers.models import Power
from lianfang.registers.risks.models import Risk
from lianfang.site.importing import Preview, preview, preview_together, store_preview
from lianfang.site.intake import Taking

TERMS = Taking("LH-WRF")
POWERS: Sequence[Sequence[Cell]] = (
    ("职权编码", "职权名称", "职权类别"),
    ("SP-01", "危险废物经营许可", "行政许可"),
    ("SP-02", "危险废物转移审批", "行政许可"),
)
RISKS: Sequence[Sequence[Cell]] = (
    ("对应职权", "风险点", "表现形式"),
    ("SP-02", "压件不办索要好处", "超期未办结"),
)


def paper(rows: Sequence[Sequence[Cell]]) -> Contents:
    return Contents(FileKind.XLSX, (Table("清单", [list(row) for row in rows], range(1, len(rows) + 1)),))


def said(previewed: Preview, code: str) -> list[tuple[str, str]]:
    found = [one for intake in previewed.intakes for one in intake.findings if one.code == code]
    return [(one.place.cell if one.place else "", one.message) for one in found]


@pytest.mark.covers("S23")
def test_a_risk_point_finds_its_power_by_the_code_of_the_bureau(cast: Cast) -> None:
    store_preview(cast.head, preview(paper(POWERS), TERMS), "权力清单.xlsx")

    store_preview(cast.head, preview(paper(RISKS), TERMS), "风险点.xlsx")

    assert Risk.objects.get().power == Power.objects.get(code="SP-02")


def test_the_power_may_come_in_the_file_beside(cast: Cast) -> None:
    _, risks = preview_together([paper(POWERS), paper(RISKS)], TERMS)

    assert not said(risks, "IMP030")


def test_a_code_of_two_powers_is_told_at_its_cell_and_names_neither(cast: Cast) -> None:
    twice = (*POWERS[:2], ("SP-01", *POWERS[2][1:]))
    previewed = preview(paper(twice), TERMS)
    store_preview(cast.head, previewed, "权力清单.xlsx")

    ((cell, message),) = said(previewed, "IMP055")
    assert cell == "A3"
    assert "职权编码“SP-01”第 2 行“危险废物经营许可”已经用过" in message
    ((_, unknown),) = said(preview(paper((RISKS[0], ("SP-01", *RISKS[1][1:]))), TERMS), "IMP030")
    assert "有 2 个同名的" in unknown


def test_items_of_one_power_may_share_its_code(cast: Cast) -> None:
    head = ("职权编码", "职权名称", "子项名称", "职权类别")
    items = [("SP-01", "危险废物经营许可", item, "行政许可") for item in ("新办", "变更")]

    assert not said(preview(paper((head, *items)), TERMS), "IMP055")


def test_the_code_of_another_bureau_finds_nothing(cast: Cast) -> None:
    store_preview(cast.head, preview(paper(POWERS), TERMS), "权力清单.xlsx")
    Power.objects.update(unit="QT-BG", unit_path="JW/QT/QT-BG/")

    ((_, message),) = said(preview(paper(RISKS), TERMS), "IMP030")

    assert "职权“SP-02”没有登记" in message
