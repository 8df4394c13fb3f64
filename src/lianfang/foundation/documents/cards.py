"""Turn records written downwards (forms: 字段 | 值, two or four to a row, or 字段：值) into an ordinary table."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lianfang.foundation.documents.cells import cell_text
from lianfang.foundation.documents.concepts import Register
from lianfang.foundation.documents.headings import reduce_heading
from lianfang.foundation.documents.recognise import GENERAL, readings_of, recognise
from lianfang.foundation.documents.tables import Cell, Table

_LINE = re.compile(r"^\s*(?:[(（]?\d{1,2}[)）.、]\s*)?([^:：，。；,;]{2,14})[:：]\s*(.+)$")
_SENTENCE = re.compile(r"[，。；,;：:]")
_COUNTED = re.compile(r"[(（]?[一二三四五六七八九十\d]+[)）]?$")
_DIMENSION = re.compile(
    r"^(?:[(（]?[一二三四五\d][)）、.])?(?:个人)?(?:思想道德|岗位职责|权力行使|业务流程|工作流程|制度机制|制度执行|外部环境)"
    r"(?:方面)?(?:的)?(?:廉政|廉洁)?(?:风险)?(?:点|表现|内容)?$"
)
_KNOWN = 0.6
_SHARE = 0.6
_FEWEST_FIELDS = 3
_LONGEST_LABEL = 16
_WIDEST_FORM = 16
_LOOKED_AT = 60

Record = dict[str, tuple[Cell, tuple[int, int]]]
"""Field → its value and where that stands: row number in the file, 0-based column."""


@dataclass(frozen=True, slots=True)
class Said:
    """A field as printed and its value; ``row`` (a position in the table) and ``column`` are where the value stands."""

    row: int
    column: int
    name: str
    value: Cell


def laid_across(table: Table, registers: Sequence[Register] = GENERAL) -> Table | None:
    """The same records one a row, or ``None`` when the table is not made of field and value side by side.

    A form of one post is one record; where a field comes again (a second 风险点), a second record begins that keeps
    what stood before. Rows such as 思想道德风险 | 表现 become one record each, with the dimension as 风险类别.
    """
    if not 2 <= table.width <= _WIDEST_FORM or len(table.rows) < _FEWEST_FIELDS or not _is_form(table, registers):
        return None
    said = list(itertools.chain.from_iterable(map(_unfolded, _said(table, registers))))
    names = list(dict.fromkeys(one.name for one in said))
    if len(names) < _FEWEST_FIELDS or recognise(names, (), (table.name, *table.captions), registers).register is None:
        return None
    return _as_table(said, table)


def from_paragraphs(paragraphs: Iterable[str], registers: Sequence[Register] = GENERAL) -> Table | None:
    """Records in running text, each line ``字段：值``; ``None`` when most lines are something else."""
    lines = list(paragraphs)
    matches = [(number, found) for number, line in enumerate(lines, 1) if (found := _LINE.match(line))]
    if len(matches) < max(_FEWEST_FIELDS, len(lines) // 2):
        return None
    said = [Said(number - 1, 0, found.group(1).strip(), found.group(2).strip()) for number, found in matches]
    names = list(dict.fromkeys(one.name for one in said))
    if len(names) < _FEWEST_FIELDS or not any(_mostly_known(names, register) for register in registers):
        return None
    return _as_table(said, Table("正文", [[line] for line in lines], range(1, len(lines) + 1)))


def pairs_above(table: Table, until: int, registers: Sequence[Register] = GENERAL) -> list[Said]:
    """What a form says in the rows before ``until``, above its list: 部门 | 环评科 | 岗位 | 审批岗.

    Beside a known field in such a row stand others that no register may know; they are content too.
    """
    above = replace(table, rows=table.rows[:until], numbers=table.numbers[:until])
    said = [one for one in _said(above, registers) if one.value != ""]
    telling = {one.row for one in said if _knows(registers, one.name)}
    return [one for one in said if one.row in telling]


def _is_form(table: Table, registers: Sequence[Register]) -> bool:
    """Whether more known fields stand in front of a value than side by side as in a heading row.

    Headings that no field is kept for (检查对象, 备注) stand side by side with the others all the same.
    """
    fields: set[str] = set()
    most_abreast = 0
    for row in table.rows[:_LOOKED_AT]:
        runs = _runs(row)
        texts = [cell_text(cell) for _, cell in runs]
        known = [_is_label(text) and _knows(registers, text) for text in texts]
        if not any(known):
            continue
        worded = [_is_label(text) and _is_heading(registers, text) for text in texts]
        abreast = any(left and right for left, right in itertools.pairwise(worded))
        most_abreast = max(most_abreast, sum(known) if abreast else 0)
        fields |= {_plain(text) for text, is_known in zip(texts, known, strict=True) if is_known and not abreast}
    return len(fields) >= _FEWEST_FIELDS and len(fields) > most_abreast


def _runs(row: Sequence[Cell]) -> list[tuple[int, Cell]]:
    """Where they begin and the cells of a row, equal neighbours (a merged cell that was filled) taken as one."""
    return [next(run) for _, run in itertools.groupby(enumerate(row), key=lambda item: item[1])]


def _said(table: Table, registers: Sequence[Register]) -> Iterator[Said]:
    """Fields and values from left to right; a caption beside several fields (排查情况 | 风险点 | …) is passed over."""
    for position, row in enumerate(table.rows):
        runs = _runs(row)
        left = 0
        while left < len(runs):
            name = cell_text(runs[left][1])
            column, value = runs[left + 1] if left + 1 < len(runs) else (runs[left][0], "")
            caption = left + 2 < len(runs) and not _knows(registers, name) and _knows(registers, cell_text(value))
            if not name or caption or (len(runs) % 2 and left + 1 == len(runs)):
                left += 1
                continue
            if _is_label(name):
                yield Said(position, column, name, value)
            left += 2


def _unfolded(said: Said) -> Iterator[Said]:
    """What is said as it is, or a dimension and what was found in it as two fields of a record of their own."""
    if _DIMENSION.match("".join(said.name.split())) and "风险" in said.name:
        yield replace(said, name="风险类别", value=said.name)
        yield replace(said, name="风险点")
    else:
        yield said


def _as_table(said: Sequence[Said], table: Table) -> Table:
    """One record a row under the field names; where a value stands in ``table`` stays known."""
    headings: dict[str, str] = {}
    records: list[tuple[int, Record]] = []
    previous = ""
    for one in said:
        name, at = _plain(one.name), (table.numbers[one.row], one.column)
        headings.setdefault(name, one.name)
        if not records:
            records.append((at[0], {}))
        elif name in records[-1][1] and name != previous:
            records.append((at[0], _before(records[-1][1], name)))
        filled = records[-1][1]
        filled[name] = (
            (f"{cell_text(filled[name][0])}\n{cell_text(one.value)}", at) if name in filled else (one.value, at)
        )
        previous = name
    _share_what_follows(records)
    return _tabled(headings, records, table)


def _tabled(headings: Mapping[str, str], records: Sequence[tuple[int, Record]], table: Table) -> Table:
    rows: list[list[Cell]] = [list(headings.values())]
    rows += [[record[name][0] if name in record else "" for name in headings] for _, record in records]
    stood = {
        (row, column): record[name][1]
        for row, (_, record) in reversed([*enumerate(records, 1)])
        for column, name in enumerate(headings)
        if name in record
    }
    stood |= {(0, column): stood[row, column] for row, column in stood}
    numbers = [records[0][0], *(number for number, _ in records)]
    return Table(table.name, rows, numbers, (), table.captions, table.remarks, stood=stood)


def _plain(name: str) -> str:
    """A field name without spaces and without the number of its repetition: 风险点1, 风险点（二） → 风险点."""
    plain = "".join(name.split())
    return _COUNTED.sub("", plain) or plain


def _before(record: Record, field: str) -> Record:
    """What stood in a record before ``field``; a following record of the same form keeps it."""
    return dict(itertools.takewhile(lambda item: item[0] != field, record.items()))


def _share_what_follows(records: Sequence[tuple[int, Record]]) -> None:
    """Where the dimensions of one form come first and 防控措施 once below them, it belongs to each of them."""
    rows = [record for _, record in records]
    if len(rows) < 2 or not all("风险类别" in record for record in rows):
        return
    common = {field: value for field, value in rows[-1].items() if not any(field in record for record in rows[:-1])}
    for record in rows[:-1]:
        record.update(common)


def _is_label(text: str) -> bool:
    return 0 < len("".join(text.split())) <= _LONGEST_LABEL and not _SENTENCE.search(text.rstrip("：:"))


def _knows(registers: Sequence[Register], name: str) -> bool:
    return any(_score(register, _plain(name)) >= _KNOWN * 0.99 for register in registers)


def _is_heading(registers: Sequence[Register], name: str) -> bool:
    """Whether a text is the heading of a field or of a column that a register knows and does not keep."""
    plain = _plain(name)
    return any(readings[0][0] >= _KNOWN * 0.99 for register in registers if (readings := readings_of(register, plain)))


def _mostly_known(names: list[str], register: Register) -> bool:
    known = [name for name in names if len(reduce_heading(name).base) <= 14 and _score(register, name) >= _KNOWN]
    return len(known) >= max(_FEWEST_FIELDS, _SHARE * len(names))


def _score(register: Register, name: str) -> float:
    readings = readings_of(register, name) if name else ()
    return readings[0][0] if readings and readings[0][1] is not None else 0.0
