"""Writing the law table: laws are shared, so the permission is asked for anywhere, not at one unit."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import allow_anywhere
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.journal.recording import record, record_many
from lianfang.foundation.journal.records import columns_of
from lianfang.foundation.journal.storing import Stored, store
from lianfang.foundation.journal.verbs import Verb
from lianfang.kernel.errors import Absent, Invalid
from lianfang.registers.laws.models import Law
from lianfang.registers.laws.rows import LawRow


@transaction.atomic
def create_law(*, actor: User, row: LawRow) -> LawRow:
    """Add a law; its number must be new."""
    allow_anywhere(actor, Permission.LAWS_EDIT)
    if Law.objects.filter(number=row.number).exists():
        raise Invalid(f"编号“{row.number}”已经有法规使用。", "请换一个编号，或修改原有的那一条。")
    law = Law.objects.create(**columns_of(Law, row))
    record(actor, Verb.LAW_CREATED, law)
    return law.to_row()


@transaction.atomic
def edit_law(*, actor: User, row: LawRow, note: str = "") -> LawRow:
    """Change a law; marking it repealed makes every basis that cites it stale (PWR002)."""
    allow_anywhere(actor, Permission.LAWS_EDIT)
    law = Law.objects.select_for_update().filter(number=row.number).first()
    if law is None:
        raise Absent(f"没有找到编号为“{row.number}”的法规。")
    repealed = row.repealed_on is not None and law.repealed_on is None
    for attribute, value in columns_of(Law, row).items():
        setattr(law, attribute, value)
    law.save()
    record(actor, Verb.LAW_REPEALED if repealed else Verb.LAW_EDITED, law, note=note)
    return law.to_row()


@transaction.atomic
def import_laws(*, actor: User, rows: Sequence[LawRow], source: str) -> Stored:
    """Store an imported law table."""
    allow_anywhere(actor, Permission.LAWS_EDIT)
    stored = store(Law, rows, lambda _row: "")
    record_many(actor, Verb.IMPORTED, stored.changes, note=source)
    return stored
