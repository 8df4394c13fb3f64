"""A power that says nothing, or cites what nobody can look up, is not handed up (docs/decisions/0022)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lianfang.conftest import Cast
from lianfang.foundation.web.tests.sending import SignIn, hand_in_vainly
from lianfang.kernel.errors import Invalid
from lianfang.kernel.findings import Severity
from lianfang.registers.laws.actions import create_law
from lianfang.registers.laws.queries import laws_for
from lianfang.registers.laws.tests.conftest import CODE
from lianfang.registers.powers.actions import create_power, edit_power, submit_power
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.queries import power_detail
from lianfang.registers.powers.rows import PowerCategory, PowerRow, TimeLimit
from lianfang.registers.powers.states import PowerState
from lianfang.registers.powers.tests.test_powers_actions import INSPECTION


def hollow(cast: Cast) -> PowerRow:
    return create_power(
        actor=cast.clerk, row=replace(INSPECTION, conditions="符合法定条件", supervision="自觉接受社会监督")
    )


@pytest.mark.covers("S20", "S84")
def test_a_hollow_power_is_saved_but_not_handed_up(cast: Cast) -> None:
    row = hollow(cast)

    with pytest.raises(Invalid, match=f"{row.number} 有 2 处只有套话、互相照抄或者无从核对，不能提交") as refusal:
        submit_power(actor=cast.clerk, number=row.number, expected_version=row.version)

    assert [said.split("“")[0] for said in refusal.value.details] == ["行使条件", "监督方式"]
    assert Power.objects.get(number=row.number).to_row() == row
    mended = replace(row, conditions="有举报", supervision="派驻纪检组抽查")
    row = edit_power(actor=cast.clerk, row=mended, expected_version=row.version)
    assert submit_power(actor=cast.clerk, number=row.number, expected_version=row.version).state is PowerState.SUBMITTED


@pytest.mark.parametrize("note", ["", "请审"])
def test_the_page_says_every_sentence_and_keeps_the_draft(cast: Cast, sign_in: SignIn, note: str) -> None:
    row = hollow(cast)

    page, shown = hand_in_vainly(sign_in(cast.clerk), f"/powers/{row.number}/", note)

    assert "行使条件“符合法定条件”没有写出这件事本身的内容。" in page
    assert "行使条件“符合法定条件”没有写出这件事本身的内容。" in shown
    assert "监督方式“自觉接受社会监督”没有写出这件事本身的内容。" in shown
    assert "例如：“有群众举报，或者在线数据连续两小时超标”" in shown
    assert Power.objects.get(number=row.number).to_row() == row


def test_two_fields_that_say_the_same_are_one_too_few(cast: Cast) -> None:
    row = create_power(actor=cast.clerk, row=replace(INSPECTION, content=f"{INSPECTION.name}。"))

    with pytest.raises(Invalid, match="不能提交") as refusal:
        submit_power(actor=cast.clerk, number=row.number, expected_version=row.version)

    assert refusal.value.details[0].startswith(
        "职权内容与职权名称写的是同一句话。请写明对谁、做什么、到什么范围，例如："
    )


@pytest.mark.covers("S19", "S20")
@pytest.mark.parametrize(
    ("basis", "said"),
    [
        ("《廉政建设管理规定》第一条", "依据“廉政建设管理规定”不在法规库中"),
        ("《清正廉洁法》（本地文件，临环〔2026〕12号）", "依据“清正廉洁法”不在法规库中"),
        ("《用印管理办法》（本地文件）", "写明“本地文件”和文号，例如：“《用印管理办法》（本地"),
        ("《示例生态法》第五十一条", "如果是指《示例生态法典》，请改正名称"),
    ],
)
def test_a_law_that_nobody_can_look_up_is_no_basis(cast: Cast, basis: str, said: str) -> None:
    create_law(actor=cast.legal, row=CODE)
    row = create_power(actor=cast.clerk, row=replace(INSPECTION, basis=(basis,)))

    with pytest.raises(Invalid, match="不能提交") as refusal:
        submit_power(actor=cast.clerk, number=row.number, expected_version=row.version)

    (told,) = refusal.value.details
    assert said in told


@pytest.mark.parametrize(
    "basis",
    [
        "《示例生态法典》第五十一条",
        "《用印管理办法》（本地文件，临环〔2026〕12号）",
        "本局《公务用车管理办法》（临环〔2025〕3号）",
        "《临江分局印章管理办法》（临环办〔2025〕3号）第六条",
        "《临江分局印章管理办法》临环办[2025]3号",
        "《公务接待规定》（本局印发，临环〔2025〕3号）",
        "本局用印制度（无文号，局务会通过）",
        "《食堂管理规定》（内部制度，无文号，张贴公布）",
        "本局印发的《差旅费报销办法》（临环办〔2024〕6号）第二条",
        "三定方案",
        "《临江分局三定方案》",
        "岗位职责",
        "《行政执法委托书》",
    ],
)
def test_a_law_of_the_register_and_a_document_of_ones_own_are(cast: Cast, basis: str) -> None:
    create_law(actor=cast.legal, row=CODE)
    row = create_power(actor=cast.clerk, row=replace(INSPECTION, basis=(basis,), category=PowerCategory.OTHER))

    assert submit_power(actor=cast.clerk, number=row.number, expected_version=row.version).state is PowerState.SUBMITTED


def test_where_no_law_is_registered_none_is_missed(cast: Cast) -> None:
    row = create_power(actor=cast.clerk, row=replace(INSPECTION, basis=("《廉政建设管理规定》第一条",)))

    assert submit_power(actor=cast.clerk, number=row.number, expected_version=row.version).state is PowerState.SUBMITTED


def test_known_laws_are_read_by_name_and_no_others(cast: Cast) -> None:
    create_law(actor=cast.legal, row=CODE)
    for place in range(5):
        create_law(actor=cast.legal, row=replace(CODE, number=f"T-{place}", title=f"示例水务规定{place}"))

    with CaptureQueriesContext(connection) as asked:
        read = laws_for(["《示例生态法典》第五十一条"])

    assert [law.title for law in read] == [CODE.title]
    assert len(asked) <= 2


def test_the_page_says_before_the_press_that_the_duty_is_missing(cast: Cast) -> None:
    row = create_power(actor=cast.clerk, row=replace(INSPECTION, duties=""))

    (told,) = power_detail(cast.clerk, row.number).to_mend

    with pytest.raises(Invalid) as refused:
        submit_power(actor=cast.clerk, number=row.number, expected_version=row.version)
    assert told.message == f"{refused.value.message}{refused.value.remedy}"
    assert power_detail(cast.legal, row.number).to_mend == ()


@pytest.mark.parametrize(("basis", "warned"), [("（临环办〔2025〕3号）第六条", False), ("第六条", True)])
def test_a_local_document_with_its_number_is_a_whole_basis(cast: Cast, basis: str, warned: bool) -> None:
    create_law(actor=cast.legal, row=CODE)
    row = create_power(actor=cast.clerk, row=replace(INSPECTION, basis=(f"《临江分局印章管理办法》{basis}",)))

    detail = power_detail(cast.clerk, row.number)

    assert detail.completeness is not None
    assert ("basis" in {gap.field for gap in detail.completeness.gaps}) is warned
    assert ("PWR004" in {found.code for found in detail.findings}) is warned
    assert bool(detail.to_mend) is warned


@pytest.mark.parametrize(
    ("changes", "once"),
    [
        ({"basis": (), "duties": ""}, ["没有写明法律依据，不能提交", "没有写明责任事项，不能提交"]),
        ({"content": "同上"}, ["职权内容“同上”没有写出这件事本身的内容"]),
        ({"time_limit": TimeLimit(text="无")}, ["办理期限“无”没有写出这件事本身的内容"]),
        ({"basis": (), "holder": ""}, ["的行使主体、法律依据为空或只是套话"]),
    ],
)
def test_the_page_says_each_thing_that_is_missing_once(
    cast: Cast, sign_in: SignIn, changes: dict[str, Any], once: list[str]
) -> None:
    row = create_power(actor=cast.clerk, row=replace(INSPECTION, **changes))

    detail = power_detail(cast.clerk, row.number)
    page = sign_in(cast.clerk).get(reverse("powers:detail", args=[row.number])).content.decode()

    errors = [found for found in (*detail.findings, *detail.to_mend) if found.severity is Severity.ERROR]
    assert len(errors) == len(once)
    assert f"还有 {len(once)} 个错误没有处理" in page
    assert all(sentence in found.message for sentence, found in zip(once, errors, strict=True))
