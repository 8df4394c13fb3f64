"""A measure that nobody could check stays with its author, unless its slogan is waived (docs/decisions/0022)."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from django.utils import timezone

from lianfang.conftest import Cast
from lianfang.foundation.lint.actions import Tolerated, grant_waiver
from lianfang.foundation.lint.rows import text_digest
from lianfang.foundation.web.tests.sending import SignIn, hand_in_vainly
from lianfang.kernel.errors import Invalid
from lianfang.kernel.levels import Grade
from lianfang.registers.controls.actions import create_control, edit_control, submit_control
from lianfang.registers.controls.models import Control
from lianfang.registers.controls.rows import BasisType, ControlRow
from lianfang.registers.controls.states import ControlState
from lianfang.registers.controls.tests.conftest import RiskAt
from lianfang.registers.controls.tests.test_controls_actions import MEASURE
from lianfang.registers.laws.actions import create_law
from lianfang.registers.laws.tests.conftest import CODE

pytestmark = pytest.mark.django_db


def hollow(cast: Cast) -> ControlRow:
    return create_control(
        actor=cast.clerk, row=replace(MEASURE, actor="有关人员", evidence="相关材料", basis="有关规定")
    )


@pytest.mark.covers("S55", "S77", "S84")
def test_a_hollow_measure_is_saved_but_not_handed_up(cast: Cast, risk_at: RiskAt) -> None:
    risk_at(Grade.MEDIUM)
    row = hollow(cast)

    with pytest.raises(Invalid, match=f"{row.number} 有 3 处只有套话、互相照抄或者无从核对，不能提交") as refusal:
        submit_control(actor=cast.clerk, number=row.number, expected_version=row.version)

    assert [said.split("“")[0] for said in refusal.value.details] == ["执行岗位", "留痕凭证", "依据"]
    assert Control.objects.get(number=row.number).to_row() == row
    mended = replace(row, actor="出纳", evidence="签字", basis="岗位职责")
    row = edit_control(actor=cast.clerk, row=mended, expected_version=row.version)
    done = submit_control(actor=cast.clerk, number=row.number, expected_version=row.version)
    assert done.state is ControlState.SUBMITTED


@pytest.mark.parametrize("note", ["", "请审"])
def test_the_page_says_every_sentence_and_keeps_the_draft(
    cast: Cast, risk_at: RiskAt, sign_in: SignIn, note: str
) -> None:
    risk_at(Grade.MEDIUM)
    row = hollow(cast)

    page, shown = hand_in_vainly(sign_in(cast.clerk), f"/controls/{row.number}/", note)

    assert "执行岗位“有关人员”没有写出这件事本身的内容。" in page
    assert "执行岗位“有关人员”没有写出这件事本身的内容。" in shown
    assert "留痕凭证“相关材料”没有写出这件事本身的内容。" in shown
    assert "例如：“笔录与在线数据比对表”" in shown
    assert Control.objects.get(number=row.number).to_row() == row


@pytest.mark.parametrize("grade", list(Grade))
def test_a_slogan_is_no_measure_at_any_grade(cast: Cast, risk_at: RiskAt, grade: Grade) -> None:
    risk_at(grade)
    row = create_control(actor=cast.clerk, row=replace(MEASURE, action="加强廉政教育，提高思想认识。"))

    with pytest.raises(Invalid, match="不能提交") as refusal:
        submit_control(actor=cast.clerk, number=row.number, expected_version=row.version)

    assert refusal.value.details[0].startswith("具体措施“加强廉政教育，提高思想认识。”没有写出这件事本身的内容。")


def test_a_slogan_that_somebody_answers_for_is_handed_up(cast: Cast, risk_at: RiskAt) -> None:
    risk_at(Grade.HIGH)
    row = create_control(actor=cast.clerk, row=replace(MEASURE, action="加强廉政教育，提高思想认识。"))
    grant_waiver(
        actor=cast.secretary,
        finding=Tolerated("CTL003", "controls", row.number, "JW/LH/LH-WRF/", text_digest(row)),
        reason="市局教育计划11月才下发，随后补写课时和考试。",
        expires=timezone.localdate() + datetime.timedelta(days=30),
    )

    done = submit_control(actor=cast.clerk, number=row.number, expected_version=row.version)

    assert done.state is ControlState.SUBMITTED


@pytest.mark.parametrize(
    ("basis_type", "basis", "taken"),
    [
        (BasisType.LAW, "《廉政建设管理规定》第一条", False),
        (BasisType.LAW, "《示例生态法典》第五十一条", True),
        (BasisType.POLICY, "《廉政建设管理规定》第一条", True),
    ],
)
def test_what_is_said_to_be_a_law_is_one(
    cast: Cast, risk_at: RiskAt, basis_type: BasisType, basis: str, taken: bool
) -> None:
    risk_at(Grade.MEDIUM)
    create_law(actor=cast.legal, row=CODE)
    row = create_control(actor=cast.clerk, row=replace(MEASURE, basis_type=basis_type, basis=basis))

    if taken:
        done = submit_control(actor=cast.clerk, number=row.number, expected_version=row.version)
        assert done.state is ControlState.SUBMITTED
        return
    with pytest.raises(Invalid, match="不能提交") as refusal:
        submit_control(actor=cast.clerk, number=row.number, expected_version=row.version)
    assert refusal.value.details[0].startswith("依据“廉政建设管理规定”不在法规库中")
