"""What follows from the risk points for posts: their derived grades (S29, S30), and the page of one post."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter

from django.db.models import Count, Q
from django.utils import timezone

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.reading import reach
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.journal.models import REWRITTEN
from lianfang.foundation.journal.queries import HistoryLine, approved_rows, history_of
from lianfang.foundation.organisation.models import Post, Tenure
from lianfang.foundation.organisation.queries import bureau_of, holders_on, unit_names, visible_posts
from lianfang.foundation.organisation.rows import PostRank, PostRow, TenureRow
from lianfang.kernel.errors import Absent
from lianfang.kernel.levels import Grade
from lianfang.registers.powers.queries import READING as POWER_READING
from lianfang.registers.powers.queries import visible_powers
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.powers.states import PowerState
from lianfang.registers.risks.grading import post_grade
from lianfang.registers.risks.models import Negative, Risk, Search
from lianfang.registers.risks.queries.coverage import CoverageLine, coverage_of_post
from lianfang.registers.risks.queries.negatives import READING as NEGATIVE_READING
from lianfang.registers.risks.queries.negatives import approved_negatives, visible_negatives
from lianfang.registers.risks.queries.risks import IN_FORCE, graded_rows, under, visible_risks
from lianfang.registers.risks.rows import NegativeRow, RiskRow, Tier
from lianfang.registers.risks.states import NegativeState, RiskState

MOST_LISTED = 200
"""Risk points that the page of one post names."""
MANY_MEDIUM, IN_DIMENSIONS = 3, 2
"""Three medium risks in two dimensions call for a look at the post; nothing rises by itself (domain.md §3)."""


@dataclass(frozen=True)
class PostGrade:
    """One line of the 岗位风险等级清单: a post, its derived grade, and the risk points it rests on."""

    number: str
    unit: str
    unit_name: str
    name: str
    holders: tuple[str, ...] = ()
    counts: dict[Grade, int] = field(default_factory=dict)
    medium_dimensions: int = 0

    @property
    def grade(self) -> Grade | None:
        """The highest grade of its risk points in force; never typed by hand (S29)."""
        return post_grade(self.counts)

    @property
    def high(self) -> int:
        """High risk points."""
        return self.counts.get(Grade.HIGH, 0)

    @property
    def medium(self) -> int:
        """Medium risk points."""
        return self.counts.get(Grade.MEDIUM, 0)

    @property
    def low(self) -> int:
        """Low risk points."""
        return self.counts.get(Grade.LOW, 0)

    @property
    def total(self) -> int:
        """All risk points in force."""
        return sum(self.counts.values())

    @property
    def deserves_a_look(self) -> bool:
        """Many medium risks of different kinds on one post: a hint for the review, not a rise of the grade."""
        return self.medium >= MANY_MEDIUM and self.medium_dimensions >= IN_DIMENSIONS


def post_grades(path: str = "") -> list[PostGrade]:
    """The derived grade of every open post in scope under ``path``, by unit and number, in few queries (S29, S30)."""
    posts = Post.objects.filter(closed_on__isnull=True, in_scope=True)
    if path:
        posts = posts.filter(unit_path__gte=path, unit_path__lt=path + "~")
    held = Q(post__unit_path__gte=path, post__unit_path__lt=path + "~") if path else Q(post__isnull=False)
    return _graded([post.to_row() for post in posts.order_by("unit_path", "number")], held, path)


def readable_post_grades(actor: User, unit_path: str = "") -> list[PostGrade]:
    """The list as far as the actor may read it, below a unit where one is named."""
    paths = reach(actor, Permission.RISKS_READ, Permission.RISKS_READ_APPROVED)
    narrowed = {unit_path if unit_path.startswith(path) else path for path in paths if _meet(path, unit_path)}
    return [line for path in sorted(narrowed) for line in post_grades(path)]


def _meet(path: str, wanted: str) -> bool:
    return path.startswith(wanted) or wanted.startswith(path)


def _graded(rows: list[PostRow], held: Q, path: str) -> list[PostGrade]:
    counts: dict[str, dict[Grade, int]] = {}
    dimensions: dict[str, set[str]] = {}
    for post, grade, dimension, many in _counted(held, path):
        found = counts.setdefault(post, {})
        found[Grade(grade)] = found.get(Grade(grade), 0) + many
        if grade == Grade.MEDIUM.value:
            dimensions.setdefault(post, set()).add(dimension)
    names = unit_names({row.unit for row in rows})
    holders = holders_on([row.number for row in rows], timezone.localdate())
    return [
        PostGrade(
            number=row.number,
            unit=row.unit,
            unit_name=names.get(row.unit, row.unit),
            name=row.name,
            holders=tuple(holders.get(row.number, ())),
            counts=counts.get(row.number, {}),
            medium_dimensions=len(dimensions.get(row.number, ())),
        )
        for row in rows
    ]


def _counted(held: Q, path: str) -> Iterator[tuple[str, str, str, int]]:
    """``(post, grade, dimension, how many)`` of the risk points in force, each where it was approved.

    One that is being rewritten may name another post in its draft: it counts with the post it was approved for.
    """
    in_force = Risk.objects.filter(IN_FORCE)
    settled = in_force.filter(held, stale=False).exclude(grade="")
    yield from settled.values_list("post__number", "grade", "dimension").annotate(many=Count("id")).order_by()
    for row in approved_rows(RiskRow, under(in_force.filter(stale=True), path)):
        if row.post and row.grade:
            yield row.post, row.grade.value, row.dimension.value if row.dimension else "", 1


@dataclass(frozen=True)
class Holder:
    """Somebody who holds or held a post."""

    name: str
    tenure: TenureRow
    is_now: bool


@dataclass(frozen=True)
class PostDetail:
    """Everything that hangs on a post."""

    row: PostRow
    grade: PostGrade
    holders: tuple[Holder, ...]
    powers: tuple[PowerRow, ...]
    negatives: tuple[NegativeRow, ...]
    risks: tuple[RiskRow, ...]
    coverage: CoverageLine | None
    """What was searched; search records belong to those who work on them, so the commission is shown none."""
    history: tuple[HistoryLine, ...]

    @property
    def coverage_lines(self) -> tuple[CoverageLine, ...]:
        """The one line of the post, for the table that shows many."""
        return (self.coverage,) if self.coverage else ()

    @property
    def holders_now(self) -> tuple[Holder, ...]:
        """Who holds the post today."""
        return tuple(holder for holder in self.holders if holder.is_now)

    @property
    def holders_before(self) -> tuple[Holder, ...]:
        """Who held it before: risks stay with the post, not with the person."""
        return tuple(holder for holder in self.holders if not holder.is_now)


def post_detail(actor: User, number: str) -> PostDetail:
    """One post with duties, holders, powers of its unit, negative list, risk points and grade (S7, S8, S29).

    Raises:
        Absent: no such post, or not the actor's to see.
    """
    post = visible_posts(actor).filter(number=number).first()
    if post is None:
        raise Absent(f"没有找到编号为“{number}”的岗位。")
    row = post.to_row()
    risks = _listed(actor, row)
    powers = _powers(actor, row, risks)
    return PostDetail(
        row=row,
        grade=_graded([row], Q(post__number=number), post.unit_path)[0],
        holders=tuple(_holders(number)),
        powers=powers,
        negatives=_forbidden(actor, row),
        risks=risks,
        coverage=coverage_of_post(row) if actor.may(Permission.RISKS_READ, post.unit_path) else None,
        history=tuple(history_of(PostRow.kind, number)),
    )


def _listed(actor: User, row: PostRow) -> tuple[RiskRow, ...]:
    """Risk points of a post that are worked on or live, gravest first, the ungraded last.

    One whose draft names another post stays here too while its approval stands: the grade of this post rests on it.
    """
    ended = [state.value for state in (RiskState.MERGED, RiskState.REJECTED, RiskState.CLOSED)]
    risks = list(visible_risks(actor).filter(_of_post(row)).exclude(state__in=ended).order_by("number"))
    shown = zip(graded_rows(actor, risks), approved_rows(RiskRow, risks), strict=True)
    named = [risk for risk, approved in shown if row.number in {risk.post, approved.post}][:MOST_LISTED]
    return tuple(sorted(named, key=lambda risk: -(risk.grade.rank if risk.grade else 0)))


def _forbidden(actor: User, row: PostRow) -> tuple[NegativeRow, ...]:
    """The negative list of a post, as the actor may read it."""
    items = visible_negatives(actor).filter(_of_post(row)).exclude(state=NegativeState.WITHDRAWN.value)
    listed = NEGATIVE_READING.rows(actor, items.order_by("dimension", "number")[:200])
    return tuple(item for item in listed if item.post == row.number)


def _of_post(row: PostRow) -> Q:
    """What names the post, or may have named it when it was approved: who may read no draft reads it there."""
    return Q(post__number=row.number) | Q(stale=True, unit__number=row.unit)


def _powers(actor: User, row: PostRow, risks: Iterable[RiskRow]) -> tuple[PowerRow, ...]:
    """Powers of the unit in which the post takes a step, and those its risk points name."""
    named = {risk.power for risk in risks if risk.power}
    powers = visible_powers(actor).filter(unit__number=row.unit).exclude(state=PowerState.RETIRED.value)
    found = POWER_READING.rows(actor, powers.order_by("number")[:500])
    return tuple(
        power
        for power in found
        if power.number in named or any(_same_post(step.post, row.name) for step in power.steps)
    )


def _same_post(written: str, name: str) -> bool:
    """Steps name posts in words, often shortened."""
    return bool(written) and (written in name or name in written)


def _holders(number: str) -> Iterable[Holder]:
    today = timezone.localdate()
    for tenure in Tenure.objects.filter(post__number=number).select_related("person").order_by("-start"):
        row = tenure.to_row()
        yield Holder(tenure.person.name, row, row.holds_on(today))


def dependants_of(post: str) -> tuple[list[Risk], list[Negative], list[Search]]:
    """What hangs on a post and goes where it goes: risk points, negative list and searches of the post level."""
    level = Q(post__number=post, tier=Tier.POST.value)
    risks, items = Risk.objects.filter(level).order_by("number"), Negative.objects.filter(level).order_by("number")
    return list(risks), list(items), list(Search.objects.filter(level).order_by("number"))


def held_back_by(post: Post) -> list[str]:
    """Numbers of what keeps a post where it is, in two kinds.

    What belongs to the section or the unit and names the post all the same; and what was approved for the post while
    its draft names another: moved or not, one of the two would be in the wrong place.
    """
    return [*_beside_their_level(post.number), *_rewritten_for_another(post)]


def _rewritten_for_another(post: Post) -> list[str]:
    risks = Risk.objects.filter(IN_FORCE, stale=True, unit_path=post.unit_path).exclude(post=post)
    items = Negative.objects.filter(stale=True, approved_entry__isnull=False, unit_path=post.unit_path)
    items = items.exclude(post=post).exclude(state=NegativeState.WITHDRAWN.value)
    named = [row.number for row in approved_rows(RiskRow, risks) if row.post == post.number]
    return named + [row.number for row in approved_rows(NegativeRow, items) if row.post == post.number]


def _beside_their_level(post: str) -> list[str]:
    ended = [state.value for state in (RiskState.MERGED, RiskState.REJECTED, RiskState.CLOSED)]
    risks = Risk.objects.filter(post__number=post).exclude(tier=Tier.POST.value).exclude(state__in=ended)
    items = Negative.objects.filter(post__number=post).exclude(tier=Tier.POST.value)
    items = items.exclude(state=NegativeState.WITHDRAWN.value)
    return [
        number for things in (risks, items) for number in things.order_by("number").values_list("number", flat=True)
    ]


@dataclass(frozen=True)
class LeaderContribution:
    """What a main leader found personally, as approved: the first responsible person leads in the search (S72).

    A draft names whom its writer likes; only what was decided says who found it.
    """

    person: str
    name: str
    post: str
    post_name: str
    unit: str
    risks: tuple[str, ...]
    negatives: tuple[str, ...]

    @property
    def leads(self) -> bool:
        """Whether at least one risk point was found by this leader."""
        return bool(self.risks)


def leader_contributions(path: str = "") -> list[LeaderContribution]:
    """For everybody who holds a main leader's post under ``path`` today: what they found, by name or number (S72)."""
    today = timezone.localdate()
    held = Tenure.objects.filter(post__rank=PostRank.LEADER.value, start__lte=today)
    held = held.filter(Q(end__isnull=True) | Q(end__gte=today))
    if path:
        held = held.filter(unit_path__gte=path, unit_path__lt=path + "~")
    tenures = sorted(held.select_related("person", "post"), key=attrgetter("unit_path", "post_id"))
    return [_contribution(tenure) for tenure in tenures]


def _contribution(tenure: Tenure) -> LeaderContribution:
    names = {tenure.person.name, str(tenure.person_id)}
    # What a leader found may lie in any unit of the bureau, not only in the leadership group.
    around = bureau_of(tenure.unit_path)
    bureau = around.path if around else tenure.unit_path
    approved = Risk.objects.filter(Q(finder__in=names) | REWRITTEN, approved_entry__isnull=False)
    risks = approved_rows(RiskRow, under(approved, bureau).order_by("number"))
    return LeaderContribution(
        person=str(tenure.person_id),
        name=tenure.person.name,
        post=str(tenure.post_id),
        post_name=tenure.post.name,
        unit=str(tenure.post.unit_id),
        risks=tuple(row.number for row in risks if row.finder in names)[:100],
        negatives=tuple(sorted(row.number for row in approved_negatives(bureau) if names & set(row.finders))),
    )
