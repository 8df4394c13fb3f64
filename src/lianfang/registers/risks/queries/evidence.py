"""Whether the evidence for a lower grade names tests of measures against this risk point that hold (RSK010).

Measures stand above risk points and are unknown here, so the site says who can look tests up (``TESTS_OF_A_RISK``).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from lianfang.kernel.bigrams import folded
from lianfang.kernel.errors import Invalid
from lianfang.kernel.numbering import LETTERS, MADE
from lianfang.registers.risks.models import Risk
from lianfang.registers.risks.queries.gradings import is_retired

_MADE_HERE = re.compile(MADE, re.IGNORECASE)
_OF_A_TEST = re.compile(rf"-{LETTERS['controls']}\d+/\d+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tested:
    """One test of a measure against a risk point: its number, when, what it found, and whether that still holds."""

    number: str
    tested_on: datetime.date
    verdict: str
    is_effective: bool
    is_outdated: bool = False
    """Whether a later test of the same measure found a defect."""


def tests_of(risk: str) -> tuple[Tested, ...]:
    """Tests of all measures against the risk point of that number, newest first; without measures there are none."""
    look_up: Callable[[str], Iterable[Tested]] = import_string(settings.TESTS_OF_A_RISK)
    return tuple(look_up(risk))


def demand_tests(risk: Risk, evidence: str) -> None:
    """Demand that the evidence names tests that found measures against this very risk point effective.

    Where the power behind it was taken off the list there is nothing left to test, and its end is the evidence.

    Raises:
        Invalid: no test of this risk point is named, or one that is of another, found a defect, or was overtaken.
    """
    if risk.power_id and is_retired(risk.power_id):
        return
    known = {folded(test.number): test for test in tests_of(risk.number)}
    text = folded(evidence)
    made_here = {found.group() for found in _MADE_HERE.finditer(text) if _OF_A_TEST.search(found.group())}
    named = made_here | {one for one in known if _names(text, one)}
    strangers = sorted(named - known.keys())
    remedy = _remedy(known.values())
    if strangers:
        raise Invalid(f"{'、'.join(strangers).upper()} 不是风险点 {risk.number} 的措施的检验。", remedy)
    if not named:
        raise Invalid(f"降级证据没有写明是哪一次措施检验，应引用风险点 {risk.number} 的措施的检验编号。", remedy)
    for one in sorted(named):
        _demand_that_it_holds(known[one])


def _names(text: str, number: str) -> bool:
    return re.search(rf"(?<![a-z0-9-]){re.escape(number)}(?![\d/])", text) is not None


def _remedy(known: Iterable[Tested]) -> str:
    good = [test.number for test in known if test.is_effective and not test.is_outdated]
    if not good:
        return "本风险点的措施还没有结论有效的检验：先检验措施、登记结果，再提出降级。"
    return f"请引用结论有效的检验，例如：“措施检验 {'、'.join(good[:2])} 为有效”。"


def _demand_that_it_holds(test: Tested) -> None:
    if not test.is_effective:
        raise Invalid(f"{test.number} 的结论是“{test.verdict}”，不能作为降级证据。", "请引用结论有效的检验。")
    if test.is_outdated:
        raise Invalid(
            f"{test.number} 之后同一措施的检验又发现了问题，不能再作为降级证据。", "请整改、重新检验后再提出降级。"
        )
