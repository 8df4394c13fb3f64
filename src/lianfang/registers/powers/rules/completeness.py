"""How complete a power is (S20): which of the eight fields hold something, and what the others lack."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from lianfang.registers.laws.rules import LawIndex
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.powers.rules.basis import basis_gap
from lianfang.registers.powers.rules.fields import empty_fields, unnamed_in_supervision
from lianfang.registers.powers.rules.limits import limit_gap

FIELDS = ("name", "content", "holder", "basis", "conditions", "steps", "time_limit", "supervision")
"""名称、内容、行使主体、法律依据、条件、程序、期限、监督方式, in the order of the plan."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One of the eight fields that does not count, and why: a sentence."""

    field: str
    heading: str
    why: str


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many of the eight fields are filled with substance, and what the others lack."""

    gaps: tuple[Gap, ...]

    @property
    def total(self) -> int:
        """Eight."""
        return len(FIELDS)

    @property
    def filled(self) -> int:
        """How many fields count, 0 to 8."""
        return len(FIELDS) - len(self.gaps)

    @property
    def said(self) -> str:
        """The score in words."""
        return f"八要素写实 {self.filled} 项，共 {self.total} 项"

    @property
    def is_complete(self) -> bool:
        """Whether all eight count."""
        return not self.gaps


def completeness(power: PowerRow, laws: LawIndex, day: datetime.date) -> Completeness:
    """The eight fields of ``power`` as the rules judge them: PWR001 for all, and more for three of them.

    A basis counts from an article of a law in force on ``day`` (PWR002, PWR004), a time limit from amount and unit or
    the reason why there is none (PWR006), supervision from a body and a channel (PWR010). How good the rest is, a
    statutory limit exceeded, a second basis repealed, is not a matter of completeness.
    """
    unnamed = "和".join(unnamed_in_supervision(power))
    lacks = {
        "basis": basis_gap(power, laws, day),
        "time_limit": limit_gap(power),
        "supervision": f"没有写明{unnamed}" if unnamed else "",
        **dict.fromkeys(empty_fields(power), "为空或只是套话"),
    }
    gaps = (Gap(field, PowerRow.headings[field], f"{lacks[field]}。") for field in FIELDS if lacks.get(field))
    return Completeness(tuple(gaps))
