"""What the preview of an import shows of one table: its findings gravest first, and a few lines as they were read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import SimpleNamespace

from lianfang.foundation.documents.notices import Notice
from lianfang.foundation.journal.wording import words
from lianfang.kernel.findings import Finding, Severity
from lianfang.registers.risks.rows import PostGradeRow
from lianfang.site.import_numbers import NEW_NUMBER
from lianfang.site.intake import Intake

FINDINGS_SHOWN = 200
ROWS_SHOWN = 10
LONGEST_CELL = 60
"""Characters of a cell that the sample shows; the whole text is in the file."""
OF_FILE = SimpleNamespace(headings=PostGradeRow.headings)
"""Headings of the fields in what is said of a whole file: only lists of post grades, which no table holds, have any."""
READING = "IMP"
"""Codes of reading a file begin so; only their errors forbid the import, those of the rules forbid the submission."""
_GROUPS = (
    (Severity.ERROR, True, "必须改正，改好才能导入"),
    (Severity.ERROR, False, "导入后要改正，改好才能提交"),
    (Severity.WARNING, None, "请核对"),
    (Severity.HINT, None, "仅供参考"),
)
"""Severity, whether it comes from reading the file (``None``: either), and the heading."""


@dataclass(frozen=True)
class FindingGroup:
    """The findings of one weight; ``more`` were too many to show."""

    title: str
    findings: tuple[Finding, ...]
    count: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.findings)

    @property
    def is_open(self) -> bool:
        """Whether it stands open also below graver ones: a slip in a number makes an entry that nobody wanted."""
        return any(found.code == NEW_NUMBER for found in self.findings)


@dataclass(frozen=True)
class ShownIntake:
    """One table of the file on the preview page."""

    intake: Intake
    row: SimpleNamespace
    """Stands for a Row where only its headings are asked for: a template would call the class itself."""
    groups: tuple[FindingGroup, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def shown_intake(intake: Intake) -> ShownIntake:
    """The page values of one table."""
    beside = {name for name in intake.keeping if any(getattr(row, name) for row in intake.rows[:ROWS_SHOWN])}
    told = {"number", *intake.fields, *beside}
    columns = [column for column in intake.register.sheet.columns if column.field in told]
    names = [column.field for column in columns]
    return ShownIntake(
        intake=intake,
        row=SimpleNamespace(headings=intake.register.row.headings),
        groups=tuple(finding_groups(intake.findings)),
        headings=tuple(column.heading for column in columns),
        rows=tuple(tuple(_cell(getattr(row, name)) for name in names) for row in intake.rows[:ROWS_SHOWN]),
    )


def finding_groups(findings: Iterable[Finding]) -> Iterator[FindingGroup]:
    """The findings by what they bar: the import, the submission, nothing. Columns not imported are told elsewhere."""
    shown = listed(findings)
    for severity, reading, title in _GROUPS:
        found = [
            finding
            for finding in shown
            if (finding.severity or Severity.HINT) is severity and reading in {None, finding.code.startswith(READING)}
        ]
        if found:
            yield FindingGroup(title, tuple(found[:FINDINGS_SHOWN]), len(found))


def listed(findings: Iterable[Finding]) -> list[Finding]:
    """All but the columns that are not imported: these stand above all tables, before the eyes of who confirms."""
    return [finding for finding in findings if finding.code != Notice.UNKNOWN_COLUMN.code]


def _cell(value: object) -> str:
    text = words(value)
    return text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL]}…"
