"""A step on a measure is taken on what was read: one that names another version is refused, whatever step it is."""

from __future__ import annotations

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.journal.models import Entry
from lianfang.kernel.errors import Conflict
from lianfang.kernel.levels import Grade
from lianfang.registers.controls import actions
from lianfang.registers.controls.models import Control
from lianfang.registers.controls.states import CONTROL
from lianfang.registers.controls.tests.conftest import RiskAt
from lianfang.registers.controls.tests.test_controls_actions import MEASURE, STEP_OF


@pytest.mark.parametrize("away", [-1, 1])
@pytest.mark.parametrize("name", sorted(STEP_OF))
def test_a_step_from_another_version_is_not_taken(cast: Cast, risk_at: RiskAt, name: str, away: int) -> None:
    risk_at(Grade.LOW)
    row = actions.create_control(actor=cast.clerk, row=MEASURE)
    source = next(move.source for move in CONTROL.moves if move.name == name and not move.once_approved)
    Control.objects.update(state=source.value, version=5)
    part, action, said = STEP_OF[name]
    entries = Entry.objects.count()

    with pytest.raises(Conflict):
        action(actor=getattr(cast, part), number=row.number, expected_version=5 + away, **said)

    assert (Control.objects.get().state, Control.objects.get().version) == (source.value, 5)
    assert Entry.objects.count() == entries
    action(actor=getattr(cast, part), number=row.number, expected_version=5, **said)
    assert Entry.objects.count() == entries + 1
