"""Rules about the negative lists: levels, dimensions, participants, ties, and leaders."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest

from lianfang.foundation.lint.engine import run
from lianfang.foundation.lint.material import Material
from lianfang.foundation.organisation.rows import PersonRow, PostRank, TenureRow, UnitKind
from lianfang.foundation.parameters.values import Parameters
from lianfang.kernel.findings import Finding
from lianfang.kernel.rows import Row
from lianfang.registers.powers.states import PowerState
from lianfang.registers.risks.rows import (
    REQUIRED_DIMENSIONS,
    MajorHead,
    NoneFound,
    RiskDimension,
    SearchRow,
    Tier,
)
from lianfang.registers.risks.rules import RULES
from lianfang.registers.risks.rules.examples import (
    BUREAU,
    LEADER,
    NEGATIVE,
    ORGANISATION,
    POST,
    POWER,
    RISK,
    SECTION,
)
from lianfang.registers.risks.states import NegativeState, RiskState

TODAY = datetime.date(2026, 10, 30)
HELD = datetime.date(2026, 7, 1)
SECTION_ENTRY = replace(NEGATIVE, number="FM-2", tier=Tier.SECTION, post="")
UNIT_ENTRY = replace(NEGATIVE, number="FM-3", tier=Tier.UNIT, unit="U01", post="")
SECTION_SEARCH = SearchRow(number="PC-1", tier=Tier.SECTION, unit="U02", held_on=HELD, participants=("M001",))
SECOND = PersonRow(number="M002", name="刘队员", unit="U02")
SECOND_TENURE = TenureRow(number="T002", person="M002", post="P001", start=datetime.date(2021, 1, 1))


def found(code: str, *rows: Row, **settings: Any) -> list[Finding]:
    """What one rule says about these rows; all registers it reads are loaded."""
    (rule,) = (rule for rule in RULES if rule.code == code)
    material = Material(rows, today=TODAY, registers=rule.reads, parameters=Parameters(**settings))
    return list(run([rule], material).findings)


def messages(findings: list[Finding]) -> str:
    """All messages, for looking into."""
    return "".join(finding.message for finding in findings)


@pytest.mark.covers("S24", "S25", "S26")
def test_all_three_levels_need_entries_that_were_not_withdrawn() -> None:
    entries = (NEGATIVE, SECTION_ENTRY, UNIT_ENTRY)

    assert found("NEG001", BUREAU, *entries) == []
    for entry in entries:
        others = [other for other in entries if other is not entry]
        withdrawn = replace(entry, state=NegativeState.WITHDRAWN)
        assert f"{entry.tier.label}级" in messages(found("NEG001", BUREAU, *others, withdrawn))


@pytest.mark.covers("S24")
def test_a_post_searches_or_signs_that_nothing_was_found() -> None:
    none_found = tuple(NoneFound(each, "只收发档案") for each in REQUIRED_DIMENSIONS[Tier.POST])
    signed = SearchRow(
        number="PC-2",
        tier=Tier.POST,
        unit="U02",
        post=POST.number,
        held_on=HELD,
        none_found=none_found,
        signed_by="张队员",
    )

    assert len(found("NEG002", SECTION, POST)) == 1
    assert len(found("NEG002", SECTION, POST, replace(signed, signed_by=""))) == 1
    assert len(found("NEG002", SECTION, POST, SECTION_ENTRY)) == 1
    assert found("NEG002", SECTION, POST, signed) == []
    assert found("NEG002", SECTION, POST, NEGATIVE) == []
    assert found("NEG002", SECTION, replace(POST, closed_on=HELD)) == []
    assert found("NEG002", SECTION, replace(POST, in_scope=False)) == []


@pytest.mark.covers("S24", "S25", "S26")
@pytest.mark.parametrize("tier", list(Tier))
def test_each_level_considers_each_of_its_own_dimensions(tier: Tier) -> None:
    post = POST.number if tier is Tier.POST else ""
    wanted = REQUIRED_DIMENSIONS[tier]
    entries = [
        replace(NEGATIVE, number=f"F{place}", tier=tier, post=post, dimension=dimension)
        for place, dimension in enumerate(wanted)
    ]

    assert found("NEG003", *ORGANISATION, *entries) == []
    assert messages(found("NEG003", *ORGANISATION, *entries[1:])) == f"{tier.label}级排查没有考虑{wanted[0].label}。"


def test_a_reasoned_none_found_or_a_risk_counts_as_considered() -> None:
    entries = [replace(NEGATIVE, dimension=each, number=each) for each in REQUIRED_DIMENSIONS[Tier.POST][:2]]
    risk = replace(RISK, dimension=RiskDimension.COMPLIANCE)
    search = SearchRow(
        number="PC-3",
        tier=Tier.POST,
        unit="U02",
        post=POST.number,
        held_on=HELD,
        none_found=(NoneFound(RiskDimension.MORALS, "逐人谈话未发现苗头"),),
    )

    assert found("NEG003", *ORGANISATION, *entries, risk, search) == []
    unreasoned = replace(search, none_found=(NoneFound(RiskDimension.MORALS, "无"),))
    assert "思想道德" in messages(found("NEG003", *ORGANISATION, *entries, risk, unreasoned))
    assert "制度执行" in messages(
        found("NEG003", *ORGANISATION, *entries, replace(risk, state=RiskState.REJECTED), search)
    )


@pytest.mark.covers("S25")
def test_the_whole_section_searches_and_a_make_up_session_counts() -> None:
    make_up = replace(
        SECTION_SEARCH, number="PC-4", held_on=HELD + datetime.timedelta(days=20), participants=("刘队员",)
    )
    late = replace(make_up, held_on=HELD + datetime.timedelta(days=90))
    people = (*ORGANISATION, SECOND, SECOND_TENURE)

    assert "刘队员 没有参加" in messages(found("NEG004", *people, SECTION_SEARCH))
    assert found("NEG004", *people, SECTION_SEARCH, make_up) == []
    assert "张队员" in messages(found("NEG004", *people, SECTION_SEARCH, late))
    assert found("NEG004", *people, SECTION_SEARCH, attendance_share=50) == []
    came_later = replace(SECOND_TENURE, start=datetime.date(2026, 8, 1))
    assert found("NEG004", *ORGANISATION, SECOND, came_later, SECTION_SEARCH) == []


@pytest.mark.covers("S26")
def test_the_unit_list_speaks_of_all_four_heads() -> None:
    entries = [replace(UNIT_ENTRY, number=head, major_head=head) for head in MajorHead]

    assert found("NEG005", BUREAU, *entries) == []
    assert "大额资金使用" in messages(found("NEG005", BUREAU, *entries[:3]))
    assert found("NEG005", BUREAU, NEGATIVE) == []


@pytest.mark.covers("S26")
def test_a_list_that_has_no_column_for_the_heads_is_judged_by_its_words() -> None:
    texts = (
        "不得以传阅代替党组会集体决策。",
        "不得在干部任免中个人说了算。",
        "不得插手工程发包。",
        "不得拆分大额支出规避集体审批。",
    )
    entries = [
        replace(UNIT_ENTRY, number=f"N{place}", major_head=None, prohibited=text, duty="", risk="")
        for place, text in enumerate(texts)
    ]

    assert found("NEG005", BUREAU, *entries) == []
    assert "重要人事任免" in messages(found("NEG005", BUREAU, entries[0], *entries[2:]))
    stated = replace(entries[0], major_head=MajorHead.DECISION)
    assert len(found("NEG005", BUREAU, stated, *entries[1:])) == 3


@pytest.mark.covers("S23")
def test_an_entry_is_tied_to_a_living_power_a_duty_or_a_major_head() -> None:
    assert "没有对应" in messages(found("NEG006", POWER, replace(NEGATIVE, power="", duty="无")))
    assert "不存在" in messages(found("NEG006", POWER, replace(NEGATIVE, power="QL-404")))
    assert "已取消" in messages(found("NEG006", replace(POWER, state=PowerState.RETIRED), NEGATIVE))
    assert found("NEG006", POWER, NEGATIVE) == []
    assert found("NEG006", POWER, replace(NEGATIVE, power="", duty="收发文件")) == []
    assert found("NEG006", replace(UNIT_ENTRY, power="", duty="", major_head=MajorHead.FUND)) == []


@pytest.mark.covers("S24", "S72")
def test_leaders_have_at_least_as_many_entries_as_the_median_post() -> None:
    clerks = [replace(POST, number=f"P1{place}") for place in range(3)]
    entries = [
        replace(NEGATIVE, number=f"F{post.number}{copy}", post=post.number) for post in clerks for copy in range(3)
    ]
    led = [replace(NEGATIVE, number=f"L{copy}", post=LEADER.number) for copy in range(3)]

    assert "只有 2 条" in messages(found("NEG007", LEADER, *clerks, *entries, *led[:2]))
    assert found("NEG007", LEADER, *clerks, *entries, *led) == []
    assert found("NEG007", LEADER, *clerks[:2], *entries, *led[:1]) == []
    head = replace(LEADER, rank=PostRank.HEAD)
    assert found("NEG007", head, *clerks, *entries, *led[:1]) == []


@pytest.mark.covers("S25")
def test_a_section_that_nobody_searched_is_named_although_others_were_searched() -> None:
    other = replace(SECTION, number="U03", name="法规科")
    its_post = replace(POST, number="P003", unit="U03")
    searched = (*ORGANISATION, other, its_post, SECTION_ENTRY)

    (finding,) = found("NEG010", *searched)

    assert (finding.number, finding.message) == ("U03", "“法规科”没有部门级负面清单条目，也没有部门级排查记录。")
    assert found("NEG010", *searched, replace(SECTION_SEARCH, unit="U03")) == []
    assert found("NEG010", *searched, replace(SECTION_ENTRY, number="FM-9", unit="U03")) == []
    withdrawn = replace(SECTION_ENTRY, number="FM-9", unit="U03", state=NegativeState.WITHDRAWN)
    assert len(found("NEG010", *searched, withdrawn)) == 1


@pytest.mark.covers("S25")
def test_the_leadership_and_a_section_without_posts_owe_no_search_of_a_section() -> None:
    leadership = replace(SECTION, number="U03", name="领导班子", unit_kind=UnitKind.LEADERSHIP)
    its_post = replace(POST, number="P003", unit="U03")
    empty = replace(SECTION, number="U04", name="待设科室")

    assert found("NEG010", *ORGANISATION, leadership, its_post, empty, SECTION_ENTRY) == []
    assert found("NEG010", *ORGANISATION) == []
