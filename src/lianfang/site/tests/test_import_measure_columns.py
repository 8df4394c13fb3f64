"""Columns beside a measure belong to the measure: how often it is carried out, and what it leaves behind (S33, S42)."""

from __future__ import annotations

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.documents.tables import Cell, Contents, FileKind, Table
from lianfang.registers.controls.models import Control
from lianfang.registers.controls.rows import Frequency
from lianfang.site.importing import Preview, preview, store_preview
from lianfang.site.intake import Taking


def beside(often: str = "频次", left: str = "留痕材料", said: str = "每季度") -> Preview:
    """A list of risk points and measures, read as the clerk's section sends it in."""
    head: list[Cell] = ["序号", "风险点", "防控措施", "责任人", "监督人", often, left]
    line: list[Cell] = [1, "少记转移数量收受好处", "抽查十份联单并逐份核对台账", "小李", "张科长", said, "抽查记录表"]
    table = Table("防控措施", [head, line], (1, 2))
    return preview(Contents(FileKind.XLSX, (table,)), Taking("LH-WRF"))


@pytest.mark.covers("S33", "S42")
@pytest.mark.parametrize("often", ["频次", "完成频次", "检查频次", "执行频次"])
@pytest.mark.parametrize("left", ["留痕材料", "留痕凭证", "工作留痕", "佐证材料"])
def test_frequency_and_traces_go_into_the_measure(cast: Cast, often: str, left: str) -> None:
    previewed = beside(often, left)
    store_preview(cast.head, previewed, "措施.xlsx")

    control = Control.objects.get()
    assert (control.frequency, control.evidence) == (Frequency.QUARTERLY.value, "抽查记录表")
    assert previewed.unread == []


@pytest.mark.parametrize(("said", "word"), [("每季度一次", Frequency.QUARTERLY), ("按月", Frequency.MONTHLY)])
def test_frequencies_are_read_as_lists_write_them(cast: Cast, said: str, word: Frequency) -> None:
    store_preview(cast.head, beside(said=said), "措施.xlsx")

    assert Control.objects.get().frequency == word.value


def test_a_frequency_that_is_no_word_of_the_register_is_named_and_bars_nothing(cast: Cast) -> None:
    previewed = beside(said="随机")
    store_preview(cast.head, previewed, "措施.xlsx")

    (told,) = [one for intake in previewed.intakes for one in intake.findings if one.code == "IMP054"]
    assert told.place is not None
    assert told.place.cell == "F2"
    assert "频次“随机”认不出，没有读入" in told.message
    assert Control.objects.get().frequency == ""


def test_a_list_without_them_leaves_alone_what_is_stored(cast: Cast) -> None:
    store_preview(cast.head, beside(), "措施.xlsx")
    head: list[Cell] = ["风险点", "防控措施"]
    table = Table("清单", [head, ["少记转移数量收受好处", "抽查十份联单并逐份核对台账"]], (1, 2))

    again = preview(Contents(FileKind.XLSX, (table,)), Taking("LH-WRF"))

    assert [intake.unchanged for intake in again.intakes] == [1, 1]
