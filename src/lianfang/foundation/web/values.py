"""Finished values that a page hands to its components: navigation, columns, tabs, next steps, pages of a list."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from lianfang.foundation.accounts.roles import Permission

ColumnKind = Literal["text", "word", "name", "number", "code", "date", "state", "actions", "select"]


@dataclass(frozen=True, slots=True)
class NavItem:
    """One line of the side navigation; without ``permission`` everybody who is logged in sees it."""

    label: str
    url_name: str
    icon: str
    permission: Permission | None = None
    or_permission: Permission | None = None
    """Enough as well: for pages that show approved entries to whoever may read no others."""
    inside: tuple[str, ...] = ()
    """Beginnings of further addresses that belong to this line although they do not begin with its own."""


@dataclass(frozen=True, slots=True)
class NavGroup:
    """Lines of the side navigation under one heading ("" for none)."""

    label: str
    items: tuple[NavItem, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A heading of a table; ``key`` is what ``?sort=`` carries (``-key`` for descending)."""

    key: str
    label: str
    kind: ColumnKind = "text"
    sortable: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab, which is a link of its own so that it can be bookmarked; ``count`` is shown beside the word."""

    key: str
    label: str
    url: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """Something the person can do next.

    A ``get`` step is a link. A ``post`` step is a form that sends ``fields``, ``version`` where it is given, and
    a ``note`` where one is asked for. ``blocked`` says why the step cannot be taken yet: it is shown, not clickable.
    """

    label: str
    url: str = ""
    why: str = ""
    method: Literal["get", "post"] = "post"
    version: int | None = None
    note: Literal["none", "optional", "required"] = "none"
    note_label: str = "意见"
    danger: bool = False
    blocked: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    quiet: bool = False
    """Never the button that stands out: it leads back, as 撤回 and 退回 do."""


@dataclass(frozen=True, slots=True)
class Pager:
    """Where in a list the reader is; ``total`` is ``None`` where counting would cost too much."""

    number: int
    size: int
    total: int | None
    has_next: bool

    @property
    def pages(self) -> int | None:
        """How many pages there are, at least one, or ``None`` where the total is unknown."""
        return None if self.total is None else max(1, math.ceil(self.total / self.size))

    @property
    def first(self) -> int:
        """Ordinal of the first entry on the page, from 1; 0 for an empty list."""
        return 0 if self.total == 0 else (self.number - 1) * self.size + 1

    @property
    def has_previous(self) -> bool:
        """Whether there is a page before this one."""
        return self.number > 1


def pager_for(number: int, size: int, total: int) -> Pager:
    """The pager of a counted list; a page number beyond either end is brought back into it."""
    pages = max(1, math.ceil(total / size))
    inside = min(max(1, number), pages)
    return Pager(inside, size, total, inside < pages)


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a filter: value in the address, word on the page, and how many entries it would leave."""

    value: str
    label: str
    count: int | None = None


def choices_of(pairs: Sequence[tuple[str, str]]) -> tuple[Choice, ...]:
    """Filter options from ``Word.choices()`` or any other ``(value, label)`` pairs."""
    return tuple(Choice(value, label) for value, label in pairs)
