"""The demo bureau, taken in through the importers: the rules find what was planted in it, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.db import transaction
from pytest_django import DjangoDbBlocker

from lianfang.site.demo.bureau import TODAY
from lianfang.site.demo.loading import is_loaded, load, papers
from lianfang.site.demo.tests.expected import PATH, PROGRAMME, planted, printed, said
from lianfang.site.material import report_on

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the papers of this module are written."""
    return tmp_path_factory.mktemp("papers")


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker, folder: Path) -> Iterator[None]:
    """The faulty demo in the database, for all tests of this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(papers(folder / "faulty"))
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded: None) -> Iterator[None]:
    """The loaded demo on the day on which it stands."""
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.mark.covers("S54")
def test_the_rules_find_every_planted_fault_in_the_database_and_nothing_else(demo: None) -> None:
    report = report_on(PATH, TODAY)

    assert is_loaded()
    assert said(report) == planted()
    assert {skipped.code for skipped in report.skipped} - PROGRAMME == {"RSK007", "LDG001"}


def test_the_check_of_one_section_is_its_part_of_the_check_of_the_bureau(demo: None) -> None:
    whole = printed("--unit", "CH", within="CH-WRF")

    part = printed("--unit", "CH-WRF")

    assert part == whole
    assert len(part) >= 5


@pytest.mark.covers("S54")
def test_the_command_says_of_the_bureau_what_the_report_says(demo: None) -> None:
    assert printed("--unit", "CH") == planted()
