"""The desk is one's own work: what is others' to do first stands apart, with who they are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lianfang.conftest import Cast
from lianfang.foundation.accounts.models import Grant, User
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.registers.risks.actions.risks import create_risk, submit_risk
from lianfang.registers.risks.tests.conftest import DRAFT, Round
from lianfang.site.desk import desk_of
from lianfang.site.tests.test_desk import fresh

MEDIUM, LOW = ((3, 3, 3),) * 3, ((1, 1, 1),) * 3


def own(user: User) -> list[str]:
    return [pile.does for pile in desk_of(fresh(user)).piles]


def elsewhere(user: User) -> dict[str, tuple[str, ...]]:
    return {line.does: line.people for line in desk_of(fresh(user)).elsewhere}


def test_what_the_deputy_decides_lies_on_the_deputys_desk_and_waits_elsewhere_for_the_secretary(
    round_of: Round, cast: Cast, sign_in: SignIn
) -> None:
    round_of.proposed(round_of.accepted(), *MEDIUM)

    page = sign_in(cast.secretary).get("/").content.decode()

    assert own(cast.deputy) == ["审定中风险"]
    assert own(cast.secretary) == []
    assert elsewhere(cast.secretary) == {"审定中风险": ("李副局长",)}
    assert "等别人办理的" in page
    assert "李副局长" in page


def test_where_nobody_holds_the_part_it_falls_to_who_stands_in(round_of: Round, cast: Cast) -> None:
    round_of.proposed(round_of.accepted(), *MEDIUM)

    Grant.objects.filter(user=cast.deputy).update(revoked_on="2026-01-01")

    assert own(cast.secretary) == ["审定中风险"]
    assert elsewhere(cast.secretary) == {}


def test_a_deputy_of_another_section_takes_nothing_off_the_secretarys_desk(round_of: Round, cast: Cast) -> None:
    round_of.proposed(round_of.accepted(), *MEDIUM)

    Grant.objects.filter(user=cast.deputy).update(scope="JW/LH/LH-ZF/")

    assert own(cast.secretary) == ["审定中风险"]


def test_what_the_head_may_not_decide_for_having_rated_it_is_the_deputys_own_work(round_of: Round, cast: Cast) -> None:
    round_of.proposed(round_of.accepted(replace(DRAFT, power="")), *LOW)

    assert "审定低风险" not in own(cast.head)
    assert own(cast.deputy) == ["审定低风险"]
    assert elsewhere(cast.deputy) == {}
    assert elsewhere(cast.secretary) == {"审定低风险": ("李副局长",)}


def proposed_risk(cast: Cast, statement: str) -> None:
    row = create_risk(actor=cast.clerk, row=replace(DRAFT, power="", statement=statement))
    submit_risk(actor=cast.clerk, number=row.number, expected_version=row.version)


def test_accepting_is_the_heads_and_the_coordinator_stands_in(round_of: Round, cast: Cast) -> None:
    proposed_risk(cast, DRAFT.statement)

    assert own(cast.head) == ["受理风险点"]
    assert elsewhere(cast.coordinator) == {"受理风险点": ("张科长",)}


@pytest.mark.parametrize("part", ["deputy", "coordinator", "secretary"])
def test_what_waits_elsewhere_costs_the_same_however_much_it_is(
    round_of: Round, cast: Cast, sign_in: SignIn, part: str
) -> None:
    def queries(rounds: int) -> int:
        for n in range(rounds):
            round_of.proposed(round_of.accepted(replace(DRAFT, statement=f"{n}{rounds}{DRAFT.statement}")), *MEDIUM)
            proposed_risk(cast, f"另{n}{rounds}{DRAFT.statement}")
        client = sign_in(getattr(cast, part))
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/").status_code == 200
        return len(captured)

    assert queries(1) == queries(3)
