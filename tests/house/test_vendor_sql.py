"""SQL of one database stands in the few modules named here, each tested on both databases."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

import pytest

from tests.house.faults import Fault, Source, demand_none, product, sample

NAMED = {
    "src/lianfang/foundation/catalogue/bulk.py": "many rows at once: statements of many rows, or COPY",
    "src/lianfang/foundation/catalogue/word_index.py": "the index of bigrams: FTS5 or tsvector",
    "src/lianfang/foundation/catalogue/fields.py": "codes and paths compared byte by byte",
    "src/lianfang/foundation/journal/append_only.py": "triggers that refuse changes of the journal",
}
"""Module → what it needs the vendor's own language for."""
TELLING = {"vendor", "cursor", "objects.raw", "RunSQL", "executemany"}


def vendor_sql(sources: Iterable[Source]) -> Iterator[Fault]:
    """Raw SQL, or asking which database it is, outside the named modules."""
    for source in sources:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Attribute) and _told(node) in TELLING and source.path not in NAMED:
                yield Fault("vendor-sql", source.path, f"line {node.lineno}: .{node.attr} outside the named modules.")


def _told(node: ast.Attribute) -> str:
    """The attribute's name; ``raw`` says something only after ``objects``."""
    if node.attr == "raw" and isinstance(node.value, ast.Attribute):
        return f"{node.value.attr}.raw"
    return node.attr


def test_vendor_sql_stays_in_the_named_modules() -> None:
    demand_none(vendor_sql(product()))


def test_every_named_module_still_needs_its_name() -> None:
    unnamed = [Source(source.path + "x", source.text) for source in product() if source.path in NAMED]

    assert {fault.place.removesuffix("x") for fault in vendor_sql(unnamed)} == set(NAMED)


@pytest.mark.parametrize(
    "text",
    ["connection.vendor == 'sqlite'", "connection.cursor()", "Power.objects.raw('SELECT')", "migrations.RunSQL('')"],
)
def test_raw_sql_elsewhere_fails(text: str) -> None:
    assert len(list(vendor_sql([sample(text)]))) == 1
