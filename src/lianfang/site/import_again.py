"""An adopted list that comes again: what was rewritten here since, or has ended, is left alone and told (docs 0024)."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from lianfang.foundation.journal.models import Entry
from lianfang.kernel.findings import Finding, Place, Severity
from lianfang.kernel.rows import from_plain
from lianfang.site.import_numbers import NUMBER, keyed_numbers, nearby_condition
from lianfang.site.import_rights import OPENNESS
from lianfang.site.import_sight import in_sight
from lianfang.site.intake import Intake, Taking
from lianfang.site.registers import Register

LEFT_ALONE = "IMP056"
CHUNK, _NAMED = 400, 50
PlaceOf = Callable[[int], Place | None]


def rewritten_since(intake: Intake, terms: Taking, place_of: PlaceOf) -> dict[int, Any]:
    """Lines of an adopted list that would be new, though an entry had their words: position → the line as that entry.

    What the old paper says of it was approved once and has been rewritten here; it is neither undone nor made again.
    """
    register = intake.register
    fresh = {position: _key(register, intake.rows[position]) for position in intake.unnumbered}
    if not terms.adopting or not register.adopt or not fresh:
        return {}
    former = _former(register, [intake.rows[position] for position in fresh], terms)
    found = {at: replace(intake.rows[at], number=former[key]) for at, key in fresh.items() if key in former}
    for position in list(found)[:_NAMED]:
        message = (
            f"这一条已经登记为 {found[position].number}，以后在系统里改写过，照现在的留着，没有再登记；"
            "要改回这里的写法，或者确是另外一条的，请在系统里办理。"
        )
        intake.findings.append(_told(message, place_of(position)))
    if len(found) > _NAMED:
        message = f"另有 {len(found) - _NAMED} 行也在系统里改写过，照现在的留着，没有再登记。"
        intake.findings.append(_told(message, place_of(list(found)[_NAMED])))
    return found


def leave_out(intake: Intake, positions: dict[int, Any]) -> list[int]:
    """Take lines out of an intake; the positions that stay are returned."""
    kept = [position for position in range(len(intake.rows)) if position not in positions]
    waiting = set(intake.unnumbered)
    intake.rows = [intake.rows[position] for position in kept]
    intake.unnumbered = [now for now, before in enumerate(kept) if before in waiting]
    return kept


def is_over(intake: Intake, before: Any) -> bool:
    """Whether a stored entry has ended in a way that leads nowhere, and the list says nothing of states."""
    openness = OPENNESS.get(intake.register.kind)
    return intake.supposed and openness is not None and not any(openness.life.from_state(before.state))


def report_over(intake: Intake, place_of: PlaceOf) -> None:
    """Say which lines speak of what has ended: it stays as it is."""
    over = [
        (position, before)
        for position, row in enumerate(intake.rows)
        if (before := intake.before.get(row.number)) is not None and is_over(intake, before)
    ]
    if over:
        shown = "、".join(f"{before.number} {before.state.label}" for _, before in over[:3])
        message = f"{len(over)} 条在系统里已经了结（{shown}{'等' if len(over) > 3 else ''}），没有再承接，照旧留着。"
        intake.findings.append(_told(message, place_of(over[0][0])))


def _former(register: Register, rows: Sequence[Any], terms: Taking) -> dict[tuple[Any, ...], str]:
    """Keys that entries in sight had at any time and have no more → their numbers."""
    nearby = in_sight(register, terms.actor).filter(**nearby_condition(register, rows), version__gt=1)
    numbers = list(nearby.order_by(NUMBER).values_list(NUMBER, flat=True))
    former: dict[tuple[Any, ...], str] = {}
    for start in range(0, len(numbers), CHUNK):
        entries = Entry.objects.filter(kind=register.kind, number__in=numbers[start : start + CHUNK])
        for number, after in entries.exclude(after="").values_list(NUMBER, "after"):
            former.setdefault(_key(register, from_plain(register.row, json.loads(after))), number)
    for key in keyed_numbers(register, rows, terms.actor) if former else ():
        former.pop(key, None)
    return former


def _key(register: Register, row: Any) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in register.key)


def _told(message: str, place: Place | None) -> Finding:
    return Finding("", NUMBER, message, code=LEFT_ALONE, severity=Severity.WARNING, place=place)
