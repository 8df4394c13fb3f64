"""Reading the organisation: who can see which units, and where a unit lies."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import visible, within
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.organisation.models import Person, Post, Tenure, Unit
from lianfang.foundation.organisation.rows import PersonRow, PostRow, TenureRow, UnitKind, UnitRow

T = TypeVar("T", bound=Model)
Groups = list[tuple[str, list[tuple[str, str]]]]
"""Name of a unit → number and name of what may be chosen there."""
BUREAUS = {UnitKind.BUREAU.value, UnitKind.BRANCH.value}


def visible_units(actor: User) -> QuerySet[Unit]:
    """Units that the actor may see, in tree order."""
    return Unit.objects.filter(within(actor.paths(Permission.ORGANISATION_READ), "path")).order_by("path")


def visible_posts(actor: User) -> QuerySet[Post]:
    """Posts that the actor may see, by unit and number."""
    return visible(actor, Post.objects.all(), Permission.ORGANISATION_READ).order_by("unit_path", "number")


def visible_people(actor: User) -> QuerySet[Person]:
    """People that the actor may see."""
    return visible(actor, Person.objects.all(), Permission.ORGANISATION_READ).order_by("unit_path", "number")


def visible_tenures(actor: User) -> QuerySet[Tenure]:
    """Tenures that the actor may see, newest first."""
    return visible(actor, Tenure.objects.all(), Permission.ORGANISATION_READ).order_by("-start", "number")


def unit_paths(numbers: Iterable[str] | None = None) -> dict[str, str]:
    """``number → path`` of the units named, or of all."""
    units = Unit.objects.all() if numbers is None else Unit.objects.filter(number__in=set(numbers))
    return dict(units.values_list("number", "path"))


def unit_names(numbers: Iterable[str] | None = None) -> dict[str, str]:
    """``number → name`` of the units named, or of all."""
    units = Unit.objects.all() if numbers is None else Unit.objects.filter(number__in=set(numbers))
    return dict(units.values_list("number", "name"))


def units_where(actor: User, *permissions: Permission) -> list[tuple[str, str]]:
    """``(number, name)`` of the live units over which the actor holds any of ``permissions``: the choices of a form."""
    paths = tuple(path for permission in permissions for path in actor.paths(permission))
    units = Unit.objects.filter(within(paths, "path"), valid_to__isnull=True).order_by("path")
    return list(units.values_list("number", "name"))


def unit_name(number: str) -> str:
    """The name of a unit; its number where there is none such."""
    return unit_names([number]).get(number, number)


def post_choices(path: str) -> list[tuple[str, str]]:
    """``(number, name)`` of the open posts under a unit's path."""
    posts = Post.objects.filter(unit_path__gte=path, unit_path__lt=path + "~", closed_on__isnull=True)
    return list(posts.order_by("unit_path", "number").values_list("number", "name"))


def grouped_by_unit(options: Iterable[tuple[str, str, str]], first: str = "") -> Groups:
    """``(unit, number, name)`` as options under the name of each unit, the unit named ``first`` before the others."""
    groups: dict[str, list[tuple[str, str]]] = {first: []}
    for unit, number, name in options:
        groups.setdefault(unit, []).append((number, name))
    return [(unit, offered) for unit, offered in groups.items() if offered]


def people_choices(unit: str) -> Groups:
    """Everybody now working in the bureau that the unit belongs to: owners and supervisors, the unit's own first."""
    path = unit_paths([unit]).get(unit, "?")
    reach = own_reach(path)
    people = Person.objects.filter(unit_path__gte=reach, unit_path__lt=reach + "~", left_on__isnull=True)
    named = people.order_by("unit_path", "number").values_list("unit__name", "number", "name")
    return grouped_by_unit(named, unit_name(unit))


def post_choices_where(actor: User) -> Groups:
    """The open posts over which the actor may write, by unit."""
    posts = Post.objects.filter(within(actor.paths(Permission.ORGANISATION_EDIT)), closed_on__isnull=True)
    return grouped_by_unit(posts.order_by("unit_path", "number").values_list("unit__name", "number", "name"))


def person_choices(actor: User) -> Groups:
    """The people over whom the actor may write, by unit, without those who left."""
    people = Person.objects.filter(within(actor.paths(Permission.ORGANISATION_EDIT)), left_on__isnull=True)
    return grouped_by_unit(people.order_by("unit_path", "number").values_list("unit__name", "number", "name"))


def post_names(numbers: Iterable[str]) -> dict[str, str]:
    """``number → name`` of the posts named."""
    return dict(Post.objects.filter(number__in=set(numbers)).values_list("number", "name"))


def closed_among(numbers: Iterable[str]) -> frozenset[str]:
    """Those of the posts named that exist no more today."""
    closed = Post.objects.filter(number__in=set(numbers), closed_on__lte=timezone.localdate())
    return frozenset(closed.values_list("number", flat=True))


def person_names(numbers: Iterable[str]) -> dict[str, str]:
    """``number → name`` of the people named."""
    return dict(Person.objects.filter(number__in=set(numbers)).values_list("number", "name"))


def bureau_of(path: str) -> Unit | None:
    """The nearest bureau or branch that contains the unit at ``path``."""
    prefixes = [path[: index + 1] for index, character in enumerate(path) if character == "/"]
    return Unit.objects.filter(path__in=prefixes, unit_kind__in=BUREAUS).order_by("-path").first()


def own_reach(path: str) -> str:
    """The subtree that a unit at ``path`` may speak of: its nearest bureau, or itself where it lies in none."""
    bureau = bureau_of(path)
    return bureau.path if bureau else path


def bureau_paths_of(paths: Iterable[str]) -> tuple[str, ...]:
    """Paths of the nearest bureau or branch around each of ``paths``; a path that lies in none adds nothing."""
    wanted = set(paths)
    prefixes = {path[: index + 1] for path in wanted for index, character in enumerate(path) if character == "/"}
    bureaus = set(Unit.objects.filter(path__in=prefixes, unit_kind__in=BUREAUS).values_list("path", flat=True))
    around = ((bureau for bureau in bureaus if path.startswith(bureau)) for path in wanted)
    return tuple(sorted({nearest for found in around if (nearest := max(found, key=len, default=""))}))


def bureaus_under(paths: Iterable[str]) -> list[Unit]:
    """Bureaus and branches within any of ``paths``, in tree order."""
    return list(Unit.objects.filter(within(tuple(paths), "path"), unit_kind__in=BUREAUS).order_by("path"))


def unit_rows(path: str = "") -> list[UnitRow]:
    """Units under ``path``, in tree order, as Rows."""
    return [unit.to_row() for unit in _under(Unit.objects.all(), "path", path).order_by("path")]


def post_rows(path: str = "") -> list[PostRow]:
    """Posts under ``path`` as Rows."""
    return [post.to_row() for post in _under(Post.objects.all(), "unit_path", path).order_by("unit_path", "number")]


def person_rows(path: str = "") -> list[PersonRow]:
    """People under ``path`` as Rows."""
    people = _under(Person.objects.all(), "unit_path", path).order_by("unit_path", "number")
    return [person.to_row() for person in people]


def tenure_rows(path: str = "") -> list[TenureRow]:
    """Tenures under ``path`` as Rows."""
    tenures = _under(Tenure.objects.all(), "unit_path", path).order_by("unit_path", "number")
    return [tenure.to_row() for tenure in tenures]


def next_post_number(unit: str) -> str:
    """The unit's number and a serial that no post of it has had: ``LH-WRF-03``."""
    return _next(f"{unit}-", Post.objects.filter(number__startswith=f"{unit}-").values_list("number", flat=True))


def next_person_number(path: str) -> str:
    """The bureau's number, M and a serial that nobody there has had: ``LH-M07``."""
    bureau = bureau_of(path)
    prefix = f"{bureau.number if bureau else path.rstrip('/').rpartition('/')[2]}-M"
    return _next(prefix, Person.objects.filter(number__startswith=prefix).values_list("number", flat=True))


def _next(prefix: str, taken: Iterable[str]) -> str:
    serials = [int(tail) for number in taken if (tail := number.removeprefix(prefix)).isdecimal()]
    return f"{prefix}{max(serials, default=0) + 1:02d}"


def holders_on(posts: Iterable[str], day: datetime.date) -> dict[str, list[str]]:
    """``post number → names of those who hold it on that day``, acting holders last."""
    return _held(posts, day, "person__name")


def holder_numbers_on(posts: Iterable[str], day: datetime.date) -> dict[str, list[str]]:
    """``post number → numbers of those who hold it on that day``, acting holders last."""
    return _held(posts, day, "person__number")


def _held(posts: Iterable[str], day: datetime.date, told: str) -> dict[str, list[str]]:
    held = Tenure.objects.filter(post__number__in=set(posts), start__lte=day)
    held = held.filter(Q(end__isnull=True) | Q(end__gte=day)).order_by("acting", "start")
    found: dict[str, list[str]] = {}
    for post, holder in held.values_list("post__number", told):
        found.setdefault(post, []).append(holder)
    return found


def _under(things: QuerySet[T], field: str, path: str) -> QuerySet[T]:
    return things.filter(**{f"{field}__gte": path, f"{field}__lt": path + "~"}) if path else things
