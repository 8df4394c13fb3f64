"""From when on a date counts as due soon is one decision of the bureau (S88), kept wherever a due date is shown."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from lianfang.conftest import Cast
from lianfang.foundation.parameters.actions import approve_adjustment, propose_adjustment
from lianfang.foundation.parameters.rows import AdjustmentRow
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.programme.plans import actions as plans
from lianfang.programme.plans.lateness import Timing
from lianfang.programme.plans.programme_rows import ProgrammeRow
from lianfang.programme.plans.queries.matrix import matrix_of
from lianfang.programme.plans.tests.plan_of_linjiang import PLAN
from lianfang.site.desk import desk_of

MINUTES = "局党组会纪要〔2026〕6号"


@pytest.fixture
def confirmed(cast: Cast) -> Iterator[ProgrammeRow]:
    """A confirmed plan of the small bureau, five days before the first thing of it is due."""
    with time_machine.travel(datetime.date(2026, 4, 1), tick=False) as travelled:
        draft = plans.start_plan(actor=cast.coordinator, unit="LH", text=PLAN, source_name="方案.txt")
        row = plans.confirm_plan(
            actor=cast.secretary, number=draft.number, expected_version=draft.version, basis="局党组会纪要〔2026〕5号"
        )
        first = desk_of(cast.head).due[0].day
        travelled.move_to(first - datetime.timedelta(days=5))
        yield row


def decide(cast: Cast, days: int) -> None:
    fresh = AdjustmentRow(
        number="",
        unit="LH",
        parameter="due_soon_days",
        value=str(days),
        reason="各科室每周一报送，七天太早。",
        in_force_from=timezone.localdate(),
    )
    row = propose_adjustment(actor=cast.coordinator, row=fresh)
    approve_adjustment(actor=cast.secretary, number=row.number, expected_version=row.version, basis=MINUTES)


@pytest.mark.covers("S88")
def test_until_the_bureau_decides_seven_days_are_soon_and_then_what_it_decided(
    cast: Cast, confirmed: ProgrammeRow, sign_in: SignIn
) -> None:
    client = sign_in(cast.head)
    before = dict(matrix_of(cast.head, confirmed.number).tally)
    desk, page = (client.get(url).content.decode() for url in ("/", reverse("plans:list")))

    decide(cast, 4)

    assert before[Timing.SOON]
    assert "还有 5 天" in desk
    assert "还有 5 天" in page
    assert Timing.SOON not in dict(matrix_of(cast.head, confirmed.number).tally)
    assert "还有 5 天" not in client.get("/").content.decode()
    assert "还有 5 天" not in client.get(reverse("plans:list")).content.decode()
