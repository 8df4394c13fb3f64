"""Choosing the risk point that a new measure stands against."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import within
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.catalogue.listing import Page, Wanted
from lianfang.registers.controls.models import Control
from lianfang.registers.controls.states import ControlState
from lianfang.registers.risks.models import Risk
from lianfang.registers.risks.queries.risks import RiskLine, risk_page
from lianfang.registers.risks.states import RiskState


@dataclass(frozen=True)
class Answerable:
    """A graded risk point and how many measures stand against it, drafts included."""

    line: RiskLine
    measures: int


def answerable_risks(actor: User, wanted: Wanted) -> tuple[Page[Risk], list[Answerable]]:
    """One page of the graded risk points of the units in which the actor designs measures (S33)."""
    graded = Q(approved_entry__isnull=False, state=RiskState.LIVE.value)
    page, lines = risk_page(actor, wanted, graded & within(actor.paths(Permission.CONTROLS_DRAFT)))
    held = Control.objects.filter(risk__number__in=[line.row.number for line in lines])
    held = held.exclude(state=ControlState.RETIRED.value).order_by()
    counts: dict[str, int] = dict(held.values_list("risk__number").annotate(many=Count("pk")))
    return page, [Answerable(line, counts.get(line.row.number, 0)) for line in lines]
