"""A measure that was in force and came back as a draft can be ended there, at the level of its grade, with a reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lianfang.conftest import Cast
from lianfang.kernel.errors import Conflict, Invalid, Refused
from lianfang.kernel.levels import Grade
from lianfang.registers.controls import actions
from lianfang.registers.controls.models import Control
from lianfang.registers.controls.queries.controls import moves_open_to
from lianfang.registers.controls.queries.ledger import ledger_under
from lianfang.registers.controls.rows import ControlRow
from lianfang.registers.controls.states import ControlState
from lianfang.registers.controls.tests.conftest import RiskAt
from lianfang.registers.controls.tests.test_controls_actions import MEASURE, in_force

REASON = "随机派发已由省级平台统一实施，本措施由平台日志替代。"


@pytest.fixture
def came_back(cast: Cast, risk_at: RiskAt) -> ControlRow:
    """In force against a medium risk, rewritten, handed up and returned."""
    risk_at(Grade.MEDIUM)
    row = in_force(cast)
    row = actions.edit_control(
        actor=cast.clerk, row=replace(row, evidence="派发记录和派发截图"), expected_version=row.version
    )
    row = actions.submit_control(actor=cast.clerk, number=row.number, expected_version=row.version)
    return actions.return_control(
        actor=cast.deputy, number=row.number, expected_version=row.version, note="派发截图由谁保存没有写明，请补充。"
    )


@pytest.mark.covers("S74")
def test_its_overseer_ends_it_and_it_leaves_the_ledger(cast: Cast, came_back: ControlRow) -> None:
    before = [len(line.controls) for line in ledger_under("JW/LH/")]

    row = actions.retire_control(
        actor=cast.deputy, number=came_back.number, expected_version=came_back.version, note=REASON
    )

    assert came_back.state is ControlState.DRAFT
    assert row.state is ControlState.RETIRED
    assert (before, [len(line.controls) for line in ledger_under("JW/LH/")]) == ([1], [0])


def test_it_takes_the_level_of_the_grade_and_a_reason(cast: Cast, came_back: ControlRow) -> None:
    for part in (cast.clerk, cast.head):
        with pytest.raises(Refused):
            actions.retire_control(actor=part, number=came_back.number, expected_version=came_back.version, note=REASON)
        assert "retire" not in {step.name for step in moves_open_to(part, Control.objects.get())}
    with pytest.raises(Invalid):
        actions.retire_control(actor=cast.deputy, number=came_back.number, expected_version=came_back.version, note="")
    assert "retire" in {step.name for step in moves_open_to(cast.deputy, Control.objects.get())}


def test_a_draft_that_never_was_in_force_is_not_put_out_of_force(cast: Cast, risk_at: RiskAt) -> None:
    risk_at(Grade.MEDIUM)
    row = actions.create_control(actor=cast.clerk, row=MEASURE)

    with pytest.raises(Conflict, match="不能停用"):
        actions.retire_control(actor=cast.deputy, number=row.number, expected_version=row.version, note=REASON)
    assert "retire" not in {step.name for step in moves_open_to(cast.deputy, Control.objects.get())}
