"""What hangs on a record that is about to end: told on its page before somebody ends it.

What hangs lives in higher rooms, which a lower one must not import; so the tellers are named by dotted path in the
settings ``HANGING`` (register kind → function of the actor and the record's number).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from lianfang.foundation.accounts.models import User


@dataclass(frozen=True, slots=True)
class Hanging:
    """How many entries in force hang on a record, in words, what is to be done with them, and where they are listed."""

    title: str
    count: int
    what: str
    todo: str
    address: str


def hanging_on(actor: User, kind: str, number: str) -> Hanging | None:
    """What of the entries that the actor may see hangs on the record ``number`` of the register called ``kind``.

    ``None`` where nothing does, or where nobody tells of this kind.
    """
    teller: Callable[[User, str], Hanging] | None = _teller(kind)
    hanging = teller(actor, number) if teller else None
    return hanging if hanging and hanging.count else None


def _teller(kind: str) -> Callable[[User, str], Hanging] | None:
    dotted_path = getattr(settings, "HANGING", {}).get(kind, "")
    return import_string(dotted_path) if dotted_path else None
