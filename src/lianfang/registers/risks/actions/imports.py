"""Storing imported lists; nothing imported is thereby approved."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Protocol, TypeVar, cast

from django.db import transaction

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import allow_intake
from lianfang.foundation.journal.approval import approve_many
from lianfang.foundation.journal.recording import Written, record_many
from lianfang.foundation.journal.storing import Stored, store
from lianfang.foundation.lint.adopting import terms_on
from lianfang.foundation.organisation.models import Post
from lianfang.foundation.organisation.queries import own_reach, unit_paths
from lianfang.foundation.organisation.series import take_numbers
from lianfang.foundation.organisation.strangers import strangers_at
from lianfang.kernel.errors import Invalid
from lianfang.kernel.rows import from_plain
from lianfang.registers.powers.queries import nameable_powers
from lianfang.registers.risks.models import Negative, Risk, Search
from lianfang.registers.risks.queries.searches import demand_correctable, demand_sound, signature_of
from lianfang.registers.risks.rows import NegativeRow, RiskRow, SearchRow, Tier
from lianfang.registers.risks.states import NEGATIVE, RISK, NegativeState, RiskState


class _Placed(Protocol):
    @property
    def number(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def post(self) -> str: ...
    @property
    def tier(self) -> Tier: ...


BUNCH = 500
ONCE_LIVE = frozenset({RiskState.LIVE, RiskState.CLOSED})
ONCE_APPROVED = frozenset({NegativeState.APPROVED, NegativeState.WITHDRAWN})
P = TypeVar("P", bound=_Placed)


@transaction.atomic
def import_negatives(*, actor: User, rows: Sequence[NegativeRow], source: str, adopted: str = "") -> Stored:
    """Store imported negative lists: new items as drafts, changed drafts updated, the rest left alone.

    Raises:
        Conflict: a line would change an item that is past drafting; nothing is stored.
        Invalid: a line of the post level names no post, or a post of another unit; or a power that is not to be named.
    """
    path_of, terms = _places(rows), terms_on(source, adopted)
    allowed, locked = allow_intake(actor, terms, _paths(rows, path_of)), terms.locked(_negative_past_drafting)
    stored = store(Negative, rows, path_of, ignore=terms.ignored(), locked=locked, allowed=allowed)
    _demand_own_powers(actor, stored)
    take_numbers(stored, allowed)
    record_many(actor, terms.verb, stored.changes, basis=terms.basis, note=source)
    if terms.adopted:
        approve_many(Negative, stored.settled(ONCE_APPROVED, NEGATIVE.initial))
    return stored


@transaction.atomic
def import_searches(*, actor: User, rows: Sequence[SearchRow], source: str, adopted: str = "") -> Stored:
    """Store imported records of searches that were held; signatures of others only with a paper that is ``adopted``.

    Raises:
        Conflict: an adopted line would change a record that was signed here.
        Invalid: what the form would refuse: a day that has not come, nobody who took part, nobody who signed.
        Refused: a line bears somebody else's signature, or would change what somebody else signed.
    """
    path_of, terms = _places(rows), terms_on(source, adopted)
    allowed = allow_intake(actor, terms, _paths(rows, path_of))
    stored = store(Search, rows, path_of, allowed=allowed, locked=_was_signed if terms.adopted else None)
    for change in stored.changes:
        demand_sound(cast("SearchRow", change.row))
        if not terms.adopted:
            _demand_own_hand(actor, change)
    take_numbers(stored, allowed)
    record_many(actor, terms.verb, stored.changes, basis=terms.basis, note=source)
    return stored


@transaction.atomic
def import_risks(*, actor: User, rows: Sequence[RiskRow], source: str, adopted: str = "") -> Stored:
    """Store an imported list of risk points as drafts; grades of the list are kept beside them and approve nothing.

    Raises:
        Conflict: a line would change a risk point that is past drafting; nothing is stored.
        Invalid: a line of the post level names no post, or a post of another unit; or a power that is not to be named,
            or a finder of another bureau.
    """
    path_of, terms = _places(rows), terms_on(source, adopted)
    allowed, locked = allow_intake(actor, terms, _paths(rows, path_of)), terms.locked(_risk_past_drafting)
    stored = store(Risk, rows, path_of, ignore=terms.ignored("merged_into"), locked=locked, allowed=allowed)
    _demand_own_powers(actor, stored)
    _demand_own_finders(stored)
    take_numbers(stored, allowed)
    record_many(actor, terms.verb, stored.changes, basis=terms.basis, note=source)
    if terms.adopted:
        approve_many(Risk, stored.settled(ONCE_LIVE, RISK.initial))
    return stored


def _places(rows: Sequence[P]) -> Callable[[P], str]:
    """A function that gives the path of a row's unit, after posts were held against their units."""
    paths = unit_paths(row.unit for row in rows)
    named = {row.post for row in rows if row.post}
    posts = dict(Post.objects.filter(number__in=named).values_list("number", "unit__number"))
    for row in rows:
        if row.tier is Tier.POST and not row.post:
            raise Invalid(f"{row.number} 是岗位级，但没有写岗位。", "请补上岗位，或把层级改为部门或单位。")
        if row.post and posts.get(row.post) != row.unit:
            raise Invalid(f"{row.number} 的岗位“{row.post}”不属于单位“{row.unit}”。", "请核对岗位编号和单位编号。")
    return lambda row: paths[row.unit]


def _paths(rows: Iterable[P], path_of: Callable[[P], str]) -> list[str]:
    return sorted({path_of(row) for row in rows})


def _negative_past_drafting(item: Negative) -> bool:
    return item.state != NegativeState.DRAFT


def _newly_named(stored: Stored, name: str) -> Iterator[tuple[str, dict[str, str]]]:
    """What stored lines name in a field and did not before: a path, and ``named → number of its line`` in bunches."""
    found: dict[str, dict[str, str]] = {}
    for change in stored.changes:
        named = getattr(change.row, name)
        if named and named != (json.loads(change.before).get(name) if change.before else ""):
            found.setdefault(change.unit_path, {}).setdefault(named, change.row.number)
    for path, lines in found.items():
        waiting = iter(lines.items())
        while bunch := dict(islice(waiting, BUNCH)):
            yield path, bunch


def _demand_own_powers(actor: User, stored: Stored) -> None:
    """What the form asks of one entry (``demand_own_power``), of all lines that were stored."""
    for path, named in _newly_named(stored, "power"):
        nameable = nameable_powers(actor, own_reach(path)).filter(number__in=list(named))
        for power in sorted(named.keys() - set(nameable.values_list("number", flat=True))):
            raise Invalid(
                f"{named[power]} 的职权“{power}”不在本局的权力清单里，没有写入任何内容。",
                "请核对职权编号，或先登记该职权；一时对不上的，这一格可以先空着。",
            )


def _demand_own_finders(stored: Stored) -> None:
    """What the form asks of one risk point (``demand_own_finder``), of all lines that were stored."""
    for path, named in _newly_named(stored, "finder"):
        for finder in sorted(strangers_at(path, named)):
            raise Invalid(
                f"{named[finder]} 的查找人 {finder} 不是本局的人员，没有写入任何内容。", "请写本局人员，或者只写姓名。"
            )


def _was_signed(search: Search) -> bool:
    return bool(search.signed_by)


def _demand_own_hand(actor: User, change: Written) -> None:
    row = cast("SearchRow", change.row)
    if change.before:
        demand_correctable(actor, from_plain(SearchRow, json.loads(change.before)), change.unit_path)
    signature_of(actor, row, change.unit_path)


def _risk_past_drafting(risk: Risk) -> bool:
    return risk.state != RiskState.DRAFT
