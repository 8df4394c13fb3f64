"""The two conditional updates that every action is made of: take a step of a lifecycle, or change some fields."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TypeVar, cast

from django.utils import timezone

from lianfang.foundation.journal.models import Entry, Record
from lianfang.foundation.journal.recording import Recordable
from lianfang.kernel.errors import Conflict, Invalid
from lianfang.kernel.findings import Finding, Severity
from lianfang.kernel.lifecycle import Lifecycle, Move, S

R = TypeVar("R", bound=Record)


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
        Conflict: the state does not allow the step, or somebody changed the thing meanwhile.
        Invalid: findings of severity E stand against it (each is listed in ``details``).
    """
    step = _step(thing, lifecycle, name)
    blocking = [finding for finding in unless if finding.severity == Severity.ERROR]
    if blocking:
        raise Invalid(
            f"还有 {len(blocking)} 个错误没有处理，不能{step.label}。",
            "请先按下列问题修改，或请负责人批准豁免。",
            details=[f"{finding.code} {finding.message}" for finding in blocking],
        )
    return _write(thing, expected_version, state=step.target.value, **changes)


def change(thing: R, expected_version: int, **fields: object) -> R:
    """Set ``fields`` if the thing is still at ``expected_version``.

    Raises:
        Conflict: somebody changed it meanwhile; ``details`` lists what they changed.
    """
    return _write(thing, expected_version, **fields)


def _step(thing: Record, lifecycle: Lifecycle[S], name: str) -> Move[S]:
    for step in lifecycle.named(name):
        if step.source.value == thing.state:
            return step
    state = next((state for state in lifecycle.states() if state.value == thing.state), None)
    shown = getattr(state, "label", thing.state)
    label = lifecycle.named(name)[0].label
    raise Conflict(f"{thing.number} 当前为“{shown}”，不能{label}。", "请刷新页面，按当前状态继续办理。")


def _write(thing: R, expected_version: int, **fields: object) -> R:
    # Asked before the database is, because what was claimed may be larger than any column holds.
    if thing.version != expected_version:
        raise stale_conflict(thing)
    model = cast(Any, type(thing))
    matched = model.objects.filter(pk=thing.pk, state=thing.state, version=expected_version)
    if not matched.update(version=expected_version + 1, updated_at=timezone.now(), **fields):
        raise stale_conflict(thing)
    thing.refresh_from_db()
    return thing


def stale_conflict(thing: Recordable) -> Conflict:
    """The Conflict that shows who changed the thing meanwhile and what."""
    row = thing.to_row()
    entry = Entry.objects.filter(kind=row.kind, number=row.number).order_by("-id").first()
    if entry is None:
        return Conflict(f"{row.number} 刚刚被别人修改过，您的修改没有保存。")
    local = timezone.localtime(entry.at)
    return Conflict(
        f"{row.number} 刚刚被{entry.actor_title or entry.actor}修改过（{local:%H:%M}），您的修改没有保存。",
        details=changed_lines(entry, row),
    )


def changed_lines(entry: Entry, row: object) -> list[str]:
    """``中文字段：旧 → 新`` for every field that the entry changed, for a Row class with ``headings``."""
    before = json.loads(entry.before) if entry.before else {}
    after = json.loads(entry.after)
    headings: dict[str, str] = getattr(row, "headings", {})
    return [
        f"{headings.get(name, name)}：{_shown(before.get(name))} → {_shown(value)}"
        for name, value in after.items()
        if before.get(name) != value and name not in {"version", "state"}
    ]


def _shown(value: object) -> str:
    if value in (None, "", []):
        return "（空）"
    if isinstance(value, list):
        return "；".join(str(item) for item in value)
    return str(value)
