"""Links between the guides lead somewhere; decision records are indexed and have their parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tests.house.faults import ROOT, Fault, Source, demand_none, sample, tracked

_ROOM = re.compile(r"^(?P<indent>[│├└─ ]*)(?P<name>[a-z_]+)/ ", re.MULTILINE)
_LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)#\s]+)(?:#[^)]*)?\)")
PARTS = ["## Context", "## Decision", "## Consequences"]


def guides() -> list[Source]:
    """All Markdown files."""
    return [source for source in tracked() if source.path.endswith(".md")]


def decisions() -> list[Source]:
    """The decision records."""
    return [source for source in guides() if re.fullmatch(r"docs/decisions/\d{4}-[a-z0-9-]+\.md", source.path)]


def dead_links(sources: Iterable[Source]) -> Iterator[Fault]:
    """Links to files that are not there."""
    for source in sources:
        folder = (ROOT / source.path).parent
        for found in _LINK.finditer(source.text):
            if "://" not in found["target"] and not (folder / found["target"]).exists():
                yield Fault("link", source.path, f"{found['target']} is not there.")


def incomplete(sources: Iterable[Source], index: str) -> Iterator[Fault]:
    """Decision records without a part, with a long title, or missing in the index."""
    for source in sources:
        headings = [line for line in source.text.splitlines() if line.startswith("## ")]
        title = source.text.partition("\n")[0]
        if headings != PARTS or not re.fullmatch(rf"# {int(source.name[:4])}\. .{{10,100}}", title):
            yield Fault("decision", source.path, "needs '# N. what was decided', context, decision, consequences.")
        if source.name not in index:
            yield Fault("decision", source.path, "is missing in docs/decisions/README.md.")


def rooms_drawn(text: str) -> set[str]:
    """The floors and rooms of the tree that an account of the house draws, as ``floor`` and ``floor/room``."""
    tree = text.partition("```\nsrc/lianfang/\n")[2].partition("```")[0]
    drawn, floor = set(), ""
    for found in _ROOM.finditer(tree):
        is_floor = len(found["indent"]) <= len("├── ")
        floor = found["name"] if is_floor else floor
        drawn.add(floor if is_floor else f"{floor}/{found['name']}")
    return drawn


def rooms_built() -> set[str]:
    """The floors, and the rooms of those floors that have any (``site`` and ``kernel`` are one room each)."""
    house = ROOT / "src" / "lianfang"
    floors = {path.parent.name for path in house.glob("*/__init__.py")}
    apps = {path.parent for path in house.glob("*/*/apps.py")} | {house / "foundation" / "documents"}
    return floors | {f"{room.parent.name}/{room.name}" for room in apps}


def test_the_account_of_the_house_draws_every_floor_and_room_and_no_other() -> None:
    assert rooms_drawn((ROOT / "docs/architecture.md").read_text(encoding="utf-8")) == rooms_built()


def test_a_room_that_is_not_drawn_is_missed() -> None:
    text = "```\nsrc/lianfang/\n├── kernel/  words\n├── registers/  facts\n│   └── powers/  职权\n└── site/  root\n```"

    assert rooms_drawn(text) == {"kernel", "registers", "registers/powers", "site"}


def test_links_between_guides_lead_somewhere() -> None:
    demand_none(dead_links(guides()))


def test_decisions_are_complete_and_indexed() -> None:
    assert decisions()
    demand_none(incomplete(decisions(), (ROOT / "docs/decisions/README.md").read_text(encoding="utf-8")))


def test_decision_numbers_are_used_once_and_without_gaps() -> None:
    numbers = [int(source.name[:4]) for source in decisions()]

    assert sorted(numbers) == list(range(1, len(numbers) + 1))


def test_a_dead_link_fails_and_an_address_passes() -> None:
    text = "[a](docs/none.md) [b](README.md#part) [c](https://example.org/none)"

    (fault,) = dead_links([sample(text, "CONTRIBUTING.md")])

    assert fault.message == "docs/none.md is not there."


def test_an_incomplete_decision_fails() -> None:
    text = "# 1. Packages are locked\n\n## Context\n\n## Decision\n"

    found = list(incomplete([sample(text, "docs/decisions/0001-packages.md")], "no index"))

    assert len(found) == 2
