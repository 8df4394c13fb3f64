"""Four eyes: who wrote an entry, handed it up or rated it does not decide on it (domain.md §4, SOD39; docs 0017).

The journal knows whose hands made what is now to be decided: every entry since the last approval. The test looks at the
person, so a second account of the same person helps nobody. There is no waiver: where nobody else may decide, the
security administrator grants the part to a second person until a day, which is the second signature of domain.md §6.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from django.db.models import Q
from django.utils import timezone

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.parts import grants_over
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.journal.models import Entry, Record
from lianfang.foundation.journal.verbs import Verb
from lianfang.kernel.errors import Refused

MADE = frozenset({
    Verb.CREATED, Verb.EDITED, Verb.IMPORTED, Verb.ADOPTED, Verb.SUBMITTED, Verb.REGULATION_EVALUATED,
    Verb.REGULATION_DRAFTED, Verb.GRADING_RECONCILED, Verb.GRADING_PROPOSED, Verb.PARAMETER_PROPOSED,
})  # fmt: skip
"""Writing an entry and handing it up."""
WRITTEN = MADE | {
    Verb.SEARCH_RECORDED, Verb.POST_CREATED, Verb.POST_EDITED, Verb.PERSON_CREATED, Verb.PERSON_EDITED,
    Verb.TENURE_STARTED, Verb.LAW_CREATED, Verb.LAW_EDITED,
}  # fmt: skip
"""The same, and writing what needs no approval."""
APPROVED = frozenset({
    Verb.POWER_CONFIRMED, Verb.NEGATIVE_APPROVED, Verb.GRADING_APPROVED, Verb.REGULATION_ADOPTED,
    Verb.REGULATION_EFFECTIVE, Verb.CONTROL_APPROVED, Verb.PARAMETER_APPROVED,
})  # fmt: skip
REOPENED = frozenset({Verb.POWER_REOPENED, Verb.RISK_REVIEWED, Verb.CONTROL_REOPENED})
"""Written down both for a mere reopening and for an edit that reopens; only the edit makes the text somebody's own."""
NOT_TEXT = frozenset({"state", "version"})
NAMED = 3
"""How many of those who may decide instead are named."""


@dataclass(frozen=True, slots=True)
class Hand:
    """One step by which somebody made what is to be decided: the account, the person behind it, what, and on what day.

    A step that is known by its person only, such as a score, has no account.
    """

    login: str
    person: str
    did: str
    on: datetime.date
    number: str = ""
    """Of the thing that it was done to."""


class Decided(Protocol):
    """What is decided on: an entry, or something that is said of one."""

    @property
    def number(self) -> str:
        """Public number of the entry."""

    @property
    def unit_path(self) -> str:
        """Where it lies."""


def hands_on(*things: Record) -> list[Hand]:
    """Whose hands wrote ``things`` or handed them up since each was last approved, newest first; two queries."""
    about = Q(pk__in=[])
    for thing in things:
        about |= Q(kind=thing.to_row().kind, number=thing.number, id__gt=thing.approved_entry or 0)
    return _hands(
        entry for entry in Entry.objects.filter(about, verb__in=MADE | REOPENED).order_by("-id") if _made(entry)
    )


def makers_of(kind: str, number: str) -> list[Hand]:
    """Whose hands made an entry as it stands, newest first: since its last approval, or else what was approved then."""
    steps = Entry.objects.filter(kind=kind, number=number, verb__in=WRITTEN | REOPENED | APPROVED).order_by("-id")
    made: list[Entry] = []
    for entry in steps:
        if entry.verb in APPROVED and made:
            break
        if entry.verb not in APPROVED and _made(entry):
            made.append(entry)
    return _hands(made)


def _hands(made: Iterable[Entry]) -> list[Hand]:
    entries = list(made)
    persons = dict(User.objects.filter(login__in={entry.actor for entry in entries}).values_list("login", "person"))
    return [
        Hand(
            entry.actor,
            persons.get(entry.actor, ""),
            Verb(entry.verb).label,
            timezone.localdate(entry.at),
            entry.number,
        )
        for entry in entries
    ]


def _made(entry: Entry) -> bool:
    if entry.verb not in REOPENED:
        return True
    before, after = json.loads(entry.before or "{}"), json.loads(entry.after)
    return any(before.get(name) != value for name, value in after.items() if name not in NOT_TEXT)


def objection(actor: User, permission: Permission, thing: Decided, hands: Iterable[Hand]) -> Refused | None:
    """Why ``actor`` may not use ``permission`` to decide on ``thing``, and who may instead; ``None`` where they may."""
    known = list(hands)
    own = next((hand for hand in known if _is_of(actor.login, actor.person, hand)), None)
    if own is None:
        return None
    others = _others(actor, permission, thing.unit_path, known)
    return Refused(
        f"{thing.number} 由您在 {own.on:%Y-%m-%d} {own.did}，不能再由您{permission.label}：经手的人和把关的人须分开。",
        f"可以由{'、'.join(others[:NAMED])}{'等' if len(others) > NAMED else ''}办理。"
        if others
        else f"目前没有别人可以{permission.label}，请安全管理员给另一名负责人办理有期限的授权。",
    )


def demand_another_hand(actor: User, permission: Permission, thing: Decided, hands: Iterable[Hand]) -> None:
    """Pass if nothing of what is to be decided was made by the actor.

    Raises:
        Refused: with the earlier step, and who may decide instead.
    """
    if refusal := objection(actor, permission, thing, hands):
        raise refusal


def barred(
    actor: User, thing: Record, needed: Mapping[str, Permission], hands: Callable[[], Iterable[Hand]] | None = None
) -> dict[str, str]:
    """Of the steps ``name → permission`` those that the actor's own hand forbids, each with the sentence for the page.

    ``hands`` is asked only where there is a step; without it the journal of ``thing`` is.
    """
    if not needed:
        return {}
    known = list(hands() if hands else hands_on(thing))
    found = {name: objection(actor, permission, thing, known) for name, permission in needed.items()}
    return {name: f"{refusal.message}{refusal.remedy}" for name, refusal in found.items() if refusal}


def had_a_hand(user: User, hands: Iterable[Hand]) -> bool:
    """Whether one of ``hands`` is this person's, be it by another account."""
    return any(_is_of(user.login, user.person, hand) for hand in hands)


def _is_of(login: str, person: str, hand: Hand) -> bool:
    return (bool(login) and login == hand.login) or (bool(person) and person == hand.person)


def _others(actor: User, permission: Permission, path: str, hands: Iterable[Hand]) -> list[str]:
    """Titles of those who hold ``permission`` over ``path`` today and had no hand in it; the nearest come first."""
    known = [Hand(actor.login, actor.person, "", timezone.localdate()), *hands]
    holders = (grant.user for grant in grants_over(permission, path))
    return list(dict.fromkeys(str(user) for user in holders if not had_a_hand(user, known)))
