"""What a check has to say: a finding, its severity, its dimension, and the place it points to."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Severity(enum.StrEnum):
    """How much a finding weighs (domain.md §5)."""

    ERROR = "E"
    WARNING = "W"
    HINT = "I"

    @property
    def label(self) -> str:
        """The word shown to people."""
        return {"E": "错误", "W": "警告", "I": "提示"}[self.value]


class Dimension(enum.StrEnum):
    """Which of the plan's questions a rule answers: 准不准、全不全、深不深 (S54), and order of procedure."""

    ACCURACY = "准"
    COMPLETENESS = "全"
    DEPTH = "深"
    ORDER = "序"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a document: sheet or paragraph name, 1-based row, column letter or heading, cell address, characters.

    ``file`` is named where several files are looked at together.
    """

    sheet: str = ""
    row: int | None = None
    column: str = ""
    cell: str = ""
    start: int | None = None
    end: int | None = None
    file: str = ""

    def __str__(self) -> str:
        parts = [f"文件“{self.file}”"] if self.file else []
        if self.sheet:
            parts.append(f"工作表“{self.sheet}”")
        if self.row is not None:
            parts.append(f"第 {self.row} 行")
        if self.column:
            parts.append(f"“{self.column}”列")
        if self.cell:
            parts.append(f"（{self.cell}）")
        return "".join(parts)


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: rule ``code`` about entry ``number``, in ``field`` where one field is to blame.

    ``severity`` is filled by the lint engine from the rule's table entry, or given by a reader.
    ``suggestion`` is shown as a proposed text, never applied without a person.
    """

    number: str
    field: str
    message: str
    code: str = ""
    severity: Severity | None = None
    dimension: Dimension | None = None
    suggestion: str = ""
    place: Place | None = None
    unit: str = ""
    kind: str = ""
