"""Whose turn it is: said on the page of every entry, and no button stands out while it is another's."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from lianfang.conftest import Cast
from lianfang.foundation.accounts.models import Grant
from lianfang.foundation.accounts.roles import Role
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.registers.powers.actions import create_power, submit_power
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.powers.tests.test_powers_actions import INSPECTION
from lianfang.registers.risks.tests.conftest import Round


def next_steps(client: Client, address: str) -> str:
    """The section of a page that says what comes next; "" where there is none."""
    page = client.get(address).content.decode()
    found = re.search(r'<section class="next-steps".*?</section>', page, re.DOTALL)
    return found[0] if found else ""


@pytest.fixture
def handed_up(cast: Cast) -> PowerRow:
    """A power that the clerk wrote and submitted."""
    row = create_power(actor=cast.clerk, row=INSPECTION)
    return submit_power(actor=cast.clerk, number=row.number, expected_version=row.version)


def test_after_submitting_the_clerk_reads_whose_turn_it_is_and_taking_back_does_not_stand_out(
    cast: Cast, handed_up: PowerRow, sign_in: SignIn
) -> None:
    shown = next_steps(sign_in(cast.clerk), f"/powers/{handed_up.number}/")

    assert "现在轮到污染防治科科室负责人清权：张科长。" in shown
    assert "撤回" in shown
    assert "btn-primary" not in shown


def test_the_head_whose_turn_it_is_sees_the_step_stand_out_and_no_sentence(
    cast: Cast, handed_up: PowerRow, sign_in: SignIn
) -> None:
    shown = next_steps(sign_in(cast.head), f"/powers/{handed_up.number}/")

    assert "现在轮到" not in shown
    # Clearing asks for an optional remark, so its dialog holds the second button.
    assert re.search(r'<summary class="btn btn-primary">清权', shown)
    assert not re.search(r'<summary class="btn btn-primary">(退回|撤回)', shown)


def test_nobody_is_named_who_wrote_what_is_to_be_decided(cast: Cast, sign_in: SignIn) -> None:
    row = create_power(actor=cast.head, row=INSPECTION)
    row = submit_power(actor=cast.head, number=row.number, expected_version=row.version)
    Grant.objects.filter(role=Role.DEPUTY.value).delete()

    shown = next_steps(sign_in(cast.clerk), f"/powers/{row.number}/")

    assert "目前没有人可以清权，请联系安全管理员授权。" in shown
    assert "张科长" not in shown


def test_who_may_stand_in_is_told_whose_part_it_is_and_that_they_may(
    round_of: Round, cast: Cast, sign_in: SignIn
) -> None:
    grading = round_of.proposed(round_of.accepted(), (3, 3, 3), (3, 3, 3), (3, 3, 3))
    address = f"/risks/gradings/{grading.number}/"

    of_deputy, of_secretary = (next_steps(sign_in(user), address) for user in (cast.deputy, cast.secretary))

    assert re.search(r'<summary class="btn btn-primary">审定等级', of_deputy)
    assert "现在轮到分管领导审定等级：李副局长。您也可以代为办理。" in of_secretary
    assert "审定等级…" in of_secretary
    assert "btn btn-primary" not in re.sub(r"<dialog.*?</dialog>", "", of_secretary, flags=re.DOTALL)


def test_a_part_that_nobody_holds_falls_to_the_next(round_of: Round, cast: Cast, sign_in: SignIn) -> None:
    grading = round_of.proposed(round_of.accepted(), (3, 3, 3), (3, 3, 3), (3, 3, 3))
    Grant.objects.filter(user=cast.deputy).update(revoked_on="2026-01-01")

    shown = next_steps(sign_in(cast.secretary), f"/risks/gradings/{grading.number}/")

    assert re.search(r'<summary class="btn btn-primary">审定等级', shown)


def test_an_open_round_waits_for_its_raters(round_of: Round, cast: Cast, sign_in: SignIn) -> None:
    grading = round_of.opened(round_of.accepted())

    shown = next_steps(sign_in(cast.secretary), f"/risks/gradings/{grading.number}/")

    assert "现在轮到评分人评分：" in shown
    assert "张科长" in shown


def test_a_confirmed_power_waits_for_nobody(cast: Cast, handed_up: PowerRow, sign_in: SignIn) -> None:
    Power.objects.filter(number=handed_up.number).update(state="confirmed")

    shown = next_steps(sign_in(cast.clerk), f"/powers/{handed_up.number}/")

    assert "启动复核" in shown
    assert "现在轮到" not in shown
    assert "btn btn-primary" not in re.sub(r"<dialog.*?</dialog>", "", shown, flags=re.DOTALL)
