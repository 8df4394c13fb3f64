"""Whom a list means by 责任人 and 监督人: a person, or whoever holds the post that it names; else why nobody."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q

from lianfang.foundation.documents.cells import narrow, split_names
from lianfang.foundation.organisation.models import Post
from lianfang.foundation.organisation.queries import bureau_paths_of, holder_numbers_on, unit_paths
from lianfang.kernel.bigrams import folded
from lianfang.site.directory import Directory

_NAMESAKES_SHOWN = 5
UNKNOWN = "没有登记这个人，也没有这个岗位"
"""Nobody in the bureau, and nobody above it whom the importer may see, is called so."""
Asked = tuple[str, str]
"""What a cell says, and the unit in which it is said."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The number of a person, and whether the list names a post; or ``why`` nobody can be told."""

    person: str = ""
    by_post: bool = False
    why: str = ""


def people_meant(asked: Collection[Asked], directory: Directory, today: datetime.date) -> dict[Asked, Answer]:
    """The answer to each text: a number or name of a person first, then of a post that exactly one person holds.

    Both are looked for in the unit, then in its bureau, whose leaders answer for all sections, never in another.
    """
    texts = {narrow(text) for text, _ in asked}
    for kind in ("people", "posts"):
        directory.expect(kind, texts)
    people = {pair: directory.resolve("people", narrow(pair[0]), pair[1]) for pair in asked}
    titles = Titles.around({unit for pair, person in people.items() if person is None for unit in pair[1:]})
    posts = {pair: titles.meant(*pair) for pair, person in people.items() if person is None}
    holders = holder_numbers_on({post for found in posts.values() for post in found}, today)
    found: dict[Asked, Answer] = {}
    for pair, person in people.items():
        if person is not None:
            found[pair] = Answer(person)
        elif len(posts[pair]) == 1:
            found[pair] = _of_post(holders.get(posts[pair][0], []))
        else:
            found[pair] = Answer(why=_unknown(directory, *pair, posts[pair]))
    return found


class Titles:
    """The open posts of the bureaus of some units, by what they are called."""

    def __init__(self, bureaus: Mapping[str, str]) -> None:
        """``bureaus`` maps the number of each unit to the path of its bureau."""
        self._bureaus = bureaus
        self._posts: dict[tuple[str, str], list[str]] = defaultdict(list)

    @classmethod
    def around(cls, units: Collection[str]) -> Titles:
        """Those that a text said in any of ``units`` may mean; three queries, none where nothing is asked."""
        paths = unit_paths(units) if units else {}
        known = bureau_paths_of(paths.values()) if paths else ()
        titles = cls(
            {
                unit: max((bureau for bureau in known if path.startswith(bureau)), key=len, default=path)
                for unit, path in paths.items()
            }
        )
        inside = reduce(or_, (Q(unit_path__startswith=bureau) for bureau in set(titles._bureaus.values())), Q(pk=None))
        posts = Post.objects.filter(inside, closed_on__isnull=True).order_by("unit_path", "number")
        for number, unit, path, name in posts.values_list("number", "unit__number", "unit_path", "name"):
            titles._add(number, unit, path, name)
        return titles

    def _add(self, number: str, unit: str, path: str, name: str) -> None:
        """党组书记、局长 is one post with two titles, and goes by both."""
        scopes = {unit, *(bureau for bureau in self._bureaus.values() if path.startswith(bureau))}
        for called in {folded(number), folded(name), *map(folded, split_names(name))}:
            for scope in scopes:
                self._posts[scope, called].append(number)

    def meant(self, text: str, unit: str) -> list[str]:
        """Numbers of the posts that ``text`` may mean in ``unit``; none where there is no such post."""
        called = folded(narrow(text))
        return self._posts.get((unit, called), []) or self._posts.get((self._bureaus.get(unit, ""), called), [])


def _of_post(holders: list[str]) -> Answer:
    if len(holders) == 1:
        return Answer(holders[0], by_post=True)
    return Answer(why=f"这个岗位现在有 {len(holders)} 人任职，分不清是谁" if holders else "这个岗位现在没有人任职")


def _unknown(directory: Directory, text: str, unit: str, posts: list[str]) -> str:
    for what, alike in (("人", directory.namesakes("people", narrow(text), unit)), ("岗位", posts)):
        if alike:
            shown = "、".join(alike[:_NAMESAKES_SHOWN]) + ("等" if len(alike) > _NAMESAKES_SHOWN else "")
            return f"有 {len(alike)} 个同名的{what}（{shown}）"
    if len(split_names(text)) > 1:
        return "不止一个，一条措施只登记一个"
    return UNKNOWN
