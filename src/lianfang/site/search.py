"""Search over all registers: what holds the words, grouped by register, and only what the person may read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.reading import Reading
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.catalogue.listing import Wanted
from lianfang.foundation.catalogue.queries import MOST_HITS, search, titles
from lianfang.foundation.catalogue.rows import TITLE_LENGTH
from lianfang.foundation.organisation.queries import bureau_paths_of, visible_people, visible_posts, visible_units
from lianfang.foundation.web.navigation import address, menu_for, record_address
from lianfang.kernel.bigrams import query_bigrams
from lianfang.kernel.list_names import ListName
from lianfang.programme.plans.queries.programmes import visible_deliverables
from lianfang.registers.controls.queries.controls import READING as CONTROLS
from lianfang.registers.laws.queries import visible_laws
from lianfang.registers.powers.queries import READING as POWERS
from lianfang.registers.regulations.queries import READING as REGULATIONS
from lianfang.registers.regulations.queries import readable_paths
from lianfang.registers.risks.queries.negatives import READING as NEGATIVES
from lianfang.registers.risks.queries.risks import READING as RISKS
from lianfang.registers.risks.queries.searches import visible_searches
from lianfang.site.work import VISIBLE

SHOWN = 10
"""Hits named for each register; the register's own list shows the others."""
LONGEST = 100
"""Characters of a question that are read; nobody types more, and a pasted page finds nothing."""


@dataclass(frozen=True)
class Searched:
    """One register as the search sees it: who may read what, under which paths its cards lie, where its list is.

    ``reading`` belongs to registers that some read only as approved: those find, and are shown, approved text.
    """

    kind: str
    label: str
    visible: Callable[[User], QuerySet[Any]]
    paths: Callable[[User], tuple[str, ...]]
    list_page: str = ""
    reading: Reading[Any] | None = None


def _everywhere(permission: Permission) -> Callable[[User], tuple[str, ...]]:
    """The whole register, for whoever holds ``permission`` anywhere: laws lie at no unit."""
    return lambda actor: ("",) if actor.may_anywhere(permission) else ()


def _under(permission: Permission) -> Callable[[User], tuple[str, ...]]:
    return lambda actor: actor.paths(permission)


def _plans_of(actor: User) -> tuple[str, ...]:
    """Where plans lie that the actor may see: those of the own bureau hang above the own section."""
    near = bureau_paths_of(actor.paths(P.PLANS_READ))
    held = (P.PLANS_DRAFT, P.PLANS_CONFIRM, P.PLANS_READ)
    return tuple({*near, *(path for permission in held for path in actor.paths(permission))})


def _register(label: str, reading: Reading[Any], list_page: str) -> Searched:
    return Searched(reading.row.kind, label, VISIBLE[reading.row.kind], reading.reach, list_page, reading)


P = Permission
SEARCHED: tuple[Searched, ...] = (
    _register("职权", POWERS, "powers:list"),
    _register("风险点", RISKS, "risks:list"),
    _register("负面清单", NEGATIVES, "risks:negatives"),
    _register("防控措施", CONTROLS, "controls:list"),
    replace(_register("制度", REGULATIONS, "regulations:list"), paths=lambda actor: readable_paths(actor)[0]),
    Searched("searches", "排查记录", visible_searches, _under(P.RISKS_READ), "risks:searches"),
    Searched("laws", "法规", visible_laws, _everywhere(P.LAWS_READ), "laws:list"),
    Searched("units", "单位", visible_units, _under(P.ORGANISATION_READ), "organisation:units"),
    Searched("posts", "岗位", visible_posts, _under(P.ORGANISATION_READ), "organisation:posts"),
    Searched("people", "人员", visible_people, _under(P.ORGANISATION_READ), "organisation:people"),
    Searched("deliverables", "方案的报送材料", visible_deliverables, _plans_of),
)
"""In the order in which the groups are shown."""
LIST_PAGES = {
    ListName.POWERS: "powers:list",
    ListName.NEGATIVES: "risks:negatives",
    ListName.POST_GRADES: "risks:grades",
    ListName.RISKS: "risks:list",
    ListName.CONTROLS: "controls:list",
    ListName.REGULATIONS: "regulations:list",
    ListName.LEDGER: "controls:ledger",
}
"""List → its page."""


@dataclass(frozen=True)
class Hit:
    """One entry found."""

    number: str
    title: str
    url: str


@dataclass(frozen=True)
class Group:
    """What one register holds; ``total`` is a floor where ``exact`` is false; ``url`` is the register's own list."""

    label: str
    hits: tuple[Hit, ...]
    total: int
    exact: bool
    url: str


def is_searchable(text: str) -> bool:
    """Whether a question holds anything to look for: a letter, a figure or a Chinese character."""
    return bool(query_bigrams(text))


def found_by(actor: User, text: str) -> list[Group]:
    """Groups of hits for ``text`` (words divided by spaces; each must stand in the entry), empty ones left out."""
    asked = " ".join(text[:LONGEST].split())
    if not is_searchable(asked):
        return []
    groups = (_group(actor, register, asked) for register in SEARCHED)
    return [group for group in (_lists(actor, asked), *groups) if group.total]


def _lists(actor: User, text: str) -> Group:
    """The lists that the question names, by whatever name, as far as the navigation takes the actor there."""
    open_pages = {line.url for part in menu_for(actor, "") for line in part.lines}
    meant = [(one, address(page)) for one, page in LIST_PAGES.items() if one.is_meant_by(text)]
    hits = tuple(Hit("", _named_list(one), url) for one, url in meant if url in open_pages)
    return Group("清单", hits, len(hits), exact=True, url="")


def _named_list(one: ListName) -> str:
    return f"{one.label}（又称{'、'.join(one.aliases)}）"


def _group(actor: User, register: Searched, text: str) -> Group:
    numbers, exact = _found(actor, register, text)
    named = _named(actor, register, numbers[:SHOWN]) if numbers else {}
    page = address(register.list_page)
    return Group(
        label=register.label,
        hits=tuple(Hit(one, named.get(one, one), record_address(register.kind, one)) for one in numbers[:SHOWN]),
        total=len(numbers),
        exact=exact,
        url=f"{page}?{urlencode({'q': text})}" if page else "",
    )


def _found(actor: User, register: Searched, text: str) -> tuple[list[str], bool]:
    """Numbers of what holds the words, in the text that the actor may read, and whether there are no more."""
    things, paths, left = register.visible(actor), register.paths(actor), Wanted(text)
    if register.reading:
        things, left = register.reading.narrowed(actor, things, left, paths)
    if not left.text:
        numbers = list(things.order_by("number").values_list("number", flat=True)[: MOST_HITS + 1])
        return numbers[:MOST_HITS], len(numbers) <= MOST_HITS
    hits = search(register.kind, paths, text)
    readable = things.filter(number__in=hits.numbers).order_by("number") if hits.numbers else things.none()
    return list(readable.values_list("number", flat=True)), hits.complete


def _named(actor: User, register: Searched, numbers: list[str]) -> dict[str, str]:
    """``number → title``: as approved, where the actor reads only that."""
    if register.reading is None:
        return titles(register.kind, numbers)
    rows = register.reading.rows(actor, register.visible(actor).filter(number__in=numbers))
    return {row.number: row.title[:TITLE_LENGTH] for row in rows}
