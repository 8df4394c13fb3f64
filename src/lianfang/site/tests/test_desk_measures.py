"""The first page sends whoever designs measures to graded risks without one, and to measures that risks outgrew."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse

from lianfang.conftest import Cast
from lianfang.foundation.accounts.models import User
from lianfang.kernel.levels import Grade
from lianfang.registers.controls import actions
from lianfang.registers.controls.tests.conftest import RiskAt
from lianfang.registers.controls.tests.test_controls_actions import MEASURE, in_force
from lianfang.registers.controls.tests.test_outgrown_measures import regraded
from lianfang.registers.risks.models import Risk
from lianfang.site.desk import Pile, desk_of


def pile(user: User, does: str) -> Pile | None:
    return next((pile for pile in desk_of(User.objects.get(pk=user.pk)).piles if pile.does == does), None)


@pytest.mark.covers("S33")
def test_a_graded_risk_without_a_measure_waits_for_whoever_designs_measures(cast: Cast, risk_at: RiskAt) -> None:
    risk = risk_at(Grade.LOW)

    found = pile(cast.clerk, "设计措施")

    assert found is not None
    assert [(item.number, item.url) for item in found.items] == [
        (risk.number, reverse("controls:risk", args=[risk.number]))
    ]
    assert pile(cast.legal, "设计措施") is None


@pytest.mark.covers("S33")
def test_it_waits_no_longer_once_somebody_began_one_and_again_when_the_last_is_retired(
    cast: Cast, risk_at: RiskAt
) -> None:
    risk_at(Grade.LOW)
    row = in_force(cast, replace(MEASURE))
    begun = pile(cast.clerk, "设计措施")

    actions.retire_control(actor=cast.head, number=row.number, expected_version=row.version, note="职权取消")

    assert begun is None
    assert pile(cast.clerk, "设计措施") is not None


def test_a_risk_that_nobody_graded_yet_asks_for_no_measure(cast: Cast, risk_at: RiskAt) -> None:
    risk_at(Grade.LOW)
    Risk.objects.update(approved_entry=None)

    assert pile(cast.clerk, "设计措施") is None


@pytest.mark.covers("S74", "S77")
def test_a_measure_that_its_risk_outgrew_is_a_task_of_its_section(cast: Cast, risk_at: RiskAt) -> None:
    risk = risk_at(Grade.MEDIUM)
    row = in_force(cast)
    before = pile(cast.clerk, "按新等级重新梳理措施")

    regraded(cast, risk, Grade.HIGH)
    after = pile(cast.clerk, "按新等级重新梳理措施")

    assert before is None
    assert after is not None
    assert [item.number for item in after.items] == [row.number]
    assert pile(cast.outsider, "按新等级重新梳理措施") is None
