"""Writing searches (排查): that one was held, and corrections of its record."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import allow, allow_at
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.catalogue.numbers import claim, note_used
from lianfang.foundation.journal.recording import record
from lianfang.foundation.journal.records import columns_of
from lianfang.foundation.journal.verbs import Verb
from lianfang.kernel.errors import Invalid
from lianfang.kernel.numbering import prefix_of
from lianfang.registers.risks.models import Search
from lianfang.registers.risks.queries.places import fitting_place
from lianfang.registers.risks.queries.searches import visible_searches
from lianfang.registers.risks.rows import SearchRow


@transaction.atomic
def record_search(*, actor: User, row: SearchRow) -> SearchRow:
    """Enter a search that was held; what was not found needs a reason and a signature (S24)."""
    path = fitting_place(row.tier, row.unit, row.post, "")
    allow_at(actor, Permission.RISKS_DRAFT, path)
    _check(row)
    fresh = replace(row, number=row.number or claim(prefix_of(row.unit, row.kind))[0])
    search = Search.objects.create(unit_path=path, **columns_of(Search, fresh))
    note_used([fresh.number])
    record(actor, Verb.SEARCH_RECORDED, search)
    return search.to_row()


@transaction.atomic
def correct_search(*, actor: User, row: SearchRow, note: str = "") -> SearchRow:
    """Correct the record of a search; the journal keeps what stood there before."""
    search = allow(actor, Permission.RISKS_DRAFT, visible_searches(actor), row.number)
    kept = replace(row, unit=search.unit_id)
    fitting_place(kept.tier, kept.unit, kept.post, "")
    _check(kept)
    for attribute, value in columns_of(Search, kept).items():
        setattr(search, attribute, value)
    search.save()
    record(actor, Verb.EDITED, search, note=note)
    return search.to_row()


def _check(row: SearchRow) -> None:
    if row.held_on > timezone.localdate():
        raise Invalid(f"排查日期 {row.held_on} 还没有到。", "请登记已经进行的排查。")
    if not row.participants:
        raise Invalid("请填写参加人员。", "部门级排查由全体人员参加，岗位级由岗位人员和负责人参加。")
    if row.none_found and not row.signed_by.strip():
        raise Invalid("写明“未发现风险”的，须有人签字。", "请填写签字人。")
