"""What a regulation covers is what its text in force says: redrafting it changes nothing for anybody until then."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from lianfang.conftest import Cast
from lianfang.foundation.lint.material import Material
from lianfang.foundation.parameters.values import Parameters
from lianfang.kernel.findings import Severity
from lianfang.kernel.rows import Row
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.regulations import actions
from lianfang.registers.regulations.coverage import (
    coverage_by_unit,
    mechanisms_of,
    powers_without_regulation,
    regulations_without_power,
)
from lianfang.registers.regulations.models import Regulation, RegulationPower
from lianfang.registers.regulations.queries import (
    binding_rows,
    regulation_findings,
    regulation_rows,
    rows_binding_otherwise,
)
from lianfang.registers.regulations.rows import ChangeKind, Mechanism, RegulationRow
from lianfang.registers.regulations.rules import mechanism_without_regulation, power_or_regulation_alone
from lianfang.registers.regulations.tests.test_regulation_actions import INSPECTION, KEEPING, adopt, put_into_force

FIRST, SECOND = "LH-WRF-P001", "LH-WRF-P002"
Counts = list[tuple[int, int, int]]


@pytest.fixture
def in_force(cast: Cast) -> RegulationRow:
    """It covers the first of two powers and is the mechanism of notices."""
    for number in (FIRST, SECOND):
        Power.objects.create(
            number=number, unit_id="LH-WRF", unit_path="JW/LH/LH-WRF/", state="draft", name=f"职权{number}"
        )
    row = replace(INSPECTION, powers=(FIRST,), mechanism=Mechanism.NOTICE)
    return put_into_force(cast, actions.create_regulation(actor=cast.coordinator, row=row))


def redrafted(cast: Cast, row: RegulationRow, **changes: Any) -> RegulationRow:
    """The regulation evaluated again, with a draft that says otherwise."""
    judged = replace(row, change=ChangeKind.REVISE)
    row = actions.evaluate_regulation(actor=cast.coordinator, row=judged, expected_version=row.version)
    return actions.edit_regulation(actor=cast.coordinator, row=replace(row, **changes), expected_version=row.version)


def counts(cast: Cast) -> Counts:
    return [(line.covered, line.drafting, line.bare) for line in coverage_by_unit(cast.secretary)]


def held(cast: Cast) -> list[Mechanism]:
    return [line.mechanism for line in mechanisms_of(cast.secretary) if not line.is_gap]


@pytest.mark.covers("S36")
def test_a_draft_that_names_other_powers_leaves_coverage_as_it_binds(cast: Cast, in_force: RegulationRow) -> None:
    redrafted(cast, in_force, powers=(SECOND,))

    assert counts(cast) == [(1, 1, 0)]


@pytest.mark.covers("S36")
def test_an_adopted_revision_counts_from_the_day_it_is_in_force(cast: Cast, in_force: RegulationRow) -> None:
    adopted = adopt(cast, redrafted(cast, in_force, powers=(SECOND,), mechanism=Mechanism.WARNING))
    before = counts(cast), held(cast), binding_rows(Regulation.objects.all())[0].powers

    issue = actions.Issue("临环〔2026〕20号", timezone.localdate())
    actions.enforce_regulation(
        actor=cast.coordinator, number=adopted.number, expected_version=adopted.version, issue=issue
    )

    assert before == ([(1, 1, 0)], [Mechanism.NOTICE], (FIRST,))
    assert (counts(cast), held(cast)) == ([(1, 0, 1)], [Mechanism.WARNING])


@pytest.mark.covers("S80")
@pytest.mark.parametrize("drafted", [None, Mechanism.WARNING])
def test_a_draft_of_another_mechanism_fills_no_gap_and_opens_none(
    cast: Cast, in_force: RegulationRow, drafted: Mechanism | None
) -> None:
    redrafted(cast, in_force, mechanism=drafted, title="还没有审议的名称")

    lines = mechanisms_of(cast.secretary)

    assert held(cast) == [Mechanism.NOTICE]
    assert [row.title for line in lines for row in line.in_effect] == [INSPECTION.title]
    assert [line.mechanism for line in lines if line.drafting] == ([drafted] if drafted else [])


@pytest.mark.covers("S36")
def test_who_reads_only_what_binds_is_not_told_of_the_draft(cast: Cast, in_force: RegulationRow) -> None:
    Regulation.objects.update(unit_id="LH", unit_path="JW/LH/")
    redrafted(cast, in_force, powers=(SECOND,), mechanism=Mechanism.WARNING)

    told = [line.mechanism for line in mechanisms_of(cast.head) if line.drafting]

    assert [(line.covered, line.drafting, line.bare) for line in coverage_by_unit(cast.head)] == [(1, 0, 1)]
    assert told == []


@pytest.mark.covers("S36")
def test_a_regulation_whose_draft_names_nothing_still_covers_what_it_covers(
    cast: Cast, in_force: RegulationRow
) -> None:
    redrafted(cast, in_force, powers=(), mechanism=None)

    assert regulations_without_power(cast.secretary) == []


@pytest.mark.covers("S36")
def test_a_kept_regulation_binds_with_the_powers_it_names(cast: Cast, in_force: RegulationRow) -> None:
    row = actions.create_regulation(actor=cast.head, row=replace(KEEPING, powers=(SECOND,)))
    actions.keep_regulation(
        actor=cast.secretary, number=row.number, expected_version=row.version, basis="局党组会纪要〔2026〕9号"
    )

    assert counts(cast) == [(2, 0, 0)]


def material() -> Material:
    rows: list[Row] = [
        *(power.to_row() for power in Power.objects.all()),
        *regulation_rows(),
        *rows_binding_otherwise(),
    ]
    return Material(rows, today=timezone.localdate(), registers=[PowerRow, RegulationRow], parameters=Parameters())


@pytest.mark.covers("S36", "S80")
def test_the_rules_count_what_binds_while_it_is_redrafted(cast: Cast, in_force: RegulationRow) -> None:
    redrafted(cast, in_force, powers=(SECOND,), mechanism=Mechanism.WARNING)

    alone = [found.number for found in power_or_regulation_alone(material())]
    missing = next(mechanism_without_regulation(material())).message

    assert alone == [SECOND]
    assert "风险提示" not in missing
    assert "风险预警" in missing


@pytest.mark.covers("S36", "S80")
@pytest.mark.parametrize("reached", ["nothing", "draft", "adopted", "in force", "redrafted"])
def test_the_rules_call_bare_and_missing_what_the_page_calls_so(
    cast: Cast, in_force: RegulationRow, reached: str
) -> None:
    row = replace(INSPECTION, powers=(SECOND,), mechanism=Mechanism.WARNING, title="预警制度")
    if reached != "nothing":
        row = actions.create_regulation(actor=cast.coordinator, row=row)
    if reached == "adopted":
        adopt(cast, row)
    if reached in {"in force", "redrafted"}:
        row = put_into_force(cast, row, "临环〔2026〕13号")
    if reached == "redrafted":
        redrafted(cast, row, powers=(FIRST,), mechanism=None)

    told = [found.number for found in power_or_regulation_alone(material()) if found.severity is not Severity.HINT]
    missing = next(mechanism_without_regulation(material())).message

    assert told == [line.row.number for line in powers_without_regulation(cast.secretary)]
    assert told == ([] if reached in {"in force", "redrafted"} else [SECOND])
    gaps = [line.mechanism.label for line in mechanisms_of(cast.secretary) if line.is_gap]
    assert missing == f"六项机制中还没有施行中的{'、'.join(gaps)}制度。"


@pytest.mark.covers("S36")
def test_the_page_of_a_draft_says_which_power_waits_for_it_and_that_of_a_redraft_does_not(
    cast: Cast, in_force: RegulationRow
) -> None:
    draft = actions.create_regulation(actor=cast.coordinator, row=replace(INSPECTION, powers=(FIRST, SECOND)))
    again = redrafted(cast, in_force, accountability="")

    said = [found.message for found in regulation_findings(draft) if found.code == "RUL001"]

    assert said == [f"制度《{draft.title}》还没有施行，施行以后才算{SECOND}的配套制度。"]
    assert "RUL001" not in {found.code for found in regulation_findings(again)}


def test_regulations_stored_before_learn_from_the_journal_what_binds(cast: Cast, in_force: RegulationRow) -> None:
    adopt(cast, redrafted(cast, in_force, powers=(SECOND,)))
    put_in_force = Regulation.objects.get().binding_entry
    Regulation.objects.update(binding_entry=None)
    RegulationPower.objects.filter(binding=True).delete()

    migration = import_module("lianfang.registers.regulations.migrations.0004_what_binds_by_the_journal")
    migration.read_what_binds(apps, None)

    assert Regulation.objects.get().binding_entry == put_in_force
    assert counts(cast) == [(1, 1, 0)]
