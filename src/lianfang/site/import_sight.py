"""What an import looks at beside the file: stored entries, as far as whoever imports may see them.

A preview quotes what it holds lines against. A number that was guessed, or a reference to a stranger's entry, must
therefore teach nothing of it: the line is then judged by its own cells alone.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import within
from lianfang.foundation.organisation.rows import PersonRow, PostRow, TenureRow, UnitRow
from lianfang.registers.laws.rows import LawRow
from lianfang.site.registers import Register
from lianfang.site.work import VISIBLE

SHARED = frozenset({UnitRow, PostRow, PersonRow, TenureRow, LawRow})
"""Registers that every list of a bureau rests on; they are always looked at whole."""


def in_sight(register: Register, actor: User | None) -> QuerySet[Any]:
    """The stored entries of a register that ``actor`` may see; all where nobody means to store the file."""
    entries = register.model._default_manager.all()
    if actor is None or register.row in SHARED:
        return entries
    if register.kind in VISIBLE:
        return VISIBLE[register.kind](actor)
    return entries.filter(within(actor.paths(register.read)))
