"""A measure in force is not opened again on a full stop."""

from __future__ import annotations

import pytest

from lianfang.conftest import Cast
from lianfang.kernel.errors import Invalid
from lianfang.kernel.levels import Grade
from lianfang.registers.controls import actions
from lianfang.registers.controls.models import Control
from lianfang.registers.controls.states import ControlState
from lianfang.registers.controls.tests.conftest import RiskAt
from lianfang.registers.controls.tests.test_controls_actions import in_force


@pytest.mark.covers("S55")
@pytest.mark.parametrize("note", ["", "。", "同意", "按需要"])
def test_reopening_says_what_was_found(cast: Cast, risk_at: RiskAt, note: str) -> None:
    risk_at(Grade.LOW)
    row = in_force(cast)

    with pytest.raises(Invalid):
        actions.reopen_control(actor=cast.clerk, number=row.number, expected_version=row.version, note=note)

    assert Control.objects.get().state == ControlState.IN_FORCE
