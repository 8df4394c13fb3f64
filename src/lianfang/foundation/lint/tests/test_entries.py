"""How much of its own a sentence must have, and what is said twice."""

from __future__ import annotations

import pytest

from lianfang.foundation.lint.entries import TOLD, Field, is_hollow


@pytest.mark.covers("S84")
@pytest.mark.parametrize(
    ("text", "hollow"),
    [
        ("收受服务对象礼品礼金，为他人谋取不正当利益，泵房", True),
        ("为他人谋取不正当利益，收受礼品礼金，泵房", False),
    ],
)
def test_a_tenth_of_its_own_is_too_little_and_a_ninth_is_enough(text: str, hollow: bool) -> None:
    # Two characters (泵房) of twenty-two, and of eighteen.
    assert is_hollow(Field("风险点", text, "", "", own_share=TOLD)) is hollow
    assert not is_hollow(Field("风险点", text, "", ""))


@pytest.mark.parametrize("text", ["测试测试", "同上，同上", "啊啊啊", "略略", "1111", "待定待定待定"])
def test_what_is_written_twice_says_no_more_than_once(text: str) -> None:
    assert is_hollow(Field("内容", text, "", ""))


@pytest.mark.parametrize("text", ["天天对账", "逐件逐件核对", "拨打12388", "监测站站长签字"])
def test_a_doubled_word_beside_others_takes_nothing_from_them(text: str) -> None:
    assert not is_hollow(Field("内容", text, "", ""))
