"""The demo bureau, taken in through the importers: the rules find what was planted in it, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.db import transaction
from pytest_django import DjangoDbBlocker
from typer.testing import CliRunner

from lianfang.foundation.lint.report import Report
from lianfang.programme.plans import programme_rules
from lianfang.programme.plans import rules as plan_rules
from lianfang.site.cli.commands import app
from lianfang.site.demo import bureau
from lianfang.site.demo.bureau import TODAY
from lianfang.site.demo.files import write_files
from lianfang.site.demo.loading import is_loaded, load, papers
from lianfang.site.material import report_on

PATH = "JW/CH/"
DERIVED = {"RSK007"}
"""Speaks on a stated list of post grades; here they are derived, so no stored list can contradict them.

LDG001 speaks on stated ledgers in the same way; here every ledger is generated.
"""
PROGRAMME = {rule.code for rule in (*plan_rules.RULES, *programme_rules.RULES)}
Found = set[tuple[str, str]]


def _planted() -> Found:
    every = set[tuple[str, str]]().union(*(defect.expected for defect in bureau.defects()))
    return {(code, number) for code, number in every if code not in DERIVED}


def _said(report: Report) -> Found:
    return {(found.code, found.number) for found in report.findings}


def _printed(*arguments: str, within: str = "") -> Found:
    """What ``lianfang lint … --format json`` finds, in units whose number begins with ``within``."""
    answer = CliRunner().invoke(app, ["lint", *arguments, "--format", "json"])
    listed = json.loads(answer.stdout)
    assert answer.exit_code == int(any(line["severity"] == "E" for line in listed))
    return {(line["code"], line["number"]) for line in listed if line["unit"].startswith(within)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the papers of this module are written."""
    return tmp_path_factory.mktemp("papers")


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker, folder: Path) -> Iterator[None]:
    """The faulty demo in the database, for all tests of this module that ask for it.

    Those that must not see it are marked ``django_db``: pytest-django runs them first.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        load(papers(folder / "faulty"))
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The loaded demo on the day on which it stands."""
    with django_db_blocker.unblock(), time_machine.travel(TODAY, tick=False):
        yield


@pytest.mark.covers("S54")
def test_the_rules_find_every_planted_fault_in_the_database_and_nothing_else(demo: None) -> None:
    report = report_on(PATH, TODAY)

    assert is_loaded()
    assert _said(report) == _planted()
    assert {skipped.code for skipped in report.skipped} - PROGRAMME == {"RSK007", "LDG001"}


def test_the_check_of_one_section_is_its_part_of_the_check_of_the_bureau(demo: None) -> None:
    whole = _printed("--unit", "CH", within="CH-WRF")

    part = _printed("--unit", "CH-WRF")

    assert part == whole
    assert len(part) >= 5


@pytest.mark.covers("S54")
def test_the_command_says_of_the_bureau_what_the_report_says(demo: None) -> None:
    assert _printed("--unit", "CH") == _planted()


@pytest.mark.covers("S54")
@pytest.mark.django_db
def test_the_papers_checked_together_say_the_same_before_anything_is_stored(folder: Path) -> None:
    faulty = bureau.of_bureau(bureau.with_defects(bureau.clean(), bureau.defects()), bureau.MAIN_BUREAU)
    files = [str(path) for path in reversed(write_files(folder / "together", faulty))]

    with time_machine.travel(TODAY, tick=False):
        found = _printed(*files)

    assert found == _planted()
    assert not is_loaded()


@pytest.mark.covers("S54")
@pytest.mark.django_db
def test_a_clean_copy_of_the_papers_gives_no_finding_once_it_is_stored(folder: Path) -> None:
    with time_machine.travel(TODAY, tick=False):
        load(papers(folder / "clean", planted=False))

        found = _said(report_on(PATH, TODAY))

    assert is_loaded()
    assert found == set()
