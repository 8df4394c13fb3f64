"""Names say what a thing is; the words that say nothing are not used, and the language of names is English."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

import pytest

from tests.house.faults import Fault, Source, demand_none, product, python, sample

EMPTY_WORDS = {"util", "utils", "helper", "helpers", "common", "manager", "process", "handle", "data"}
FRAMEWORK = {"process_exception", "process_view", "process_template_response"}
"""What Django's middleware calls must be called so."""
_CAMEL = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def empty_names(sources: Iterable[Source]) -> Iterator[Fault]:
    """Modules, folders, functions and classes whose name is, begins or ends with a word that says nothing."""
    for source in sources:
        parts = source.path.removesuffix(".py").split("/")
        for part in parts:
            if part.strip("_") in EMPTY_WORDS:
                yield Fault("name", source.path, f"“{part}” does not say what is in it.")
        for node in ast.walk(source.tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and _is_empty(node.name):
                yield Fault("name", f"{source.path}::{node.name}", "the name does not say what it is or does.")


def _is_empty(name: str) -> bool:
    if name in FRAMEWORK:
        return False
    words = [word.lower() for part in name.split("_") for word in _CAMEL.findall(part)]
    return bool(words) and (words[0] in {"process", "handle", "manage"} or words[-1] in EMPTY_WORDS - {"process"})


def foreign_names(sources: Iterable[Source]) -> Iterator[Fault]:
    """Identifiers that are not plain ASCII."""
    for source in sources:
        for node in ast.walk(source.tree):
            name = getattr(node, "name", None) or getattr(node, "id", None) or getattr(node, "arg", None)
            if isinstance(name, str) and not name.isascii():
                yield Fault("name", f"{source.path}::{name}", "identifiers are English words in ASCII.")


def test_names_say_what_things_are() -> None:
    demand_none(empty_names(python()))


def test_identifiers_are_ascii() -> None:
    demand_none(foreign_names(product()))


@pytest.mark.parametrize(
    "text", ["def process_file(): ...", "def handle(): ...", "class UnitManager: ...", "def unit_data(): ..."]
)
def test_the_check_fails_on_a_name_that_says_nothing(text: str) -> None:
    assert len(list(empty_names([sample(text)]))) == 1


@pytest.mark.parametrize("path", ["src/lianfang/kernel/utils.py", "src/lianfang/common/rows.py"])
def test_the_check_fails_on_a_module_that_says_nothing(path: str) -> None:
    assert len(list(empty_names([sample("", path)]))) == 1


def test_names_that_only_contain_such_a_word_pass() -> None:
    assert list(empty_names([sample("def child_process(): ...\nclass DataRow: ...\ndef update(): ...")])) == []


def test_the_check_fails_on_a_chinese_identifier() -> None:
    assert len(list(foreign_names([sample("def f(编号): ...")]))) == 1
