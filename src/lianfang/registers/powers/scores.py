"""How complete the powers of a scope are today (S20): each one, how many of them, and the list of either sort."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.db.models import Q
from django.utils import timezone

from lianfang.foundation.accounts.models import User
from lianfang.kernel.errors import Invalid
from lianfang.kernel.vocabulary import Word
from lianfang.registers.laws.queries import law_rows
from lianfang.registers.laws.rules import LawIndex
from lianfang.registers.powers.queries import READING, visible_powers
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.powers.rules.completeness import Completeness, completeness
from lianfang.registers.powers.states import PowerState

MOST_SCORED = 1_000
"""Powers that are judged while somebody waits for a page; a bureau has some hundreds."""
Scorer = Callable[[PowerRow], Completeness]


class Completion(Word):
    """Whether all eight fields of a power hold something."""

    COMPLETE = "complete", "齐全"
    INCOMPLETE = "incomplete", "不完整"


@dataclass(frozen=True)
class Scores:
    """Numbers of the powers of a scope by whether they are complete; ``None`` where the scope is too wide to judge."""

    numbers: dict[Completion, tuple[str, ...]] | None

    @property
    def total(self) -> int:
        """How many were judged."""
        return sum(map(len, self.numbers.values())) if self.numbers else 0

    @property
    def complete(self) -> int:
        """How many have all eight fields."""
        return len(self.numbers[Completion.COMPLETE]) if self.numbers else 0

    @property
    def incomplete(self) -> int:
        """How many lack at least one."""
        return self.total - self.complete

    def only(self, completion: Completion) -> Q:
        """What leaves only the powers of one sort in a list.

        Raises:
            Invalid: the scope is too wide to judge.
        """
        if self.numbers is None:
            message = f"范围内的职权超过 {MOST_SCORED} 项，不能一次判断是否齐全。"
            raise Invalid(message, "请先选择一个单位，再按完整度筛选。")
        return Q(number__in=self.numbers[completion])


def scorer() -> Scorer:
    """Judges a power by the laws that are registered and in force today; the law table is read once."""
    return partial(completeness, laws=LawIndex.of(law_rows()), day=timezone.localdate())


def scores_under(actor: User, path: str, score: Scorer) -> Scores:
    """How complete the powers under ``path`` ("" for everywhere) are, as the actor reads them; none of the retired."""
    powers = visible_powers(actor).exclude(state=PowerState.RETIRED.value)
    if path:
        powers = powers.filter(unit_path__gte=path, unit_path__lt=path + "~")
    if len(powers.order_by().values_list("pk")[: MOST_SCORED + 1]) > MOST_SCORED:
        return Scores(None)
    found: dict[Completion, list[str]] = {completion: [] for completion in Completion}
    for row in READING.rows(actor, powers):
        found[Completion.COMPLETE if score(row).is_complete else Completion.INCOMPLETE].append(row.number)
    return Scores({completion: tuple(numbers) for completion, numbers in found.items()})
