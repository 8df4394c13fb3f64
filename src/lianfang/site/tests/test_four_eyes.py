"""Four eyes through every door: who wrote, submitted or rated an entry does not examine or approve it (docs 0017)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lianfang.conftest import LONG_AGO, Cast
from lianfang.foundation.accounts.models import Grant, User
from lianfang.foundation.accounts.roles import Role
from lianfang.foundation.journal.models import Record
from lianfang.foundation.web.navigation import record_address
from lianfang.foundation.web.tests.sending import SignIn, send
from lianfang.kernel.errors import Refused
from lianfang.kernel.levels import Grade
from lianfang.programme.plans import actions as plans
from lianfang.programme.plans.models import Programme
from lianfang.programme.plans.tests.plan_of_linjiang import PLAN
from lianfang.registers.controls import actions as controls
from lianfang.registers.controls.models import Control
from lianfang.registers.controls.tests.test_controls_actions import MEASURE
from lianfang.registers.powers import actions as powers
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.tests.test_powers_actions import INSPECTION, confirm
from lianfang.registers.regulations import actions as regulations
from lianfang.registers.regulations.models import Regulation
from lianfang.registers.regulations.tests.test_regulation_actions import INSPECTION as REGULATION
from lianfang.registers.regulations.tests.test_regulation_actions import KEEPING
from lianfang.registers.risks.actions import negatives
from lianfang.registers.risks.actions.gradings import approve_grade
from lianfang.registers.risks.actions.risks import accept_risk, create_risk, submit_risk
from lianfang.registers.risks.models import Grading, Negative
from lianfang.registers.risks.tests.conftest import DRAFT, Round
from lianfang.registers.risks.tests.test_negative_actions import ITEM

MINUTES = "局党组会纪要〔2026〕7号"
SENTENCE = "经手的人和把关的人须分开"


@pytest.fixture
def double(cast: Cast) -> User:
    """Somebody of a small bureau who holds every part at once."""
    user = User.objects.create(login="double", title="一身兼数职的孙主任", password="!")
    for role in (Role.HEAD, Role.LEGAL, Role.DEPUTY, Role.SECRETARY, Role.COORDINATOR):
        Grant.objects.create(user=user, role=role.value, scope="JW/LH/", start=LONG_AGO)
    return user


@dataclass(frozen=True)
class Case:
    """An entry that somebody made, brought to the point where ``step`` is next, and who may take it."""

    model: type[Record]
    step: str
    bring: Callable[[Cast, User], Any]
    by: str
    kind: str


def _power(until: str) -> Callable[[Cast, User], Any]:
    def bring(cast: Cast, maker: User) -> Any:
        row = powers.create_power(actor=maker, row=INSPECTION)
        row = powers.submit_power(actor=cast.clerk, number=row.number, expected_version=row.version)
        for name, act, actor in (("clear", powers.clear_power, cast.head), ("check", powers.check_power, cast.legal)):
            if name == until:
                break
            row = act(actor=actor, number=row.number, expected_version=row.version)
        return row

    return bring


def _negative(cast: Cast, maker: User) -> Any:
    row = negatives.create_negative(actor=cast.clerk, row=replace(ITEM, power="", duty="组织规范化检查"))
    return negatives.submit_negative(actor=maker, number=row.number, expected_version=row.version)


def _control(cast: Cast, maker: User) -> Any:
    row = controls.create_control(actor=maker, row=MEASURE)
    return controls.submit_control(actor=cast.clerk, number=row.number, expected_version=row.version)


def _regulation(until: str) -> Callable[[Cast, User], Any]:
    def bring(cast: Cast, maker: User) -> Any:
        row = regulations.create_regulation(actor=maker, row=replace(REGULATION, powers=()))
        row = regulations.draft_regulation(actor=cast.head, number=row.number, expected_version=row.version)
        if until == "adopt":
            row = regulations.check_regulation(actor=cast.legal, number=row.number, expected_version=row.version)
        return row

    return bring


def _kept(cast: Cast, maker: User) -> Any:
    return regulations.create_regulation(actor=maker, row=KEEPING)


CASES = {
    "清权": Case(Power, "clear", _power("clear"), "head", "powers"),
    "合法性审核": Case(Power, "check", _power("check"), "legal", "powers"),
    "确权": Case(Power, "confirm", _power("confirm"), "secretary", "powers"),
    "审定负面清单": Case(Negative, "approve", _negative, "deputy", "negatives"),
    "审定措施": Case(Control, "approve", _control, "deputy", "controls"),
    "审核制度": Case(Regulation, "check", _regulation("check"), "legal", "regulations"),
    "审议制度": Case(Regulation, "adopt", _regulation("adopt"), "secretary", "regulations"),
    "保留制度": Case(Regulation, "keep", _kept, "secretary", "regulations"),
}


@pytest.fixture(params=list(CASES))
def case(request: pytest.FixtureRequest, risk_at: Callable[..., Any]) -> Case:
    """Each examining step in turn, with a risk point that measures can stand against."""
    risk_at(Grade.MEDIUM)
    return CASES[request.param]


def pressed(client: Client, case: Case, number: str, version: int) -> tuple[Any, Any]:
    """What page and JSON door answer when the step is taken."""
    said = {"version": version, "note": MINUTES}
    page = client.post(f"{record_address(case.kind, number)}do/{case.step}/", said)
    return page, send(client, "POST", f"/api/1/{case.kind}/{number}/steps/{case.step}/", said)


def test_who_made_an_entry_decides_on_it_through_no_door(case: Case, cast: Cast, double: User, sign_in: SignIn) -> None:
    row = case.bring(cast, double)
    client = sign_in(double)

    shown = client.get(record_address(case.kind, row.number)).content.decode()
    page, answer = pressed(client, case, row.number, row.version)

    assert SENTENCE in shown
    assert f"/do/{case.step}/" not in shown
    assert (page.status_code, answer.status_code) == (403, 403)
    assert SENTENCE in page.content.decode()
    assert SENTENCE in answer.json()["message"]
    assert case.model._default_manager.get(number=row.number).version == row.version


def test_the_refusal_names_the_earlier_step_and_who_may_instead(case: Case, cast: Cast, double: User) -> None:
    row = case.bring(cast, double)
    did = "提交" if case.kind == "negatives" else "新建"

    with pytest.raises(Refused) as refused:
        _take(case, double, row)

    assert f"由您在 {timezone.localdate():%Y-%m-%d} {did}" in refused.value.message
    assert str(getattr(cast, case.by)) in refused.value.remedy


def test_somebody_else_decides_as_before(case: Case, cast: Cast, double: User, sign_in: SignIn) -> None:
    row = case.bring(cast, double)
    client = sign_in(getattr(cast, case.by))

    shown = client.get(record_address(case.kind, row.number)).content.decode()
    page, _ = pressed(client, case, row.number, row.version)

    assert f"/do/{case.step}/" in shown
    assert page.status_code == 302


def _take(case: Case, actor: User, row: Any) -> Any:
    acts: dict[tuple[str, str], Any] = {
        ("powers", "clear"): powers.clear_power,
        ("powers", "check"): powers.check_power,
        ("negatives", "approve"): negatives.approve_negative,
        ("regulations", "check"): regulations.check_regulation,
    }
    minuted: dict[tuple[str, str], Any] = {
        ("powers", "confirm"): powers.confirm_power,
        ("controls", "approve"): controls.approve_control,
        ("regulations", "adopt"): regulations.adopt_regulation,
        ("regulations", "keep"): regulations.keep_regulation,
    }
    key = (case.kind, case.step)
    more = {} if key in acts else {"basis": MINUTES}
    return (acts | minuted)[key](actor=actor, number=row.number, expected_version=row.version, **more)


def test_a_later_account_of_the_same_person_is_the_same_person(cast: Cast) -> None:
    row = powers.create_power(actor=cast.clerk, row=INSPECTION)
    row = powers.submit_power(actor=cast.clerk, number=row.number, expected_version=row.version)
    User.objects.filter(pk=cast.clerk.pk).update(is_active=False)
    second = User.objects.create(login="clerk2", title="小李（兼科长）", person=cast.clerk.person, password="!")
    Grant.objects.create(user=second, role=Role.HEAD.value, scope="JW/LH/LH-WRF/", start=LONG_AGO)

    with pytest.raises(Refused, match=SENTENCE):
        powers.clear_power(actor=second, number=row.number, expected_version=row.version)

    assert powers.clear_power(actor=cast.head, number=row.number, expected_version=row.version)


def test_where_nobody_else_may_the_security_administrator_is_named_and_a_dated_grant_helps(cast: Cast) -> None:
    row = powers.create_power(actor=cast.head, row=INSPECTION)
    row = powers.submit_power(actor=cast.head, number=row.number, expected_version=row.version)
    Grant.objects.filter(role=Role.DEPUTY.value).delete()

    with pytest.raises(Refused) as refused:
        powers.clear_power(actor=cast.head, number=row.number, expected_version=row.version)
    today = timezone.localdate()
    Grant.objects.create(
        user=cast.deputy, role=Role.HEAD.value, scope="JW/LH/LH-WRF/", start=today, end=today, reason="代行清权"
    )
    deputy = User.objects.get(pk=cast.deputy.pk)

    assert "安全管理员" in refused.value.remedy
    assert "有期限的授权" in refused.value.remedy
    assert powers.clear_power(actor=deputy, number=row.number, expected_version=row.version).state.value == "cleared"


def test_what_was_approved_before_is_no_longer_anybodys_draft(cast: Cast, double: User) -> None:
    row = confirm(cast, powers.create_power(actor=double, row=INSPECTION))
    row = powers.edit_power(
        actor=cast.clerk, row=replace(row, conditions="三名以上执法人员到场。"), expected_version=row.version
    )
    row = powers.submit_power(actor=cast.clerk, number=row.number, expected_version=row.version)

    assert powers.clear_power(actor=double, number=row.number, expected_version=row.version).state.value == "cleared"


def test_an_edit_that_reopens_counts_and_a_mere_reopening_does_not(cast: Cast, double: User) -> None:
    edited = confirm(cast, powers.create_power(actor=cast.clerk, row=INSPECTION))
    reopened = confirm(cast, powers.create_power(actor=cast.clerk, row=replace(INSPECTION, name="另一项检查")))

    edited = powers.edit_power(
        actor=double, row=replace(edited, conditions="三名以上执法人员到场。"), expected_version=edited.version
    )
    reopened = powers.reopen_power(
        actor=double, number=reopened.number, expected_version=reopened.version, note="年度复核"
    )
    edited, reopened = (
        powers.submit_power(actor=cast.clerk, number=row.number, expected_version=row.version)
        for row in (edited, reopened)
    )

    with pytest.raises(Refused, match="启动复核"):
        powers.clear_power(actor=double, number=edited.number, expected_version=edited.version)
    assert powers.clear_power(actor=double, number=reopened.number, expected_version=reopened.version)


def test_a_rater_approves_no_grade_of_that_round(round_of: Round, cast: Cast, sign_in: SignIn) -> None:
    grading = round_of.proposed(round_of.accepted(), *((1, 1, 1),) * 3)
    client = sign_in(cast.head)
    address, said = f"/risks/gradings/{grading.number}/", {"version": grading.version}

    shown = client.get(address).content.decode()
    page = client.post(f"{address}do/approve/", said)
    answer = send(client, "POST", f"/api/1/gradings/{grading.number}/steps/approve/", said)

    assert (page.status_code, answer.status_code) == (403, 403)
    assert "评分，不能再由您审定低风险" in shown
    assert f"{address}do/approve/" not in shown
    assert f"{address}do/return/" in shown
    assert "李副局长" in answer.json()["remedy"]
    assert Grading.objects.get().state == "proposed"
    assert approve_grade(actor=cast.deputy, number=grading.number, expected_version=grading.version)


def test_who_found_the_risk_point_or_proposed_its_grade_does_not_approve_it(
    round_of: Round, cast: Cast, double: User
) -> None:
    found = round_of.cast.clerk
    Grant.objects.create(user=found, role=Role.DEPUTY.value, scope="JW/LH/", start=LONG_AGO)
    proposer = User.objects.get(pk=cast.coordinator.pk)
    Grant.objects.create(user=proposer, role=Role.DEPUTY.value, scope="JW/LH/", start=LONG_AGO)
    grading = round_of.proposed(round_of.accepted(DRAFT), *((2, 2, 2),) * 3)

    for maker, did in ((User.objects.get(pk=found.pk), "评分"), (proposer, "提出等级")):
        with pytest.raises(Refused, match=did):
            approve_grade(actor=maker, number=grading.number, expected_version=grading.version)

    assert approve_grade(actor=double, number=grading.number, expected_version=grading.version)


@pytest.mark.covers("S78", "S79")
def test_who_wrote_the_risk_point_and_did_nothing_else_does_not_approve_its_grade(
    round_of: Round, cast: Cast, double: User
) -> None:
    Grant.objects.create(user=cast.secretary, role=Role.POST.value, scope="JW/LH/LH-WRF/", start=LONG_AGO)
    secretary = User.objects.get(pk=cast.secretary.pk)
    row = create_risk(actor=secretary, row=DRAFT)
    row = submit_risk(actor=cast.clerk, number=row.number, expected_version=row.version)
    row = accept_risk(actor=cast.head, number=row.number, expected_version=row.version)
    grading = round_of.proposed(row)

    with pytest.raises(Refused, match=SENTENCE):
        approve_grade(actor=secretary, number=grading.number, expected_version=grading.version, basis=MINUTES)

    assert Grading.objects.get().state == "proposed"
    assert approve_grade(actor=double, number=grading.number, expected_version=grading.version, basis=MINUTES)


def test_who_read_a_plan_in_does_not_confirm_it(cast: Cast, sign_in: SignIn) -> None:
    row = plans.start_plan(actor=cast.coordinator, unit="LH", text=PLAN, source_name="方案.txt")
    client = sign_in(cast.coordinator)

    shown = client.get(f"/plans/{row.number}/reading/").content.decode()
    page = client.post(f"/plans/{row.number}/do/confirm/", {"version": row.version, "note": MINUTES})

    assert SENTENCE in shown
    assert page.status_code == 403
    assert Programme.objects.get().state == "draft"
    assert plans.confirm_plan(actor=cast.secretary, number=row.number, expected_version=row.version)
