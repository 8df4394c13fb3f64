"""One list that holds risk points and their measures (S42) gives both; nothing it says is lost on the way."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from django.test import Client
from openpyxl import Workbook

from lianfang.conftest import Cast
from lianfang.foundation.documents.document import Document, Format, section_of
from lianfang.foundation.documents.isolation import read_file
from lianfang.foundation.documents.limits import WEB, Limits
from lianfang.foundation.documents.tables import Cell, Contents, FileKind, Span, Table
from lianfang.foundation.documents.writers import rendered
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.web.tests.sending import SignIn, press
from lianfang.kernel.errors import Conflict
from lianfang.kernel.findings import Finding
from lianfang.registers.controls.models import Control
from lianfang.registers.controls.rows import ControlRow
from lianfang.registers.controls.sheets import CONTROLS
from lianfang.registers.controls.states import ControlState
from lianfang.registers.powers.actions import create_power
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.risks.actions.risks import create_risk
from lianfang.registers.risks.models import Risk
from lianfang.registers.risks.rows import RiskRow, Tier
from lianfang.site.importing import Preview, preview, store_preview
from lianfang.site.intake import Taking
from lianfang.site.tests.test_import_doors import agree, upload
from lianfang.site.tests.test_import_unread import text_of

LEDGERS = Path(__file__).resolve().parents[5] / "shared" / "corpus" / "ledgers"
HEAD: tuple[Cell, ...] = ("岗位", "岗位职责", "风险点", "表现形式", "风险等级", "具体防控措施", "责任人", "责任领导")
LINES: tuple[tuple[Cell, ...], ...] = (
    ("危险废物监管岗", "现场检查", "透露抽查名单换取好处", "企业提前停产", "高",
     "1.当日随机派发任务；\n2.检查结束当日上传影像。", "小李", "张科长"),
    ("危险废物监管岗", "联单核验", "少记转移数量收受好处", "联单与台账不符", "中",
     "每季度抽查十份联单", "办理人", "分管局长"),
    ("危险废物监管岗", "联单核验", "压件不办索要好处", "超期未办结", "低", "", "", ""),
)  # fmt: skip
TERMS = Taking("LH-WRF")


def contents(*rows: Sequence[Cell], merged: tuple[Span, ...] = ()) -> Contents:
    table = Table("台账", [list(row) for row in rows], range(1, len(rows) + 1), merged)
    return Contents(FileKind.XLSX, (table,))


def ledger(head: Sequence[Cell] = HEAD, lines: Sequence[Sequence[Cell]] = LINES) -> Contents:
    return contents(head, *lines)


def measures(previewed: Preview) -> list[ControlRow]:
    return [row for intake in previewed.intakes if intake.register.row is ControlRow for row in intake.rows]


def said(previewed: Preview, code: str) -> list[tuple[str, str]]:
    """Cell and message of every finding with a code."""
    found: list[Finding] = [one for intake in previewed.intakes for one in intake.findings if one.code == code]
    return [(one.place.cell if one.place else "", one.message) for one in found]


def stored() -> list[tuple[str, ...]]:
    """Statement, measure, executing post, owner and supervisor of everything stored."""
    lines = Control.objects.order_by("number").values_list(
        "risk__statement", "action", "actor", "owner__name", "supervisor__name"
    )
    return [tuple(text or "" for text in line) for line in lines]


EXPECTED = [
    ("透露抽查名单换取好处", "当日随机派发任务", "", "小李", "张科长"),
    ("透露抽查名单换取好处", "检查结束当日上传影像。", "", "小李", "张科长"),
    ("少记转移数量收受好处", "每季度抽查十份联单", "办理人（责任领导：分管局长）", "", ""),
]


@pytest.mark.covers("S33", "S41", "S42")
def test_one_list_gives_its_risk_points_and_their_measures(cast: Cast) -> None:
    previewed = preview(ledger(), TERMS)

    store_preview(cast.head, previewed, "导入文件 台账.xlsx")

    assert [intake.register.kind for intake in previewed.intakes] == ["risks", "controls"]
    assert Risk.objects.count() == 3
    assert stored() == EXPECTED
    first = Control.objects.order_by("number")[0]
    assert (first.unit_id, first.state, first.number) == ("LH-WRF", ControlState.DRAFT.value, "LH-WRF-C001")
    assert Entry.objects.filter(kind="controls", verb=Verb.IMPORTED).count() == 3


def test_only_the_column_of_duties_is_still_left_behind(cast: Cast) -> None:
    previewed = preview(ledger(), TERMS)

    assert [column.heading for column in previewed.unread] == ["岗位职责"]
    assert [place for place, _ in said(previewed, "IMP002")] == ["B1"]


def test_a_second_import_of_the_same_file_changes_nothing(cast: Cast) -> None:
    store_preview(cast.head, preview(ledger(), TERMS), "导入")
    entries = Entry.objects.count()

    again = preview(ledger(), TERMS)
    store_preview(cast.head, again, "再导入")

    assert [(intake.created, intake.changed) for intake in again.intakes] == [([], []), ([], [])]
    assert [intake.unchanged for intake in again.intakes] == [3, 3]
    assert Entry.objects.count() == entries
    assert stored() == EXPECTED


def test_what_the_clerk_completed_survives_the_next_import_of_the_list(cast: Cast) -> None:
    store_preview(cast.head, preview(ledger(), TERMS), "导入")
    Control.objects.filter(action="每季度抽查十份联单").update(owner_id="LH-M04", actor="危险废物监管岗")

    again = preview(ledger(), TERMS)

    assert again.intakes[1].unchanged == 3


def test_lines_that_only_go_on_about_a_risk_point_are_one_point_with_several_measures(cast: Cast) -> None:
    lines = [
        ("1", "危险废物监管岗", "透露名单", "高", "当日随机派发", "小李"),
        ("1", "危险废物监管岗", "透露名单", "高", "次日抽查影像", "张科长"),
        ("2", "危险废物监管岗", "少记数量", "中", "每季度抽查联单", "小李"),
    ]

    previewed = preview(ledger(("序号", "岗位", "风险点", "风险等级", "防控措施", "责任人"), lines), TERMS)
    store_preview(cast.head, previewed, "导入")

    assert Risk.objects.count() == 2
    assert [line[:2] + line[3:4] for line in stored()] == [
        ("透露名单", "当日随机派发", "小李"),
        ("透露名单", "次日抽查影像", "张科长"),
        ("少记数量", "每季度抽查联单", "小李"),
    ]


def test_a_cell_over_several_risk_points_gives_each_its_measures_and_says_so(cast: Cast) -> None:
    head = ("岗位", "风险点", "防控措施")
    lines = [("危险废物监管岗", name, "1.双人到场 2.次日抽查") for name in ("甲", "乙", "丙")]

    previewed = preview(contents(head, *lines, merged=(Span(1, 2, 2, 2), Span(2, 2, 3, 2))), TERMS)

    assert len(measures(previewed)) == 6
    ((cell, message),) = said(previewed, "IMP037")
    assert cell == "C2"
    assert "第 2 至 4 行" in message
    assert "3 个风险点" in message


def test_a_measure_without_a_risk_point_is_an_error_that_says_what_to_do(cast: Cast) -> None:
    lines = [("危险废物监管岗", "甲", "双人到场"), ("危险废物监管岗", "", "次日抽查")]

    previewed = preview(ledger(("岗位", "风险点", "防控措施"), lines), TERMS)

    assert not previewed.is_storable
    ((cell, message),) = said(previewed, "IMP020")
    assert cell == "B3"
    assert "请合并风险点单元格" in message


def test_the_same_line_twice_is_still_an_error(cast: Cast) -> None:
    lines = [("危险废物监管岗", "甲", "双人到场"), ("危险废物监管岗", "甲", "双人到场")]

    assert said(preview(ledger(("岗位", "风险点", "防控措施"), lines), TERMS), "IMP033")


def test_columns_of_measures_without_one_measure_leave_the_list_as_it_was(cast: Cast) -> None:
    lines = [("危险废物监管岗", "甲", "", "小李")]

    previewed = preview(ledger(("岗位", "风险点", "防控措施", "责任人"), lines), TERMS)

    assert [intake.register.kind for intake in previewed.intakes] == ["risks"]
    assert [column.heading for column in previewed.unread] == ["责任人"]


def test_a_faulty_risk_point_keeps_its_measures_back_and_the_file_is_not_stored(cast: Cast) -> None:
    lines = [("没有的岗", "甲", "双人到场"), ("危险废物监管岗", "乙", "次日抽查")]

    previewed = preview(ledger(("岗位", "风险点", "防控措施"), lines), TERMS)

    assert [row.action for row in measures(previewed)] == ["次日抽查"]
    assert not previewed.is_storable


@pytest.mark.covers("S42")
def test_a_measure_in_force_is_not_changed_by_a_list_and_then_nothing_is_stored(cast: Cast) -> None:
    store_preview(cast.head, preview(ledger(), TERMS), "导入")
    Control.objects.filter(action="每季度抽查十份联单").update(state=ControlState.IN_FORCE.value)
    other = [*LINES[:1], (*LINES[1][:6], "小李", "张科长"), ("危险废物监管岗", "", "新的一条", "某", "低", "", "", "")]
    entries = Entry.objects.count()

    with pytest.raises(Conflict):
        store_preview(cast.head, preview(ledger(HEAD, other), TERMS), "再导入")

    assert Risk.objects.count() == 3
    assert Entry.objects.count() == entries


def test_a_number_given_to_somebody_else_meanwhile_is_followed(cast: Cast) -> None:
    previewed = preview(ledger(), TERMS)
    create_risk(actor=cast.head, row=RiskRow(number="", tier=Tier.SECTION, unit="LH-WRF", statement="别人的"))

    store_preview(cast.head, previewed, "导入")

    assert stored() == EXPECTED
    assert Risk.objects.get(number="LH-WRF-R001").statement == "别人的"


def test_such_a_number_is_no_reason_to_look_at_the_file_again(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.head)
    page = upload(client, workbook_of(HEAD, LINES))
    create_risk(actor=cast.head, row=RiskRow(number="", tier=Tier.SECTION, unit="LH-WRF", statement="别人的"))

    press_with_tick(client, page)

    assert stored() == EXPECTED


def test_more_measures_than_a_file_may_have_are_refused(cast: Cast) -> None:
    many = "".join(f"（{at}）双人到场{at}" for at in range(1, 100))
    lines = [("危险废物监管岗", f"风险{at}", many) for at in range(9)]
    limits = Limits(rows=500, findings=WEB.findings)

    previewed = preview(ledger(("岗位", "风险点", "防控措施"), lines), Taking("LH-WRF", limits))

    assert not previewed.is_storable
    assert [message for _, message in said(previewed, "IMP040")] == [
        "防控措施超过 500 条，没有读完；请把清单拆成几个文件再导入。"
    ]


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "<script>alert(1)</script>", "1." * 9_000, "\u202e倒写", "'; DROP"])
def test_hostile_words_are_stored_as_the_words_they_are(cast: Cast, text: str) -> None:
    head = ("岗位", "风险点", "防控措施", "责任人")

    store_preview(cast.head, preview(ledger(head, [("危险废物监管岗", "甲", text, text[:40])]), TERMS), "导入")

    assert [line[1:3] for line in stored()] == [(text, text[:40])]


def workbook_of(head: Sequence[Cell], lines: Sequence[Sequence[Cell | None]], *merged: str) -> bytes:
    """A workbook as bureaus make them: a title over the whole width, then the head, the entries and merged cells."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["临江分局污染防治科廉政风险防控措施台账"])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(head))
    for line in (head, *lines):
        sheet.append(list(line))
    for cells in merged:
        sheet.merge_cells(cells)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def press_with_tick(client: Client, page: object) -> None:
    press(client, page, "/store/", leave_unread="yes")


def test_a_workbook_with_merged_cells_is_read_as_its_maker_means_it(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.head)
    head = ("序号", "岗位", "风险点", "风险等级", "防控措施", "责任人")
    lines = [
        (1, "危险废物监管岗", "透露名单", "高", "当日随机派发", "小李"),
        (None, None, None, None, "次日抽查影像", None),
        (2, "危险废物监管岗", "少记数量", "中", "每季度抽查联单", "小李"),
        (3, "危险废物监管岗", "压件不办", "低", None, "小李"),
    ]
    merged = ("A3:A4", "B3:B4", "C3:C4", "D3:D4", "F3:F4", "E5:E6")

    page = upload(client, workbook_of(head, lines, *merged))
    agree(client, page)

    text = text_of(page)
    assert "不会导入" not in text
    assert "这一格合并了第 5 至 6 行" in text
    assert [line[:2] + line[3:4] for line in stored()] == [
        ("透露名单", "当日随机派发", "小李"),
        ("透露名单", "次日抽查影像", "小李"),
        ("少记数量", "每季度抽查联单", "小李"),
        ("压件不办", "每季度抽查联单", "小李"),
    ]


def test_a_table_of_a_word_file_is_read_the_same(cast: Cast, tmp_path: Path) -> None:
    paper = docx.Document()
    paper.add_paragraph("污染防治科廉政风险防控台账")
    table = paper.add_table(rows=4, cols=5)
    for cell, text in zip(table.rows[0].cells, ("岗位", "风险点", "风险等级", "防控措施", "责任人"), strict=True):
        cell.text = text
    for at, (name, action) in enumerate((("甲", "1.双人到场\n2.次日抽查"), ("甲", "逐件留痕"), ("乙", "公示结果")), 1):
        for cell, text in zip(table.rows[at].cells, ("危险废物监管岗", name, "高", action, "小李"), strict=True):
            cell.text = text
    file = tmp_path / "台账.docx"
    paper.save(str(file))

    store_preview(cast.head, preview(read_file(file), TERMS), "导入")

    assert [line[:2] for line in stored()] == [
        ("甲", "双人到场"),
        ("甲", "次日抽查"),
        ("甲", "逐件留痕"),
        ("乙", "公示结果"),
    ]


def test_measures_go_out_and_come_back_as_they_are(cast: Cast, sign_in: SignIn) -> None:
    store_preview(cast.head, preview(ledger(), TERMS), "导入")
    rows = [control.to_row() for control in Control.objects.order_by("number")]
    document = Document("防控措施", (section_of(CONTROLS, rows),), fill_in=True)

    page = upload(sign_in(cast.head), rendered(document, Format.XLSX))

    assert "新增 0 条，修改 0 条，3 条没有变化" in text_of(page)


def test_the_page_shows_both_registers_with_their_findings(cast: Cast, sign_in: SignIn) -> None:
    page = text_of(upload(sign_in(cast.head), workbook_of(HEAD, LINES)))

    assert "风险点 3" in page
    assert "防控措施 3" in page
    assert page.count("新增 3 条") == 2
    assert "“办理人”没有登记这个人" in page


def test_who_may_not_import_stores_neither(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.outsider)

    page = upload(client, workbook_of(HEAD, LINES), unit="")

    assert page.status_code in {200, 403, 422}
    assert not Control.objects.exists()
    assert not Risk.objects.exists()


@pytest.mark.corpus
@pytest.mark.skipif(not LEDGERS.is_dir(), reason="the corpus of real lists is absent")
@pytest.mark.parametrize(
    ("name", "counts"),
    [("04", (1, 1, 0)), ("05", (3, 5, 0)), ("06", (8, 3)), ("13", (1, 1, 1))],
)
def test_real_lists_give_the_measures_that_a_reader_counts(cast: Cast, name: str, counts: tuple[int, ...]) -> None:
    table = read_file(LEDGERS / f"{name}.csv")
    heads = [str(cell) for cell in table.tables[0].rows[0]]
    if "职权名称" in heads:
        power = str(table.tables[0].rows[1][heads.index("职权名称")])
        create_power(actor=cast.head, row=PowerRow(number="", unit="LH-WRF", name=power))

    previewed = preview(table, TERMS)

    risks = [row.number for row in previewed.intakes[0].rows]
    found = [row.risk for row in measures(previewed)]
    assert tuple(map(found.count, risks)) == counts
