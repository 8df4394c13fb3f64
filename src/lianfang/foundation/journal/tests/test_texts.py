"""What may stand in a text field, so that it can be stored everywhere and written into every document."""

from __future__ import annotations

import pytest

from lianfang.foundation.journal.texts import clean, fitting
from lianfang.kernel.errors import Invalid


@pytest.mark.parametrize("bad", ["\x00", "\x0b", "\x7f", "\ud800", "\ufffe", "\uffff"])
def test_what_no_document_takes_is_left_out(bad: str) -> None:
    assert clean(f"现场{bad}检查") == "现场检查"


def test_tabs_line_feeds_and_rare_characters_stay() -> None:
    assert clean("一\t二\r\n三 𠮷 ﷐") == "一\t二\n三 𠮷 ﷐"


def test_a_text_is_as_long_as_its_column_holds() -> None:
    assert fitting("依据", "纪" * 5, 5) == "纪" * 5
    with pytest.raises(Invalid, match="“依据”有 6 个字，最多 5 个字"):
        fitting("依据", "纪" * 6, 5)
