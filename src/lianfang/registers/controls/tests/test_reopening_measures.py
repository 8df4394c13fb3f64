"""A measure in force is not opened again on a full stop, and goes on being tested while it is redone."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from django.utils import timezone

from lianfang.conftest import Cast
from lianfang.foundation.lint.material import Material
from lianfang.kernel.errors import Conflict, Invalid, Refused
from lianfang.kernel.levels import Grade
from lianfang.registers.controls import actions
from lianfang.registers.controls.models import Control
from lianfang.registers.controls.rows import ApprovedControlRow, ControlRow, ControlTestRow, Verdict
from lianfang.registers.controls.rules.upkeep import measure_not_tested
from lianfang.registers.controls.states import ControlState
from lianfang.registers.controls.tests.conftest import RiskAt
from lianfang.registers.controls.tests.test_controls_actions import MEASURE, in_force
from lianfang.registers.risks.rows import RiskRow


@pytest.mark.covers("S55")
@pytest.mark.parametrize("note", ["", "。", "同意", "按需要"])
def test_reopening_says_what_was_found(cast: Cast, risk_at: RiskAt, note: str) -> None:
    risk_at(Grade.LOW)
    row = in_force(cast)

    with pytest.raises(Invalid):
        actions.reopen_control(actor=cast.clerk, number=row.number, expected_version=row.version, note=note)

    assert Control.objects.get().state == ControlState.IN_FORCE


def being_redone(cast: Cast) -> ControlRow:
    """A measure in force that its designer has begun to redo, under somebody else's name."""
    row = in_force(cast)
    edited = replace(row, action="每周由两人抽查三份笔录并签字存档。", owner="LH-M05")
    return actions.edit_control(actor=cast.clerk, row=edited, expected_version=row.version)


def gap(control: str, tester: str) -> ControlTestRow:
    return ControlTestRow(
        number="",
        control=control,
        tested_on=timezone.localdate(),
        tester=tester,
        verdict=Verdict.GAP,
        note="抽查十份笔录，四份没有第二人签字。",
        evidence="抽查记录2026-11",
    )


@pytest.mark.covers("S55", "S72")
def test_a_measure_that_is_being_redone_is_still_tested_and_not_by_whom_it_named(cast: Cast, risk_at: RiskAt) -> None:
    risk_at(Grade.LOW)
    row = being_redone(cast)

    with pytest.raises(Refused, match="责任人"):
        actions.record_test(actor=cast.head, row=gap(row.number, "LH-M03"))
    recorded = actions.record_test(actor=cast.deputy, row=gap(row.number, "LH-M02"))

    assert row.state is ControlState.UNDER_REVIEW
    assert recorded.verdict is Verdict.GAP


@pytest.mark.covers("S55")
def test_what_never_was_in_force_is_not_tested(cast: Cast, risk_at: RiskAt) -> None:
    risk_at(Grade.LOW)
    row = actions.create_control(actor=cast.clerk, row=MEASURE)

    with pytest.raises(Conflict, match="没有在施行"):
        actions.record_test(actor=cast.deputy, row=gap(row.number, "LH-M02"))


@pytest.mark.covers("S55", "S77")
def test_starting_to_redo_a_measure_does_not_silence_that_it_was_never_tested(cast: Cast, risk_at: RiskAt) -> None:
    risk = risk_at(Grade.LOW)
    row = being_redone(cast)
    approved = ApprovedControlRow(number=row.number, unit=row.unit, risk=row.risk, state=ControlState.IN_FORCE)
    graded: RiskRow = replace(risk.to_row(), graded_on=timezone.localdate() - datetime.timedelta(days=800))
    registers = [ControlRow, ApprovedControlRow, ControlTestRow, RiskRow]

    told = measure_not_tested(Material([row, approved, graded], today=timezone.localdate(), registers=registers))

    assert [found.number for found in told] == [row.number]
