"""The state of a round as people read it: where the scores agree, nobody has to talk anything over."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Max, Min

from lianfang.registers.risks.models import Grading, Score
from lianfang.registers.risks.states import GradingState


def state_shown(state: GradingState, *, needs_talk: bool) -> GradingState:
    """The state that people read: where all scores are in and agree, nothing waits but the proposal of a grade."""
    return GradingState.RECONCILED if state is GradingState.SCORED and not needs_talk else state


def lying_apart(gradings: Sequence[Grading]) -> frozenset[str]:
    """Those of the scored rounds whose raters lie too far apart on a scale, with one query for all of them."""
    bounds = {one.number: one.open_gap for one in gradings if one.state == GradingState.SCORED.value}
    if not bounds:
        return frozenset()
    found = Score.objects.filter(grading__number__in=bounds).order_by().values_list("grading__number")
    measured = found.annotate(
        by_importance=Max("importance") - Min("importance"),
        by_probability=Max("probability") - Min("probability"),
        by_harm=Max("harm") - Min("harm"),
    )
    return frozenset(number for number, *sizes in measured if max(sizes) >= bounds[number])
