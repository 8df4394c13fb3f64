"""Roads by which a grade might come down that nobody decided: a draft, a list, an exemption, a talk, a full stop."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone

from lianfang.conftest import Cast
from lianfang.foundation.accounts.models import Grant, User
from lianfang.foundation.accounts.roles import Role
from lianfang.foundation.journal.approval import approve
from lianfang.foundation.journal.recording import record
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.web.tests.sending import SignIn, send
from lianfang.kernel.errors import Conflict, Invalid, Refused
from lianfang.kernel.levels import Grade
from lianfang.kernel.rows import canonical_text
from lianfang.registers.powers.actions import edit_power
from lianfang.registers.powers.models import Power
from lianfang.registers.risks.actions.adoption import adopt_gradings
from lianfang.registers.risks.actions.gradings import (
    Agreed,
    Proposal,
    approve_grade,
    open_grading,
    propose_grade,
    reconcile_scores,
)
from lianfang.registers.risks.actions.imports import import_risks
from lianfang.registers.risks.actions.risks import close_risk, edit_risk, reopen_risk
from lianfang.registers.risks.models import Grading, Risk
from lianfang.registers.risks.rows import GradingRow, RiskDimension, RiskRow
from lianfang.registers.risks.states import GradingState, RiskState
from lianfang.registers.risks.tests.conftest import DRAFT, RATERS, TESTED, Round

MINUTES = "局党组会纪要〔2026〕7号"
TWOS, FOURS = ((2, 2, 2),) * 3, ((4, 4, 4),) * 3


def reasoned(**more: Any) -> Proposal:
    return Proposal(reason="三项评分均有凭据。", **more)


def proposed(cast: Cast, grading: GradingRow, proposal: Proposal | None = None) -> GradingRow:
    return propose_grade(
        actor=cast.coordinator,
        number=grading.number,
        expected_version=grading.version,
        proposal=proposal or reasoned(),
    )


def adopted(cast: Cast, **facts: Any) -> RiskRow:
    """A risk point that was taken over with the grade HIGH, in force."""
    known: dict[str, Any] = {"number": "LH-WRF-R050", "state": RiskState.LIVE, "grade": Grade.HIGH}
    row = replace(DRAFT, **{**known, **facts})
    import_risks(actor=cast.coordinator, rows=[row], source="老清单", adopted="局党组会纪要〔2025〕3号")
    return Risk.objects.get(number=row.number).to_row()


@pytest.fixture
def other_head(cast: Cast) -> User:
    """Another head of the section, who rated nothing."""
    user = User.objects.create(login="other", title="副科长", password="!")
    Grant.objects.create(user=user, role=Role.HEAD.value, scope="JW/LH/LH-WRF/", start=datetime.date(2020, 1, 1))
    return user


@pytest.mark.covers("S28")
def test_a_draft_of_the_power_takes_no_floor_away(round_of: Round, cast: Cast, power: Power, other_head: User) -> None:
    Power.objects.update(three_major=True, final_decision=True, discretion=5, key_area="permit")
    power.refresh_from_db()
    approve(power, record(cast.secretary, Verb.POWER_CONFIRMED, power, basis=MINUTES))
    weaker = replace(power.to_row(), three_major=False, final_decision=False, key_area=None, discretion=1)
    edit_power(actor=cast.clerk, row=weaker, expected_version=power.version)

    grading = proposed(cast, round_of.scored(round_of.accepted(), *TWOS))

    assert (grading.table_grade, grading.grade, grading.floors) == (Grade.LOW, Grade.HIGH, ("F1", "F2", "F5"))
    with pytest.raises(Refused):
        approve_grade(actor=other_head, number=grading.number, expected_version=grading.version)


@pytest.mark.covers("S28")
def test_a_floor_that_the_draft_of_a_power_brings_counts_at_once(round_of: Round, cast: Cast, power: Power) -> None:
    approve(power, record(cast.secretary, Verb.POWER_CONFIRMED, power, basis=MINUTES))
    edit_power(actor=cast.clerk, row=replace(power.to_row(), three_major=True), expected_version=power.version)

    grading = proposed(cast, round_of.scored(round_of.accepted(), *TWOS))

    assert (grading.grade, grading.floors) == (Grade.HIGH, ("F1",))


@pytest.mark.covers("S27", "S66")
@pytest.mark.parametrize("other", ["", "LH-WRF-P002"])
def test_no_floor_falls_by_a_draft_of_the_risk_point(other: str, round_of: Round, cast: Cast, power: Power) -> None:
    Power.objects.update(three_major=True, final_decision=True, discretion=5, key_area="permit")
    power.refresh_from_db()
    approve(power, record(cast.secretary, Verb.POWER_CONFIRMED, power, basis=MINUTES))
    Power.objects.create(
        number="LH-WRF-P002", unit_id="LH-WRF", unit_path="JW/LH/LH-WRF/", name="收发文件", state="draft"
    )
    row = round_of.live(DRAFT, *TWOS)

    row = edit_risk(actor=cast.secretary, row=replace(row, power=other, step=""), expected_version=row.version)
    grading = proposed(cast, round_of.scored(row, *TWOS))

    assert (grading.table_grade, grading.grade, grading.floors) == (Grade.LOW, Grade.HIGH, ("F1", "F2", "F5"))


@pytest.mark.covers("S26")
def test_the_floor_of_a_collective_decision_does_not_fall_by_another_dimension(round_of: Round, cast: Cast) -> None:
    risk = round_of.accepted(replace(DRAFT, power="", step=""))
    Risk.objects.update(dimension=RiskDimension.MAJOR.value)
    grading = proposed(cast, round_of.scored(risk, *TWOS))
    approve_grade(actor=cast.secretary, number=grading.number, expected_version=grading.version, basis=MINUTES)
    row = Risk.objects.get(number=risk.number).to_row()

    drafted = replace(row, dimension=RiskDimension.EXERCISE)
    row = edit_risk(actor=cast.secretary, row=drafted, expected_version=row.version)
    grading = proposed(cast, round_of.scored(row, *TWOS))

    assert (grading.grade, grading.floors) == (Grade.HIGH, ("F1",))


@pytest.mark.covers("S66")
@pytest.mark.usefixtures("tested")
def test_a_grade_taken_over_with_a_list_comes_down_only_with_evidence_and_minutes(
    round_of: Round, cast: Cast, other_head: User
) -> None:
    row = adopted(cast, graded_on=datetime.date(2026, 1, 1))
    row = reopen_risk(actor=cast.secretary, number=row.number, expected_version=row.version, note="复核")
    grading = round_of.scored(row, *TWOS)

    with pytest.raises(Invalid, match="由高降为低，须写明降级证据"):
        proposed(cast, grading)
    grading = proposed(cast, grading, reasoned(lowering_evidence=TESTED))
    with pytest.raises(Refused):
        approve_grade(actor=other_head, number=grading.number, expected_version=grading.version, basis=MINUTES)
    with pytest.raises(Invalid, match="会议纪要"):
        approve_grade(actor=cast.secretary, number=grading.number, expected_version=grading.version)
    done = approve_grade(actor=cast.secretary, number=grading.number, expected_version=grading.version, basis=MINUTES)

    assert (done.grade_before, done.grade) == (Grade.HIGH, Grade.LOW)


@pytest.mark.covers("S40")
def test_an_exemption_from_the_key_area_floor_is_the_party_groups_to_grant(
    round_of: Round, cast: Cast, sign_in: SignIn, other_head: User
) -> None:
    Power.objects.update(key_area="monitoring")
    grading = proposed(
        cast, round_of.scored(round_of.accepted(), *TWOS), reasoned(exemption="本职权只登记备案，没有裁量余地")
    )
    address = f"/api/1/gradings/{grading.number}/"

    by_head = send(sign_in(other_head), "POST", f"{address}steps/approve/", {"version": grading.version})
    bare = send(sign_in(cast.secretary), "POST", f"{address}steps/approve/", {"version": grading.version})
    minuted = {"version": grading.version, "note": MINUTES}
    page = sign_in(cast.secretary).get(f"/risks/gradings/{grading.number}/").content.decode()
    done = send(sign_in(cast.secretary), "POST", f"{address}steps/approve/", minuted)

    assert (grading.grade, grading.floors) == (Grade.LOW, ())
    assert (by_head.status_code, bare.status_code, done.status_code) == (403, 422, 200)
    assert "会议纪要编号" in page


@pytest.mark.parametrize("said", ["局党组会纪要〔2026〕6号", "2026年第9次会议", "工作需要"])
def test_a_number_alone_exempts_nothing(said: str, round_of: Round, cast: Cast) -> None:
    Power.objects.update(key_area="monitoring")

    with pytest.raises(Invalid, match=r"重点领域豁免理由.*没有写出可以核对"):
        proposed(cast, round_of.scored(round_of.accepted(), *TWOS), reasoned(exemption=said))


def test_an_exemption_is_not_approved_on_a_word_for_its_minutes(round_of: Round, cast: Cast) -> None:
    Power.objects.update(key_area="monitoring")
    exempt = reasoned(exemption="本职权只登记备案，没有裁量余地")
    grading = proposed(cast, round_of.scored(round_of.accepted(), *TWOS), exempt)

    with pytest.raises(Invalid, match="看不出是哪一次会议"):
        approve_grade(actor=cast.secretary, number=grading.number, expected_version=grading.version, basis="张三")


def test_nothing_is_exempted_where_no_key_area_is(round_of: Round, cast: Cast) -> None:
    grading = round_of.scored(round_of.accepted())

    with pytest.raises(Invalid, match="没有可以豁免的底线"):
        proposed(cast, grading, reasoned(exemption="x"))


@pytest.mark.covers("S27")
def test_nobody_reconciles_what_nobody_disputes(round_of: Round, cast: Cast, sign_in: SignIn) -> None:
    grading = round_of.scored(round_of.accepted(), (4, 4, 4), (4, 4, 4), (3, 3, 3))
    threes = {"importance": 3, "probability": 3, "harm": 3, "record": "x"}

    with pytest.raises(Conflict, match="不用会商"):
        reconcile_scores(
            actor=cast.coordinator,
            number=grading.number,
            expected_version=grading.version,
            agreed=Agreed(record="x", importance=3, probability=3, harm=3),
        )
    coordinator = sign_in(cast.coordinator)
    said = {"version": grading.version, **threes}
    answer = send(coordinator, "POST", f"/api/1/gradings/{grading.number}/reconcile/", said)
    page = coordinator.get(f"/risks/gradings/{grading.number}/reconcile/")

    assert (answer.status_code, page.status_code) == (409, 409)
    assert proposed(cast, grading).grade is Grade.HIGH


@pytest.mark.covers("S27")
def test_only_the_disputed_scale_is_talked_over_and_the_others_keep_their_median(
    round_of: Round, cast: Cast, sign_in: SignIn
) -> None:
    grading = round_of.scored(round_of.accepted(), (4, 5, 4), (4, 3, 4), (3, 4, 4))
    asked: dict[str, Any] = {"actor": cast.coordinator, "number": grading.number, "expected_version": grading.version}
    page = sign_in(cast.coordinator).get(f"/risks/gradings/{grading.number}/reconcile/").content.decode()

    with pytest.raises(Invalid, match="取中位数 4 分，不能另定"):
        reconcile_scores(
            **asked, agreed=Agreed(record="原打五分的不知道已装监控，三人重看后降一分。", probability=4, harm=3)
        )
    with pytest.raises(Invalid, match="请填写“发生概率”会商后的分值"):
        reconcile_scores(**asked, agreed=Agreed(record="三人核对了信访台账，没有说取几分。"))
    done = reconcile_scores(
        **asked, agreed=Agreed(record="打五分的把邻区投诉算了进来，剔除后三人取三分。", probability=3)
    )

    assert ('name="probability"' in page, 'name="harm"' in page, 'name="importance"' in page) == (True, False, False)
    assert (done.importance, done.probability, done.harm) == (4, 3, 4)


def test_a_list_does_not_end_a_round_that_is_running(round_of: Round, cast: Cast) -> None:
    risk = round_of.accepted()
    grading = round_of.opened(risk)
    claimed = replace(DRAFT, number=risk.number, state=RiskState.LIVE, grade=Grade.LOW)
    old = GradingRow(
        number=f"{risk.number}/7",
        risk=risk.number,
        round=7,
        rule_version="旧",
        grade=Grade.LOW,
        state=GradingState.APPROVED,
    )

    with pytest.raises(Conflict, match="已进入审核或已经审定"):
        import_risks(actor=cast.coordinator, rows=[claimed], source="老清单", adopted=MINUTES)
    with pytest.raises(Conflict, match="正在本系统评级") as refusal:
        adopt_gradings(actor=cast.coordinator, rows=[old], source="老清单", adopted=MINUTES)

    assert refusal.value.details == (grading.number,)
    assert Risk.objects.get().state == RiskState.GRADING
    assert Grading.objects.get().state == GradingState.OPEN


def test_a_round_after_adopted_ones_takes_the_next_number(round_of: Round, cast: Cast) -> None:
    row = adopted(cast)
    old = GradingRow(
        number=f"{row.number}/2",
        risk=row.number,
        round=2,
        rule_version="旧",
        grade=Grade.HIGH,
        state=GradingState.APPROVED,
    )
    adopt_gradings(actor=cast.coordinator, rows=[old], source="老清单", adopted=MINUTES)
    row = reopen_risk(actor=cast.secretary, number=row.number, expected_version=row.version, note="复核")

    opened = open_grading(actor=cast.head, number=row.number, expected_version=row.version, raters=RATERS)

    assert (opened.round, opened.number) == (3, f"{row.number}/3")


def test_a_high_risk_without_a_day_of_grading_is_not_closed(round_of: Round, cast: Cast, sign_in: SignIn) -> None:
    row = adopted(cast)
    secretary = sign_in(cast.secretary)

    with pytest.raises(Invalid, match="没有定级日期"):
        close_risk(actor=cast.secretary, number=row.number, expected_version=row.version, basis=MINUTES)
    said = {"version": row.version, "note": MINUTES}
    door = send(secretary, "POST", f"/api/1/risks/{row.number}/steps/close/", said)
    assert door.status_code == 422
    Power.objects.update(state="retired")
    done = close_risk(actor=cast.secretary, number=row.number, expected_version=row.version, basis="职权已取消")

    assert done.state is RiskState.CLOSED


def test_a_draft_that_names_a_retired_power_closes_nothing(round_of: Round, cast: Cast, power: Power) -> None:
    row = adopted(cast, graded_on=timezone.localdate())
    Power.objects.create(
        number="LH-WRF-P009", unit_id="LH-WRF", unit_path="JW/LH/LH-WRF/", name="已取消的职权", state="retired"
    )
    row = edit_risk(actor=cast.secretary, row=replace(row, power="LH-WRF-P009"), expected_version=row.version)

    with pytest.raises(Invalid, match="不满 12 个月"):
        close_risk(actor=cast.secretary, number=row.number, expected_version=row.version, basis="职权已取消")


@pytest.mark.covers("S66", "S74")
@pytest.mark.parametrize(
    ("grade", "entitled", "refused"),
    [(Grade.LOW, "head", "clerk"), (Grade.MEDIUM, "deputy", "head"), (Grade.HIGH, "secretary", "deputy")],
)
def test_a_live_risk_point_is_rewritten_by_whom_may_reopen_it_and_nobody_else(
    round_of: Round, cast: Cast, grade: Grade, entitled: str, refused: str
) -> None:
    row = adopted(cast, grade=grade, graded_on=datetime.date(2026, 1, 1))
    dotted = replace(row, statement=f"{row.statement}。")

    acts: list[Callable[[User], RiskRow]] = [
        lambda actor: reopen_risk(actor=actor, number=row.number, expected_version=row.version, note="复核"),
        lambda actor: edit_risk(actor=actor, row=dotted, expected_version=row.version),
    ]
    for act in acts:
        with pytest.raises(Refused, match="不能启动复核，也不能改写"):
            act(getattr(cast, refused))
    remarked = edit_risk(actor=cast.clerk, row=replace(row, misconduct="收受礼金"), expected_version=row.version)
    changed = edit_risk(
        actor=getattr(cast, entitled),
        row=replace(remarked, statement=dotted.statement),
        expected_version=remarked.version,
    )

    assert (remarked.state, changed.state) == (RiskState.LIVE, RiskState.UNDER_REVIEW)


@pytest.mark.covers("S66")
def test_the_doors_of_a_live_risk_point_refuse_its_rewriting_and_keep_what_was_typed(
    round_of: Round, cast: Cast, sign_in: SignIn
) -> None:
    row = adopted(cast, graded_on=datetime.date(2026, 1, 1))
    clerk = sign_in(cast.clerk)
    kept: dict[str, Any] = json.loads(canonical_text(row))
    posted = {name: str(value) for name, value in kept.items() if isinstance(value, str | int)}
    typed = {**posted, "statement": "改写后的风险点，谁也没有同意。", "causes": "", "version": str(row.version)}

    page = clerk.post(f"/risks/{row.number}/edit/", typed)
    door = send(clerk, "PUT", f"/api/1/risks/{row.number}/", {**kept, "statement": "谁也没有同意。"})
    shown = clerk.get(f"/risks/{row.number}/").content.decode()

    assert (page.status_code, door.status_code) == (403, 403)
    assert "改写后的风险点，谁也没有同意。" in page.content.decode()
    assert "启动复核" not in shown
    assert Risk.objects.get().state == RiskState.LIVE


def test_a_risk_in_a_decision_of_the_leadership_needs_no_power_to_be_high(round_of: Round, cast: Cast) -> None:
    row = round_of.accepted(replace(DRAFT, power="", step="", dimension=RiskDimension.EXERCISE))
    Risk.objects.update(dimension=RiskDimension.MAJOR.value)

    grading = proposed(cast, round_of.scored(row, *TWOS))

    assert (grading.grade, grading.floors) == (Grade.HIGH, ("F1",))
