"""The demo's work in hand: every part finds something to do, and laying it out twice changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.roles import Permission, Role
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.lint.models import CheckRun, Waiver
from lianfang.programme.plans.models import Programme, Submission
from lianfang.programme.plans.queries.upstream import upstream_page
from lianfang.registers.controls.ledger import compare
from lianfang.registers.controls.models import Control, Snapshot
from lianfang.registers.controls.queries.ledger import ledger_under, lines_of
from lianfang.registers.powers.models import Power
from lianfang.registers.regulations.models import Regulation
from lianfang.registers.regulations.states import RegulationState
from lianfang.registers.risks.models import Grading, Risk, Score
from lianfang.registers.risks.queries.gradings import waiting_for
from lianfang.site.checks.queries import Sought, findings_page
from lianfang.site.demo.loading import load, papers
from lianfang.site.demo.pending import lay_out
from lianfang.site.demo.people import PARTS, Part, open_accounts
from lianfang.site.desk import desk_of
from lianfang.site.overview import overview_of

pytestmark = pytest.mark.django_db
IN_THE_PROGRAMME = {Role.POST, Role.HEAD, Role.LEGAL, Role.DEPUTY, Role.SECRETARY, Role.COORDINATOR}


@pytest.fixture(scope="module")
def laid_out(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The demo with its work in hand, for all tests of this module."""
    home = tmp_path_factory.mktemp("home")
    with django_db_blocker.unblock(), transaction.atomic():
        load(papers(Path(home / "papers")))
        open_accounts(home)
        lay_out()
        yield
        transaction.set_rollback(True)


def _states(model: type[Power | Risk | Grading | Control | Regulation], prefix: str) -> set[str]:
    return set(model.objects.filter(number__startswith=prefix).values_list("state", flat=True))


def test_everybody_who_works_in_the_programme_finds_something_to_do(laid_out: None) -> None:
    for part in PARTS:
        if part.role in IN_THE_PROGRAMME:
            desk = desk_of(User.objects.get(login=part.login))

            assert desk.waiting or desk.returned or desk.drafts, part.login


def test_each_role_of_the_programme_has_something_waiting_for_its_decision(laid_out: None) -> None:
    for role in IN_THE_PROGRAMME:
        logins = [part.login for part in PARTS if part.role is role]

        assert any(desk_of(user).waiting for user in User.objects.filter(login__in=logins)), role


def test_nobody_is_sent_to_decide_on_what_they_submitted_themselves(laid_out: None) -> None:
    brigade = desk_of(User.objects.get(login="brigade"))
    waiting = {item.number for pile in brigade.piles for item in pile.items}

    assert "CH-ZFD-P029" in waiting
    assert "CH-ZFD-P029" not in {item.number for item in brigade.drafts}
    assert Entry.objects.filter(number="CH-ZFD-P029", verb=Verb.SUBMITTED.value).get().actor == "officer"


def test_the_clerk_is_told_what_came_back_and_why(laid_out: None) -> None:
    returned = desk_of(User.objects.get(login="clerk")).returned

    assert {item.kind for item in returned} >= {"powers", "risks", "controls"}
    assert all(len(item.reason) > 20 and item.by for item in returned)


def test_powers_gradings_and_regulations_stand_at_every_stage(laid_out: None) -> None:
    assert _states(Power, "CH-WRF-P") >= {"draft", "submitted", "cleared", "checked", "confirmed"}
    assert _states(Risk, "CH-WRF-R") >= {"draft", "proposed", "accepted", "grading", "live"}
    assert _states(Grading, "CH-WRF-R") >= {"open", "scored", "proposed", "approved"}
    assert _states(Control, "CH-WRF-C") >= {"draft", "submitted", "in-force"}
    assert _states(Regulation, "CH-G") == {state.value for state in RegulationState}


def test_a_scale_is_open_for_two_and_the_third_score_cannot_be_seen(laid_out: None) -> None:
    clerk, head = (User.objects.get(login=login) for login in ("clerk", "head"))

    assert [seat.risk.number for seat in waiting_for(clerk)] == ["CH-WRF-R026"]
    assert [seat.risk.number for seat in waiting_for(head)] == ["CH-WRF-R026"]
    assert Score.seats.filter(grading__number="CH-WRF-R026/1", scored_on__isnull=False).count() == 1
    assert not Score.objects.filter(grading__number="CH-WRF-R026/1").exists()


def test_grades_of_each_height_and_measures_of_each_grade_wait_for_their_approver(laid_out: None) -> None:
    proposed = Grading.objects.filter(state="proposed").values_list("grade", flat=True)
    submitted = Control.objects.filter(state="submitted").values_list("risk__grade", flat=True)

    assert sorted(proposed) == sorted(submitted) == ["HIGH", "LOW", "MEDIUM"]


def test_the_next_ledger_will_differ_from_the_kept_one_by_one_line(laid_out: None) -> None:
    kept = Snapshot.objects.get(unit__number="CH")

    changes = compare(lines_of(kept), ledger_under("JW/CH/"))

    assert [(change.risk, change.kind) for change in changes] == [("CH-WRF-R013", "改动")]


def test_the_plan_is_confirmed_one_finding_is_waived_and_the_bureau_has_been_checked(laid_out: None) -> None:
    states = dict(Programme.objects.filter(unit__number="CH").values_list("number", "state"))
    assert states == {"CH-F001": "confirmed", "CH-F002": "confirmed"}
    assert Submission.objects.filter(unit__number="CH-WRF").exists()
    assert Waiver.objects.get().rule == "RSK009"
    assert CheckRun.objects.get().waived == 1


@pytest.mark.covers("S3")
def test_the_plan_takes_up_what_the_commission_asked_except_for_one_task(laid_out: None) -> None:
    page = upstream_page(User.objects.get(login="coordinator"), "CH-F001")

    open_lines = [line.obligation.text for line in page.comparison.lines if not line.taken_up]
    assert [plan.row.number for plan in page.higher] == ["CH-F002"]
    assert open_lines == ["开展交叉互查"]
    assert page.comparison.added


def test_laying_out_twice_changes_nothing(laid_out: None) -> None:
    before = Entry.objects.count()

    lay_out()

    assert Entry.objects.count() == before


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.login)
def test_every_page_tells_each_part_the_same_number_of_open_errors(part: Part, laid_out: None) -> None:
    actor = User.objects.get(login=part.login)
    page = findings_page(actor, Sought())
    told = {desk_of(actor).error_count, page.counts.errors, findings_page(actor, Sought(severity="E")).total}
    if actor.may_anywhere(Permission.OVERVIEW_READ):
        shown = overview_of(actor)
        told.add(sum(line.counts.errors for line in shown.bureaus))
        if shown.units:
            told.add(shown.own.errors + sum(line.counts.errors for line in shown.units))

    assert len(told) == 1
