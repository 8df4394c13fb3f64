"""The planted faults: each applies to a cell that exists, and the rules find exactly these."""

from __future__ import annotations

import pytest

from lianfang.foundation.lint.engine import run
from lianfang.foundation.lint.material import Material
from lianfang.site.demo import bureau
from lianfang.site.demo.bureau import REMOVED, TODAY, Defect, Written
from lianfang.site.demo.tests.bureaus import MAIN_BUREAU, NEIGHBOUR, all_rows, of_bureau
from lianfang.site.rules import RULES

_NEIGHBOUR_AT_WORK = {"NEG005", "PWR012", "PWR013", "RUL005"}
"""What the neighbour, which has only begun, still lacks: whole subjects, never a badly written entry."""


def _found(written: Written, name: str) -> set[tuple[str, str]]:
    rows = all_rows(of_bureau(written, name))
    return {(finding.code, finding.number) for finding in run(RULES, Material(rows, today=TODAY)).findings}


def test_there_are_enough_faults_over_enough_rules() -> None:
    planted = bureau.defects()

    assert len(planted) >= 45
    assert len({defect.rule for defect in planted}) >= 30
    assert {defect.rule for defect in planted} <= {rule.code for rule in RULES}


@pytest.mark.parametrize("defect", bureau.defects(), ids=lambda defect: f"{defect.rule}-{defect.key}-{defect.column}")
def test_each_fault_changes_one_existing_cell(defect: Defect) -> None:
    written = bureau.clean()
    records = written.files[defect.file]
    key = next(iter(records[0]))
    before = [record for record in records if record[key] == defect.key]

    after = bureau.with_defects(written, [defect]).files[defect.file]

    assert len(before) == 1
    assert before[0].get(defect.column) != defect.bad_value
    changed = [record for record in after if record not in records]
    assert (len(after) == len(records) - 1) if defect.bad_value == REMOVED else (len(changed) == 1)


def test_a_fault_in_an_entry_that_does_not_exist_is_refused() -> None:
    wrong = Defect("posts.csv", "CH-XX-99", "岗位职责", "", "ORG001", "CH-XX-99", "", "")

    with pytest.raises(KeyError, match="CH-XX-99"):
        bureau.with_defects(bureau.clean(), [wrong])


def test_a_fault_in_a_column_that_does_not_exist_is_refused() -> None:
    wrong = Defect("posts.csv", "CH-LD-01", "电话", "", "ORG001", "CH-LD-01", "", "")

    with pytest.raises(KeyError, match="电话"):
        bureau.with_defects(bureau.clean(), [wrong])


@pytest.mark.covers("S54")
def test_the_clean_copy_gives_no_rule_a_reason_to_speak() -> None:
    assert _found(bureau.clean(), MAIN_BUREAU) == set()


@pytest.mark.covers("S54")
def test_the_faulty_copy_gives_exactly_the_planted_findings() -> None:
    planted = bureau.defects()

    found = _found(bureau.with_defects(bureau.clean(), planted), MAIN_BUREAU)

    assert found == set().union(*(defect.expected for defect in planted))


def test_the_neighbour_lacks_subjects_but_has_no_badly_written_entry() -> None:
    assert {code for code, _ in _found(bureau.clean(), NEIGHBOUR)} == _NEIGHBOUR_AT_WORK
