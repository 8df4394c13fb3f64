"""The steps of ``script/test``: each is timed, a failure does not stop the others, and the end says what happened."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import _bootstrap
from _bootstrap import BIN, PYTHON, ROOT

NO_TESTS = 5
"""pytest's exit code for a selection that is empty."""

GATES: list[tuple[str, list[str]]] = [
    ("ruff check", ["ruff", "check", "--quiet", "."]),
    ("ruff format", ["ruff", "format", "--check", "--quiet", "."]),
    ("mypy", ["mypy", "--no-error-summary", "src", "tests", "benchmarks", "script", "conftest.py"]),
    ("import contracts", ["lint-imports"]),
    ("templates", ["djlint", "--lint", "--quiet", "src"]),
]
PYTEST = [str(PYTHON), "-m", "pytest"]
POSTGRES = "LIANFANG_TEST_POSTGRES"


@dataclass
class Counts:
    """How many tests ended in which way, over all runs."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def add(self, report: Path) -> None:
        """Add what one run's report says."""
        for suite in ET.parse(report).getroot().iter("testsuite"):  # noqa: S314 - our own file
            count = {name: int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")}
            broken = count["failures"] + count["errors"]
            self.failed += broken
            self.skipped += count["skipped"]
            self.passed += count["tests"] - broken - count["skipped"]


@dataclass
class Summary:
    """One line a step, for the end."""

    lines: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def add(self, name: str, passed: bool, seconds: float) -> None:
        """Note how a step ended."""
        self.lines.append(f"{'ok    ' if passed else 'FAILED'}  {name:<24} {seconds:6.1f} s")
        if not passed:
            self.failed.append(name)


def everything() -> int:
    """All gates, then all tests; 0 where all is well."""
    summary, counts = Summary(), Counts()
    for name, command in GATES:
        _gate(summary, name, command)
    _tests(summary, counts, "tests", ["-n", "2", "-m", "not browser"])
    _tests(summary, counts, "browser tests", ["-m", "browser"])
    if os.environ.get(POSTGRES):
        _tests(summary, counts, "tests on PostgreSQL", ["-n", "2", "-m", "not browser", "--only-database"])
    else:
        summary.lines.append(f"skipped tests on PostgreSQL ({POSTGRES} is not set)")
    print("\n" + "\n".join(summary.lines))
    print(f"\n{counts.passed} passed, {counts.failed} failed, {counts.skipped} skipped")
    if summary.failed:
        print(f"script/test: failed: {', '.join(summary.failed)}", file=sys.stderr)
    return 1 if summary.failed else 0


def only_pytest(arguments: Sequence[str]) -> int:
    """Just pytest, with the caller's arguments."""
    return _bootstrap.call([*PYTEST, *arguments])


def write_trace() -> int:
    """Write the traceability tables from the marks of all tests, without running them."""
    return _bootstrap.call([*PYTEST, "--collect-only", "--quiet", "--no-summary", "--write-trace"])


def _gate(summary: Summary, name: str, command: Sequence[str]) -> None:
    started = time.monotonic()
    program = [str(BIN / command[0]), *command[1:]]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
    passed = done.returncode == 0
    summary.add(name, passed, time.monotonic() - started)
    print(summary.lines[-1], flush=True)
    if not passed:
        print(done.stdout + done.stderr, flush=True)


def _tests(summary: Summary, counts: Counts, name: str, options: Sequence[str]) -> None:
    print(f"\n== {name} ==", flush=True)
    started = time.monotonic()
    environment = {"LIANFANG_DATABASE_URL": os.environ[POSTGRES]} if "--only-database" in options else {}
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        code = _bootstrap.call([*PYTEST, *options, f"--junitxml={report}"], **environment)
        if report.exists():
            counts.add(report)
    empty_is_fine = name != "tests" and code == NO_TESTS
    summary.add(name, code == 0 or empty_is_fine, time.monotonic() - started)
