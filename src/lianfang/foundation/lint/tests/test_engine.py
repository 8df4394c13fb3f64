"""The engine runs what it can, names what it cannot, applies waivers, and hides no failure."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest

from lianfang.foundation.lint.engine import UnknownRule, run, select, stream
from lianfang.foundation.lint.material import Material
from lianfang.foundation.lint.rows import WaiverRow, text_digest
from lianfang.foundation.lint.rule import Rule
from lianfang.foundation.lint.rules import RULES
from lianfang.foundation.organisation.rows import PostRank, PostRow, TenureRow, UnitKind, UnitRow
from lianfang.kernel.findings import Dimension, Finding, Severity
from lianfang.kernel.sectors import Sector

TODAY = datetime.date(2026, 10, 30)
BUREAU = UnitRow(number="U01", name="生态环境分局", unit_kind=UnitKind.BRANCH, sector=Sector.ENVIRONMENT)
LEADER = PostRow(number="P001", unit="U01", name="局长", rank=PostRank.LEADER, duty="主持全面工作。")
CLERK = PostRow(number="P002", unit="U01", name="受理岗", duty="受理申请材料。")
WAIVER = WaiverRow(
    number="HM-001",
    rule="ORG001",
    entry_kind="posts",
    entry="P001",
    reason="机构改革过渡期，职责另文下达",
    approver="局党组会",
    expires=datetime.date(2026, 12, 31),
    text=text_digest(LEADER),
)


def material(*rows: UnitRow | PostRow | TenureRow) -> Material:
    """A bureau on the day of the test."""
    return Material(rows, today=TODAY)


def test_a_finding_carries_code_weight_dimension_register_and_unit_of_its_rule() -> None:
    report = run(RULES, material(BUREAU, LEADER, CLERK))

    (finding,) = report.findings
    assert (finding.code, finding.severity, finding.dimension) == ("ORG001", Severity.ERROR, Dimension.COMPLETENESS)
    assert (finding.kind, finding.number, finding.unit, finding.field) == ("posts", "P001", "U01", "integrity_duty")
    assert report.blocking == report.about("posts", "P001") == (finding,)


def test_rules_whose_registers_are_not_loaded_are_named_and_not_guessed() -> None:
    report = run(RULES, material(CLERK))

    assert [(item.code, item.missing) for item in report.skipped] == [("ORG002", ("单位",)), ("ORG004", ("单位",))]
    assert "ORG002" not in report.ran
    assert report.findings == ()


def test_an_empty_register_is_loaded_all_the_same() -> None:
    report = run(RULES, Material([CLERK], registers=(UnitRow,), today=TODAY))

    assert [finding.code for finding in report.findings] == ["ORG002"]


def test_a_valid_waiver_moves_its_finding_aside_but_keeps_it_visible() -> None:
    report = run(RULES, material(BUREAU, LEADER), waivers=[WAIVER])

    assert report.findings == ()
    assert [(item.finding.code, item.waiver.number) for item in report.waived] == [("ORG001", "HM-001")]
    assert report.counts() == {"E": 0, "W": 0, "I": 0, "waived": 1}


@pytest.mark.parametrize(("day", "holds"), [(30, True), (29, False)])
def test_a_waiver_holds_on_its_last_day_and_not_after(day: int, *, holds: bool) -> None:
    waiver = replace(WAIVER, expires=datetime.date(2026, 10, day))

    report = run(RULES, material(BUREAU, LEADER), waivers=[waiver])

    assert (report.findings == ()) is holds
    assert report.expired == (() if holds else (waiver,))


def test_a_waiver_covers_what_it_was_granted_for_and_nothing_written_later() -> None:
    rewritten = replace(LEADER, duty="主持全面工作，分管财务。")

    report = run(RULES, material(BUREAU, rewritten), waivers=[WAIVER])

    assert (report.waived, report.outdated) == ((), (WAIVER,))
    assert [finding.code for finding in report.findings] == ["ORG001"]
    assert run(RULES, material(BUREAU, LEADER), waivers=[replace(WAIVER, text="")]).waived == ()


def test_a_waiver_without_reason_or_approver_waives_nothing_and_is_reported() -> None:
    waivers = [replace(WAIVER, reason=" "), replace(WAIVER, number="HM-002", approver="")]

    report = run(RULES, material(BUREAU, LEADER), waivers=waivers)

    assert [finding.code for finding in report.findings] == ["ORG001"]
    assert report.incomplete == tuple(waivers)


def test_a_waiver_for_another_entry_is_reported_as_unused() -> None:
    stray = replace(WAIVER, entry="P999")

    report = run(RULES, material(BUREAU, LEADER), waivers=[stray])

    assert len(report.findings) == 1
    assert report.unused == (stray,)


def test_rules_can_be_picked_by_code_and_by_family() -> None:
    assert [rule.code for rule in select(RULES, only=["ORG"])] == ["ORG001", "ORG002", "ORG004"]
    assert [rule.code for rule in select(RULES, only=["ORG"], ignore=["ORG002"])] == ["ORG001", "ORG004"]


def test_a_name_that_no_rule_has_is_refused() -> None:
    with pytest.raises(UnknownRule, match="PWR999"):
        select(RULES, ignore=["PWR999"])


def test_a_check_that_fails_stops_the_run_instead_of_looking_clean() -> None:
    def broken(rows: Iterable[PostRow]) -> Iterator[Finding]:
        yield Finding("P001", "name", "先报告一条。")
        raise ZeroDivisionError

    rule = replace(RULES[0], check=broken)

    with pytest.raises(ZeroDivisionError):
        run([rule], material(LEADER))


def test_streaming_finds_what_a_run_finds_with_rules_about_single_entries() -> None:
    posts = [replace(LEADER, number=f"P{place}") for place in range(4_500)] + [CLERK]

    rows: list[UnitRow | PostRow] = [BUREAU, *posts]
    streamed = list(stream(RULES, iter(rows)))

    ran = run([rule for rule in RULES if rule.is_row_rule], material(BUREAU, *posts)).findings
    assert sorted(streamed, key=lambda found: found.number) == sorted(ran, key=lambda found: found.number)
    assert len(streamed) == 4_500


def test_a_severity_that_the_check_sets_itself_is_kept() -> None:
    def lenient(rows: Iterable[PostRow]) -> Iterator[Finding]:
        yield Finding("P001", "name", "只是提示。", severity=Severity.HINT)

    report = run([replace(RULES[0], check=lenient)], material(LEADER))

    assert [finding.severity for finding in report.findings] == [Severity.HINT]
    assert report.blocking == ()


def test_findings_come_in_the_same_order_whatever_the_order_of_the_entries() -> None:
    posts = [replace(LEADER, number=f"P{place:03}") for place in range(20)]

    forward, backward = (run(RULES, material(BUREAU, *order)).findings for order in (posts, posts[::-1]))

    assert forward == backward


def test_a_report_is_plain_json() -> None:
    report = run(RULES, material(BUREAU, LEADER, CLERK), waivers=[replace(WAIVER, entry="P999")])

    written = json.loads(json.dumps(report.as_json(), ensure_ascii=False))

    assert written["day"] == "2026-10-30"
    assert written["findings"][0]["severity"] == "E"
    assert written["unused"][0]["expires"] == "2026-12-31"
    assert written["scores"][0]["unit"] == "U01"


@pytest.mark.covers("S54")
def test_a_score_is_the_weighted_share_of_entries_without_open_errors_and_warnings() -> None:
    sound = replace(LEADER, number="P003", integrity_duty="每半年听取一次廉政情况报告。")

    report = run(RULES, material(BUREAU, LEADER, CLERK, sound))

    by_dimension = {score.dimension: score for score in report.scores if score.unit == "U01"}
    complete, accurate = by_dimension[Dimension.COMPLETENESS], by_dimension[Dimension.ACCURACY]
    assert (complete.clean, complete.objects, complete.per_cent) == (3, 4, 75)
    assert (accurate.clean, accurate.objects, accurate.per_cent) == (4, 4, 100)


def test_waived_findings_and_hints_do_not_lower_a_score() -> None:
    waived = run(RULES, material(BUREAU, LEADER), waivers=[WAIVER])

    assert {score.per_cent for score in waived.scores} == {100}


def test_an_entry_without_unit_belongs_where_the_entry_it_speaks_of_belongs() -> None:
    tenure = TenureRow(number="T001", person="M001", post="P002", start=TODAY)
    here = material(BUREAU, CLERK, tenure)

    assert here.unit_of(tenure) == "U01"
    assert here.bureau() == "U01"


def test_a_rule_about_the_whole_list_points_to_the_bureau() -> None:
    report = run(RULES, material(BUREAU, CLERK))

    assert [(found.code, found.kind, found.number, found.unit) for found in report.findings] == [
        ("ORG002", "units", "U01", "U01")
    ]


def test_every_rule_here_is_a_rule_value_with_an_explanation() -> None:
    rule: Rule
    for rule in RULES:
        assert set(rule.explanation) == {"检查什么", "为什么", "怎么改", "来源"}
