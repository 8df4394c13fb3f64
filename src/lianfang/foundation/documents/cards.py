"""Turn records written downwards (one field a line, 字段 | 值 or 字段：值) into an ordinary table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from lianfang.foundation.documents.cells import cell_text
from lianfang.foundation.documents.concepts import Register
from lianfang.foundation.documents.headings import reduce_heading
from lianfang.foundation.documents.recognise import GENERAL, readings_of
from lianfang.foundation.documents.tables import Cell, Table

_LINE = re.compile(r"^\s*(?:[(（]?\d{1,2}[)）.、]\s*)?([^:：，。；,;]{2,14})[:：]\s*(.+)$")
_KNOWN = 0.6
_SHARE = 0.6
_FEWEST_FIELDS = 3

Pair = tuple[int, str, Cell]
"""Row number, field name as printed, value."""


def laid_across(table: Table, registers: Sequence[Register] = GENERAL) -> Table | None:
    """The same records one a row, or ``None`` when the table is not made of field and value side by side."""
    if table.width not in {2, 4} or len(table.rows) < _FEWEST_FIELDS:
        return None
    pairs = list(_pairs(table))
    return _as_table(table.name, pairs, table, registers)


def from_paragraphs(paragraphs: Iterable[str], registers: Sequence[Register] = GENERAL) -> Table | None:
    """Records in running text, each line ``字段：值``; ``None`` when most lines are something else."""
    lines = list(paragraphs)
    matches = [(number, found) for number, line in enumerate(lines, 1) if (found := _LINE.match(line))]
    if len(matches) < max(_FEWEST_FIELDS, len(lines) // 2):
        return None
    pairs: list[Pair] = [(number, found.group(1).strip(), found.group(2).strip()) for number, found in matches]
    return _as_table("正文", pairs, None, registers)


def _pairs(table: Table) -> Iterator[Pair]:
    for position, row in enumerate(table.rows):
        for left in range(0, table.width, 2):
            name, value = cell_text(row[left]), row[left + 1]
            if name and name != value:
                yield table.numbers[position], name, value


def _as_table(name: str, pairs: list[Pair], table: Table | None, registers: Sequence[Register]) -> Table | None:
    names = list(dict.fromkeys(field for _, field, _ in pairs))
    if len(names) < _FEWEST_FIELDS or not any(_mostly_known(names, register) for register in registers):
        return None
    records: list[tuple[int, dict[str, Cell]]] = []
    previous = ""
    for number, field, value in pairs:
        if not records or (field in records[-1][1] and field != previous):
            records.append((number, {}))
        filled = records[-1][1]
        filled[field] = f"{cell_text(filled[field])}\n{cell_text(value)}" if field in filled else value
        previous = field
    rows: list[list[Cell]] = [list(names), *([record.get(field, "") for field in names] for _, record in records)]
    captions = table.captions if table else ()
    return Table(name, rows, [pairs[0][0], *(number for number, _ in records)], (), captions)


def _mostly_known(names: list[str], register: Register) -> bool:
    known = [name for name in names if len(reduce_heading(name).base) <= 14 and _score(register, name) >= _KNOWN]
    return len(known) >= max(_FEWEST_FIELDS, _SHARE * len(names))


def _score(register: Register, name: str) -> float:
    readings = readings_of(register, name)
    return readings[0][0] if readings and readings[0][1] is not None else 0.0
