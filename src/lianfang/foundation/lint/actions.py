"""Granting and revoking waivers: a reason, an approver who is not the drafter alone, and an end."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import allow, allow_at, within
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.journal.recording import record
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.lint.models import Waiver
from lianfang.foundation.lint.rows import WaiverRow
from lianfang.kernel.errors import Invalid

LONGEST = datetime.timedelta(days=366)
"""A waiver lasts a year at most, so that a tolerated fault is looked at again in every cycle."""


@dataclass(frozen=True, slots=True)
class Tolerated:
    """Which finding is to be tolerated: the rule, and the entry by register, number and unit path."""

    rule: str
    kind: str
    number: str
    unit_path: str


@transaction.atomic
def grant_waiver(*, actor: User, finding: Tolerated, reason: str, expires: datetime.date) -> WaiverRow:
    """Tolerate one finding until ``expires``; the approver is the person who grants it."""
    allow_at(actor, Permission.FINDINGS_WAIVE, finding.unit_path)
    today = timezone.localdate()
    if len(reason.strip()) < 5:
        raise Invalid("豁免必须写明理由。", "说明为什么这条检查结果在本单位可以接受，以及用什么办法补救。")
    if not today <= expires <= today + LONGEST:
        raise Invalid("豁免的有效期须在今天之后、一年之内。", "到期后系统会重新报告，届时可以再次申请。")
    waiver = Waiver.objects.create(
        number=f"{finding.rule}/{finding.number}/{timezone.now():%Y%m%d%H%M%S%f}",
        unit_path=finding.unit_path,
        rule=finding.rule,
        entry_kind=finding.kind,
        entry=finding.number,
        reason=reason.strip(),
        approver=actor.title,
        expires=expires,
    )
    record(actor, Verb.WAIVER_GRANTED, waiver, note=reason)
    return waiver.to_row()


@transaction.atomic
def revoke_waiver(*, actor: User, number: str, note: str) -> WaiverRow:
    """End a waiver today; the finding is open again at once."""
    visible = Waiver.objects.filter(within(actor.paths(Permission.FINDINGS_READ)))
    waiver = allow(actor, Permission.FINDINGS_WAIVE, visible, number)
    waiver.expires = timezone.localdate() - datetime.timedelta(days=1)
    waiver.save(update_fields=["expires"])
    record(actor, Verb.WAIVER_REVOKED, waiver, note=note)
    return waiver.to_row()
