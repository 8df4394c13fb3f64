"""Copied texts are found whatever their number, and nothing is called a copy that is none."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.foundation.lint.similarity import comparable, pairs, repeated, similar, similarity

Entries = list[tuple[str, str]]
WORDS = [
    "执法人员",
    "受理岗",
    "采样人员",
    "收受礼金",
    "隐瞒事实",
    "压件",
    "泄露时间",
    "帮助企业",
    "逃避处罚",
    "谋取利益",
]


def brute_force(entries: Entries, threshold: int, owners: int) -> set[int]:
    """Positions of repeated entries by comparing everything with everything."""
    sets = [frozenset(pairs(comparable(text))) for _, text in entries]
    found = set()
    for place in range(len(entries)):
        like = {entries[other][0] for other in range(len(entries)) if similar(sets[place], sets[other], threshold)}
        if len(like | {entries[place][0]}) >= owners and comparable(entries[place][1]):
            found.add(place)
    return found


def seeded(seed: int) -> Random:
    """The same material in every run."""
    return Random(seed)  # noqa: S311 -- test material, nothing secret


def near_copies(random: Random, count: int) -> Entries:
    """Sentences of which many are copies with one or two characters changed."""
    bases = ["，".join(random.choices(WORDS, k=7)) for _ in range(max(2, count // 6))]
    entries = []
    for place in range(count):
        text = list(random.choice(bases))
        for _ in range(random.randrange(4)):
            text[random.randrange(len(text))] = random.choice("甲乙丙丁戊己庚辛")
        entries.append((f"P{place % (count // 2)}", "".join(text)))
    return entries


@given(st.lists(st.tuples(st.sampled_from("甲乙丙丁"), st.text("收受礼金隐瞒，1 2", max_size=12)), max_size=14))
def test_nothing_is_called_repeated_that_a_comparison_of_all_with_all_does_not_find(entries: Entries) -> None:
    found = repeated(entries, threshold=85, owners=3)

    assert set(found) <= brute_force(entries, 85, 3)
    for place, others in found.items():
        assert others
        assert all(entries[other][0] != entries[place][0] for other in others)


@pytest.mark.parametrize("threshold", [70, 85, 90])
def test_at_least_ninety_five_of_a_hundred_repeated_entries_are_found(threshold: int) -> None:
    wanted, found = 0, 0
    for seed in range(20):
        entries = near_copies(seeded(seed), 120)
        truth = brute_force(entries, threshold, 3)

        seen = set(repeated(entries, threshold=threshold, owners=3))

        assert seen <= truth
        wanted += len(truth)
        found += len(seen)
    assert wanted > 200
    assert found >= 0.95 * wanted


def test_the_answer_does_not_depend_on_the_order_of_the_entries() -> None:
    entries = near_copies(seeded(7), 90)
    shuffled = entries.copy()
    seeded(1).shuffle(shuffled)

    straight = {entries[place] for place in repeated(entries, threshold=85, owners=3)}
    mixed = {shuffled[place] for place in repeated(shuffled, threshold=85, owners=3)}

    assert straight == mixed


def test_a_hundred_thousand_copies_are_one_text() -> None:
    entries = [(f"P{place}", "执法人员收受礼金后隐瞒超标排放事实，帮助企业逃避处罚") for place in range(100_000)]

    # Compared each with each, they would never end.
    assert len(repeated(entries, threshold=85, owners=3)) == 100_000


def test_one_giant_cluster_of_different_near_copies_stays_linear() -> None:
    base = "执法人员在现场检查中收受排污企业礼金后隐瞒超标排放事实帮助企业逃避行政处罚"
    entries = [(f"P{place}", base + chr(0x4E00 + place)) for place in range(20_000)]

    # Compared each with each, they would take hours.
    assert len(repeated(entries, threshold=85, owners=3)) == 20_000


def test_copies_of_one_owner_are_no_copies() -> None:
    entries = [("甲岗", "收受礼金隐瞒事实")] * 5 + [("乙岗", "收受礼金隐瞒事实")]

    assert repeated(entries, threshold=85, owners=3) == {}
    assert set(repeated(entries, threshold=85, owners=2)) == set(range(6))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("收受礼金，隐瞒事实。", "收受礼金 隐瞒事实", 100),
        ("2017年第1季度抽查3家", "2026年第12季度抽查10家", 100),
        ("甲乙丙丁", "戊己庚辛", 0),
        ("甲乙丙", "甲乙丁", 50),
    ],
)
def test_similarity_counts_shared_pairs_and_neither_punctuation_nor_numbers(
    first: str, second: str, expected: int
) -> None:
    assert similarity(first, second) == similarity(second, first) == expected


def test_empty_texts_are_left_out() -> None:
    assert repeated([("甲", ""), ("乙", "——"), ("丙", " ")], threshold=85, owners=2) == {}


def test_a_further_condition_can_keep_two_similar_texts_apart() -> None:
    entries = [("甲", "对拒绝现场检查的排污单位的处罚"), ("乙", "对拒绝现场检查的排污单位等的处罚")]

    assert set(repeated(entries, threshold=80, owners=2)) == {0, 1}
    assert repeated(entries, threshold=80, owners=2, alike=lambda _one, _other: False) == {}
