"""A text that many cells name is unfolded for each of them: how much that makes is counted before it is done."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

from lianfang.foundation.documents.isolation import read_file
from lianfang.foundation.documents.limits import COMMAND_LINE, MEBIBYTE, WEB, Limits
from lianfang.foundation.documents.tests import hostile
from lianfang.kernel.errors import Invalid

SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINKS = hostile.WORKBOOK_LINKS.replace(
    "</Relationships>",
    '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" '
    'Target="sharedStrings.xml"/></Relationships>',
)


def shared(texts: list[str], rows: int, cell: str = '<c r="A{row}" t="s"><v>{at}</v></c>') -> bytes:
    """A workbook whose rows all name the last of the texts, the first row the first."""
    entries = "".join(f"<si><t>{text}</t></si>" if text else "<si/>" for text in texts)
    lines = (
        f'<row r="{row}">{cell.format(row=row, at=0 if row == 1 else len(texts) - 1)}</row>'
        for row in range(1, rows + 1)
    )
    more = {"xl__sharedStrings.xml": f"<sst {SPACE}>{entries}</sst>", "xl___rels__workbook.xml.rels": LINKS}
    return hostile.xlsx(f"{hostile.SHEET_HEAD}<sheetData>{''.join(lines)}</sheetData></worksheet>", **more)


def narrowed(answer: int) -> Limits:
    return replace(WEB, answer=answer, ratio=10_000)


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A{row}" t="s"><v>{at}</v></c>',
        "<c t='s' r='A{row}'><v>{at}</v></c>",
        '<c r="A{row}" t="s"> <v xml:space="preserve"> {at}</v></c>',
        '<c r="A{row}" t = "s"><v>{at}</v></c>',
        '<c r="A{row}" t="s"><f/><v>{at}</v></c>',
        '<c r="A{row}" t="s"><f>A1</f><v>{at}</v></c>',
        '<c r="A{row}" t="s"><v><!-- one -->{at}</v></c>',
        '<c r="A{row}" t="s"><v>00000000000{at}</v></c>',
    ],
)
def test_texts_that_unfold_too_far_are_refused_before_they_do(cell: str) -> None:
    content = shared(["风险点", "甲" * 1_000], 800, cell)

    with pytest.raises(Invalid, match="全部展开超过 1 兆字节"):
        read_file(content, narrowed(MEBIBYTE))


def test_a_sheet_is_counted_under_whatever_name_the_workbook_gives_it() -> None:
    content = shared(["风险点", "甲" * 1_000], 800)
    moved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(moved, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            text = old.read(member).replace(b"worksheets/sheet1.xml", b"blatt/Sheet1.bin")
            new.writestr(member.replace("worksheets/sheet1.xml", "blatt/Sheet1.bin"), text)

    with pytest.raises(Invalid, match="全部展开超过 1 兆字节"):
        read_file(moved.getvalue(), narrowed(MEBIBYTE))


def test_cells_that_are_empty_name_no_text() -> None:
    content = shared(["甲" * 30_000, "乙"], 5_000, '<c r="A{row}" t="s"><v>{at}</v></c><c r="B{row}" t="s" />')

    assert read_file(content, narrowed(4 * MEBIBYTE)).tables[0].rows[1][0] == "乙"


def test_texts_that_stay_within_the_bound_are_read() -> None:
    content = shared(["风险点", "甲" * 1_000], 300)

    (table,) = read_file(content, narrowed(MEBIBYTE)).tables

    assert len(table.rows) == 300
    assert table.rows[299] == ["甲" * 1_000]


def test_one_long_text_beside_many_short_ones_is_no_reason_to_refuse() -> None:
    content = shared(["甲" * 30_000, "乙"], 5_000)

    (table,) = read_file(content, narrowed(MEBIBYTE)).tables

    assert [table.rows[0], table.rows[4_999]] == [["甲" * 30_000], ["乙"]]


def test_an_empty_text_keeps_its_place_in_the_count() -> None:
    content = shared(["甲" * 1_000, "", "乙"], 2_000)

    assert len(read_file(content, narrowed(MEBIBYTE)).tables[0].rows) == 2_000


def test_the_command_line_is_given_no_more_memory_than_the_web() -> None:
    assert COMMAND_LINE.memory == WEB.memory == 1024 * MEBIBYTE
    assert COMMAND_LINE.answer < COMMAND_LINE.memory
    assert COMMAND_LINE.unpacked < COMMAND_LINE.memory
