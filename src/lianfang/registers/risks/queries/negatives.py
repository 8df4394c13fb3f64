"""Reading negative lists: one page, one item, the printed list of a unit or a post."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from lianfang.foundation.accounts.four_eyes import barred
from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import visible
from lianfang.foundation.accounts.reading import Reading
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.catalogue.listing import Page, Wanted
from lianfang.foundation.journal.moves import open_steps
from lianfang.foundation.journal.queries import HistoryLine, approved_rows
from lianfang.foundation.lint.queries import findings_about
from lianfang.foundation.organisation.queries import post_names, post_rows, unit_name, unit_names, unit_rows
from lianfang.foundation.organisation.turns import Awaited, Turn, turn_in
from lianfang.kernel.errors import Absent
from lianfang.kernel.findings import Finding
from lianfang.kernel.lifecycle import Move
from lianfang.kernel.rows import Change, differences
from lianfang.registers.powers.queries import power_names_for
from lianfang.registers.risks.models import Negative
from lianfang.registers.risks.queries.places import people_named
from lianfang.registers.risks.rows import NegativeRow
from lianfang.registers.risks.rules import RULES
from lianfang.registers.risks.states import NEGATIVE, NegativeState

NEEDED = {
    "submit": Permission.RISKS_DRAFT,
    "return": Permission.NEGATIVE_APPROVE,
    "approve": Permission.NEGATIVE_APPROVE,
    "reopen": Permission.RISKS_DRAFT,
    "retire": Permission.NEGATIVE_APPROVE,
}
"""Move → the permission that it asks for."""
AWAITED = {
    NegativeState.DRAFT.value: Awaited(Permission.RISKS_DRAFT, "写全后提交", is_writing=True),
    NegativeState.SUBMITTED.value: Awaited(Permission.NEGATIVE_APPROVE, "审定", four_eyes=True),
}
"""State → what it waits for."""


READING = Reading(
    NegativeRow, Permission.RISKS_READ, Permission.RISKS_READ_APPROVED, frozenset({NegativeState.WITHDRAWN.value})
)
"""Who reads negative lists whole, and who only as they were approved."""


def visible_negatives(actor: User) -> QuerySet[Negative]:
    """Items of the units the actor may read; only approved ones where the actor may read no drafts."""
    return visible(actor, Negative.objects.all(), Permission.RISKS_READ, Permission.RISKS_READ_APPROVED)


@dataclass(frozen=True)
class NegativeLine:
    """One line of the list."""

    row: NegativeRow
    unit_name: str
    post_name: str
    power_name: str
    """"" where the actor may not read the power: then only its number is shown, and it leads nowhere."""
    stale: bool


def negative_page(actor: User, wanted: Wanted) -> tuple[Page[Negative], list[NegativeLine]]:
    """One page of the negative lists, and its lines."""
    page = READING.page(actor, visible_negatives(actor), wanted)
    return page, _lines(actor, READING.shown(actor, page.records))


def _lines(actor: User, rows: list[tuple[NegativeRow, bool]]) -> list[NegativeLine]:
    units = unit_names(row.unit for row, _ in rows)
    posts = post_names(row.post for row, _ in rows)
    powers = power_names_for(actor, (row.power for row, _ in rows))
    return [
        NegativeLine(
            row, units.get(row.unit, row.unit), posts.get(row.post, row.post), powers.get(row.power, ""), stale
        )
        for row, stale in rows
    ]


@dataclass(frozen=True)
class NegativeDetail:
    """Everything that the page of one item shows."""

    row: NegativeRow
    unit_name: str
    post_name: str
    power_name: str
    finders: tuple[str, ...]
    findings: tuple[Finding, ...]
    history: tuple[HistoryLine, ...]
    moves: tuple[Move[NegativeState], ...]
    barred: dict[str, str]
    turn: Turn | None
    editable: bool
    stale: bool
    since_approval: tuple[Change, ...]


def negative_detail(actor: User, number: str) -> NegativeDetail:
    """One item with its findings, its history and what the actor can do next.

    Raises:
        Absent: no such item, or not the actor's to see.
    """
    item = visible_negatives(actor).filter(number=number).first()
    if item is None:
        raise Absent(f"没有找到编号为“{number}”的负面清单条目。")
    row, is_whole = READING.row_of(actor, item), READING.is_whole(actor, item)
    known = people_named(row.finders)
    moves = tuple(moves_open_to(actor, item)) if is_whole else ()
    return NegativeDetail(
        row=row,
        unit_name=unit_name(row.unit),
        post_name=post_names([row.post]).get(row.post, ""),
        power_name=power_names_for(actor, [row.power]).get(row.power, ""),
        finders=tuple(known.get(text, text) for text in row.finders),
        findings=negative_findings(row, item.unit_path) if is_whole else (),
        history=READING.history(actor, item),
        moves=moves,
        barred=barred(actor, item, {step.name: NEEDED[step.name] for step in moves if step.name == "approve"}),
        turn=turn_in(actor, item, AWAITED) if is_whole else None,
        editable=is_whole and row.state is NegativeState.DRAFT and actor.may(Permission.RISKS_DRAFT, item.unit_path),
        stale=is_whole and item.stale,
        since_approval=_since_approval(item, row) if is_whole else (),
    )


def negative_findings(row: NegativeRow, path: str) -> tuple[Finding, ...]:
    """What the rules have to say about one item, looked at together with its unit and posts."""
    return findings_about(RULES, row, [*unit_rows(path), *post_rows(path)])


def moves_open_to(actor: User, item: Negative) -> Iterator[Move[NegativeState]]:
    """Moves of the lifecycle that are open in the item's state and to this actor."""
    for step in open_steps(item, NEGATIVE):
        if actor.may(NEEDED[step.name], item.unit_path):
            yield step


def negative_sheet(actor: User, unit: str, post: str = "", *, approved_only: bool = True) -> list[NegativeLine]:
    """The negative list of a unit, or of one of its posts, as approved unless drafts are asked for (S23).

    Post and level too are what was approved: a draft that names another post takes nothing off this one's list.
    """
    items = visible_negatives(actor).filter(unit__number=unit).exclude(state=NegativeState.WITHDRAWN.value)
    if approved_only:
        found = list(items.filter(approved_entry__isnull=False))
        stale = [item.stale and READING.is_whole(actor, item) for item in found]
        shown = list(zip(approved_rows(NegativeRow, found), stale, strict=True))
    else:
        shown = READING.shown(actor, items)
    listed = [(row, stale) for row, stale in shown if not post or row.post == post]
    return _lines(actor, sorted(listed, key=lambda line: (line[0].tier.value, line[0].post, line[0].number)))


def approved_negatives(path: str) -> list[NegativeRow]:
    """Items under ``path`` exactly as they were last approved, without those withdrawn."""
    items = Negative.objects.filter(unit_path__gte=path, unit_path__lt=path + "~", approved_entry__isnull=False)
    items = items.exclude(state=NegativeState.WITHDRAWN.value).order_by("unit_path", "number")
    return approved_rows(NegativeRow, items)


def negative_rows(path: str = "") -> Iterator[NegativeRow]:
    """All items under ``path`` as Rows, in list order, streamed."""
    items = Negative.objects.filter(unit_path__gte=path, unit_path__lt=path + "~") if path else Negative.objects.all()
    return (item.to_row() for item in items.order_by("unit_path", "number").iterator(chunk_size=2_000))


def _since_approval(item: Negative, row: NegativeRow) -> tuple[Change, ...]:
    if not item.stale or item.approved_entry is None:
        return ()
    approved = approved_rows(NegativeRow, [item])[0]
    return tuple(change for change in differences(approved, row) if change.field in NegativeRow.guarded)
