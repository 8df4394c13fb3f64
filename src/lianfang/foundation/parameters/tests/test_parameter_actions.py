"""Deciding a parameter: who proposes, who approves, from when, and that nothing of the past moves."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from lianfang.conftest import LONG_AGO, Cast
from lianfang.foundation.accounts.models import Grant, User
from lianfang.foundation.accounts.roles import Role
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.journal.places import relocate
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.parameters.actions import (
    approve_adjustment,
    propose_adjustment,
    return_adjustment,
    revise_adjustment,
    withdraw_adjustment,
)
from lianfang.foundation.parameters.models import Adjustment
from lianfang.foundation.parameters.queries.adjustments import adjustment_detail, visible_adjustments
from lianfang.foundation.parameters.queries.standings import COMMON, DEFAULT, OWN, standing
from lianfang.foundation.parameters.queries.units import deciding_unit, deciding_units
from lianfang.foundation.parameters.queries.values import parameters_for, parameters_of
from lianfang.foundation.parameters.rows import AdjustmentRow
from lianfang.foundation.parameters.states import ADJUSTMENT, AdjustmentState
from lianfang.foundation.parameters.values import Parameters
from lianfang.kernel.errors import Absent, Conflict, Invalid, Refused

SECTION = "JW/LH/LH-WRF/"
MINUTES = "局党组会纪要〔2026〕7号"
WANTED = AdjustmentRow(
    number="", unit="LH", parameter="least_raters", value="4", reason="科室较多，四人评分更能反映情况。"
)
Decide = Callable[[str, str], AdjustmentRow]


def proposed(cast: Cast, **changes: Any) -> AdjustmentRow:
    """A proposal of the coordinator."""
    return propose_adjustment(actor=cast.coordinator, row=replace(WANTED, **changes))


def approved(actor: User, row: AdjustmentRow) -> AdjustmentRow:
    """The proposal approved with minutes."""
    return approve_adjustment(actor=actor, number=row.number, expected_version=row.version, basis=MINUTES)


@pytest.fixture
def colleague(cast: Cast) -> User:
    """A second person of the commission."""
    user = User.objects.create(login="colleague", title="纪委何干部")
    Grant.objects.create(user=user, role=Role.COMMISSION.value, scope="", start=LONG_AGO)
    return user


@pytest.mark.covers("S88")
def test_a_proposal_changes_nothing_until_another_person_approves_it_with_the_minutes(cast: Cast) -> None:
    row = proposed(cast)
    while_proposed = parameters_for(SECTION)

    done = approved(cast.secretary, row)

    assert while_proposed == Parameters()
    assert parameters_for(SECTION) == Parameters(least_raters=4)
    assert (done.state, done.before, done.value) == (AdjustmentState.APPROVED, "3", "4")
    assert (done.proposer, done.approver, done.basis) == ("廉政办吴主任", "周书记", MINUTES)
    assert done.in_force_from == timezone.localdate()
    verbs = list(
        Entry.objects.filter(kind="adjustments", number=row.number).order_by("id").values_list("verb", "basis")
    )
    assert verbs == [(Verb.PARAMETER_PROPOSED.value, ""), (Verb.PARAMETER_APPROVED.value, MINUTES)]


@pytest.mark.covers("S88")
def test_nobody_approves_what_they_proposed_not_even_with_both_parts(cast: Cast) -> None:
    Grant.objects.create(user=cast.coordinator, role=Role.SECRETARY.value, scope="JW/LH/", start=LONG_AGO)
    row = proposed(cast)

    with pytest.raises(Refused, match="不能再由您批准本局参数") as refused:
        approved(cast.coordinator, row)

    assert "周书记" in refused.value.remedy
    detail = adjustment_detail(cast.coordinator, row.number)
    assert "经手的人和把关的人须分开" in detail.barred["approve"]


@pytest.mark.parametrize("part", ["clerk", "head", "deputy", "secretary", "legal", "commission", "outsider", "system"])
def test_only_the_owner_of_a_parameter_proposes_it(cast: Cast, part: str) -> None:
    with pytest.raises(Refused, match="您没有提出本局参数的权限"):
        propose_adjustment(actor=getattr(cast, part), row=WANTED)

    assert not Adjustment.objects.exists()


def test_what_powers_are_held_against_is_proposed_by_the_legal_reviewer(cast: Cast) -> None:
    level = replace(WANTED, parameter="bureau_level", value="市级")

    with pytest.raises(Refused, match="职权方面的参数"):
        propose_adjustment(actor=cast.coordinator, row=level)
    approved(cast.secretary, propose_adjustment(actor=cast.legal, row=level))

    assert parameters_for(SECTION).departing() == {"bureau_level": "city"}


@pytest.mark.parametrize("part", ["clerk", "head", "deputy", "coordinator", "legal", "commission"])
def test_only_the_approver_of_a_parameter_approves_or_returns_it(cast: Cast, part: str) -> None:
    row = proposed(cast)
    actor = getattr(cast, part)

    with pytest.raises((Refused, Absent)):
        approved(actor, row)
    with pytest.raises((Refused, Absent)):
        return_adjustment(actor=actor, number=row.number, expected_version=1, note="数值偏高，先试行一年再说。")


@pytest.mark.covers("S88")
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"value": "2"}, "“最少评分人数”不能是“2”"),
        ({"value": "四"}, "“最少评分人数”不能是“四”"),
        ({"value": ""}, "没有单独规定，没有变化"),
        ({"reason": " "}, "请写明调整理由"),
        ({"start": datetime.date(2020, 1, 1)}, "生效日期不能早于今天"),
    ],
)
def test_a_proposal_that_cannot_be_decided_is_refused_in_words(
    cast: Cast, changes: dict[str, object], said: str
) -> None:
    with pytest.raises(Invalid, match=said):
        proposed(cast, **changes)

    assert not Adjustment.objects.exists()


def test_what_does_not_exist_is_absent(cast: Cast) -> None:
    with pytest.raises(Absent, match="没有代码为“gone”的参数"):
        proposed(cast, parameter="gone")
    with pytest.raises(Absent, match="LH-WRF"):
        proposed(cast, unit="LH-WRF")
    with pytest.raises(Absent, match="LH-V009"):
        approve_adjustment(actor=cast.secretary, number="LH-V009", expected_version=1, basis=MINUTES)


def test_a_default_may_be_confirmed_and_what_was_decided_is_not_decided_again(cast: Cast) -> None:
    approved(cast.secretary, proposed(cast, value="3"))

    detail = standing(cast.coordinator, deciding_unit("LH"), "least_raters")
    assert (detail.origin, detail.shown) == (OWN, "3 人")
    with pytest.raises(Invalid, match="已经规定为3 人，没有变化"):
        proposed(cast, value="3")


def test_one_proposal_at_a_time_also_for_the_database(cast: Cast) -> None:
    row = proposed(cast)

    with pytest.raises(Conflict, match=row.number):
        proposed(cast, value="5")
    first = Adjustment.objects.get()
    first.pk, first.number = None, "LH-V900"
    with pytest.raises(IntegrityError):
        first.save(force_insert=True)


def test_minutes_are_demanded(cast: Cast) -> None:
    row = proposed(cast)

    with pytest.raises(Invalid, match="会议纪要编号"):
        approve_adjustment(actor=cast.secretary, number=row.number, expected_version=1, basis=" ")


def test_a_value_that_is_out_of_range_by_now_is_not_approved(cast: Cast) -> None:
    """A newer version may allow less than the one in which the value was proposed."""
    row = proposed(cast)
    Adjustment.objects.update(value="2")

    with pytest.raises(Invalid, match="不能是“2”"):
        approved(cast.secretary, row)

    assert Adjustment.objects.get().state == AdjustmentState.PROPOSED.value
    assert parameters_for(SECTION) == Parameters()


def test_what_was_changed_meanwhile_is_not_approved(cast: Cast) -> None:
    row = proposed(cast)
    back = return_adjustment(actor=cast.secretary, number=row.number, expected_version=1, note="请说明为什么是四人。")
    again = revise_adjustment(actor=cast.coordinator, row=replace(back, value="5"), expected_version=back.version)

    with pytest.raises(Conflict) as stale:
        approve_adjustment(actor=cast.secretary, number=row.number, expected_version=row.version, basis=MINUTES)

    assert "新值：4 → 5" in stale.value.details
    assert approved(cast.secretary, again).value == "5"


def test_a_return_says_why_and_the_proposal_comes_again(cast: Cast) -> None:
    row = proposed(cast)

    with pytest.raises(Invalid, match="退回时必须写明理由"):
        return_adjustment(actor=cast.secretary, number=row.number, expected_version=1, note="")
    back = return_adjustment(actor=cast.secretary, number=row.number, expected_version=1, note="请说明为什么是四人。")
    again = revise_adjustment(
        actor=cast.coordinator, row=replace(back, value=" 6 ", reason="科室扩编到九个。"), expected_version=back.version
    )

    assert back.state is AdjustmentState.RETURNED
    assert (again.state, again.value, again.reason) == (AdjustmentState.PROPOSED, "6", "科室扩编到九个。")


def test_a_withdrawn_proposal_makes_way_for_another(cast: Cast) -> None:
    row = proposed(cast)
    with pytest.raises(Refused):
        withdraw_adjustment(actor=cast.secretary, number=row.number, expected_version=1)

    withdraw_adjustment(actor=cast.coordinator, number=row.number, expected_version=1, note="另行研究。")

    assert approved(cast.secretary, proposed(cast, value="5")).value == "5"


@pytest.mark.parametrize("state", AdjustmentState)
@pytest.mark.parametrize("name", ["approve", "return", "withdraw", "revise"])
def test_every_move_from_every_state_is_as_the_table_says(cast: Cast, state: AdjustmentState, name: str) -> None:
    row = proposed(cast)
    facts = {"approver": "周书记", "basis": MINUTES, "in_force_from": timezone.localdate()}
    Adjustment.objects.filter(number=row.number).update(state=state.value, **facts)
    takes = {
        "approve": lambda: approved(cast.secretary, row),
        "return": lambda: return_adjustment(
            actor=cast.secretary, number=row.number, expected_version=1, note="请说明为什么是四人。"
        ),
        "withdraw": lambda: withdraw_adjustment(actor=cast.coordinator, number=row.number, expected_version=1),
        "revise": lambda: revise_adjustment(actor=cast.coordinator, row=replace(row, value="5"), expected_version=1),
    }

    allowed = {move.target for move in ADJUSTMENT.named(name) if move.source is state}

    if allowed:
        assert {takes[name]().state} == allowed
    else:
        with pytest.raises(Conflict):
            takes[name]()


@pytest.mark.covers("S88")
def test_a_value_holds_from_its_day_on_and_the_days_before_keep_theirs(cast: Cast, decide: Decide) -> None:
    today = timezone.localdate()
    decide("least_raters", "4")
    later = approved(cast.secretary, proposed(cast, value="5", start=today + datetime.timedelta(days=30)))

    values = [parameters_for(SECTION, today + datetime.timedelta(days=days)).least_raters for days in (-1, 0, 29, 30)]

    assert values == [3, 4, 4, 5]
    detail = standing(cast.clerk, deciding_unit("LH"), "least_raters")
    assert (detail.shown, [row.number for row in detail.coming]) == ("4 人", [later.number])
    assert [(row.shown_before, row.shown_value) for row in detail.history] == [("3 人", "4 人"), ("4 人", "5 人")]


def test_approval_after_the_day_asked_for_takes_effect_on_its_own_day(cast: Cast) -> None:
    row = proposed(cast, start=timezone.localdate())
    Adjustment.objects.filter(number=row.number).update(start=LONG_AGO)

    done = approved(cast.secretary, row)

    assert done.in_force_from == timezone.localdate()
    assert parameters_for(SECTION, timezone.localdate() - datetime.timedelta(days=1)) == Parameters()


@pytest.mark.covers("S88")
def test_a_bureau_goes_by_its_own_value_else_by_the_commissions_else_by_the_default(
    cast: Cast, colleague: User, decide: Decide
) -> None:
    common = replace(WANTED, unit="JW", value="5")
    alone = propose_adjustment(actor=cast.commission, row=common)
    with pytest.raises(Refused, match="不能再由您批准全区统一的参数"):
        approved(cast.commission, alone)
    approved(colleague, alone)
    by_commission = parameters_for(SECTION).least_raters

    decide("least_raters", "4")

    assert by_commission == 5
    assert (parameters_for(SECTION).least_raters, parameters_for("JW/QT/QT-BG/").least_raters) == (4, 5)
    assert standing(cast.head, deciding_unit("LH"), "least_raters").origin == OWN
    assert standing(cast.outsider, deciding_unit("QT"), "least_raters").origin == COMMON
    assert standing(cast.outsider, deciding_unit("QT"), "open_gap").origin == DEFAULT

    decide("least_raters", "")
    assert parameters_for(SECTION).least_raters == 5
    assert standing(cast.head, deciding_unit("LH"), "least_raters").origin == COMMON


def test_whoever_reads_everywhere_is_shown_the_commissions_values_too(cast: Cast, colleague: User) -> None:
    everywhere = User.objects.create(login="everywhere", title="命令行")
    Grant.objects.create(user=everywhere, role=Role.COORDINATOR.value, scope="", start=LONG_AGO)
    approved(colleague, propose_adjustment(actor=cast.commission, row=replace(WANTED, unit="JW", value="5")))

    assert standing(everywhere, deciding_unit("LH"), "least_raters").shown == "5 人"
    assert standing(everywhere, deciding_unit("JW"), "least_raters").origin == OWN


def test_what_the_commission_decides_for_all_no_bureau_decides(cast: Cast, colleague: User) -> None:
    with pytest.raises(Refused, match="由纪委监委统一规定"):
        proposed(cast, parameter="red_events", value="3")

    row = replace(WANTED, unit="JW", parameter="red_events", value="3")
    approved(colleague, propose_adjustment(actor=cast.commission, row=row))

    assert parameters_for(SECTION).red_events == 3


def test_the_commission_learns_of_no_proposal_of_a_bureau_and_a_bureau_of_none_of_the_commission(
    cast: Cast, colleague: User
) -> None:
    row = proposed(cast)
    common = propose_adjustment(actor=cast.commission, row=replace(WANTED, unit="JW", parameter="open_gap", value="3"))

    def seen(actor: User) -> set[str]:
        return set(visible_adjustments(actor).values_list("number", flat=True))

    assert seen(cast.commission) == {common.number}
    assert seen(cast.secretary) == {row.number}
    assert seen(cast.head) == seen(cast.outsider) == seen(cast.system) == set()
    approved(cast.secretary, row)
    approved(colleague, common)
    assert seen(cast.commission) == seen(cast.head) == {row.number, common.number}
    assert seen(cast.outsider) == {common.number}
    assert [line.verb for line in adjustment_detail(cast.head, common.number).history] == [
        Verb.PARAMETER_APPROVED.label
    ]


def test_units_that_decide_are_bureaus_and_commissions(cast: Cast) -> None:
    def offered(actor: User) -> list[str]:
        return [unit.number for unit in deciding_units(actor)]

    assert offered(cast.clerk) == offered(cast.secretary) == ["LH"]
    assert offered(cast.commission) == ["JW", "LH", "QT"]
    assert offered(cast.system) == []


def test_looking_up_costs_one_query_or_two(
    cast: Cast, decide: Decide, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        assert parameters_of("LH-WRF") == Parameters()
    for code, value in (("least_raters", "4"), ("open_gap", "3"), ("waiver_days", "90")):
        decide(code, value)

    with django_assert_num_queries(1):
        assert parameters_for(SECTION).waiver_days == 90
    with django_assert_num_queries(3):
        assert parameters_of("LH-WRF").open_gap == 3
    assert parameters_of("nobody") == parameters_of("") == Parameters()


def test_values_go_along_when_a_bureau_is_put_under_another_unit(cast: Cast, decide: Decide) -> None:
    decide("least_raters", "4")

    relocate("JW/LH/", "XX/LH/")

    assert parameters_for("XX/LH/LH-WRF/").least_raters == 4
