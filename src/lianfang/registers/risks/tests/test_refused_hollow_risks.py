"""A risk point that tells nothing, and scores on one piece of evidence, are not taken (docs/decisions/0022)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.web.tests.sending import SignIn, hand_in_vainly, press
from lianfang.kernel.errors import Invalid
from lianfang.registers.powers.models import Power
from lianfang.registers.risks.actions.risks import create_risk, edit_risk, submit_risk
from lianfang.registers.risks.actions.scores import score_risk
from lianfang.registers.risks.models import Risk, Score
from lianfang.registers.risks.rows import RiskRow
from lianfang.registers.risks.states import RiskState
from lianfang.registers.risks.tests.conftest import DRAFT, Round, given

pytestmark = pytest.mark.django_db


def hollow(cast: Cast) -> RiskRow:
    return create_risk(
        actor=cast.clerk, row=replace(DRAFT, manifestation="有时出现", causes=("监督不到位", "责任心不强"))
    )


@pytest.mark.covers("S42", "S84")
def test_a_hollow_risk_point_is_saved_but_not_handed_up(cast: Cast, power: Power) -> None:
    row = hollow(cast)

    with pytest.raises(Invalid, match=f"{row.number} 有 2 处只有套话、互相照抄或者无从核对，不能提交") as refusal:
        submit_risk(actor=cast.clerk, number=row.number, expected_version=row.version)

    assert [said.split("“")[0] for said in refusal.value.details] == ["表现形式", "成因"]
    assert Risk.objects.get(number=row.number).to_row() == row
    row = edit_risk(
        actor=cast.clerk,
        row=replace(row, manifestation="有举报", causes=("监督不到位", "验收不去现场")),
        expected_version=row.version,
    )
    assert submit_risk(actor=cast.clerk, number=row.number, expected_version=row.version).state is RiskState.PROPOSED


@pytest.mark.parametrize("note", ["", "请审"])
def test_the_page_says_every_sentence_and_keeps_the_draft(cast: Cast, power: Power, sign_in: SignIn, note: str) -> None:
    row = hollow(cast)

    page, shown = hand_in_vainly(sign_in(cast.clerk), f"/risks/{row.number}/", note)

    assert "表现形式“有时出现”没有写出这件事本身的内容。" in page
    assert "表现形式“有时出现”没有写出这件事本身的内容。" in shown
    assert "成因“监督不到位；责任心不强”没有写出这件事本身的内容。" in shown
    assert "例如：“验收照片与现场不符”" in shown
    assert Risk.objects.get(number=row.number).to_row() == row


@pytest.mark.parametrize("statement", [DRAFT.statement, "司机虚报油费"])
def test_a_cause_that_repeats_the_risk_explains_nothing(cast: Cast, power: Power, statement: str) -> None:
    row = create_risk(actor=cast.clerk, row=replace(DRAFT, statement=statement, causes=(statement,)))

    with pytest.raises(Invalid, match="不能提交") as refusal:
        submit_risk(actor=cast.clerk, number=row.number, expected_version=row.version)

    (said,) = refusal.value.details
    assert said.startswith("成因与风险点写的是同一句话。请写清哪个制度")


@pytest.mark.covers("S74", "S84")
@pytest.mark.parametrize("others", ["直接影响企业是否受罚", "直接影响企业是否受罚。", " 直接影响企业是否受罚 "])
def test_one_piece_of_evidence_does_not_bear_three_scores(round_of: Round, cast: Cast, others: str) -> None:
    grading = round_of.opened(round_of.accepted())

    with pytest.raises(Invalid, match="三项评分写的是同一条依据：“直接影响企业是否受罚”") as refusal:
        score_risk(
            actor=cast.clerk,
            number=grading.number,
            given=replace(given(), probability_note=others, harm_note=others),
        )

    assert "请各写一条能够核对的事实，例如：“可直接办结许可”" in refusal.value.remedy
    assert not Score.seats.filter(grading__number=grading.number).exclude(harm_note="").exists()


def test_evidence_that_bears_two_scores_is_taken(round_of: Round, cast: Cast) -> None:
    grading = round_of.opened(round_of.accepted())

    score_risk(actor=cast.clerk, number=grading.number, given=replace(given(), harm_note="直接影响企业是否受罚"))

    assert Score.seats.filter(grading__number=grading.number, harm_note="直接影响企业是否受罚").count() == 1


def test_the_page_of_a_rater_says_so_and_keeps_what_was_typed(round_of: Round, cast: Cast, sign_in: SignIn) -> None:
    grading, client = round_of.opened(round_of.accepted()), sign_in(cast.clerk)
    address = f"/risks/gradings/{grading.number}/score/"
    notes = dict.fromkeys(("importance_note", "probability_note", "harm_note"), "近两年有一起投诉")

    refused = press(client, client.get(address), "", importance=3, probability=3, harm=3, **notes)

    shown = refused.content.decode()
    assert refused.status_code == 422
    assert "三项评分写的是同一条依据" in shown
    assert shown.count("近两年有一起投诉</textarea>") == 3
