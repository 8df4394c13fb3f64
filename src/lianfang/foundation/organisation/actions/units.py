"""Units: set up, renamed, succeeded, moved, closed; the number stays whatever happens to the name (C1)."""

from __future__ import annotations

import datetime
from dataclasses import replace

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat, Substr

from lianfang.foundation.accounts.actions import rescope_grants
from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import allow, allow_at
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.journal.places import relocate
from lianfang.foundation.journal.recording import record
from lianfang.foundation.journal.records import columns_of
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.organisation.demands import demand_basis, demand_unchanged, demand_unit_number, path_of
from lianfang.foundation.organisation.models import SEPARATOR, Post, Unit
from lianfang.foundation.organisation.queries import visible_units
from lianfang.foundation.organisation.rows import UnitRow
from lianfang.kernel.errors import Conflict, Invalid
from lianfang.kernel.substance import ORGANISING, reason_if_given


@transaction.atomic
def create_unit(*, actor: User, row: UnitRow, basis: str = "") -> UnitRow:
    """Set up a unit below its parent; a unit without a parent needs the right over everything."""
    parent_path = path_of(row.parent) if row.parent else ""
    allow_at(actor, Permission.ORGANISATION_EDIT, parent_path)
    _demand_free(row.number)
    basis = reason_if_given(basis, ORGANISING)
    unit = Unit.objects.create(path=f"{parent_path}{row.number}{SEPARATOR}", **columns_of(Unit, row))
    record(actor, Verb.UNIT_CREATED, unit, basis=basis)
    return unit.to_row()


@transaction.atomic
def edit_unit(*, actor: User, row: UnitRow, seen: str) -> UnitRow:
    """Correct type, field, other names and first day; name, parent and end have actions of their own, with a basis.

    Raises:
        Invalid: the first day lies after the last.
    """
    unit = allow(actor, Permission.ORGANISATION_EDIT, visible_units(actor), row.number)
    demand_unchanged(unit.to_row(), seen)
    unit.unit_kind, unit.aliases, unit.valid_from = row.unit_kind.value, list(row.aliases), row.valid_from
    unit.sector = row.sector.value if row.sector else ""
    if unit.valid_to and unit.valid_from and unit.valid_to < unit.valid_from:
        raise Invalid(f"设立日期 {unit.valid_from} 晚于撤销日期 {unit.valid_to}。")
    unit.save(update_fields=["unit_kind", "aliases", "valid_from", "sector"])
    record(actor, Verb.UNIT_EDITED, unit)
    return unit.to_row()


@transaction.atomic
def rename_unit(*, actor: User, number: str, name: str, basis: str) -> UnitRow:
    """Give a unit a new name; its number, its history and everything that hangs on it stay (C1).

    Raises:
        Invalid: there is no new name or no basis, or the name is the old one.
    """
    unit = allow(actor, Permission.ORGANISATION_EDIT, visible_units(actor), number)
    if not name.strip():
        raise Invalid("更名须填写新名称和依据。", "例如：区委编委〔2026〕3号。")
    basis = demand_basis(basis, "更名")
    if name.strip() == unit.name:
        raise Invalid(f"新名称和现在的名称相同：{unit.name}。")
    # A unit that takes back a former name does not bear it twice.
    unit.aliases = [alias for alias in dict.fromkeys([*unit.aliases, unit.name]) if alias != name.strip()]
    unit.name = name.strip()
    unit.save(update_fields=["name", "aliases"])
    record(actor, Verb.UNIT_RENAMED, unit, basis=basis)
    return unit.to_row()


@transaction.atomic
def succeed_unit(*, actor: User, number: str, successor: UnitRow, on: datetime.date, basis: str) -> UnitRow:
    """Close a unit and set up the one that takes its place, which points back to it (C1).

    Posts, people and records stay with the closed unit until somebody moves each of them on a basis of its own.
    """
    old = allow(actor, Permission.ORGANISATION_EDIT, visible_units(actor), number)
    _demand_open(old, on)
    parent, sector = successor.parent or old.parent_id or "", successor.sector or old.to_row().sector
    row = replace(successor, successor_of=old.number, parent=parent, sector=sector, valid_from=on)
    parent_path = path_of(row.parent) if row.parent else ""
    allow_at(actor, Permission.ORGANISATION_EDIT, parent_path)
    _demand_free(row.number)
    basis = demand_basis(basis, "承接")
    old.valid_to = on
    old.save(update_fields=["valid_to"])
    unit = Unit.objects.create(path=f"{parent_path}{row.number}{SEPARATOR}", **columns_of(Unit, row))
    record(actor, Verb.UNIT_CLOSED, old, basis=basis)
    record(actor, Verb.UNIT_SUCCEEDED, unit, basis=basis)
    return unit.to_row()


@transaction.atomic
def move_unit(*, actor: User, number: str, parent: str, basis: str) -> UnitRow:
    """Put a unit, with all below it, under another parent; records and grants that lie in it go along, journalled.

    Raises:
        Invalid: the new parent is the unit itself or lies below it.
    """
    unit = allow(actor, Permission.ORGANISATION_EDIT, visible_units(actor), number)
    parent_path = path_of(parent) if parent else ""
    allow_at(actor, Permission.ORGANISATION_EDIT, parent_path)
    old, new = unit.path, f"{parent_path}{unit.number}{SEPARATOR}"
    _demand_movable(unit, new)
    basis = demand_basis(basis, "调整隶属关系")
    subtree = Unit.objects.filter(path__gte=old, path__lt=old + "~")
    subtree.update(path=Concat(Value(new), Substr("path", len(old) + 1)))
    unit.path, unit.parent = new, Unit.objects.get(number=parent) if parent else None
    unit.save(update_fields=["parent"])
    relocate(old, new)
    rescope_grants(actor=actor, old=old, new=new, basis=basis)
    record(actor, Verb.UNIT_MOVED, unit, basis=basis)
    return unit.to_row()


@transaction.atomic
def close_unit(*, actor: User, number: str, on: datetime.date, basis: str) -> UnitRow:
    """End a unit that nothing takes the place of; its records stay readable.

    Raises:
        Invalid: units or posts below it are still open on that day.
    """
    unit = allow(actor, Permission.ORGANISATION_EDIT, visible_units(actor), number)
    _demand_open(unit, on)
    _demand_empty(unit)
    basis = demand_basis(basis, "撤销单位")
    unit.valid_to = on
    unit.save(update_fields=["valid_to"])
    record(actor, Verb.UNIT_CLOSED, unit, basis=basis)
    return unit.to_row()


def _demand_free(number: str) -> None:
    demand_unit_number(number)
    if Unit.objects.filter(number=number).exists():
        raise Invalid(f"编号“{number}”已经有单位使用。", "编号不能重复，也不能再用已撤销单位的编号。")


def _demand_open(unit: Unit, on: datetime.date) -> None:
    if unit.valid_to is not None:
        raise Conflict(f"“{unit.name}”已于 {unit.valid_to} 撤销。")
    if unit.valid_from is not None and on < unit.valid_from:
        raise Invalid(f"撤销日期 {on} 早于设立日期 {unit.valid_from}。")


def _demand_movable(unit: Unit, new: str) -> None:
    if new == unit.path:
        raise Invalid(f"“{unit.name}”现在就隶属这个单位。")
    if new.startswith(unit.path):
        raise Invalid("单位不能隶属于它自己或者它的下级单位。")


def _demand_empty(unit: Unit) -> None:
    below = {"path__gt": unit.path, "path__lt": unit.path + "~", "valid_to__isnull": True}
    names = list(Unit.objects.filter(**below).values_list("name", flat=True)[:5])
    posts = Post.objects.filter(unit=unit, closed_on__isnull=True)
    names += list(posts.values_list("name", flat=True)[:5])
    if names:
        raise Invalid(f"“{unit.name}”下面还有：{'、'.join(names)}。", "请先调整或撤销这些单位和岗位，再撤销本单位。")
