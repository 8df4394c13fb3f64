"""A confirmed power is not at its end: its page leads on to its risk points before it offers to cancel it."""

from __future__ import annotations

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.accounts.models import User
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.registers.powers import actions
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.powers.tests.test_powers_actions import INSPECTION, confirm

RISKS = "逐环节查找风险点"


@pytest.fixture
def drafted(cast: Cast) -> PowerRow:
    return actions.create_power(actor=cast.clerk, row=INSPECTION)


def page(sign_in: SignIn, user: User, number: str) -> str:
    return sign_in(user).get(f"/powers/{number}/").content.decode()


@pytest.mark.covers("S24")
def test_after_confirmation_the_first_step_is_to_look_for_risks(cast: Cast, drafted: PowerRow, sign_in: SignIn) -> None:
    row = confirm(cast, drafted)

    for user, then in ((cast.secretary, "取消职权"), (cast.clerk, "启动复核"), (cast.head, "启动复核")):
        shown = page(sign_in, user, row.number)
        assert f"/risks/powers/{row.number}/chart/" in shown
        assert 0 < shown.index(RISKS) < shown.index(then)


def test_whoever_enters_no_risks_and_what_is_not_confirmed_is_not_sent_there(
    cast: Cast, drafted: PowerRow, sign_in: SignIn
) -> None:
    before = page(sign_in, cast.clerk, drafted.number)
    row = confirm(cast, drafted)

    assert RISKS not in before
    assert RISKS not in page(sign_in, cast.legal, row.number)
    assert RISKS not in page(sign_in, cast.commission, row.number)


def test_the_chart_leads_to_a_risk_point_of_this_power(cast: Cast, drafted: PowerRow, sign_in: SignIn) -> None:
    row = confirm(cast, drafted)

    chart = sign_in(cast.clerk).get(f"/risks/powers/{row.number}/chart/").content.decode()

    assert f"/risks/new/?power={row.number}&amp;unit={row.unit}" in chart
