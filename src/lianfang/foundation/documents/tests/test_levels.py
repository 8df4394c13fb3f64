"""How risk grades are read, and when the reader says that it cannot know their order."""

from typing import Any

import pytest

from lianfang.foundation.documents.levels import read_levels
from lianfang.kernel.levels import Grade

HIGH, MEDIUM, LOW = Grade.HIGH, Grade.MEDIUM, Grade.LOW


@pytest.mark.covers("S28")
@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (["高", "中", "低", ""], (HIGH, MEDIUM, LOW, None)),
        (["高风险", "中等风险", "低 风 险", "/"], (HIGH, MEDIUM, LOW, None)),
        (["重大", "较大", "一般"], (HIGH, MEDIUM, LOW)),
        (["重大风险", "较大风险", "一般风险"], (HIGH, MEDIUM, LOW)),
        (["Ⅰ级", "Ⅱ级", "Ⅲ"], (HIGH, MEDIUM, LOW)),
        (["I级", "III", "II 级"], (HIGH, LOW, MEDIUM)),
        (["红", "黄色", "蓝"], (HIGH, MEDIUM, LOW)),
        (["红色", "橙色", "蓝色"], (HIGH, MEDIUM, LOW)),
        (["HIGH", "LOW"], (HIGH, LOW)),
        (["高级", "中级", "低级"], (HIGH, MEDIUM, LOW)),
        (["风险等级：高", "低。"], (HIGH, LOW)),
    ],
)
def test_words_roman_numerals_and_colours_have_one_order(written: Any, expected: Any) -> None:
    reading = read_levels(written)

    assert reading.levels == expected
    assert not reading.ambiguous
    assert reading.message == ""


@pytest.mark.covers("S28")
@pytest.mark.parametrize(
    "written", [["一级", "二级", "三级"], ["1级", "2级"], ["1", "3"], [1.0, 2.0], ["A", "B", "C类"], ["甲级"]]
)
def test_bare_numbers_and_letters_are_ambiguous_without_a_legend(written: Any) -> None:
    reading = read_levels(written)

    assert reading.ambiguous
    assert set(reading.levels) == {None}
    assert "没有说明哪一级最高" in reading.message


@pytest.mark.parametrize(
    "legend",
    [
        "注：一级为最高，三级为最低。",
        "说明：一级（高风险）、二级（中风险）、三级（低风险）",
        "风险等级由高到低分为一级、二级、三级",
        "高风险为一级，中风险为二级，低风险为三级",
        "三级风险最低",
        "风险等级：一级-高，二级-中，三级-低",
    ],
)
def test_a_legend_in_the_document_orders_numbered_grades(legend: str) -> None:
    reading = read_levels(["二级", "一级", "三级"], [legend])

    assert reading.levels == (MEDIUM, HIGH, LOW)
    assert not reading.ambiguous


def test_a_legend_may_say_that_the_first_is_the_mildest() -> None:
    reading = read_levels(["一级", "三级"], ["风险从低到高分为一级、二级、三级"])

    assert reading.levels == (LOW, HIGH)


def test_the_cells_themselves_may_hold_the_legend() -> None:
    reading = read_levels(["一级（高）", "二级（中）", "二级", "三级(低)"])

    assert reading.levels == (HIGH, MEDIUM, MEDIUM, LOW)
    assert not reading.ambiguous


def test_letters_are_read_with_their_legend() -> None:
    reading = read_levels(["A", "C", "B级"], ["注：A为高，B为中，C为低"])

    assert reading.levels == (HIGH, LOW, MEDIUM)


def test_a_cell_that_counts_several_grades_is_kept_as_written() -> None:
    reading = read_levels(["1中2低", "高3个、中1个", "高"])

    assert reading.levels == ("1中2低", "高3个、中1个", HIGH)


def test_four_steps_fall_into_three_and_the_message_says_so() -> None:
    reading = read_levels(["红", "橙", "黄", "蓝"])

    assert reading.levels == (HIGH, MEDIUM, MEDIUM, LOW)
    assert "多于三级" in reading.message


def test_an_unknown_word_is_reported_with_its_position_and_not_guessed() -> None:
    reading = read_levels(["高", "待观察", "低"])

    assert reading.levels == (HIGH, None, LOW)
    assert reading.unknown == ((1, "待观察"),)
    assert "高、中、低" in reading.message


@pytest.mark.covers("S28")
@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (["★★★", "★★", "★"], (HIGH, MEDIUM, LOW)),
        (["★★☆", "☆☆☆级"], (MEDIUM, HIGH)),
        (["□高 ☑中 □低", "■高□中□低", "□高 □中 □低"], (MEDIUM, HIGH, None)),
        (["高□中□低√", "低√"], (LOW, LOW)),
        (["H", "L", "M"], (HIGH, LOW, MEDIUM)),
        (["高风险岗位", "低风险岗"], (HIGH, LOW)),
        (["较高", "一般", "较低"], (HIGH, MEDIUM, LOW)),
        (["严重", "一般", "轻微"], (HIGH, MEDIUM, LOW)),
        (["一级/高", "三级/低"], (HIGH, LOW)),
    ],
)
def test_stars_ticked_boxes_and_other_words_are_read(written: Any, expected: Any) -> None:
    reading = read_levels(written)

    assert reading.levels == expected
    assert not reading.ambiguous


def test_two_stars_at_most_may_be_two_of_any_number() -> None:
    assert read_levels(["★★", "★"]).ambiguous


@pytest.mark.covers("S28")
@pytest.mark.parametrize(
    ("written", "legend", "expected"),
    [
        (["一级", "三级"], "风险由高到低分为三级：一级、二级、三级", (HIGH, LOW)),
        (["三级", "一级"], "由低到高分为三级、二级、一级", (LOW, HIGH)),
        (["Ⅰ级", "Ⅲ级"], "Ⅲ级风险最高", (LOW, HIGH)),
        (["3", "1"], "风险等级：3—高，2—中，1—低", (HIGH, LOW)),
        (["1", "3"], "高=3 中=2 低=1", (LOW, HIGH)),
        (["A级", "C级"], "从高到低依次为A、B、C级", (HIGH, LOW)),
    ],
)
def test_a_legend_orders_any_row_of_signs(written: Any, legend: str, expected: Any) -> None:
    reading = read_levels(written, [legend])

    assert reading.levels == expected
    assert not reading.ambiguous


def test_a_date_in_the_text_is_no_legend() -> None:
    assert read_levels(["1", "2"], ["2026-1-高新区印发"]).ambiguous


@pytest.mark.covers("S28")
@pytest.mark.parametrize(
    ("written", "legend", "expected"),
    [
        (["★", "★★"], "注：★为低风险，★★为中风险，★★★为高风险。", (LOW, MEDIUM)),
        (["★", "★★"], "★表示一般风险；★★表示重大风险", (LOW, HIGH)),
        (["★", "★★"], "说明：高（★★）、低（★）", (LOW, HIGH)),
        (["★", "★★"], "风险等级（★★ 高，★ 低）", (LOW, HIGH)),
        (["★★★", "★"], "三颗★为低，两颗★为中，一颗★为高", (LOW, HIGH)),
        (["☆", "★★"], "一星级为低，二星级为高", (LOW, HIGH)),
        (["★", ""], "风险等级（标★的为高风险）", (HIGH, None)),
        (["★", "★★"], "★★★为最高", (LOW, MEDIUM)),
    ],
)
def test_what_the_sheet_says_of_its_stars_is_believed(written: Any, legend: str, expected: Any) -> None:
    reading = read_levels(written, [legend])

    assert reading.levels == expected
    assert not reading.ambiguous


@pytest.mark.parametrize("legend", ["", "★为重点岗位", "★★为中"])
def test_stars_that_nobody_explains_are_asked_about_as_stars(legend: str) -> None:
    reading = read_levels(["★★", "★"], [legend])

    assert reading.ambiguous
    assert "几颗星最高" in reading.message


@pytest.mark.covers("S28")
@pytest.mark.parametrize(
    ("written", "legend", "expected"),
    [
        (["★★★（最高三星）", "★★", "★"], "", (HIGH, MEDIUM, LOW)),
        (["★★★（最高）", "★★", "★"], "", (HIGH, MEDIUM, LOW)),
        (["★（最高）", "★★", "★★★"], "", (HIGH, MEDIUM, LOW)),
        (["★（一星最高）", "★★", "★★★（最低）"], "", (HIGH, MEDIUM, LOW)),
        (["★★★（最低三星）", "★★", "★"], "", (LOW, MEDIUM, HIGH)),
        (["★★★", "★★", "★"], "★最高，★★★最低", (LOW, MEDIUM, HIGH)),
        (["★★★", "★★", "★"], "风险由高到低分别为★、★★、★★★", (LOW, MEDIUM, HIGH)),
        (["★★★", "★★", "★"], "按风险从低到高用★至★★★表示", (HIGH, MEDIUM, LOW)),
        (["★★★", "★★", "★"], "星级越低风险越高", (LOW, MEDIUM, HIGH)),
        (["★★", "★"], "注：星数越多，风险越大，最多三颗星", (MEDIUM, LOW)),
        (["★★", "★"], "最高三星", (MEDIUM, LOW)),
        (["★★★", "★★", "★"], "高、中、低分别用★、★★、★★★表示", (LOW, MEDIUM, HIGH)),
        (["三星（最高）", "二星", "一星级"], "", (HIGH, MEDIUM, LOW)),
        (["★★★高", "★★中", "★低"], "", (HIGH, MEDIUM, LOW)),
    ],
)
def test_stars_are_read_in_the_direction_that_their_legend_states(written: Any, legend: str, expected: Any) -> None:
    reading = read_levels(written, [legend])

    assert reading.levels == expected
    assert not reading.ambiguous


@pytest.mark.parametrize("legend", ["★★★（最高三星），★（最高）", "星越多风险越高；星越少风险越高"])
def test_a_legend_that_contradicts_itself_is_said_to_and_nothing_is_read(legend: str) -> None:
    reading = read_levels(["★★★", "★★", "★"], [legend])

    assert reading.ambiguous
    assert set(reading.levels) == {None}
    assert "互相矛盾" in reading.message


@pytest.mark.parametrize("legend", ["", "星级越低风险越高", "★最高"])
def test_two_stars_of_nobody_knows_how_many_are_not_guessed(legend: str) -> None:
    assert read_levels(["★★", "★"], [legend]).levels == (None, None)


def test_a_cell_whose_order_nobody_tells_is_pointed_at_where_others_are_read() -> None:
    reading = read_levels(["高", "一级", "低"])

    assert reading.levels == (HIGH, None, LOW)
    assert reading.first_unsettled == 1
    assert read_levels(["一级", "二级"]).first_unsettled is None
