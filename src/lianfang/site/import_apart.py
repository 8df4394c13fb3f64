"""Take apart a list that holds risk points and their measures (S42): the points alone, and what is said of measures.

Lines that only add a measure to the point above them, as merged cells leave them, are one point.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from lianfang.foundation.documents.carried import Fields, carried_fields, still_unread
from lianfang.foundation.documents.cells import BLANKS, cell_text, narrow
from lianfang.foundation.documents.notices import Notice
from lianfang.foundation.documents.register_reading import Reading
from lianfang.foundation.documents.shape import Listing
from lianfang.foundation.documents.tables import Cell
from lianfang.registers.controls.sheets import CARRIED

ACTION, STATEMENT, NUMBER = "action", "statement", "number"
_LABEL = re.compile(r"(?:责任|监督|分管|主管|落实|复核)(?:责任)?(?:人员?|岗位?|领导)\s*[:：]\s*(?=\S)")
"""责任岗位：… in front of whoever is meant, in cells of one column for all of them."""


@dataclass(frozen=True)
class Spoken:
    """What a list of risk points says of its measures.

    ``points[line]`` is the line on which the risk point of a line stands first; ``cells[line]`` are the texts of the
    carried columns, by position.
    """

    listing: Listing
    fields: Fields
    points: Sequence[int]
    cells: Sequence[Mapping[int, str]]

    @property
    def first_lines(self) -> list[int]:
        """The lines on which the risk points stand, each once."""
        return [line for line, point in enumerate(self.points) if line == point]

    @property
    def actions(self) -> list[int]:
        """The columns of measures."""
        return [position for position, name in enumerate(self.fields) if name == ACTION]

    def heading(self, name: str) -> str:
        """How the list itself heads a field."""
        return self.listing.headings[self.fields.index(name)]

    def text(self, line: int, name: str) -> str:
        """What a line says in a field; "" where the list has no such column."""
        return self.cells[line][self.fields.index(name)] if name in self.fields else ""


def apart(reading: Reading) -> tuple[Reading, Spoken | None]:
    """The reading of the risk points alone, each once, and what the list says of measures, if it says anything."""
    found = reading.listing
    carried = carried_fields(found, reading.fields, CARRIED) if found and reading.unread else ()
    if found is None or not carried:
        return reading, None
    unread = still_unread(found, carried, reading.unread)
    held = [position for position, name in enumerate(carried) if name]
    cells = [{position: _text(carried[position], row[position]) for position in held} for row in found.rows]
    spoken = Spoken(found, carried, _points(reading, cells), cells)
    if not any(line[position] for line in cells for position in spoken.actions):
        return reading, None
    return _points_alone(replace(reading, unread=unread), spoken), spoken


def _text(name: str | None, cell: Cell) -> str:
    """What a cell says, "" where it only says that there is nothing; people stand on one line."""
    text = cell_text(cell)
    if narrow(text) in BLANKS:
        return ""
    if name == ACTION:
        return text
    line = "、".join(filter(None, map(str.strip, text.split("\n"))))
    return _LABEL.sub("", line) if len(_LABEL.findall(line)) == 1 and _LABEL.match(line) else line


def _points(reading: Reading, cells: Sequence[Mapping[int, str]]) -> list[int]:
    """For each line the first one of its risk point: lines that say the same of it and go on about measures."""
    statements = reading.columns.get(STATEMENT) or [""] * len(cells)
    said = list(zip(*(values for name, values in reading.columns.items() if name != NUMBER), strict=True))
    numbers = reading.columns.get(NUMBER) or [""] * len(cells)
    points: list[int] = []
    for line in range(len(cells)):
        goes_on = (
            line > 0
            and bool(statements[line])
            and said[line] == said[line - 1]
            and cells[line] != cells[line - 1]
            and _may_be_one(numbers[line - 1], numbers[line])
        )
        points.append(points[-1] if goes_on else line)
    return points


def _may_be_one(above: object, below: object) -> bool:
    """Whether two lines may have the same number: running numbers of a list count its lines."""
    return above == below or all(str(number).isdecimal() or not number for number in (above, below))


def _points_alone(reading: Reading, spoken: Spoken) -> Reading:
    """The reading without the lines that only go on, and without what was found about their numbers and our columns."""
    found = spoken.listing
    kept = spoken.first_lines
    left = {column.place for column in reading.unread}
    going_on = {reading.place(line, NUMBER) for line, point in enumerate(spoken.points) if line != point}
    lonely = {reading.place(line, STATEMENT) for line in kept if any(spoken.cells[line][at] for at in spoken.actions)}
    findings = []
    for finding in reading.findings:
        if finding.code == Notice.UNKNOWN_COLUMN.code and finding.place not in left:
            continue
        if finding.code == Notice.NUMBER_REPEATED.code and finding.place in going_on:
            continue
        if finding.code == Notice.REQUIRED_BLANK.code and finding.field == STATEMENT and finding.place in lonely:
            findings.append(replace(finding, message=_LONELY))
        else:
            findings.append(finding)
    if len(kept) == len(spoken.points):
        return replace(reading, findings=findings)
    return replace(
        reading,
        findings=findings,
        columns={name: [values[line] for line in kept] for name, values in reading.columns.items()},
        listing=replace(
            found, rows=[found.rows[line] for line in kept], positions=[found.positions[line] for line in kept]
        ),
    )


_LONELY = (
    "这一行写了防控措施，没有写风险点：属于上面那个风险点的，请合并风险点单元格，或者把风险点再写一遍；"
    "不是的，请补上风险点。"
)
