"""Writing searches (排查): that one was held, and corrections of its record."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import allow, allow_at
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.catalogue.numbers import claim, note_used
from lianfang.foundation.journal.recording import record
from lianfang.foundation.journal.records import columns_of
from lianfang.foundation.journal.verbs import Verb
from lianfang.kernel.numbering import prefix_of
from lianfang.registers.risks.models import Search
from lianfang.registers.risks.queries.places import fitting_place
from lianfang.registers.risks.queries.searches import demand_sound, visible_searches
from lianfang.registers.risks.rows import SearchRow


@transaction.atomic
def record_search(*, actor: User, row: SearchRow) -> SearchRow:
    """Enter a search that was held; what was not found needs a reason and a signature (S24)."""
    path = fitting_place(row.tier, row.unit, row.post, "")
    allow_at(actor, Permission.RISKS_DRAFT, path)
    demand_sound(row)
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
    demand_sound(kept)
    for attribute, value in columns_of(Search, kept).items():
        setattr(search, attribute, value)
    search.save()
    record(actor, Verb.EDITED, search, note=note)
    return search.to_row()
