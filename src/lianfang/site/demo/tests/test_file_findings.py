"""A file is told what its lines will be told once stored: in the preview, on the command line, by the stored check."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
import time_machine

from lianfang.foundation.accounts.console import console_actor
from lianfang.foundation.documents.isolation import read_file
from lianfang.foundation.documents.limits import COMMAND_LINE
from lianfang.kernel.findings import Finding
from lianfang.site.demo.bureau import TODAY
from lianfang.site.demo.loading import DECISION, papers
from lianfang.site.demo.tests.expected import printed
from lianfang.site.import_checks import LATER, speaks_of
from lianfang.site.importing import Preview, preview, store_preview
from lianfang.site.intake import Taking
from lianfang.site.material import findings_under
from lianfang.site.rules import RULES

pytestmark = pytest.mark.django_db
Said = set[tuple[str, str, str]]
COMPARED = re.compile("单位|法规库|制度|CH-(?:BGS|ZFD|WRF)")
"""Papers after which the bureaus are checked: the whole lists, and those of three sections."""


def _said(findings: Iterable[Finding], of: set[tuple[str, str]], waiting: set[str]) -> Said:
    return {
        (found.code, found.kind, found.number)
        for found in findings
        if (found.kind, found.number) in of and found.code not in waiting
    }


def _waiting(previewed: Preview) -> set[str]:
    """Codes that the preview names as left for the stored register."""
    hints = [found.message for found in previewed.findings if found.code == LATER]
    return {word.split()[0] for hint in hints for word in hint.split("：")[-1].split("、")}


def _silent(previewed: Preview) -> set[str]:
    """Codes of rules about other lists, which say of the bureau what is missing in these."""
    registers = {intake.register.row for intake in previewed.intakes}
    return {rule.code for rule in RULES if not speaks_of(rule, registers)}


@pytest.mark.covers("S53", "S54")
def test_every_paper_hears_the_same_before_and_after_it_is_stored(tmp_path: Path) -> None:
    differing: dict[str, tuple[Said, Said]] = {}
    heard: set[str] = set()
    left: set[str] = set()

    with time_machine.travel(TODAY, tick=False):
        for path in papers(tmp_path):
            previewed = preview(read_file(path, COMMAND_LINE), Taking(limits=COMMAND_LINE, adopting=True))
            waiting = _waiting(previewed)
            left |= waiting
            if not COMPARED.search(path.name):
                store_preview(console_actor(), previewed, path.name, DECISION)
                continue
            silent = _silent(previewed)
            lines = {(intake.register.kind, row.number) for intake in previewed.intakes for row in intake.rows}
            before = _said((found for intake in previewed.intakes for found in intake.findings), lines, waiting)
            assert not {code for code, _, _ in before} & silent
            store_preview(console_actor(), previewed, path.name, DECISION)
            after = _said(findings_under("", TODAY), lines, waiting | silent)
            if before != after:
                differing[path.name] = (before - after, after - before)
            heard |= {code for code, _, _ in after}

    assert differing == {}
    assert {"PWR002", "PWR007", "RSK006", "NEG006", "CTL002"} <= heard
    assert {"PWR011", "PWR013", "RSK002", "CTL001"} <= left


@pytest.mark.covers("S65")
def test_a_power_list_by_itself_is_held_against_the_laws_and_posts_that_are_stored(tmp_path: Path) -> None:
    with time_machine.travel(TODAY, tick=False):
        files = papers(tmp_path)
        for path in files[:2]:
            previewed = preview(read_file(path, COMMAND_LINE), Taking(limits=COMMAND_LINE, adopting=True))
            store_preview(console_actor(), previewed, path.name, DECISION)
        powers = [str(path) for path in files if path.name.startswith("权力清单_CH")]

        alone = set().union(*(printed(path) for path in powers))

    assert {code for code, _ in alone} >= {"PWR002", "PWR007", LATER}
