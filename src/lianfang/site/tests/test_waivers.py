"""A waiver tolerates one text, and somebody else's: not the next draft of it, and not one's own."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone

from lianfang.conftest import Cast
from lianfang.foundation.accounts.four_eyes import makers_of
from lianfang.foundation.lint.actions import grant_waiver, revoke_waiver
from lianfang.foundation.lint.models import CheckFinding, Waiver
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.kernel.errors import Conflict, Invalid, Refused
from lianfang.kernel.levels import Grade
from lianfang.registers.controls import actions
from lianfang.registers.controls.models import Control
from lianfang.registers.controls.rows import ControlRow
from lianfang.registers.controls.states import ControlState
from lianfang.registers.controls.tests.conftest import RiskAt
from lianfang.registers.controls.tests.test_controls_actions import MEASURE, MINUTES, in_force
from lianfang.registers.risks.actions.risks import create_risk, submit_risk
from lianfang.registers.risks.tests.conftest import DRAFT
from lianfang.site.checks.queries import finding_detail, waiver_lines
from lianfang.site.checks.running import check_bureau

REASON = "监测站只有4人，无法再分岗，由局办公室每月抽查一次"


def in_a_month() -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=30)


def slogan_found(cast: Cast) -> tuple[ControlRow, CheckFinding]:
    """A draft of slogans against a high risk, and what a check of the bureau stored about it."""
    row = actions.create_control(actor=cast.clerk, row=replace(MEASURE, action="加强学习，提高认识。"))
    check_bureau(cast.coordinator, "LH")
    return row, CheckFinding.objects.get(code="CTL003", number=row.number)


def waive(cast: Cast, finding: CheckFinding) -> None:
    tolerated = finding_detail(cast.deputy, finding.pk).tolerated()
    grant_waiver(actor=cast.deputy, finding=tolerated, reason=REASON, expires=in_a_month())


@pytest.mark.covers("S33", "S77")
def test_a_waiver_for_one_slogan_lets_no_other_slogan_into_force(cast: Cast, risk_at: RiskAt, sign_in: SignIn) -> None:
    risk_at(Grade.HIGH)
    row, finding = slogan_found(cast)
    waive(cast, finding)

    row = actions.edit_control(
        actor=cast.clerk, row=replace(row, action="高度重视，狠抓落实。"), expected_version=row.version
    )
    with pytest.raises(Invalid, match="不能提交"):
        actions.submit_control(actor=cast.clerk, number=row.number, expected_version=row.version)
    Control.objects.filter(number=row.number).update(state="submitted")
    with pytest.raises(Invalid, match="只有号召"):
        actions.approve_control(actor=cast.secretary, number=row.number, expected_version=row.version, basis=MINUTES)

    page = sign_in(cast.deputy).get(reverse("checks:finding", args=[finding.pk])).content.decode()
    listed = sign_in(cast.deputy).get(reverse("checks:waivers")).content.decode()
    assert "批准之后条目的内容改动过，这项豁免不再适用" in page
    assert "内容已改动" in listed
    assert [(line.holds, line.outdated) for line in waiver_lines(cast.deputy)] == [(True, True)]
    assert check_bureau(cast.coordinator, "LH")[1].outdated == (Waiver.objects.get().to_row(),)


def test_the_text_that_was_waived_still_goes_into_force(cast: Cast, risk_at: RiskAt) -> None:
    risk_at(Grade.HIGH)
    row, finding = slogan_found(cast)
    waive(cast, finding)

    row = actions.submit_control(actor=cast.clerk, number=row.number, expected_version=row.version)
    row = actions.approve_control(actor=cast.secretary, number=row.number, expected_version=row.version, basis=MINUTES)

    assert row.state is ControlState.IN_FORCE


def test_what_was_changed_since_the_check_is_checked_again_before_it_is_waived(
    cast: Cast, risk_at: RiskAt, sign_in: SignIn
) -> None:
    risk_at(Grade.HIGH)
    row, finding = slogan_found(cast)
    actions.edit_control(
        actor=cast.clerk, row=replace(row, action="高度重视，狠抓落实。"), expected_version=row.version
    )

    page = sign_in(cast.deputy).get(reverse("checks:finding", args=[finding.pk])).content.decode()

    assert "请先重新检查" in page
    assert "批准豁免" not in page
    with pytest.raises(Conflict, match="改动过"):
        finding_detail(cast.deputy, finding.pk).tolerated()


@pytest.mark.covers("S78")
def test_nobody_waives_what_is_found_about_their_own_draft(cast: Cast, power: object, sign_in: SignIn) -> None:
    empty = replace(DRAFT, statement="加强学习。", dimension=None, causes=(), post="LH-WRF-02", manifestation="")
    row = create_risk(actor=cast.deputy, row=empty)
    check_bureau(cast.coordinator, "LH")
    finding = CheckFinding.objects.get(code="RSK003", number=row.number)

    page = sign_in(cast.deputy).get(reverse("checks:finding", args=[finding.pk])).content.decode()
    with pytest.raises(Refused, match="不能再由您豁免检查结果") as refusal:
        waive(cast, finding)

    assert "经手的人和把关的人须分开" in page
    assert "批准豁免" not in page
    assert cast.secretary.title in refusal.value.remedy
    with pytest.raises(Invalid):
        submit_risk(actor=cast.deputy, number=row.number, expected_version=row.version)


@pytest.mark.covers("S78")
def test_who_wrote_what_was_approved_is_its_maker_until_somebody_writes_it_anew(cast: Cast, risk_at: RiskAt) -> None:
    risk_at(Grade.LOW)
    row = in_force(cast)
    approved = {hand.login for hand in makers_of("controls", row.number)}
    anew = replace(row, action=f"{MEASURE.action}并附照片。")
    actions.edit_control(actor=cast.head, row=anew, expected_version=row.version)

    assert approved == {cast.clerk.login}
    assert {hand.login for hand in makers_of("controls", row.number)} == {cast.head.login}


@pytest.mark.parametrize("note", ["", "。", "同意"])
def test_a_waiver_is_not_revoked_without_a_reason(cast: Cast, risk_at: RiskAt, note: str) -> None:
    risk_at(Grade.HIGH)
    waive(cast, slogan_found(cast)[1])

    with pytest.raises(Invalid):
        revoke_waiver(actor=cast.secretary, number=Waiver.objects.get().number, note=note)

    assert Waiver.objects.get().to_row().holds_on(timezone.localdate())
