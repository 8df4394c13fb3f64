"""What is written reads back to the same values, cell by cell and through whole files."""

import datetime
import io
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.foundation.documents.columns import Column, Kind, Sheet, read_cell, write_cell
from lianfang.foundation.documents.document import Document, Format, Section, section_of
from lianfang.foundation.documents.guards import guarded, needs_guard, unguarded
from lianfang.foundation.documents.isolation import read_file
from lianfang.foundation.documents.register_reading import read_register
from lianfang.foundation.documents.writers import rendered, write_table
from lianfang.kernel.levels import Grade
from lianfang.kernel.vocabulary import Word


class Step(Word):
    ACCEPT = "ACCEPT", "受理", "收件"
    EXAMINE = "EXAMINE", "审查"
    DECIDE = "DECIDE", "决定"


SHEET = Sheet(
    "risks",
    "廉政风险点",
    (
        Column("number", "编号", required=True, kind=Kind.REFERENCE),
        Column("unit", "单位"),
        Column("risk", "风险点", required=True, width=16),
        Column("measures", "防控措施", kind=Kind.ITEMS, width=24),
        Column("owners", "责任人员", kind=Kind.NAMES),
        Column("level", "风险等级", kind=Kind.GRADE),
        Column("step", "环节", kind=Kind.WORD, words=Step),
        Column("steps", "涉及环节", kind=Kind.WORDS, words=Step),
        Column("due", "完成日期", kind=Kind.DATE),
        Column("count", "次数", kind=Kind.WHOLE),
        Column("collective", "是否集体决策", kind=Kind.YES),
        Column("links", "关联制度", kind=Kind.REFERENCES),
    ),
)


def unique(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=4, unique=True).map(tuple)


signs = "审批岗位ABC12 =+-@'，。；、（）%_\n\t#\"1．.2一、①"
printable = st.text(st.sampled_from(signs), max_size=24).map(str.strip)
one_line = printable.map(lambda text: " ".join(text.split())).filter(bool)
name = st.text(st.sampled_from("张王李科长室甲乙"), min_size=1, max_size=5)
number = st.text(st.sampled_from("ABFX0123456789-"), min_size=4, max_size=10).filter(lambda text: text.strip("-"))
entries = st.fixed_dictionaries(
    {
        "number": number,
        "unit": printable,
        "risk": name,
        "measures": st.lists(one_line, max_size=4).map(tuple),
        "owners": unique(name),
        "level": st.sampled_from([*Grade, None]),
        "step": st.sampled_from([*Step, None]),
        "steps": unique(st.sampled_from(list(Step))),
        "due": st.dates(datetime.date(1990, 1, 1), datetime.date(2090, 12, 31)) | st.none(),
        "count": st.integers(-10_000, 1_000_000) | st.none(),
        "collective": st.booleans(),
        "links": unique(number),
    }
)


@given(entries)
def test_every_kind_of_cell_reads_back_what_was_written(entry: dict[str, Any]) -> None:
    for column in SHEET.columns:
        assert read_cell(column, write_cell(column, entry[column.field])) == entry[column.field]


@given(st.text(max_size=40))
def test_disarming_formulas_can_be_undone(text: str) -> None:
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-1+1", "@SUM(A1)", "\t=1", "＝1+1", "'=1"])
def test_text_that_a_spreadsheet_might_run_is_disarmed(text: str) -> None:
    assert guarded(text) == "'" + text


@pytest.mark.parametrize("text", ["-", "-3.5", "+86", "-12%", "张科长", "", "'引号", "5-6月"])
def test_numbers_and_a_lone_dash_are_left_alone(text: str) -> None:
    assert not needs_guard(text)


@pytest.mark.parametrize("file_format", [Format.XLSX, Format.CSV, Format.DOCX])
@settings(max_examples=6, deadline=None)
@given(st.lists(entries, min_size=1, max_size=5, unique_by=lambda entry: entry["number"]))
def test_a_whole_file_reads_back_what_was_written(file_format: Format, written: Any) -> None:
    document = Document(
        "廉政风险点一览表", (section_of(SHEET, written, note="注：示例。"),), meta=(("单位", "某局"),), fill_in=True
    )

    contents = read_file(rendered(document, file_format))
    reading = read_register(contents.tables[0], SHEET)

    assert [finding.message for finding in reading.findings if finding.severity != "I"] == []
    assert reading.rows == written


def test_the_fast_way_for_long_lists_reads_back_too() -> None:
    written = [
        {"number": f"FX-{i:05d}", "unit": "=1+1", "risk": "随意裁量", "due": datetime.date(2026, 3, 1), "count": i}
        for i in range(6_000)
    ]
    fields = ("number", "unit", "risk", "due", "count")
    document = Document("一览表", (section_of(SHEET, written, fields=fields),), meta=(("单位", "某局"),))

    contents = read_file(rendered(document, Format.XLSX))
    reading = read_register(contents.tables[0], SHEET)

    assert reading.rows == written


def test_a_path_only_ever_holds_a_finished_file(tmp_path: Path) -> None:
    document = Document("表", (section_of(SHEET, [{"number": "A-1", "risk": "字" * 40_000}]),))

    with pytest.raises(Exception, match="32767"):
        write_table(document, tmp_path / "x.xlsx", Format.XLSX)

    assert not (tmp_path / "x.xlsx").exists()


def test_a_pdf_holds_fonts_and_every_page_its_heading() -> None:
    written = [{"number": f"FX-{i:03d}", "risk": "审查标准掌握不一", "measures": ("留痕", "抽查")} for i in range(60)]
    stream = io.BytesIO()

    write_table(Document("一览表", (section_of(SHEET, written),)), stream, Format.PDF)

    content = stream.getvalue()
    assert content.startswith(b"%PDF")
    assert b"NotoSerifSC" in content
    pages = re.search(rb"/Type/Pages/Count (\d+)", content)
    assert pages is not None
    assert int(pages.group(1)) >= 3


def test_the_second_pdf_of_a_process_is_as_good_as_the_first() -> None:
    document = Document("台账", (Section("", (Column("post", "岗位"),), [["危险废物监管岗"]]),))

    pages = [rendered(document, Format.PDF) for _ in range(3)]

    assert all(page.startswith(b"%PDF-") for page in pages)


def test_pdfs_are_made_by_several_threads_at_once() -> None:
    document = Document("台账", (Section("", (Column("post", "岗位"),), [["危险废物监管岗"]]),))

    with ThreadPoolExecutor(4) as pool:
        pages = list(pool.map(lambda _: rendered(document, Format.PDF), range(8)))

    assert all(page.startswith(b"%PDF-") for page in pages)
