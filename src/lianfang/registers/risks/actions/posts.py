"""Moving a post to another unit with what hangs on it: the post is the base, so its risks go where it goes (S7)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Model

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import allow
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.journal.carrying import carry_places, keep_approved, placed_in
from lianfang.foundation.journal.recording import record_many
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.organisation import actions as organisation
from lianfang.foundation.organisation.models import Post
from lianfang.foundation.organisation.queries import bureau_of, unit_paths, visible_posts
from lianfang.foundation.organisation.rows import PostRow
from lianfang.kernel.errors import Invalid
from lianfang.registers.risks.models import Grading, Score
from lianfang.registers.risks.queries.posts import dependants_of, held_back_by
from lianfang.registers.risks.rows import GradingRow, ScoreRow, Tier


@transaction.atomic
def move_post_and_risks(*, actor: User, number: str, unit: str, basis: str) -> PostRow:
    """Give a post to another unit of its bureau with its risk points, negative list, searches and gradings.

    Raises:
        Invalid: the unit belongs to another bureau, or an entry of the section level names the post.
    """
    post = allow(actor, Permission.ORGANISATION_EDIT, visible_posts(actor), number)
    moving = dependants_of(number)
    _demand_movable(post, unit, anything=any(moving))
    moved = organisation.move_post(actor=actor, number=number, unit=unit, basis=basis)
    path = Post.objects.values_list("unit_path", flat=True).get(number=number)
    graded = {"risk__post__number": number, "risk__tier": Tier.POST.value}
    carry_places(Grading.objects.filter(**graded), GradingRow.kind, path)
    carry_places(Score.seats.filter(**graded), ScoreRow.kind, path)
    for things in moving:
        changes = placed_in(things, unit, path)
        _place(things, unit, path)
        record_many(actor, Verb.MOVED_ALONG, changes, basis=basis.strip())
        keep_approved(things, changes)
    return moved


def _place(things: Sequence[Model], unit: str, path: str) -> None:
    for model in {type(thing) for thing in things}:
        found = model._default_manager.filter(pk__in=[thing.pk for thing in things])
        found.update(unit=unit, unit_path=path)


def _demand_movable(post: Post, unit: str, *, anything: bool) -> None:
    path = unit_paths([unit]).get(unit, post.unit_path)
    if anything and bureau_of(path) != bureau_of(post.unit_path):
        raise Invalid(
            "岗位上有风险点、负面清单或排查记录，不能调到另一个局。",
            "另一个局的职权、评分人和审定人都不同：请在新单位另设岗位重新查找，原岗位的风险点销号后撤销。",
        )
    if named := held_back_by(post):
        raise Invalid(
            f"有 {len(named)} 条内容与这个岗位分不开，岗位不能调走。",
            "部门级、单位级的条目请去掉岗位；已审定在这个岗位、正在改写到别的岗位的，请先办结复核。",
            details=named[:50],
        )
