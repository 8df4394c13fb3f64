"""Vocabularies: enums that carry the Chinese word a bureau uses, and the other spellings it may type."""

from __future__ import annotations

import enum
import functools
from typing import Self


class Word(enum.StrEnum):
    """A vocabulary member written ``NAME = "code", "中文", "别名", …``: stored by code, shown by its Chinese label."""

    label: str
    aliases: tuple[str, ...]

    def __new__(cls, code: str, label: str = "", *aliases: str) -> Self:
        """Make a member whose value is ``code`` and whose label and aliases are kept beside it."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label or code
        member.aliases = aliases
        return member

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The member that ``text`` names by code, label or alias (spaces ignored), or ``None``."""
        found = _spellings(cls).get("".join(text.split()))
        return found if isinstance(found, cls) else None

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """``(code, label)`` pairs for a select box or a database field."""
        return [(member.value, member.label) for member in cls]


@functools.cache
def _spellings(words: type[Word]) -> dict[str, Word]:
    found: dict[str, Word] = {}
    for member in words:
        for spelling in (member.value, member.label, *member.aliases):
            found.setdefault("".join(spelling.split()), member)
    return found
