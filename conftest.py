"""What every test run of the house shares: what this machine lacks, one line a reason, and the traceability marks."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests import needs, traceability

ROOT = Path(__file__).parent
COVERED = pytest.StashKey[traceability.Covered]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of this house."""
    group = parser.getgroup("lianfang")
    group.addoption("--write-trace", action="store_true", help="write docs/traceability.json and .md")
    group.addoption("--write-pictures", action="store_true", help="write the guide's pictures from the journeys")
    group.addoption("--only-database", action="store_true", help="only tests that use the database")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Read the marks of all tests before any is deselected; then drop those that this run is not about."""
    config.stash[COVERED] = traceability.collect(items)
    if config.getoption("--write-trace"):
        traceability.write(ROOT, config.stash[COVERED])
    dropped = [item for item in items if not _wanted(item, config)]
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = [item for item in items if item not in dropped]


def _wanted(item: pytest.Item, config: pytest.Config) -> bool:
    if config.getoption("--only-database") and not needs.uses_database(item):
        return False
    if item.get_closest_marker("postgres") and needs.postgres_runs_elsewhere():
        return False
    return item.get_closest_marker("whole_run") is None or _is_whole(config)


def _is_whole(config: pytest.Config) -> bool:
    """Whether all tests were collected, so that what they cover can be compared with what the docs say."""
    option = config.option
    return (
        config.args == config.getini("testpaths")
        and not option.keyword
        and not getattr(option, "lf", False)
        and not (option.ignore or option.ignore_glob or option.deselect)
    )


@pytest.fixture(scope="session")
def covered(pytestconfig: pytest.Config) -> traceability.Covered:
    """S-id → tests that prove it, from the marks of this very run."""
    return pytestconfig.stash[COVERED]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what this machine cannot do; where everything was promised to be there (CI), fail instead."""
    for reason in needs.missing_for(item):
        if needs.nothing_may_be_skipped():
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One visible line for each reason for which tests were skipped."""
    reasons: Counter[str] = Counter()
    for report in terminalreporter.stats.get("skipped", []):
        reasons[report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)] += 1
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"SKIPPED {count}: {reason.removeprefix('Skipped: ')}")
