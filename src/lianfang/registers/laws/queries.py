"""Reading the law table."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.db.models import Q, QuerySet
from django.utils import timezone

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.catalogue.listing import PAGE_SIZE
from lianfang.foundation.catalogue.queries import search
from lianfang.foundation.journal.queries import HistoryLine, history_of
from lianfang.kernel.errors import Absent
from lianfang.kernel.vocabulary import Word
from lianfang.registers.laws.models import Law
from lianfang.registers.laws.rows import ArticleRow, LawRow
from lianfang.registers.laws.rules import LawIndex, citations, title_key

SHIPPED = Path(__file__).parent / "content" / "laws.csv"
"""The laws that every bureau needs, as they come with the house."""


def visible_laws(actor: User) -> QuerySet[Law]:
    """The whole table for everybody who may read laws anywhere; nothing for others."""
    laws = Law.objects.order_by("number")
    return laws if actor.may_anywhere(Permission.LAWS_READ) else laws.none()


class Standing(Word):
    """Where a law stands on a day."""

    IN_FORCE = "in-force", "现行有效"
    REPEALED = "repealed", "已废止"
    COMING = "coming", "尚未施行"


@dataclass(frozen=True)
class LawLine:
    """One law of the list with its standing on the day."""

    row: LawRow
    standing: Standing


def standing_of(row: LawRow, day: datetime.date) -> Standing:
    """Whether the law holds on ``day``, no longer, or not yet."""
    if row.repealed_on is not None and row.repealed_on <= day:
        return Standing.REPEALED
    return Standing.IN_FORCE if row.in_force_on(day) else Standing.COMING


@dataclass(frozen=True)
class LawsWanted:
    """What the list of laws was asked for."""

    text: str = ""
    level: str = ""
    standing: str = ""
    verified: str = ""
    page: int = 1
    size: int = PAGE_SIZE


def law_page(actor: User, wanted: LawsWanted) -> tuple[list[LawLine], int]:
    """One page of the laws that were asked for, and how many there are in all."""
    today = timezone.localdate()
    laws = visible_laws(actor)
    if wanted.text:
        laws = laws.filter(number__in=search(LawRow.kind, ("",), wanted.text).numbers)
    if wanted.level:
        laws = laws.filter(level=wanted.level)
    if wanted.verified:
        laws = laws.filter(verified=wanted.verified == "yes")
    started = Q(in_force_from__isnull=True) | Q(in_force_from__lte=today)
    by_standing = {
        Standing.REPEALED.value: Q(repealed_on__lte=today),
        Standing.IN_FORCE.value: started & (Q(repealed_on__isnull=True) | Q(repealed_on__gt=today)),
        Standing.COMING.value: Q(in_force_from__gt=today),
    }
    laws = laws.filter(by_standing.get(wanted.standing, Q()))
    start = (wanted.page - 1) * wanted.size
    rows = [law.to_row() for law in laws[start : start + wanted.size]]
    return [LawLine(row, standing_of(row, today)) for row in rows], laws.count()


@dataclass(frozen=True)
class ArticleLine:
    """One article and where it went."""

    row: ArticleRow
    successor_title: str


@dataclass(frozen=True)
class LawDetail:
    """Everything that the page of one law shows."""

    row: LawRow
    standing: Standing
    articles: tuple[ArticleLine, ...]
    replaced_by: LawRow | None
    replaces: tuple[LawRow, ...]
    history: tuple[HistoryLine, ...]
    editable: bool

    @property
    def unverified(self) -> int:
        """Mappings that nobody compared with the official text."""
        return sum(bool(line.row.successor_article) and not line.row.verified for line in self.articles)


def law_detail(actor: User, number: str) -> LawDetail:
    """One law with its articles, where each of them went, and what the law itself replaced.

    Raises:
        Absent: no such law, or the actor may read none.
    """
    law = visible_laws(actor).filter(number=number).first()
    if law is None:
        raise Absent(f"没有找到编号为“{number}”的法规。")
    row = law.to_row()
    successors = {article.successor_law or row.replaced_by for article in row.articles} | {row.replaced_by}
    known = {found.number: found.to_row() for found in Law.objects.filter(number__in=successors)}
    titles = {number: found.title for number, found in known.items()}
    articles = (
        ArticleLine(part, titles.get(part.successor_law or row.replaced_by, "") if part.successor_article else "")
        for part in row.articles
    )
    return LawDetail(
        row=row,
        standing=standing_of(row, timezone.localdate()),
        articles=tuple(articles),
        replaced_by=known.get(row.replaced_by),
        replaces=tuple(found.to_row() for found in Law.objects.filter(replaced_by=number).order_by("number")),
        history=tuple(history_of(LawRow.kind, number)),
        editable=actor.may_anywhere(Permission.LAWS_EDIT),
    )


def law_choices() -> list[tuple[str, str]]:
    """``(number, title)`` of all laws."""
    return [
        (number, f"{number}　{title}")
        for number, title in Law.objects.order_by("number").values_list("number", "title")
    ]


def laws_for(bases: Iterable[str]) -> list[LawRow]:
    """The laws that some cited bases name, every edition, and those that took their place.

    Where a citation fits no title (a short title, a misspelling) the rules look for what is meant: then all laws.
    """
    cited = citations(bases)
    if not cited:
        # Any one: a table of which nothing is loaded is one that the rules take for absent.
        return [law.to_row() for law in Law.objects.order_by("number")[:1]]
    named = Q(pk__in=[])
    for citation in cited:
        named |= Q(title__contains=title_key(citation.title)) | Q(document_number=citation.title)
    found = [law.to_row() for law in Law.objects.filter(named).order_by("number")]
    index = LawIndex.of(found)
    if not all(index.editions(citation) for citation in cited):
        return law_rows()
    heirs = {law.replaced_by for law in found} | {item.successor_law for law in found for item in law.articles}
    missing = heirs - {law.number for law in found} - {""}
    return [*found, *(law.to_row() for law in Law.objects.filter(number__in=missing).order_by("number"))]


def law_rows() -> list[LawRow]:
    """All laws as Rows."""
    return [law.to_row() for law in Law.objects.order_by("number")]
