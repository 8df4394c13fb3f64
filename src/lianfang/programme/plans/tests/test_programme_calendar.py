"""PRG001 to PRG004 on a programme as it is kept: the finding names the stage or the deliverable."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from lianfang.foundation.lint.engine import run
from lianfang.foundation.lint.material import Material
from lianfang.foundation.organisation.rows import UnitKind, UnitRow
from lianfang.kernel.findings import Dimension
from lianfang.kernel.rows import Row
from lianfang.programme.plans.owed_rows import DeliverableRow, ProgrammeStageRow
from lianfang.programme.plans.programme_rows import CalendarPolicy, ProgrammeRow
from lianfang.programme.plans.programme_rules import RULES

BUREAU = UnitRow(number="LH", name="临河分局", unit_kind=UnitKind.BRANCH)
PROGRAMME = ProgrammeRow(number="LH-F001", unit="LH", title="实施方案")
STAGES = tuple(
    ProgrammeStageRow(number=f"LH-F001-J{n:03}", programme="LH-F001", ordinal=n, name=name, start=start, end=end)
    for n, (name, start, end) in enumerate(
        [
            ("动员部署", "2026-06-08", "2026-06-30"),
            ("排查风险", "2026-07-01", "2026-07-24"),
            ("落实措施", "2026-07-27", "2026-08-31"),
        ],
        start=1,
    )
)
LIST = DeliverableRow(
    number="LH-F001-B001", programme="LH-F001", name="权力清单", stage="LH-F001-J002", due="2026-07-17"
)
LEDGER = replace(LIST, number="LH-F001-B002", name="台账", stage="LH-F001-J003", due="2026-08-28")


def said(*rows: Row) -> set[tuple[str, str, str]]:
    """``(code, kind, number)`` of everything the rules find in a programme made of these rows."""
    report = run(RULES, Material([BUREAU, PROGRAMME, *rows], today=dt.date(2026, 7, 1)))
    assert all(found.unit == "LH" and found.dimension is Dimension.ORDER for found in report.findings)
    return {(found.code, found.kind, found.number) for found in report.findings}


@pytest.mark.covers("S32", "S51")
def test_a_gap_is_found_on_the_stage_that_begins_too_late() -> None:
    late = replace(STAGES[1], start="2026-07-08")

    assert said(STAGES[0], late, LIST) == {("PRG002", "stages", "LH-F001-J002")}


@pytest.mark.covers("S50")
def test_a_weekend_between_two_stages_is_a_gap_of_two_days() -> None:
    assert said(*STAGES, LIST, LEDGER) == {("PRG002", "stages", "LH-F001-J003")}


@pytest.mark.covers("S31", "S50")
def test_what_is_due_outside_its_stage_or_on_a_rest_day_is_found_on_the_deliverable() -> None:
    assert said(*STAGES[:2], replace(LIST, due="2026-07-31")) == {("PRG003", "deliverables", "LH-F001-B001")}
    assert said(*STAGES[:2], replace(LIST, due="2026-07-18")) == {("PRG004", "deliverables", "LH-F001-B001")}


def test_a_rest_day_for_which_somebody_chose_another_day_is_settled() -> None:
    moved = replace(LIST, due="2026-07-18", calendar_policy=CalendarPolicy.PREVIOUS)

    assert said(*STAGES[:2], moved) == set()


@pytest.mark.covers("S11", "S12")
def test_a_stage_without_its_days_is_found() -> None:
    assert said(STAGES[0], replace(STAGES[1], end="")) == {("PRG001", "stages", "LH-F001-J002")}


def test_two_programmes_are_judged_apart() -> None:
    other = ProgrammeRow(number="LH-F002", unit="LH", title="另一份方案")
    its_stage = replace(STAGES[0], number="LH-F002-J001", programme="LH-F002", start="2025-06-09", end="2025-06-30")

    assert said(other, *STAGES[:2], its_stage, LIST) == set()


def test_each_stage_and_deliverable_counts_in_the_score_of_the_order() -> None:
    late = replace(STAGES[1], start="2026-07-08")
    report = run(RULES, Material([BUREAU, PROGRAMME, STAGES[0], late, LIST], today=dt.date(2026, 7, 1)))

    (score,) = (score for score in report.scores if score.dimension is Dimension.ORDER)

    assert (score.unit, score.clean, score.objects, score.per_cent) == ("LH", 2, 3, 66)
