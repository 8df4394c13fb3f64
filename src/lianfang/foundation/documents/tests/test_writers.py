"""Written documents are finished office tables: frozen heads, lists to choose from, fonts, page numbers."""

import csv
import io
import json
import re
import zipfile
from dataclasses import replace

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from openpyxl.worksheet.worksheet import Worksheet

from lianfang.foundation.documents.columns import Column, Kind, Sheet
from lianfang.foundation.documents.document import EXPLANATIONS, Document, Format, section_of
from lianfang.foundation.documents.isolation import read_file
from lianfang.foundation.documents.register_reading import read_register
from lianfang.foundation.documents.writers import MOST_ROWS_ON_PAGES, rendered
from lianfang.foundation.documents.writers.layout import line_count, page_widths, with_breaks, without_strays
from lianfang.kernel.errors import Invalid
from lianfang.kernel.levels import Grade

SHEET = Sheet(
    "risks",
    "廉政风险点",
    (
        Column("number", "编号", required=True, kind=Kind.REFERENCE, example="FX-001"),
        Column("risk", "风险点", required=True, width=16),
        Column("level", "风险等级", width=4, kind=Kind.GRADE),
        Column("measures", "防控措施", width=24, kind=Kind.ITEMS),
    ),
)
ENTRY = {"number": "FX-001", "risk": '=HYPERLINK("x")', "level": Grade.HIGH, "measures": ("留痕", "抽查")}


def document(count: int = 1, *, fill_in: bool = False) -> Document:
    section = section_of(SHEET, [ENTRY] * count, note="注：等级由局党组会审定。")
    return Document(
        "风险点一览表", (section,), meta=(("单位", "某局"), ("文号", "")), footer="以存证版本为准。", fill_in=fill_in
    )


def first_sheet(content: bytes) -> tuple[openpyxl.Workbook, Worksheet]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    assert isinstance(sheet, Worksheet)
    return book, sheet


def test_a_workbook_has_frozen_heads_filters_print_titles_and_no_formulas() -> None:
    _, sheet = first_sheet(rendered(document(), Format.XLSX))

    assert sheet["A1"].value == "风险点一览表"
    assert sheet["A2"].value == "单位：某局"
    assert [cell.value for cell in sheet[3]] == ["编号", "风险点", "风险等级", "防控措施"]
    assert sheet.freeze_panes == "A4"
    assert sheet.auto_filter.ref == "A3:D4"
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet["B4"].data_type == "s"
    assert sheet["B4"].value == '=HYPERLINK("x")'
    assert sheet["D4"].value == "1．留痕\n2．抽查"


def test_a_workbook_to_fill_in_has_lists_and_explanations_and_still_imports_the_right_sheet() -> None:
    content = rendered(document(fill_in=True), Format.XLSX)
    book, sheet = first_sheet(content)

    lists = [rule.formula1 for rule in sheet.data_validations.dataValidation]
    explained = list(book["填写说明"].values)
    (table,) = [table for table in read_file(content).tables if table.name != EXPLANATIONS]

    assert lists == ['"高,中,低"']
    assert explained[1][1:] == ("编号", "必填", "填对应条目的编号。", "FX-001")
    assert table.name == "风险点一览表"
    assert read_register(table, SHEET).columns["number"] == ["FX-001"]


def test_csv_opens_in_office_programs_and_runs_no_formula() -> None:
    content = rendered(document(), Format.CSV)

    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))

    assert content.startswith(b"\xef\xbb\xbf")
    assert rows[1][1] == '\'=HYPERLINK("x")'


def test_a_word_file_is_landscape_with_repeated_heads_official_fonts_and_page_numbers() -> None:
    word = docx.Document(io.BytesIO(rendered(document(3), Format.DOCX)))

    page, table = word.sections[0], word.tables[0]
    head = table.rows[0]._tr

    assert [round((side or Mm(0)).mm) for side in (page.page_width, page.page_height)] == [297, 210]
    assert head.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    assert "黑体" in head.xml
    assert "仿宋_GB2312" in table.rows[1]._tr.xml
    assert "NUMPAGES" in page.footer.paragraphs[0]._p.xml
    assert word.paragraphs[-1].text == "以存证版本为准。"


def columns_of(many: int, width: int) -> Sheet:
    """A sheet of ``many`` equal columns."""
    return Sheet("wide", "宽表", tuple(Column(f"f{n}", f"栏目{n}", width=width) for n in range(many)))


def wide_document(many: int, width: int = 20, text: str = "内容") -> Document:
    sheet = columns_of(many, width)
    return Document("宽表", (section_of(sheet, [{column.field: text for column in sheet.columns}] * 3),))


@pytest.mark.parametrize(("many", "paper", "on_one"), [(4, 9, True), (9, 8, True), (24, 8, False)])
def test_a_workbook_takes_a_larger_sheet_or_further_ones_rather_than_small_print(
    many: int, paper: int, on_one: bool
) -> None:
    _, sheet = first_sheet(rendered(wide_document(many), Format.XLSX))
    width = sum(dimension.width for dimension in sheet.column_dimensions.values())
    fitting = sheet.sheet_properties.pageSetUpPr

    assert sheet.page_setup.paperSize == paper
    assert bool(fitting and fitting.fitToPage) is on_one
    if on_one:
        assert width <= 260, "wider would be scaled down to small print"
    else:
        assert sheet.page_setup.scale == 80
        assert sheet.print_title_cols == "$A:$A"


@pytest.mark.parametrize(("many", "side", "size"), [(3, 297, "21"), (8, 420, "21"), (24, 420, "16")])
def test_a_word_file_takes_a_larger_sheet_for_many_columns(many: int, side: int, size: str) -> None:
    word = docx.Document(io.BytesIO(rendered(wide_document(many), Format.DOCX)))

    assert round((word.sections[0].page_width or Mm(0)).mm) == side
    assert f'w:sz w:val="{size}"' in word.tables[0].rows[1]._tr.xml


@pytest.mark.parametrize(("many", "sides"), [(4, (842, 595)), (7, (1191, 842)), (9, (1191, 842)), (24, (595, 842))])
def test_a_pdf_turns_upright_for_more_columns_than_a_page_holds(many: int, sides: tuple[int, int]) -> None:
    content = rendered(wide_document(many), Format.PDF)

    found = re.search(rb"/MediaBox *\[0 0 ([\d.]+) ([\d.]+)\]", content)

    assert found is not None
    assert tuple(round(float(side)) for side in found.groups()) == sides


def test_a_state_is_written_in_words() -> None:
    sheet = Sheet("risks", "风险点", (Column("level", "状态"),))

    _, shown = first_sheet(rendered(Document("一览", (section_of(sheet, [{"level": Grade.HIGH}]),)), Format.XLSX))

    assert shown["A3"].value == "高"


def test_json_holds_values_by_field() -> None:
    written = json.loads(rendered(document(2), Format.JSON))

    assert written["title"] == "风险点一览表"
    assert written["sections"][0]["rows"][1] == {
        "number": "FX-001",
        "risk": '=HYPERLINK("x")',
        "level": "HIGH",
        "measures": ["留痕", "抽查"],
    }


@pytest.mark.parametrize("file_format", [Format.DOCX, Format.PDF])
def test_a_list_too_long_for_pages_is_refused_with_advice(file_format: Format) -> None:
    with pytest.raises(Invalid) as caught:
        rendered(document(MOST_ROWS_ON_PAGES + 1), file_format)

    assert "Excel" in caught.value.remedy


def test_sections_of_one_heading_get_different_sheets() -> None:
    section = section_of(SHEET, [ENTRY], heading="各科室[风险]/汇总表" * 4)

    content = rendered(Document("汇总", (section, section)), Format.XLSX)

    names = first_sheet(content)[0].sheetnames
    assert len(set(names)) == 2
    assert all(len(name) <= 31 for name in names)


def test_the_title_is_kept_in_the_properties_and_no_author_is_invented() -> None:
    packed = zipfile.ZipFile(io.BytesIO(rendered(document(), Format.DOCX)))

    core = packed.read("docProps/core.xml").decode()

    assert "风险点一览表" in core
    assert "python-docx" not in core


def test_columns_are_never_narrower_than_a_number_that_must_not_break() -> None:
    section = section_of(SHEET, [ENTRY | {"number": "FX-2026-000001"}])

    widths = page_widths(section, 100)

    assert widths[0] >= len("FX-2026-000001")
    assert sum(widths) == pytest.approx(100)


def test_long_codes_may_break_and_lines_are_counted_by_width() -> None:
    assert "\u200b" in with_breaks("https://example.cn/a/very/long/address")
    assert with_breaks("FX-001") == "FX-001"
    assert line_count("防控措施\n留痕", 4) == 3


def test_a_column_widens_before_a_full_stop_stands_on_a_line_of_its_own() -> None:
    sheet = Sheet("risks", "风险点", (Column("risk", "风险点", width=16),))
    narrow = section_of(sheet, [{"risk": "改" * 14 + "。"}, {"risk": "改" * 28 + "。"}])

    (width,) = without_strays(narrow, [33.0], 2.6)

    assert width > 33.0
    assert without_strays(section_of(sheet, [{"risk": "改" * 17}]), [33.0], 2.6) == [33.0]


def test_the_cells_of_a_workbook_leave_room_beside_and_above_their_text() -> None:
    _, sheet = first_sheet(rendered(document(), Format.XLSX))

    cells = [cell for cell in sheet[4] if cell.value]
    assert {cell.alignment.vertical for cell in cells} == {"center"}
    assert all(cell.alignment.indent == 1 for cell in cells if cell.alignment.horizontal != "center")


def test_a_heading_stays_on_the_page_of_its_table() -> None:
    section = replace(section_of(SHEET, [ENTRY]), heading="一、风险点")

    word = docx.Document(io.BytesIO(rendered(Document("自查报告", (section,)), Format.DOCX)))

    heading = next(paragraph for paragraph in word.paragraphs if paragraph.text == "一、风险点")
    assert heading.paragraph_format.keep_with_next
