"""The demo bureau's written content: read the tables, plant the listed defects, hand over Rows.

The content is UTF-8 CSV under ``content/`` with the Chinese headings of the Rows; large registers are split by
unit (``content/powers/CH-ZFD.csv``). The law table ships with the laws room, because every bureau needs it.
Bureau, district, people and cases are invented.
"""

from __future__ import annotations

import csv
import datetime
import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import UnionType
from typing import Any, cast, get_args, get_origin, get_type_hints

from lianfang.foundation.documents.cells import parse_date, parse_whole, parse_yes
from lianfang.foundation.documents.columns import Sheet, read_cell
from lianfang.foundation.organisation.rows import PersonRow, PostRow, TenureRow, UnitRow
from lianfang.foundation.organisation.sheets import PEOPLE, POSTS, TENURES, UNITS
from lianfang.kernel.rows import Row
from lianfang.kernel.vocabulary import Word
from lianfang.registers.controls.rows import ControlRow, ControlTestRow
from lianfang.registers.controls.sheets import CONTROLS, TESTS
from lianfang.registers.laws.queries import SHIPPED
from lianfang.registers.laws.rows import LawRow
from lianfang.registers.laws.sheets import LAWS
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.powers.sheets import POWERS
from lianfang.registers.regulations.rows import RegulationRow
from lianfang.registers.regulations.sheets import REGULATIONS
from lianfang.registers.risks.rows import GradingRow, NegativeRow, PostGradeRow, RiskRow, ScoreRow, SearchRow
from lianfang.registers.risks.sheets import NEGATIVES, RISKS, SCORES, SEARCHES

CONTENT = Path(__file__).parent / "content"
DEFECTS = CONTENT / "defects.csv"
PLAN = CONTENT / "plan.txt"
HIGHER_PLAN = CONTENT / "higher_plan.txt"
"""What the commission asked of the bureau; the bureau's own plan carries it out."""
TODAY = datetime.date(2026, 11, 23)
"""The day on which the demo stands: stage 4 is running, every list is complete."""
_DEFECT_HEADINGS = ("文件", "编号", "列", "错误值", "应触发规则", "命中编号", "附带触发", "说明")
REMOVED = "（删除整行）"
"""Bad value that takes the whole row away instead of changing one cell."""


@dataclass(frozen=True, slots=True)
class Table:
    """One register of the demo: its Row class, and the sheet that knows how its cells read, where there is one."""

    row: type[Any]
    sheet: Sheet | None
    folder: str
    """Folder or file name (without .csv) under ``content/``."""


TABLES: tuple[Table, ...] = (
    Table(UnitRow, UNITS, "units"),
    Table(PostRow, POSTS, "posts"),
    Table(PersonRow, PEOPLE, "people"),
    Table(TenureRow, TENURES, "tenures"),
    Table(LawRow, LAWS, "laws"),
    Table(PowerRow, POWERS, "powers"),
    Table(NegativeRow, NEGATIVES, "negatives"),
    Table(SearchRow, SEARCHES, "searches"),
    Table(RiskRow, RISKS, "risks"),
    Table(ScoreRow, SCORES, "scores"),
    Table(GradingRow, None, "gradings"),
    Table(PostGradeRow, None, "post_grades"),
    Table(RegulationRow, REGULATIONS, "regulations"),
    Table(ControlRow, CONTROLS, "controls"),
    Table(ControlTestRow, TESTS, "control_tests"),
)
"""In the order in which they must be stored: whatever is referred to comes first."""

Record = dict[str, str]
"""One line of a table: Chinese heading → text of the cell."""


@dataclass(frozen=True, slots=True)
class Written:
    """The text of the demo before it becomes Rows: file name (relative to ``content/``) → its records in order."""

    files: dict[str, list[Record]] = field(default_factory=dict)

    def records(self, table: Table) -> list[Record]:
        """Records of one register, from its one file or from all files of its folder."""
        names = (name for name in self.files if _folder(name) == table.folder)
        return [record for name in sorted(names) for record in self.files[name]]


@dataclass(frozen=True, slots=True)
class Defect:
    """A planted fault: ``column`` of the record ``key`` in ``file`` becomes ``bad_value``.

    ``rule`` reports it on the entry ``found_on`` (a missing control is reported on its risk); ``also`` lists what else
    must follow, as ``RULE@entry``.
    """

    file: str
    key: str
    column: str
    bad_value: str
    rule: str
    found_on: str
    also: str
    note: str

    @property
    def expected(self) -> frozenset[tuple[str, str]]:
        """``(rule, entry)`` of every finding that this fault alone explains."""
        others = (told.partition("@") for told in self.also.split())
        return frozenset({(self.rule, self.found_on), *((rule, entry) for rule, _, entry in others)})


def clean() -> Written:
    """The content as written, without a planted fault."""
    files = {str(path.relative_to(CONTENT)): _read(path) for path in sorted(CONTENT.rglob("*.csv")) if path != DEFECTS}
    files["laws.csv"] = _read(SHIPPED)
    return Written(files)


def defects() -> tuple[Defect, ...]:
    """The planted faults, in the order in which they are applied."""
    return tuple(Defect(*(line[heading] for heading in _DEFECT_HEADINGS)) for line in _read(DEFECTS))


def with_defects(written: Written, planted: Iterable[Defect]) -> Written:
    """A copy of ``written`` with every defect applied; ``written`` itself stays as it is.

    Raises:
        KeyError: a defect names a file, an entry or a column that does not exist.
    """
    files = {name: [dict(record) for record in records] for name, records in written.files.items()}
    for defect in planted:
        _apply(files[defect.file], defect)
    return Written(files)


def to_row(table: Table, record: Record) -> Row:
    """One record as a Row; blank cells take the default of their field.

    Raises:
        ValueError: a cell does not read as what its column holds.
    """
    hints = get_type_hints(table.row)
    values: dict[str, object] = {}
    for name, heading in table.row.headings.items():
        text = record.get(heading, "")
        if text:
            values[name] = _value(table, name, hints[name], text)
    return cast(Row, table.row(**values))


def _read(path: Path) -> list[Record]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _folder(name: str) -> str:
    return name.split("/", 1)[0].removesuffix(".csv")


def _apply(records: list[Record], defect: Defect) -> None:
    key = next(iter(records[0]))
    found = next((record for record in records if record[key] == defect.key), None)
    if found is None:
        raise KeyError(f"{defect.file} 中没有编号 {defect.key}。")
    if defect.bad_value == REMOVED:
        records.remove(found)
    elif defect.column in found:
        found[defect.column] = defect.bad_value
    else:
        raise KeyError(f"{defect.file} 中没有“{defect.column}”列。")


def _value(table: Table, name: str, hint: Any, text: str) -> object:
    """Read one cell through the sheet of its register; columns that no sheet reads go by the type of the field."""
    choices: Sequence[Any] = get_args(hint) if get_origin(hint) is UnionType else (hint,)
    wanted = choices[0]
    if isinstance(wanted, type) and issubclass(wanted, Word):
        return _word(wanted, text)
    if table.sheet and name in {column.field for column in table.sheet.columns}:
        return read_cell(table.sheet.column(name), text)
    return _plain_value(wanted, text)


def _word(words: type[Word], text: str) -> enum.Enum:
    member = words.read(text)
    if member is None:
        raise ValueError(f"“{text}”不在{words.__name__}的词里。")
    return member


def _plain_value(wanted: Any, text: str) -> object:
    if get_origin(wanted) is tuple:
        return tuple(filter(None, text.replace("\n", "、").split("、")))
    readers: dict[Any, Any] = {bool: parse_yes, int: parse_whole, datetime.date: parse_date}
    return readers[wanted](text) if wanted in readers else text
