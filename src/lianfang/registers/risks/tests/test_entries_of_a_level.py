"""What a line of a list must say before it is handed up, and at which level people look where (S23–S26)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.web.tests.sending import SignIn, send
from lianfang.kernel.errors import Invalid
from lianfang.registers.powers.models import Power
from lianfang.registers.risks.actions.negatives import create_negative, submit_negative
from lianfang.registers.risks.actions.risks import create_risk, submit_risk
from lianfang.registers.risks.models import Negative, Risk
from lianfang.registers.risks.rows import NegativeRow, RiskDimension, Tier, dimensions_at
from lianfang.registers.risks.states import NegativeState
from lianfang.registers.risks.tests.conftest import DRAFT
from lianfang.registers.risks.tests.test_negative_actions import ITEM
from lianfang.registers.risks.tests.test_rules_risks import found, messages

EMPTY = NegativeRow(
    number="", tier=Tier.POST, unit="LH-WRF", post="LH-WRF-02", dimension=RiskDimension.MAJOR, prohibited="x", duty="y"
)


@pytest.mark.covers("S23", "S24")
def test_an_empty_entry_of_another_level_is_not_handed_up(cast: Cast, sign_in: SignIn) -> None:
    row = create_negative(actor=cast.clerk, row=EMPTY)

    with pytest.raises(Invalid, match="不能提交") as refusal:
        submit_negative(actor=cast.clerk, number=row.number, expected_version=row.version)
    door = send(sign_in(cast.clerk), "POST", f"/api/1/negatives/{row.number}/steps/submit/", {"version": row.version})
    page = sign_in(cast.clerk).get(f"/risks/negatives/{row.number}/").content.decode()

    assert refusal.value.details == (
        "NEG008 负面清单条目没有写明廉政风险、防控措施、查找人。",
        "NEG009 “三重一大”不是岗位级的查找方面，岗位级查找岗位职责、权力行使、制度执行、思想道德、外部环境。",
    )
    assert (door.status_code, door.json()["code"]) == (422, "invalid")
    assert "还有 2 个错误没有处理" in page
    assert Negative.objects.get().state == NegativeState.DRAFT


@pytest.mark.covers("S23", "S24")
@pytest.mark.parametrize(
    ("changed", "heading"),
    [({"risk": "无"}, "廉政风险"), ({"control": ""}, "防控措施"), ({"finders": ()}, "查找人")],
)
def test_risk_control_and_finders_are_each_missed(cast: Cast, changed: dict[str, Any], heading: str) -> None:
    entry = replace(ITEM, number="FM-1", **changed)

    assert messages(found("NEG008", entry)) == f"负面清单条目没有写明{heading}。"
    assert found("NEG008", replace(entry, state=NegativeState.WITHDRAWN)) == []
    assert found("NEG008", replace(ITEM, number="FM-1")) == []


@pytest.mark.covers("S7", "S24", "S25", "S26")
@pytest.mark.parametrize("tier", list(Tier))
def test_each_level_has_its_own_dimensions_and_the_outside_world_is_open_to_all(tier: Tier) -> None:
    told = {
        dimension
        for dimension in RiskDimension
        if found("NEG009", replace(ITEM, number="FM-1", tier=tier, dimension=dimension))
        and found("RSK013", replace(DRAFT, number="FX-1", tier=tier, dimension=dimension))
    }

    assert told == set(RiskDimension) - set(dimensions_at(tier))
    assert found("NEG009", replace(ITEM, number="FM-1", tier=tier, dimension=None)) == []


@pytest.mark.covers("S24", "S25")
def test_a_risk_point_of_a_post_does_not_lie_in_the_work_of_a_section(
    cast: Cast, power: Power, sign_in: SignIn
) -> None:
    row = create_risk(actor=cast.clerk, row=replace(DRAFT, dimension=RiskDimension.WORKFLOW))

    with pytest.raises(Invalid, match="不能提交") as refusal:
        submit_risk(actor=cast.clerk, number=row.number, expected_version=row.version)
    door = send(sign_in(cast.clerk), "POST", f"/api/1/risks/{row.number}/steps/submit/", {"version": row.version})

    assert [line.split()[0] for line in refusal.value.details] == ["RSK013"]
    assert door.status_code == 422


@pytest.mark.parametrize("address", ["/risks/new/", "/risks/negatives/new/"])
def test_a_form_does_not_take_a_dimension_of_another_level(cast: Cast, sign_in: SignIn, address: str) -> None:
    typed = {
        "tier": "section",
        "unit": "LH-WRF",
        "dimension": "morals",
        "statement": "科室集体放宽口径，换取企业好处。",
        "prohibited": "不得放宽口径。",
        "duty": "审查",
    }

    answer = sign_in(cast.clerk).post(address, typed)
    mended = sign_in(cast.clerk).post(address, {**typed, "dimension": "workflow"})

    assert (answer.status_code, mended.status_code) == (422, 302)
    assert "“思想道德”不是部门级的查找方面" in answer.content.decode()
    assert Risk.objects.count() + Negative.objects.count() == 1


@pytest.mark.covers("S21")
@pytest.mark.parametrize("step", ["第9步", "第九步", "9", "步骤9", "第0步", "第3步（签字）"])
def test_a_risk_at_a_step_beyond_the_procedure_is_not_handed_up(step: str, cast: Cast, power: Power) -> None:
    row = create_risk(actor=cast.clerk, row=replace(DRAFT, step=step))

    with pytest.raises(Invalid, match="不能提交") as refusal:
        submit_risk(actor=cast.clerk, number=row.number, expected_version=row.version)

    assert refusal.value.details == (
        f"RSK014 环节“{step}”不存在：职权“对危险废物经营单位的现场检查”的行使程序只有 2 步。",
    )


@pytest.mark.parametrize(
    "step", ["不存在的步骤", "第一现场", "归档、第9步", "双人核查", "现场检查、签字归档", "2026年度方案"]
)
def test_a_step_that_the_procedure_does_not_name_is_not_handed_up(step: str, cast: Cast, power: Power) -> None:
    row = create_risk(actor=cast.clerk, row=replace(DRAFT, step=step))

    with pytest.raises(Invalid, match="不能提交") as refusal:
        submit_risk(actor=cast.clerk, number=row.number, expected_version=row.version)

    assert refusal.value.details == (
        f"RSK014 环节“{step}”不存在：职权“对危险废物经营单位的现场检查”的行使程序没有这一步。",
    )


@pytest.mark.parametrize(
    "step",
    [
        "第2步",
        "第二步",
        "现场检查",
        "",
        "检查方案",
        "现场检查（危险废物监管岗）",
        "制定检查方案、现场检查",
        "2.现场检查",
        "1-2步",
        "第一、二步",
        "第1步和现场检查",
        "全过程",
        "各环节",
        "全部",
        "全部环节",
        "整个过程",
    ],
)
def test_a_step_that_is_there_is_left_alone(step: str, cast: Cast, power: Power) -> None:
    row = create_risk(actor=cast.clerk, row=replace(DRAFT, step=step))

    assert submit_risk(actor=cast.clerk, number=row.number, expected_version=row.version).step == step


@pytest.mark.parametrize("word", ["三重一大", "三重一大决策", "三重一大事项", "三重一大风险", "议事决策"])
def test_what_a_leading_group_decides_together_goes_by_several_words(word: str) -> None:
    assert RiskDimension.read(word) is RiskDimension.MAJOR
