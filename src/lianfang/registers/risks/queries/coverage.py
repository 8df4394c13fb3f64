"""What has been searched and what not: every level with its dimensions (S24, S25, S26)."""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.organisation.models import Post
from lianfang.foundation.organisation.queries import unit_paths, unit_rows
from lianfang.foundation.organisation.rows import PostRow, UnitKind, UnitRow
from lianfang.kernel.errors import Absent
from lianfang.registers.risks.models import Negative, Risk, Search
from lianfang.registers.risks.rows import REQUIRED_DIMENSIONS, MajorHead, NoneFound, RiskDimension, Tier
from lianfang.registers.risks.states import NegativeState, RiskState

POSTS = 50
"""Posts on one page."""
_BUREAUS = frozenset({UnitKind.BUREAU, UnitKind.BRANCH})
_SECTIONS = frozenset({UnitKind.SECTION, UnitKind.BRIGADE, UnitKind.STATION})


class Considered(enum.StrEnum):
    """What is known of one dimension of one place."""

    FOUND = "found"
    NONE_FOUND = "none-found"
    OPEN = "open"

    @property
    def label(self) -> str:
        """The word on the page."""
        return {"found": "已查找", "none-found": "未发现", "open": "尚未考虑"}[self.value]


@dataclass(frozen=True)
class CoverageCell:
    """One dimension: how many entries were found, or why none."""

    label: str
    count: int
    reason: str = ""

    @property
    def considered(self) -> Considered:
        """Entries count as found; otherwise a written reason counts as considered."""
        return Considered.FOUND if self.count else Considered.NONE_FOUND if self.reason else Considered.OPEN


@dataclass(frozen=True)
class CoverageLine:
    """A post, a section, or the bureau, with the dimensions of its level."""

    tier: Tier
    number: str
    name: str
    cells: tuple[CoverageCell, ...]

    @property
    def considered(self) -> int:
        """How many dimensions have been considered."""
        return sum(cell.considered is not Considered.OPEN for cell in self.cells)

    @property
    def is_complete(self) -> bool:
        """Nothing is left out."""
        return self.considered == len(self.cells)


@dataclass(frozen=True)
class Coverage:
    """Everything that must be considered under one unit."""

    unit: UnitRow
    bureau: tuple[CoverageLine, ...]
    """The unit level: its three dimensions and the four heads of 三重一大; empty for a mere section."""
    sections: tuple[CoverageLine, ...]
    posts: tuple[tuple[UnitRow, tuple[CoverageLine, ...]], ...]
    """Posts of this page only, by unit; sections and bureau stand on every page."""
    total: int
    """Posts to be considered, on all pages."""
    considered_of_posts: int
    """Dimensions considered of all posts, on all pages."""
    page: int

    @property
    def bureau_tables(self) -> tuple[tuple[CoverageLine, ...], ...]:
        """The lines of the unit level have different dimensions, so each is a table of its own."""
        return tuple((line,) for line in self.bureau)

    @property
    def done(self) -> int:
        """Dimensions considered, on all pages."""
        return sum(line.considered for line in (*self.bureau, *self.sections)) + self.considered_of_posts

    @property
    def due(self) -> int:
        """Dimensions to be considered, on all pages."""
        above = sum(len(line.cells) for line in (*self.bureau, *self.sections))
        return above + self.total * len(REQUIRED_DIMENSIONS[Tier.POST])


def coverage(actor: User, unit: str, page: int = 1) -> Coverage:
    """What was considered in a unit and below, so many posts a page.

    Raises:
        Absent: no such unit, or not the actor's to see.
    """
    path = unit_paths([unit]).get(unit)
    if path is None or not actor.may(Permission.RISKS_READ, path):
        raise Absent(f"没有找到编号为“{unit}”的单位。")
    units = [row for row in unit_rows(path) if row.valid_to is None]
    open_posts = Post.objects.filter(unit_path__gte=path, unit_path__lt=path + "~", in_scope=True, closed_on=None)
    open_posts = open_posts.filter(unit__valid_to=None)
    total = open_posts.count()
    page = min(max(1, page), max(1, -(-total // POSTS)))
    ordered = open_posts.order_by("unit_path", "number")[(page - 1) * POSTS : page * POSTS]
    in_scope = [post.to_row() for post in ordered]
    found = _Found.under(path, open_posts.values("number"))
    posts = [(row, tuple(found.post_line(post) for post in in_scope if post.unit == row.number)) for row in units]
    top = next(row for row in units if row.number == unit)
    return Coverage(
        unit=top,
        bureau=tuple(found.bureau_lines(top, units)) if top.unit_kind in _BUREAUS else (),
        sections=tuple(found.section_line(row) for row in units if row.unit_kind in _SECTIONS),
        posts=tuple((row, lines) for row, lines in posts if lines),
        total=total,
        considered_of_posts=found.considered_of_posts(),
        page=page,
    )


def coverage_of_post(post: PostRow) -> CoverageLine:
    """What was considered for one post."""
    return _Found.under(unit_paths([post.unit]).get(post.unit, "?"), {post.number}).post_line(post)


Place = tuple[Tier, str]


@dataclass(frozen=True)
class _Found:
    """Entries and written reasons by place and dimension."""

    counts: dict[tuple[Place, RiskDimension], int]
    heads: dict[MajorHead, int]
    reasons: dict[tuple[Place, RiskDimension], str]

    @classmethod
    def under(cls, path: str, posts: Collection[str] | QuerySet[Post, Any]) -> _Found:
        """Read once what lies under ``path``, on the post level only of ``posts``: four queries, however many."""
        asked = ~Q(tier=Tier.POST.value) | Q(post__number__in=posts)
        items = Negative.objects.filter(asked, unit_path__gte=path, unit_path__lt=path + "~")
        items = items.exclude(state=NegativeState.WITHDRAWN.value)
        risks = Risk.objects.filter(asked, unit_path__gte=path, unit_path__lt=path + "~")
        risks = risks.exclude(state__in=[RiskState.REJECTED.value, RiskState.MERGED.value])
        counts: dict[tuple[Place, RiskDimension], int] = {}
        for things in (items, risks):
            grouped = things.exclude(dimension="").values_list("tier", "unit__number", "post__number", "dimension")
            for tier, unit, post, dimension, many in grouped.annotate(many=Count("id")).order_by():
                key = (_place(Tier(tier), unit, post), RiskDimension(dimension))
                counts[key] = counts.get(key, 0) + many
        grouped_heads = items.exclude(major_head="").values_list("major_head").annotate(many=Count("id")).order_by()
        heads = {MajorHead(head): many for head, many in grouped_heads}
        return cls(counts, heads, dict(_reasons(path, asked)))

    def considered_of_posts(self) -> int:
        """How many dimensions of all posts have an entry or a written reason."""
        considered = {*self.counts, *self.reasons}
        asked = REQUIRED_DIMENSIONS[Tier.POST]
        return sum(tier is Tier.POST and dimension in asked for (tier, _), dimension in considered)

    def _cells(self, places: Iterable[Place], tier: Tier) -> tuple[CoverageCell, ...]:
        found = list(places)
        return tuple(
            CoverageCell(
                dimension.label,
                sum(self.counts.get((place, dimension), 0) for place in found),
                next((self.reasons[place, dimension] for place in found if (place, dimension) in self.reasons), ""),
            )
            for dimension in REQUIRED_DIMENSIONS[tier]
        )

    def post_line(self, post: PostRow) -> CoverageLine:
        """The four dimensions of a post (S24)."""
        return CoverageLine(Tier.POST, post.number, post.name, self._cells([(Tier.POST, post.number)], Tier.POST))

    def section_line(self, unit: UnitRow) -> CoverageLine:
        """The three dimensions of a section (S25)."""
        place = (Tier.SECTION, unit.number)
        return CoverageLine(Tier.SECTION, unit.number, unit.name, self._cells([place], Tier.SECTION))

    def bureau_lines(self, bureau: UnitRow, units: Iterable[UnitRow]) -> Iterator[CoverageLine]:
        """The three dimensions of the unit level, and the four heads of 三重一大, each with an item (S26)."""
        places = [(Tier.UNIT, unit.number) for unit in units]
        yield CoverageLine(Tier.UNIT, bureau.number, bureau.name, self._cells(places, Tier.UNIT))
        cells = tuple(CoverageCell(head.label, self.heads.get(head, 0)) for head in MajorHead)
        yield CoverageLine(Tier.UNIT, bureau.number, "“三重一大”四类事项", cells)


def _place(tier: Tier, unit: str, post: str | None) -> Place:
    return tier, (post or "") if tier is Tier.POST else unit


def _reasons(path: str, asked: Q) -> Iterator[tuple[tuple[Place, RiskDimension], str]]:
    searches = Search.objects.filter(asked, unit_path__gte=path, unit_path__lt=path + "~").order_by("held_on")
    for row in (search.to_row() for search in searches.iterator(chunk_size=2_000)):
        for none in row.none_found:
            yield (_place(row.tier, row.unit, row.post), none.dimension), _dated(none, row.held_on.isoformat())


def _dated(none: NoneFound, day: str) -> str:
    return f"{none.reason}（{day}）"
