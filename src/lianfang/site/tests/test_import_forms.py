"""Registration forms (登记表): field and value side by side, one record a form, from a real file into the registers."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import docx
import pytest
from openpyxl import Workbook

from lianfang.conftest import Cast
from lianfang.foundation.documents.isolation import read_file
from lianfang.foundation.documents.lists import lists_of
from lianfang.foundation.documents.recognise import register_of
from lianfang.foundation.documents.tables import Cell, Table
from lianfang.kernel.findings import Finding
from lianfang.kernel.levels import Grade
from lianfang.registers.controls.models import Control
from lianfang.registers.powers.models import Power
from lianfang.registers.risks.models import Risk
from lianfang.registers.risks.rows import RiskRow, Tier
from lianfang.registers.risks.states import RiskState
from lianfang.site.importing import Preview, preview, store_preview
from lianfang.site.intake import Taking
from lianfang.site.registers import REGISTERS, Register

Lines = Sequence[Sequence[str]]
RISK_FORM: Lines = (
    ("岗位廉政风险登记表",),
    ("姓  名", "小李", "所在科室", "污染防治科"),
    ("岗位名称", "危险废物监管岗", "填表日期", "2026年3月"),
    ("廉政风险点", "经办人把抽查日期透露给企业，换取好处"),
    ("表现形式", "检查前一天企业突击补台账"),
    ("风险等级", "□高  ☑中  □低", "查找人", "小李"),
    ("本人签字：", "", "年   月   日", ""),
)
POWER_FORM: Lines = (
    ("行政职权登记表",),
    ("职权名称", "医疗废物暂存现场检查"),
    ("职权类别", "行政检查"),
    ("行使主体", "临江分局"),
    ("法律依据", "《医疗废物管理条例》第三十九条"),
    ("办理期限", "5个工作日"),
)
MEASURE_FORM: Lines = (
    ("防控措施登记表",),
    ("风险点编号", "LH-WRF-R001", "频次", "每月"),
    ("具体防控措施", "抽查名单由系统当日随机派发，科长次日复核"),
    ("责任人", "张科长", "留痕凭证", "派发记录"),
)


def in_excel(*forms: Lines) -> bytes:
    """A workbook with a form a sheet; the last cell of a short row reaches to the right edge, as people draw them."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, lines in enumerate(forms, 1):
        sheet = book.create_sheet(f"第{number}张")
        width = max(map(len, lines))
        for row, line in enumerate(lines, 1):
            sheet.append(list(line))
            if len(line) < width:
                sheet.merge_cells(start_row=row, end_row=row, start_column=len(line), end_column=width)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def in_word(*forms: Lines) -> bytes:
    """A Word file with a table a form, its title above it as a paragraph."""
    paper = docx.Document()
    for title, *lines in forms:
        paper.add_paragraph(title[0])
        width = max(map(len, lines))
        table = paper.add_table(rows=0, cols=width)
        for line in lines:
            cells = table.add_row().cells
            for cell, text in zip(cells, line, strict=False):
                cell.text = text
            if len(line) < width:
                cells[len(line) - 1].merge(cells[width - 1])
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()


def looked_at(content: bytes) -> Preview:
    return preview(read_file(content), Taking("LH-WRF"))


def found(previewed: Preview, code: str) -> list[Finding]:
    return [one for intake in previewed.intakes for one in intake.findings if one.code == code]


def replaced(form: Lines, old: str, new: str) -> Lines:
    return tuple(tuple(new if text == old else text for text in line) for line in form)


written = pytest.mark.parametrize("write", [in_excel, in_word], ids=["Excel", "Word"])


@pytest.fixture
def risk(stage: object) -> str:
    """A stored risk that a form of a measure refers to."""
    row = RiskRow(number="LH-WRF-R001", tier=Tier.SECTION, unit="LH-WRF", statement="打招呼")
    Risk.objects.create(
        number=row.number,
        tier=row.tier.value,
        unit_id=row.unit,
        unit_path="JW/LH/LH-WRF/",
        statement=row.statement,
        state=RiskState.LIVE.value,
    )
    return row.number


@written
def test_a_form_of_a_risk_point_is_stored_as_one_risk(cast: Cast, write: Callable[..., bytes]) -> None:
    store_preview(cast.head, looked_at(write(RISK_FORM)), "导入文件 登记表")

    stored = Risk.objects.get().to_row()
    assert (stored.unit, stored.post, stored.finder) == ("LH-WRF", "LH-WRF-02", "小李")
    assert stored.statement == "经办人把抽查日期透露给企业，换取好处"
    assert stored.manifestation == "检查前一天企业突击补台账"


@written
def test_the_grade_that_a_form_ticks_is_read(cast: Cast, write: Callable[..., bytes]) -> None:
    (intake,) = looked_at(write(RISK_FORM)).intakes

    assert [row.grade for row in intake.rows] == [Grade.MEDIUM]


@written
def test_a_form_of_a_power_is_stored_as_one_power(cast: Cast, write: Callable[..., bytes]) -> None:
    store_preview(cast.head, looked_at(write(POWER_FORM)), "导入文件 登记表")

    stored = Power.objects.get().to_row()
    assert (stored.unit, stored.name, stored.holder) == ("LH-WRF", "医疗废物暂存现场检查", "临江分局")
    assert stored.basis == ("《医疗废物管理条例》第三十九条",)
    assert str(stored.time_limit) == "5个工作日"


@written
def test_a_form_of_a_measure_is_stored_as_one_measure(cast: Cast, risk: str, write: Callable[..., bytes]) -> None:
    store_preview(cast.head, looked_at(write(MEASURE_FORM)), "导入文件 登记表")

    stored = Control.objects.get().to_row()
    assert (stored.risk, stored.owner, stored.evidence) == (risk, "LH-M03", "派发记录")
    assert stored.action == "抽查名单由系统当日随机派发，科长次日复核"


@written
def test_every_form_of_a_file_is_taken(cast: Cast, write: Callable[..., bytes]) -> None:
    second = replaced(RISK_FORM, "经办人把抽查日期透露给企业，换取好处", "经办人少记转移数量，换取好处")

    store_preview(cast.head, looked_at(write(RISK_FORM, second, POWER_FORM)), "导入文件 登记表")

    assert Risk.objects.count() == 2
    assert Power.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "cell"),
    [
        (
            in_excel(POWER_FORM, replaced(RISK_FORM, "□高  ☑中  □低", "特别高")),
            "工作表“第2张”第 6 行“风险等级”列（B6）",
        ),
        (
            in_word(POWER_FORM, replaced(RISK_FORM, "□高  ☑中  □低", "特别高")),
            "工作表“第 2 个表格”第 5 行“风险等级”列（B5）",
        ),
    ],
    ids=["Excel", "Word"],
)
def test_a_fault_in_a_form_names_the_cell_in_which_it_stands(cast: Cast, content: bytes, cell: str) -> None:
    (fault,) = found(looked_at(content), "IMP021")

    assert str(fault.place) == cell


def test_a_name_that_nobody_knows_is_told_at_its_cell_far_to_the_right(cast: Cast) -> None:
    (fault,) = found(looked_at(in_excel(replaced(RISK_FORM, "污染防治科", "污控股"))), "IMP030")

    assert str(fault.place) == "工作表“第1张”第 2 行“所在科室”列（D2）"


def test_what_the_rules_find_in_a_form_is_told_at_its_cell(cast: Cast) -> None:
    vague = replaced(RISK_FORM, "经办人把抽查日期透露给企业，换取好处", "工作不认真")

    (intake,) = looked_at(in_excel(vague)).intakes

    about = {one.place.cell for one in intake.findings if one.field == "statement" and one.place}
    assert about == {"B4"}


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.kind)
@pytest.mark.parametrize("count", [0, 1, 3])
def test_no_list_of_a_register_is_taken_for_a_form(register: Register, count: int) -> None:
    headings: list[Cell] = [column.heading for column in register.sheet.columns]
    rows = [headings]
    rows += [[column.example or "某词" for column in register.sheet.columns] for _ in range(count)]
    table = Table("表", rows, range(1, len(rows) + 1))

    assert list(lists_of([table], tuple(register_of(one.sheet) for one in REGISTERS))) == [table]
