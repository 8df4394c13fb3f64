"""Risk points: drafting, submitting, accepting, merging, rejecting, reviewing, closing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import time_machine

from lianfang.conftest import Cast
from lianfang.foundation.accounts.models import User
from lianfang.foundation.organisation.models import Person, Unit
from lianfang.kernel.errors import Absent, Conflict, Invalid, Refused
from lianfang.kernel.levels import Grade
from lianfang.registers.powers.models import Power
from lianfang.registers.risks.actions import risks as actions
from lianfang.registers.risks.models import Risk
from lianfang.registers.risks.queries.posts import leader_contributions
from lianfang.registers.risks.queries.risks import merge_targets, risk_detail
from lianfang.registers.risks.rows import RiskDimension, RiskRow, Tier
from lianfang.registers.risks.states import RISK, RiskState
from lianfang.registers.risks.tests.conftest import DRAFT, Round


def drafted(cast: Cast, row: RiskRow = DRAFT) -> RiskRow:
    return actions.create_risk(actor=cast.clerk, row=row)


def submitted(cast: Cast) -> RiskRow:
    row = drafted(cast)
    return actions.submit_risk(actor=cast.clerk, number=row.number, expected_version=row.version)


@pytest.mark.covers("S7", "S24")
def test_a_risk_point_of_the_post_level_must_name_a_post_of_its_unit(cast: Cast, power: Power) -> None:
    with pytest.raises(Invalid, match="必须落到一个岗位"):
        drafted(cast, replace(DRAFT, post=""))
    with pytest.raises(Invalid, match="不在该单位"):
        drafted(cast, replace(DRAFT, post="LH-ZF-01"))
    with pytest.raises(Invalid, match="不在本局的权力清单里"):
        drafted(cast, replace(DRAFT, power="QT-P001"))

    row = drafted(cast)

    assert (row.number, row.state, row.post) == ("LH-WRF-R001", RiskState.DRAFT, "LH-WRF-02")


def test_nobody_types_a_grade_into_a_new_risk_point(cast: Cast, power: Power) -> None:
    row = drafted(cast, replace(DRAFT, grade=Grade.LOW, importance=1, probability=1, harm=1, graded_by="小李"))

    assert (row.grade, row.importance, row.graded_by) == (None, None, "")


def test_nobody_edits_a_grade(round_of: Round, cast: Cast) -> None:
    row = round_of.live()

    changed = actions.edit_risk(
        actor=cast.clerk, row=replace(row, grade=Grade.LOW, harm=1, misconduct="收受礼金"), expected_version=row.version
    )

    assert (changed.grade, changed.harm, changed.misconduct) == (Grade.MEDIUM, 3, "收受礼金")
    assert changed.state is RiskState.LIVE


def test_open_errors_stand_in_the_way_of_submitting(cast: Cast, power: Power) -> None:
    row = drafted(cast, replace(DRAFT, manifestation=""))

    with pytest.raises(Invalid, match="错误没有处理") as refused:
        actions.submit_risk(actor=cast.clerk, number=row.number, expected_version=row.version)

    assert any(line.startswith("RSK003") for line in refused.value.details)


def test_the_usual_way_is_written_in_the_journal(
    cast: Cast, power: Power, journal: Callable[[str, str], list[str]]
) -> None:
    row = submitted(cast)
    row = actions.withdraw_risk(actor=cast.clerk, number=row.number, expected_version=row.version)
    row = actions.submit_risk(actor=cast.clerk, number=row.number, expected_version=row.version)
    row = actions.return_risk(actor=cast.head, number=row.number, expected_version=row.version, note="写清怎么收的礼。")
    row = actions.submit_risk(actor=cast.clerk, number=row.number, expected_version=row.version)
    row = actions.accept_risk(actor=cast.head, number=row.number, expected_version=row.version)

    assert row.state is RiskState.ACCEPTED
    assert journal("risks", row.number) == [
        "record:created",
        "record:submitted",
        "record:withdrawn",
        "record:submitted",
        "record:returned",
        "record:submitted",
        "risk:accepted",
    ]


@pytest.mark.parametrize("step", ["return_risk", "reject_risk"])
def test_sending_back_needs_a_reason(cast: Cast, power: Power, step: str) -> None:
    row = submitted(cast)

    with pytest.raises(Invalid, match="必须写明理由"):
        getattr(actions, step)(actor=cast.head, number=row.number, expected_version=row.version, note=" ")


def test_a_drafter_cannot_accept_and_an_outsider_sees_nothing(cast: Cast, power: Power) -> None:
    row = submitted(cast)

    with pytest.raises(Refused):
        actions.accept_risk(actor=cast.clerk, number=row.number, expected_version=row.version)
    with pytest.raises(Absent):
        actions.accept_risk(actor=cast.outsider, number=row.number, expected_version=row.version)
    with pytest.raises(Conflict):
        actions.accept_risk(actor=cast.head, number=row.number, expected_version=row.version - 1)


def test_a_merged_risk_point_points_to_the_one_that_stays(cast: Cast, power: Power) -> None:
    kept = submitted(cast)
    row = drafted(cast, replace(DRAFT, statement="检查人员收受礼品，对贮存超期的企业网开一面，帮助其逃避处罚。"))
    row = actions.submit_risk(actor=cast.clerk, number=row.number, expected_version=row.version)

    with pytest.raises(Invalid, match="只能并入同一单位的另一个"):
        actions.merge_risk(
            actor=cast.head, number=row.number, into=row.number, expected_version=row.version, note="重复"
        )
    merged = actions.merge_risk(
        actor=cast.head, number=row.number, into=kept.number, expected_version=row.version, note="同一件事。"
    )

    assert (merged.state, merged.merged_into) == (RiskState.MERGED, kept.number)


def test_nothing_is_merged_into_what_has_ended(cast: Cast, power: Power) -> None:
    ended = submitted(cast)
    actions.reject_risk(actor=cast.head, number=ended.number, expected_version=ended.version, note="不属实。")
    row = submitted(cast)

    with pytest.raises(Invalid, match="不能并入"):
        actions.merge_risk(
            actor=cast.head, number=row.number, into=ended.number, expected_version=row.version, note="同一件事。"
        )


@pytest.mark.covers("S24")
@pytest.mark.parametrize(
    ("elsewhere", "submits"),
    [({}, False), ({"post": "LH-WRF-01"}, True), ({"step": "制定检查方案"}, True), ({"power": "", "step": ""}, True)],
)
def test_nothing_is_merged_into_a_draft_or_into_another_post_or_step(
    cast: Cast, power: Power, elsewhere: dict[str, Any], submits: bool
) -> None:
    row = submitted(cast)
    other = drafted(cast, replace(DRAFT, statement="检查人员收受礼品，帮助企业逃避处罚。", **elsewhere))
    if submits:
        Risk.objects.filter(number=other.number).update(state=RiskState.PROPOSED.value)

    with pytest.raises(Invalid, match="不能并入"):
        actions.merge_risk(
            actor=cast.head, number=row.number, into=other.number, expected_version=row.version, note="同一件事。"
        )

    assert merge_targets(cast.head, row.number) == []
    assert Risk.objects.get(number=row.number).state == RiskState.PROPOSED.value


def test_a_high_risk_closes_only_after_a_clean_year_or_when_its_power_is_retired(
    round_of: Round, cast: Cast, power: Power
) -> None:
    row = round_of.live(DRAFT, (4, 4, 4), (4, 4, 4), (4, 4, 4))
    assert row.grade is Grade.HIGH
    close: dict[str, Any] = {"actor": cast.secretary, "number": row.number, "expected_version": row.version}

    with pytest.raises(Invalid, match="必须写明依据"):
        actions.close_risk(**close, basis="")
    with pytest.raises(Invalid, match="不满 12 个月"):
        actions.close_risk(**close, basis="局党组会纪要〔2026〕9号")
    with pytest.raises(Refused):
        actions.close_risk(**{**close, "actor": cast.head}, basis="局党组会纪要〔2026〕9号")
    Power.objects.filter(number=power.number).update(state="retired")

    assert actions.close_risk(**close, basis="职权已取消").state is RiskState.CLOSED


def test_a_high_risk_closes_after_a_clean_year(round_of: Round, cast: Cast) -> None:
    row = round_of.live(DRAFT, (4, 4, 4), (4, 4, 4), (4, 4, 4))
    assert row.graded_on is not None

    with time_machine.travel(row.graded_on.replace(year=row.graded_on.year + 1)):
        closed = actions.close_risk(
            actor=cast.secretary, number=row.number, expected_version=row.version, basis="局党组会纪要〔2027〕9号"
        )

    assert closed.state is RiskState.CLOSED


def test_every_state_refuses_every_move_that_the_table_does_not_list(cast: Cast, power: Power) -> None:
    row = drafted(cast)
    simple: dict[str, tuple[Callable[..., RiskRow], User, dict[str, str]]] = {
        "submit": (actions.submit_risk, cast.clerk, {}),
        "withdraw": (actions.withdraw_risk, cast.clerk, {}),
        "accept": (actions.accept_risk, cast.head, {}),
        "return": (actions.return_risk, cast.head, {"note": "表现形式照抄了风险点"}),
        "reject": (actions.reject_risk, cast.head, {"note": "该职权已上收市局"}),
        "reopen": (actions.reopen_risk, cast.secretary, {"note": "三月有一起投诉"}),
        "close": (actions.close_risk, cast.secretary, {"basis": "职权已取消"}),
    }

    for state in RiskState:
        listed = {move.name for move in RISK.from_state(state)}
        for name, (act, person, said) in simple.items():
            Risk.objects.filter(number=row.number).update(state=state.value, version=1)
            if name in listed:
                assert act(actor=person, number=row.number, expected_version=1, **said).version == 2
            else:
                with pytest.raises(Conflict):
                    act(actor=person, number=row.number, expected_version=1, **said)


@pytest.mark.covers("S72")
def test_what_the_secretary_found_personally_is_counted_by_name_and_by_number_once_it_is_approved(
    cast: Cast, power: Power, round_of: Round
) -> None:
    section_level: dict[str, Any] = {"tier": Tier.SECTION, "post": "", "dimension": RiskDimension.WORKFLOW}
    drafts = drafted(cast, replace(DRAFT, finder="周书记")), round_of.accepted(replace(DRAFT, finder="周书记"))
    before = [(one.name, one.risks, one.leads) for one in leader_contributions("JW/LH/")]

    found = round_of.live(replace(DRAFT, finder="周书记"))
    section = round_of.live(replace(DRAFT, finder="LH-M01", **section_level))
    round_of.live(replace(DRAFT, finder="小李"))

    (leader,) = leader_contributions("JW/LH/")
    assert len(drafts) == 2
    assert before == [("周书记", (), False)]
    assert leader.risks == (found.number, section.number)
    assert leader.leads


@pytest.mark.covers("S72")
def test_who_found_a_live_risk_point_is_rewritten_by_whoever_may_reopen_it_and_counts_when_approved(
    cast: Cast, round_of: Round
) -> None:
    row = round_of.live()
    led = replace(row, finder="周书记")

    with pytest.raises(Refused):
        actions.edit_risk(actor=cast.clerk, row=led, expected_version=row.version)
    changed = actions.edit_risk(actor=cast.secretary, row=led, expected_version=row.version)

    assert (changed.state, Risk.objects.get().stale) == (RiskState.UNDER_REVIEW, True)
    assert not leader_contributions("JW/LH/")[0].leads


def test_whoever_wrote_or_submitted_a_risk_point_does_not_accept_it(cast: Cast, power: Power) -> None:
    row = actions.create_risk(actor=cast.head, row=DRAFT)
    row = actions.submit_risk(actor=cast.head, number=row.number, expected_version=row.version)

    detail = risk_detail(cast.head, row.number)
    assert "经手的人和把关的人须分开" in detail.barred["accept"]
    assert detail.turn is not None
    assert not detail.turn.is_own
    with pytest.raises(Refused, match="经手的人和把关的人须分开"):
        actions.accept_risk(actor=cast.head, number=row.number, expected_version=row.version)
    assert risk_detail(cast.deputy, row.number).barred == {}

    row = actions.accept_risk(actor=cast.deputy, number=row.number, expected_version=row.version)
    assert row.state is RiskState.ACCEPTED


def test_a_head_still_accepts_what_the_clerk_wrote(cast: Cast, power: Power) -> None:
    row = submitted(cast)

    detail = risk_detail(cast.head, row.number)

    assert detail.barred == {}
    assert detail.turn is not None
    assert detail.turn.is_own


@pytest.mark.covers("S24")
def test_who_found_a_risk_is_of_the_own_bureau_or_above_it(cast: Cast, stage: dict[str, Unit], power: Power) -> None:
    Person.objects.create(number="QT-M01", name="清潭小王", unit=stage["QT"], unit_path="JW/QT/")
    row = actions.create_risk(actor=cast.clerk, row=replace(DRAFT, finder="LH-M04"))

    with pytest.raises(Invalid, match="不是本局的人员"):
        actions.create_risk(actor=cast.clerk, row=replace(DRAFT, finder="QT-M01"))
    with pytest.raises(Invalid, match="不是本局的人员"):
        actions.edit_risk(actor=cast.clerk, row=replace(row, finder="QT-M01"), expected_version=row.version)

    assert [risk.finder for risk in Risk.objects.all()] == ["LH-M04"]
