"""Who holds which post on the day of the check, and whom a typed name or post means."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable

from lianfang.foundation.lint.material import Material, is_live
from lianfang.foundation.organisation.rows import PersonRow, PostRank, PostRow, TenureRow, UnitRow

_STANDING = {PostRank.LEADER: 3, PostRank.DEPUTY: 2, PostRank.HEAD: 1, PostRank.STAFF: 0}


def standing(rank: PostRank) -> int:
    """3 for the main leader, 2 for a deputy, 1 for a head of section, 0 for staff (S74)."""
    return _STANDING[rank]


class Roster:
    """Units, posts, people and tenures of a :class:`Material`, indexed once for all rules."""

    def __init__(self, material: Material) -> None:
        """Index what is loaded; registers that are not loaded count as empty."""
        self.today = material.today
        self._posts = material.by_number(PostRow)
        self._people = material.by_number(PersonRow)
        self._units = material.by_number(UnitRow)
        self._tenures: defaultdict[str, list[TenureRow]] = defaultdict(list)
        self._holders: defaultdict[str, list[TenureRow]] = defaultdict(list)
        for tenure in material.of(TenureRow):
            self._tenures[tenure.person].append(tenure)
            self._holders[tenure.post].append(tenure)
        self._namesakes: defaultdict[str, list[str]] = defaultdict(list)
        for person in material.of(PersonRow):
            self._namesakes[person.name].append(person.number)
        self._post_names: defaultdict[str, list[PostRow]] = defaultdict(list)
        for post in material.of(PostRow):
            self._post_names[post.name].append(post)

    def person(self, text: str) -> PersonRow | None:
        """The person whom ``text`` names by number, or by a name that only one person bears."""
        if text in self._people:
            return self._people[text]
        numbers = self._namesakes.get(text, [])
        return self._people[numbers[0]] if len(numbers) == 1 else None

    def shown(self, text: str) -> str:
        """The person's name where ``text`` names one, else ``text`` itself."""
        person = self.person(text)
        return person.name if person else text

    def posts_of(self, person: str, day: datetime.date | None = None) -> list[PostRow]:
        """Posts that the person with this number holds on ``day`` (today)."""
        wanted = day or self.today
        held = (tenure.post for tenure in self._tenures.get(person, ()) if tenure.holds_on(wanted))
        return [self._posts[post] for post in held if post in self._posts]

    def past_units_of(self, person: str) -> set[str]:
        """Units in which the person has ever held a post."""
        posts = (self._posts.get(tenure.post) for tenure in self._tenures.get(person, ()))
        return {post.unit for post in posts if post}

    def holders(self, post: str, day: datetime.date | None = None) -> list[PersonRow]:
        """People who hold the post with this number on ``day`` (today)."""
        wanted = day or self.today
        held = (tenure.person for tenure in self._holders.get(post, ()) if tenure.holds_on(wanted))
        return [self._people[person] for person in held if person in self._people]

    def members(self, unit: str, day: datetime.date) -> list[PersonRow]:
        """Everybody who holds an open post of the unit on ``day``, each once."""
        posts = (post for post in self._posts.values() if post.unit == unit and is_open(post, day))
        people = (person for post in posts for person in self.holders(post.number, day))
        return list({person.number: person for person in people}.values())

    def rank_of(self, text: str) -> PostRank | None:
        """The highest rank that ``text`` — a person, a post, or a word such as 分管领导 — stands for today."""
        person = self.person(text)
        if person:
            return highest_rank(post.rank for post in self.posts_of(person.number))
        if text in self._posts:
            return self._posts[text].rank
        return highest_rank(post.rank for post in self._post_names.get(text, ())) or PostRank.read(text)

    def live_units(self) -> list[UnitRow]:
        """Units that exist today."""
        return [unit for unit in self._units.values() if is_live(unit, self.today)]

    def open_posts(self) -> list[PostRow]:
        """Posts within the scope of the programme that exist today."""
        return [post for post in self._posts.values() if post.in_scope and is_open(post, self.today)]


def is_open(post: PostRow, day: datetime.date) -> bool:
    """Whether the post exists on ``day``."""
    return post.closed_on is None or day < post.closed_on


def highest_rank(ranks: Iterable[PostRank]) -> PostRank | None:
    """The highest of some ranks, or ``None`` for none."""
    return max(ranks, key=standing, default=None)
