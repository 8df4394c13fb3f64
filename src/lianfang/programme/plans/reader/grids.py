"""Tables in plain text: lines of cells under a heading row whose words a plan uses (阶段, 时间, 任务, 责任单位)."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise


class Role(enum.Enum):
    """What a column of a plan's table holds."""

    NUMBER = "序号"
    STAGE = "阶段"
    START = "开始时间"
    DUE = "完成时限"
    TIME = "时间"
    SENDER = "责任单位"
    RECEIVER = "接收单位"
    PAPER = "报送材料"
    TASK = "工作任务"


_UNIT = "单位|部门|科室|处室|股室"
_HEADINGS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (Role.NUMBER, re.compile(r"序号|编号|序次|No\.?")),
    (
        Role.RECEIVER,
        re.compile(rf".{{0,4}}(?:接收|受理|收件|收集|汇总)(?:{_UNIT}|人)|(?:报送|上报|提交)(?:对象|至|到|给).{{0,4}}"),
    ),
    (Role.START, re.compile(r"(?:起始|开始|启动|起)(?:时间|日期|日)?")),
    (
        Role.DUE,
        re.compile(
            r"(?:结束|终止|止)(?:时间|日期|日)?|.{0,6}(?:时限|期限|截止|截至).{0,4}|(?:完成|报送|上报|提交|交付|办结)(?:时间|日期)(?:节点)?|时间节点"
        ),
    ),
    (Role.TIME, re.compile(r".{0,6}(?:时间|日期|起止|日程|进度).{0,4}")),
    (Role.STAGE, re.compile(r".{0,4}(?:阶段|步骤|环节)(?:名称|划分|安排)?")),
    (
        Role.SENDER,
        re.compile(
            r".{0,6}(?:责任|牵头|承办|报送|实施|主办|落实|组织|负责|填报|提交|配合).{0,2}"
            rf"(?:{_UNIT}|人|主体|领导)|(?:{_UNIT})(?:名称)?"
        ),
    ),
    (Role.PAPER, re.compile(r".{0,4}(?:材料|成果|资料|报表).{0,4}|(?:报送|上报|提交)(?:内容|事项)")),
    (Role.TASK, re.compile(r".{0,6}(?:任务|内容|事项|措施|工作|活动|举措|做法|项目|要求).{0,4}")),
)
_LONGEST_HEADING = 12
_FEWEST_ROWS = 2
_MOST_ROWS = 2000
_RULE = re.compile(r"[\s|:+\-—─┼├┤│┌┐└┘┬┴═]+\Z")
_BAR = re.compile(r"[|｜│┃]")


@dataclass(frozen=True, slots=True)
class Place:
    """Characters ``start`` to ``end`` of a text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: the roles of its columns, its rows as places of cells, and all characters between its cells."""

    roles: tuple[Role | None, ...]
    rows: tuple[tuple[Place, ...], ...]
    start: int
    end: int

    def cell(self, row: tuple[Place, ...], role: Role) -> Place | None:
        """The cell of ``row`` in the column of ``role``; ``None`` where the table has none, or the row is too short."""
        at = self.roles.index(role) if role in self.roles else len(row)
        return row[at] if at < len(row) else None


def find_grids(text: str) -> list[Grid]:
    """The tables of ``text`` whose first or second row is a heading row with two or more known words."""
    grids: list[Grid] = []
    block: list[tuple[Place, ...]] = []
    for cells in _lines(text):
        if cells is None:
            grids += _grid(text, block)
            block = []
        elif cells:
            block.append(cells)
    return grids + _grid(text, block)


def _lines(text: str) -> Iterator[tuple[Place, ...] | None]:
    """For each line its cells; nothing for a ruled line, ``None`` for a line of prose."""
    if "\t" not in text and not _BAR.search(text):
        return
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield _cells(text, start, end)
        start = end + 1


def _cells(text: str, start: int, end: int) -> tuple[Place, ...] | None:
    line = text[start:end]
    bars = [match.start() for match in _BAR.finditer(line)]
    marks = bars if len(bars) > 1 else [place for place, char in enumerate(line) if char == "\t"]
    if not marks:
        return None
    if _RULE.match(line) and "|" in line:
        return ()
    edges = [-1, *marks, len(line)]
    cells = [_trimmed(text, start + a + 1, start + b) for a, b in pairwise(edges)]
    if bars == marks and cells[0].start == cells[0].end:
        cells = cells[1:]
    if bars == marks and cells and cells[-1].start == cells[-1].end:
        cells = cells[:-1]
    return tuple(cells) if len(cells) > 1 else None


def _trimmed(text: str, start: int, end: int) -> Place:
    while start < end and text[start] in " \t\u3000":
        start += 1
    while end > start and text[end - 1] in " \t\r\u3000":
        end -= 1
    return Place(start, end)


def _grid(text: str, rows: list[tuple[Place, ...]]) -> list[Grid]:
    for place, row in enumerate(rows[:2]):
        roles = tuple(_role(text[cell.start : cell.end]) for cell in row)
        known = {role for role in roles if role}
        body = tuple(rows[place + 1 : place + 1 + _MOST_ROWS])
        if len(known - {Role.NUMBER}) > 1 and len(body) + 1 >= _FEWEST_ROWS:
            return [Grid(_each_once(roles), body, row[0].start, body[-1][-1].end)]
    return []


def _role(heading: str) -> Role | None:
    word = "".join(heading.split())
    if not 1 < len(word) <= _LONGEST_HEADING:
        return None
    return next((role for role, pattern in _HEADINGS if pattern.fullmatch(word)), None)


def _each_once(roles: tuple[Role | None, ...]) -> tuple[Role | None, ...]:
    """The first column of a role keeps it; 牵头单位 and 配合单位 are not both the one who owes."""
    return tuple(None if role in roles[:place] else role for place, role in enumerate(roles))
