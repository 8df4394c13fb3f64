"""One table of a file on its way into a register, and the terms on which it is taken in."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from lianfang.foundation.accounts.models import User
from lianfang.foundation.documents.limits import WEB, Limits
from lianfang.foundation.documents.unread import UnreadColumn
from lianfang.kernel.findings import Finding, Place, Severity
from lianfang.site.registers import Register


@dataclass(frozen=True, slots=True)
class Taking:
    """How a file is taken in: the unit of lines that name none, the bounds, whether its states are adopted, by whom.

    Without an ``actor`` nobody means to store the file, so nobody is asked what they may write.
    """

    unit: str = ""
    limits: Limits = WEB
    adopting: bool = False
    today: datetime.date | None = None
    actor: User | None = None


ORDINARY = Taking()
"""A file from a page, that names its own units."""


@dataclass
class Intake:
    """One table of a file on its way in: the Rows it becomes, and everything there is to say about it."""

    register: Register
    table: str
    fields: frozenset[str] = frozenset()
    """Fields that the table has a column for; an update leaves the others alone."""
    keeping: frozenset[str] = frozenset()
    """Fields in which a blank leaves alone what is stored."""
    supposed: bool = False
    """Whether the states are what follows from the decision that approved the list, which says none itself."""
    rows: list[Any] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: int = 0
    unnumbered: list[int] = field(default_factory=list)
    """Positions in ``rows`` whose number is provisional until the store."""
    place_of: Callable[[int, str], Place | None] = field(default=lambda _line, _field: None)
    """Where in the file a field of the row at a position stands."""
    unread: list[UnreadColumn] = field(default_factory=list)
    """Columns of the table that hold something and are not imported."""
    before: dict[str, Any] = field(default_factory=dict)
    """The stored Rows that the table was held against, by number: they must still be so when it is stored."""

    @property
    def has_errors(self) -> bool:
        """Whether anything forbids storing this table."""
        return any(found.severity is Severity.ERROR and found.code.startswith("IMP") for found in self.findings)

    @property
    def own_numbers(self) -> list[str]:
        """The numbers that are no provisional ones of this system."""
        waiting = set(self.unnumbered) if self.register.numbered_by else set()
        return [row.number for position, row in enumerate(self.rows) if position not in waiting]
