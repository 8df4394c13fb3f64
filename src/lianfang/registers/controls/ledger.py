"""The ledger (台账) generated from approved records: five columns of S42, nothing typed by hand."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from lianfang.foundation.organisation.rows import PostRow
from lianfang.kernel.rows import Change, differences
from lianfang.registers.controls.rows import ControlRow, LedgerRow
from lianfang.registers.risks.rows import RiskRow

UNIT_WIDE = "（全单位）"
ALTERED_DUTY = "岗位职责在风险点审定以后改过，待复核"
"""The line says what the duty was when the risk point was approved; the next approval looks at the new one (S66)."""

RENAMED_POST = "岗位现名“{}”"
"""So that whoever looks for the post under its new name finds the line; the next approval takes the name over."""

POWER_GONE = "职权 {} 已经取消，风险点待复核或者销号"
POST_GONE = "岗位已经撤销，风险点待复核或者销号"
"""The line was approved and stays until somebody decides; whoever reads it must know that its ground is gone (S65)."""


NO_MEASURE = "尚无防控措施"
"""A blank cell could be one that somebody forgot to print; a live risk point without a measure has to be seen (S33)."""


class PostThen(NamedTuple):
    """What a post was called, and what its duty was, when a risk point of it was approved."""

    name: str
    duty: str


@dataclass(frozen=True)
class Sources:
    """The approved records of a unit, and the names that a ledger shows instead of numbers.

    Names of units and people are those of today: an approval holds their numbers, which a new name leaves alone. Name
    and duty of a post say what is answered for, and one person edits them: they are those that the approval had before
    it. A kept ledger holds all of it as it was printed that day, and is never looked up again.
    """

    posts: Sequence[PostRow]
    risks: Sequence[RiskRow]
    controls: Sequence[ControlRow]
    unit_names: Mapping[str, str]
    person_names: Mapping[str, str]
    deviating: frozenset[str] = field(default_factory=frozenset)
    """Numbers of risk points and measures whose stored copy is not what was approved."""
    posts_then: Mapping[str, PostThen] = field(default_factory=dict)
    """Risk point → its post as it stood when the risk point was approved, where the journal knows."""
    retired_powers: frozenset[str] = frozenset()
    """Numbers of powers that were taken off the list."""
    closed_posts: frozenset[str] = frozenset()
    """Numbers of posts that exist no more today."""


def in_order(risk: RiskRow) -> tuple[str, str, int, str]:
    """Where a risk point stands in the ledger: by unit and post, gravest first."""
    return risk.unit, risk.post, -(risk.grade.rank if risk.grade else 0), risk.number


def ledger_of(sources: Sources, first: int = 1) -> list[LedgerRow]:
    """One line a live, graded risk point, in order, numbered from ``first``; its measures and who answers for them."""
    posts = {post.number: post for post in sources.posts}
    measures: dict[str, list[ControlRow]] = {}
    for control in sources.controls:
        measures.setdefault(control.risk, []).append(control)
    ordered = sorted(sources.risks, key=in_order)
    return [
        _line(str(place), risk, posts.get(risk.post), measures.get(risk.number, ()), sources)
        for place, risk in enumerate(ordered, start=first)
    ]


def _line(
    number: str, risk: RiskRow, post: PostRow | None, controls: Sequence[ControlRow], sources: Sources
) -> LedgerRow:
    owners = dict.fromkeys(control.owner for control in controls if control.owner)
    now = PostThen(post.name, post.duty) if post else PostThen(UNIT_WIDE, "")
    then = sources.posts_then.get(risk.number, now)
    renamed = RENAMED_POST.format(now.name) if then.name != now.name else ""
    altered = ALTERED_DUTY if then.duty != now.duty else ""
    remarks = (_deviating(risk, controls, sources), *_gone(risk, sources), _measured(risk, controls), renamed, altered)
    return LedgerRow(
        number=number,
        unit=sources.unit_names.get(risk.unit, risk.unit),
        post=then.name,
        duty=then.duty,
        risk=risk.number,
        statement=risk.statement,
        manifestation=risk.manifestation,
        grade=risk.grade,
        controls=tuple(control.action for control in controls),
        owners=tuple(sources.person_names.get(owner, owner) for owner in owners),
        remark="；".join(filter(None, remarks)),
    )


def _deviating(risk: RiskRow, controls: Sequence[ControlRow], sources: Sources) -> str:
    """Which of the records behind a line cannot be relied on."""
    numbers = [number for number in (risk.number, *(row.number for row in controls)) if number in sources.deviating]
    return f"{'、'.join(numbers)} 与审定记录不符，本行不作数" if numbers else ""


def _gone(risk: RiskRow, sources: Sources) -> tuple[str, ...]:
    """That the power or the post on which the risk point hangs is no more."""
    power = POWER_GONE.format(risk.power) if risk.power in sources.retired_powers else ""
    return power, POST_GONE if risk.post in sources.closed_posts else ""


def _measured(risk: RiskRow, controls: Sequence[ControlRow]) -> str:
    """Whether measures stand against the risk point at all, and whether they fit its grade."""
    return _outgrown(risk, controls) if controls else NO_MEASURE


def _outgrown(risk: RiskRow, controls: Sequence[ControlRow]) -> str:
    """What a reader must know of measures that were approved before the grade rose; "" where all fit it."""
    short = [place for place, control in enumerate(controls, start=1) if control.falls_short_of(risk.grade)]
    if not short:
        return ""
    which = "" if len(short) == len(controls) else f"第{'、'.join(map(str, short))}条"
    return f"{which}措施按原等级设计，待复核"


@dataclass(frozen=True)
class LedgerChange:
    """What became of one risk point's line between two snapshots."""

    risk: str
    statement: str
    kind: str
    changes: tuple[Change, ...] = ()


def compare(before: Iterable[LedgerRow], after: Iterable[LedgerRow]) -> list[LedgerChange]:
    """Lines added, dropped and changed between two snapshots, by risk point; running numbers do not count."""
    old = {row.risk: row for row in before}
    new = {row.risk: row for row in after}
    found = [LedgerChange(number, new[number].statement, "新增") for number in new if number not in old]
    found += [LedgerChange(number, old[number].statement, "移出") for number in old if number not in new]
    for number, row in new.items():
        if number in old:
            changed = tuple(change for change in differences(old[number], row) if change.field != "number")
            if changed:
                found.append(LedgerChange(number, row.statement, "改动", changed))
    return found


def snapshot_prefix(unit: str, day: datetime.date) -> str:
    """What the snapshots of a unit of one day are counted under: ``LH-WRF`` → ``LH-WRF-T20260301-``, then 001, 002.

    Older snapshots bear the microsecond instead (``LH-WRF-T20260301093015000123``); they keep it, it is on paper.
    """
    return f"{unit}-T{day:%Y%m%d}-"
