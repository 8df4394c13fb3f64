"""The first page: each part of the cast finds what waits for it, with the next step, and nothing of others."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lianfang.conftest import Cast
from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.roles import MATRIX, Role
from lianfang.foundation.parameters.states import ADJUSTMENT
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.kernel.lifecycle import Lifecycle
from lianfang.programme.plans.states import PROGRAMME, RECEIPT
from lianfang.registers.controls.states import CONTROL
from lianfang.registers.powers import actions as powers
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.powers.states import POWER
from lianfang.registers.powers.tests.test_powers_actions import INSPECTION
from lianfang.registers.regulations.states import REGULATION
from lianfang.registers.risks.actions.gradings import Proposal, open_grading, propose_grade, return_grading
from lianfang.registers.risks.actions.risks import accept_risk, create_risk, submit_risk
from lianfang.registers.risks.actions.scores import score_risk
from lianfang.registers.risks.models import Grading, Risk
from lianfang.registers.risks.rows import GradingRow, RiskRow
from lianfang.registers.risks.states import GRADING, NEGATIVE, RISK
from lianfang.registers.risks.tests.conftest import DRAFT, RATERS, given
from lianfang.site.checks.running import check_bureau
from lianfang.site.desk import Desk, desk_of
from lianfang.site.views import TEACHING
from lianfang.site.work import DRAFTS, RETURNED, WORK

LIFECYCLES: dict[str, Lifecycle[Any]] = {
    "powers": POWER, "risks": RISK, "gradings": GRADING, "negatives": NEGATIVE, "controls": CONTROL,
    "regulations": REGULATION, "adjustments": ADJUSTMENT, "receipts": RECEIPT, "programmes": PROGRAMME,
}  # fmt: skip


def fresh(user: User) -> User:
    """The same person at the next request."""
    return User.objects.get(pk=user.pk)


def waiting(desk: Desk) -> dict[str, int]:
    return {pile.does: pile.count for pile in desk.piles}


@pytest.fixture
def drafted(cast: Cast) -> PowerRow:
    return powers.create_power(actor=cast.clerk, row=INSPECTION)


def submit(cast: Cast, row: PowerRow) -> PowerRow:
    return powers.submit_power(actor=cast.clerk, number=row.number, expected_version=row.version)


def test_every_line_of_the_table_names_a_state_of_its_register_that_the_permission_can_leave() -> None:
    places = [(duty.kind, duty.state) for duty in WORK] + [(draft.kind, draft.state) for draft in DRAFTS]
    for kind, code in places:
        state = next(state for state in LIFECYCLES[kind].states() if state.value == code)
        assert list(LIFECYCLES[kind].from_state(state)), f"nothing leads out of {kind} {code}"
    for kind, (state, _) in RETURNED.items():
        targets = {move.target.value for move in LIFECYCLES[kind].named("return")}
        assert state in targets


def test_every_duty_is_somebodys_and_every_role_is_taught() -> None:
    for duty in WORK:
        assert any(duty.permission in permissions for permissions in MATRIX.values()), duty
    assert set(TEACHING) == set(Role)


def test_a_submitted_power_waits_for_the_head_and_for_nobody_else(cast: Cast, drafted: PowerRow) -> None:
    submit(cast, drafted)

    desks = {
        part: waiting(desk_of(getattr(cast, part))) for part in ("head", "clerk", "legal", "secretary", "outsider")
    }

    assert desks["head"] == {"清权": 1}
    assert desks["clerk"] == desks["legal"] == desks["secretary"] == desks["outsider"] == {}


@pytest.mark.covers("S19")
def test_a_power_wanders_from_desk_to_desk_until_it_is_confirmed(cast: Cast, drafted: PowerRow) -> None:
    seen = [waiting(desk_of(cast.head))]
    row = submit(cast, drafted)
    seen.append(waiting(desk_of(cast.head)))
    row = powers.clear_power(actor=cast.head, number=row.number, expected_version=row.version)
    seen.append(waiting(desk_of(cast.legal)))
    row = powers.check_power(actor=cast.legal, number=row.number, expected_version=row.version)
    seen.append(waiting(desk_of(cast.secretary)))
    powers.confirm_power(
        actor=cast.secretary, number=row.number, expected_version=row.version, basis="局党组会纪要〔2026〕7号"
    )

    assert seen == [{}, {"清权": 1}, {"审核合法性": 1}, {"确权": 1}]
    assert waiting(desk_of(cast.secretary)) == {}


def test_what_was_returned_lies_on_the_desk_of_who_submitted_it_with_the_reason(cast: Cast, drafted: PowerRow) -> None:
    row = submit(cast, drafted)
    row = powers.return_power(
        actor=cast.head, number=row.number, expected_version=row.version, note="程序缺“审核”一步。"
    )

    (item,) = desk_of(cast.clerk).returned
    again = submit(cast, row)

    assert (item.number, item.reason, item.by) == (row.number, "程序缺“审核”一步。", "张科长")
    assert not desk_of(cast.head).returned
    assert not desk_of(cast.clerk).returned
    powers.withdraw_power(actor=cast.clerk, number=again.number, expected_version=again.version)
    assert not desk_of(cast.clerk).returned


def test_a_draft_lies_on_the_desk_of_who_began_it(cast: Cast, drafted: PowerRow) -> None:
    own = desk_of(cast.clerk)

    assert [item.number for item in own.drafts] == [drafted.number]
    assert not desk_of(cast.head).drafts
    assert desk_of(cast.head).drafts_in_units[0][:2] == ("职权", 1)
    submit(cast, drafted)
    assert not desk_of(cast.clerk).drafts


def graded(cast: Cast, reviewer: User, scores: int) -> GradingRow:
    """A round of a fresh risk point whose grade was proposed."""
    row = create_risk(actor=cast.clerk, row=replace(DRAFT, power=""))
    row = submit_risk(actor=cast.clerk, number=row.number, expected_version=row.version)
    row = accept_risk(actor=cast.head, number=row.number, expected_version=row.version)
    grading = open_grading(actor=cast.head, number=row.number, expected_version=row.version, raters=RATERS)
    for rater in (cast.clerk, cast.head, reviewer):
        grading = score_risk(actor=rater, number=grading.number, given=given(scores, scores, scores))
    return propose_grade(
        actor=cast.coordinator,
        number=grading.number,
        expected_version=grading.version,
        proposal=Proposal(reason="按评分和底线规则提出。"),
    )


@pytest.fixture
def reviewer(cast: Cast) -> User:
    user = User.objects.create(login="reviewer", title="王大队长", person="LH-M05", password="!")
    user.grant_set.create(role=Role.HEAD.value, scope="JW/LH/LH-ZF/", start="2020-01-01")
    return user


def test_a_rater_is_told_to_score_also_outside_the_own_section(cast: Cast, reviewer: User) -> None:
    row: RiskRow = create_risk(actor=cast.clerk, row=replace(DRAFT, power=""))
    row = submit_risk(actor=cast.clerk, number=row.number, expected_version=row.version)
    row = accept_risk(actor=cast.head, number=row.number, expected_version=row.version)
    open_grading(actor=cast.head, number=row.number, expected_version=row.version, raters=RATERS)

    assert waiting(desk_of(reviewer)) == {"评分": 1}
    assert waiting(desk_of(cast.deputy)) == {}


@pytest.mark.covers("S74")
@pytest.mark.parametrize(
    ("scores", "part", "does"),
    # The head, who decides on low risks, rated this one: it goes one level up.
    [(1, "deputy", "审定低风险"), (3, "deputy", "审定中风险"), (5, "secretary", "审定高风险和降级")],
)
def test_a_proposed_grade_waits_at_the_level_that_its_height_asks_for(
    cast: Cast, reviewer: User, scores: int, part: str, does: str
) -> None:
    graded(cast, reviewer, scores)

    assert does in waiting(desk_of(fresh(getattr(cast, part))))


def test_a_lowering_waits_for_the_secretary_whatever_its_grade(cast: Cast, reviewer: User) -> None:
    before = graded(cast, reviewer, 1)
    Grading.objects.create(
        number=f"{before.risk}-9",
        risk_id=before.risk,
        round=9,
        unit_path="JW/LH/LH-WRF/",
        state="approved",
        rule_version="2026",
        grade="HIGH",
    )

    desks = [waiting(desk_of(fresh(user))) for user in (cast.head, cast.secretary)]

    assert "审定低风险" not in desks[0]
    assert desks[1]["审定高风险和降级"] == 1


def test_a_returned_grading_lies_on_the_desk_of_the_coordinator(cast: Cast, reviewer: User) -> None:
    row = graded(cast, reviewer, 1)
    return_grading(actor=cast.head, number=row.number, expected_version=row.version, note="发生概率的依据不足。")

    desk = desk_of(cast.coordinator)

    assert [item.reason for item in desk.returned] == ["发生概率的依据不足。"]
    assert "会商并提出等级" in waiting(desk)


def test_errors_of_the_last_check_stand_on_the_desk(cast: Cast, sign_in: SignIn) -> None:
    powers.create_power(actor=cast.clerk, row=replace(INSPECTION, basis=()))
    check_bureau(cast.coordinator, "LH")

    desk = desk_of(cast.head)

    assert desk.error_count >= 1
    assert {line.finding.unit for line in desk.errors} == {"LH-WRF"}
    assert "severity=E" in sign_in(cast.head).get("/").content.decode()


def test_changes_are_those_of_the_units_or_ones_own(cast: Cast, drafted: PowerRow) -> None:
    assert [change.number for change in desk_of(cast.head).changes] == [drafted.number]
    assert [change.number for change in desk_of(cast.clerk).changes] == [drafted.number]
    assert desk_of(cast.outsider).changes == ()
    assert desk_of(cast.commission).changes == ()


@pytest.mark.parametrize("part", list(Cast.__dataclass_fields__))
def test_an_empty_desk_teaches_its_role(cast: Cast, sign_in: SignIn, part: str) -> None:
    page = sign_in(getattr(cast, part)).get("/").content.decode()

    assert "现在没有等您办理的事" in page
    assert TEACHING[next(iter(getattr(cast, part).roles))] in page


def test_a_person_without_a_role_is_told_whom_to_ask(cast: Cast, sign_in: SignIn) -> None:
    nobody = User.objects.create(login="nobody", title="新来的人", password="!")

    assert "请联系安全管理员" in sign_in(nobody).get("/").content.decode()


def test_a_long_pile_is_cut_and_links_to_the_whole_list(cast: Cast, sign_in: SignIn) -> None:
    for n in range(25):
        submit(cast, powers.create_power(actor=cast.clerk, row=replace(INSPECTION, name=f"第{n}项检查")))

    page = sign_in(cast.head).get("/").content.decode()

    assert "全部 25 条" in page
    assert f"{reverse('powers:list')}?state=submitted" in page
    assert sum(len(pile.items) for pile in desk_of(fresh(cast.head)).piles) <= 20


@pytest.mark.parametrize("part", ["clerk", "head", "secretary"])
def test_the_desk_asks_the_database_as_often_for_thirty_as_for_three(cast: Cast, sign_in: SignIn, part: str) -> None:
    def queries(rows: int) -> int:
        for n in range(rows):
            row = powers.create_power(actor=cast.clerk, row=replace(INSPECTION, name=f"第{Power.objects.count()}项"))
            if n % 3 == 0:
                submit(cast, row)
            create_risk(actor=cast.clerk, row=replace(DRAFT, power="", statement=f"第{Risk.objects.count()}处风险。"))
        client = sign_in(getattr(cast, part))
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/").status_code == 200
        return len(captured)

    assert queries(3) == queries(27)
