"""Rules about posts: two duties for every leader, and one first responsible person."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest

from lianfang.foundation.lint.engine import run
from lianfang.foundation.lint.material import Material
from lianfang.foundation.lint.roster import Roster
from lianfang.foundation.lint.rules import RULES
from lianfang.foundation.organisation.rows import (
    PersonRow,
    PostRank,
    PostRow,
    TenureRow,
    UnitKind,
    UnitRow,
)
from lianfang.kernel.findings import Finding, Severity
from lianfang.kernel.rows import Row

TODAY = datetime.date(2026, 10, 30)
BUREAU = UnitRow(number="U01", name="生态环境分局", unit_kind=UnitKind.BRANCH)
HEAD = PostRow(
    number="P1",
    unit="U01",
    name="法规科科长",
    rank=PostRank.HEAD,
    duty="主持法规科工作。",
    integrity_duty="每月抽查一次案卷。",
)
CLERK = PostRow(number="P2", unit="U01", name="案件审查岗", duty="审查案件。")


def found(code: str, *rows: Row) -> list[Finding]:
    """What one rule says about these rows."""
    return list(run(RULES, Material(rows, today=TODAY, registers=(UnitRow, PostRow)), only=[code]).findings)


@pytest.mark.covers("S8")
@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"duty": ""}, "未写明岗位职责"),
        ({"integrity_duty": " "}, "未写明廉政职责"),
        ({"duty": "", "integrity_duty": ""}, "未写明岗位职责和廉政职责"),
        ({"integrity_duty": "主持 法规科工作。"}, "同一段话"),
    ],
)
def test_a_leaders_post_carries_two_different_duties(changes: dict[str, Any], told: str) -> None:
    (finding,) = found("ORG001", replace(HEAD, **changes))

    assert told in finding.message


@pytest.mark.covers("S8")
def test_staff_closed_posts_and_posts_out_of_scope_need_no_second_duty() -> None:
    bare = replace(HEAD, integrity_duty="")

    assert found("ORG001", HEAD, CLERK) == []
    assert found("ORG001", replace(bare, closed_on=TODAY), replace(bare, number="P3", in_scope=False)) == []


@pytest.mark.covers("S72")
def test_a_bureau_has_a_first_responsible_person() -> None:
    leader = replace(HEAD, number="P0", rank=PostRank.LEADER)

    assert [finding.number for finding in found("ORG002", BUREAU, HEAD, CLERK)] == ["U01"]
    assert found("ORG002", BUREAU, HEAD, leader) == []
    assert found("ORG002", BUREAU) == []
    assert len(found("ORG002", BUREAU, HEAD, replace(leader, closed_on=TODAY))) == 1


def test_a_typed_name_stands_for_the_one_person_who_bears_it_and_for_their_rank_today() -> None:
    people = [PersonRow(number=f"M{n}", name=name) for n, name in enumerate(("王科长", "李审查", "李审查"))]
    tenures = [
        TenureRow(number="T0", person="M0", post="P1", start=datetime.date(2020, 1, 1)),
        TenureRow(number="T1", person="M1", post="P2", start=datetime.date(2020, 1, 1), end=TODAY),
    ]
    roster = Roster(Material([BUREAU, HEAD, CLERK, *people, *tenures], today=TODAY))

    assert roster.rank_of("王科长") is roster.rank_of("M0") is roster.rank_of("P1") is PostRank.HEAD
    assert roster.rank_of("分管领导") is PostRank.DEPUTY
    assert roster.rank_of("外聘专家") is None
    assert roster.person("李审查") is None
    assert [person.number for person in roster.members("U01", TODAY)] == ["M0", "M1"]
    assert [person.number for person in roster.members("U01", TODAY + datetime.timedelta(days=1))] == ["M0"]


def test_a_bureau_without_a_stated_field_is_hinted_at_and_a_section_is_not() -> None:
    section = UnitRow(number="U02", name="法规科", unit_kind=UnitKind.SECTION, parent="U01")

    report = run(RULES, Material([BUREAU, section], today=TODAY), only=["ORG004"])

    assert [(found.number, found.severity) for found in report.findings] == [("U01", Severity.HINT)]
