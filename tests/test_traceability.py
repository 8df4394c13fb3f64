"""The traceability tables say what the tests' marks say."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import traceability
from tests.whereabouts import is_there

ROOT = Path(__file__).resolve().parent.parent


class Marked:
    """A test with marks, as the collector sees one."""

    def __init__(self, nodeid: str, *ids: str) -> None:
        self.nodeid, self.ids = nodeid, ids

    def iter_markers(self, name: str) -> list[pytest.Mark]:
        """The mark, if it is the one asked for."""
        return [pytest.Mark(name, self.ids, {}, _ispytest=True)] if name == "covers" else []


def collect(*items: Marked) -> traceability.Covered:
    """What the collector makes of ``items``."""
    return traceability.collect(items)


def test_items_are_in_the_order_of_the_founding_document_and_tests_in_alphabetical_order() -> None:
    found = collect(Marked("b.py::two", "S12", "S2"), Marked("a.py::one", "S12"))

    assert list(found.items()) == [("S2", ["b.py::two"]), ("S12", ["a.py::one", "b.py::two"])]


def test_a_parametrised_test_counts_once() -> None:
    found = collect(Marked("a.py::one[x]", "S1"), Marked("a.py::one[y]", "S1"))

    assert found == {"S1": ["a.py::one"]}


@pytest.mark.parametrize("wrong", ["S0", "S90", "S012", "s1", "N3", ""])
def test_a_mark_that_names_no_item_is_refused(wrong: str) -> None:
    with pytest.raises(pytest.UsageError, match="is not one of S1"):
        collect(Marked("a.py::one", wrong))


def test_the_page_shows_where_an_item_is_seen_and_what_proves_it() -> None:
    seen = {"S28": ["/risks/", "lianfang lint"], "S30": ["/lists/"]}
    page = traceability.as_page({"S28": ["a.py::one"]}, seen, {"S28": ""})

    assert "| S28 | whole | `/risks/`, `lianfang lint` | `a.py::one` |" in page
    assert "| S30 | — | `/lists/` | — |" in page
    assert "Of 89 items 1 are proved whole and 0 in part." in page


def test_the_page_names_what_is_missing_and_claims_nothing_whole_that_nobody_called_so() -> None:
    tests = {name: ["a.py::one"] for name in ("S1", "S2", "S3")}

    page = traceability.as_page(tests, {}, {"S1": "a receipt", "S2": ""})

    assert "| S1 | in part; missing: a receipt |" in page
    assert "| S2 | whole |" in page
    assert "| S3 | in part; missing: not yet said |" in page
    assert "Of 89 items 1 are proved whole and 2 in part." in page


def test_an_item_is_not_whole_and_in_part_at_once(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / traceability.EXTENT_FILE).write_text('whole = ["S1", "S2"]\n[missing]\nS2 = "a receipt"\n')

    with pytest.raises(ValueError, match="S2 cannot be whole and in part"):
        traceability.missing(tmp_path)


def test_what_is_missing_of_an_item_is_said_in_words() -> None:
    lacking = traceability.missing(ROOT)

    assert [name for name in lacking if not traceability.is_item(name)] == []
    assert [name for name, said in lacking.items() if said and len(said) < 20] == []


@pytest.mark.whole_run
def test_of_every_item_with_a_test_it_is_said_how_much_of_it_is_there(covered: traceability.Covered) -> None:
    assert sorted(covered) == sorted(traceability.missing(ROOT))


def test_the_table_kept_by_hand_names_only_items_of_the_founding_document() -> None:
    assert [name for name in traceability.shown(ROOT) if not traceability.is_item(name)] == []


def test_everything_the_table_kept_by_hand_points_to_is_there() -> None:
    places = (place for places in traceability.shown(ROOT).values() for place in places)

    assert [place for place in places if not place.startswith(traceability.INTERNAL) and not is_there(place)] == []


@pytest.mark.whole_run
def test_every_item_with_a_test_can_be_seen_somewhere_and_nothing_else_is_claimed(
    covered: traceability.Covered,
) -> None:
    shown = traceability.shown(ROOT)

    assert sorted(covered.keys() - {name for name, places in shown.items() if places}) == []
    assert sorted(shown.keys() - covered.keys()) == []


def test_what_nobody_can_see_says_why() -> None:
    hidden = [place for places in traceability.shown(ROOT).values() for place in places if place.startswith("internal")]

    assert [place for place in hidden if len(place.removeprefix(traceability.INTERNAL)) < 20] == []


@pytest.mark.parametrize(
    "place",
    [
        "/",
        "/login/",
        "/checks/rules/PWR001/",
        "/controls/?state=draft",
        "lianfang serve",
        "lianfang plan",
        "docs/glossary.md",
    ],
)
def test_places_that_exist_are_found(place: str) -> None:
    assert is_there(place)


@pytest.mark.parametrize(
    "place",
    [
        "/nowhere/at/all/",
        "/risks/gradigns/",
        "/checks/rules/PWR999/",
        "lianfang fly",
        "lianfang plan fly",
        "docs/none.md",
    ],
)
def test_places_that_do_not_exist_are_not_found(place: str) -> None:
    assert not is_there(place)


@pytest.mark.whole_run
def test_the_committed_tables_are_up_to_date(covered: traceability.Covered) -> None:
    advice = "run script/test --trace and commit docs/traceability.*"

    assert (ROOT / traceability.JSON_FILE).read_text(encoding="utf-8") == traceability.as_json(covered), advice
    page = traceability.as_page(covered, traceability.shown(ROOT), traceability.missing(ROOT))
    assert (ROOT / traceability.PAGE_FILE).read_text(encoding="utf-8") == page, advice
