"""Reading searches (排查): one page, one search with who of the roster was missing (S24, S25)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import visible
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.catalogue.listing import Page, Wanted, page_of
from lianfang.foundation.journal.queries import HistoryLine, history_of
from lianfang.foundation.organisation.models import Tenure
from lianfang.foundation.organisation.queries import post_names, unit_name, unit_names
from lianfang.kernel.errors import Absent, Invalid, Refused
from lianfang.registers.risks.models import Search
from lianfang.registers.risks.queries.places import own_name, people_named
from lianfang.registers.risks.rows import SearchRow, Tier


def visible_searches(actor: User) -> QuerySet[Search]:
    """Searches of the units the actor may read."""
    return visible(actor, Search.objects.all(), Permission.RISKS_READ)


@dataclass(frozen=True)
class SearchLine:
    """One line of the list."""

    row: SearchRow
    unit_name: str
    post_name: str


def search_page(actor: User, wanted: Wanted) -> tuple[Page[Search], list[SearchLine]]:
    """One page of the searches, and its lines."""
    page = page_of(visible_searches(actor), SearchRow.kind, actor.paths(Permission.RISKS_READ), wanted, scoped=True)
    rows = [search.to_row() for search in page.records]
    units = unit_names(row.unit for row in rows)
    posts = post_names(row.post for row in rows)
    return page, [SearchLine(row, units.get(row.unit, row.unit), posts.get(row.post, row.post)) for row in rows]


def roster_on(path: str, day: datetime.date) -> dict[str, str]:
    """``person number → name`` of everybody who held a post of the unit at ``path`` on that day (S25: whole staff)."""
    held = Tenure.objects.filter(post__unit_path=path, start__lte=day).filter(Q(end__isnull=True) | Q(end__gte=day))
    return dict(held.order_by("person__number").values_list("person__number", "person__name"))


@dataclass(frozen=True)
class SearchDetail:
    """Everything that the page of one search shows; ``missing`` are names of the roster that did not take part."""

    row: SearchRow
    unit_name: str
    post_name: str
    participants: tuple[str, ...]
    signed_by: str
    roster: int
    missing: tuple[str, ...]
    history: tuple[HistoryLine, ...]
    editable: bool


def search_detail(actor: User, number: str) -> SearchDetail:
    """One search, its participants held against the roster of the day.

    Raises:
        Absent: no such search, or not the actor's to see.
    """
    search = visible_searches(actor).filter(number=number).first()
    if search is None:
        raise Absent(f"没有找到编号为“{number}”的排查记录。")
    row = search.to_row()
    roster = roster_on(search.unit_path, row.held_on) if row.tier is Tier.SECTION else {}
    known = people_named((*row.participants, row.signed_by))
    came = set(row.participants)
    return SearchDetail(
        row=row,
        unit_name=unit_name(row.unit),
        post_name=post_names([row.post]).get(row.post, ""),
        participants=tuple(known.get(text, text) for text in row.participants),
        signed_by=known.get(row.signed_by, row.signed_by),
        roster=len(roster),
        missing=tuple(name for person, name in roster.items() if person not in came and name not in came),
        history=tuple(history_of(SearchRow.kind, number)),
        editable=_may_correct(actor, search, row),
    )


def _may_correct(actor: User, search: Search, row: SearchRow) -> bool:
    try:
        demand_correctable(actor, row, search.unit_path)
    except Refused:
        return False
    return actor.may(Permission.RISKS_DRAFT, search.unit_path)


def search_rows(path: str = "") -> Iterator[SearchRow]:
    """All searches under ``path`` as Rows, in list order."""
    searches = Search.objects.filter(unit_path__gte=path, unit_path__lt=path + "~") if path else Search.objects.all()
    return (search.to_row() for search in searches.order_by("unit_path", "number").iterator(chunk_size=2_000))


def demand_sound(row: SearchRow) -> None:
    """What the record of a search has to say, whichever door it comes through.

    Raises:
        Invalid: a day that has not come, nobody who took part, or nothing found and nobody who signed.
    """
    if row.held_on > timezone.localdate():
        raise Invalid(f"排查日期 {row.held_on} 还没有到。", "请登记已经进行的排查。")
    if not row.participants:
        raise Invalid("请填写参加人员。", "部门级排查由全体人员参加，岗位级由岗位人员和负责人参加。")
    if row.none_found and not row.signed_by.strip():
        raise Invalid("写明“未发现风险”的，须有人签字。", "请填写签字人。")


def own_signatures(actor: User) -> frozenset[str]:
    """How an actor may be written as the one who signs: person number, name, title of the account."""
    return frozenset({actor.person, own_name(actor), actor.title}) - {""}


def signature_of(actor: User, row: SearchRow, path: str) -> str:
    """The signature that ``row`` bears, as it is stored: "" or the actor's own, because signing is one's own act.

    Raises:
        Refused: it names somebody else, or the actor neither took part nor answers for the unit.
    """
    if not row.signed_by.strip():
        return ""
    own = own_signatures(actor)
    if row.signed_by.strip() not in own:
        raise Refused(
            f"签字是本人的行为，您不能替“{row.signed_by.strip()}”签字。",
            "请由本人登录后登记或更正；纸面上签过字的记录，请廉政办写明依据，按“承接”导入。",
        )
    if not own & set(row.participants) and not actor.may(Permission.RISKS_ACCEPT, path):
        raise Refused("您没有参加这次排查，不能在记录上签字。", "请由参加排查的人或科室负责人签字。")
    return actor.person or actor.title


def demand_correctable(actor: User, row: SearchRow, path: str) -> None:
    """Pass if nobody signed ``row``, the actor did, or the actor accepts risk points of the unit as its head does.

    Raises:
        Refused: somebody else signed it.
    """
    if row.signed_by and row.signed_by not in own_signatures(actor) and not actor.may(Permission.RISKS_ACCEPT, path):
        name = people_named([row.signed_by]).get(row.signed_by, row.signed_by)
        raise Refused(f"{row.number} 已由{name}签字，您不能更正。", f"请由{name}本人或科室负责人更正。")
