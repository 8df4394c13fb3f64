"""Reading the law table."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.roles import Permission
from lianfang.registers.laws.models import Law
from lianfang.registers.laws.rows import LawRow


def visible_laws(actor: User) -> QuerySet[Law]:
    """The whole table for everybody who may read laws anywhere; nothing for others."""
    laws = Law.objects.order_by("number")
    return laws if actor.may_anywhere(Permission.LAWS_READ) else laws.none()


def law_rows() -> list[LawRow]:
    """All laws as Rows."""
    return [law.to_row() for law in Law.objects.order_by("number")]


def laws_titled(titles: Iterable[str]) -> dict[str, LawRow]:
    """``cited title → law`` for exact titles and short titles; what is not in the table is left out."""
    wanted = set(titles)
    found: dict[str, LawRow] = {}
    for law in law_rows():
        for title in (law.title, *law.short_titles):
            if title in wanted:
                found.setdefault(title, law)
    return found
