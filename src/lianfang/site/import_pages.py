"""What the preview of an import shows of one table: its findings gravest first, and a few lines as they were read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lianfang.foundation.web.wording import words
from lianfang.kernel.findings import Finding, Severity
from lianfang.site.importing import Intake

FINDINGS_SHOWN = 200
ROWS_SHOWN = 10
LONGEST_CELL = 60
"""Characters of a cell that the sample shows; the whole text is in the file."""
_TITLES = {
    Severity.ERROR: "必须改正",
    Severity.WARNING: "请核对",
    Severity.HINT: "仅供参考",
}


@dataclass(frozen=True)
class FindingGroup:
    """The findings of one severity; ``more`` were too many to show."""

    severity: Severity
    title: str
    findings: tuple[Finding, ...]
    count: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.findings)


@dataclass(frozen=True)
class ShownIntake:
    """One table of the file on the preview page."""

    intake: Intake
    groups: tuple[FindingGroup, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def shown_intake(intake: Intake) -> ShownIntake:
    """The page values of one table."""
    columns = [column for column in intake.register.sheet.columns if column.field in {"number", *intake.fields}]
    names = [column.field for column in columns]
    return ShownIntake(
        intake=intake,
        groups=tuple(_groups(intake.findings)),
        headings=tuple(column.heading for column in columns),
        rows=tuple(tuple(_cell(getattr(row, name)) for name in names) for row in intake.rows[:ROWS_SHOWN]),
    )


def _groups(findings: Iterable[Finding]) -> Iterable[FindingGroup]:
    listed = list(findings)
    for severity, title in _TITLES.items():
        found = [finding for finding in listed if (finding.severity or Severity.HINT) is severity]
        if found:
            yield FindingGroup(severity, title, tuple(found[:FINDINGS_SHOWN]), len(found))


def _cell(value: object) -> str:
    text = words(value)
    return text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL]}…"
