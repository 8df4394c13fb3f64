"""The demo on whatever day it is loaded: a round has just begun, nothing is late, and the faults are those planted."""

from __future__ import annotations

import datetime

import pytest

from lianfang.foundation.lint.engine import run
from lianfang.foundation.lint.material import Material
from lianfang.kernel.calendar import is_known, is_workday
from lianfang.programme.plans.reader import read_plan
from lianfang.programme.plans.rows import DeadlineRow, PlanRow
from lianfang.programme.plans.rules import RULES as PLAN_RULES
from lianfang.site.demo import bureau
from lianfang.site.demo.bureau import TODAY
from lianfang.site.demo.days import dated, higher_plan_text, moved, plan_text
from lianfang.site.demo.tests.bureaus import MAIN_BUREAU, all_rows, of_bureau
from lianfang.site.rules import RULES

DAYS = [TODAY + datetime.timedelta(days=after) for after in (0, 1, 5, 33, 70, 150, 311, 400, 777, 1500)]
"""Weekdays and weekends, before and within holidays, in announced years and in years nobody has announced."""
on_any_day = pytest.mark.parametrize("today", DAYS, ids=str)


def _plan(today: datetime.date) -> PlanRow:
    return read_plan(plan_text(today))


def _last(deadline: DeadlineRow) -> datetime.date:
    day = deadline.date.last() if deadline.date else None
    assert day is not None
    return day


@on_any_day
@pytest.mark.covers("S11")
def test_the_plan_reads_as_four_stages_without_a_fault_in_its_calendar(today: datetime.date) -> None:
    plan = _plan(today)

    assert [stage.name for stage in plan.stages] == ["动员部署", "排查评级", "防控公开", "检验提高"]
    assert len(plan.deadlines) >= 7
    assert run(PLAN_RULES, Material([plan], today=today)).findings == ()


@on_any_day
@pytest.mark.covers("S3")
def test_the_plan_of_the_commission_is_cited_by_the_own_one_and_has_no_fault(today: datetime.date) -> None:
    higher = read_plan(higher_plan_text(today))

    assert [(cited.number, cited.title) for cited in _plan(today).upstream] == [(higher.document_number, higher.title)]
    assert run(PLAN_RULES, Material([higher], today=today)).findings == ()


@on_any_day
def test_the_first_stage_is_running_and_everything_that_is_due_lies_ahead(today: datetime.date) -> None:
    plan = _plan(today)
    due = [_last(deadline) for deadline in plan.deadlines]
    begun = plan.stages[0].start.first() if plan.stages[0].start else None

    assert begun
    assert begun <= today < due[0]
    assert due == sorted(due)
    assert due[0] - today < datetime.timedelta(days=21)


@on_any_day
def test_what_is_due_is_due_on_a_workday_as_far_as_announcements_reach(today: datetime.date) -> None:
    for day in map(_last, _plan(today).deadlines):
        assert is_workday(day) if is_known(day) else day.weekday() < 5


@on_any_day
def test_the_lists_say_of_themselves_on_any_day_what_was_planted_in_them(today: datetime.date) -> None:
    planted = bureau.defects()
    written = moved(bureau.with_defects(bureau.clean(), planted), today)

    rows = all_rows(of_bureau(written, MAIN_BUREAU))
    found = {(finding.code, finding.number) for finding in run(RULES, Material(rows, today=today)).findings}

    assert found == set().union(*(defect.expected for defect in planted))


def test_a_slot_takes_a_year_where_it_was_written_with_one_or_the_day_lies_in_a_later_one() -> None:
    today = datetime.date(2026, 11, 23)

    assert dated("{2026年7月13日}、{7月22日}、{9月8日}", today) == "2026年11月16日、11月25日、2027年1月12日"
    assert dated("〔{2026}〕9号，{2026年}方案", datetime.date(2028, 3, 1)) == "〔2028〕9号，2028年方案"
    assert dated("2026年8月15日起施行", today) == "2026年8月15日起施行"


def test_nothing_is_moved_to_an_earlier_day() -> None:
    written = bureau.clean()

    assert moved(written, TODAY - datetime.timedelta(days=90)) == written
