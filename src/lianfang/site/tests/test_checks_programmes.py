"""The check of a bureau speaks of its confirmed programmes too, and scores the order of procedure."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse
from typer.testing import CliRunner

from lianfang.conftest import Cast
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.kernel.findings import Dimension
from lianfang.programme.plans import actions
from lianfang.programme.plans.programme_rows import ProgrammeRow
from lianfang.programme.plans.tests.plan_of_linjiang import PLAN
from lianfang.site.checks.queries import Sought, findings_page
from lianfang.site.checks.running import check_bureau
from lianfang.site.cli.commands import app


@pytest.fixture
def draft(cast: Cast) -> ProgrammeRow:
    """The tests' plan, whose first two stages leave five days between them."""
    return actions.start_plan(actor=cast.coordinator, unit="LH", text=PLAN, source_name="方案.txt")


@pytest.fixture
def confirmed(cast: Cast, draft: ProgrammeRow) -> ProgrammeRow:
    return actions.confirm_plan(
        actor=cast.secretary, number=draft.number, expected_version=draft.version, basis="局党组会纪要〔2026〕3号"
    )


@pytest.mark.covers("S32", "S53", "S54")
def test_a_confirmed_programme_is_checked_and_the_order_is_scored(cast: Cast, confirmed: ProgrammeRow) -> None:
    _, report = check_bureau(cast.coordinator, "LH")

    found = [item for item in report.findings if item.code == "PRG002"]
    (order,) = (score for score in report.scores if score.dimension is Dimension.ORDER)
    assert {(item.kind, item.unit) for item in found} == {("stages", "LH")}
    assert order.unit == "LH"
    assert order.objects == 3 + 3
    assert order.clean == order.objects - len({item.number for item in found})


def test_a_draft_is_no_matter_of_the_check(cast: Cast, draft: ProgrammeRow) -> None:
    _, report = check_bureau(cast.coordinator, "LH")

    assert not [item for item in report.findings if item.code.startswith("PRG00") and item.kind == "stages"]
    assert Dimension.ORDER not in {score.dimension for score in report.scores}


def test_whoever_reads_findings_reads_those_about_the_programme_and_gets_to_the_stage(
    cast: Cast, confirmed: ProgrammeRow, sign_in: SignIn
) -> None:
    check_bureau(cast.coordinator, "LH")
    client = sign_in(cast.commission)

    page = client.get(reverse("checks:list"), {"code": "PRG002"}).content.decode()
    (line, *_) = findings_page(cast.commission, Sought(code="PRG002")).lines
    answer = client.get(reverse("plans:part", args=[line.finding.number]))

    assert (line.register, line.heading) == ("阶段", "开始")
    assert reverse("plans:part", args=[line.finding.number]) in page
    assert answer.headers["Location"] == f"{reverse('plans:detail', args=[confirmed.number])}#{line.finding.number}"
    assert f'id="{line.finding.number}"' in client.get(answer.headers["Location"]).content.decode()


def test_the_command_line_names_the_stage(cast: Cast, confirmed: ProgrammeRow) -> None:
    answer = CliRunner().invoke(app, ["lint", "--unit", "LH", "--format", "json"])

    assert "LH-F001-J002" in {line["number"] for line in json.loads(answer.stdout) if line["code"] == "PRG002"}
