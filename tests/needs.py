"""What a test may need of the machine beyond Python, and whether it is there."""

from __future__ import annotations

import functools
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


def has_chromium() -> bool:
    """A Chromium that Playwright can drive."""
    return any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))


def has_corpus() -> bool:
    """The reference texts beside the repository."""
    return CORPUS.is_dir()


def has_office() -> bool:
    """LibreOffice, to open what we write."""
    return any(shutil.which(name) for name in ("soffice", "libreoffice"))


def is_on_postgres() -> bool:
    """This run uses PostgreSQL."""
    return os.environ.get("LIANFANG_DATABASE_URL", "").startswith("postgres")


NEEDS: dict[str, tuple[Callable[[], bool], str]] = {
    "browser": (has_chromium, "未找到 Chromium，浏览器测试没有运行（apt install chromium）。"),
    "corpus": (has_corpus, "未找到 ../shared/corpus，语料测试没有运行。"),
    "office": (
        has_office,
        "未找到 LibreOffice，文档打开测试没有运行（apt install libreoffice）。",
    ),
    "postgres": (is_on_postgres, "未设置 LIANFANG_TEST_POSTGRES，PostgreSQL 专项测试没有运行。"),
}
"""Mark → whether the machine can do it → what to say where it cannot."""


def missing_for(item: pytest.Item) -> Iterator[str]:
    """Why ``item`` cannot run here: one sentence for each of its marks that asks for something absent."""
    for mark, (_, reason) in NEEDS.items():
        if item.get_closest_marker(mark) and not _is_there(mark):
            yield reason


@functools.cache
def _is_there(mark: str) -> bool:
    return NEEDS[mark][0]()


def nothing_may_be_skipped() -> bool:
    """CI installs everything, so there a missing thing is a failure (LIANFANG_NO_SKIPS=1)."""
    return os.environ.get("LIANFANG_NO_SKIPS") == "1"


def postgres_runs_elsewhere() -> bool:
    """The tests for PostgreSQL alone have a run of their own (``script/test`` makes it), and this is not it."""
    return bool(os.environ.get("LIANFANG_TEST_POSTGRES")) and not is_on_postgres()


def uses_database(item: pytest.Item) -> bool:
    """Whether a test asked for the database, by mark or by fixture."""
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(fixtures & DATABASE_FIXTURES)
