"""Posts: set up, corrected, moved to another unit, closed; a post outlives its holders (S7, S8)."""

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
from lianfang.foundation.organisation.models import Post, Tenure
from lianfang.foundation.organisation.queries import next_post_number, visible_posts
from lianfang.foundation.organisation.rows import PostRow
from lianfang.kernel.errors import Conflict, Invalid
from lianfang.kernel.substance import ORGANISING, reason_if_given


@transaction.atomic
def create_post(*, actor: User, row: PostRow, basis: str = "") -> PostRow:
    """Set up a post in a unit; a row without a number is given the unit's next one.

    Raises:
        Invalid: a post has that number already.
    """
    path = path_of(row.unit)
    allow_at(actor, Permission.ORGANISATION_EDIT, path)
    if row.number and Post.objects.filter(number=row.number).exists():
        raise Invalid(f"编号“{row.number}”已经有岗位使用。", "请换一个编号，或者留空由系统编号。")
    basis = reason_if_given(basis, ORGANISING)
    numbered = replace(row, number=row.number or next_post_number(row.unit))
    post = Post.objects.create(unit_path=path, **columns_of(Post, numbered))
    record(actor, Verb.POST_CREATED, post, basis=basis)
    return post.to_row()


@transaction.atomic
def edit_post(*, actor: User, row: PostRow, seen: str, note: str = "") -> PostRow:
    """Change a post's duties, rank or scope; number, unit and end stay."""
    post = allow(actor, Permission.ORGANISATION_EDIT, visible_posts(actor), row.number)
    before = post.to_row()
    demand_unchanged(before, seen)
    columns = columns_of(Post, replace(row, unit=before.unit, closed_on=before.closed_on))
    for attribute, value in columns.items():
        setattr(post, attribute, value)
    post.save(update_fields=[name for name in columns if name not in {"number", "unit_id", "closed_on"}])
    record(actor, Verb.POST_EDITED, post, note=note)
    return post.to_row()


@transaction.atomic
def move_post(*, actor: User, number: str, unit: str, basis: str) -> PostRow:
    """Give a post, with its tenures, to another unit; its number stays, so everything that names it stays true.

    No door calls this alone: the registers above take along what hangs on the post (``move_post_and_measures``).

    Raises:
        Invalid: the post is in that unit already.
    """
    post = allow(actor, Permission.ORGANISATION_EDIT, visible_posts(actor), number)
    path = path_of(unit)
    allow_at(actor, Permission.ORGANISATION_EDIT, path)
    if unit == post.unit_id:
        raise Invalid("岗位现在就在这个单位。")
    basis = demand_basis(basis, "调整岗位")
    post.unit_id, post.unit_path = unit, path
    post.save(update_fields=["unit", "unit_path"])
    Tenure.objects.filter(post=post).update(unit_path=path)
    record(actor, Verb.POST_MOVED, post, basis=basis)
    return post.to_row()


@transaction.atomic
def close_post(*, actor: User, number: str, on: datetime.date, basis: str) -> PostRow:
    """End a post that nobody holds any more; it stays readable.

    Raises:
        Invalid: somebody holds it on that day or later.
        Conflict: it is closed already.
    """
    post = allow(actor, Permission.ORGANISATION_EDIT, visible_posts(actor), number)
    if post.closed_on is not None:
        raise Conflict(f"“{post.name}”已于 {post.closed_on} 撤销。")
    held = Tenure.objects.filter(post=post).exclude(end__lte=on).values_list("person__name", flat=True)
    if names := sorted(set(held)):
        raise Invalid(f"“{post.name}”还有人任职：{'、'.join(names)}。", "请先登记离任，再撤销岗位。")
    basis = demand_basis(basis, "撤销岗位")
    post.closed_on = on
    post.save(update_fields=["closed_on"])
    record(actor, Verb.POST_CLOSED, post, basis=basis)
    return post.to_row()
