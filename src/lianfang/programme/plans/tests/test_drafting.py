"""From the reading to the draft and back: nothing that was read is lost, and rules judge what a person corrected."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import replace

import pytest

from lianfang.foundation.organisation.rows import UnitKind, UnitRow
from lianfang.kernel.findings import Severity
from lianfang.programme.plans.drafting import (
    Origin,
    blocking,
    draft_findings,
    draft_of,
    obstacles,
    plan_of,
    with_settled,
)
from lianfang.programme.plans.owing import owed_by
from lianfang.programme.plans.programme_rows import CalendarPolicy, ProgrammeRow
from lianfang.programme.plans.reader import read_plan
from lianfang.programme.plans.rows import PlanRow
from lianfang.programme.plans.tests.plan_of_linjiang import PLAN
from lianfang.programme.plans.timeline import timeline_of

ISSUED = datetime.date(2026, 3, 2)

UNITS = (
    UnitRow(number="LH", name="临江分局", unit_kind=UnitKind.BRANCH, parent="JW"),
    UnitRow(number="LH-WRF", name="污染防治科", unit_kind=UnitKind.SECTION, parent="LH"),
    UnitRow(number="LH-ZF", name="综合执法大队", unit_kind=UnitKind.BRIGADE, parent="LH"),
)
COMMISSION = UnitRow(number="JW", name="临江区纪委监委", unit_kind=UnitKind.COMMISSION)
ORIGIN = Origin("LH", UNITS, "方案.txt")


@pytest.fixture
def read() -> PlanRow:
    return read_plan(PLAN, number="LH-F001")


@pytest.fixture
def draft(read: PlanRow) -> ProgrammeRow:
    return draft_of(read, ORIGIN)


@pytest.mark.covers("S2", "S3", "S4")
def test_the_draft_carries_the_frame_of_the_plan(draft: ProgrammeRow) -> None:
    assert draft.title == "临江分局廉洁风险防控工作实施方案"
    assert draft.issuer == "临江分局"
    assert draft.document_number == ""
    assert str(draft.issued_on) == "2026-03-02"
    assert draft.cycle_year == 2026
    assert draft.upstream == ("临纪〔2026〕3号《临江区廉洁风险防控工作意见》",)
    assert draft.purpose == "为了把风险防在前面，让每个岗位知道哪里容易出错"
    assert draft.text_digest == hashlib.sha256(PLAN.encode()).hexdigest()


def test_an_uncorrected_draft_gives_the_rules_exactly_what_was_read(draft: ProgrammeRow, read: PlanRow) -> None:
    again = plan_of(draft, read)

    assert [replace(stage, body=stage.span) for stage in read.stages] == list(again.stages)
    assert read.tasks == again.tasks
    assert [(row.date, row.stage, row.deliverables, row.date_span) for row in read.deadlines] == [
        (row.date, row.stage, row.deliverables, row.date_span) for row in again.deadlines
    ]


@pytest.mark.covers("S32", "S51")
def test_closing_a_gap_by_hand_takes_its_finding_away(draft: ProgrammeRow, read: PlanRow) -> None:
    first, second, third = draft.stages
    corrected = replace(draft, stages=(first, replace(second, start="2026-03-11", end="2026-05-31"), third))

    assert sum(found.code == "PRG002" for found in draft_findings(draft, read, ORIGIN)) == 2
    assert not [found for found in draft_findings(corrected, read, ORIGIN) if found.code == "PRG002"]


@pytest.mark.covers("S11", "S12")
def test_a_stage_without_an_end_stands_against_confirming(draft: ProgrammeRow, read: PlanRow) -> None:
    corrected = replace(draft, stages=(replace(draft.stages[0], start="", end=""), *draft.stages[1:]))

    errors = [found for found in blocking(draft_findings(corrected, read, ORIGIN)) if found.severity is Severity.ERROR]

    assert [found.code for found in errors] == ["PRG001"]


@pytest.mark.covers("S31")
def test_a_deadline_that_no_unit_has_to_meet_stands_against_confirming(draft: ProgrammeRow, read: PlanRow) -> None:
    nobody = replace(draft.deadlines[0], units=(), submitter="宣传教育处")
    corrected = replace(draft, deadlines=(nobody, draft.deadlines[1]))

    errors = [found for found in blocking(draft_findings(corrected, read, ORIGIN)) if found.severity is Severity.ERROR]

    assert [found.code for found in errors] == ["PRG005"]
    assert "宣传教育处" in errors[0].message


def test_slips_of_the_wording_never_stand_against_confirming(read: PlanRow, draft: ProgrammeRow) -> None:
    slipped = read_plan(PLAN.replace("定本方案", "定本方案，由局办公室布署落实"), number=read.number)

    found = draft_findings(draft, slipped, ORIGIN)

    assert "DOC004" in {one.code for one in found}
    assert "DOC004" not in {one.code for one in blocking(found)}


def test_a_unit_that_the_wording_covers_and_nobody_ticked_is_remembered(draft: ProgrammeRow) -> None:
    only_one = replace(draft.deadlines[0], units=("LH-WRF",))

    kept = with_settled(replace(draft, deadlines=(only_one, draft.deadlines[1])), ORIGIN)

    assert [item.spared for item in kept.deadlines] == [("LH-ZF",), ()]


def test_what_makes_a_draft_impossible_to_confirm_is_said_line_by_line(draft: ProgrammeRow) -> None:
    first, second, _ = draft.stages
    spoilt = replace(
        draft,
        title="",
        stages=(first, replace(second, ordinal=1)),
        deadlines=(replace(draft.deadlines[0], due="XXXX-04-24"), replace(draft.deadlines[1], deliverables=())),
    )

    assert obstacles(draft) == ()
    assert obstacles(spoilt) == (
        "方案没有名称。",
        "有两个第1阶段。",
        "“职权目录、风险点清单”的期限“4月24日”没有年份。",
        "2026年6月26日的期限没有写报送什么。",
    )


@pytest.mark.covers("S11", "S16", "S31")
def test_confirming_would_create_one_submission_for_each_unit_and_deliverable(draft: ProgrammeRow) -> None:
    owed = owed_by(draft, (COMMISSION, *UNITS), UNITS)

    assert next((stage.number, stage.name) for stage in owed.stages) == ("LH-F001-J001", "学习动员")
    assert [task.stage for task in owed.tasks] == ["LH-F001-J001", "LH-F001-J002", "LH-F001-J002", "LH-F001-J003"]
    assert [row.name for row in owed.deliverables] == ["职权目录", "风险点清单", "工作总结"]
    assert len(owed.submissions) == 3 * 2
    assert owed.submissions[0].number == "LH-F001-B001.LH-WRF"
    assert [duty.cycle.label for duty in owed.duties] == ["每季度"]


def test_the_commission_is_found_as_the_receiver(draft: ProgrammeRow) -> None:
    upwards = replace(draft.deadlines[0], receivers=("区纪委",), policy=CalendarPolicy.NEXT)

    owed = owed_by(replace(draft, deadlines=(upwards,)), (COMMISSION, *UNITS), UNITS)

    assert {(row.receiver, row.receiver_unit) for row in owed.deliverables} == {("区纪委", "JW")}


@pytest.mark.covers("S11")
def test_the_line_of_time_keeps_order_and_proportion(draft: ProgrammeRow) -> None:
    owed = owed_by(draft, (COMMISSION, *UNITS), UNITS)

    line = timeline_of(owed.stages, owed.deliverables, ISSUED)

    assert line is not None
    first, second, third = line.bars
    assert first.x < second.x < third.x
    assert second.width > 4 * first.width
    assert [flag.label for flag in line.flags] == ["4月24日", "6月26日"]
    assert [tick.label for tick in line.ticks] == ["2026年3月", "4月", "5月", "6月"]
    assert all(bar.x + bar.width <= line.width for bar in line.bars)
    assert line.today is not None


def test_without_any_dated_stage_there_is_no_line_of_time(draft: ProgrammeRow) -> None:
    undated = replace(draft, stages=tuple(replace(stage, start="", end="") for stage in draft.stages))
    owed = owed_by(undated, (COMMISSION, *UNITS), UNITS)

    assert timeline_of(owed.stages, owed.deliverables, ISSUED) is None
