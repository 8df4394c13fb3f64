"""Export of a ledger of 100,000 lines to xlsx, beside openpyxl writing the same cells in its write-only mode."""

from __future__ import annotations

import random

from openpyxl import Workbook

from benchmarks.figures import Figure
from benchmarks.parts.samples import ACTS, GAINS, OBJECTS
from benchmarks.parts.stage import HOME, clock
from lianfang.foundation.documents.document import Document, Format, section_of
from lianfang.foundation.documents.writers import write_table
from lianfang.kernel.levels import Grade
from lianfang.registers.controls.rows import LedgerRow
from lianfang.registers.controls.sheets import LEDGER

LINES = 100_000


def main() -> list[Figure]:
    """Write the same ledger both ways."""
    lines = _lines(LINES)
    with clock() as ours:
        write_table(Document(LEDGER.title, (section_of(LEDGER, lines),)), HOME / "ledger.xlsx", Format.XLSX)
    with clock() as theirs:
        book = Workbook(write_only=True)
        sheet = book.create_sheet()
        sheet.append([column.heading for column in LEDGER.columns])
        for cells in section_of(LEDGER, lines).cells():
            sheet.append(cells)
        book.save(HOME / "openpyxl.xlsx")
    return [
        Figure(f"ledger of {LINES:,} lines", LINES / ours.wall, "rows/s"),
        Figure("the same with openpyxl write-only", LINES / theirs.wall, "rows/s"),
        Figure("times openpyxl, processor", theirs.cpu / ours.cpu, "×"),
    ]


def _lines(count: int) -> list[LedgerRow]:
    chance = random.Random(20260815)
    return [
        LedgerRow(
            number=str(place),
            unit=f"第{place % 30}科",
            post=f"第{place % 240}岗",
            duty=f"负责{chance.choice(OBJECTS)}的日常监督管理",
            risk=f"B00-S00-R{place:06d}",
            statement=f"办理第{place}号事项时{chance.choice(ACTS)}，{chance.choice(GAINS)}",
            manifestation=f"{chance.choice(OBJECTS)}的材料{chance.randint(2, 90)}天未登记",
            grade=chance.choice(tuple(Grade)),
            controls=(f"每件由两人核对第{place}号档案", f"每月抽查{chance.randint(2, 9)}件"),
            owners=(f"第{place % 60}责任人",),
        )
        for place in range(count)
    ]
