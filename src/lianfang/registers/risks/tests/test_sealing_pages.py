"""What a rater sees after sealing: who is still missing, or that everybody is through and the scores are public."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from lianfang.conftest import Cast
from lianfang.foundation.accounts.models import User
from lianfang.registers.risks.rows import GradingRow
from lianfang.registers.risks.tests.conftest import Round

SignIn = Callable[[User], Client]
GIVEN = {
    "importance": "3", "probability": "3", "harm": "3", "importance_note": "直接影响企业是否受罚，涉及金额较大。",
    "probability_note": "邻区去年有一起同类通报。", "harm_note": "超期贮存可能造成土壤污染。",
}  # fmt: skip


@pytest.fixture
def opened(round_of: Round) -> GradingRow:
    """A round that waits for its three raters."""
    return round_of.opened(round_of.accepted())


def seal(client: Client, number: str) -> str:
    """The page that a rater comes to after sealing."""
    return client.post(f"/risks/gradings/{number}/score/", GIVEN, follow=True).content.decode()


def test_the_first_raters_are_told_that_others_are_awaited(cast: Cast, opened: GradingRow, sign_in: SignIn) -> None:
    page = seal(sign_in(cast.clerk), opened.number)

    assert "还有评分人没有评完" in page
    assert "已经公开" not in page


def test_the_last_rater_is_told_that_all_scores_are_public_now(
    round_of: Round, cast: Cast, opened: GradingRow, sign_in: SignIn
) -> None:
    for rater in (cast.clerk, round_of.reviewer):
        seal(sign_in(rater), opened.number)

    page = seal(sign_in(cast.head), opened.number)

    assert "您是最后一位，各人的评分现在同时公开" in page
    assert "还有评分人没有评完" not in page
    assert f'href="/risks/gradings/{opened.number}/"' in page


def test_a_reviewer_from_another_section_is_given_no_link_that_would_not_open(
    round_of: Round, cast: Cast, opened: GradingRow, sign_in: SignIn
) -> None:
    for rater in (cast.clerk, cast.head):
        seal(sign_in(rater), opened.number)

    page = seal(sign_in(round_of.reviewer), opened.number)

    assert "您是最后一位" in page
    assert f'href="/risks/gradings/{opened.number}/"' not in page


def test_every_form_names_what_its_key_does(cast: Cast, opened: GradingRow, sign_in: SignIn) -> None:
    client = sign_in(cast.clerk)

    sealing = client.get(f"/risks/gradings/{opened.number}/score/").content.decode()
    saving = client.get("/powers/new/").content.decode()

    assert "<kbd>Enter</kbd> 密封评分</span>" in sealing
    assert "<kbd>Enter</kbd> 保存</span>" in saving
