"""Names in a plan that no unit bears: seen, settled by hand, and never lost on the way into the programme (S1, S31)."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from lianfang.conftest import Cast
from lianfang.foundation.lint.engine import run
from lianfang.foundation.lint.material import Material
from lianfang.foundation.organisation.rows import UnitRow
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.kernel.errors import Invalid
from lianfang.kernel.findings import Severity
from lianfang.programme.plans import actions
from lianfang.programme.plans.drafting import Origin, draft_findings, draft_of, with_settled
from lianfang.programme.plans.models import Deliverable, PeriodicDuty, Programme, Submission
from lianfang.programme.plans.owed_rows import DeliverableRow
from lianfang.programme.plans.owing import owed_by
from lianfang.programme.plans.programme_rows import ProgrammeRow, Settled
from lianfang.programme.plans.programme_rules import RULES
from lianfang.programme.plans.queries.programmes import CHECKED
from lianfang.programme.plans.reader import read_plan
from lianfang.programme.plans.resolving import unmatched_names
from lianfang.programme.plans.tests.posting import posted
from lianfang.programme.plans.tests.test_drafting import UNITS

ORIGIN = Origin("LH", UNITS, "方案.txt")
CHOICES = [("LH", "临江分局"), ("LH-WRF", "污染防治科"), ("LH-ZF", "综合执法大队")]
PLAN = """临江分局值守工作方案
第一阶段：查找风险（2026年3月2日至4月30日）
各科室、审计中心于4月24日前将风险点清单报局党组。
各科室每月25日前向局党组报送工作台账。
"""
READ = read_plan(PLAN, number="LH-F001")
DRAFT = draft_of(READ, ORIGIN)


def about_units(draft: ProgrammeRow) -> list[str]:
    """The messages of PRG005 about a draft."""
    found = draft_findings(draft, READ, ORIGIN)
    return [one.message for one in found if one.code == "PRG005" and one.severity is Severity.ERROR]


def settled_to(unit: str) -> ProgrammeRow:
    """The draft with 审计中心 settled."""
    item = replace(DRAFT.deadlines[0], settled=(Settled(name="审计中心", unit=unit),))
    return with_settled(replace(DRAFT, deadlines=(item,)), ORIGIN)


@pytest.mark.covers("S31", "S70")
def test_a_name_that_no_unit_bears_is_a_finding_although_others_are_ticked() -> None:
    assert DRAFT.deadlines[0].units == ("LH-WRF", "LH-ZF")

    (message,) = about_units(DRAFT)

    assert "“审计中心”没有对上本局现有单位" in message


@pytest.mark.parametrize(("unit", "units"), [("", ("LH-WRF", "LH-ZF")), ("LH", ("LH", "LH-WRF", "LH-ZF"))])
def test_a_settled_name_is_no_finding_and_ticks_the_unit_that_it_means(unit: str, units: tuple[str, ...]) -> None:
    draft = settled_to(unit)

    assert about_units(draft) == []
    assert draft.deadlines[0].units == units


def test_a_wording_changed_to_an_unknown_name_is_a_finding() -> None:
    changed = replace(DRAFT, deadlines=(replace(DRAFT.deadlines[0], submitter="督察专班"),))

    assert ["“督察专班”" in message for message in about_units(changed)] == [True]


def test_a_dropped_submitter_without_any_unit_is_a_finding() -> None:
    dropped = replace(DRAFT, deadlines=(replace(DRAFT.deadlines[0], submitter="", units=()),))

    assert about_units(dropped) == ["“风险点清单”没有确定由哪些单位报送，请在期限一栏勾选。"]


def test_a_periodic_duty_that_nobody_has_is_a_finding() -> None:
    nobody = replace(settled_to(""), duties=(replace(DRAFT.duties[0], submitter="值守专班", units=()),))

    (message,) = about_units(nobody)

    assert "“值守专班”" in message
    assert "定期工作一栏" in message


def test_an_answer_about_a_name_that_the_wording_no_longer_has_is_forgotten() -> None:
    draft = settled_to("")
    shorter = replace(draft, deadlines=(replace(draft.deadlines[0], submitter="各科室"),))

    assert with_settled(shorter, ORIGIN).deadlines[0].settled == ()


@pytest.mark.covers("S31", "S70")
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"submitter": "各科室、督察专班", "submitters": ("LH-WRF", "LH-ZF")}, "督察专班没有对上"),
        ({"submitter": "", "submitters": (), "spared": ("LH",)}, "没有任何单位报送"),
        ({"submitter": "督察专班", "submitters": (), "settled": (Settled(name="督察专班"),)}, ""),
    ],
)
def test_a_kept_deliverable_that_somebody_unknown_or_nobody_owes_is_a_finding(
    changes: dict[str, Any], said: str
) -> None:
    row = DeliverableRow(number="LH-F001-B001", programme="LH-F001", name="清单", **changes)
    owed = owed_by(settled_to(""), UNITS, UNITS)
    submissions = owed.submissions if row.submitters else ()
    rule = next(rule for rule in RULES if rule.code == "PRG005")
    material = Material([DRAFT, *UNITS, row, *submissions], today=dt.date(2026, 3, 2), registers=(*CHECKED, UnitRow))

    found = run([rule], material).findings

    assert [said in one.message for one in found] == ([True] if said else [])


@pytest.fixture
def draft(cast: Cast) -> ProgrammeRow:
    return actions.start_plan(actor=cast.coordinator, unit="LH", text=PLAN, source_name="方案.txt")


def page(client: Client, name: str, number: str) -> str:
    return client.get(reverse(f"plans:{name}", args=[number])).content.decode()


@pytest.mark.covers("S31")
def test_an_unknown_name_is_asked_about_and_settled_on_the_page(
    cast: Cast, sign_in: SignIn, draft: ProgrammeRow
) -> None:
    client = sign_in(cast.coordinator)
    with pytest.raises(Invalid, match="1 个错误"):
        actions.confirm_plan(actor=cast.secretary, number=draft.number, expected_version=draft.version)
    assert "“审计中心”指" in page(client, "reading", draft.number)

    sent = posted(draft, CHOICES) | {"deadlines-0-settled_0": "outside"}
    answer = client.post(reverse("plans:reading", args=[draft.number]), sent)

    assert answer.status_code == 302
    kept = Programme.objects.get().to_row()
    assert kept.deadlines[0].settled == (Settled(name="审计中心"),)
    assert '<option value="outside" selected>' in page(client, "reading", draft.number)
    actions.confirm_plan(actor=cast.secretary, number=draft.number, expected_version=kept.version)
    assert Deliverable.objects.get().to_row().outside == ("审计中心",)
    assert {one.unit for one in map(Submission.to_row, Submission.objects.all())} == {"LH-WRF", "LH-ZF"}
    for name in ("detail", "matrix", "reading"):
        assert "审计中心" in page(sign_in(cast.clerk), name, draft.number).split("<main", 1)[1]


def test_the_answer_that_a_name_means_a_unit_puts_that_unit_into_the_matrix(
    cast: Cast, sign_in: SignIn, draft: ProgrammeRow
) -> None:
    sent = posted(draft, CHOICES, deadlines__0__units=["LH-ZF"]) | {"deadlines-0-settled_0": "LH-WRF"}
    sign_in(cast.coordinator).post(reverse("plans:reading", args=[draft.number]), sent)
    kept = Programme.objects.get().to_row()

    actions.confirm_plan(actor=cast.secretary, number=draft.number, expected_version=kept.version)

    assert {one.unit for one in map(Submission.to_row, Submission.objects.all())} == {"LH-WRF", "LH-ZF"}
    assert Deliverable.objects.get().to_row().outside == ()


def test_the_day_of_a_periodic_duty_and_who_does_it_reach_the_programme(
    cast: Cast, sign_in: SignIn, draft: ProgrammeRow
) -> None:
    sent = posted(draft, CHOICES) | {"deadlines-0-settled_0": "outside"}
    sign_in(cast.coordinator).post(reverse("plans:reading", args=[draft.number]), sent)
    kept = Programme.objects.get().to_row()
    actions.confirm_plan(actor=cast.secretary, number=draft.number, expected_version=kept.version)

    duty = PeriodicDuty.objects.get().to_row()

    assert (duty.every, duty.submitter, duty.submitters) == ("每月25日前", "各科室", ("LH-WRF", "LH-ZF"))
    assert duty.title == "每月25日前：工作台账"
    client = sign_in(cast.clerk)
    shown = page(client, "detail", draft.number).split('<caption class="visually-hidden">定期工作</caption>', 1)[1]
    assert "每月25日前" in shown
    assert "污染防治科、综合执法大队" in shown
    answer = client.get(reverse("exports:programme", args=[draft.number]), {"format": "xlsx"})
    book = load_workbook(io.BytesIO(answer.content))
    cells = [str(cell.value) for row in book["定期工作"].iter_rows() for cell in row]
    assert {"每月25日前", "污染防治科、综合执法大队"} <= set(cells)


def test_the_names_that_are_asked_about_are_those_that_nothing_bears() -> None:
    assert unmatched_names(DRAFT.deadlines[0].submitter, UNITS, "LH") == ("审计中心",)
