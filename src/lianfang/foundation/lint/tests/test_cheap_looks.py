"""The quick looks that spare most texts the slow ones: held against the slow ones alone, text by text."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lianfang.foundation.lint import concreteness, typography, wording
from lianfang.foundation.lint.concreteness import CLAUSE, PHRASES, specific_length
from lianfang.foundation.lint.generic_words import GENERIC_WORDS
from lianfang.foundation.lint.wording import is_placeholder, plain

SOURCES = Path(__file__).parents[3]
PARSER: Any = importlib.import_module("re._parser")


def _texts() -> list[str]:
    """Cells of every list that this house holds, and thousands of texts made by cutting and joining them."""
    written = {
        cell.strip()
        for path in sorted(SOURCES.rglob("*.csv"))
        for line in path.read_text(encoding="utf-8").splitlines()
        for cell in line.split(",")
    }
    texts = sorted(written)
    pieces = [piece for text in texts[::3] for piece in CLAUSE.split(text)] + list(GENERIC_WORDS)
    count = len(pieces)
    made = [
        "".join(pieces[place * stride % count] for stride in (1, 7, 31)[: 1 + place % 3])[place % 4 :]
        for place in range(6_000)
    ]
    wide = [text.translate({ord(","): "，", ord("1"): "１", ord("x"): "ｘ"}) for text in made[:500]]
    return [*texts, *made, *wide, "", " ", "…", "㈱", "某某", "無", "ＴＯＤＯ", "x x", "\u3000无。"]


TEXTS = _texts()


def _firsts(parsed: Any) -> tuple[set[str], bool]:
    """Characters with which a parsed pattern can begin, and whether it can match nothing at all."""
    found: set[str] = set()
    for operation, value in parsed:
        begins, empty = _begins(str(operation), value)
        found |= begins
        if not empty:
            return found, False
    return found, True


def _begins(operation: str, value: Any) -> tuple[set[str], bool]:
    if operation == "LITERAL":
        return {chr(value)}, False
    if operation == "IN":
        assert all(str(kind) == "LITERAL" for kind, _ in value), "a pattern that may begin with a whole range"
        return {chr(code) for _, code in value}, False
    if operation == "BRANCH":
        branches = [_firsts(branch) for branch in value[1]]
        return {first for begins, _ in branches for first in begins}, any(empty for _, empty in branches)
    if operation == "SUBPATTERN":
        return _firsts(value[-1])
    assert operation == "MAX_REPEAT", operation
    begins, empty = _firsts(value[2])
    return begins, empty or value[0] == 0


@pytest.mark.parametrize("place", range(len(PHRASES)))
def test_every_phrase_stands_behind_the_characters_with_which_it_can_begin(place: int) -> None:
    begins, pattern = PHRASES[place]

    assert _firsts(PARSER.parse(pattern)) == (set(begins), False)


def test_a_clause_says_as_much_of_its_own_as_without_the_quick_looks() -> None:
    slow = re.compile("|".join((*(pattern for _, pattern in PHRASES), *_in_the_same_order())))

    def length(clause: str) -> int:
        about = concreteness._TOPIC.sub(" ", clause)
        return len(concreteness._COUNTED.findall(slow.sub(" ", about)))

    clauses = [clause for text in TEXTS for clause in CLAUSE.split(text)]

    assert len(clauses) > 10_000
    assert [clause for clause in clauses if specific_length(clause) != length(clause)] == []


def _in_the_same_order() -> Iterator[str]:
    """The words as they are tried for one place: those with the same first character in the order of the table."""
    return iter(GENERIC_WORDS)


def test_a_text_is_a_placeholder_exactly_where_the_pattern_fits() -> None:
    wrong = [
        text
        for text in TEXTS
        if is_placeholder(text) != (not plain(text) or wording._PLACEHOLDER.fullmatch(plain(text)) is not None)
    ]

    assert wrong == []
    assert sum(map(is_placeholder, TEXTS)) > 20


def test_every_slip_is_found_by_a_text_that_has_something_to_see() -> None:
    def slow(text: str) -> list[typography.Slip]:
        looks = (typography._numbers, typography._dates, typography._punctuation, typography._blanks, typography._names)
        return [slip for look in looks for slip in look(text)]

    samples = [*TEXTS, "环办[2017]31号", "2017-06-21", "2017年06月21日", "二〇一七年六月二十一日", "××科", "登记清单"]

    assert [text for text in samples if list(typography.slips(text)) != slow(text)] == []
    assert sum(bool(slow(text)) for text in samples) > 100
