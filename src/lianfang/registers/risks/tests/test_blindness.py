"""Nobody sees another rater's scores before all are in: not on pages, not in exports, not in the journal."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.test import Client

from lianfang.conftest import Cast
from lianfang.foundation.accounts.models import User
from lianfang.foundation.journal.models import Entry
from lianfang.kernel.rows import canonical_bytes, commitment
from lianfang.registers.risks.actions.scores import score_risk
from lianfang.registers.risks.models import Grading, Score
from lianfang.registers.risks.queries.gradings import grading_detail, score_rows, scoring_sheet, suggestion_for
from lianfang.registers.risks.tests.conftest import Round, given

SECRET = "只有评分人自己知道的依据"


def one_sealed(round_of: Round, cast: Cast) -> str:
    """An open round in which the clerk alone has scored; returns its number."""
    grading = round_of.opened(round_of.accepted())
    telling = given(5, 4, 5)
    object.__setattr__(telling, "harm_note", SECRET)
    score_risk(actor=cast.clerk, number=grading.number, given=telling)
    return grading.number


@pytest.mark.covers("S27")
def test_a_sealed_score_is_on_no_page_but_its_givers(
    round_of: Round, cast: Cast, reviewer: User, sign_in: Callable[[User], Client]
) -> None:
    number = one_sealed(round_of, cast)
    risk = number.partition("/")[0]
    pages = ["/risks/gradings/", f"/risks/gradings/{number}/", f"/risks/gradings/{number}/score/", f"/risks/{risk}/"]

    for person in (cast.head, cast.deputy, cast.secretary, cast.coordinator, cast.legal, cast.commission, reviewer):
        for page in pages:
            shown = sign_in(person).get(page).content.decode()
            assert SECRET not in shown
    assert SECRET in sign_in(cast.clerk).get(f"/risks/gradings/{number}/score/").content.decode()


def test_a_sealed_score_is_in_no_export(round_of: Round, cast: Cast, sign_in: Callable[[User], Client]) -> None:
    number = one_sealed(round_of, cast)

    for person in (cast.clerk, cast.head, cast.secretary, cast.coordinator):
        answer = sign_in(person).get("/export/scores/?format=json")
        assert answer.status_code == 200
        assert SECRET not in answer.content.decode()
        assert number not in answer.content.decode()
    assert list(score_rows()) == []


def test_queries_give_progress_and_nothing_more_while_a_round_is_open(round_of: Round, cast: Cast) -> None:
    number = one_sealed(round_of, cast)

    detail = grading_detail(cast.secretary, number)

    assert (detail.given, len(detail.seats)) == (1, 3)
    assert [seat.score for seat in detail.seats] == [None, None, None]
    assert detail.suggestion is None
    assert suggestion_for(Grading.objects.get(number=number)) is None
    assert list(Score.objects.all()) == []
    assert scoring_sheet(cast.head, number).own is None


def test_the_journal_holds_a_seal_until_the_round_is_complete_and_then_proves_that_nothing_changed(
    round_of: Round, cast: Cast, reviewer: User
) -> None:
    number = one_sealed(round_of, cast)

    sealed = Entry.objects.get(kind="scores")
    assert (sealed.verb, sealed.actor) == ("grading:scored", "clerk")
    assert set(json.loads(sealed.after)) == {"number", "rater", "risk", "round", "scored_on", "seal"}
    assert not Entry.objects.filter(after__contains=SECRET).exists()

    score_risk(actor=cast.head, number=number, given=given(3, 4, 4))
    score_risk(actor=reviewer, number=number, given=given(4, 4, 4))

    revealed = Entry.objects.filter(kind="scores", verb="grading:revealed").order_by("number")
    assert len(revealed) == 3
    for score, entry in zip(Score.objects.order_by("number"), revealed, strict=True):
        row = score.to_row()
        assert json.loads(entry.after)["harm"] == row.harm
        seal = json.loads(entry.before)["seal"]
        assert seal == commitment(bytes(score.salt), canonical_bytes(row))


def test_all_scores_open_together_when_the_last_one_is_in(round_of: Round, cast: Cast) -> None:
    grading = round_of.scored(round_of.accepted(), (5, 4, 5), (4, 4, 4), (4, 3, 4))

    detail = grading_detail(cast.clerk, grading.number)

    assert all(seat.score is not None for seat in detail.seats)
    assert len(list(score_rows())) == 3
