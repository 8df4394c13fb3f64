"""A risk point that stands for others does not end, or vanish among drafts, without a word about them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse

from lianfang.conftest import Cast
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.kernel.errors import Invalid
from lianfang.registers.powers.models import Power
from lianfang.registers.risks.actions import risks as actions
from lianfang.registers.risks.models import Risk
from lianfang.registers.risks.queries.risks import merged_numbers
from lianfang.registers.risks.rows import RiskRow
from lianfang.registers.risks.rules.merging import ending_fault
from lianfang.registers.risks.states import RiskState
from lianfang.registers.risks.tests.conftest import DRAFT, Round

BASIS = "岗位2026年3月已撤并，职责并入综合科"


def submitted(cast: Cast, statement: str) -> RiskRow:
    row = actions.create_risk(actor=cast.clerk, row=replace(DRAFT, statement=statement))
    return actions.submit_risk(actor=cast.clerk, number=row.number, expected_version=row.version)


def merge(cast: Cast, row: RiskRow, into: RiskRow) -> RiskRow:
    return actions.merge_risk(
        actor=cast.head, number=row.number, into=into.number, expected_version=row.version, note="说的是同一次检查。"
    )


@pytest.fixture
def pair(cast: Cast, power: Power) -> tuple[RiskRow, RiskRow]:
    """The one that stays, and the one that was merged into it."""
    kept = submitted(cast, "检查人员收受企业礼金，对贮存超期不予记录，帮助企业逃避处罚。")
    other = submitted(cast, "检查人员收受礼品，对贮存超期的企业网开一面，帮助其逃避处罚。")
    return kept, merge(cast, other, kept)


def test_what_others_were_merged_into_is_not_rejected_without_naming_them(
    cast: Cast, pair: tuple[RiskRow, RiskRow]
) -> None:
    kept, merged = pair

    def reject(note: str) -> RiskRow:
        return actions.reject_risk(actor=cast.head, number=kept.number, expected_version=kept.version, note=note)

    with pytest.raises(Invalid, match=f"{merged.number} 已并入 {kept.number}"):
        reject("检查记录由系统自动生成。")
    rejected = reject(f"检查记录由系统自动生成，{merged.number} 也不成立。")

    assert rejected.state is RiskState.REJECTED


def test_what_others_were_merged_into_is_not_taken_back_into_a_draft(cast: Cast, pair: tuple[RiskRow, RiskRow]) -> None:
    kept, merged = pair

    with pytest.raises(Invalid, match=f"{merged.number} 已并入") as refused:
        actions.withdraw_risk(actor=cast.clerk, number=kept.number, expected_version=kept.version)

    assert "请受理人退回" in refused.value.remedy


def test_merged_once_more_the_first_rests_on_the_last(cast: Cast, pair: tuple[RiskRow, RiskRow]) -> None:
    kept, merged = pair
    last = submitted(cast, "检查人员收受购物卡，对超期贮存不作记录，帮助企业逃避处罚。")

    merge(cast, kept, last)

    assert merged_numbers(Risk.objects.get(number=last.number)) == [kept.number, merged.number]
    assert merged_numbers(Risk.objects.get(number=merged.number)) == []


def test_closing_asks_for_each_of_those_that_end_with_it(cast: Cast, round_of: Round, sign_in: SignIn) -> None:
    live = round_of.live()
    other = submitted(cast, "检查人员收受礼品，对贮存超期的企业网开一面，帮助其逃避处罚。")
    merged = merge(cast, other, live)
    page = sign_in(cast.secretary).get(reverse("risks:detail", args=[live.number])).content.decode()

    with pytest.raises(Invalid, match=f"{merged.number} 已并入 {live.number}，销号以后"):
        actions.close_risk(actor=cast.secretary, number=live.number, expected_version=live.version, basis=BASIS)

    assert "并入本条的风险点" in page
    assert merged.number in page


@pytest.mark.parametrize(
    ("said", "unnamed"),
    [
        ("LH-R1、LH-R12 一并销号", ""),
        ("lh-r1和LH-R12一并销号", ""),
        ("LH-R12 一并销号", "LH-R1"),
        ("XLH-R1、LH-R12 一并销号", "LH-R1"),
        ("", "LH-R1、LH-R12"),
    ],
)
def test_a_number_is_named_whole_or_not_at_all(said: str, unnamed: str) -> None:
    fault = ending_fault("LH-R2", ["LH-R1", "LH-R12"], "销号", said)

    assert (fault.message.partition(" ")[0] if fault else "") == unnamed
