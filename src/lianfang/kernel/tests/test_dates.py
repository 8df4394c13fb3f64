"""Fuzzy dates: codes, Chinese forms, first and last days, and dates no calendar has."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.kernel.dates import BadDate, FuzzyDate, Part, parse_date

CODES = [
    ("2017-06-21", "2017年6月21日", "2017-06-21", "2017-06-21"),
    ("2017-06-early", "2017年6月上旬", "2017-06-01", "2017-06-10"),
    ("2017-06-mid", "2017年6月中旬", "2017-06-11", "2017-06-20"),
    ("2016-02-late", "2016年2月下旬", "2016-02-21", "2016-02-29"),
    ("2017-02-end", "2017年2月底", "2017-02-21", "2017-02-28"),
    ("2017-06", "2017年6月", "2017-06-01", "2017-06-30"),
    ("2017-H1", "2017年上半年", "2017-01-01", "2017-06-30"),
    ("2017-H2", "2017年下半年", "2017-07-01", "2017-12-31"),
    ("2017-Q3", "2017年第三季度", "2017-07-01", "2017-09-30"),
    ("2017-end", "2017年底", "2017-12-01", "2017-12-31"),
    ("2017", "2017年", "2017-01-01", "2017-12-31"),
]


@pytest.mark.covers("S12")
@pytest.mark.parametrize(("code", "chinese", "first", "last"), CODES)
def test_a_code_means_a_chinese_date_with_a_first_and_a_last_day(
    code: str, chinese: str, first: str, last: str
) -> None:
    date = parse_date(code)

    assert date.code == code
    assert date.chinese == chinese
    assert date.first() == dt.date.fromisoformat(first)
    assert date.last() == dt.date.fromisoformat(last)
    assert parse_date(chinese) == date


def test_a_date_without_a_year_has_no_days_until_the_year_is_known() -> None:
    date = parse_date("6月底")

    assert date.code == "XXXX-06-end"
    assert (date.first(), date.last()) == (None, None)
    assert date.in_year(2018).last() == dt.date(2018, 6, 30)


@pytest.mark.parametrize(
    "text", ["２０１７年６月２１日", "2017.6.21", "2017/6/21", " 2017 年 6 月 21 日 ", "2017-06-21", "2017年6月21号"]
)
def test_many_spellings_of_one_day_are_the_same_day(text: str) -> None:
    assert parse_date(text) == FuzzyDate(2017, 6, 21)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2017年13月", "“2017年13月”不是有效日期：月份应在1至12之间。"),
        ("2月30日", "“2月30日”不是有效日期：2月只有29天。"),
        ("2017年2月29日", "“2017年2月29日”不是有效日期：2月只有28天。"),
        ("2017-04-31", "“2017年4月31日”不是有效日期：4月只有30天。"),
        ("下个月", "“下个月”不是可以识别的日期。"),
        ("", "“”不是可以识别的日期。"),
    ],
)
def test_a_date_no_calendar_has_is_refused_with_its_reason(text: str, says: str) -> None:
    with pytest.raises(BadDate) as refused:
        parse_date(text)

    assert refused.value.message == says


def test_a_leap_day_can_not_move_to_a_common_year() -> None:
    with pytest.raises(BadDate):
        parse_date("2月29日").in_year(2017)


def test_a_day_has_no_ten_day_period_besides() -> None:
    with pytest.raises(BadDate):
        FuzzyDate(2017, 6, 21, Part.MID)


months = st.builds(
    FuzzyDate,
    st.none() | st.integers(1, 9999),
    st.integers(1, 12),
    st.none(),
    st.sampled_from([Part.WHOLE, Part.EARLY, Part.MID, Part.LATE, Part.END]),
)
years = st.builds(
    FuzzyDate,
    st.integers(1000, 9999),
    st.none(),
    st.none(),
    st.sampled_from([Part.WHOLE, Part.EARLY, Part.END, Part.H1, Part.H2, Part.Q1, Part.Q4]),
)


@given(months | years | st.dates().map(lambda day: FuzzyDate(day.year, day.month, day.day)))
def test_every_code_reads_back_as_the_same_date(date: FuzzyDate) -> None:
    assert parse_date(date.code) == date
    first, last = date.first(), date.last()
    assert first is None or last is None or first <= last
