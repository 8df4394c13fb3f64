"""Whoever ends a power, a post or a risk point is told what in force hangs on it; the ledger says what lost its ground.

A power that is retired, a post that is closed and a risk point that is closed end alone (S65, S66, C2).
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone

from lianfang.conftest import Cast
from lianfang.foundation.journal.approval import approve
from lianfang.foundation.journal.recording import record
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.organisation.models import Post, Tenure
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.kernel.levels import Grade
from lianfang.registers.controls.actions import retire_control
from lianfang.registers.controls.models import Control
from lianfang.registers.controls.queries.controls import control_findings
from lianfang.registers.controls.queries.ledger import ledger_page, ledger_under
from lianfang.registers.controls.tests.conftest import RiskAt
from lianfang.registers.controls.tests.test_controls_actions import MEASURE, in_force
from lianfang.registers.powers.actions import retire_power
from lianfang.registers.powers.models import Power
from lianfang.registers.risks.actions.risks import close_risk
from lianfang.registers.risks.models import Risk

POWER = "LH-WRF-P001"
BASIS = "区委编委〔2026〕3号，该项职权2026年10月上收市局"


@pytest.fixture
def risk(cast: Cast, risk_at: RiskAt) -> Risk:
    """A live risk point of a confirmed power."""
    power = Power.objects.create(
        number=POWER, unit_id="LH-WRF", unit_path="JW/LH/LH-WRF/", name="排污费征收核定", state="confirmed"
    )
    approve(power, record(cast.coordinator, Verb.POWER_CONFIRMED, power))
    made = risk_at(Grade.LOW)
    Risk.objects.filter(pk=made.pk).update(power=POWER)
    made.refresh_from_db()
    approve(made, record(cast.coordinator, Verb.GRADING_APPROVED, made))
    return Risk.objects.get(pk=made.pk)


def _retired(cast: Cast) -> None:
    version = Power.objects.get(number=POWER).version
    retire_power(actor=cast.secretary, number=POWER, expected_version=version, basis=BASIS)


@pytest.mark.covers("S65", "S66")
def test_whoever_may_retire_a_power_sees_its_live_risk_points_before(cast: Cast, risk: Risk, sign_in: SignIn) -> None:
    page = sign_in(cast.secretary).get(reverse("powers:detail", args=[POWER])).content.decode()

    assert "取消这项职权以前" in page
    assert f'<a href="{reverse("risks:list")}?power={POWER}">1 个在控的风险点对应这项职权</a>' in page
    assert "取消这项职权以前" not in sign_in(cast.clerk).get(reverse("powers:detail", args=[POWER])).content.decode()


@pytest.mark.covers("S65", "S66")
def test_a_risk_point_of_a_retired_power_says_so_on_its_page_and_in_the_ledger(
    cast: Cast, risk: Risk, sign_in: SignIn
) -> None:
    assert "取消" not in ledger_under("JW/LH/")[0].remark

    _retired(cast)

    page = sign_in(cast.secretary).get(reverse("risks:detail", args=[risk.number])).content.decode()
    remarks = [line.remark for line in ledger_under("JW/LH/")]
    assert f"风险点对应的职权 {POWER} 已经取消" in page
    assert f"职权 {POWER} 已经取消，风险点待复核或者销号" in remarks[0]
    assert [line.remark for line in ledger_page("JW/LH/", 1, 10).lines] == remarks


@pytest.mark.covers("S65", "S66")
def test_whoever_closes_a_post_sees_its_live_risk_points_and_the_ledger_tells_of_it(
    cast: Cast, risk: Risk, sign_in: SignIn
) -> None:
    assert risk.post_id
    page = sign_in(cast.coordinator).get(reverse("organisation:close_post", args=[risk.post_id])).content.decode()

    assert "1 个在控的风险点在这个岗位名下" in page

    Tenure.objects.filter(post__number=risk.post_id).delete()
    Post.objects.filter(number=risk.post_id).update(closed_on=timezone.localdate())

    assert "岗位已经撤销，风险点待复核或者销号" in ledger_under("JW/LH/")[0].remark
    page = sign_in(cast.secretary).get(reverse("risks:detail", args=[risk.number])).content.decode()
    assert f"风险点所在的岗位 {risk.post_id} 已经撤销" in page


@pytest.mark.covers("S66")
def test_measures_of_a_risk_point_are_told_before_it_closes_and_afterwards(
    cast: Cast, risk: Risk, sign_in: SignIn
) -> None:
    measure = in_force(cast, replace(MEASURE, risk=risk.number))
    page = sign_in(cast.secretary).get(reverse("risks:detail", args=[risk.number])).content.decode()
    assert "1 条施行中的措施针对这个风险点" in page

    close_risk(actor=cast.secretary, number=risk.number, expected_version=risk.version, basis=BASIS)

    found = control_findings(Control.objects.get(number=measure.number))
    assert "CTL012" in {finding.code for finding in found}
    version = Control.objects.get(number=measure.number).version
    retire_control(actor=cast.secretary, number=measure.number, expected_version=version, note="风险点已经销号。")
    found = control_findings(Control.objects.get(number=measure.number))
    assert "CTL012" not in {finding.code for finding in found}
