"""The grading method: rule table D on three scores, and the floors that only raise (domain.md §3, S27–S29)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median_high

from lianfang.kernel.areas import KeyArea
from lianfang.kernel.levels import Grade, highest
from lianfang.registers.powers.rows import PowerCategory, PowerRow
from lianfang.registers.powers.states import PowerState

RULE_VERSION = "D-2026"
SCORES = range(1, 6)


def table_grade(importance: int, probability: int, harm: int) -> Grade:
    """Grade of three scores 1–5 by rule table D; monotone, and no single step jumps from LOW to HIGH.

    Raises:
        ValueError: a score outside 1–5.
    """
    if any(score not in SCORES for score in (importance, probability, harm)):
        raise ValueError("评分必须是 1 至 5 的整数。")
    if _is_high(importance, probability, harm):
        return Grade.HIGH
    if (probability <= 2 and harm <= 2 and importance <= 3) or (probability == 1 and harm <= 3 and importance <= 2):
        return Grade.LOW
    return Grade.MEDIUM


def _is_high(importance: int, probability: int, harm: int) -> bool:
    likely_and_harmful = probability >= 4 and harm >= 4
    certain = probability == 5 and harm >= 3
    grave = harm == 5 and probability >= 3
    decisive = importance == 5 and probability >= 3 and harm >= 3
    return likely_and_harmful or certain or grave or decisive


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the floors ask about the power and post behind a risk point."""

    three_major: bool = False
    final_decision_with_discretion: bool = False
    card_or_clue_in_24_months: bool = False
    incompatible_duties: bool = False
    key_area: bool = False
    key_area_exemption: str = ""
    """Why the Party group exempted a key-area power from F5; empty for no exemption."""


_DECIDES = frozenset({PowerCategory.PERMIT, PowerCategory.PENALTY})
_DECIDING_AREAS = frozenset({KeyArea.PERMIT, KeyArea.FUNDS, KeyArea.PROCUREMENT, KeyArea.APPOINTMENT})
"""Enforcement is not among them: what ends in a penalty is of that category; an inspection decides none of the five."""
_WIDE_DISCRETION = 4


def circumstances_of(
    power: PowerRow | None,
    *,
    collective: bool = False,
    exemption: str = "",
    card_or_clue: bool = False,
    incompatible: bool = False,
) -> Circumstances:
    """What the floors ask, answered from the power behind a risk point and from what was declared about its post.

    ``collective`` says that the risk itself lies in a 三重一大 decision (the unit level of S26), whatever its power;
    ``card_or_clue`` and ``incompatible`` are declared until cards and duty pairs are kept here (F3, F4).
    A retired power raises nothing.
    """
    live = power if power is not None and power.state is not PowerState.RETIRED else None
    decides = live is not None and (live.category in _DECIDES or live.key_area in _DECIDING_AREAS or _punishes(live))
    return Circumstances(
        three_major=collective or (live is not None and live.three_major),
        final_decision_with_discretion=(
            live is not None and decides and live.final_decision and (live.discretion or 0) >= _WIDE_DISCRETION
        ),
        card_or_clue_in_24_months=card_or_clue,
        incompatible_duties=incompatible,
        key_area=live is not None and live.key_area is not None,
        key_area_exemption=exemption.strip(),
    )


def _punishes(power: PowerRow) -> bool:
    """Whether an internal power, which has no category, decides penalties all the same: 重大行政处罚集体审议."""
    return power.category is None and power.key_area is KeyArea.ENFORCEMENT and "处罚" in power.name


def strictest(one: Circumstances, other: Circumstances) -> Circumstances:
    """Whatever holds in either: of a power as it was confirmed and as it is being rewritten, the one that asks more."""
    return Circumstances(
        three_major=one.three_major or other.three_major,
        final_decision_with_discretion=one.final_decision_with_discretion or other.final_decision_with_discretion,
        card_or_clue_in_24_months=one.card_or_clue_in_24_months or other.card_or_clue_in_24_months,
        incompatible_duties=one.incompatible_duties or other.incompatible_duties,
        key_area=one.key_area or other.key_area,
        key_area_exemption=one.key_area_exemption if one.key_area_exemption == other.key_area_exemption else "",
    )


FLOORS: dict[str, tuple[str, Grade]] = {
    "F1": ("属于“三重一大”决策事项", Grade.HIGH),
    "F2": ("对许可、处罚、资金、采购或人事有最终决定权，且裁量程度不低于 4", Grade.HIGH),
    "F3": ("24 个月内该岗位有警示卡或经核实的线索", Grade.HIGH),
    "F4": ("存在未解决的不相容职务", Grade.MEDIUM),
    "F5": ("属于重点公开领域", Grade.MEDIUM),
}
"""Floor id → why it applies, and the grade below which nothing may fall."""


def floors_of(circumstances: Circumstances) -> tuple[str, ...]:
    """Ids of the floors that apply, in order."""
    applies = {
        "F1": circumstances.three_major,
        "F2": circumstances.final_decision_with_discretion,
        "F3": circumstances.card_or_clue_in_24_months,
        "F4": circumstances.incompatible_duties,
        "F5": circumstances.key_area and not circumstances.key_area_exemption,
    }
    return tuple(floor for floor, holds in applies.items() if holds)


def final_grade(table: Grade, floors: Iterable[str]) -> Grade:
    """The table's grade raised to the highest floor that applies; floors never lower."""
    return highest([table, *(FLOORS[floor][1] for floor in floors)]) or table


def settle(scores: Sequence[int]) -> int:
    """The score a round settles on without reconciliation: the median, the upper one of an even number."""
    return int(median_high(scores))


def gap(scores: Sequence[int]) -> int:
    """Distance between the highest and the lowest score; from a set gap on it calls for reconciliation."""
    return max(scores) - min(scores) if scores else 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the rule makes of three scores under given circumstances; ``grade`` is never below a floor."""

    importance: int
    probability: int
    harm: int
    table: Grade
    floors: tuple[str, ...]
    grade: Grade


def outcome_of(scores: tuple[int, int, int], circumstances: Circumstances) -> Outcome:
    """Importance, probability and harm, in this order, through table and floors."""
    table = table_grade(*scores)
    floors = floors_of(circumstances)
    return Outcome(*scores, table, floors, final_grade(table, floors))


def post_grade(live_grades: Iterable[Grade]) -> Grade | None:
    """A post's grade is the highest of its live risk points, never typed by hand (S29)."""
    return highest(list(live_grades))


def flips(importance: int, probability: int, harm: int) -> list[tuple[str, int, Grade]]:
    """Single-step changes of one score that would change the table's grade: ``(scale, new score, new grade)``."""
    now = table_grade(importance, probability, harm)
    found = []
    scores = {"importance": importance, "probability": probability, "harm": harm}
    for scale, score in scores.items():
        for changed in (score - 1, score + 1):
            if changed in SCORES:
                grade = table_grade(**{**scores, scale: changed})
                if grade is not now:
                    found.append((scale, changed, grade))
    return found
