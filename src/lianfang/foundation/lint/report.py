"""What a run of the rules has to say, and how it is written down as JSON."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass, fields

from lianfang.foundation.lint.rows import WaiverRow
from lianfang.foundation.lint.scores import Score
from lianfang.kernel.findings import Finding, Severity
from lianfang.kernel.rows import Plain, plain


@dataclass(frozen=True, slots=True)
class Waived:
    """A finding that a waiver covers: kept for everybody to see, but not open."""

    finding: Finding
    waiver: WaiverRow


@dataclass(frozen=True, slots=True)
class Skipped:
    """A rule that could not run, and the registers it would have needed."""

    code: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Open findings, ordered by unit, register, number and code; waivers by what became of them; scores.

    ``expired`` waivers, ``outdated`` ones (the entry says something else by now) and ``incomplete`` ones (without
    reason or approver) cover nothing: their findings are open.
    ``unused`` waivers name no present finding and can be withdrawn.
    """

    day: datetime.date
    ran: tuple[str, ...]
    findings: tuple[Finding, ...]
    waived: tuple[Waived, ...] = ()
    expired: tuple[WaiverRow, ...] = ()
    outdated: tuple[WaiverRow, ...] = ()
    incomplete: tuple[WaiverRow, ...] = ()
    unused: tuple[WaiverRow, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    scores: tuple[Score, ...] = ()

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """Open errors; they hold up a move of their entry, never a save."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)

    def about(self, kind: str, number: str) -> tuple[Finding, ...]:
        """Open findings about one entry."""
        return tuple(finding for finding in self.findings if (finding.kind, finding.number) == (kind, number))

    def counts(self) -> dict[str, int]:
        """Open findings by severity letter, and how many are waived."""
        found = Counter(str(finding.severity) for finding in self.findings)
        return {**{severity.value: found[severity.value] for severity in Severity}, "waived": len(self.waived)}

    def as_json(self) -> dict[str, Plain]:
        """The report as JSON material: no class of this program, no float."""
        return {
            "day": self.day.isoformat(),
            "ran": list(self.ran),
            "counts": plain(self.counts()),
            "findings": [finding_as_json(finding) for finding in self.findings],
            "waived": [{**finding_as_json(item.finding), "waiver": plain(item.waiver)} for item in self.waived],
            "expired": plain(self.expired),
            "outdated": plain(self.outdated),
            "incomplete": plain(self.incomplete),
            "unused": plain(self.unused),
            "skipped": plain(self.skipped),
            "scores": [_score_as_json(score) for score in self.scores],
        }


def finding_as_json(finding: Finding) -> dict[str, Plain]:
    """One finding as JSON material; a place is written out where there is one."""
    return {item.name: plain(getattr(finding, item.name)) for item in fields(finding)}


def _score_as_json(score: Score) -> dict[str, Plain]:
    return {**{item.name: plain(getattr(score, item.name)) for item in fields(score)}, "per_cent": score.per_cent}
