"""The first page, second half: what is due next, what one's own hand forbids, and the desks of the administrators."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lianfang.conftest import Cast
from lianfang.foundation.accounts.models import Grant, User
from lianfang.foundation.accounts.roles import Role
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.programme.plans import actions as plans
from lianfang.programme.plans.programme_rows import ProgrammeRow
from lianfang.programme.plans.queries.upcoming import upcoming
from lianfang.programme.plans.tests.plan_of_linjiang import PLAN
from lianfang.registers.powers import actions as powers
from lianfang.registers.powers.tests.test_powers_actions import INSPECTION
from lianfang.site.desk import desk_of
from lianfang.site.views import TEACHING

BEFORE = datetime.date(2026, 4, 1)


@pytest.fixture
def confirmed(cast: Cast) -> Iterator[ProgrammeRow]:
    """A confirmed plan of the small bureau, on a day before anything of it is due."""
    with time_machine.travel(BEFORE, tick=False):
        draft = plans.start_plan(actor=cast.coordinator, unit="LH", text=PLAN, source_name="方案.txt")
        yield plans.confirm_plan(
            actor=cast.secretary, number=draft.number, expected_version=draft.version, basis="局党组会纪要〔2026〕5号"
        )


def test_a_section_is_told_what_it_has_to_hand_in_next_and_to_whom(
    cast: Cast, sign_in: SignIn, confirmed: ProgrammeRow
) -> None:
    due = desk_of(cast.head).due
    page = sign_in(cast.head).get("/").content.decode()

    assert due
    assert [line.day for line in due] == sorted(line.day for line in due)
    assert {line.unit_name for line in due} == {"污染防治科"}
    assert due[0].names[0] in page
    assert reverse("plans:matrix", args=[confirmed.number]) in page


def test_who_oversees_the_bureau_is_told_how_many_units_owe_it(cast: Cast, confirmed: ProgrammeRow) -> None:
    section = {name: line.units for line in desk_of(cast.head).due for name in line.names}
    bureau = {name: line.units for line in desk_of(cast.secretary).due for name in line.names}
    shared = section.keys() & bureau.keys()

    assert shared
    assert all(bureau[name] > section[name] == 1 for name in shared)


def test_another_bureau_is_told_nothing(cast: Cast, confirmed: ProgrammeRow) -> None:
    assert desk_of(cast.outsider).due == ()


def test_a_day_that_passed_is_not_called_owed_because_nobody_records_what_came(
    cast: Cast, confirmed: ProgrammeRow
) -> None:
    everything = upcoming(cast.secretary, BEFORE, 99)
    first = everything[0].day

    later = upcoming(cast.secretary, first + datetime.timedelta(days=1), 99)

    assert later == tuple(line for line in everything if line.day > first)
    assert upcoming(cast.secretary, first, 99) == everything


def test_what_is_due_costs_the_same_for_one_plan_and_for_five(cast: Cast) -> None:
    def queries(number: int) -> int:
        for serial in range(number):
            text = PLAN.replace("廉洁风险防控工作", f"第{number}{serial}项专项")
            row = plans.start_plan(actor=cast.coordinator, unit="LH", text=text, source_name="方案.txt")
            plans.confirm_plan(
                actor=cast.secretary, number=row.number, expected_version=row.version, basis="局党组会纪要〔2026〕5号"
            )
        with CaptureQueriesContext(connection) as captured:
            assert upcoming(cast.secretary, BEFORE, 3)
        return len(captured)

    with time_machine.travel(BEFORE, tick=False):
        assert queries(1) == queries(4)


def test_what_a_head_wrote_does_not_wait_for_that_head(cast: Cast) -> None:
    own = powers.create_power(actor=cast.head, row=INSPECTION)
    powers.submit_power(actor=cast.head, number=own.number, expected_version=own.version)
    other = powers.create_power(actor=cast.clerk, row=replace(INSPECTION, name="危险废物转移联单核验"))
    powers.submit_power(actor=cast.clerk, number=other.number, expected_version=other.version)

    desk = desk_of(cast.head)

    assert desk.waiting == 1
    assert [item.number for pile in desk.piles for item in pile.items] == [other.number]


def test_an_account_without_a_role_waits_for_the_security_administrator_only(cast: Cast, sign_in: SignIn) -> None:
    User.objects.create(login="wangke", title="新来的王科长", password="!")

    granting = sign_in(cast.security).get("/").content.decode()
    opening = sign_in(cast.system).get("/").content.decode()

    assert "新来的王科长" in granting
    assert f"{reverse('accounts:new_grant')}?user=wangke" in granting
    assert "新来的王科长" not in opening


def test_an_account_whose_role_has_ended_waits_again(cast: Cast, sign_in: SignIn) -> None:
    Grant.objects.filter(user=cast.legal).update(end=datetime.date(2020, 6, 1))

    assert cast.legal.title in sign_in(cast.security).get("/").content.decode()


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("system", "accounts:users"),
        ("security", "accounts:users_log"),
        ("auditor", "accounts:administrators_log"),
        ("commission", "overview"),
    ],
)
def test_whoever_is_handed_nothing_up_finds_the_doors_to_the_own_work(
    cast: Cast, sign_in: SignIn, part: str, name: str
) -> None:
    client = sign_in(getattr(cast, part))

    content = client.get("/").content.decode().split("<main")[1]

    assert f'href="{reverse(name)}"' in content
    assert client.get(reverse(name)).status_code == 200


def test_an_empty_desk_teaches_its_part_and_counts_no_zeros(cast: Cast, sign_in: SignIn) -> None:
    content = sign_in(cast.commission).get("/").content.decode().split("<main")[1]

    assert TEACHING[Role.COMMISSION] in content
    assert "退回给我" not in content


def test_a_plan_that_was_read_in_waits_on_the_desk_of_who_confirms_it_and_not_of_who_drafted_it(
    cast: Cast, sign_in: SignIn
) -> None:
    row = plans.start_plan(actor=cast.coordinator, unit="LH", text=PLAN, source_name="方案.txt")

    piles = {pile.does: [item.number for item in pile.items] for pile in desk_of(cast.secretary).piles}
    page = sign_in(cast.secretary).get("/").content.decode()

    assert piles["确认方案"] == [row.number]
    assert reverse("plans:reading", args=[row.number]) in page
    for other in (cast.coordinator, cast.clerk, cast.head):
        assert "确认方案" not in {pile.does for pile in desk_of(other).piles}
    plans.confirm_plan(actor=cast.secretary, number=row.number, expected_version=row.version)
    assert "确认方案" not in {pile.does for pile in desk_of(cast.secretary).piles}
