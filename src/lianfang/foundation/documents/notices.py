"""Every kind of finding that reading a file can give: its stable code, how much it weighs, and the finding itself."""

from __future__ import annotations

import enum

from lianfang.kernel.findings import Finding, Place, Severity


class Notice(enum.Enum):
    """Code and severity; errors forbid an import, warnings must be looked at, hints tell what was done."""

    NO_HEAD = "IMP001", Severity.ERROR
    UNKNOWN_COLUMN = "IMP002", Severity.WARNING
    GUESSED_COLUMN = "IMP003", Severity.HINT
    MISSING_COLUMN = "IMP004", Severity.ERROR
    ROW_LEFT_OUT = "IMP005", Severity.HINT
    HEAD_JOINED = "IMP006", Severity.HINT
    CELLS_MERGED = "IMP007", Severity.HINT
    FULL_WIDTH = "IMP008", Severity.HINT
    HIDDEN_SHEET = "IMP010", Severity.WARNING
    MERGES_UNKNOWN = "IMP011", Severity.WARNING
    HIDDEN_ROWS = "IMP012", Severity.WARNING
    OPEN_QUOTE = "IMP013", Severity.WARNING
    TABLES_LOST = "IMP014", Severity.WARNING
    HIDDEN_COLUMNS = "IMP015", Severity.WARNING
    REQUIRED_BLANK = "IMP020", Severity.ERROR
    BAD_CELL = "IMP021", Severity.ERROR
    GRADES_AMBIGUOUS = "IMP022", Severity.ERROR
    GRADES_MERGED = "IMP023", Severity.WARNING
    GRADES_COUNTED = "IMP024", Severity.ERROR
    NUMBER_REPEATED = "IMP025", Severity.ERROR
    VAGUE_LIMIT = "IMP026", Severity.WARNING
    MORE_FAULTS = "IMP099", Severity.WARNING

    def __init__(self, code: str, severity: Severity) -> None:
        self.code = code
        self.severity = severity

    def at(self, place: Place | None, message: str, *, field: str = "", number: str = "") -> Finding:
        """The finding of this kind at a place, about a field or a numbered entry where one is to blame."""
        return Finding(number, field, message, code=self.code, severity=self.severity, place=place)
