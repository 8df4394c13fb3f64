"""Plain Python, plain Django: imports on top, narrow excepts, no signals, no hidden saves."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator

import pytest

from tests.house.faults import Fault, Source, demand_none, product, python, sample

BROAD = {"Exception", "BaseException"}
SIGNALS = ("django.dispatch", "django.db.models.signals", "django.core.signals", "django.contrib.auth.signals")
Rule = Callable[[Iterable[Source]], Iterator[Fault]]
SENTENCE_ENDS = (".", "。", "?", "？", "!", ")", "）", ":", "…")


def inner_imports(sources: Iterable[Source]) -> Iterator[Fault]:
    """Imports inside functions: they hide circles."""
    for source in sources:
        for function in source.functions():
            if any(isinstance(node, (ast.Import, ast.ImportFrom)) for node in ast.walk(function)):
                yield Fault("inner-import", f"{source.path}::{function.name}", "imports stand at the top of the file.")


def broad_excepts(sources: Iterable[Source]) -> Iterator[Fault]:
    """``except:`` and ``except Exception``: they swallow what nobody thought of."""
    for source in sources:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.ExceptHandler) and (node.type is None or BROAD & _names(node.type)):
                yield Fault("broad-except", source.path, f"line {node.lineno}: name the errors that are expected.")


def _names(node: ast.expr) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def undocumented(sources: Iterable[Source]) -> Iterator[Fault]:
    """Modules that do not open with a sentence."""
    for source in sources:
        lines = (ast.get_docstring(source.tree) or "").splitlines()
        if not lines or not lines[0].rstrip().endswith(SENTENCE_ENDS):
            yield Fault("module-docstring", source.path, "a module opens with one sentence.")


def signals(sources: Iterable[Source]) -> Iterator[Fault]:
    """Imports of Django's signals: what happens then cannot be read where it is caused."""
    for source in sources:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Import | ast.ImportFrom) and _imported(node).startswith(SIGNALS):
                yield Fault("signal", source.path, f"line {node.lineno}: no signals; call what shall happen.")


def _imported(node: ast.Import | ast.ImportFrom) -> str:
    name = node.names[0].name
    return f"{node.module or ''}.{name}" if isinstance(node, ast.ImportFrom) else name


def hidden_saves(sources: Iterable[Source]) -> Iterator[Fault]:
    """``save`` or ``delete`` overridden in a class: writes belong into actions."""
    for source in sources:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.ClassDef):
                for method in node.body:
                    if isinstance(method, ast.FunctionDef) and method.name in {"save", "delete"}:
                        yield Fault("save-override", f"{source.path}::{node.name}", f"{method.name}() is overridden.")


def test_imports_stand_at_the_top() -> None:
    demand_none(inner_imports(python()))


def test_no_except_catches_everything() -> None:
    demand_none(broad_excepts(python()))


def test_every_module_opens_with_a_sentence() -> None:
    demand_none(undocumented(python()))


def test_there_are_no_signals() -> None:
    demand_none(signals(product()))


def test_no_save_is_overridden() -> None:
    demand_none(hidden_saves(product()))


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (inner_imports, "def late():\n    import os\n"),
        (inner_imports, "class A:\n    def late(self):\n        from os import path\n"),
        (broad_excepts, "try:\n    go()\nexcept:\n    pass\n"),
        (broad_excepts, "try:\n    go()\nexcept Exception as error:\n    pass\n"),
        (broad_excepts, "try:\n    go()\nexcept (ValueError, Exception):\n    pass\n"),
        (undocumented, "import os\n"),
        (undocumented, '"""no sentence"""\n'),
        (signals, "from django.db.models.signals import post_save\n"),
        (signals, "from django.db.models import signals\n"),
        (signals, "import django.dispatch\n"),
        (hidden_saves, "class Power(Model):\n    def save(self): ...\n"),
    ],
)
def test_each_rule_fails_on_a_bad_sample(rule: Rule, text: str) -> None:
    assert len(list(rule([sample(text)]))) == 1


@pytest.mark.parametrize("rule", [inner_imports, broad_excepts, undocumented, signals, hidden_saves])
def test_each_rule_passes_a_good_sample(rule: Rule) -> None:
    text = '"""Powers."""\n\nimport os\n\ntry:\n    os.stat("x")\nexcept OSError:\n    pass\n'

    assert list(rule([sample(text)])) == []
