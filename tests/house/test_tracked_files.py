"""What is committed names no package registry, no place on somebody's machine, no writing tool."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pytest

from tests.house.faults import Fault, Source, demand_none, sample, tracked

# Written in pieces, so that this file does not name them either.
REGISTRIES = [
    "py" + "pi.org",
    "python" + "hosted.org",
    "registry.npm" + "js.org",
    "npm" + "mirror.com",
]
PLACES = ["/ro" + "ot/", "/wo" + "rk/", "/ho" + "me/", "/opt/" + "wheels", "/Us" + "ers/", "C:" + r"\\Us" + "ers"]
TOOLS = [
    "clau" + "de",
    "anthro" + "pic",
    "chat" + "gpt",
    "open" + "ai",
    "co" + "pilot",
    "sub" + "agent",
]

RULES = {
    "registry": re.compile("|".join(map(re.escape, REGISTRIES)), re.IGNORECASE),
    "machine-path": re.compile("|".join(rf"(?<![\w.]){re.escape(place)}" for place in PLACES)),
    "tool-name": re.compile("|".join(rf"\b{re.escape(tool)}\b" for tool in TOOLS), re.IGNORECASE),
}
LONGEST_KEPT = 1_000_000
"""Bytes: what is larger does not belong into a repository of source."""


def stray_words(sources: Iterable[Source]) -> Iterator[Fault]:
    """Files with a host of a registry, a machine's path or a tool's name."""
    for source in sources:
        for rule, pattern in RULES.items():
            for number, line in enumerate(source.text.splitlines(), 1):
                if found := pattern.search(line):
                    yield Fault(rule, source.path, f"line {number}: {found[0]!r}.")


def oversize_files(sources: Iterable[Source]) -> Iterator[Fault]:
    """Files that are too large to be source."""
    for source in sources:
        if len(source.text.encode()) > LONGEST_KEPT:
            yield Fault("large-file", source.path, "is larger than a megabyte.")


def test_no_tracked_file_names_a_registry_a_machine_or_a_tool() -> None:
    demand_none(stray_words(tracked()))


def test_no_tracked_file_is_too_large() -> None:
    demand_none(oversize_files(tracked()))


@pytest.mark.parametrize("word", [*REGISTRIES, *(place + "x" for place in PLACES if ":" not in place), *TOOLS])
def test_each_word_is_found(word: str) -> None:
    assert len(list(stray_words([sample(f"# see {word} for more\n")]))) == 1


def test_addresses_of_the_site_itself_are_no_machine_paths() -> None:
    text = 'path("powers/", views.page)  # /powers/work/ and https://example.org/home/x are addresses\n'

    assert list(stray_words([sample(text)])) == []


def test_a_large_file_is_found() -> None:
    assert len(list(oversize_files([sample("x" * 1_000_001)]))) == 1
