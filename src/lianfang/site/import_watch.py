"""What a person saw when they looked at a file, and what of it is no longer so when they say yes (docs 0003)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils import timezone

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.journal.moves import changed_lines
from lianfang.foundation.journal.queries import line_of
from lianfang.foundation.web.row_form import whole_number
from lianfang.kernel.errors import Conflict
from lianfang.kernel.rows import Row, canonical_bytes, digest
from lianfang.site.importing import Preview
from lianfang.site.intake import Intake

NAMED = 50
"""Changed entries that the page names."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Up to which journal entry, and with which outcome, a file was looked at; written into the form that says yes."""

    sequence: int
    outcome: str

    def __str__(self) -> str:
        return f"{self.sequence}.{self.outcome}"

    @classmethod
    def of(cls, text: str) -> Seen:
        """What ``str`` wrote; whatever else comes was never looked at."""
        sequence, _, outcome = text.partition(".")
        return cls(whole_number(sequence, 0), outcome)


def newest_entry() -> int:
    """The newest journal entry: ask before looking, so that what is written meanwhile counts as later."""
    return Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0


def seen_in(previewed: Preview, sequence: int) -> Seen:
    """What a preview shows, as it stood after journal entry ``sequence``."""
    passing = {
        kind: {intake.rows[at].number: f"#{at}" for intake in intakes for at in intake.unnumbered}
        for kind, intakes in _by_kind(previewed).items()
    }
    shown: list[list[object]] = [
        [
            intake.register.kind,
            intake.table,
            len(intake.created),
            intake.changed,
            intake.unchanged,
            _content(intake, passing),
        ]
        for intake in previewed.intakes
    ]
    shown.append([str(column.place) for column in previewed.unread])
    return Seen(sequence, digest(shown)[:16])


def _by_kind(previewed: Preview) -> dict[str, list[Intake]]:
    found: dict[str, list[Intake]] = {}
    for intake in previewed.intakes:
        found.setdefault(intake.register.kind, []).append(intake)
    return found


def _content(intake: Intake, passing: Mapping[str, Mapping[str, str]]) -> str:
    """Digest of every line that would be stored; numbers that are given only then do not count.

    ``passing`` are these numbers, by kind, with what stands for them where a line refers to one.
    """
    waiting, content = set(intake.unnumbered), hashlib.sha256()
    referring = {name: passing[kind] for name, kind in intake.register.references.items() if passing.get(kind)}
    for position, row in enumerate(intake.rows):
        fixed: dict[str, object] = {"number": ""} if position in waiting else {}
        for name, numbers in referring.items():
            value = getattr(row, name)
            if isinstance(value, str) and value in numbers:
                fixed[name] = numbers[value]
        content.update(canonical_bytes(replace(row, **fixed) if fixed else row))
    return content.hexdigest()


def demand_as_seen(actor: User, previewed: Preview, now: Seen, seen: Seen) -> None:
    """Pass if what would be stored is what was looked at.

    Raises:
        Conflict: entries that the file touches were changed since, each named, with who changed what where the actor
            may read it; or the outcome is another one for other reasons, such as a unit that was renamed.
    """
    changed = _changed_since(actor, previewed, seen.sequence)
    if changed:
        raise Conflict(
            f"您查看以后，有 {len(changed)} 条被改动过，没有导入任何内容。",
            "下面是按现在的登记重新检查的结果。",
            details=changed[:NAMED],
        )
    if now.outcome != seen.outcome:
        raise Conflict("导入的结果与您查看时不同，没有导入任何内容。", "下面是按现在的登记重新检查的结果。")


def _changed_since(actor: User, previewed: Preview, sequence: int) -> list[str]:
    touched = {
        (intake.register.kind, number): (intake.register.read, row)
        for intake in previewed.intakes
        for number, row in intake.before.items()
    }
    later = Entry.objects.filter(id__gt=sequence, kind__in={kind for kind, _ in touched}).order_by("id")
    newest = {(kind, number): pk for kind, number, pk in later.values_list("kind", "number", "id")}
    changed = sorted(pk for key, pk in newest.items() if key in touched)
    entries = Entry.objects.filter(pk__in=changed[:NAMED]).order_by("id")
    named = [_told(actor, entry, *touched[entry.kind, entry.number]) for entry in entries]
    return [*named, *(f"第 {pk} 号操作" for pk in changed[NAMED:])]


def _told(actor: User, entry: Entry, read: Permission, row: Row) -> str:
    if not actor.may(read, entry.unit_path):
        return entry.number
    line = line_of(entry)
    what = "；".join(changed_lines(entry, row)) if entry.before else ""
    return f"{entry.number}：{timezone.localtime(entry.at):%H:%M} 由{line.actor}{line.verb}。{what}"
