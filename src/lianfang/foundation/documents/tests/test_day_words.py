"""Days in Chinese figures and terms of office are read as they are written, and never as anything near to it."""

from __future__ import annotations

import datetime

import pytest

from lianfang.foundation.documents.cells import CellFault, parse_date
from lianfang.foundation.documents.day_words import Stretch, days_in_digits, month_in, stretch_in

day = datetime.date


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("二〇二六年三月五日", day(2026, 3, 5)),
        ("二○二六年十二月二十一日", day(2026, 12, 21)),
        ("二零二六年十月十日", day(2026, 10, 10)),
        ("二０二六年元月三十一日", day(2026, 1, 31)),
        ("二〇二六年六月廿三日", day(2026, 6, 23)),
        ("2026. 3. 5", day(2026, 3, 5)),
        ("２０２６．３．５", day(2026, 3, 5)),
        ("2026年3月5号", day(2026, 3, 5)),
    ],
)
def test_a_day_in_chinese_figures_is_that_day(written: str, meant: day) -> None:
    assert parse_date(written) == meant


@pytest.mark.parametrize(
    "written", ["二〇二六年二月三十日", "二〇二六年三月", "二六年三月五日", "二〇二六年十三月五日"]
)
def test_a_day_that_is_none_is_refused_as_it_was_written(written: str) -> None:
    with pytest.raises(CellFault, match=written):
        parse_date(written)


def test_other_words_are_left_alone() -> None:
    assert days_in_digits("一年一次，三月五日前") == "一年一次，三月五日前"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2021.03—2024.06", Stretch(day(2021, 3, 1), day(2024, 6, 30), vague_start=True, vague_end=True)),
        ("2021.3-2024.2", Stretch(day(2021, 3, 1), day(2024, 2, 29), vague_start=True, vague_end=True)),
        ("2021-03-2024-06", Stretch(day(2021, 3, 1), day(2024, 6, 30), vague_start=True, vague_end=True)),
        ("2021-03-05至2024-06-07", Stretch(day(2021, 3, 5), day(2024, 6, 7))),
        ("2021/3/5~2024/6/7", Stretch(day(2021, 3, 5), day(2024, 6, 7))),
        ("202103-202406", Stretch(day(2021, 3, 1), day(2024, 6, 30), vague_start=True, vague_end=True)),
        ("20210305—20240607", Stretch(day(2021, 3, 5), day(2024, 6, 7))),
        ("2023年5月至今", Stretch(day(2023, 5, 1), vague_start=True)),
        ("2023.05-今", Stretch(day(2023, 5, 1), vague_start=True)),
        ("2021年3月起", Stretch(day(2021, 3, 1), vague_start=True)),
        ("自2021年3月8日起任职", Stretch(day(2021, 3, 8))),
        ("2021年3月8日—", Stretch(day(2021, 3, 8))),
        ("2021年3月8日起至2024年6月止", Stretch(day(2021, 3, 8), day(2024, 6, 30), vague_end=True)),
        ("二〇二一年三月八日至二〇二四年六月", Stretch(day(2021, 3, 8), day(2024, 6, 30), vague_end=True)),
        ("2021.03", Stretch(day(2021, 3, 1), vague_start=True)),
    ],
)
def test_a_term_of_office_has_two_days(written: str, meant: Stretch) -> None:
    assert stretch_in(written) == meant


@pytest.mark.parametrize(
    "written",
    ["", "至2024年6月", "2019年至今", "2021.13—2024.06", "2021年3月（试用一年）", "长期", "3年", "2021.03,2024.06"],
)
def test_what_does_not_tell_its_first_day_is_no_term(written: str) -> None:
    assert stretch_in(written) is None


def test_a_month_alone_ends_on_its_last_day() -> None:
    assert month_in("2024年2月", last=True) == day(2024, 2, 29)
    assert month_in("2024.2.5", last=True) is None
    assert month_in("2024.2-2025.3", last=True) is None
