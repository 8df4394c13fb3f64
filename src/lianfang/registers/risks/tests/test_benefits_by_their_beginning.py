"""The quick look that spares most places of a statement the search for a benefit: it forgets none."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

from lianfang.registers.risks.rules.statements import BENEFITS, BENEFITS_BEGIN

PARSER: Any = importlib.import_module("re._parser")


def _firsts(parsed: Any) -> Iterator[tuple[str, Any]]:
    """What each alternative of a parsed pattern can begin with: characters and kinds of characters."""
    operation, value = parsed[0]
    if str(operation) == "BRANCH":
        for branch in value[1]:
            yield from _firsts(branch)
    elif str(operation) == "IN":
        yield from ((str(kind), what) for kind, what in value)
    else:
        yield str(operation), value


def test_every_benefit_stands_behind_the_characters_with_which_it_can_begin() -> None:
    wanted = set(_firsts(PARSER.parse(BENEFITS)))

    assert {kind for kind, _ in wanted} == {"LITERAL", "CATEGORY"}
    assert set(_firsts(PARSER.parse(f"[{BENEFITS_BEGIN}]"))) == wanted
