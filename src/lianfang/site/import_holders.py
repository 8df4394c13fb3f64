"""Whom a cell of a staff list names: nobody (空缺), one person, or several; remarks behind a name are told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lianfang.foundation.documents.cells import BLANKS, cell_text, close_name, narrow
from lianfang.foundation.documents.shape import Listing
from lianfang.kernel.findings import Finding, Severity

REMARK = "IMP046"
_NOBODY = frozenset({*BLANKS, "空缺", "暂缺", "缺", "缺编", "空编", "空岗", "待定", "暂无", "待配", "未配", "待补"})
_REMARK = re.compile(r"[（(\[【][^（()）\[\]【】]{1,20}[)）\]】]")
_BETWEEN = re.compile(r"[、，,；;/\n\t]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]{2,4}")


def one_holder_a_line(found: Listing, person: int) -> tuple[Listing, list[Finding]]:
    """The list with one person, or nobody, on each of its entries; what was left off names is told at their cells."""
    rows, positions, told = [], [], []
    for entry, row in enumerate(found.rows):
        written = cell_text(row[person])
        bare = _REMARK.sub("", written).strip()
        if bare != written and narrow(bare) not in _NOBODY:
            message = f"姓名里的“{'”“'.join(_REMARK.findall(written))}”没有读入，按“{bare}”登记；请核对。"
            place = found.place(entry, person)
            told.append(Finding("", "", message, code=REMARK, severity=Severity.WARNING, place=place))
        for name in list(_names(bare)) or [""]:
            rows.append([*row[:person], name, *row[person + 1 :]])
            positions.append(found.positions[entry])
    return replace(found, rows=rows, positions=positions), told


def _names(text: str) -> Iterator[str]:
    for piece in map(str.strip, _BETWEEN.split(close_name(text))):
        parts = piece.split()
        if len(parts) > 1 and all(map(_CHINESE.fullmatch, parts)):
            yield from parts
        elif narrow(piece) not in _NOBODY:
            yield close_name(piece)
