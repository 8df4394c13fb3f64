"""Nothing grows past its budget: functions, classes, files, templates, parameters, branches."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator

import pytest

from tests.house.faults import ROOT, Fault, Source, demand_none, python, sample, templates

FUNCTION, CLASS, FILE, TEMPLATE = 40, 150, 400, 120
PARAMETERS, COMPLEXITY = 6, 8
_SILENCED = re.compile(r"#\s*noqa:[^#\n]*\b(PLR0913|PLR0917|C901|PLR0911|PLR0912|PLR0915)\b")


def oversize(sources: Iterable[Source]) -> Iterator[Fault]:
    """Functions, classes and files of Python that are too long, and budgets of ruff that a comment switched off."""
    for source in sources:
        yield from _too_long(source.path, "file", len(source.text.splitlines()), FILE)
        for node in ast.walk(source.tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield from _too_long(f"{source.path}::{node.name}", "function", _length(node), FUNCTION)
            elif isinstance(node, ast.ClassDef):
                yield from _too_long(f"{source.path}::{node.name}", "class", _length(node), CLASS)
        for found in _SILENCED.finditer(source.text):
            yield Fault("budget", source.path, f"{found[1]} is switched off by a comment.")


def oversize_templates(sources: Iterable[Source]) -> Iterator[Fault]:
    """Templates that are too long."""
    for source in sources:
        yield from _too_long(source.path, "template", len(source.text.splitlines()), TEMPLATE)


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _too_long(place: str, kind: str, lines: int, budget: int) -> Iterator[Fault]:
    if lines > budget:
        yield Fault("budget", place, f"a {kind} of {lines} lines; the budget is {budget}.")


def test_python_keeps_its_budgets() -> None:
    demand_none(oversize(python()))


def test_templates_keep_their_budget() -> None:
    demand_none(oversize_templates(templates()))


def test_ruff_enforces_the_budgets_of_parameters_and_branches() -> None:
    lint = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]

    assert lint["pylint"]["max-args"] == PARAMETERS
    assert lint["mccabe"]["max-complexity"] == COMPLEXITY
    assert {"PL", "C90"} <= set(lint["select"])
    assert not {"PLR0913", "C901", "PL", "PLR"} & set(lint["ignore"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("def long():\n" + "    step()\n" * 40, "a function of 41 lines"),
        ("class Long:\n" + "    field = 1\n" * 150, "a class of 151 lines"),
        ("field = 1\n" * 401, "a file of 401 lines"),
        ("def wide(a, b, c, d, e, f, g): ...  # no" + "qa: PLR0913\n", "PLR0913 is switched off"),
    ],
)
def test_the_check_fails_one_line_past_the_budget(text: str, message: str) -> None:
    (fault,) = oversize([sample(text)])

    assert fault.message.startswith(message)


def test_the_check_passes_at_the_budget() -> None:
    text = "def just():\n" + "    step()\n" * 39 + "class Just:\n" + "    field = 1\n" * 149

    assert list(oversize([sample(text)])) == []
    assert list(oversize_templates([sample("<p>\n" * 120)])) == []
    assert len(list(oversize_templates([sample("<p>\n" * 121)]))) == 1
