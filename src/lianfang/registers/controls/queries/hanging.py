"""The measures that hang on a risk point, for whoever is about to end it (S65, S66)."""

from __future__ import annotations

from django.urls import reverse

from lianfang.foundation.accounts.models import User
from lianfang.foundation.web.hanging import Hanging
from lianfang.registers.controls.queries.controls import visible_controls
from lianfang.registers.controls.states import ControlState


def measures_of_risk(actor: User, number: str) -> Hanging:
    """Measures against the risk point with this number that are in force, or approved and being redone."""
    approved = visible_controls(actor).filter(risk__number=number, approved_entry__isnull=False)
    count = approved.exclude(state=ControlState.RETIRED.value).count()
    todo = "。它们不会随之结束：销号以后请逐条停用，还需要的改到别的风险点名下。"
    return Hanging("销号以前", count, "条施行中的措施针对这个风险点", todo, reverse("controls:risk", args=[number]))
