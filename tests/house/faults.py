"""What the house rules share: the tracked files, a fault and its place, and the allow-list of reasoned exceptions."""

from __future__ import annotations

import ast
import functools
import re
import subprocess
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent
ALLOWED = Path("tests/house/allowed.txt")
_ENTRY = re.compile(r"(?P<rule>\S+) (?P<place>\S+) — (?P<reason>.{10,})")
_CEILING = re.compile(r"^# at most (\d+)$", re.MULTILINE)

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Fault(NamedTuple):
    """One breach of a rule: which, where (``path`` or ``path::name``), and in words."""

    rule: str
    place: str
    message: str


@dataclass(frozen=True)
class Source:
    """One text file of the repository, by its path from the root."""

    path: str
    text: str

    @functools.cached_property
    def tree(self) -> ast.Module:
        """The syntax tree of a Python file."""
        return ast.parse(self.text, self.path)

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.path.rpartition("/")[2]

    @property
    def is_test(self) -> bool:
        """Whether the file belongs to the tests, not to the product."""
        return self.path.startswith("tests/") or "/tests/" in self.path

    def functions(self) -> Iterator[Function]:
        """Every function and method of a Python file."""
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))


def sample(text: str, path: str = "src/lianfang/registers/powers/views.py") -> Source:
    """A made-up file, to show that a rule fails on it."""
    return Source(path, textwrap.dedent(text))


@functools.cache
def tracked() -> tuple[Source, ...]:
    """All text files that git tracks and that are still there."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    paths = [path for path in listed.split("\0") if path and (ROOT / path).is_file()]
    return tuple(Source(path, text) for path in paths if (text := _text(ROOT / path)) is not None)


def _text(path: Path) -> str | None:
    content = path.read_bytes()
    return None if b"\0" in content else content.decode("utf-8")


def python() -> list[Source]:
    """All Python files except migrations, which Django writes."""
    commands = {"script/setup", "script/run", "script/test", "script/bench"}
    return [
        source
        for source in tracked()
        if (source.path.endswith(".py") or source.path in commands) and "/migrations/" not in source.path
    ]


def product() -> list[Source]:
    """The Python files of the product itself."""
    return [source for source in python() if source.path.startswith("src/") and not source.is_test]


def templates() -> list[Source]:
    """All page templates."""
    return [source for source in tracked() if "/templates/" in source.path and source.path.endswith((".html", ".txt"))]


def allowed() -> dict[tuple[str, str], str]:
    """(rule, place) → reason, from the allow-list."""
    lines = (ROOT / ALLOWED).read_text(encoding="utf-8").splitlines()
    return dict(_entry(line) for line in lines if line and not line.startswith("#"))


def _entry(line: str) -> tuple[tuple[str, str], str]:
    found = _ENTRY.fullmatch(line)
    if found is None:
        raise AssertionError(f"{ALLOWED}: a line is 'rule place — reason', with a reason: {line!r}")
    return (found["rule"], found["place"]), found["reason"]


def ceiling(text: str) -> int:
    """The greatest number of exceptions that an allow-list gives itself."""
    found = _CEILING.search(text)
    assert found, f"{ALLOWED}: the line '# at most N' is missing."
    return int(found[1])


def demand_none(faults: Iterable[Fault]) -> None:
    """Fail with one line for each fault that the allow-list does not name."""
    excused = allowed()
    standing = [fault for fault in faults if (fault.rule, fault.place) not in excused]
    assert not standing, "\n".join(["", *(f"{fault.place}: {fault.message} [{fault.rule}]" for fault in standing)])


def called(node: ast.AST) -> str:
    """The bare name of what a call calls: ``save`` for ``power.save(…)``, "" where it has none."""
    if not isinstance(node, ast.Call):
        return ""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""
