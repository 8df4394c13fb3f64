"""What one cell counts up is told apart only where the counting is plain; otherwise the text stays whole."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.foundation.documents.enumerations import plain_items

_WORDS = st.text(alphabet="抽查台账双人签字登记公示每月季度，。（）、", min_size=1, max_size=12).filter(
    lambda text: text.strip("；; ") == text
)
_LABELS = (
    lambda at: f"{at}.",
    lambda at: f"{at}、",
    lambda at: f"（{at}）",
    lambda at: chr(ord("①") + at - 1),
)


@pytest.mark.parametrize(
    "text",
    [
        "1.双人到场；2.当日上传影像；3.次日抽查。",
        "1、双人到场 2、当日上传影像 3、次日抽查。",
        "1．双人到场\n2．当日上传影像；\n3．次日抽查。",
        "（1）双人到场（2）当日上传影像；（3）次日抽查。",
        "(1)双人到场；(2)当日上传影像；(3)次日抽查。",
        "①双人到场②当日上传影像；③次日抽查。",
        "（一）双人到场（二）当日上传影像（三）次日抽查。",
        "一、双人到场；二、当日上传影像；三、次日抽查。",
        "一是双人到场；二是当日上传影像；三是次日抽查。",
        "双人到场；\n当日上传影像；\n次日抽查。",
    ],
)
def test_what_is_counted_from_one_without_gap_is_told_apart(text: str) -> None:
    assert plain_items(text) == ("双人到场", "当日上传影像", "次日抽查。")


@pytest.mark.parametrize(
    "text",
    [
        "双人到场，当日上传影像。",
        "双人到场；当日上传影像；次日抽查",
        "加强管理：1.双人到场 2.次日抽查",
        "1.双人到场 3.次日抽查",
        "1.双人到场 2.次日抽查 1.公示 2.回访",
        "1.双人到场",
        "1、每季度抽查第1、2、3号窗口",
        "1、双人到场2、次日抽查",
        "2.5倍以上的罚款 3.5倍以下的罚款须集体讨论",
        "1.2026年起双人到场 2.2027年起全程录像",
        "按（1）（2）项办理",
        "（1）（2）",
        "双人到场\n当日上传影像",
        "①双人到场，见①",
        "一是双人到场，三是次日抽查",
    ],
)
def test_what_is_not_plain_stays_whole(text: str) -> None:
    assert plain_items(text) == (text,)


def test_an_item_keeps_the_lines_and_the_counting_within_it() -> None:
    text = "1.现场检查：\n（1）双人到场；（2）全程录像；\n2.次日抽查。"

    assert plain_items(text) == ("现场检查：\n（1）双人到场；（2）全程录像", "次日抽查。")


def test_nothing_is_no_item() -> None:
    assert plain_items(" \n ") == ()


@given(st.lists(_WORDS, min_size=2, max_size=9), st.sampled_from(_LABELS))
def test_no_word_is_lost_when_a_text_is_told_apart(words: list[str], label: Callable[[int], str]) -> None:
    text = "\n".join(f"{label(at)}{word}" for at, word in enumerate(words, 1))

    items = plain_items(text)

    assert len(items) in {1, len(words)}
    kept = "".join(items) if len(items) > 1 else text
    for word in words:
        assert re.sub(r"\s", "", word) in re.sub(r"\s", "", kept)


def test_a_long_hostile_cell_is_read_at_once() -> None:
    for text in ("1." * 16_000, "（1）" * 10_000, "①②" * 16_000, "1 " * 16_000, "；\n" * 16_000):
        assert plain_items(text) == (text.strip(),)
