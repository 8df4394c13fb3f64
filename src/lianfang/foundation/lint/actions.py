"""Granting and revoking waivers (a reason, an approver, an end), and storing what a check of a bureau found."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from lianfang.foundation.accounts.four_eyes import demand_another_hand, makers_of
from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import allow, allow_at, within
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.journal.recording import record
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.lint.models import CheckFinding, CheckRun, Waiver
from lianfang.foundation.lint.report import Report
from lianfang.foundation.lint.rows import CheckRunRow, WaiverRow
from lianfang.foundation.organisation.models import Unit
from lianfang.foundation.parameters.queries.values import parameters_for
from lianfang.kernel.errors import Invalid
from lianfang.kernel.findings import Finding, Severity
from lianfang.kernel.rows import plain
from lianfang.kernel.substance import ENDING, WAIVING, demand_reason


@dataclass(frozen=True, slots=True)
class Tolerated:
    """Which finding is to be tolerated: the rule, and the entry by register, number, unit path and what it says.

    ``text`` is its fingerprint (``rows.text_digest``), as it was when somebody read the finding.
    """

    rule: str
    kind: str
    number: str
    unit_path: str
    text: str


@transaction.atomic
def grant_waiver(*, actor: User, finding: Tolerated, reason: str, expires: datetime.date) -> WaiverRow:
    """Tolerate one finding until ``expires``, while the entry says what it says now; the approver is who grants it.

    Raises:
        Refused: the actor made what the finding is about (docs 0017).
        Invalid: a reason that says nothing, or too long a time.
    """
    allow_at(actor, Permission.FINDINGS_WAIVE, finding.unit_path)
    demand_another_hand(actor, Permission.FINDINGS_WAIVE, finding, makers_of(finding.kind, finding.number))
    today = timezone.localdate()
    demand_reason(reason, WAIVING, repeats=_messages(finding))
    days = parameters_for(finding.unit_path).waiver_days
    if not today <= expires <= today + datetime.timedelta(days=days):
        raise Invalid(f"豁免的有效期须在今天之后、{days} 天之内。", "到期后系统会重新报告，届时可以再次申请。")
    waiver = Waiver.objects.create(
        number=f"{finding.rule}/{finding.number}/{timezone.now():%Y%m%d%H%M%S%f}",
        unit_path=finding.unit_path,
        rule=finding.rule,
        entry_kind=finding.kind,
        entry=finding.number,
        reason=reason.strip(),
        approver=actor.title,
        expires=expires,
        text=finding.text,
    )
    _about(waiver).update(waiver=waiver.number)
    record(actor, Verb.WAIVER_GRANTED, waiver, note=reason)
    return waiver.to_row()


@transaction.atomic
def revoke_waiver(*, actor: User, number: str, note: str) -> WaiverRow:
    """End a waiver today; the finding is open again at once."""
    visible = Waiver.objects.filter(within(actor.paths(Permission.FINDINGS_READ)))
    waiver = allow(actor, Permission.FINDINGS_WAIVE, visible, number)
    demand_reason(note, ENDING, missing="撤销豁免必须写明原因。")
    waiver.expires = timezone.localdate() - datetime.timedelta(days=1)
    waiver.save(update_fields=["expires"])
    _about(waiver).filter(waiver=waiver.number).update(waiver="")
    record(actor, Verb.WAIVER_REVOKED, waiver, note=note)
    return waiver.to_row()


def _messages(finding: Tolerated) -> list[str]:
    """What the checks said of the entry: everybody has it before them, so it is no reason."""
    said = CheckFinding.objects.filter(code=finding.rule, kind=finding.kind, number=finding.number)
    return list(said.values_list("message", flat=True))


def _about(waiver: Waiver) -> QuerySet[CheckFinding]:
    """The stored findings that a waiver speaks of."""
    return CheckFinding.objects.filter(code=waiver.rule, kind=waiver.entry_kind, number=waiver.entry)


WEIGHTS = {Severity.ERROR: 1, Severity.WARNING: 2, Severity.HINT: 3}


@dataclass(frozen=True)
class Checked:
    """What a check of the bureau ``unit`` found: the report, and what only the site can add to it.

    ``asked`` is the path of the unit somebody asked about, which lies in the bureau; ``paths`` gives each unit's path;
    ``published`` names the entries ``(kind, number)`` that are approved as they stand; ``figures`` go to the overview;
    ``parameters`` are the values that were no defaults (code → stored text), so that the check can be repeated;
    ``texts`` are the fingerprints of the entries that findings name.
    """

    unit: Unit
    report: Report
    asked: str
    entries: int
    paths: Mapping[str, str]
    published: frozenset[tuple[str, str]] = frozenset()
    figures: Mapping[str, object] = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[tuple[str, str], str] = field(default_factory=dict)


@transaction.atomic
def store_check(*, actor: User, checked: Checked) -> CheckRunRow:
    """Keep what a check found; the findings of the bureau's earlier checks go, their counts and scores stay."""
    allow_at(actor, Permission.FINDINGS_CHECK, checked.asked)
    run = CheckRun.objects.create(ran_by=actor.title, **_summary(checked))
    CheckFinding.objects.filter(run__unit_path=run.unit_path).delete()
    found = [_stored(run, finding, "", checked) for finding in checked.report.findings]
    found += [_stored(run, item.finding, item.waiver.number, checked) for item in checked.report.waived]
    CheckFinding.objects.bulk_create(found, batch_size=1_000)
    record(actor, Verb.CHECKS_RUN, run)
    return run.to_row()


def _summary(checked: Checked) -> dict[str, Any]:
    report, now = checked.report, timezone.now()
    counts = report.counts()
    return {
        "number": f"{checked.unit.number}-J{timezone.localtime(now):%Y%m%d%H%M%S%f}",
        "unit": checked.unit,
        "unit_path": checked.unit.path,
        "day": report.day,
        "ran_at": now,
        "rules": len(report.ran),
        "entries": checked.entries,
        "errors": counts[Severity.ERROR.value],
        "warnings": counts[Severity.WARNING.value],
        "hints": counts[Severity.HINT.value],
        "waived": counts["waived"],
        "scores": [plain(asdict(score)) for score in report.scores],
        "figures": dict(checked.figures),
        "parameters": dict(checked.parameters),
        "skipped": plain(report.skipped),
    }


def _stored(run: CheckRun, finding: Finding, waiver: str, checked: Checked) -> CheckFinding:
    severity = finding.severity or Severity.HINT
    return CheckFinding(
        run=run,
        unit=finding.unit,
        unit_path=checked.paths.get(finding.unit, run.unit_path),
        kind=finding.kind,
        number=finding.number,
        field=finding.field,
        code=finding.code,
        severity=severity.value,
        weight=WEIGHTS[severity],
        dimension=finding.dimension.value if finding.dimension else "",
        message=finding.message,
        suggestion=finding.suggestion,
        waiver=waiver,
        text=checked.texts.get((finding.kind, finding.number), ""),
        unpublished=(finding.kind, finding.number) not in checked.published,
    )
