"""One word, one thing: what tables and Rows are called in Chinese stands in the glossary, with its English name."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Iterator

from django.apps import apps

from tests.house.faults import ROOT, Fault, demand_none, product

_LINE = re.compile(r"^\| (?P<english>[^|]+) \| (?P<chinese>[^|]+) \|", re.MULTILINE)


def chinese_terms(glossary: str) -> set[str]:
    """The Chinese words in the second column; a line may list several, divided by 、."""
    cells = [found["chinese"].strip() for found in _LINE.finditer(glossary)]
    return {word.strip() for cell in cells for word in cell.split("、")}


def repeated(glossary: str) -> list[str]:
    """English terms that have more than one line."""
    terms = [found["english"].strip() for found in _LINE.finditer(glossary)]
    return sorted({term for term in terms if terms.count(term) > 1 and term != "English"})


def unexplained(names: Iterable[tuple[str, str]], glossary: str) -> Iterator[Fault]:
    """(where, Chinese name) pairs whose name the glossary does not hold."""
    known = chinese_terms(glossary)
    for where, name in names:
        if name not in known:
            yield Fault("glossary", where, f"“{name}” is not in docs/glossary.md.")


def names_in_use() -> Iterator[tuple[str, str]]:
    """What the models and the Rows of this house are called in Chinese."""
    for model in apps.get_models():
        if model.__module__.startswith("lianfang"):
            yield model._meta.label, str(model._meta.verbose_name)
    for source in product():
        if source.name == "rows.py":
            module = importlib.import_module(source.path.removeprefix("src/").removesuffix(".py").replace("/", "."))
            for kind in vars(module).values():
                if isinstance(kind, type) and kind.__module__ == module.__name__ and isinstance(_label(kind), str):
                    yield f"{source.path}::{kind.__name__}", str(_label(kind))


def _label(kind: type) -> object:
    return vars(kind).get("label")


def glossary() -> str:
    """The glossary's text."""
    return (ROOT / "docs/glossary.md").read_text(encoding="utf-8")


def test_every_table_and_row_is_in_the_glossary() -> None:
    demand_none(unexplained(names_in_use(), glossary()))


def test_no_english_term_stands_twice() -> None:
    assert repeated(glossary()) == []


def test_a_name_that_the_glossary_does_not_hold_fails() -> None:
    text = "| English | 中文 | meaning |\n|---|---|---|\n| power | 职权、权力事项 | what a unit may do |\n"

    found = list(unexplained([("a", "职权"), ("b", "权力事项"), ("c", "权责")], text))

    assert [fault.place for fault in found] == ["c"]


def test_a_repeated_term_is_seen() -> None:
    assert repeated("| power | 职权 | a |\n| risk | 风险点 | b |\n| power | 权力 | c |\n") == ["power"]


def test_rows_are_found() -> None:
    assert "职权" in {name for _, name in names_in_use()}
