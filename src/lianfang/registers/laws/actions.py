"""Writing the law table: laws are shared, so the permission is asked for anywhere, not at one unit."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import cast

from django.db import transaction

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import allow_anywhere
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.journal.recording import record, record_many
from lianfang.foundation.journal.records import columns_of
from lianfang.foundation.journal.storing import Stored, store
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.lint.adopting import terms_on
from lianfang.foundation.organisation.demands import demand_unchanged
from lianfang.kernel.errors import Absent, Conflict, Invalid
from lianfang.kernel.rows import differences, plain
from lianfang.kernel.substance import COMPARING, ENDING, demand_reason
from lianfang.registers.laws.models import Law
from lianfang.registers.laws.rows import LawRow


@transaction.atomic
def create_law(*, actor: User, row: LawRow) -> LawRow:
    """Add a law; its number must be new, and nobody has checked it yet.

    Raises:
        Invalid: a law has that number already.
    """
    allow_anywhere(actor, Permission.LAWS_EDIT)
    if Law.objects.filter(number=row.number).exists():
        raise Invalid(f"编号“{row.number}”已经有法规使用。", "请换一个编号，或修改原有的那一条。")
    _demand_sound(row)
    law = Law.objects.create(**columns_of(Law, _unverified(row, None)))
    record(actor, Verb.LAW_CREATED, law)
    return law.to_row()


@transaction.atomic
def edit_law(*, actor: User, row: LawRow, seen: str, note: str = "") -> LawRow:
    """Change a law; whatever is changed beyond the remark has to be checked against the official text anew.

    No form and no request sets a mark of verification, of the law or of an article: only ``verify_law`` does.
    ``seen`` is the digest of the Row that the form showed.

    Raises:
        Conflict: somebody changed it meanwhile, or ``seen`` is empty.
    """
    allow_anywhere(actor, Permission.LAWS_EDIT)
    law = _law(row.number)
    before = law.to_row()
    demand_unchanged(before, seen)
    _demand_sound(row)
    repealed = row.repealed_on is not None and before.repealed_on is None
    for attribute, value in columns_of(Law, _unverified(row, before)).items():
        setattr(law, attribute, value)
    law.save()
    record(actor, Verb.LAW_REPEALED if repealed else Verb.LAW_EDITED, law, note=note)
    return law.to_row()


@transaction.atomic
def repeal_law(*, actor: User, number: str, on: datetime.date, replaced_by: str, basis: str) -> LawRow:
    """Mark a law as repealed from a day on; every basis that cites it is stale from then (PWR002, C9)."""
    allow_anywhere(actor, Permission.LAWS_EDIT)
    law = _law(number)
    if law.repealed_on is not None:
        raise Conflict(f"《{law.title}》已经标记为 {law.repealed_on} 起废止。", "日期有误的，请用“修改”更正。")
    remedy = "例如：《…法典》第一千二百四十二条，某年某月某日起废止。"
    demand_reason(basis, ENDING, missing="标记废止须写明依据。", remedy=remedy)
    _demand_sound(replace(law.to_row(), repealed_on=on, replaced_by=replaced_by))
    law.repealed_on, law.replaced_by, law.verified = on, replaced_by, False
    law.save(update_fields=["repealed_on", "replaced_by", "verified"])
    record(actor, Verb.LAW_REPEALED, law, basis=basis)
    return law.to_row()


@transaction.atomic
def verify_law(*, actor: User, number: str, articles: Sequence[str], note: str) -> LawRow:
    """Somebody compared the law with the official text; ``articles`` names the mappings that were compared as well.

    Raises:
        Invalid: the source is not named, or an article is not one of this law's.
    """
    allow_anywhere(actor, Permission.LAWS_EDIT)
    law = _law(number)
    demand_reason(note, COMPARING)
    row = law.to_row()
    if unknown := set(articles) - {article.article for article in row.articles}:
        raise Invalid(f"《{row.title}》没有登记{'、'.join(sorted(unknown))}。")
    checked = tuple(replace(part, verified=part.verified or part.article in articles) for part in row.articles)
    law.articles, law.verified = plain(checked), True
    law.save(update_fields=["articles", "verified"])
    record(actor, Verb.LAW_VERIFIED, law, note=note)
    return law.to_row()


@transaction.atomic
def import_laws(*, actor: User, rows: Sequence[LawRow], source: str, adopted: str = "") -> Stored:
    """Store an imported law table; that somebody verified a law is only taken over with an ``adopted`` table.

    Raises:
        Invalid: a law that ends before it begins, or a successor that neither the table nor the list knows.
    """
    allow_anywhere(actor, Permission.LAWS_EDIT)
    terms = terms_on(source, adopted)
    if terms.adopted:
        allow_anywhere(actor, Permission.REGISTERS_ADOPT)
    known = {law.number: law.to_row() for law in Law.objects.all()}
    taken = rows if terms.adopted else [_unverified(row, known.get(row.number)) for row in rows]
    numbers = known.keys() | {row.number for row in rows}
    stored = store(Law, taken, lambda _row: "")
    for change in stored.changes:
        _demand_sound(cast("LawRow", change.row), numbers)
    record_many(actor, terms.verb, stored.changes, basis=terms.basis, note=source)
    return stored


def _unverified(row: LawRow, before: LawRow | None) -> LawRow:
    """The Row with no more marks of verification than the law has here, for what the Row leaves as it is."""
    checked = {replace(part, verified=False) for part in before.articles if part.verified} if before else set()
    plain_parts = [replace(part, verified=False) for part in row.articles]
    kept = replace(row, articles=tuple(replace(part, verified=part in checked) for part in plain_parts))
    if before is None or not before.verified:
        return replace(kept, verified=False)
    return replace(kept, verified=all(found.field in {"note", "verified"} for found in differences(before, kept)))


def _law(number: str) -> Law:
    law = Law.objects.select_for_update().filter(number=number).first()
    if law is None:
        raise Absent(f"没有找到编号为“{number}”的法规。")
    return law


def _demand_sound(row: LawRow, numbers: Collection[str] = ()) -> None:
    """``numbers`` are laws that are known to be there, beside those stored."""
    if row.in_force_from and row.repealed_on and row.repealed_on < row.in_force_from:
        raise Invalid(f"废止日期 {row.repealed_on} 早于施行日期 {row.in_force_from}。")
    successors = {row.replaced_by, *(article.successor_law for article in row.articles)} - {""}
    if row.replaced_by == row.number:
        raise Invalid("法规不能由它自己替代。")
    unknown = successors - {row.number, *numbers}
    stored = Law.objects.filter(number__in=unknown).values_list("number", flat=True) if unknown else ()
    if missing := sorted(unknown - set(stored)):
        raise Invalid(f"没有编号为“{'、'.join(missing)}”的法规。", "请先登记替代它的法规，再填写编号。")
