"""How many findings are open, and whose: the one count that desk, overview, list, document and API show.

A finding is *open* (未处理) when the last check of its bureau found it, the reader may read it, and no waiver holds for
it today. It counts for the unit that it is about and for every unit around that; what belongs to no section belongs to
the bureau.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, Count, QuerySet, Value, When

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.lint.models import CheckFinding
from lianfang.foundation.lint.queries import readable_findings, unwaived
from lianfang.foundation.organisation.models import Unit
from lianfang.kernel.findings import Severity
from lianfang.site.checks.running import READERS

MEANING = "未处理：最近一次检查发现、至今没有有效豁免的结果，只数您有权查看的条目。"
"""What every page says of these numbers."""
EVERYWHERE = "各单位"


@dataclass(frozen=True, slots=True)
class OpenCount:
    """Open findings by severity, and those that a waiver holds back."""

    errors: int = 0
    warnings: int = 0
    hints: int = 0
    waived: int = 0

    @property
    def by_severity(self) -> dict[Severity, int]:
        """The three numbers by their severity, gravest first."""
        return {Severity.ERROR: self.errors, Severity.WARNING: self.warnings, Severity.HINT: self.hints}


@dataclass(frozen=True, slots=True)
class OpenCounts:
    """What one reader may know of: ``(unit path, severity, whether open, how many)``."""

    lines: Sequence[tuple[str, str, bool, int]]

    def under(self, paths: tuple[str, ...]) -> OpenCount:
        """Everything about the units at and below ``paths``."""
        return self._sum([line for line in self.lines if line[0].startswith(paths)])

    def at(self, path: str) -> OpenCount:
        """What is about the unit at ``path`` itself, and no unit below it."""
        return self._sum([line for line in self.lines if line[0] == path])

    @staticmethod
    def _sum(lines: Sequence[tuple[str, str, bool, int]]) -> OpenCount:
        def count(severity: Severity) -> int:
            return sum(number for _, level, is_open, number in lines if is_open and level == severity.value)

        waived = sum(number for _, _, is_open, number in lines if not is_open)
        return OpenCount(count(Severity.ERROR), count(Severity.WARNING), count(Severity.HINT), waived)


def open_findings(actor: User) -> QuerySet[CheckFinding]:
    """The open findings themselves, gravest first: exactly those that are counted."""
    return readable_findings(actor, READERS).filter(unwaived())


def open_counts(actor: User) -> OpenCounts:
    """All that the actor may read, counted in one query."""
    found = readable_findings(actor, READERS).order_by()
    marked = found.annotate(is_open=Case(When(unwaived(), then=Value(True)), default=Value(False)))
    return OpenCounts(list(marked.values_list("unit_path", "severity", "is_open").annotate(count=Count("id"))))


def scope_of(actor: User) -> str:
    """Whose findings these are, in words: the one unit that the actor reads, or 各单位."""
    paths = actor.paths(Permission.FINDINGS_READ)
    names = list(Unit.objects.filter(path__in=paths).values_list("name", flat=True)[:2])
    return names[0] if len(paths) == len(names) == 1 else EVERYWHERE
