"""The reader on written plans of every family, and on what must not be taken for a stage or a deadline."""

from __future__ import annotations

import re

import pytest

from lianfang.programme.plans.reader import read_plan
from lianfang.programme.plans.reader.source import regular
from lianfang.programme.plans.tests.plan_cases import CASES, Case
from lianfang.programme.plans.tests.plan_cases_further import FURTHER_CASES
from lianfang.programme.plans.tests.plan_cases_harder import HARDER_CASES
from lianfang.programme.plans.tests.plan_cases_rare import RARE_CASES
from lianfang.programme.plans.tests.plan_cases_torn import TORN_CASES
from lianfang.programme.plans.tests.plan_cases_unseen import UNSEEN_CASES
from lianfang.programme.plans.tests.plan_cases_whole import WHOLE_CASES
from lianfang.programme.plans.tests.plan_cases_wild import WILD_CASES

FIRST_CASES = (*CASES, *HARDER_CASES, *RARE_CASES, *UNSEEN_CASES, *FURTHER_CASES)
CASES_OF_ALL_SHAPES = (*FIRST_CASES, *WILD_CASES, *TORN_CASES, *WHOLE_CASES)
ALL_CASES = [pytest.param(case, id=case.shows) for case in CASES_OF_ALL_SHAPES]


@pytest.mark.covers("S11", "S12")
@pytest.mark.parametrize("case", ALL_CASES)
def test_stages_of_every_style_are_read_with_name_and_dates(case: Case) -> None:
    plan = read_plan(case.text)

    assert (
        tuple(
            (s.ordinal, s.name, s.start.code if s.start else None, s.end.code if s.end else None) for s in plan.stages
        )
        == case.stages
    )


@pytest.mark.covers("S17", "S31", "S50", "S70")
@pytest.mark.parametrize("case", ALL_CASES)
def test_deadlines_of_every_style_are_read_with_papers_and_receivers(case: Case) -> None:
    plan = read_plan(case.text)

    assert (
        tuple((row.date.code if row.date else None, row.deliverables, row.receivers) for row in plan.deadlines)
        == case.deadlines
    )


@pytest.mark.parametrize("case", ALL_CASES)
def test_every_place_points_into_the_raw_text(case: Case) -> None:
    plan = read_plan(case.text)

    dated = [row.span for row in plan.deadlines] + [row.span for row in plan.milestones]
    headed = [row.span for row in plan.stages] + [row.span for row in plan.tasks]
    named = [row.span for row in plan.lists] + [row.span for row in plan.periodic]
    for span in (*dated, *headed, *named):
        assert 0 <= span.start < span.end <= len(case.text)
    for stage in plan.stages:
        assert case.text[stage.span.start] not in "，。；、"
    for row in plan.deadlines:
        if row.date_span and row.date and row.date.day and "〇" not in row.date_text:
            assert str(row.date.day)[0] in case.text[row.date_span.start : row.date_span.end].translate(_PLAIN)


@pytest.mark.covers("S87")
@pytest.mark.parametrize("case", ALL_CASES)
def test_names_of_stages_and_tasks_are_the_characters_of_their_places(case: Case) -> None:
    plan = read_plan(case.text)

    named = [(stage.name, stage.span) for stage in plan.stages]
    named += [(task.name, task.span) for task in plan.tasks]
    for name, span in (*named, *((row.text, row.span) for row in plan.lists)):
        assert _words(name) in _words(case.text[span.start : span.end])


@pytest.mark.covers("S87")
@pytest.mark.parametrize("case", WHOLE_CASES, ids=[case.shows for case in WHOLE_CASES])
def test_papers_stand_in_the_place_of_their_deadline_or_before_it(case: Case) -> None:
    for row in read_plan(case.text).deadlines:
        for paper in row.deliverables:
            assert _words(paper) in _words(case.text[: row.span.end])
        for receiver in row.receivers:
            assert _words(receiver) in _words(case.text[row.span.start : row.span.end])
        if row.date_span:
            assert row.span.start <= row.date_span.start < row.date_span.end <= row.span.end


def _words(text: str) -> str:
    """``text`` in its regular form without marks and blanks."""
    return re.sub(r"[^\w]", "", regular(text).text)


_PLAIN = str.maketrans("０１２３４５６７８９Ol", "012345678901")
