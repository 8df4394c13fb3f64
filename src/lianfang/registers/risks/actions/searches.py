"""Writing searches (排查): that one was held, and corrections of its record."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import allow, allow_at
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.journal.moves import stale_conflict
from lianfang.foundation.journal.recording import record
from lianfang.foundation.journal.records import columns_of
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.organisation.series import number_for
from lianfang.registers.risks.models import Search
from lianfang.registers.risks.queries.places import fitting_place
from lianfang.registers.risks.queries.searches import demand_correctable, demand_sound, signature_of, visible_searches
from lianfang.registers.risks.rows import SearchRow


@transaction.atomic
def record_search(*, actor: User, row: SearchRow) -> SearchRow:
    """Enter a search that was held; what was not found needs a reason and the signature of whoever enters it (S24)."""
    path = fitting_place(row.tier, row.unit, row.post)
    allow_at(actor, Permission.RISKS_DRAFT, path)
    number = number_for(row.number, row.unit, row.kind)
    fresh = replace(row, number=number, signed_by=signature_of(actor, row, path), version=1)
    demand_sound(fresh)
    search = Search.objects.create(unit_path=path, **columns_of(Search, fresh))
    record(actor, Verb.SEARCH_RECORDED, search)
    return search.to_row()


@transaction.atomic
def correct_search(*, actor: User, row: SearchRow, expected_version: int, note: str = "") -> SearchRow:
    """Correct the record of a search; the journal keeps what stood there before.

    Raises:
        Conflict: somebody else corrected it meanwhile.
        Refused: somebody else signed it, or ``row`` bears somebody else's signature.
    """
    search = allow(actor, Permission.RISKS_DRAFT, visible_searches(actor), row.number)
    demand_correctable(actor, search.to_row(), search.unit_path)
    fitting_place(row.tier, search.unit_id, row.post)
    kept = replace(row, unit=search.unit_id, signed_by=signature_of(actor, row, search.unit_path))
    demand_sound(kept)
    columns = columns_of(Search, replace(kept, version=expected_version + 1))
    unchanged = Search.objects.filter(pk=search.pk, version=expected_version)
    if search.version != expected_version or not unchanged.update(**columns):
        raise stale_conflict(search, expected_version)
    search.refresh_from_db()
    record(actor, Verb.EDITED, search, note=note)
    return search.to_row()
