"""Writing the organisation: units, posts, people and tenures; renames and succession keep identity (C1)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import allow, allow_at
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.journal.recording import record, record_many
from lianfang.foundation.journal.records import columns_of
from lianfang.foundation.journal.storing import Stored, store
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.organisation.models import SEPARATOR, Person, Post, Tenure, Unit
from lianfang.foundation.organisation.queries import unit_paths, visible_posts, visible_units
from lianfang.foundation.organisation.rows import PersonRow, PostRow, TenureRow, UnitRow
from lianfang.kernel.errors import Invalid


@transaction.atomic
def rename_unit(*, actor: User, number: str, name: str, basis: str) -> UnitRow:
    """Give a unit a new name; its number, its history and everything that hangs on it stay (C1)."""
    unit = allow(actor, Permission.ORGANISATION_EDIT, visible_units(actor), number)
    if not name.strip() or not basis.strip():
        raise Invalid("更名须填写新名称和依据。", "例如：区委编委〔2026〕3号。")
    unit.aliases = list(dict.fromkeys([*unit.aliases, unit.name]))
    unit.name = name.strip()
    unit.save(update_fields=["name", "aliases"])
    record(actor, Verb.UNIT_RENAMED, unit, basis=basis)
    return unit.to_row()


@transaction.atomic
def succeed_unit(*, actor: User, number: str, successor: UnitRow, on: datetime.date, basis: str) -> UnitRow:
    """Close a unit and set up the one that takes its place; the successor points back to it (C1)."""
    old = allow(actor, Permission.ORGANISATION_EDIT, visible_units(actor), number)
    if old.valid_to is not None:
        raise Invalid(f"“{old.name}”已于 {old.valid_to} 撤销。")
    old.valid_to = on
    old.save(update_fields=["valid_to"])
    row = replace(successor, successor_of=old.number, parent=successor.parent or old.parent_id or "", valid_from=on)
    unit = Unit.objects.create(path=_path_of(row, unit_paths()), **columns_of(Unit, row))
    record(actor, Verb.UNIT_CLOSED, old, basis=basis)
    record(actor, Verb.UNIT_SUCCEEDED, unit, basis=basis)
    return unit.to_row()


@transaction.atomic
def edit_post(*, actor: User, row: PostRow, note: str = "") -> PostRow:
    """Change a post's duties, rank or scope; number and unit stay."""
    post = allow(actor, Permission.ORGANISATION_EDIT, visible_posts(actor), row.number)
    columns = columns_of(Post, replace(row, unit=post.unit_id))
    for attribute, value in columns.items():
        setattr(post, attribute, value)
    post.save(update_fields=[name for name in columns if name not in {"number", "unit_id"}])
    record(actor, Verb.POST_EDITED, post, note=note)
    return post.to_row()


@transaction.atomic
def end_tenure(*, actor: User, number: str, on: datetime.date, basis: str) -> TenureRow:
    """Record that somebody left a post; duties stay with the post (handover)."""
    tenure = allow(actor, Permission.ORGANISATION_EDIT, Tenure.objects.all(), number)
    if on < tenure.start:
        raise Invalid(f"离任日期 {on} 早于任职日期 {tenure.start}。")
    tenure.end = on
    tenure.save(update_fields=["end"])
    record(actor, Verb.TENURE_ENDED, tenure, basis=basis)
    return tenure.to_row()


@transaction.atomic
def import_units(*, actor: User, rows: Sequence[UnitRow], source: str) -> Stored:
    """Store units, parents before children."""
    known = unit_paths()
    ordered = _parents_first(rows)
    for row in ordered:
        allow_at(actor, Permission.ORGANISATION_EDIT, _path_of(row, known))
        known[row.number] = _path_of(row, known)
    stored = store(Unit, ordered, lambda row: known[row.number])
    record_many(actor, Verb.IMPORTED, stored.changes, note=source)
    return stored


@transaction.atomic
def import_posts(*, actor: User, rows: Sequence[PostRow], source: str) -> Stored:
    """Store posts."""
    paths = unit_paths(row.unit for row in rows)
    for path in sorted(set(paths.values())):
        allow_at(actor, Permission.ORGANISATION_EDIT, path)
    stored = store(Post, rows, lambda row: paths[row.unit])
    record_many(actor, Verb.IMPORTED, stored.changes, note=source)
    return stored


@transaction.atomic
def import_people(*, actor: User, rows: Sequence[PersonRow], source: str) -> Stored:
    """Store people."""
    paths = unit_paths(row.unit for row in rows)
    for path in sorted(set(paths.values())):
        allow_at(actor, Permission.ORGANISATION_EDIT, path)
    stored = store(Person, rows, lambda row: paths[row.unit])
    record_many(actor, Verb.IMPORTED, stored.changes, note=source)
    return stored


@transaction.atomic
def import_tenures(*, actor: User, rows: Sequence[TenureRow], source: str) -> Stored:
    """Store tenures."""
    posts = dict(Post.objects.filter(number__in={row.post for row in rows}).values_list("number", "unit_path"))
    for path in sorted(set(posts.values())):
        allow_at(actor, Permission.ORGANISATION_EDIT, path)
    stored = store(Tenure, rows, lambda row: posts[row.post])
    record_many(actor, Verb.IMPORTED, stored.changes, note=source)
    return stored


def _path_of(row: UnitRow, known: dict[str, str]) -> str:
    if row.parent and row.parent not in known:
        raise Invalid(f"“{row.name}”的上级单位“{row.parent}”还没有登记。", "请把上级单位写在同一张表里，或先登记它。")
    return f"{known.get(row.parent, '')}{row.number}{SEPARATOR}"


def _parents_first(rows: Sequence[UnitRow]) -> list[UnitRow]:
    """Order units so that every parent stands before its children.

    Raises:
        Invalid: a circle of parents.
    """
    waiting = {row.number: row for row in rows}
    ordered: list[UnitRow] = []
    while waiting:
        ready = [row for row in waiting.values() if row.parent not in waiting or row.parent == row.number]
        if not ready:
            raise Invalid("上级单位互相循环：" + "、".join(sorted(waiting)) + "。")
        for row in ready:
            ordered.append(row)
            del waiting[row.number]
    return ordered
