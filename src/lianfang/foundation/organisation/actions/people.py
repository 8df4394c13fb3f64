"""People and their tenures: who held which post from when to when."""

from __future__ import annotations

import datetime
from dataclasses import replace

from django.db import transaction

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import allow, allow_at
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.journal.recording import record
from lianfang.foundation.journal.records import columns_of
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.organisation.demands import demand_basis, demand_unchanged, path_of
from lianfang.foundation.organisation.models import Person, Post, Tenure
from lianfang.foundation.organisation.queries import (
    next_person_number,
    visible_people,
    visible_posts,
    visible_tenures,
)
from lianfang.foundation.organisation.rows import PersonRow, TenureRow
from lianfang.kernel.errors import Conflict, Invalid


@transaction.atomic
def create_person(*, actor: User, row: PersonRow) -> PersonRow:
    """Enter a person in a unit; a row without a number is given the bureau's next one.

    Raises:
        Invalid: somebody has that number already.
    """
    path = path_of(row.unit)
    allow_at(actor, Permission.ORGANISATION_EDIT, path)
    if row.number and Person.objects.filter(number=row.number).exists():
        raise Invalid(f"编号“{row.number}”已经有人使用。", "请换一个编号，或者留空由系统编号。")
    numbered = replace(row, number=row.number or next_person_number(path))
    person = Person.objects.create(unit_path=path, **columns_of(Person, numbered))
    record(actor, Verb.PERSON_CREATED, person)
    return person.to_row()


@transaction.atomic
def edit_person(*, actor: User, row: PersonRow, seen: str) -> PersonRow:
    """Correct a person's name, unit or membership; the departure has an action of its own."""
    person = allow(actor, Permission.ORGANISATION_EDIT, visible_people(actor), row.number)
    path = path_of(row.unit)
    allow_at(actor, Permission.ORGANISATION_EDIT, path)
    demand_unchanged(person.to_row(), seen)
    person.name, person.party_member = row.name, row.party_member
    person.unit_id, person.unit_path = row.unit, path
    person.save(update_fields=["name", "party_member", "unit", "unit_path"])
    record(actor, Verb.PERSON_EDITED, person)
    return person.to_row()


@transaction.atomic
def record_departure(*, actor: User, number: str, on: datetime.date, basis: str) -> PersonRow:
    """Somebody leaves the organisation: the tenures that are still open end on the same day.

    Raises:
        Conflict: the person left before.
        Invalid: a tenure begins after that day.
    """
    person = allow(actor, Permission.ORGANISATION_EDIT, visible_people(actor), number)
    if person.left_on is not None:
        raise Conflict(f"{person.name}已于 {person.left_on} 离开。")
    basis = demand_basis(basis, "登记离开")
    open_tenures = list(Tenure.objects.filter(person=person, end__isnull=True).order_by("number"))
    if late := [tenure for tenure in open_tenures if tenure.start > on]:
        raise Invalid(f"{person.name}还有 {late[0].start} 开始的任职，晚于离开日期 {on}。", "请先核对任职日期。")
    person.left_on = on
    person.save(update_fields=["left_on"])
    for tenure in open_tenures:
        tenure.end = on
        tenure.save(update_fields=["end"])
        record(actor, Verb.TENURE_ENDED, tenure, basis=basis)
    record(actor, Verb.PERSON_LEFT, person, basis=basis)
    return person.to_row()


@transaction.atomic
def start_tenure(*, actor: User, row: TenureRow, basis: str) -> TenureRow:
    """Record that somebody takes up a post; the number is made of person, post and first day.

    Raises:
        Invalid: the person or post is gone by then, or the person holds the post already.
    """
    post = allow(actor, Permission.ORGANISATION_EDIT, visible_posts(actor), row.post)
    person = allow(actor, Permission.ORGANISATION_READ, visible_people(actor), row.person)
    _demand_possible(person, post, row)
    basis = demand_basis(basis, "任职")
    numbered = replace(row, number=row.number or f"{row.person}/{row.post}/{row.start.isoformat()}")
    tenure = Tenure.objects.create(unit_path=post.unit_path, **columns_of(Tenure, numbered))
    record(actor, Verb.TENURE_STARTED, tenure, basis=basis)
    return tenure.to_row()


@transaction.atomic
def end_tenure(*, actor: User, number: str, on: datetime.date, basis: str) -> TenureRow:
    """Record that somebody left a post; duties stay with the post (handover).

    Raises:
        Conflict: it ended before.
        Invalid: the day lies before its beginning.
    """
    tenure = allow(actor, Permission.ORGANISATION_EDIT, visible_tenures(actor), number)
    if tenure.end is not None:
        raise Conflict(f"这段任职已于 {tenure.end} 结束。")
    if on < tenure.start:
        raise Invalid(f"离任日期 {on} 早于任职日期 {tenure.start}。")
    basis = demand_basis(basis, "离任")
    tenure.end = on
    tenure.save(update_fields=["end"])
    record(actor, Verb.TENURE_ENDED, tenure, basis=basis)
    return tenure.to_row()


def _demand_possible(person: Person, post: Post, row: TenureRow) -> None:
    if row.end is not None and row.end < row.start:
        raise Invalid(f"离任日期 {row.end} 早于任职日期 {row.start}。")
    if post.closed_on is not None and row.start >= post.closed_on:
        raise Invalid(f"“{post.name}”已于 {post.closed_on} 撤销，不能再任职。")
    if person.left_on is not None and row.start > person.left_on:
        raise Invalid(f"{person.name}已于 {person.left_on} 离开。")
    same = Tenure.objects.filter(person=person, post=post)
    for other in same:
        if (other.end is None or other.end >= row.start) and (row.end is None or other.start <= row.end):
            raise Invalid(f"{person.name}从 {other.start} 起已经担任“{post.name}”。", "请先登记离任，再登记新的任职。")
