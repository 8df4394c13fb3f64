"""Search by two-character words, tallies, numbers."""

from __future__ import annotations

import pytest

from lianfang.foundation.catalogue import upkeep
from lianfang.foundation.catalogue.models import CardRecord, Tally
from lianfang.foundation.catalogue.numbers import claim, last_given, note_used
from lianfang.foundation.catalogue.queries import search, tallied, tallies, titles
from lianfang.foundation.catalogue.rows import Card
from lianfang.foundation.catalogue.upkeep import index_pending, shelve
from lianfang.kernel.bigrams import folded

pytestmark = pytest.mark.django_db


def index_all() -> int:
    return sum(index_pending())


def card(number: str, words: str, path: str = "LH/WRF/", state: str = "draft", grade: str = "") -> Card:
    return Card("risks", number, path, state, grade, words[:20], folded(words))


def test_two_character_words_are_found_also_before_they_are_indexed() -> None:
    shelve([card("R1", "环评审批时压件不办"), card("R2", "采购中与供应商串通")])

    before = search("risks", [""], "审批").numbers
    index_all()
    after = search("risks", [""], "审批").numbers

    assert before == after == ("R1",)
    assert not CardRecord.objects.filter(pending=True).exists()


def test_all_terms_must_be_present_and_neighbouring_pairs_do_not_fool_the_search() -> None:
    shelve([card("R1", "审计批评整改"), card("R2", "审批与整改")])
    index_all()

    assert search("risks", [""], "审批").numbers == ("R2",)
    assert search("risks", [""], "审批 整改").numbers == ("R2",)
    assert search("risks", [""], "整改").numbers == ("R2", "R1")


def test_a_pair_that_spans_two_words_of_the_query_is_checked_exactly() -> None:
    shelve([card("R1", "环评、评审、审批分开写"), card("R2", "环评审批")])
    index_all()

    assert search("risks", [""], "环评审批").numbers == ("R2",)


def test_one_character_and_full_width_letters_are_found() -> None:
    shelve([card("R1", "罚款ＶＯＣs超标")])
    index_all()

    assert search("risks", [""], "罚").numbers == ("R1",)
    assert search("risks", [""], "vocs").numbers == ("R1",)


def test_a_search_stays_within_its_subtree_and_register() -> None:
    shelve([card("R1", "审批压件", "LH/WRF/"), card("R2", "审批加价", "LH/ZF/"), card("R3", "审批", "QT/BG/")])
    shelve([Card("powers", "P1", "LH/WRF/", "", "", "审批", "审批")])
    index_all()

    assert search("risks", ["LH/"], "审批").numbers == ("R2", "R1")
    assert search("risks", ["LH/WRF/", "QT/"], "审批").numbers == ("R3", "R1")


def test_changed_words_replace_the_old_ones() -> None:
    shelve([card("R1", "审批压件")])
    index_all()
    shelve([card("R1", "采购串标")])

    assert search("risks", [""], "审批").numbers == ()
    assert search("risks", [""], "串标").numbers == ("R1",)
    index_all()
    assert search("risks", [""], "审批").numbers == ()


def test_more_hits_than_asked_for_are_said_to_be_more() -> None:
    shelve([card(f"R{n}", "审批") for n in range(8)])
    index_all()

    hits = search("risks", [""], "审批", limit=5)

    assert len(hits.numbers) == 5
    assert not hits.complete


@pytest.mark.parametrize("text", ["'", '"', "审批' OR 1", "*", "AND", "a\\b", "（）"])
def test_odd_input_is_searched_for_and_breaks_nothing(text: str) -> None:
    shelve([card("R1", "审批压件")])
    index_all()

    assert search("risks", [""], text).numbers == ()


def test_tallies_follow_every_change() -> None:
    shelve(
        [card("R1", "甲", state="live", grade="HIGH"), card("R2", "乙", state="live", grade="LOW"), card("R3", "丙")]
    )
    shelve([card("R1", "甲", state="closed", grade="HIGH")])

    assert tallied("risks", [""]) == 3
    assert tallied("risks", ["LH/"], state="live") == 1
    assert tallied("risks", ["QT/"]) == 0
    assert tallies("risks", ["LH/"]) == [
        ("LH/WRF/", "closed", "HIGH", 1),
        ("LH/WRF/", "draft", "", 1),
        ("LH/WRF/", "live", "LOW", 1),
    ]
    assert sum(Tally.objects.values_list("count", flat=True)) == CardRecord.objects.count()


def test_titles_of_numbers() -> None:
    shelve([card("R1", "审批压件")])

    assert titles("risks", ["R1", "R9"]) == {"R1": "审批压件"}


def test_numbers_are_given_once_and_never_again() -> None:
    assert claim("LH-WRF-P", 2) == ["LH-WRF-P001", "LH-WRF-P002"]
    assert last_given("LH-WRF-P") == 2
    note_used(["LH-WRF-P010", "not ours", "LH-ZF-P003"])
    assert claim("LH-WRF-P") == ["LH-WRF-P011"]
    assert claim("LH-ZF-P") == ["LH-ZF-P004"]
    note_used(["LH-WRF-P004"])
    assert claim("LH-WRF-P") == ["LH-WRF-P012"]


def test_what_was_not_indexed_in_time_is_found_and_indexed_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "INDEX_BATCH", 1)
    shelve([card("R1", "环评审批时压件不办"), card("R2", "审批中索要好处")])

    finished = upkeep.index_within(-1)
    found = search("risks", [""], "审批").numbers

    assert (finished, sorted(found)) == (False, ["R1", "R2"])
    assert CardRecord.objects.filter(pending=True).count() == 1
    assert upkeep.index_within(60)
    assert not CardRecord.objects.filter(pending=True).exists()
