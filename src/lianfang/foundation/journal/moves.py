"""The two conditional updates that every action is made of: take a step of a lifecycle, or change some fields."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar, cast

from django.utils import timezone

from lianfang.foundation.journal.models import Entry, Record
from lianfang.foundation.journal.recording import Recordable
from lianfang.foundation.journal.tellers import changed_by
from lianfang.foundation.journal.wording import heading_of, recorded_words
from lianfang.kernel.errors import Conflict, Invalid
from lianfang.kernel.findings import Finding, Severity
from lianfang.kernel.lifecycle import Lifecycle, Move, S

R = TypeVar("R", bound=Record)
UNTOLD = frozenset({"number", "version", "state"})
"""What is not shown as changed: it is said in the sentence, or is no matter of the reader's."""
LOOKED_THROUGH = 50
"""How many of the newest steps are held against the version that somebody looked at."""


def move(
    thing: R,
    lifecycle: Lifecycle[S],
    name: str,
    expected_version: int,
    *,
    unless: Iterable[Finding] = (),
    **changes: object,
) -> R:
    """Take the step ``name`` if the thing is still in a source state and at ``expected_version``.

    Raises:
        Conflict: somebody changed the thing since it was looked at, or its state does not allow the step.
        Invalid: findings of severity E stand against it (each is listed in ``details``).
    """
    if thing.version != expected_version:
        raise stale_conflict(
            thing, expected_version, "这一步没有办理。", "请重新打开这一条，看清改了什么，再决定是否办理。"
        )
    step = _step(thing, lifecycle, name)
    blocking = [finding for finding in unless if finding.severity == Severity.ERROR]
    if blocking:
        raise Invalid(
            f"还有 {len(blocking)} 个错误没有处理，不能{step.label}。",
            "请先按下列问题修改，或请负责人批准豁免。",
            details=[f"{finding.code} {finding.message}" for finding in blocking],
        )
    return _write(thing, expected_version, state=step.target.value, **changes)


def open_steps(thing: Record, lifecycle: Lifecycle[S]) -> Iterator[Move[S]]:
    """Steps that the state of the thing allows, whoever may take them."""
    state = next(state for state in lifecycle.states() if state.value == thing.state)
    return (step for step in lifecycle.from_state(state) if _is_for(thing, step))


def _is_for(thing: Record, step: Move[S]) -> bool:
    return thing.approved_entry is not None or not step.once_approved


def change(thing: R, expected_version: int, **fields: object) -> R:
    """Set ``fields`` if the thing is still at ``expected_version``.

    Raises:
        Conflict: somebody changed it meanwhile; ``details`` lists what they changed.
    """
    return _write(thing, expected_version, **fields)


def _step(thing: Record, lifecycle: Lifecycle[S], name: str) -> Move[S]:
    for step in lifecycle.named(name):
        if step.source.value == thing.state and _is_for(thing, step):
            return step
    state = next((state for state in lifecycle.states() if state.value == thing.state), None)
    shown = getattr(state, "label", thing.state)
    label = lifecycle.named(name)[0].label
    raise Conflict(f"{thing.number} 当前为“{shown}”，不能{label}。", "请刷新页面，按当前状态继续办理。")


def _write(thing: R, expected_version: int, **fields: object) -> R:
    # Asked before the database is, because what was claimed may be larger than any column holds.
    if thing.version != expected_version:
        raise stale_conflict(thing, expected_version)
    model = cast(Any, type(thing))
    matched = model.objects.filter(pk=thing.pk, state=thing.state, version=expected_version)
    if not matched.update(version=expected_version + 1, updated_at=timezone.now(), **fields):
        thing.refresh_from_db()
        raise stale_conflict(thing, expected_version)
    thing.refresh_from_db()
    return thing


def stale_conflict(
    thing: Recordable, seen: int | None = None, undone: str = "您的修改没有保存。", remedy: str = ""
) -> Conflict:
    """The Conflict that shows who changed the thing after version ``seen``, and all that is different from then.

    What keeps no versions is told by its newest entry alone.
    """
    row = thing.to_row()
    entries = list(Entry.objects.filter(kind=row.kind, number=row.number).order_by("-id")[:LOOKED_THROUGH])
    if not entries:
        return Conflict(f"{row.number} {changed_by(None)}，{undone}", remedy)
    since = [entry for entry in entries if seen is not None and _version(entry) > seen] or entries[:1]
    newest = since[0]
    told = _lines(since[-1].before, newest.after, row)
    return Conflict(f"{row.number} {changed_by(newest)}，{undone}", remedy, details=told)


def _version(entry: Entry) -> int:
    return int(json.loads(entry.after).get("version", 0))


def changed_lines(entry: Entry, row: object) -> list[str]:
    """``中文字段：旧 → 新`` for every field that the entry changed, for a Row class with ``headings``."""
    return _lines(entry.before, entry.after, row)


def _lines(before_text: str, after_text: str, row: object) -> list[str]:
    before, after = (json.loads(text) if text else {} for text in (before_text, after_text))
    told = ((name, before.get(name), value) for name, value in after.items() if name not in UNTOLD)
    changed = (
        (name, recorded_words(row, name, old), recorded_words(row, name, new)) for name, old, new in told if old != new
    )
    return [f"{heading_of(row, name)}：{old} → {new}" for name, old, new in changed if old != new]
