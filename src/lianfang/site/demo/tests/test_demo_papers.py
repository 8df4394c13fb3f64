"""The demo bureau's papers: checked together before anything is stored, and clean where nothing was planted."""

from __future__ import annotations

from pathlib import Path

import pytest
import time_machine

from lianfang.site.demo import bureau
from lianfang.site.demo.bureau import TODAY
from lianfang.site.demo.files import write_files
from lianfang.site.demo.loading import is_loaded, load, papers
from lianfang.site.demo.tests.bureaus import MAIN_BUREAU, of_bureau
from lianfang.site.demo.tests.expected import PATH, planted, printed, said
from lianfang.site.material import report_on


@pytest.mark.covers("S54")
@pytest.mark.django_db
def test_the_papers_checked_together_say_the_same_before_anything_is_stored(tmp_path: Path) -> None:
    faulty = of_bureau(bureau.with_defects(bureau.clean(), bureau.defects()), MAIN_BUREAU)
    files = [str(path) for path in reversed(write_files(tmp_path, faulty))]

    with time_machine.travel(TODAY, tick=False):
        found = printed(*files)

    assert found == planted()
    assert not is_loaded()


@pytest.mark.covers("S54")
@pytest.mark.django_db
def test_a_clean_copy_of_the_papers_gives_no_finding_once_it_is_stored(tmp_path: Path) -> None:
    with time_machine.travel(TODAY, tick=False):
        load(papers(tmp_path, planted=False))

        found = said(report_on(PATH, TODAY))

    assert is_loaded()
    assert found == set()
