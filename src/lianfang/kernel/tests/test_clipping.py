"""What a message echoes of a foreign text stays on one short line."""

from __future__ import annotations

import pytest

from lianfang.kernel.clipping import clipped


@pytest.mark.parametrize(
    ("text", "shown"),
    [("短的", "短的"), (" 分成\n两行 ", "分成 两行"), ("长" * 40, "长" * 40), ("长" * 41, f"{'长' * 40}…"), (20, "20")],
)
def test_a_text_is_echoed_on_one_line_of_forty_characters(text: object, shown: str) -> None:
    assert clipped(text) == shown


def test_who_has_less_room_says_so() -> None:
    assert clipped("一二三四五", 3) == "一二三…"
