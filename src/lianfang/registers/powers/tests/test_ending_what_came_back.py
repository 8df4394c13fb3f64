"""What was confirmed once can be ended also where it lies as a returned draft; a draft that never was cannot."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.journal.queries import history_of
from lianfang.kernel.errors import Conflict, Invalid, Refused
from lianfang.registers.powers import actions
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.queries import moves_open_to
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.powers.states import PowerState
from lianfang.registers.powers.tests.test_powers_actions import INSPECTION, confirm

BASIS = "局党组会纪要〔2026〕8号：上级收回该职权"


@pytest.fixture
def came_back(cast: Cast, drafted: PowerRow) -> PowerRow:
    """Confirmed, reopened, rewritten, handed up and returned."""
    row = confirm(cast, drafted)
    row = actions.edit_power(
        actor=cast.clerk, row=replace(row, content=f"{row.content}（修订）"), expected_version=row.version
    )
    row = actions.submit_power(actor=cast.clerk, number=row.number, expected_version=row.version)
    return actions.return_power(
        actor=cast.head, number=row.number, expected_version=row.version, note="第三条的依据已经修改，请核对条文。"
    )


@pytest.fixture
def drafted(cast: Cast) -> PowerRow:
    return actions.create_power(actor=cast.clerk, row=INSPECTION)


@pytest.mark.covers("S65")
def test_a_power_that_came_back_is_taken_off_the_list_with_its_basis(cast: Cast, came_back: PowerRow) -> None:
    assert came_back.state is PowerState.DRAFT
    assert "retire" in {step.name for step in moves_open_to(cast.secretary, Power.objects.get())}

    row = actions.retire_power(
        actor=cast.secretary, number=came_back.number, expected_version=came_back.version, basis=BASIS
    )

    assert row.state is PowerState.RETIRED
    assert history_of("powers", row.number)[0].basis == BASIS


def test_it_takes_the_proper_hand_and_a_reason(cast: Cast, came_back: PowerRow) -> None:
    with pytest.raises(Refused):
        actions.retire_power(actor=cast.clerk, number=came_back.number, expected_version=came_back.version, basis=BASIS)
    with pytest.raises(Invalid):
        actions.retire_power(
            actor=cast.secretary, number=came_back.number, expected_version=came_back.version, basis=" "
        )
    assert Power.objects.get().state == PowerState.DRAFT.value


def test_a_draft_that_was_never_confirmed_is_not_taken_off_a_list_it_never_was_on(
    cast: Cast, drafted: PowerRow
) -> None:
    assert "retire" not in {step.name for step in moves_open_to(cast.secretary, Power.objects.get())}

    with pytest.raises(Conflict, match="不能取消职权"):
        actions.retire_power(actor=cast.secretary, number=drafted.number, expected_version=1, basis=BASIS)
