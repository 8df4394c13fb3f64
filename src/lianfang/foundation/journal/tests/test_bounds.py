"""What a column can hold is known before the database is asked."""

from __future__ import annotations

import pytest

from lianfang.foundation.journal.bounds import NumberBound, TextBound, bounds_of
from lianfang.foundation.journal.records import columns_of
from lianfang.foundation.organisation.models import Post
from lianfang.kernel.errors import Invalid
from lianfang.registers.risks.models import Risk
from lianfang.registers.risks.rows import RiskRow, Tier


def test_texts_are_bounded_by_their_column_and_long_texts_not_at_all() -> None:
    bounds = bounds_of(Risk)

    assert bounds["step"] == TextBound(200)
    assert "statement" not in bounds


def test_words_of_a_vocabulary_and_references_need_no_bound() -> None:
    assert not {"tier", "dimension", "grade", "unit", "post", "power", "id"} & bounds_of(Risk).keys()


def test_numbers_are_bounded_alike_on_both_databases() -> None:
    assert bounds_of(Risk)["raters"] == NumberBound(0, 32767)
    assert isinstance(bounds_of(Post)["rotation_years"], NumberBound)


@pytest.mark.parametrize("text", ["", "字" * 5, "字" * 5 + "\x01\x02", None])
def test_a_text_is_measured_as_it_would_be_stored(text: str | None) -> None:
    assert not TextBound(5).fault(text)


def test_a_fault_says_how_much_there_is_and_how_much_there_may_be() -> None:
    assert TextBound(5).fault("字" * 6) == "有 6 个字，最多 5 个字，请缩短"
    assert NumberBound(0, 9).fault(-1) == "是 -1，只能写 0 到 9 之间的整数，请核对"


def test_a_number_that_no_column_holds_is_refused_before_it_reaches_the_database() -> None:
    row = RiskRow(number="R1", tier=Tier.POST, unit="LH-WRF", statement="甲", raters=40_000)

    with pytest.raises(Invalid, match="评分人数"):
        columns_of(Risk, row)


def test_looking_at_many_at_once_says_the_same_as_looking_at_each() -> None:
    texts, numbers = TextBound(2), NumberBound(0, 9)

    assert texts.fits_all(["", "字字"])
    assert not texts.fits_all(["", "字字字"])
    assert numbers.fits_all([None, 0, 9])
    assert not numbers.fits_all([None, 10])
