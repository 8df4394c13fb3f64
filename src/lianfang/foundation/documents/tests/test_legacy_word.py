"""Old Word files keep their tables: what Word wrote in 2003 is read like what it writes today."""

from __future__ import annotations

import hashlib
import io
import struct
from pathlib import Path

import docx
import pytest

from lianfang.foundation.documents.child import read_contents
from lianfang.foundation.documents.isolation import read_file
from lianfang.foundation.documents.limits import WEB, Limits
from lianfang.foundation.documents.notices import Notice
from lianfang.foundation.documents.readers.legacy_word import LegacyWord
from lianfang.foundation.documents.tables import FileKind, Span
from lianfang.foundation.documents.tests.test_readers import converted, needs_office
from lianfang.kernel.errors import Invalid

pytestmark = [pytest.mark.office, needs_office]
ROWS = (
    ("阶段", "时间", "任务", "责任单位"),
    ("查找风险", "3月1日至4月30日", "逐岗位查找", "各科室"),
    ("", "", "逐级汇总", "办公室"),
    ("说明：本表由各科室填写", "", "", ""),
)


def plan() -> bytes:
    """A title, a table with cells merged down and across, a paragraph, a second table, and a last line."""
    word = docx.Document()
    word.add_paragraph("廉政风险防控工作安排")
    word.add_paragraph("具体安排见下表：")
    table = word.add_table(rows=len(ROWS), cols=len(ROWS[0]))
    for row, texts in enumerate(ROWS):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    for column in (0, 1):
        table.cell(1, column).merge(table.cell(2, column))
    table.cell(3, 0).merge(table.cell(3, 3))
    word.add_paragraph("另有一表：")
    second = word.add_table(rows=2, cols=2)
    for place, text in enumerate(("序号", "材料", "1", "风险点登记表\n（两份）")):
        second.cell(place // 2, place % 2).text = text
    word.add_paragraph("特此通知。")
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The same document as an office program saves it for Word 97."""
    return converted(plan(), "a.docx", "doc", Path(tmp_path_factory.mktemp("office")))


def test_tables_stand_where_they_stood_with_merged_cells_filled(old: bytes) -> None:
    now, then = read_file(plan()), read_file(old)

    assert then.kind is FileKind.DOC
    assert then.paragraphs == now.paragraphs
    assert [table.rows for table in then.tables] == [table.rows for table in now.tables]
    assert [(table.above, table.captions, table.remarks) for table in then.tables] == [
        (table.above, table.captions, table.remarks) for table in now.tables
    ]
    assert list(then.lines) == list(now.lines)
    assert set(then.tables[0].merged) == {Span(1, 0, 2, 0), Span(1, 1, 2, 1), Span(3, 0, 3, 3)}
    assert then.findings == ()


def test_rows_too_wide_for_a_page_of_properties_are_read_too(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph("宽表如下：")
    table = word.add_table(rows=2, cols=14)
    for place in range(28):
        table.cell(place // 14, place % 14).text = f"第{place}格"
    stream = io.BytesIO()
    word.save(stream)

    contents = read_file(converted(stream.getvalue(), "a.docx", "doc", tmp_path))

    assert [table.rows for table in contents.tables] == [table.rows for table in read_file(stream.getvalue()).tables]
    assert contents.findings == ()


def test_cells_whose_row_has_no_end_are_not_lost_in_silence(old: bytes) -> None:
    row_end = bytes.fromhex("172401")
    assert row_end in old

    contents = read_contents(old.replace(row_end, bytes.fromhex("172400")), WEB)

    assert contents.tables == ()
    assert any("逐岗位查找" in line for line in contents.paragraphs)
    assert [found.code for found in contents.findings] == [Notice.TABLES_LOST.code]


def test_a_table_larger_than_the_limits_is_refused(old: bytes) -> None:
    with pytest.raises(Invalid, match="超过 3 行"):
        read_contents(old, Limits(rows=3))
    with pytest.raises(Invalid, match="超过 3 列"):
        read_contents(old, Limits(columns=3))


def test_where_properties_cannot_be_followed_the_text_is_read_and_the_loss_told(old: bytes) -> None:
    begin = old.index(LegacyWord.of(old).document[:64])
    lost = bytearray(old)
    struct.pack_into("<II", lost, begin + 0x0102, 0x7FFFFFF0, 0x7FFFFFF0)

    contents = read_contents(bytes(lost), WEB)

    assert contents.tables == ()
    assert contents.paragraphs[0] == "廉政风险防控工作安排"
    assert [found.code for found in contents.findings] == [Notice.TABLES_LOST.code]


def test_pieces_that_name_more_text_than_there_is_are_refused(old: bytes) -> None:
    streams = LegacyWord.of(old)
    begin, length = struct.unpack_from("<II", streams.document, 0x01A2)
    count = (length - 5 - 4) // 12
    endless = bytearray(old)
    at = old.index(streams.table[begin : begin + length])
    for index in range(1, count + 1):
        struct.pack_into("<I", endless, at + 5 + 4 * index, 0x3FFFFFFF)
    struct.pack_into("<I", endless, old.index(streams.document[:64]) + 0x4C, 0x3FFFFFFF)

    with pytest.raises(Invalid, match="已损坏或加密"):
        read_contents(bytes(endless), WEB)


@pytest.mark.parametrize("bytes_changed", [1, 5, 200])
def test_damaged_files_are_refused_or_read_and_nothing_else_happens(old: bytes, bytes_changed: int) -> None:
    told = {"read": 0, "refused": 0}
    for step in range(100):
        damaged = bytearray(old)
        for change in range(bytes_changed):
            digest = hashlib.sha256(f"{step}/{change}".encode()).digest()
            damaged[int.from_bytes(digest[:4]) % (len(old) - 8) + 8] = digest[4]
        try:
            read_contents(bytes(damaged[: len(old) - step * 400 * (step % 2)]), WEB)
        except Invalid:
            told["refused"] += 1
        else:
            told["read"] += 1

    assert sum(told.values()) == 100
    if bytes_changed < 200:
        assert min(told.values()) > 5
