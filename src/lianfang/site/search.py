"""Search over all registers: what holds the words, grouped by register, and only what the person may read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.catalogue.queries import search, titles
from lianfang.foundation.organisation.queries import visible_people, visible_posts, visible_units
from lianfang.foundation.web.navigation import address, record_address
from lianfang.kernel.bigrams import query_bigrams
from lianfang.registers.laws.queries import visible_laws
from lianfang.registers.regulations.queries import readable_paths
from lianfang.registers.risks.queries.searches import visible_searches
from lianfang.site.work import VISIBLE

SHOWN = 10
"""Hits named for each register; the register's own list shows the others."""
LONGEST = 100
"""Characters of a question that are read; nobody types more, and a pasted page finds nothing."""


@dataclass(frozen=True)
class Searched:
    """One register as the search sees it: who may read what, under which paths its cards lie, where its list is."""

    kind: str
    label: str
    visible: Callable[[User], QuerySet[Any]]
    paths: Callable[[User], tuple[str, ...]]
    list_page: str = ""


def _reading(*permissions: Permission) -> Callable[[User], tuple[str, ...]]:
    """Paths under the first of ``permissions`` that the actor holds anywhere."""

    def paths(actor: User) -> tuple[str, ...]:
        return next((found for permission in permissions if (found := actor.paths(permission))), ())

    return paths


def _everywhere(permission: Permission) -> Callable[[User], tuple[str, ...]]:
    """The whole register, for whoever holds ``permission`` anywhere: laws lie at no unit."""
    return lambda actor: ("",) if actor.may_anywhere(permission) else ()


P = Permission
_RISKS = _reading(P.RISKS_READ, P.RISKS_READ_APPROVED)
SEARCHED: tuple[Searched, ...] = (
    Searched("powers", "职权", VISIBLE["powers"], _reading(P.POWERS_READ, P.POWERS_READ_APPROVED), "powers:list"),
    Searched("risks", "风险点", VISIBLE["risks"], _RISKS, "risks:list"),
    Searched("negatives", "负面清单", VISIBLE["negatives"], _RISKS, "risks:negatives"),
    Searched(
        "controls", "防控措施", VISIBLE["controls"], _reading(P.CONTROLS_READ, P.CONTROLS_READ_APPROVED),
        "controls:list",
    ),
    Searched("regulations", "制度", VISIBLE["regulations"], lambda actor: readable_paths(actor)[0], "regulations:list"),
    Searched("searches", "排查记录", visible_searches, _reading(P.RISKS_READ), "risks:searches"),
    Searched("laws", "法规", visible_laws, _everywhere(P.LAWS_READ), "laws:list"),
    Searched("units", "单位", visible_units, _reading(P.ORGANISATION_READ), "organisation:units"),
    Searched("posts", "岗位", visible_posts, _reading(P.ORGANISATION_READ), "organisation:posts"),
    Searched("people", "人员", visible_people, _reading(P.ORGANISATION_READ), "organisation:people"),
)  # fmt: skip
"""In the order in which the groups are shown."""


@dataclass(frozen=True)
class Hit:
    """One entry found."""

    number: str
    title: str
    url: str


@dataclass(frozen=True)
class Group:
    """What one register holds; ``total`` is a floor where ``exact`` is false."""

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
    return [group for group in groups if group.total]


def _group(actor: User, register: Searched, text: str) -> Group:
    hits = search(register.kind, register.paths(actor), text)
    readable = register.visible(actor).filter(number__in=hits.numbers) if hits.numbers else None
    numbers = list(readable.order_by("number").values_list("number", flat=True)) if readable is not None else []
    named = titles(register.kind, numbers[:SHOWN]) if numbers else {}
    page = address(register.list_page)
    return Group(
        label=register.label,
        hits=tuple(Hit(one, named.get(one, one), record_address(register.kind, one)) for one in numbers[:SHOWN]),
        total=len(numbers),
        exact=hits.complete,
        url=f"{page}?{urlencode({'q': text})}" if page else "",
    )
