"""What a rater sees after sealing: who is still missing, or that everybody is through and the scores are public."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client

from lianfang.conftest import Cast
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.registers.risks.queries.gradings import SCALES, SeatLine
from lianfang.registers.risks.queries.shared_evidence import shared_evidence
from lianfang.registers.risks.rows import GradingRow, RaterCapacity, ScoreRow
from lianfang.registers.risks.tests.conftest import Round

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


def test_a_reviewer_reads_the_scores_of_the_round_once_all_are_in_and_nothing_else_opens(
    round_of: Round, cast: Cast, opened: GradingRow, sign_in: SignIn
) -> None:
    sheet = f"/risks/gradings/{opened.number}/score/"
    seal(sign_in(round_of.reviewer), opened.number)
    before = sign_in(round_of.reviewer).get(sheet).content.decode()
    for rater in (cast.clerk, cast.head):
        seal(sign_in(rater), opened.number)

    client = sign_in(round_of.reviewer)
    page = client.get(sheet).content.decode()

    assert "各人评分" not in before
    assert "各人评分" in page
    assert page.count(GIVEN["harm_note"]) == 4
    assert client.get(f"/risks/gradings/{opened.number}/").status_code == 404
    assert client.get(f"/risks/{opened.risk}/").status_code == 404
    assert opened.number not in client.get("/risks/gradings/").content.decode()


def test_every_score_without_evidence_is_marked_where_it_stands(
    cast: Cast, opened: GradingRow, sign_in: SignIn
) -> None:
    bare = {**GIVEN, "importance_note": "无", "probability_note": "无", "harm_note": "无"}

    page = sign_in(cast.clerk).post(f"/risks/gradings/{opened.number}/score/", bare)
    form = page.context["form"]

    assert page.status_code == 422
    assert set(form.errors) == {"importance_note", "probability_note", "harm_note", "__all__"}
    assert "有 3 项评分没有写出可以核对的事实或者依据" in page.content.decode()
    one = sign_in(cast.clerk).post(f"/risks/gradings/{opened.number}/score/", {**GIVEN, "harm_note": "无"})
    assert set(one.context["form"].errors) == {"harm_note", "__all__"}


def test_the_same_words_under_different_scores_are_pointed_out(
    round_of: Round, cast: Cast, opened: GradingRow, sign_in: SignIn
) -> None:
    for rater, harm in ((cast.clerk, "3"), (cast.head, "1"), (round_of.reviewer, "3")):
        sign_in(rater).post(f"/risks/gradings/{opened.number}/score/", {**GIVEN, "harm": harm})

    page = sign_in(cast.coordinator).get(f"/risks/gradings/{opened.number}/")

    (found,) = page.context["shared"]
    assert found[0] == "危害程度"
    assert "依据一字不差，分值却不同" in page.content.decode()


def test_two_raters_of_one_name_are_two() -> None:
    said = {f"{scale}_note": f"{scale}的依据" for scale in SCALES}
    seats = [
        SeatLine(
            person, "张队员", RaterCapacity.HOLDER, True,
            ScoreRow(
                number=person, risk="LH-WRF-R001", round=1, rater=person, capacity=RaterCapacity.HOLDER,
                importance=3, probability=3, harm=harm, scored_on=datetime.date(2026, 5, 6), **said,
            ),
        )
        for person, harm in (("LH-M01", 5), ("LH-M02", 2))
    ]  # fmt: skip

    assert list(shared_evidence(seats)) == [("harm", ("张队员", "张队员"))]


@pytest.mark.parametrize("address", ["/powers/new/", "/risks/new/", "/risks/negatives/new/"])
def test_the_only_unit_is_chosen_already(cast: Cast, sign_in: SignIn, address: str) -> None:
    page = sign_in(cast.clerk).get(address).content.decode()

    assert '<option value="LH-WRF" selected>' in page


@pytest.mark.parametrize(
    ("scores", "said", "unsaid"),
    [(((3, 3, 3),) * 3, "待提出等级", "待会商"), (((5, 3, 3), (3, 3, 3), (2, 3, 3)), "待会商", "")],
)
def test_a_round_waits_for_a_talk_only_where_its_raters_lie_apart(
    round_of: Round, cast: Cast, sign_in: SignIn, scores: tuple[tuple[int, int, int], ...], said: str, unsaid: str
) -> None:
    scored = round_of.scored(round_of.accepted(), *scores)

    client = sign_in(cast.coordinator)
    lists = client.get("/risks/gradings/").content.decode()
    page = client.get(f"/risks/gradings/{scored.number}/").content.decode().partition("办理记录")[0]

    assert said in lists
    assert said in page
    assert not unsaid or (unsaid not in lists and unsaid not in page)
