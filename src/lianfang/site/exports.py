"""The table of exports: what can be taken out of the registers as a document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import allow_anywhere
from lianfang.foundation.documents.document import Document, section_of
from lianfang.foundation.organisation.queries import unit_names
from lianfang.kernel.errors import Absent
from lianfang.site.registers import BY_KIND, Register


def register_document(actor: User, kind: str, unit: str = "", *, template: bool = False) -> Document:
    """One register as a document: what the actor may read, below ``unit`` where one is named.

    ``template`` gives the empty form with drop-down lists and instructions.

    Raises:
        Absent: no such register.
        Refused: the actor may read none of it.
    """
    register = BY_KIND.get(kind)
    if register is None:
        raise Absent(f"没有“{kind}”这种清单。")
    allow_anywhere(actor, register.read)
    rows: Iterable[Any] = [] if template else _readable(actor, register, unit)
    name = unit_names([unit]).get(unit, "") if unit else ""
    return Document(
        title=f"{name}{register.sheet.title}",
        sections=(section_of(register.sheet, rows),),
        meta=() if template else (("导出日期", timezone.localdate().isoformat()), ("导出人", actor.title)),
        fill_in=True,
    )


def _readable(actor: User, register: Register, unit: str) -> Iterable[Any]:
    paths = actor.paths(register.read)
    seen: set[str] = set()
    for path in paths:
        for row in register.rows(path):
            if row.number not in seen and (not unit or getattr(row, "unit", unit) == unit):
                seen.add(row.number)
                yield row
