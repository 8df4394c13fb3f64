"""Storing imported units, posts, people and tenures."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db import transaction

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import allow_at
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.journal.recording import record_many
from lianfang.foundation.journal.storing import Stored, store
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.organisation.demands import demand_unit_number
from lianfang.foundation.organisation.models import SEPARATOR, Person, Post, Tenure, Unit
from lianfang.foundation.organisation.queries import unit_paths
from lianfang.foundation.organisation.rows import PersonRow, PostRow, TenureRow, UnitRow
from lianfang.kernel.errors import Invalid


@transaction.atomic
def import_units(*, actor: User, rows: Sequence[UnitRow], source: str) -> Stored:
    """Store units, parents before children.

    Raises:
        Invalid: a line would put an existing unit elsewhere, which takes its records along and needs a basis; or a
            new unit's number is none.
    """
    known = unit_paths()
    ordered = _parents_first(rows)
    _demand_place(ordered, dict(Unit.objects.values_list("number", "parent__number")), "parent", "调整隶属")
    for row in ordered:
        if row.number not in known:
            demand_unit_number(row.number)
        allow_at(actor, Permission.ORGANISATION_EDIT, _path_of(row, known))
        known[row.number] = _path_of(row, known)
    allowed = partial(allow_at, actor, Permission.ORGANISATION_EDIT)
    stored = store(Unit, ordered, lambda row: known[row.number], allowed=allowed)
    record_many(actor, Verb.IMPORTED, stored.changes, note=source)
    return stored


@transaction.atomic
def import_posts(*, actor: User, rows: Sequence[PostRow], source: str) -> Stored:
    """Store posts.

    Raises:
        Invalid: a line would put an existing post into another unit, which takes its tenures along and needs a basis.
    """
    paths = unit_paths(row.unit for row in rows)
    _demand_place(rows, dict(Post.objects.values_list("number", "unit__number")), "unit", "调整单位")
    for path in sorted(set(paths.values())):
        allow_at(actor, Permission.ORGANISATION_EDIT, path)
    allowed = partial(allow_at, actor, Permission.ORGANISATION_EDIT)
    stored = store(Post, rows, lambda row: paths[row.unit], allowed=allowed)
    record_many(actor, Verb.IMPORTED, stored.changes, note=source)
    return stored


@transaction.atomic
def import_people(*, actor: User, rows: Sequence[PersonRow], source: str) -> Stored:
    """Store people.

    Raises:
        Conflict: a line would put somebody into another unit.
    """
    paths = unit_paths(row.unit for row in rows)
    for path in sorted(set(paths.values())):
        allow_at(actor, Permission.ORGANISATION_EDIT, path)
    allowed = partial(allow_at, actor, Permission.ORGANISATION_EDIT)
    stored = store(Person, rows, lambda row: paths[row.unit], allowed=allowed)
    record_many(actor, Verb.IMPORTED, stored.changes, note=source)
    return stored


@transaction.atomic
def import_tenures(*, actor: User, rows: Sequence[TenureRow], source: str) -> Stored:
    """Store tenures.

    Raises:
        Conflict: a line would give a tenure to a post of another unit.
    """
    posts = dict(Post.objects.filter(number__in={row.post for row in rows}).values_list("number", "unit_path"))
    for path in sorted(set(posts.values())):
        allow_at(actor, Permission.ORGANISATION_EDIT, path)
    allowed = partial(allow_at, actor, Permission.ORGANISATION_EDIT)
    stored = store(Tenure, rows, lambda row: posts[row.post], allowed=allowed)
    record_many(actor, Verb.IMPORTED, stored.changes, note=source)
    return stored


def _demand_place(rows: Sequence[Any], known: dict[str, str | None], field: str, step: str) -> None:
    elsewhere = [row for row in rows if row.number in known and (known[row.number] or "") != getattr(row, field)]
    if elsewhere:
        raise Invalid(
            f"“{elsewhere[0].name}”等 {len(elsewhere)} 条改动了所属单位，不能用导入办理，整批没有导入。",
            f"请在它的页面上办理“{step}”，写明依据；或者从文件里改回原来的单位。",
            details=[f"{row.number} {row.name}" for row in elsewhere[:50]],
        )


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
