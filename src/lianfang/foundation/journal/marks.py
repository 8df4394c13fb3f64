"""Where the journal itself stands with an entry: its newest word about it, and the newest by which it was approved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Max, Q

from lianfang.foundation.journal.models import Entry
from lianfang.foundation.journal.verbs import Verb

APPROVING = frozenset({
    Verb.POWER_CONFIRMED, Verb.NEGATIVE_APPROVED, Verb.GRADING_APPROVED, Verb.REGULATION_ADOPTED,
    Verb.REGULATION_EFFECTIVE, Verb.CONTROL_APPROVED, Verb.PLAN_CONFIRMED, Verb.PARAMETER_APPROVED, Verb.ADOPTED,
})  # fmt: skip
"""What approves an entry; a list that was adopted approves those of its lines that it brings as decided."""
CHUNK = 500


class Marks(NamedTuple):
    """Numbers of two journal entries about one thing; ``approval`` is None where it was never approved."""

    newest: int
    approval: int | None


def marks_of(kind: str, numbers: Sequence[str]) -> dict[str, Marks]:
    """``number → marks`` of the things of a kind that the journal knows, one query for five hundred."""
    found: dict[str, Marks] = {}
    for start in range(0, len(numbers), CHUNK):
        about = Entry.objects.filter(kind=kind, number__in=numbers[start : start + CHUNK]).order_by()
        told = about.values("number").annotate(newest=Max("id"), approval=Max("id", filter=Q(verb__in=APPROVING)))
        for number, newest, approval in told.values_list("number", "newest", "approval"):
            found[number] = Marks(newest, approval)
    return found


def ever_approved(kind: str, path: str) -> dict[str, str]:
    """``number → path`` of the things of a kind that were ever approved under ``path``, whatever is stored of them."""
    about = Entry.objects.filter(kind=kind, verb__in=APPROVING, unit_path__gte=path, unit_path__lt=path + "~")
    return dict(about.order_by("id").values_list("number", "unit_path"))
