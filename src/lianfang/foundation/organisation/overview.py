"""What the pages of the organisation show: the tree, one unit, one post, one person, and lists that keep to a scope."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.catalogue.listing import Page, Wanted, page_of
from lianfang.foundation.journal.queries import HistoryLine, history_of
from lianfang.foundation.organisation.models import SEPARATOR, Person, Post, Tenure, Unit
from lianfang.foundation.organisation.queries import (
    holders_on,
    post_names,
    unit_name,
    unit_names,
    visible_people,
    visible_posts,
    visible_tenures,
    visible_units,
)
from lianfang.foundation.organisation.rows import PersonRow, PostRow, TenureRow, UnitRow
from lianfang.kernel.errors import Absent


@dataclass(frozen=True)
class UnitLine:
    """One unit of the tree; ``depth`` counts from the highest unit that the actor sees."""

    row: UnitRow
    depth: int
    posts: int
    people: int

    @property
    def is_closed(self) -> bool:
        """Whether the unit has ended."""
        return self.row.valid_to is not None and self.row.valid_to <= timezone.localdate()


def unit_tree(actor: User, *, closed: bool = False) -> list[UnitLine]:
    """The units that the actor sees, in tree order, with counts of open posts and of people: three questions in all."""
    units = list(visible_units(actor))
    if not closed:
        units = [unit for unit in units if unit.valid_to is None or unit.valid_to > timezone.localdate()]
    posts = _counted(visible_posts(actor).filter(closed_on__isnull=True))
    people = _counted(visible_people(actor).filter(left_on__isnull=True))
    levels = [unit.path.count(SEPARATOR) for unit in units]
    top = min(levels, default=1)
    return [
        UnitLine(unit.to_row(), level - top, posts[unit.number], people[unit.number])
        for unit, level in zip(units, levels, strict=True)
    ]


def _counted(things: QuerySet[Post] | QuerySet[Person]) -> Counter[str]:
    lines = things.order_by().values_list("unit__number").annotate(count=Count("pk"))
    return Counter(dict(lines))


@dataclass(frozen=True)
class PostLine:
    """One post with those who hold it today."""

    row: PostRow
    unit_name: str
    holders: tuple[str, ...]


@dataclass(frozen=True)
class TenureLine:
    """One tenure in words."""

    row: TenureRow
    person_name: str
    post_name: str

    @property
    def is_open(self) -> bool:
        """Whether it has no last day yet."""
        return self.row.end is None


@dataclass(frozen=True)
class PersonLine:
    """One person with the posts held today."""

    row: PersonRow
    unit_name: str
    posts: tuple[str, ...]


@dataclass(frozen=True)
class UnitDetail:
    """Everything that the page of a unit shows."""

    row: UnitRow
    path: str
    above: tuple[tuple[str, str], ...]
    below: tuple[UnitRow, ...]
    predecessor: tuple[str, str] | None
    successors: tuple[tuple[str, str], ...]
    posts: tuple[PostLine, ...]
    people: tuple[PersonLine, ...]
    history: tuple[HistoryLine, ...]
    editable: bool


def unit_detail(actor: User, number: str) -> UnitDetail:
    """One unit with its posts, people, former names and successors.

    Raises:
        Absent: no such unit, or not the actor's to see.
    """
    unit = visible_units(actor).filter(number=number).first()
    if unit is None:
        raise Absent(f"没有找到编号为“{number}”的单位。")
    row = unit.to_row()
    names = unit_names([*row_path(unit.path), row.successor_of])
    return UnitDetail(
        row=row,
        path=unit.path,
        above=tuple((part, names.get(part, part)) for part in row_path(unit.path)[:-1]),
        below=tuple(child.to_row() for child in visible_units(actor).filter(parent=unit)),
        predecessor=(row.successor_of, names.get(row.successor_of, "")) if row.successor_of else None,
        successors=tuple(Unit.objects.filter(successor_of=unit).order_by("number").values_list("number", "name")),
        posts=tuple(_post_lines(visible_posts(actor).filter(unit=unit))),
        people=tuple(_person_lines(visible_people(actor).filter(unit=unit, left_on__isnull=True))),
        history=tuple(history_of(UnitRow.kind, number)),
        editable=actor.may(Permission.ORGANISATION_EDIT, unit.path),
    )


def row_path(path: str) -> list[str]:
    """Unit numbers of a path, highest first."""
    return [part for part in path.split(SEPARATOR) if part]


@dataclass(frozen=True)
class PostDetail:
    """Everything that the page of a post shows."""

    row: PostRow
    unit_name: str
    holders: tuple[str, ...]
    tenures: tuple[TenureLine, ...]
    history: tuple[HistoryLine, ...]
    editable: bool


def post_detail(actor: User, number: str) -> PostDetail:
    """One post with its duties and everybody who held it.

    Raises:
        Absent: no such post, or not the actor's to see.
    """
    post = visible_posts(actor).filter(number=number).first()
    if post is None:
        raise Absent(f"没有找到编号为“{number}”的岗位。")
    line = _post_lines([post])[0]
    return PostDetail(
        row=line.row,
        unit_name=line.unit_name,
        holders=line.holders,
        tenures=tuple(tenure_lines(visible_tenures(actor).filter(post=post))),
        history=tuple(history_of(PostRow.kind, number)),
        editable=actor.may(Permission.ORGANISATION_EDIT, post.unit_path),
    )


@dataclass(frozen=True)
class PersonDetail:
    """Everything that the page of a person shows."""

    row: PersonRow
    unit_name: str
    tenures: tuple[TenureLine, ...]
    history: tuple[HistoryLine, ...]
    editable: bool


def person_detail(actor: User, number: str) -> PersonDetail:
    """One person with all tenures.

    Raises:
        Absent: no such person, or not the actor's to see.
    """
    person = visible_people(actor).filter(number=number).first()
    if person is None:
        raise Absent(f"没有找到编号为“{number}”的人员。")
    row = person.to_row()
    return PersonDetail(
        row=row,
        unit_name=unit_name(row.unit),
        tenures=tuple(tenure_lines(visible_tenures(actor).filter(person=person))),
        history=tuple(history_of(PersonRow.kind, number)),
        editable=actor.may(Permission.ORGANISATION_EDIT, person.unit_path),
    )


def post_page(actor: User, wanted: Wanted, *, closed: bool = False) -> tuple[Page[Post], list[PostLine]]:
    """One page of the posts that the actor sees, with today's holders."""
    posts = visible_posts(actor) if closed else visible_posts(actor).filter(closed_on__isnull=True)
    page = page_of(posts, PostRow.kind, actor.paths(Permission.ORGANISATION_READ), wanted, scoped=False)
    return page, _post_lines(page.records)


def person_page(actor: User, wanted: Wanted, *, gone: bool = False) -> tuple[Page[Person], list[PersonLine]]:
    """One page of the people that the actor sees, with the posts they hold today."""
    people = visible_people(actor) if gone else visible_people(actor).filter(left_on__isnull=True)
    page = page_of(people, PersonRow.kind, actor.paths(Permission.ORGANISATION_READ), wanted, scoped=False)
    return page, _person_lines(page.records)


def tenure_lines(tenures: Iterable[Tenure]) -> list[TenureLine]:
    """Tenures in words, one question for all names."""
    found = [tenure.to_row() for tenure in tenures]
    names = dict(Person.objects.filter(number__in={row.person for row in found}).values_list("number", "name"))
    posts = post_names(row.post for row in found)
    return [TenureLine(row, names.get(row.person, row.person), posts.get(row.post, row.post)) for row in found]


def path_choices(actor: User) -> list[tuple[str, str]]:
    """``(path, indented name)`` of the live units that the actor sees: where a grant can reach."""
    units = list(visible_units(actor).filter(valid_to__isnull=True).values_list("path", "name"))
    top = min((path.count(SEPARATOR) for path, _ in units), default=1)
    return [(path, f"{'　' * (path.count(SEPARATOR) - top)}{name}") for path, name in units]


def path_names(paths: Iterable[str]) -> dict[str, str]:
    """``path → name of the unit there``; "" is everywhere."""
    wanted = set(paths)
    return {"": "全部单位", **dict(Unit.objects.filter(path__in=wanted).values_list("path", "name"))}


def _post_lines(posts: Iterable[Post]) -> list[PostLine]:
    rows = [post.to_row() for post in posts]
    names = unit_names(row.unit for row in rows)
    holders = holders_on((row.number for row in rows), timezone.localdate())
    return [PostLine(row, names.get(row.unit, row.unit), tuple(holders.get(row.number, ()))) for row in rows]


def _person_lines(people: Iterable[Person]) -> list[PersonLine]:
    rows = [person.to_row() for person in people]
    names = unit_names(row.unit for row in rows)
    posts = _posts_on([row.number for row in rows], timezone.localdate())
    return [PersonLine(row, names.get(row.unit, row.unit), tuple(posts.get(row.number, ()))) for row in rows]


def _posts_on(people: Iterable[str], day: datetime.date) -> dict[str, list[str]]:
    held = Tenure.objects.filter(person__number__in=set(people), start__lte=day)
    held = held.filter(Q(end__isnull=True) | Q(end__gte=day)).order_by("acting", "start")
    found: dict[str, list[str]] = {}
    for person, post in held.values_list("person__number", "post__name"):
        found.setdefault(person, []).append(post)
    return found
