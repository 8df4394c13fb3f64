"""Tables and paragraphs come out of every office format with merged cells filled and hidden things told."""

import datetime
import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement
from openpyxl.worksheet.worksheet import Worksheet

from lianfang.foundation.documents.child import packed
from lianfang.foundation.documents.isolation import contents_of, read_file
from lianfang.foundation.documents.limits import WEB
from lianfang.foundation.documents.tables import Cell, Contents, FileKind, Table, column_letters
from lianfang.foundation.documents.tests import hostile
from lianfang.kernel.errors import Invalid

HALF_PAST_EIGHT = datetime.datetime(2026, 3, 2, 8, 30)  # noqa: DTZ001 (cells know no time zone)
SOFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")


def workbook(build: Callable[[openpyxl.Workbook], None]) -> bytes:
    book = openpyxl.Workbook()
    build(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def first_sheet(book: openpyxl.Workbook) -> Worksheet:
    assert isinstance(book.active, Worksheet)
    return book.active


def messages(contents: Contents) -> str:
    return "".join(finding.message for finding in contents.findings)


def test_a_long_list_comes_over_in_pieces_with_every_date_at_its_row() -> None:
    first = datetime.date(2026, 1, 1)
    rows: list[list[Cell]] = [[f"第{row}行", first + datetime.timedelta(days=row % 300)] for row in range(9_000)]
    rows[8_500][1] = HALF_PAST_EIGHT
    said = Contents(FileKind.XLSX, (Table("表", [list(row) for row in rows], range(1, 9_001)),))

    read = contents_of(packed(said, WEB))

    assert read.tables[0].rows == rows


def test_merged_areas_of_a_workbook_are_filled_and_dates_stay_dates() -> None:
    def build(book: openpyxl.Workbook) -> None:
        sheet = first_sheet(book)
        sheet.append(["单位", "风险点", "日期", "次数"])
        sheet.append(["污控科", "甲", datetime.date(2026, 3, 1), 2])
        sheet.append([None, "乙", HALF_PAST_EIGHT, 3.5])
        sheet.merge_cells("A2:A3")

    table = read_file(workbook(build)).tables[0]

    assert table.rows[1] == ["污控科", "甲", datetime.date(2026, 3, 1), 2.0]
    assert table.rows[2] == ["污控科", "乙", HALF_PAST_EIGHT, 3.5]
    assert table.place(2, 1).cell == "B3"


def test_hidden_sheets_stay_out_and_hidden_rows_come_in_and_both_are_told() -> None:
    def build(book: openpyxl.Workbook) -> None:
        sheet = first_sheet(book)
        sheet.title = "风险<点>&表"
        for row in (["风险点", "措施"], ["甲", "一"], ["乙", "二"]):
            sheet.append(row)
        sheet.row_dimensions[3].hidden = True
        hidden = book.create_sheet("底稿")
        hidden.append(["机密", "内容"])
        hidden.sheet_state = "hidden"

    content = workbook(build)
    contents = read_file(content)

    assert [table.name for table in contents.tables] == ["风险<点>&表"]
    assert len(contents.tables[0].rows) == 3
    assert "“底稿”是隐藏的，没有读入" in messages(contents)
    assert "第 3 行是隐藏的" in messages(contents)
    assert len(read_file(content, hidden_sheets=True).tables) == 2


def test_hidden_columns_come_in_and_are_told_by_their_letters() -> None:
    def build(book: openpyxl.Workbook) -> None:
        sheet = first_sheet(book)
        for row in (["风险点", "底数", "备注", "措施"], ["甲", "二", "三", "一"]):
            sheet.append(row)
        for letter in "BC":
            sheet.column_dimensions[letter].hidden = True

    contents = read_file(workbook(build))

    assert contents.tables[0].rows[1] == ["甲", "二", "三", "一"]
    assert "第 B、C 列是隐藏的" in messages(contents)


@pytest.mark.parametrize("gap", ["   ", "\u3000", " \u3000 ", "，"])
def test_columns_divided_by_gaps_or_full_width_commas_are_read(gap: str) -> None:
    lines = (("序号", "风险点", "等级"), ("1", "换样", "高"), ("2", "漏采", "低"))
    text = "某室风险清单\n" + "\n".join(gap.join(line) for line in lines)

    (table,) = read_file(text.encode()).tables

    assert table.rows[1:] == [list(line) for line in lines]


@pytest.mark.parametrize(
    "text",
    [
        "序号  风险点  等级\n1  换样  高\n2      低\n",
        "请各科室，于周五前，报清单\n逾期，不候\n联系人，小李，电话，另行通知\n",
        "标题\n一、二、三\n正文一句，两句。\n",
    ],
)
def test_lines_that_fall_into_unequal_parts_are_no_table(text: str) -> None:
    contents = read_file(text.encode())

    assert contents.tables == ()
    assert len(contents.paragraphs) == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_files_are_read_in_every_usual_encoding_and_separator(encoding: str, delimiter: str) -> None:
    lines = [["风险点", "措施"], ["审查走过场", '"一条\n两条"'], ["收受礼金", "=1+1"]]
    text = "\r\n".join(delimiter.join(line) for line in lines)

    contents = read_file(text.encode(encoding))

    assert contents.kind is FileKind.TEXT
    assert contents.tables[0].rows == [["风险点", "措施"], ["审查走过场", "一条\n两条"], ["收受礼金", "=1+1"]]


def test_running_text_gives_paragraphs_and_no_table() -> None:
    contents = read_file("实施方案\n\n一、动员阶段（6月底前）\n各科室要提高认识。\n".encode("gbk"))

    assert contents.tables == ()
    assert contents.paragraphs == ("实施方案", "一、动员阶段（6月底前）", "各科室要提高认识。")


def test_an_open_quote_that_swallows_the_file_is_told() -> None:
    text = '风险点,措施\n甲,一\n乙,"二\n' + "丙,三\n" * 300

    assert "引号没有成对" in messages(read_file(text.encode()))


@pytest.mark.parametrize(("encoding", "charset"), [("utf-8", "utf-8"), ("gbk", "gb2312"), ("utf-8", "")])
def test_a_web_page_saved_as_xls_is_read_with_its_spans(encoding: str, charset: str) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""
    page = f"""<html><head>{meta}<style>td {{color: red}}</style></head><body><p>某局清单</p>
    <table><tr><th rowspan=2>单位</th><th colspan=2>职权</th></tr><tr><th>项目</th><th>子项</th></tr>
    <tr><td rowspan="2">环评&nbsp;科</td><td>审批<br>许可</td><td></td></tr>
    <tr style="display:none"><td>备案</td><td>无</td></tr>
    </table></body></html>"""

    contents = read_file(page.encode(encoding))

    assert contents.kind is FileKind.HTML
    assert contents.tables[0].rows == [
        ["单位", "职权", "职权"],
        ["单位", "项目", "子项"],
        ["环评 科", "审批\n许可", ""],
        ["环评 科", "备案", "无"],
    ]
    assert contents.tables[0].captions == ("某局清单",)
    assert "隐藏" in messages(contents)


def word_file() -> bytes:
    word = docx.Document()
    word.add_paragraph("某局廉政风险点一览表")
    table = word.add_table(rows=3, cols=3)
    for row, texts in enumerate([["单位", "风险点", "措施"], ["污控科", "甲", "一"], ["", "乙", "二"]]):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    word.add_paragraph("注：一级为最高。")
    numbered = word.add_paragraph("总体要求", style="List Number")
    numbered.add_run().add_tab()
    deleted = OxmlElement("w:del")
    run = OxmlElement("w:r")
    gone = OxmlElement("w:t")
    gone.text = "已删去"
    run.append(gone)
    deleted.append(run)
    numbered._p.append(deleted)
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def test_a_word_file_gives_tables_with_their_captions_and_numbered_paragraphs() -> None:
    contents = read_file(word_file())

    assert contents.kind is FileKind.DOCX
    assert contents.tables[0].rows == [["单位", "风险点", "措施"], ["污控科", "甲", "一"], ["污控科", "乙", "二"]]
    assert contents.tables[0].captions == ("某局廉政风险点一览表",)
    assert contents.tables[0].remarks[0] == "注：一级为最高。"
    assert contents.paragraphs[-1] == "1.总体要求"


def test_the_lines_of_a_word_file_hold_its_tables_where_they_stand() -> None:
    assert list(read_file(word_file()).lines) == [
        "某局廉政风险点一览表",
        "单位\t风险点\t措施",
        "污控科\t甲\t一",
        "污控科\t乙\t二",
        "注：一级为最高。",
        "1.总体要求",
    ]


def test_horizontal_spans_of_a_word_table_are_filled() -> None:
    cells = "<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr><w:p><w:r><w:t>职权</w:t></w:r></w:p></w:tc>"
    rest = "".join(f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in ("项目", "子项"))
    xml = f"{hostile.DOCUMENT_HEAD}<w:tbl><w:tr>{cells}</w:tr><w:tr>{rest}</w:tr></w:tbl></w:body></w:document>"

    table = read_file(hostile.docx(xml)).tables[0]

    assert table.rows == [["职权", "职权"], ["项目", "子项"]]
    assert list(table.lines) == ["职权", "项目\t子项"]


def converted(content: bytes, name: str, target: str, folder: Path) -> bytes:
    assert SOFFICE is not None
    source = folder / name
    source.write_bytes(content)
    command = [SOFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", target, name]
    subprocess.run(command, cwd=folder, capture_output=True, check=True, timeout=120)
    return (folder / f"{source.stem}.{target.partition(':')[0]}").read_bytes()


@needs_office
@pytest.mark.office
def test_a_legacy_workbook_is_read_with_its_merged_areas(tmp_path: Path) -> None:
    def build(book: openpyxl.Workbook) -> None:
        for row in (["单位", "风险点"], ["污控科", "甲"], [None, "乙"]):
            first_sheet(book).append(row)
        first_sheet(book).merge_cells("A2:A3")

    contents = read_file(converted(workbook(build), "a.xlsx", "xls", tmp_path))

    assert contents.kind is FileKind.XLS
    assert contents.tables[0].rows == [["单位", "风险点"], ["污控科", "甲"], ["污控科", "乙"]]


@needs_office
@pytest.mark.office
def test_an_open_document_sheet_is_read_and_its_lost_merges_are_told(tmp_path: Path) -> None:
    def build(book: openpyxl.Workbook) -> None:
        for row in (["单位", "风险点"], ["污控科", "甲"]):
            first_sheet(book).append(row)

    contents = read_file(converted(workbook(build), "a.xlsx", "ods", tmp_path))

    assert contents.tables[0].rows == [["单位", "风险点"], ["污控科", "甲"]]
    assert "合并单元格" in messages(contents)


def test_the_extension_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "名单.docx"
    path.write_text("风险点,措施\n甲,一\n乙,二\n", encoding="utf-8")

    assert read_file(path).kind is FileKind.TEXT


def test_a_workbook_cut_in_its_sheet_is_refused() -> None:
    sheet = hostile.sheet_xml(f'<row r="1">{hostile.cell("A1", "甲")}</row>').replace("</sheetData>", "")

    with pytest.raises(Invalid, match="损坏"):
        read_file(hostile.xlsx(sheet))


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_spreadsheet_letters(index: int, letters: str) -> None:
    assert column_letters(index) == letters
