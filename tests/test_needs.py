"""What a machine lacks is skipped with one line a reason, and fails where nothing may be skipped."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import needs

ROOT = Path(__file__).resolve().parent.parent
NEEDY = """
import pytest

@pytest.mark.browser
@pytest.mark.parametrize("page", [1, 2, 3])
def test_in_a_browser(page): ...

@pytest.mark.office
def test_with_an_office(): ...

def test_of_values(): ...

@pytest.mark.django_db
def test_with_a_database(): ...
"""


def run(folder: Path, *arguments: str, **environment: str) -> str:
    """What pytest says of three needy tests on a machine where no program is installed."""
    (folder / "test_needy.py").write_text(NEEDY, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "conftest", "-p", "no:cacheprovider", *arguments, str(folder)]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LIANFANG_", "PYTEST_"))}
    environment = kept | {"PATH": str(folder), **environment}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False).stdout


def test_each_missing_thing_is_one_line(tmp_path: Path) -> None:
    said = run(tmp_path)

    assert "SKIPPED 3: 未找到 Chromium" in said
    assert "SKIPPED 1: 未找到 LibreOffice" in said
    assert "2 passed, 4 skipped" in said


def test_where_nothing_may_be_skipped_a_missing_thing_fails(tmp_path: Path) -> None:
    said = run(tmp_path, LIANFANG_NO_SKIPS="1")

    assert "2 passed" in said
    assert "4 errors" in said
    assert "未找到 Chromium" in said


def test_a_run_about_the_database_leaves_the_others_out(tmp_path: Path) -> None:
    assert "1 passed, 5 deselected" in run(tmp_path, "--only-database")


@pytest.mark.parametrize("mark", needs.NEEDS)
def test_every_need_is_a_registered_mark_and_says_a_full_sentence(mark: str, pytestconfig: pytest.Config) -> None:
    registered = {line.partition("(")[0].partition(":")[0] for line in pytestconfig.getini("markers")}

    assert mark in registered
    assert needs.NEEDS[mark][1].endswith("。")
