"""Whom a list means by 责任人 and 监督人: a person, or whoever holds the post that it names; else why nobody."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from lianfang.foundation.documents.cells import narrow, split_names
from lianfang.foundation.organisation.queries import holder_numbers_on
from lianfang.site.directory import Directory

_NAMESAKES_SHOWN = 5
Asked = tuple[str, str]
"""What a cell says, and the unit in which it is said."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The number of a person, and whether the list names a post; or ``why`` nobody can be told."""

    person: str = ""
    by_post: bool = False
    why: str = ""


def people_meant(asked: Collection[Asked], directory: Directory, today: datetime.date) -> dict[Asked, Answer]:
    """The answer to each text: a number or name of a person first, then of a post that exactly one person holds."""
    texts = {narrow(text) for text, _ in asked}
    for kind in ("people", "posts"):
        directory.expect(kind, texts)
    people = {pair: directory.resolve("people", narrow(pair[0]), pair[1]) for pair in asked}
    unknown = [pair for pair, person in people.items() if person is None]
    posts = {(text, unit): directory.resolve("posts", narrow(text), unit) for text, unit in unknown}
    holders = holder_numbers_on(filter(None, posts.values()), today)
    found: dict[Asked, Answer] = {}
    for pair, person in people.items():
        if person is not None:
            found[pair] = Answer(person)
        elif post := posts[pair]:
            found[pair] = _of_post(holders.get(post, []))
        else:
            found[pair] = Answer(why=_unknown(directory, *pair))
    return found


def _of_post(holders: list[str]) -> Answer:
    if len(holders) == 1:
        return Answer(holders[0], by_post=True)
    return Answer(why=f"这个岗位现在有 {len(holders)} 人任职，分不清是谁" if holders else "这个岗位现在没有人任职")


def _unknown(directory: Directory, text: str, unit: str) -> str:
    for kind, what in (("people", "人"), ("posts", "岗位")):
        alike = directory.namesakes(kind, narrow(text), unit)
        if alike:
            shown = "、".join(alike[:_NAMESAKES_SHOWN]) + ("等" if len(alike) > _NAMESAKES_SHOWN else "")
            return f"有 {len(alike)} 个同名的{what}（{shown}）"
    if len(split_names(text)) > 1:
        return "不止一个，一条措施只登记一个"
    return "没有登记这个人，也没有这个岗位"
