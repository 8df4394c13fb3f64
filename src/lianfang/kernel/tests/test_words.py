"""Vocabularies, grades, lifecycles, numbers and bigrams."""

from __future__ import annotations

import enum
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.kernel.bigrams import bigrams, contains_all, folded, query_bigrams
from lianfang.kernel.levels import Grade, highest
from lianfang.kernel.lifecycle import Lifecycle, Move
from lianfang.kernel.numbering import number, prefix_of, split_number
from lianfang.registers.powers.rows import PowerCategory, PowerStep, TimeLimit
from lianfang.registers.powers.states import POWER, PowerState


@pytest.mark.covers("S28")
def test_grades_are_read_by_word_and_never_by_bare_number() -> None:
    assert Grade.read("高 风险") is Grade.HIGH
    assert Grade.read("中级") is Grade.MEDIUM
    assert [Grade.read(text) for text in ("一级", "1", "Ⅰ级", "A")] == [None] * 4
    assert [grade.value for grade in Grade] == ["HIGH", "MEDIUM", "LOW"]


@pytest.mark.covers("S29")
def test_the_highest_of_some_grades() -> None:
    assert highest([Grade.LOW, Grade.HIGH, Grade.MEDIUM]) is Grade.HIGH
    assert highest([]) is None


def test_a_word_is_found_by_code_label_and_alias() -> None:
    assert PowerCategory.read("permit") is PowerCategory.read("行政许可") is PowerCategory.read(" 行政 审批 ")
    assert PowerCategory.read("不是类别") is None


def test_a_lifecycle_refuses_two_targets_for_one_move() -> None:
    class Light(enum.StrEnum):
        ON = "on"
        OFF = "off"

    with pytest.raises(ValueError, match="two targets"):
        Lifecycle("lamp", Light.OFF, (Move("go", Light.OFF, Light.ON, "开"), Move("go", Light.OFF, Light.OFF, "关")))


def test_a_lifecycle_draws_itself() -> None:
    assert "draft --> submitted: 提交" in POWER.diagram()


def test_every_state_of_a_power_can_be_reached() -> None:
    reached = {POWER.initial}
    for _ in PowerState:
        reached |= {move.target for move in POWER.moves if move.source in reached}

    assert reached == set(PowerState)


def test_numbers_grow_beyond_three_digits_and_split_again() -> None:
    assert number(prefix_of("LH-WRF", "powers"), 7) == "LH-WRF-P007"
    assert split_number("LH-WRF-P1234") == ("LH-WRF-P", 1234)
    assert split_number("12") is None
    assert split_number("LH-WRF-P" + "9" * 5000) is None


def test_two_character_words_are_found_by_their_bigram() -> None:
    assert "审批" in bigrams("环评审批流程")
    assert query_bigrams("审批") == ["审批"]
    assert query_bigrams("环评审批") == ["环评", "评审", "审批"]
    assert contains_all("环评审批流程（ＡＢＣ）", ["审批", "abc"])


@pytest.mark.covers("S20")
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("20个工作日（自受理之日起）", "20个工作日（自受理之日起）"),
        ("自受理之日起二十个工作日内", "20个工作日（自受理之日起）"),
        ("三十日", "30日"),
        ("百日内", "100日"),
        ("一百五十个工作日", "150个工作日"),
        ("一百零五天", "105日"),
        ("7个工作日", "7个工作日"),
        ("当场", "当场办结"),
        ("24小时内", "24小时"),
        ("一百二十日", "120日"),
    ],
)
def test_time_limits_are_typed(text: str, shown: str) -> None:
    limit = TimeLimit.read(text)

    assert limit.is_typed
    assert str(limit) == shown
    assert TimeLimit.read(str(limit)) == limit


def test_a_time_limit_that_is_not_understood_is_kept_and_not_guessed() -> None:
    limit = TimeLimit.read("按上级要求办理")

    assert not limit.is_typed
    assert str(limit) == "按上级要求办理"


@pytest.mark.covers("S21")
@pytest.mark.parametrize(
    "step",
    [
        PowerStep("受理", "窗口岗", "一次性告知不留痕"),
        PowerStep("受理（补正）"),
        PowerStep("现场勘查", "", "一人到场"),
        PowerStep("审查", "审查岗"),
    ],
)
def test_a_step_reads_back_as_it_was_written(step: PowerStep) -> None:
    assert PowerStep.read(str(step)) == step
    assert PowerStep.read(f"3.{step}") == step


@given(st.text(st.sampled_from("中文，；：！？（）,;Ａａ１㎡①ﬁ̸̈ğ각가ㅏ") | st.characters(codec="utf-8")))
def test_folding_is_compatibility_normalising_and_lower_case_whatever_the_shortcut(text: str) -> None:
    assert folded(text) == unicodedata.normalize("NFKC", text).lower()


@given(st.text(st.sampled_from("AZaz-09０١第\n ") | st.characters(codec="utf-8")))
def test_a_number_is_split_as_its_pattern_says_whatever_the_shortcut(text: str) -> None:
    found = re.fullmatch(r"(.+-[A-Z])(\d+)", text)

    assert split_number(text) == ((found[1], int(found[2])) if found else None)
