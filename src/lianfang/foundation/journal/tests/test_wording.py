"""Values of a Row in words, live or from the journal; and which characters changed."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.foundation.journal.wording import heading_of, lines_of, recorded_words, words
from lianfang.foundation.web.compare import Piece, compare
from lianfang.foundation.web.specimens import SpecimenKind, SpecimenRow
from lianfang.kernel.rows import Plain


@dataclass(frozen=True)
class Limit:
    """A value inside a Row."""

    amount: int
    unit: str

    def __str__(self) -> str:
        return f"{self.amount}{self.unit}"


@dataclass(frozen=True)
class Holder:
    """A Row with nested values."""

    limit: Limit | None = None
    limits: tuple[Limit, ...] = ()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("", ""),
        (True, "是"),
        (False, "否"),
        (0, "0"),
        (SpecimenKind.PERMIT, "行政许可"),
        (datetime.date(2017, 8, 10), "2017-08-10"),
        (("《甲法》", "《乙法》"), "《甲法》；《乙法》"),
    ],
)
def test_a_live_value_reads_as_a_person_would_say_it(value: object, text: str) -> None:
    assert words(value) == text


def test_members_of_a_tuple_and_lines_of_a_text_become_paragraphs() -> None:
    assert lines_of(("一", "二\n\n三")) == ["一", "二", "三"]
    assert lines_of(None) == []


@pytest.mark.parametrize(
    ("row", "name", "stored", "text"),
    [
        (SpecimenRow, "category", "permit", "行政许可"),
        (SpecimenRow, "grade", "HIGH", "高"),
        (SpecimenRow, "grade", None, "（空）"),
        (SpecimenRow, "basis", ["甲", "乙"], "甲；乙"),
        (SpecimenRow, "basis", [], "（空）"),
        (SpecimenRow, "three_major", True, "是"),
        (SpecimenRow, "due", "2017-08-10", "2017-08-10"),
        (SpecimenRow, "category", "no-longer-a-class", "no-longer-a-class"),
        (SpecimenRow, "gone_field", "旧值", "旧值"),
        (Holder, "limit", {"amount": 20, "unit": "日"}, "20日"),
        (Holder, "limits", [{"amount": 1, "unit": "日"}, {"amount": 2, "unit": "月"}], "1日；2月"),
        (None, "anything", {"amount": 20, "note": ""}, "amount：20"),
    ],
)
def test_a_recorded_value_is_worded_by_the_type_of_its_field(row: Any, name: str, stored: Plain, text: str) -> None:
    assert recorded_words(row, name, stored) == text


def test_a_field_without_a_heading_goes_by_its_name() -> None:
    assert heading_of(SpecimenRow, "basis") == "法律依据"
    assert heading_of(None, "basis") == "basis"


def test_a_change_inside_a_sentence_is_marked_where_it_is() -> None:
    assert compare("60日（自立案之日起）", "90日（自立案之日起）") == [
        Piece("gone", "60"),
        Piece("new", "90"),
        Piece("same", "日（自立案之日起）"),
    ]


def test_texts_without_much_in_common_are_shown_whole() -> None:
    assert compare("行政检查", "（空）") == [Piece("gone", "行政检查"), Piece("new", "（空）")]


def test_very_long_texts_are_not_compared_letter_by_letter() -> None:
    assert [piece.fate for piece in compare("甲" * 5000, "甲" * 4999)] == ["gone", "new"]


@given(st.text("甲乙丙，12a", max_size=40), st.text("甲乙丙，12a", max_size=40))
def test_the_pieces_always_add_up_to_both_texts(before: str, after: str) -> None:
    pieces = compare(before, after)

    assert "".join(piece.text for piece in pieces if piece.fate != "new") == before
    assert "".join(piece.text for piece in pieces if piece.fate != "gone") == after
