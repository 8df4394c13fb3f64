"""Empty formalities are refused where a grade is decided: minutes, grounds, evidence, returns."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.web.tests.sending import SignIn, press
from lianfang.kernel.errors import Invalid
from lianfang.registers.risks.actions.gradings import (
    Agreed,
    Proposal,
    propose_grade,
    reconcile_scores,
    return_grading,
)
from lianfang.registers.risks.actions.risks import reopen_risk
from lianfang.registers.risks.actions.scores import score_risk
from lianfang.registers.risks.models import Grading, Score
from lianfang.registers.risks.tests.conftest import Round, given

pytestmark = pytest.mark.django_db
EMPTY = "没有写出可以核对的事实或者依据"


@pytest.mark.covers("S84")
@pytest.mark.parametrize("record", ["随便写", "会商一致", "经会商，意见一致", "取五分。"])
def test_minutes_that_say_nothing_settle_nothing(record: str, round_of: Round, cast: Cast) -> None:
    grading = round_of.scored(round_of.accepted(), (3, 2, 3), (3, 4, 3), (3, 3, 3))
    asked: dict[str, Any] = {"actor": cast.coordinator, "number": grading.number, "expected_version": grading.version}

    with pytest.raises(Invalid, match=EMPTY):
        reconcile_scores(**asked, agreed=Agreed(record=record, probability=3))

    kept = Grading.objects.get(number=grading.number)
    assert (kept.state, kept.reconciliation) == ("scored", "")


@pytest.mark.parametrize("reason", ["高", "同意", "按规定定级"])
def test_a_grade_is_not_proposed_for_one_word(reason: str, round_of: Round, cast: Cast) -> None:
    grading = round_of.scored(round_of.accepted(), (3, 3, 3), (3, 3, 3), (3, 3, 3))

    with pytest.raises(Invalid, match=EMPTY):
        propose_grade(
            actor=cast.coordinator,
            number=grading.number,
            expected_version=grading.version,
            proposal=Proposal(reason=reason),
        )


def test_a_score_rests_on_a_fact(round_of: Round, cast: Cast) -> None:
    risk = round_of.accepted()
    grading = round_of.opened(risk)

    with pytest.raises(Invalid, match=EMPTY):
        score_risk(actor=cast.clerk, number=grading.number, given=replace(given(3, 3, 3), harm_note="危害大"))


@pytest.mark.covers("S84")
@pytest.mark.parametrize(
    "copied",
    [
        "影响办事群众或企业，但有明确标准可循",
        "影响办事群众或企业 但有明确标准可循。",
        "符合锚点3“影响办事群众或企业，但有明确标准可循”",
    ],
)
def test_the_words_of_the_scale_are_no_evidence(round_of: Round, cast: Cast, copied: str) -> None:
    grading = round_of.opened(round_of.accepted())

    with pytest.raises(Invalid, match=f"^重要程度：评分依据“{copied}”只是照抄了评分标准"):
        score_risk(actor=cast.clerk, number=grading.number, given=replace(given(), importance_note=copied))

    assert not Score.seats.filter(grading__number=grading.number, scored_on__isnull=False).exists()


@pytest.mark.parametrize(
    "note",
    ["影响办事群众或企业，但有明确标准可循：窗口公示了收费目录", "两年内有投诉", "裁量很小", "可能受党纪政务处分"],
)
def test_who_quotes_the_scale_and_adds_a_fact_or_says_part_of_it_has_evidence(
    round_of: Round, cast: Cast, note: str
) -> None:
    grading = round_of.opened(round_of.accepted())

    score_risk(actor=cast.clerk, number=grading.number, given=replace(given(), importance_note=note))

    assert Score.seats.get(grading__number=grading.number, scored_on__isnull=False).importance_note == note


def test_every_score_without_evidence_is_told_at_once(round_of: Round, cast: Cast) -> None:
    grading = round_of.opened(round_of.accepted())
    bare = replace(
        given(), importance_note="", probability_note="同意", harm_note="轻微违纪，属于第一种形态，会引起当地投诉"
    )

    with pytest.raises(Invalid, match=r"^有 3 项评分没有写出可以核对的事实或者依据。$") as refusal:
        score_risk(actor=cast.clerk, number=grading.number, given=bare)

    assert refusal.value.details[0] == "请写明“重要程度”的依据。"
    assert refusal.value.details[1] == "发生概率：评分依据“同意”没有写出可以核对的事实或者依据。"
    assert refusal.value.details[2].startswith("危害程度：评分依据“轻微违纪，属于第一种形态，会引起当地投诉”只是照抄")


def test_the_page_names_every_score_without_evidence(round_of: Round, cast: Cast, sign_in: SignIn) -> None:
    grading = round_of.opened(round_of.accepted())
    client, address = sign_in(cast.clerk), f"/risks/gradings/{grading.number}/score/"
    sent = {"importance": 3, "probability": 3, "harm": 3}
    notes = {"importance_note": "同意", "probability_note": "邻区有一起通报", "harm_note": "危害大"}

    shown = client.post(address, sent | notes).content.decode()

    assert "有 2 项评分没有写出可以核对的事实或者依据。" in shown
    assert "重要程度：评分依据“同意”没有写出" in shown
    assert "危害程度：评分依据“危害大”没有写出" in shown


@pytest.mark.parametrize("note", ["退回", "不同意", "请修改完善"])
def test_a_proposal_is_returned_with_what_is_wrong_with_it(note: str, round_of: Round, cast: Cast) -> None:
    grading = round_of.proposed(round_of.accepted(), (2, 2, 2), (2, 2, 2), (2, 2, 2))

    with pytest.raises(Invalid, match=EMPTY):
        return_grading(actor=cast.head, number=grading.number, expected_version=grading.version, note=note)


@pytest.mark.covers("S84")
def test_a_refused_reason_stands_in_its_field_and_the_better_one_is_taken(
    round_of: Round, cast: Cast, sign_in: SignIn
) -> None:
    grading = round_of.proposed(round_of.accepted())
    client, address = sign_in(cast.deputy), f"/risks/gradings/{grading.number}/"

    refused = press(client, client.get(address), "/return/", note="请修改完善 <b>")
    shown = refused.content.decode()
    again = press(client, refused, note="概率一项引用的投诉在三年以前")

    assert refused.status_code == 422
    assert "请修改完善 &lt;b&gt;</textarea>" in shown
    assert EMPTY in shown
    assert "退回理由" in shown
    assert f'href="{address}"' in shown
    assert (again.status_code, Grading.objects.get().state) == (200, "scored")


@pytest.mark.covers("S66")
@pytest.mark.usefixtures("tested")
def test_who_proposes_a_lower_grade_is_shown_the_tests_to_cite(round_of: Round, cast: Cast, sign_in: SignIn) -> None:
    row = round_of.live()
    row = reopen_risk(actor=cast.secretary, number=row.number, expected_version=row.version, note="年度复评")
    grading = round_of.scored(row, (1, 1, 1), (1, 1, 1), (1, 1, 1))

    page = sign_in(cast.coordinator).get(f"/risks/gradings/{grading.number}/propose/").content.decode()

    assert "本风险点已有的检验：LH-WRF-C001/1（2026-09-01，有效）" in page
