"""A parameter moves on a reason and on minutes that can be found again, and comes back with a reason too (S84, S88)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.parameters.actions import approve_adjustment, propose_adjustment, return_adjustment
from lianfang.foundation.parameters.models import Adjustment
from lianfang.foundation.parameters.states import AdjustmentState
from lianfang.foundation.parameters.tests.test_parameter_actions import WANTED, proposed
from lianfang.kernel.errors import Invalid


@pytest.mark.covers("S84", "S88")
@pytest.mark.parametrize("reason", ["", "。", "同意", "工作需要", "最少评分人数"])
def test_a_value_is_not_proposed_for_nothing(cast: Cast, reason: str) -> None:
    with pytest.raises(Invalid):
        propose_adjustment(actor=cast.coordinator, row=replace(WANTED, reason=reason))

    assert not Adjustment.objects.exists()


@pytest.mark.covers("S88")
@pytest.mark.parametrize("basis", ["", "。", "同意", "张三", "局党组会纪要"])
def test_a_value_is_not_approved_on_a_word_of_consent(cast: Cast, basis: str) -> None:
    row = proposed(cast)

    with pytest.raises(Invalid):
        approve_adjustment(actor=cast.secretary, number=row.number, expected_version=1, basis=basis)

    assert Adjustment.objects.get().state == AdjustmentState.PROPOSED


@pytest.mark.covers("S84")
@pytest.mark.parametrize("note", ["", "不同意", "请修改"])
def test_a_proposal_is_not_returned_without_saying_what_is_wrong(cast: Cast, note: str) -> None:
    row = proposed(cast)

    with pytest.raises(Invalid):
        return_adjustment(actor=cast.secretary, number=row.number, expected_version=1, note=note)

    assert Adjustment.objects.get().state == AdjustmentState.PROPOSED
