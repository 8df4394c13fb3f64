"""Definitions and values as pure values: ranges, units, reading, defaults, and who decides."""

from __future__ import annotations

from dataclasses import fields

import pytest

from lianfang.foundation.accounts.roles import Role
from lianfang.foundation.parameters.definitions import Definition, by_code, definition_in
from lianfang.foundation.parameters.inventory import BY_CODE, PARAMETERS
from lianfang.foundation.parameters.rows import NOTHING_OWN, AdjustmentRow
from lianfang.foundation.parameters.values import Parameters
from lianfang.foundation.parameters.words import BureauLevel, Measure, Pace
from lianfang.kernel.errors import Absent, Invalid
from lianfang.kernel.levels import Grade

TERMS = {"连续", "定期", "及时", "一定形式", "视不同情况"}
"""The words by which the founding document leaves a quantity open (S88)."""


@pytest.mark.covers("S88")
def test_every_word_that_the_plan_leaves_open_is_given_a_meaning_by_a_parameter() -> None:
    assert {definition.term for definition in PARAMETERS} >= TERMS


@pytest.mark.covers("S88")
def test_every_parameter_has_a_meaning_a_source_an_owner_an_approver_and_a_default_within_its_range() -> None:
    for definition in PARAMETERS:
        assert definition.meaning.endswith("。"), definition.code
        assert definition.sources, definition.code
        assert definition.deciders.owners, definition.code
        assert definition.deciders.approvers, definition.code
        assert definition.read(definition.written(definition.default)) == definition.default, definition.code


def test_values_and_definitions_name_the_same_parameters() -> None:
    assert {item.name for item in fields(Parameters)} == set(BY_CODE)


def test_whoever_proposes_for_a_bureau_never_approves_there() -> None:
    own = [definition for definition in PARAMETERS if not definition.is_for_commission]

    assert all(not set(one.deciders.owners) & set(one.deciders.approvers) for one in own)
    assert BY_CODE["least_raters"].deciders.owners == (Role.COORDINATOR,)
    assert BY_CODE["bureau_level"].deciders.owners == (Role.LEGAL,)
    assert BY_CODE["red_events"].deciders.owners == (Role.COMMISSION,)


@pytest.mark.parametrize(
    ("code", "text", "value"),
    [("least_raters", " 5 ", 5), ("bureau_level", "市级", BureauLevel.CITY), ("pace_high", "每季", Pace.QUARTERLY)],
)
def test_a_value_is_read_in_the_words_of_a_form(code: str, text: str, value: object) -> None:
    assert BY_CODE[code].read(text) == value


@pytest.mark.parametrize(
    ("code", "text", "advice"),
    [
        ("least_raters", "2", "3 至 15 人"),
        ("least_raters", "三", "3 至 15 人"),
        ("least_raters", "²", "3 至 15 人"),
        ("least_raters", "9" * 30, "3 至 15 人"),
        ("other_share", "101", "1 至 100%"),
        ("regrade_months", "13", "1 至 12 个月"),
        ("bureau_level", "乡级", "县区级、设区的市级、省级"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_what_to_write(code: str, text: str, advice: str) -> None:
    with pytest.raises(Invalid, match=BY_CODE[code].name) as refused:
        BY_CODE[code].read(text)

    assert advice in refused.value.remedy


def test_a_value_is_shown_with_its_unit() -> None:
    assert BY_CODE["least_raters"].shown(4) == "4 人"
    assert BY_CODE["other_share"].shown_text("25") == "25%"
    assert BY_CODE["bureau_level"].shown(BureauLevel.CITY) == "设区的市级"


def test_the_kind_of_quantity_follows_from_the_unit() -> None:
    measures = {code: BY_CODE[code].measure for code in ("waiver_days", "review_workdays", "red_months", "pace_low")}

    assert list(measures.values()) == [Measure.DAYS, Measure.WORKDAYS, Measure.MONTHS, Measure.CHOICE]
    assert BY_CODE["other_share"].measure is Measure.SHARE
    assert BY_CODE["least_raters"].measure is Measure.COUNT


def test_decided_values_lie_over_the_defaults_and_unknown_ones_are_left_out() -> None:
    values = Parameters.of({"least_raters": "4", "bureau_level": "city", "gone": "1", "open_gap": "many"})

    assert values == Parameters(least_raters=4, bureau_level=BureauLevel.CITY)
    assert values.departing() == {"bureau_level": "city", "least_raters": "4"}
    assert Parameters().departing() == {}


def test_what_was_approved_stays_in_force_when_a_later_version_allows_less() -> None:
    assert Parameters.of({"least_raters": "2"}).least_raters == 2


def test_high_risks_are_treated_at_least_as_strictly_as_low_ones() -> None:
    values = Parameters()

    assert [values.measures(grade) for grade in (Grade.HIGH, Grade.MEDIUM, Grade.LOW)] == [2, 1, 1]
    assert [values.pace(grade) for grade in (Grade.HIGH, Grade.LOW)] == [Pace.MONTHLY, Pace.YEARLY]
    assert [values.test_months(grade) for grade in (Grade.HIGH, Grade.MEDIUM, Grade.LOW)] == [3, 6, 12]


def test_an_adjustment_reads_as_one_sentence() -> None:
    row = AdjustmentRow(
        number="LH-V001", unit="LH", parameter="least_raters", name="最少评分人数", before="3", value="4"
    )

    assert row.title == "最少评分人数：3 人 → 4 人"
    assert AdjustmentRow(number="LH-V002", unit="LH", parameter="gone", value="7").shown_value == "7"
    assert row.shown_before == "3 人"
    assert AdjustmentRow(number="LH-V003", unit="LH", parameter="least_raters").shown_value == NOTHING_OWN


def test_a_code_stands_for_one_parameter() -> None:
    with pytest.raises(ValueError, match="share a code"):
        by_code((PARAMETERS[0], PARAMETERS[0]))
    with pytest.raises(Absent, match="没有代码为“gone”的参数"):
        definition_in(BY_CODE, "gone")


def test_a_definition_without_words_is_a_whole_number() -> None:
    assert isinstance(BY_CODE["waiver_days"], Definition)
    assert BY_CODE["waiver_days"].parsed("") is None
