"""What of a file is not imported is said plainly, and confirmed before anything is stored."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest
from django.http import HttpResponse

from lianfang.conftest import Cast
from lianfang.foundation.documents.document import Document, Format, section_of
from lianfang.foundation.documents.tables import Cell, Contents, FileKind, Table
from lianfang.foundation.documents.writers import rendered
from lianfang.foundation.web.tests.sending import SignIn, press
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.sheets import POWERS
from lianfang.registers.powers.tests.test_powers_actions import INSPECTION
from lianfang.site.importing import preview
from lianfang.site.intake import Taking
from lianfang.site.tests.test_command_line import lianfang
from lianfang.site.tests.test_import_doors import upload, workbook

LINES = (
    ("序号", "职权名称", "职权内容", "办理窗口", "空列"),
    ("1", "医疗废物现场检查", "检查暂存和交接。", "三楼东厅", ""),
    ("2", "转移联单核验", "核验跨区转移的联单。", "/", ""),
)


def text_of(page: HttpResponse) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


def left_out(*rows: list[Cell]) -> list[tuple[str, str, int, tuple[str, ...]]]:
    """Heading, cell, filled cells and samples of the columns that stay behind."""
    contents = Contents(FileKind.XLSX, (Table("表", list(rows), range(1, len(rows) + 1)),))
    return [
        (column.heading, column.place.cell, column.count, column.samples)
        for column in preview(contents, Taking("LH-WRF")).unread
    ]


def test_a_column_that_stays_behind_is_shown_with_what_stands_in_it(cast: Cast, sign_in: SignIn) -> None:
    page = text_of(upload(sign_in(cast.head), workbook(权力清单=LINES)))

    assert "这些列不会导入" in page
    assert "办理窗口 工作表“权力清单”D1 1 格 三楼东厅" in page
    assert "我看过了，这些列不导入" in page


def test_nothing_is_stored_before_the_box_is_ticked(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.head)

    answer = press(client, upload(client, workbook(权力清单=LINES)), "/store/")

    assert answer.status_code == 422
    assert "文件里有 1 列的内容不会导入，还没有导入任何内容。" in text_of(answer)
    assert not Power.objects.exists()

    press(client, answer, "/store/", leave_unread="yes")

    assert Power.objects.count() == 2


def test_a_file_that_is_read_whole_asks_nothing(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.head)
    lines = tuple((line[0], line[1], line[2], line[4]) for line in LINES)

    page = upload(client, workbook(权力清单=lines))
    press(client, page, "/store/")

    assert "不会导入" not in text_of(page)
    assert Power.objects.count() == 2


def test_what_the_system_exported_asks_nothing_when_it_comes_back(cast: Cast, sign_in: SignIn) -> None:
    document = Document("权力清单", (section_of(POWERS, [INSPECTION]),), fill_in=True)

    page = upload(sign_in(cast.head), rendered(document, Format.XLSX))

    assert "不会导入" not in text_of(page)


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("序号", ["甲-1", "甲-2", "甲-3"]),
        ("No.", ["7", "8", "9"]),
        ("档", ["1", "2", "3"]),
        ("档", ["1", "2", "1"]),
        ("备注2", ["", "", ""]),
        ("备注2", ["/", "无", "—"]),
    ],
)
def test_blank_columns_and_those_that_count_the_lines_are_no_loss(cast: Cast, heading: str, cells: list[Cell]) -> None:
    rows: list[list[Cell]] = [["岗位编号", "单位编号", "岗位名称", "岗位层级", heading]]
    rows += [[f"LH-WRF-1{line}", "LH-WRF", f"岗{line}", "一般岗位", cell] for line, cell in enumerate(cells)]

    assert left_out(*rows) == []


@pytest.mark.parametrize("cells", [["5", "8", "9"], ["2024", "2025", "2026"], ["1", "3", "4"], ["是", "", ""]])
def test_numbers_that_do_not_count_the_lines_are_content(cast: Cast, cells: list[Cell]) -> None:
    rows: list[list[Cell]] = [["岗位编号", "单位编号", "岗位名称", "岗位层级", "档"]]
    rows += [[f"LH-WRF-1{line}", "LH-WRF", f"岗{line}", "一般岗位", cell] for line, cell in enumerate(cells)]

    assert [column[:2] for column in left_out(*rows)] == [("档", "E1")]


def test_a_column_without_heading_is_shown_by_its_cell(cast: Cast) -> None:
    found = left_out(["职权名称", "职权内容", ""], ["联单核验", "核验联单。", "见附件三"])

    assert found == [("", "C1", 1, ("见附件三",))]


def test_what_stands_once_above_the_list_is_shown_at_its_place(cast: Cast) -> None:
    found = left_out(
        ["岗位", "危险废物监管岗", "岗位职责", "现场检查"],
        ["风险点", "表现形式", "风险等级", "查找人"],
        ["透露抽查名单", "企业提前停产", "高", "小李"],
        ["少记转移数量", "联单与台账不符", "中", "小李"],
    )

    assert found == [("岗位职责", "D1", 1, ("现场检查",))]


def test_words_of_a_state_that_is_not_ours_are_content_and_ours_are_not(cast: Cast) -> None:
    foreign = left_out(
        ["职权名称", "职权内容", "状态"], ["联单核验", "核验联单。", "已整改"], ["检查", "检查。", "已整改"]
    )
    ours = left_out(["职权名称", "职权内容", "状态"], ["联单核验", "核验联单。", "草稿"])

    assert foreign == [("状态", "C1", 2, ("已整改",))]
    assert ours == []


def test_the_command_line_warns_of_each_column_and_stores_the_rest(tmp_path: Path) -> None:
    units = tmp_path / "单位.csv"
    units.write_text("单位编号,单位名称,单位类型,门牌\nSL,水利局,局,\nSL-ZH,综合科,科室,三楼302\n", encoding="utf-8")

    told = lianfang(tmp_path / "home", "org", "import", units)
    plain = lianfang(tmp_path / "home", "org", "import", units, "--format", "json")

    assert told.returncode == 0, told.stderr
    warning = "单位.csv 的“门牌”列（工作表“表格”D1）没有对应的字段，不导入：1 格有内容，例如“三楼302”。"
    assert warning in told.stderr
    (table,) = json.loads(plain.stdout)[0]["tables"]
    assert table["unread"] == [{"column": "门牌", "sheet": "表格", "cell": "D1", "filled": 1, "examples": ["三楼302"]}]
