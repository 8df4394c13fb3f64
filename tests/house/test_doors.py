"""Views and API take, call and answer: no queries, no transactions, no permission logic of their own."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

import pytest

from tests.house.faults import Fault, Source, demand_none, product, sample

FORBIDDEN_ATTRIBUTES = {"objects": "reads live in queries.py", "has_perm": "actions ask for permission"}
FORBIDDEN_NAMES = {"transaction": "transactions live in actions.py"}


def is_door(source: Source) -> bool:
    """Whether a file is a door of its room: views or API, as a module or a package."""
    return bool({"views", "api"} & set(source.path.removesuffix(".py").split("/")))


def busy_doors(sources: Iterable[Source]) -> Iterator[Fault]:
    """Doors that query, open transactions or check permissions themselves."""
    for source in filter(is_door, sources):
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Attribute) and node.attr in FORBIDDEN_ATTRIBUTES:
                yield _fault(source, node.lineno, f".{node.attr}", FORBIDDEN_ATTRIBUTES[node.attr])
            if isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    if alias.name in FORBIDDEN_NAMES:
                        yield _fault(source, node.lineno, alias.name, FORBIDDEN_NAMES[alias.name])


def _fault(source: Source, line: int, what: str, home: str) -> Fault:
    return Fault("door", source.path, f"line {line}: {what} in a door; {home}.")


def test_doors_take_call_and_answer() -> None:
    demand_none(busy_doors(product()))


@pytest.mark.parametrize(
    "text",
    [
        "power = Power.objects.get(number=number)",
        "from django.db import transaction",
        "request.user.has_perm('x')",
    ],
)
def test_the_check_fails_on_a_busy_door(text: str) -> None:
    assert len(list(busy_doors([sample(text)]))) == 1
    assert len(list(busy_doors([sample(text, "src/lianfang/registers/powers/api.py")]))) == 1


def test_the_same_line_is_fine_in_a_query() -> None:
    assert list(busy_doors([sample("Power.objects.all()", "src/lianfang/registers/powers/queries.py")])) == []
