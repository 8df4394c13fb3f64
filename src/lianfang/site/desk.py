"""A person's own work across all registers: what waits, what came back, what lies unfinished, what just changed."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from lianfang.foundation.accounts.four_eyes import MADE
from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import within
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.catalogue.queries import tallied, titles_of
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.organisation.queries import unit_names
from lianfang.foundation.web.navigation import address, record_address
from lianfang.kernel.findings import Severity
from lianfang.kernel.numbering import unit_at
from lianfang.programme.plans.queries.upcoming import Upcoming, upcoming
from lianfang.registers.risks.queries.gradings import rated_by, waiting_for
from lianfang.site.checks.counts import open_counts, open_findings, scope_of
from lianfang.site.checks.queries import FindingLine, finding_lines
from lianfang.site.shares import Share, Shares, parted
from lianfang.site.work import DECIDING, DRAFTS, RETURNED, TITLES, VISIBLE, WORK, Duty

SHOWN = 20
"""Entries that one section names; whatever is beyond is a count and a link."""
DUE_DAYS = 3
"""How many of the next due days are shown."""
COUNTED = 1_000
"""Counts that no tally knows stop here and read 1000+."""
OWN_ACTS = 1_000
"""How many of the person's own newest acts are looked through for drafts and returns."""
RECENT = 5_000
"""How many of the newest journal entries are looked through for changes in the person's units."""
ASKING = {duty.permission for duty in WORK} | {line.permission for line in DRAFTS}
"""Permissions to which something is handed up, or which begin something; who has none of them only reads."""
LIST_PAGES = {
    "powers": "powers:list", "negatives": "risks:negatives", "risks": "risks:list", "gradings": "risks:gradings",
    "regulations": "regulations:list", "controls": "controls:list", "adjustments": "parameters:changes",
    "receipts": "plans:list", "programmes": "plans:list",
}  # fmt: skip
HANDED_UP = {
    Verb.SUBMITTED.value,
    Verb.REGULATION_DRAFTED.value,
    Verb.GRADING_PROPOSED.value,
    Verb.PARAMETER_PROPOSED.value,
}
STARTED = {Verb.CREATED.value, Verb.IMPORTED.value}
TURNS = {Verb.RETURNED.value, Verb.WITHDRAWN.value, *HANDED_UP}


@dataclass(frozen=True)
class Item:
    """One entry that asks for something: what it is, where, since when, and the next step in words."""

    kind: str
    number: str
    title: str
    unit_name: str
    since: datetime.datetime | None
    does: str
    url: str = ""
    reason: str = ""
    by: str = ""


@dataclass(frozen=True)
class Pile:
    """What one duty has waiting: the first entries, how many there are, and the list that shows them all."""

    does: str
    why: str
    items: tuple[Item, ...]
    count: int
    exact: bool
    url: str

    @property
    def has_more(self) -> bool:
        """Whether the list behind holds more than is shown."""
        return self.count > len(self.items)


@dataclass(frozen=True)
class Elsewhere:
    """What of a duty waits on others, although this person may stand in for them."""

    does: str
    count: int
    people: tuple[str, ...]
    url: str


@dataclass(frozen=True)
class Change:
    """One journal entry in the person's units, or of the person's own."""

    sequence: int
    at: datetime.datetime
    actor: str
    verb: str
    kind: str
    number: str
    title: str


@dataclass(frozen=True)
class Desk:
    """Everything that the first page shows."""

    piles: tuple[Pile, ...]
    elsewhere: tuple[Elsewhere, ...]
    returned: tuple[Item, ...]
    drafts: tuple[Item, ...]
    drafts_in_units: tuple[tuple[str, int, str], ...]
    errors: tuple[FindingLine, ...]
    error_count: int
    scope: str
    """Whose errors these are."""
    changes: tuple[Change, ...]
    own_changes: bool
    due: tuple[Upcoming, ...]
    decides: bool

    @property
    def waiting(self) -> int:
        """How many entries wait for this person."""
        return sum(pile.count for pile in self.piles)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all asks for this person."""
        return not (self.piles or self.elsewhere or self.returned or self.drafts or self.error_count)


def desk_of(actor: User) -> Desk:
    """The first page of one person; its cost does not grow with the registers."""
    acts = _own_acts(actor)
    returned = _returned(actor, acts)
    numbers = {(item.kind, item.number) for item in returned}
    drafts = [item for item in _drafts(actor, acts) if (item.kind, item.number) not in numbers]
    errors = open_findings(actor).filter(severity=Severity.ERROR.value)
    reads_journal = actor.may_anywhere(Permission.JOURNAL_READ)
    chores = _chores(actor, _made_by(acts))
    return Desk(
        piles=tuple(_piles(actor, chores)),
        elsewhere=tuple(_elsewhere(chores)),
        returned=tuple(returned[:SHOWN]),
        drafts=tuple(drafts[:SHOWN]),
        drafts_in_units=tuple(_drafts_in_units(actor)),
        errors=tuple(finding_lines(errors[:5])),
        error_count=open_counts(actor).under(actor.paths(Permission.FINDINGS_READ)).errors,
        scope=scope_of(actor),
        changes=tuple(_changes_in_units(actor) if reads_journal else _changes(acts[:10])),
        own_changes=not reads_journal,
        due=upcoming(actor, timezone.localdate(), DUE_DAYS),
        decides=any(map(actor.may_anywhere, ASKING)),
    )


Made = dict[str, dict[str, int]]
"""Register → entries that the person made, each with the newest of these acts."""


def _made_by(acts: Iterable[Act]) -> Made:
    found: Made = defaultdict(dict)
    for sequence, *_, verb, kind, number in acts:
        if verb in MADE:
            found[kind].setdefault(number, sequence)
    return found


@dataclass(frozen=True)
class Chore:
    """A duty of this person: what of it is theirs and how much that is, and what of it waits on whom."""

    duty: Duty
    own: QuerySet[Any]
    count: int
    exact: bool
    left: int = 0
    people: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """The list that shows all of it."""
        page = address(LIST_PAGES[self.duty.kind])
        return f"{page}?state={self.duty.state}" if page else ""


def _chores(actor: User, made: Made) -> list[Chore]:
    """The duties for which anything waits; which are whose is asked of the grants, read once."""
    shares = Shares(actor)
    duties = [duty for duty in WORK if actor.may_anywhere(duty.permission)]
    found = [_chore(actor, duty, made, shares.of(duty.permission)) for duty in duties]
    return [chore for chore in found if chore.count or chore.left]


def _chore(actor: User, duty: Duty, made: Made, share: Share) -> Chore:
    barred = _barred(actor, duty, made.get(duty.kind, {}))
    waiting = _waiting(actor, duty).exclude(number__in=barred)
    if duty.only is None and not share.before:
        count = tallied(duty.kind, actor.paths(duty.permission), state=duty.state) - len(barred)
        return Chore(duty, waiting, count, exact=True)
    split = parted(duty, share, waiting)
    own = waiting.filter(split.own)
    count = own[: COUNTED + 1].count()
    return Chore(duty, own, min(count, COUNTED), count <= COUNTED, split.left, split.people)


def _piles(actor: User, chores: Iterable[Chore]) -> Iterable[Pile]:
    waiting = [chore for chore in chores if chore.count]
    share = max(2, SHOWN // (len(waiting) + 1))
    scoring = _scoring(actor, share)
    if scoring.count:
        yield scoring
    named = [(chore, _entries(chore)[:share]) for chore in waiting]
    names = unit_names(unit_at(path) for _, entries in named for _, _, path, _ in entries)
    for chore, entries in named:
        duty = chore.duty
        items = [_item(duty.kind, entry, duty.does, names, duty.opens) for entry in entries]
        yield Pile(duty.does, duty.why, tuple(items), chore.count, chore.exact, chore.url)


def _elsewhere(chores: Iterable[Chore]) -> Iterable[Elsewhere]:
    return (Elsewhere(chore.duty.does, chore.left, chore.people, chore.url) for chore in chores if chore.left)


def _scoring(actor: User, share: int) -> Pile:
    """Rounds in which this person has a seat and has not scored."""
    waiting = waiting_for(actor)
    names = unit_names(seat.risk.unit for seat in waiting[:share])
    items = [
        Item(
            "risks",
            seat.risk.number,
            seat.risk.statement,
            names.get(seat.risk.unit, seat.risk.unit),
            None,
            "评分",
            address("risks:score", seat.grading),
        )
        for seat in waiting[:share]
    ]
    why = "独立打分并写明依据；所有人评完之前，谁也看不到别人的分。"
    return Pile("评分", why, tuple(items), len(waiting), exact=True, url=address("risks:gradings"))


def _barred(actor: User, duty: Duty, made: dict[str, int]) -> frozenset[str]:
    """Entries that the person made or rated since they were last approved, and so may not decide on (four eyes)."""
    if duty.permission not in DECIDING:
        return frozenset()
    rated = rated_by(actor) if duty.kind == "gradings" else frozenset()
    if not made:
        return rated
    own = _waiting(actor, duty).filter(number__in=list(made)).values_list("number", "approved_entry")
    return rated | {number for number, approved in own if made[number] > (approved or 0)}


def _waiting(actor: User, duty: Duty) -> QuerySet[Any]:
    found = VISIBLE[duty.kind](actor).filter(within(actor.paths(duty.permission)), state=duty.state)
    return found.filter(duty.only) if duty.only is not None else found


def _entries(chore: Chore) -> QuerySet[Any]:
    ordered = chore.own.order_by("unit_path", "number")
    return ordered.values_list("number", TITLES[chore.duty.kind], "unit_path", "updated_at")


def _item(
    kind: str, entry: tuple[str, str, str, datetime.datetime], does: str, names: dict[str, str], opens: str = ""
) -> Item:
    number, title, path, since = entry
    unit = unit_at(path)
    return Item(kind, number, title, names.get(unit, unit), since, does, record_address(opens or kind, number))


Act = tuple[int, datetime.datetime, str, str, str, str]
"""Sequence, time, actor, verb, kind, number."""


def _own_acts(actor: User) -> list[Act]:
    return list(_acts().filter(actor=actor.login).order_by("-id")[:OWN_ACTS])


def _acts() -> QuerySet[Entry, Any]:
    return Entry.objects.values_list("id", "at", "actor_title", "verb", "kind", "number")


def _touched(acts: Iterable[Act], verbs: set[str]) -> dict[str, list[str]]:
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for *_, verb, kind, number in acts:
        if verb in verbs:
            found[kind].setdefault(number)
    return {kind: list(numbers) for kind, numbers in found.items()}


def _returned(actor: User, acts: list[Act]) -> list[Item]:
    """What this person handed up and got back, with who returned it and why."""
    items: list[Item] = []
    for kind, numbers in _touched(acts, HANDED_UP).items():
        if kind in RETURNED:
            state, does = RETURNED[kind]
            items += _lying(actor, kind, state, numbers, does)
    reasons = _last_turns(items)
    mine = [(item, reasons[item.kind, item.number]) for item in items if (item.kind, item.number) in reasons]
    return [
        replace(item, reason=entry.note, by=entry.actor_title, since=entry.at)
        for item, entry in sorted(mine, key=lambda pair: -pair[1].pk)
    ]


def _last_turns(items: Iterable[Item]) -> dict[tuple[str, str], Entry]:
    """For each entry its newest turn, where that was a return and not a new submission or a withdrawal."""
    wanted = [(item.kind, item.number) for item in items]
    entries = Entry.objects.filter(
        kind__in={kind for kind, _ in wanted}, number__in={number for _, number in wanted}, verb__in=TURNS
    ).order_by("id")
    last = {(entry.kind, entry.number): entry for entry in entries}
    return {thing: entry for thing, entry in last.items() if thing in set(wanted) and entry.verb == Verb.RETURNED.value}


def _drafts(actor: User, acts: list[Act]) -> list[Item]:
    """What this person began and has not submitted, newest first within its register."""
    begun = _touched(acts, STARTED)
    return [
        item
        for line in DRAFTS
        if line.kind in begun
        for item in _lying(actor, line.kind, line.state, begun[line.kind][:200], line.does)
    ]


def _lying(actor: User, kind: str, state: str, numbers: list[str], does: str) -> list[Item]:
    found = VISIBLE[kind](actor).filter(number__in=numbers[:200], state=state)
    entries = list(found.order_by("-updated_at").values_list("number", TITLES[kind], "unit_path", "updated_at")[:SHOWN])
    names = unit_names(unit_at(path) for _, _, path, _ in entries)
    return [_item(kind, entry, does, names) for entry in entries]


def _drafts_in_units(actor: User) -> Iterable[tuple[str, int, str]]:
    """``(register, drafts, address)`` of everything unfinished in the units where the person may draft."""
    for line in DRAFTS:
        count = tallied(line.kind, actor.paths(line.permission), state=line.state)
        page = address(LIST_PAGES[line.kind])
        if count and page:
            yield LABELS[line.kind], count, f"{page}?state={line.state}"


LABELS = {"powers": "职权", "negatives": "负面清单", "risks": "风险点", "controls": "防控措施"}


def _changes_in_units(actor: User) -> list[Change]:
    """The newest changes among the last entries of the journal; sealed scores are nobody's news."""
    newest = Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0
    recent = _acts().filter(within(actor.paths(Permission.JOURNAL_READ)), id__gt=newest - RECENT)
    return _changes(recent.filter(kind__in=VISIBLE).order_by("-id")[:10])


def _changes(acts: Iterable[Act]) -> list[Change]:
    listed = list(acts)
    titles = titles_of((kind, number) for *_, kind, number in listed)
    return [
        Change(sequence, at, actor, _said(verb), kind, number, titles.get((kind, number), ""))
        for sequence, at, actor, verb, kind, number in listed
    ]


def _said(verb: str) -> str:
    word = Verb.read(verb)
    return word.label if word else verb
