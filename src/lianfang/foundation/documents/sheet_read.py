"""Read any published list with the general vocabulary: which register, which heading means what, and its entries."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from lianfang.foundation.documents.cards import from_paragraphs
from lianfang.foundation.documents.cells import cell_text
from lianfang.foundation.documents.isolation import read_file
from lianfang.foundation.documents.levels import LevelReading, read_levels
from lianfang.foundation.documents.limits import COMMAND_LINE, Limits
from lianfang.foundation.documents.list_findings import entry_findings, level_findings, list_findings, other_list
from lianfang.foundation.documents.lists import lists_of
from lianfang.foundation.documents.marked_grades import marked_column, marked_grades
from lianfang.foundation.documents.recognise import Recognition, recognise
from lianfang.foundation.documents.shape import Listing, listing
from lianfang.foundation.documents.tables import Cell, Contents, FileKind, Table
from lianfang.foundation.documents.ticks import ticked_words, with_ticks
from lianfang.foundation.documents.time_limits import limit_findings
from lianfang.kernel.findings import Finding
from lianfang.kernel.levels import Grade

_SAMPLE = 50
_LEGEND_WORDS = re.compile("风险|等级|级别")


@dataclass(frozen=True, slots=True)
class _Read:
    """One list read: what it is, its column fields and its entries."""

    found: Listing
    recognition: Recognition
    fields: tuple[str | None, ...]
    rows: list[dict[str, object]]

    @property
    def kind(self) -> str | None:
        return self.recognition.register.kind if self.recognition.register else None


def read_sheet(source: Path | str | bytes, limits: Limits = COMMAND_LINE) -> dict[str, object]:
    """Read a file as published and say what it holds, as plain JSON values.

    ``register`` is ``powers``, ``risks`` or null (then ``reason`` says why); ``columns`` maps each heading to a field
    or null; ``rows`` holds one object an entry, what has no field under its heading; ``levels_ambiguous`` is true where
    numbered grades lack a legend; ``findings`` say where something needs a person's eye. Lists of several sheets or
    pages are joined when they are the same register; of two registers the longer one is read, and a finding names the
    other.

    Raises:
        Invalid, Absent: as ``isolation.read_file``.
    """
    return sheet_in(read_file(source, limits))


def sheet_in(contents: Contents) -> dict[str, object]:
    """What a file that was read already holds, as ``read_sheet`` says it."""
    lists = [one for one in map(_read_list, _candidates(contents)) if one is not None]
    if not lists:
        return _plain_answer(None, "文件里没有找到带表头的表格。", {}, [], contents.findings)
    lengths: Counter[str | None] = Counter()
    for one in lists:
        lengths[one.kind] += len(one.rows) + 1
    kind = max(lengths, key=lambda kind: (kind is not None, lengths[kind]))
    same = [one for one in lists if one.kind == kind]
    if kind is None:
        same = [max(same, key=lambda one: (one.recognition.score, len(one.rows)))]
    return _answer(kind, same, [one for one in lists if one.kind not in (None, kind)], contents)


def _answer(kind: str | None, same: list[_Read], others: list[_Read], contents: Contents) -> dict[str, object]:
    columns: dict[str, str | None] = {}
    for one in same:
        for heading, name in zip(_keys(one.found), one.fields, strict=True):
            columns[heading] = columns.get(heading) or name
    legend = [text for one in same for text in one.found.titles] + _words_around(contents)
    findings = list(contents.findings)
    ambiguous = False
    for alike in dict.fromkeys((one.found.headings, one.fields) for one in same):
        torn = [one for one in same if (one.found.headings, one.fields) == alike]
        levels = _take_levels(torn, legend)
        ambiguous = ambiguous or levels.ambiguous
        findings += list_findings(torn[0].found, torn[0].recognition, torn[0].fields)
        findings += [finding for one in torn for finding in entry_findings(one.found, one.fields)]
        findings += [finding for one in torn for finding in _limits(one)]
        findings += level_findings([(one.found, one.fields) for one in torn], levels)
    findings += [other_list(one.found, one.recognition) for one in others]
    rows = [row for one in same for row in one.rows]
    return _plain_answer(kind, same[0].recognition.reason, columns, rows, findings) | {"levels_ambiguous": ambiguous}


def _limits(one: _Read) -> Iterable[Finding]:
    columns = list(zip(*one.found.rows, strict=True)) or [() for _ in one.fields]
    return limit_findings(one.found, columns, one.fields)


def _plain_answer(
    kind: str | None,
    reason: str,
    columns: dict[str, str | None],
    rows: list[dict[str, object]],
    findings: Iterable[Finding],
) -> dict[str, object]:
    return {
        "register": kind,
        "reason": reason,
        "columns": columns,
        "rows": rows,
        "levels_ambiguous": False,
        "findings": list(map(_plain, findings)),
    }


def _words_around(contents: Contents) -> list[str]:
    """Paragraphs of a document that may state the order of its grades; lines of a text file are its entries."""
    if contents.kind is FileKind.TEXT:
        return []
    return [text for text in contents.paragraphs if _LEGEND_WORDS.search(text)]


def _candidates(contents: Contents) -> list[Table]:
    """The lists of a file; running text where there is no table."""
    if not contents.tables:
        table = from_paragraphs(contents.paragraphs)
        return [table] if table else []
    return list(lists_of(contents.tables))


def _read_list(table: Table) -> _Read | None:
    found = listing(table)
    if found is None:
        return None
    columns = list(zip(*found.rows, strict=True)) or [() for _ in found.headings]
    sample = [cells[:_SAMPLE] for cells in columns]
    recognition = recognise(found.headings, sample, (table.name, *table.captions, *found.above))
    fields = recognition.fields if recognition.register else tuple(None for _ in found.headings)
    fields = with_ticks(found.headings, fields, "level") if recognition.register else fields
    return _Read(found, recognition, fields, [_entry(found.headings, fields, row) for row in found.rows])


def _take_levels(lists: Sequence[_Read], legend: Sequence[str]) -> LevelReading:
    """Read the grades of lists with the same columns as one column, and put them into their rows."""
    if "level" in lists[0].fields:
        levels = read_levels([cell for one in lists for cell in _level_cells(one.found, one.fields)], legend)
    else:
        marked = marked_column(lists[0].found.headings, lists[0].fields)
        if marked is None:
            return LevelReading(())
        levels = marked_grades([cell_text(row[marked]) for one in lists for row in one.found.rows], legend)
    rows = (row for one in lists for row in one.rows)
    for row, level in zip(rows, levels.levels, strict=True):
        row["level"] = level.value if isinstance(level, Grade) else level
    return levels


def _keys(found: Listing) -> list[str]:
    """Headings as printed, line ends included, made different from each other: they are keys of a JSON object."""
    first, last = found.head_rows
    printed = found.table.rows[first] if first == last else found.headings
    keys: list[str] = []
    for position, heading in enumerate(found.headings):
        key = (cell_text(printed[position]) if position < len(printed) else heading) or f"（第{position + 1}列）"
        keys.append(key if key not in keys else f"{key}（第{position + 1}列）")
    return keys


def _level_cells(found: Listing, fields: Sequence[str | None]) -> Sequence[Cell]:
    """The grades as written, one an entry; under ticked columns 高, 中, 低 the heading of the one that is ticked."""
    positions = [position for position, name in enumerate(fields) if name == "level"]
    if len(positions) < 2:
        return [row[position] for row in found.rows for position in positions]
    return ticked_words(
        [found.headings[position] for position in positions],
        [[row[position] for position in positions] for row in found.rows],
    )


def _entry(headings: Sequence[str], fields: Sequence[str | None], row: Sequence[Cell]) -> dict[str, object]:
    """One entry; several columns of one field are joined by line ends; columns without a field keep their heading."""
    entry: dict[str, object] = {}
    for heading, name, cell in zip(headings, fields, row, strict=True):
        text = cell_text(cell)
        key = name or heading
        if key and text:
            entry[key] = f"{entry[key]}\n{text}" if entry.get(key) else text
        elif key:
            entry.setdefault(key, None)
    return entry


def _plain(finding: Finding) -> dict[str, object]:
    plain = asdict(finding)
    plain["severity"] = finding.severity.value if finding.severity else None
    plain["place"] = str(finding.place) if finding.place else ""
    return {key: value for key, value in plain.items() if value not in ("", None)}
