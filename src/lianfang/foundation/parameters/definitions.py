"""What a parameter is: what it decides, in which unit and range, by whom, and what uses it; and the table of all."""

from __future__ import annotations

from dataclasses import dataclass

from lianfang.foundation.accounts.roles import MATRIX, Permission, Role
from lianfang.foundation.parameters.words import Measure, Subject
from lianfang.kernel.errors import Absent, Invalid
from lianfang.kernel.vocabulary import Word

PER_CENT = "%"
_MEASURES = {"个月": Measure.MONTHS, "天": Measure.DAYS, "个工作日": Measure.WORKDAYS, PER_CENT: Measure.SHARE}
_LONGEST = 6
"""Digits of a whole number that is worth reading; every range ends far below."""


@dataclass(frozen=True, slots=True)
class Deciders:
    """Which permission proposes a value and which approves it; who holds them stands in the matrix of roles."""

    propose: Permission
    approve: Permission

    @property
    def owners(self) -> tuple[Role, ...]:
        """Roles that may propose."""
        return _holders(self.propose)

    @property
    def approvers(self) -> tuple[Role, ...]:
        """Roles that may approve what another person proposed."""
        return _holders(self.approve)


def _holders(permission: Permission) -> tuple[Role, ...]:
    return tuple(role for role in Role if permission in MATRIX[role])


BUREAU = Deciders(Permission.PARAMETERS_PROPOSE, Permission.PARAMETERS_APPROVE)
"""The coordinator proposes, the secretary approves with the minutes of the Party group."""
LEGALITY = Deciders(Permission.PARAMETERS_PROPOSE_POWERS, Permission.PARAMETERS_APPROVE)
"""What powers are held against is proposed by the legal reviewer."""
COMMISSION = Deciders(Permission.PARAMETERS_PROPOSE_COMMON, Permission.PARAMETERS_APPROVE_COMMON)
"""Values for all bureaus below the commission, proposed and approved by two of its people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One parameter as the software knows it; its values are decided by people and stored.

    ``term`` is the word by which the plan leaves the quantity open, ``sources`` where it does so (S-ids, norms).
    ``used_by`` names the rules and acts that ask for it; without any, people go by the approved value themselves.
    ``words`` makes it a choice; otherwise it is a whole number from ``least`` to ``most``.
    """

    code: str
    name: str
    subject: Subject
    meaning: str
    default: int | Word
    sources: tuple[str, ...]
    unit: str = ""
    least: int = 1
    most: int = 1
    words: type[Word] | None = None
    term: str = ""
    used_by: tuple[str, ...] = ()
    deciders: Deciders = BUREAU

    @property
    def measure(self) -> Measure:
        """What kind of quantity it is."""
        return Measure.CHOICE if self.words else _MEASURES.get(self.unit, Measure.COUNT)

    @property
    def is_for_commission(self) -> bool:
        """Whether only the commission decides it, for all bureaus alike."""
        return self.deciders == COMMISSION

    @property
    def rules(self) -> tuple[str, ...]:
        """Codes of the rules that ask for it."""
        return tuple(name for name in self.used_by if name.isascii())

    @property
    def acts(self) -> tuple[str, ...]:
        """What people do that asks for it, in words."""
        return tuple(name for name in self.used_by if not name.isascii())

    @property
    def allowed(self) -> str:
        """What it may be set to, in words."""
        if self.words:
            return "、".join(word.label for word in self.words)
        return f"{self.least} 至 {self.shown(self.most)}"

    def read(self, text: str) -> int | Word:
        """The value that ``text`` means, within the allowed range.

        Raises:
            Invalid: no such word, no whole number, or out of range.
        """
        value = self.parsed(text)
        if value is None or (isinstance(value, int) and not self.least <= value <= self.most):
            what = "请从中选择" if self.words else "请填写整数"
            raise Invalid(f"“{self.name}”不能是“{text.strip()[:40]}”。", f"{what}：{self.allowed}。")
        return value

    def parsed(self, text: str) -> int | Word | None:
        """The value that a stored text means, whatever range is allowed today; ``None`` where it means nothing."""
        if self.words:
            return self.words.read(text)
        digits = text.strip()
        return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= _LONGEST else None

    def written(self, value: int | Word) -> str:
        """The text under which a value is stored."""
        return value.value if isinstance(value, Word) else str(value)

    def shown(self, value: int | Word) -> str:
        """The value as a person reads it, with its unit."""
        if isinstance(value, Word):
            return value.label
        return f"{value}{self.unit}" if self.unit == PER_CENT else f"{value} {self.unit}".rstrip()

    def shown_text(self, text: str) -> str:
        """A stored text as a person reads it; "" means nothing of one's own."""
        value = self.parsed(text)
        return text if value is None else self.shown(value)


def by_code(definitions: tuple[Definition, ...]) -> dict[str, Definition]:
    """``code → definition``.

    Raises:
        ValueError: two definitions share a code.
    """
    found = {one.code: one for one in definitions}
    if len(found) != len(definitions):
        raise ValueError("two parameters share a code")
    return found


def definition_in(table: dict[str, Definition], code: str) -> Definition:
    """The parameter called ``code``.

    Raises:
        Absent: there is none.
    """
    if code not in table:
        raise Absent(f"没有代码为“{code}”的参数。", "请从参数页面选择。")
    return table[code]
