"""Hostile and broken files are refused with a sentence, quickly, and take nothing down (security.md §7)."""

import time
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest

from lianfang.foundation.documents.isolation import read_file
from lianfang.foundation.documents.limits import COMMAND_LINE, MEBIBYTE, WEB, Limits
from lianfang.foundation.documents.tests import hostile
from lianfang.kernel.errors import Absent, Invalid


def refusal(content: bytes, limits: Limits = WEB) -> str:
    started = time.monotonic()
    with pytest.raises(Invalid) as caught:
        read_file(content, limits)
    assert time.monotonic() - started < 40
    assert caught.value.message.endswith("。")
    assert caught.value.remedy.endswith("。")
    return caught.value.message


@pytest.mark.parametrize("content", [b"", b"\x00" * 100, b"  \r\n\t "])
def test_an_empty_file_is_called_empty(content: bytes) -> None:
    assert "空的" in refusal(content)


def test_a_missing_file_is_absent(tmp_path: Path) -> None:
    with pytest.raises(Absent):
        read_file(tmp_path / "nothing.xlsx")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"{\\rtf1\\ansi x}", "RTF"),
        (b"\x89PNG\r\n\x1a\n0000", "图片"),
        (b"Rar!\x1a\x07\x00xx", "压缩包"),
        (b"MZ\x90\x00 program", "程序"),
        (hostile.archive({"a.txt": "x"}), "压缩包"),
        (hostile.archive({"ppt/presentation.xml": "x"}), "演示文稿"),
        (hostile.ole("EncryptionInfo", "EncryptedPackage"), "加密"),
        (hostile.ole("PowerPoint Document"), "演示文稿"),
        (hostile.ole("KSheetStream"), "WPS"),
        (hostile.ole("Workbook"), "损坏"),
        (hostile.ole("WordDocument"), "Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "损坏"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "2003"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "mht"),
        (bytes(range(256)) * 40, "认不出"),
    ],
)
def test_every_kind_that_cannot_be_read_is_named(content: bytes, words: str) -> None:
    assert words in refusal(content)


def test_a_truncated_workbook_is_called_damaged() -> None:
    whole = hostile.xlsx(hostile.sheet_xml(f'<row r="1">{hostile.cell("A1", "甲")}</row>'))

    assert "损坏" in refusal(whole[: len(whole) // 2])


def test_a_legacy_workbook_on_which_the_parser_itself_breaks_down_is_called_damaged() -> None:
    assert "损坏" in refusal(hostile.ole("Workbook")[:-42])


def test_a_workbook_that_unpacks_too_far_is_refused_before_parsing() -> None:
    bomb = hostile.xlsx(hostile.sheet_xml(" " * (WEB.unpacked + 10)))

    assert len(bomb) < 200_000
    assert "展开后" in refusal(bomb)


def test_a_member_packed_too_tightly_is_refused() -> None:
    assert "压缩比" in refusal(hostile.xlsx(hostile.sheet_xml(" " * 8_000_000)))


def test_too_many_members_are_refused() -> None:
    members = {f"x{number}.xml": "" for number in range(WEB.members)}

    assert "部件" in refusal(hostile.xlsx(hostile.sheet_xml(""), **members))


@pytest.mark.parametrize("prologue", [hostile.LAUGHS, hostile.OUTSIDE])
def test_entities_in_a_workbook_never_reach_a_cell(prologue: str) -> None:
    sheet = prologue + hostile.sheet_xml(f'<row r="1">{hostile.cell("A1", "&j;")}{hostile.cell("B1", "甲")}</row>')

    try:
        contents = read_file(hostile.xlsx(sheet))
    except Invalid:
        return
    assert "root:" not in str(contents.tables)
    assert len(str(contents.tables)) < 1_000


@pytest.mark.parametrize("prologue", [hostile.LAUGHS, hostile.OUTSIDE])
def test_entities_in_a_word_file_are_refused(prologue: str) -> None:
    document = prologue + hostile.DOCUMENT_HEAD + "<w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:body></w:document>"

    assert "实体" in refusal(hostile.docx(document))


def test_a_word_file_nested_a_thousand_deep_is_refused() -> None:
    deep = hostile.DOCUMENT_HEAD + "<w:sdt>" * 3_000 + "</w:sdt>" * 3_000 + "</w:body></w:document>"

    assert "损坏" in refusal(hostile.docx(deep))


def test_a_lying_dimension_is_not_believed() -> None:
    rows = f'<row r="1">{hostile.cell("A1", "风险点")}{hostile.cell("B1", "措施")}</row>'
    sheet = hostile.sheet_xml(rows, before='<dimension ref="A1:XFD1048576"/>')

    contents = read_file(hostile.xlsx(sheet))

    assert contents.tables[0].rows == [["风险点", "措施"]]


def test_content_far_to_the_right_is_refused_with_its_column() -> None:
    rows = f'<row r="1">{hostile.cell("A1", "甲")}{hostile.cell("XFD1", "乙")}</row>'

    assert "XFD" in refusal(hostile.xlsx(hostile.sheet_xml(rows)))


def test_content_in_the_last_corner_does_not_exhaust_the_machine() -> None:
    rows = f'<row r="1">{hostile.cell("A1", "甲")}</row><row r="1048576">{hostile.cell("XFD1048576", "乙")}</row>'

    refusal(hostile.xlsx(hostile.sheet_xml(rows)), replace(WEB, memory=512 * 1024 * 1024))


def test_more_rows_than_allowed_are_refused_with_the_number() -> None:
    text = "风险点,措施\n" + "甲,乙\n" * 30

    assert "20 行" in refusal(text.encode(), replace(WEB, rows=20))


def test_a_cell_longer_than_office_programs_write_is_refused_with_its_line() -> None:
    long = "编号,风险点\n1,短\n2," + "长" * 32_768 + "\n"

    assert "第 3 行有一格超过 32767 个字" in refusal(long.encode())
    assert read_file(long.replace("长" * 9, "长").encode()).tables


def test_a_million_columns_in_a_text_file_are_refused() -> None:
    assert "60 列" in refusal(b"a,b\n" * 9 + b"x," * 1_000_000 + b"x\n")


def test_a_web_page_with_enormous_spans_stays_small() -> None:
    page = "<table><tr><td rowspan=99999999 colspan=1000000>甲</td></tr><tr><td>乙</td></tr></table>"

    contents = read_file(page.encode())

    assert len(contents.tables[0].rows) == 2
    assert contents.tables[0].width <= 2 * WEB.columns


@pytest.mark.parametrize(
    "content",
    [
        hostile.merged_workbook("甲乙丙丁" * 8_000, 20_000, "BH"),
        hostile.merged_workbook("甲乙丙丁" * 10, 20_000, "BH"),
        hostile.merged_word_table("甲乙丙丁" * 200, 3_000, 60),
        hostile.merged_page("甲乙丙丁" * 100, 15_000, 50),
    ],
    ids=["the longest text", "a short text", "word", "web page"],
)
def test_a_small_file_that_merging_makes_large_is_refused_before_it_reaches_the_parent(content: bytes) -> None:
    assert len(content) < 300_000

    tracemalloc.start()
    try:
        message = refusal(content)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert "合并" in message
    assert "内存" in message
    assert most < 4 * MEBIBYTE


def test_sheets_that_together_have_too_many_cells_are_refused_with_their_number() -> None:
    message = refusal(hostile.merged_workbook("甲", 10_000, "AD"), replace(WEB, cells=299_999))

    assert "共有 300000 格" in message


def test_the_largest_merged_area_that_is_taken_stays_modest_in_the_parent() -> None:
    tracemalloc.start()
    try:
        contents = read_file(hostile.merged_workbook("甲乙丙丁", 20_000, "BH"))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert contents.tables[0].width == WEB.columns
    assert most < 256 * MEBIBYTE


def test_a_web_page_row_of_a_million_cells_is_refused() -> None:
    assert "列" in refusal(b"<html><table><tr>" + b"<td>x" * 1_000_000 + b"</table>")


def test_a_parser_that_runs_out_of_time_is_ended() -> None:
    text = "风险点,措施\n" + "甲,乙\n" * 400_000

    message = refusal(text.encode(), replace(WEB, rows=1_000_000, cpu_seconds=0, wall_seconds=10))

    assert "时间" in message


def test_a_parser_that_runs_out_of_memory_is_ended() -> None:
    text = "风险点,措施\n" + "甲,乙\n" * 400_000

    message = refusal(text.encode(), replace(WEB, rows=1_000_000, memory=64 * 1024 * 1024))

    assert "内存" in message


def test_a_list_of_too_many_lines_is_told_first_to_be_divided() -> None:
    text = ("风险点,措施\n" + "甲,乙\n" * 400_000).encode()

    with pytest.raises(Invalid) as refused:
        read_file(text, replace(WEB, rows=1_000_000, memory=64 * 1024 * 1024))

    assert "行数" in refused.value.message
    assert refused.value.remedy.startswith("行数多的清单，请拆成几个文件")


@pytest.mark.parametrize(("limits", "named"), [(WEB, True), (COMMAND_LINE, False)])
def test_the_command_line_is_named_as_a_way_only_where_it_takes_more(limits: Limits, named: bool) -> None:
    assert limits.fewer_rows.startswith("请删去多余的行或拆成几个文件")
    assert ("命令行" in limits.fewer_rows) is named


def test_a_file_larger_than_allowed_is_not_even_read() -> None:
    assert "MiB" in refusal(b"x" * 2_000_000, replace(WEB, file_size=1_000_000))


LIST = "编号,单位,风险点,表现形式,风险等级\nLH-X1,LH-WRF,执法人员收受礼金隐瞒超标,笔录不一致,高\n"


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (LIST.encode().replace("礼".encode(), b"\x00"), "第 2 行（第 82 个字节）"),
        (LIST.encode("gb18030").replace(b"\n", b"\x00\n"), "第 1 行（第 35 个字节）"),
        ((LIST * 200).encode() + b"\x00" + LIST.encode(), "第 401 行"),
    ],
)
def test_a_text_with_a_byte_of_no_text_is_called_damaged_at_its_line(content: bytes, place: str) -> None:
    with pytest.raises(Invalid, match="文件已损坏，或者不是文本文件") as refused:
        read_file(content, WEB)

    assert place in refused.value.message


@pytest.mark.parametrize("content", [LIST.encode("utf-16-le"), LIST.encode("utf-16-be"), LIST.encode() + b"\x00" * 64])
def test_text_of_two_bytes_a_character_and_text_that_was_padded_are_read(content: bytes) -> None:
    (table,) = read_file(content, WEB).tables

    assert table.rows[1][0] == "LH-X1"
