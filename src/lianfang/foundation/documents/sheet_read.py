"""Read any published list with the general vocabulary: which register, which heading means what, and its entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from lianfang.foundation.documents.cards import from_paragraphs, laid_across
from lianfang.foundation.documents.cells import cell_text
from lianfang.foundation.documents.isolation import read_file
from lianfang.foundation.documents.levels import LevelReading, read_levels
from lianfang.foundation.documents.limits import COMMAND_LINE, Limits
from lianfang.foundation.documents.notices import Notice
from lianfang.foundation.documents.recognise import Recognition, recognise
from lianfang.foundation.documents.shape import Listing, listing
from lianfang.foundation.documents.tables import Cell, Contents, Table
from lianfang.kernel.findings import Finding, Place
from lianfang.kernel.levels import Grade

_SAMPLE = 50
_TICKED_GRADES = {"高": Grade.HIGH, "中": Grade.MEDIUM, "低": Grade.LOW}


@dataclass(frozen=True, slots=True)
class _Read:
    """One table read: what it is, its column fields and its entries."""

    found: Listing
    recognition: Recognition
    fields: tuple[str | None, ...]
    rows: list[dict[str, object]]
    ambiguous: bool
    findings: list[Finding]


def read_sheet(source: Path | str | bytes, limits: Limits = COMMAND_LINE) -> dict[str, object]:
    """Read a file as published and say what it holds, as plain JSON values.

    ``register`` is ``powers``, ``risks`` or null (then ``reason`` says why); ``columns`` maps each heading to a field
    or null; ``rows`` holds one object an entry; ``levels_ambiguous`` is true where numbered grades lack a legend;
    ``findings`` say where something needs a person's eye. Tables of several sheets are joined when they are the same
    register.

    Raises:
        Invalid, Absent: as ``isolation.read_file``.
    """
    contents = read_file(source, limits)
    read = [_read_table(table) for table in _candidates(contents)]
    tables = [one for one in read if one is not None]
    if not tables:
        reason = "文件里没有找到带表头的表格。"
        findings = [_plain(finding) for finding in contents.findings]
        return {
            "register": None,
            "reason": reason,
            "columns": {},
            "rows": [],
            "levels_ambiguous": False,
            "findings": findings,
        }
    best = max(tables, key=lambda one: (one.recognition.register is not None, one.recognition.score, len(one.rows)))
    kind = best.recognition.register.kind if best.recognition.register else None
    same = [one for one in tables if one is best or (kind and one.recognition.register is best.recognition.register)]
    return _answer(kind, best, same, contents)


def _answer(kind: str | None, best: _Read, same: list[_Read], contents: Contents) -> dict[str, object]:
    columns: dict[str, str | None] = {}
    for one in same:
        for heading, name in zip(_keys(one.found.headings), one.fields, strict=True):
            columns[heading] = columns.get(heading) or name
    findings = [*contents.findings, *(finding for one in same for finding in one.findings)]
    return {
        "register": kind,
        "reason": best.recognition.reason,
        "columns": columns,
        "rows": [row for one in same for row in one.rows],
        "levels_ambiguous": any(one.ambiguous for one in same),
        "findings": [_plain(finding) for finding in findings],
    }


def _candidates(contents: Contents) -> list[Table]:
    """The tables of a file, records written downwards turned across; running text where there is no table."""
    if not contents.tables:
        table = from_paragraphs(contents.paragraphs)
        return [table] if table else []
    return [laid_across(table) or table for table in contents.tables]


def _read_table(table: Table) -> _Read | None:
    found = listing(table)
    if found is None:
        return None
    columns = list(zip(*found.rows, strict=True)) or [() for _ in found.headings]
    sample = [cells[:_SAMPLE] for cells in columns]
    recognition = recognise(found.headings, sample, (table.name, *table.captions, *found.above))
    fields = recognition.fields if recognition.register else tuple(None for _ in found.headings)
    fields = _with_ticks(found.headings, fields) if recognition.register else fields
    levels = _levels(found, fields, columns)
    rows = [_entry(found.headings, fields, row) for row in found.rows]
    if "level" in fields:
        for row, level in zip(rows, levels.levels, strict=True):
            row["level"] = level.value if isinstance(level, Grade) else level
    return _Read(found, recognition, fields, rows, levels.ambiguous, _findings(found, recognition, fields, levels))


def _keys(headings: Sequence[str]) -> list[str]:
    """Headings made different from each other, for they are keys of a JSON object."""
    keys: list[str] = []
    for position, heading in enumerate(headings):
        key = heading or f"（第{position + 1}列）"
        keys.append(key if key not in keys else f"{key}（第{position + 1}列）")
    return keys


def _with_ticks(headings: Sequence[str], fields: Sequence[str | None]) -> tuple[str | None, ...]:
    """Give ``level`` to columns 高, 中, 低 in which the grade of an entry is ticked."""
    ticked = [heading.rpartition("-")[2] in _TICKED_GRADES for heading in headings]
    if sum(ticked) < 3:
        return tuple(fields)
    return tuple("level" if tick else name for tick, name in zip(ticked, fields, strict=True))


def _levels(found: Listing, fields: Sequence[str | None], columns: Sequence[Sequence[Cell]]) -> LevelReading:
    positions = [position for position, name in enumerate(fields) if name == "level"]
    if not positions:
        return LevelReading(())
    if len(positions) == 1:
        return read_levels(columns[positions[0]], found.titles)
    words = [found.headings[position].rpartition("-")[2] for position in positions]
    ticked = [
        next((word for word, cell in zip(words, cells, strict=True) if cell_text(cell) not in {"", "0", "×"}), "")
        for cells in zip(*(columns[position] for position in positions), strict=True)
    ]
    return read_levels(ticked, found.titles)


def _entry(headings: Sequence[str], fields: Sequence[str | None], row: Sequence[Cell]) -> dict[str, object]:
    """One entry; several columns of one field are joined by line ends; columns without a field keep their heading."""
    entry: dict[str, object] = {}
    known = any(fields)
    for heading, name, cell in zip(headings, fields, row, strict=True):
        text = cell_text(cell)
        key = name or ("" if known else heading)
        if key and text:
            entry[key] = f"{entry[key]}\n{text}" if entry.get(key) else text
        elif key:
            entry.setdefault(key, None)
    return entry


def _findings(
    found: Listing, recognition: Recognition, fields: Sequence[str | None], levels: LevelReading
) -> list[Finding]:
    findings = []
    head, table = found.head_rows[1], found.table
    for position, heading in enumerate(found.headings):
        if recognition.register and fields[position] is None:
            message = f"“{heading}”列在“{recognition.register.label}”的通用字段里没有对应，原样留在文件里，没有读入。"
            findings.append(Notice.UNKNOWN_COLUMN.at(table.place(head, position, heading), message))
    for position in recognition.unsure if recognition.register else ():
        message = f"“{found.headings[position]}”列的含义没有把握，请核对。"
        place = table.place(head, position, found.headings[position])
        findings.append(Notice.GUESSED_COLUMN.at(place, message, field=fields[position] or ""))
    for position, why in found.left_out:
        place = Place(sheet=table.name, row=table.numbers[position])
        findings.append(Notice.ROW_LEFT_OUT.at(place, f"这一行是{why}，没有作为条目读入。"))
    if levels.message:
        column = fields.index("level")
        place = table.place(head, column, found.headings[column])
        findings.append(Notice.GRADES_AMBIGUOUS.at(place, levels.message, field="level"))
    for entry, text in levels.unknown:
        place = found.place(entry, fields.index("level"))
        findings.append(Notice.BAD_CELL.at(place, f"等级“{text}”认不出，可以写高、中、低。", field="level"))
    return findings


def _plain(finding: Finding) -> dict[str, object]:
    plain = asdict(finding)
    plain["severity"] = finding.severity.value if finding.severity else None
    plain["place"] = str(finding.place) if finding.place else ""
    return {key: value for key, value in plain.items() if value not in ("", None)}
