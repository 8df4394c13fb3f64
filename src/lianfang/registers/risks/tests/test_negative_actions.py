"""Negative lists: drafting, approving, revising, printing what was approved; searches and what they covered."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.journal.queries import frozen_copy
from lianfang.kernel.errors import Conflict, Invalid, Refused
from lianfang.registers.powers.models import Power
from lianfang.registers.risks.actions import negatives as actions
from lianfang.registers.risks.actions.searches import correct_search, record_search
from lianfang.registers.risks.models import Negative
from lianfang.registers.risks.queries.coverage import Considered, coverage
from lianfang.registers.risks.queries.negatives import approved_negatives, negative_sheet
from lianfang.registers.risks.queries.searches import search_detail
from lianfang.registers.risks.rows import MajorHead, NegativeRow, NoneFound, RiskDimension, SearchRow, Tier
from lianfang.registers.risks.states import NegativeState

ITEM = NegativeRow(
    number="",
    tier=Tier.POST,
    unit="LH-WRF",
    post="LH-WRF-02",
    dimension=RiskDimension.EXERCISE,
    prohibited="不得在检查前向经营单位透露检查时间和路线。",
    power="LH-WRF-P001",
    risk="透露检查时间换取礼金，帮助企业掩盖超期贮存。",
    control="检查任务当日上午由系统随机派发，派发记录留存。",
    finders=("小李",),
)


def submitted(cast: Cast, row: NegativeRow = ITEM) -> NegativeRow:
    row = actions.create_negative(actor=cast.clerk, row=row)
    return actions.submit_negative(actor=cast.clerk, number=row.number, expected_version=row.version)


def approved(cast: Cast, row: NegativeRow = ITEM) -> NegativeRow:
    row = submitted(cast, row)
    return actions.approve_negative(actor=cast.deputy, number=row.number, expected_version=row.version)


@pytest.mark.covers("S23")
def test_an_item_must_hang_on_a_power_or_a_duty(cast: Cast, power: Power) -> None:
    with pytest.raises(Invalid, match="必须对应一项职权或职责"):
        submitted(cast, replace(ITEM, power=""))

    assert submitted(cast, replace(ITEM, power="", duty="组织规范化检查")).state is NegativeState.SUBMITTED


def test_deputy_and_secretary_approve_and_the_head_does_not(cast: Cast, power: Power) -> None:
    row = submitted(cast)

    with pytest.raises(Refused):
        actions.approve_negative(actor=cast.head, number=row.number, expected_version=row.version)
    done = actions.approve_negative(actor=cast.secretary, number=row.number, expected_version=row.version)

    entry = Negative.objects.get(number=row.number).approved_entry
    assert entry is not None
    assert frozen_copy(NegativeRow, entry) == done


@pytest.mark.covers("S23", "S66")
def test_while_an_approved_item_is_revised_the_approved_text_stays_in_force(cast: Cast, power: Power) -> None:
    row = approved(cast)

    with pytest.raises(Conflict, match="不能修改"):
        actions.edit_negative(actor=cast.clerk, row=row, expected_version=row.version)
    row = actions.reopen_negative(
        actor=cast.clerk, number=row.number, expected_version=row.version, note="检查方式改变。"
    )
    actions.edit_negative(actor=cast.clerk, row=replace(row, prohibited="不得单人检查。"), expected_version=row.version)

    assert Negative.objects.get(number=row.number).stale
    assert [item.prohibited for item in approved_negatives("JW/LH/")] == [ITEM.prohibited]
    assert [line.row.prohibited for line in negative_sheet(cast.clerk, "LH-WRF")] == [ITEM.prohibited]
    drafts = negative_sheet(cast.clerk, "LH-WRF", approved_only=False)
    assert [line.row.prohibited for line in drafts] == ["不得单人检查。"]


def test_returning_revising_and_retiring_each_need_a_reason(cast: Cast, power: Power) -> None:
    row = submitted(cast)
    with pytest.raises(Invalid, match="理由"):
        actions.return_negative(actor=cast.deputy, number=row.number, expected_version=row.version, note="")
    row = actions.approve_negative(actor=cast.deputy, number=row.number, expected_version=row.version)
    with pytest.raises(Invalid, match="原因"):
        actions.reopen_negative(actor=cast.clerk, number=row.number, expected_version=row.version, note="")
    with pytest.raises(Invalid, match="依据"):
        actions.retire_negative(actor=cast.deputy, number=row.number, expected_version=row.version, basis="")

    row = actions.retire_negative(actor=cast.deputy, number=row.number, expected_version=row.version, basis="职权取消")

    assert row.state is NegativeState.WITHDRAWN
    assert negative_sheet(cast.clerk, "LH-WRF") == []


def search(**facts: Any) -> SearchRow:
    base: dict[str, Any] = {
        "number": "",
        "tier": Tier.SECTION,
        "unit": "LH-WRF",
        "held_on": datetime.date(2026, 7, 1),
        "participants": ("张科长",),
        "signed_by": "张科长",
    }
    return SearchRow(**{**base, **facts})


@pytest.mark.covers("S25")
def test_a_section_search_names_who_of_the_roster_was_missing(cast: Cast) -> None:
    row = record_search(actor=cast.head, row=search())

    detail = search_detail(cast.clerk, row.number)

    assert (row.number, detail.roster, detail.missing) == ("LH-WRF-S001", 2, ("小李",))
    correct_search(actor=cast.head, row=replace(row, participants=("LH-M03", "LH-M04")), expected_version=row.version)
    assert search_detail(cast.clerk, row.number).missing == ()


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"participants": ()}, "请填写参加人员"),
        ({"held_on": datetime.date(2999, 1, 1)}, "还没有到"),
        ({"none_found": (NoneFound(RiskDimension.WORKFLOW, "没有"),), "signed_by": ""}, "须有人签字"),
        ({"tier": Tier.POST}, "必须落到一个岗位"),
    ],
)
def test_a_search_without_people_or_signature_is_refused(cast: Cast, facts: dict[str, object], message: str) -> None:
    with pytest.raises(Invalid, match=message):
        record_search(actor=cast.head, row=search(**facts))


@pytest.mark.covers("S24", "S25", "S26")
def test_coverage_says_of_every_dimension_whether_it_was_found_excluded_or_never_considered(
    cast: Cast, power: Power
) -> None:
    actions.create_negative(actor=cast.clerk, row=ITEM)
    reason = NoneFound(RiskDimension.MORALS, "近三年无信访反映")
    record_search(actor=cast.head, row=search(tier=Tier.POST, post="LH-WRF-02", none_found=(reason,)))
    major = replace(ITEM, tier=Tier.UNIT, unit="LH", post="", dimension=RiskDimension.MAJOR, power="", duty="集体决策")
    actions.create_negative(actor=cast.coordinator, row=replace(major, major_head=MajorHead.FUND))

    found = coverage(cast.coordinator, "LH")

    lines = {line.number: line for _, unit_lines in found.posts for line in unit_lines}
    clerk = [cell.considered for cell in lines["LH-WRF-02"].cells]
    assert clerk == [Considered.OPEN, Considered.FOUND, Considered.OPEN, Considered.NONE_FOUND]
    assert lines["LH-WRF-02"].cells[3].reason == "近三年无信访反映（2026-07-01）"
    assert [line.number for line in found.sections] == ["LH-WRF", "LH-ZF"]
    heads = {cell.label: cell.considered for cell in found.bureau[1].cells}
    assert heads == {
        "重大决策": Considered.OPEN,
        "重要人事任免": Considered.OPEN,
        "重大项目安排": Considered.OPEN,
        "大额资金使用": Considered.FOUND,
    }
    assert (found.done, found.due) == (4, 3 + 4 + 2 * 3 + 5 * 4)


@pytest.mark.covers("S23")
def test_an_item_under_revision_is_withdrawn_without_being_approved_first(cast: Cast, power: Power) -> None:
    row = approved(cast)
    row = actions.reopen_negative(
        actor=cast.clerk, number=row.number, expected_version=row.version, note="检查任务改由省级平台派发，条目要改写。"
    )

    row = actions.retire_negative(
        actor=cast.deputy, number=row.number, expected_version=row.version, basis="局党组会纪要〔2026〕9号"
    )

    assert row.state is NegativeState.WITHDRAWN


def test_a_draft_that_was_never_approved_is_not_withdrawn(cast: Cast, power: Power) -> None:
    row = actions.create_negative(actor=cast.clerk, row=ITEM)

    with pytest.raises(Conflict, match="不能撤销"):
        actions.retire_negative(
            actor=cast.deputy, number=row.number, expected_version=row.version, basis="局党组会纪要〔2026〕9号"
        )
