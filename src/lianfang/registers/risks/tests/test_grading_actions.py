"""Grading rounds: opening, scoring, reconciling, proposing, approving, and grading anew."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.accounts.models import Grant, User
from lianfang.foundation.accounts.roles import Role
from lianfang.foundation.journal.queries import frozen_copy
from lianfang.kernel.errors import Conflict, Invalid, Refused
from lianfang.kernel.levels import Grade
from lianfang.registers.powers.models import Power
from lianfang.registers.risks.actions.gradings import (
    Agreed,
    Proposal,
    approve_grade,
    open_grading,
    propose_grade,
    reconcile_scores,
    replace_rater,
    return_grading,
)
from lianfang.registers.risks.actions.risks import edit_risk, reopen_risk
from lianfang.registers.risks.actions.scores import score_risk
from lianfang.registers.risks.models import Grading, Risk, Score
from lianfang.registers.risks.queries.posts import post_grades
from lianfang.registers.risks.rows import GradingRow, RaterCapacity, RiskRow
from lianfang.registers.risks.states import GradingState, RiskState
from lianfang.registers.risks.tests.conftest import DRAFT, RATERS, TESTED, Round, given

MINUTES = "局党组会纪要〔2026〕7号"


def reasoned(**more: Any) -> Proposal:
    return Proposal(reason="三项评分均有凭据。", **more)


@pytest.mark.covers("S27", "S28")
def test_three_scores_become_a_grade_that_is_approved_and_frozen(
    round_of: Round, cast: Cast, journal: Callable[[str, str], list[str]]
) -> None:
    grading = round_of.proposed(round_of.accepted(), (3, 3, 3), (3, 4, 3), (4, 3, 3))

    assert (grading.importance, grading.probability, grading.harm) == (3, 3, 3)
    assert (grading.table_grade, grading.grade, grading.widest_gap) == (Grade.MEDIUM, Grade.MEDIUM, 1)

    done = approve_grade(actor=cast.deputy, number=grading.number, expected_version=grading.version)

    risk = Risk.objects.get(number=grading.risk)
    row = risk.to_row()
    assert done.state is GradingState.APPROVED
    assert (row.state, row.grade, row.raters, row.widest_gap) == (RiskState.LIVE, Grade.MEDIUM, 3, 1)
    assert row.graded_by == cast.deputy.person
    assert risk.approved_entry is not None
    assert frozen_copy(RiskRow, risk.approved_entry) == row
    assert journal("gradings", grading.number) == [
        "grading:opened",
        "grading:revealed",
        "grading:proposed",
        "grading:approved",
    ]
    assert journal("risks", row.number)[-1] == "grading:approved"


@pytest.mark.parametrize(
    ("raters", "message"),
    [
        ({"LH-M04": RaterCapacity.HOLDER, "LH-M03": RaterCapacity.HEAD}, "至少要 3 名"),
        ({**RATERS, "LH-M05": RaterCapacity.HEAD}, "不能以“科室负责人”身份"),
        ({**RATERS, "LH-M03": RaterCapacity.REVIEWER}, "不能以“跨科室评审人”身份"),
        ({**RATERS, "LH-M01": RaterCapacity.HOLDER}, "不能以“岗位人员”身份"),
        ({**RATERS, "QT-M01": RaterCapacity.REVIEWER}, "不在本局任职"),
        (
            {"LH-M01": RaterCapacity.HEAD, "LH-M02": RaterCapacity.HEAD, "LH-M03": RaterCapacity.HEAD},
            "缺少岗位人员、跨科室评审人",
        ),
    ],
)
def test_a_round_needs_three_raters_who_fit_their_capacities(
    round_of: Round, cast: Cast, raters: dict[str, RaterCapacity], message: str
) -> None:
    risk = round_of.accepted()

    with pytest.raises(Invalid, match=message):
        open_grading(actor=cast.head, number=risk.number, expected_version=risk.version, raters=raters)

    assert Risk.objects.get(number=risk.number).state == RiskState.ACCEPTED


def test_a_drafter_cannot_open_a_round(round_of: Round, cast: Cast) -> None:
    risk = round_of.accepted()

    with pytest.raises(Refused):
        open_grading(actor=cast.clerk, number=risk.number, expected_version=risk.version, raters=RATERS)


def test_a_round_cannot_be_opened_before_the_risk_is_accepted_or_twice(round_of: Round, cast: Cast) -> None:
    risk = round_of.accepted()
    round_of.opened(risk)

    with pytest.raises(Conflict, match="不能启动评级"):
        open_grading(actor=cast.head, number=risk.number, expected_version=risk.version + 1, raters=RATERS)


def test_somebody_who_is_not_on_the_list_is_refused(round_of: Round, cast: Cast) -> None:
    grading = round_of.opened(round_of.accepted())

    for outsider in (cast.deputy, cast.coordinator):
        with pytest.raises(Refused, match="不在这一轮的评分人名单"):
            score_risk(actor=outsider, number=grading.number, given=given())


def test_nobody_scores_twice(round_of: Round, cast: Cast) -> None:
    grading = round_of.opened(round_of.accepted())
    score_risk(actor=cast.clerk, number=grading.number, given=given(2, 2, 2))

    with pytest.raises(Conflict, match="已经评过分"):
        score_risk(actor=cast.clerk, number=grading.number, given=given(5, 5, 5))

    assert Score.seats.get(rater__number="LH-M04").harm == 2


def test_scores_cannot_be_given_once_the_round_is_complete(round_of: Round, cast: Cast) -> None:
    grading = round_of.scored(round_of.accepted())

    with pytest.raises(Conflict, match="评分已经结束"):
        score_risk(actor=cast.head, number=grading.number, given=given(1, 1, 1))

    assert {score.harm for score in Score.objects.all()} == {3}


@pytest.mark.parametrize(("importance", "message"), [(0, "1 至 5"), (6, "1 至 5")])
def test_a_score_outside_one_to_five_is_refused(round_of: Round, cast: Cast, importance: int, message: str) -> None:
    grading = round_of.opened(round_of.accepted())

    with pytest.raises(Invalid, match=message):
        score_risk(actor=cast.clerk, number=grading.number, given=given(importance))


def test_a_score_without_evidence_is_refused(round_of: Round, cast: Cast) -> None:
    grading = round_of.opened(round_of.accepted())
    bare = given()
    object.__setattr__(bare, "harm_note", " ")

    with pytest.raises(Invalid, match="请写明“危害程度”的依据"):
        score_risk(actor=cast.clerk, number=grading.number, given=bare)


def test_no_grade_is_proposed_while_a_rater_is_missing(round_of: Round, cast: Cast) -> None:
    grading = round_of.opened(round_of.accepted())
    score_risk(actor=cast.clerk, number=grading.number, given=given())

    with pytest.raises(Conflict, match="还有评分人没有评分"):
        propose_grade(
            actor=cast.coordinator, number=grading.number, expected_version=grading.version, proposal=reasoned()
        )


def test_a_rater_who_will_not_score_is_replaced_with_a_reason(round_of: Round, cast: Cast) -> None:
    grading = round_of.opened(round_of.accepted())
    score_risk(actor=cast.clerk, number=grading.number, given=given())

    with pytest.raises(Conflict, match="只能更换还没有评分"):
        replace_rater(
            actor=cast.head,
            number=grading.number,
            leaving="LH-M04",
            person="LH-M02",
            capacity=RaterCapacity.HEAD,
            note="回避",
        )
    replace_rater(
        actor=cast.head, number=grading.number, leaving="LH-M03", person="LH-M02",
        capacity=RaterCapacity.HEAD, note="本人申请回避",
    )  # fmt: skip

    assert set(Score.seats.values_list("rater__number", flat=True)) == {"LH-M04", "LH-M02", "LH-M05"}


def test_raters_two_apart_must_reconcile_in_writing_before_a_grade_is_proposed(round_of: Round, cast: Cast) -> None:
    grading = round_of.scored(round_of.accepted(), (3, 2, 3), (3, 4, 3), (3, 3, 3))

    with pytest.raises(Invalid, match="须先会商"):
        propose_grade(
            actor=cast.coordinator, number=grading.number, expected_version=grading.version, proposal=reasoned()
        )
    with pytest.raises(Invalid, match="请写会商记录"):
        reconcile_scores(
            actor=cast.coordinator, number=grading.number, expected_version=grading.version,
            agreed=Agreed(importance=3, probability=4, harm=3, record=" "),
        )  # fmt: skip
    with pytest.raises(Invalid, match="超出了评分人给出的 2 至 4 分"):
        reconcile_scores(
            actor=cast.coordinator, number=grading.number, expected_version=grading.version,
            agreed=Agreed(importance=3, probability=5, harm=3, record="三人核对了两起投诉，取五分。"),
        )  # fmt: skip
    grading = reconcile_scores(
        actor=cast.coordinator, number=grading.number, expected_version=grading.version,
        agreed=Agreed(importance=3, probability=4, harm=3, record="三人会商，取四分，因近两年有投诉。"),
    )  # fmt: skip
    grading = propose_grade(
        actor=cast.coordinator, number=grading.number, expected_version=grading.version, proposal=reasoned()
    )

    assert (grading.probability, grading.grade, grading.widest_gap) == (4, Grade.MEDIUM, 2)
    assert {score.probability for score in Score.objects.all()} == {2, 3, 4}


@pytest.mark.covers("S74")
@pytest.mark.parametrize(
    ("scores", "grade", "refused", "approver"),
    [
        ((1, 1, 1), Grade.LOW, "clerk", Role.HEAD),
        ((3, 3, 3), Grade.MEDIUM, "head", Role.DEPUTY),
        ((4, 4, 4), Grade.HIGH, "deputy", Role.SECRETARY),
    ],
)
def test_the_higher_the_grade_the_higher_its_approver(
    round_of: Round, cast: Cast, scores: tuple[int, int, int], grade: Grade, refused: str, approver: Role
) -> None:
    # Somebody of that part who rated nothing, because a rater approves no grade.
    other = User.objects.create(login="other", title="另一名负责人", password="!")
    Grant.objects.create(user=other, role=approver.value, scope="JW/LH/", start=datetime.date(2020, 1, 1))
    grading = round_of.proposed(round_of.accepted(), scores, scores, scores)
    assert grading.grade is grade

    with pytest.raises(Refused):
        approve_grade(
            actor=getattr(cast, refused), number=grading.number, expected_version=grading.version, basis=MINUTES
        )
    done = approve_grade(actor=other, number=grading.number, expected_version=grading.version, basis=MINUTES)

    assert done.state is GradingState.APPROVED


def test_a_high_grade_needs_the_number_of_the_minutes(round_of: Round, cast: Cast) -> None:
    grading = round_of.proposed(round_of.accepted(), (4, 4, 4), (4, 4, 4), (4, 4, 4))

    with pytest.raises(Invalid, match="会议纪要编号"):
        approve_grade(actor=cast.secretary, number=grading.number, expected_version=grading.version)


@pytest.mark.parametrize(
    ("facts", "proposal", "floors", "grade"),
    [
        ({"three_major": True}, {}, ("F1",), Grade.HIGH),
        ({"final_decision": True, "discretion": 4, "category": "penalty"}, {}, ("F2",), Grade.HIGH),
        ({"final_decision": True, "discretion": 4}, {}, (), Grade.LOW),
        ({"final_decision": True, "discretion": 3, "category": "penalty"}, {}, (), Grade.LOW),
        ({}, {"card_or_clue": True}, ("F3",), Grade.HIGH),
        ({}, {"incompatible": True}, ("F4",), Grade.MEDIUM),
        ({"key_area": "monitoring"}, {}, ("F5",), Grade.MEDIUM),
        ({"key_area": "monitoring"}, {"exemption": "本职权只登记备案，没有裁量余地"}, (), Grade.LOW),
        ({"three_major": True, "state": "retired"}, {}, (), Grade.LOW),
    ],
)
def test_floors_raise_what_the_table_says(
    round_of: Round,
    cast: Cast,
    power: Power,
    facts: dict[str, object],
    proposal: dict[str, str | bool],
    floors: tuple[str, ...],
    grade: Grade,
) -> None:
    Power.objects.filter(number=power.number).update(**facts)
    grading = round_of.scored(round_of.accepted(), (1, 1, 1), (1, 1, 1), (1, 1, 1))

    grading = propose_grade(
        actor=cast.coordinator, number=grading.number, expected_version=grading.version, proposal=reasoned(**proposal)
    )

    assert (grading.table_grade, grading.floors, grading.grade) == (Grade.LOW, floors, grade)


def test_a_floor_that_applies_only_since_the_proposal_stops_the_approval(
    round_of: Round, cast: Cast, power: Power
) -> None:
    grading = round_of.proposed(round_of.accepted(), (1, 1, 1), (1, 1, 1), (1, 1, 1))
    Power.objects.filter(number=power.number).update(three_major=True)

    with pytest.raises(Invalid, match="现在应为高"):
        approve_grade(actor=cast.deputy, number=grading.number, expected_version=grading.version)


def regraded(round_of: Round, cast: Cast, *scores: tuple[int, int, int]) -> GradingRow:
    """A live MEDIUM risk point in its second round, all scores in."""
    row = round_of.live()
    reopen_risk(actor=cast.secretary, number=row.number, expected_version=row.version, note="年度复评")
    return round_of.scored(Risk.objects.get(number=row.number).to_row(), *scores)


@pytest.mark.covers("S66")
@pytest.mark.usefixtures("tested")
def test_a_lower_grade_needs_evidence_and_the_secretary_whatever_its_height(round_of: Round, cast: Cast) -> None:
    grading = regraded(round_of, cast, (1, 1, 1), (1, 1, 1), (1, 1, 1))

    with pytest.raises(Invalid, match="由中降为低，须写明降级证据"):
        propose_grade(
            actor=cast.coordinator, number=grading.number, expected_version=grading.version, proposal=reasoned()
        )
    grading = propose_grade(
        actor=cast.coordinator, number=grading.number, expected_version=grading.version,
        proposal=reasoned(lowering_evidence=TESTED),
    )  # fmt: skip
    for lower in (cast.head, cast.deputy):
        with pytest.raises(Refused):
            approve_grade(actor=lower, number=grading.number, expected_version=grading.version, basis=MINUTES)
    approve_grade(actor=cast.secretary, number=grading.number, expected_version=grading.version, basis=MINUTES)

    row = Risk.objects.get(number=grading.risk).to_row()
    assert (row.grade, row.lowering_evidence) == (Grade.LOW, TESTED)


@pytest.mark.covers("S66")
def test_a_new_round_supersedes_the_old_one_whose_scores_stay(round_of: Round, cast: Cast) -> None:
    grading = regraded(round_of, cast, (4, 4, 4), (4, 4, 4), (4, 4, 4))
    grading = propose_grade(
        actor=cast.coordinator, number=grading.number, expected_version=grading.version, proposal=reasoned()
    )
    approve_grade(actor=cast.secretary, number=grading.number, expected_version=grading.version, basis=MINUTES)

    first = Grading.objects.get(risk__number=grading.risk, round=1)
    assert first.state == GradingState.SUPERSEDED
    assert {score.harm for score in Score.objects.filter(grading=first)} == {3}
    assert grading.number == f"{grading.risk}/2"


def test_a_returned_proposal_goes_back_to_the_coordinator(round_of: Round, cast: Cast) -> None:
    grading = round_of.proposed(round_of.accepted())

    with pytest.raises(Invalid, match="理由"):
        return_grading(actor=cast.deputy, number=grading.number, expected_version=grading.version, note="")
    returned = return_grading(
        actor=cast.deputy, number=grading.number, expected_version=grading.version, note="依据太笼统。"
    )

    assert returned.state is GradingState.SCORED


def test_two_people_do_not_propose_over_each_other(round_of: Round, cast: Cast) -> None:
    grading = round_of.scored(round_of.accepted())

    with pytest.raises(Conflict):
        propose_grade(
            actor=cast.coordinator, number=grading.number, expected_version=grading.version - 1, proposal=reasoned()
        )


def test_a_later_change_of_a_guarded_field_reopens_the_risk_and_marks_its_approval_stale(
    round_of: Round, cast: Cast
) -> None:
    row = round_of.live()

    changed = edit_risk(
        actor=cast.deputy,
        row=replace(row, manifestation="改用微信通知企业。"),
        expected_version=row.version,
    )

    risk = Risk.objects.get(number=row.number)
    assert (changed.state, risk.stale, changed.grade) == (RiskState.UNDER_REVIEW, True, Grade.MEDIUM)
    assert frozen_copy(RiskRow, risk.approved_entry or 0).manifestation == DRAFT.manifestation


def test_an_account_without_a_person_holds_no_seat(round_of: Round, cast: Cast, reviewer: User) -> None:
    grading = round_of.opened(round_of.accepted())
    Score.seats.filter(rater__number="LH-M05").update(rater="LH-M02")

    with pytest.raises(Refused):
        score_risk(actor=cast.legal, number=grading.number, given=given())


@pytest.mark.covers("S29")
def test_a_post_keeps_its_grade_while_its_risk_point_is_graded_anew(round_of: Round, cast: Cast) -> None:
    high = round_of.live(DRAFT, (4, 4, 4), (4, 4, 4), (4, 4, 4))
    round_of.live(replace(DRAFT, statement="检查人员接受宴请，提前告知检查时间，使企业应付检查获利。"))
    before = {line.number: line for line in post_grades("JW/LH/")}["LH-WRF-02"]

    reopen_risk(actor=cast.secretary, number=high.number, expected_version=high.version, note="年度复评")
    round_of.opened(Risk.objects.get(number=high.number).to_row())

    during = {line.number: line for line in post_grades("JW/LH/")}["LH-WRF-02"]
    assert (before.grade, during.grade) == (Grade.HIGH, Grade.HIGH)
    assert (during.high, during.medium, during.low, during.total) == (1, 1, 0, 2)


def test_a_grade_that_only_an_imported_list_claims_counts_for_nothing(round_of: Round, cast: Cast) -> None:
    row = round_of.accepted()
    Risk.objects.filter(number=row.number).update(grade="HIGH")

    graded = {line.number: line.grade for line in post_grades("JW/LH/")}

    assert graded["LH-WRF-02"] is None
