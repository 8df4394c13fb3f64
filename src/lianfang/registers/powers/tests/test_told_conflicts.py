"""Who looked at an older version is told what is different now in the words of the page, not of the store."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse

from lianfang.conftest import Cast
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.kernel.errors import Conflict
from lianfang.registers.powers.actions import create_power, edit_power, submit_power
from lianfang.registers.powers.rows import PowerStep
from lianfang.registers.powers.tests.test_powers_actions import INSPECTION


def test_what_is_different_now_is_told_in_the_words_of_the_page(cast: Cast) -> None:
    row = create_power(actor=cast.clerk, row=INSPECTION)
    steps = (*row.steps, PowerStep("送达决定", "大气移动源岗"))
    edited = replace(row, final_decision=not row.final_decision, steps=steps)
    edit_power(actor=cast.clerk, row=edited, expected_version=row.version)

    with pytest.raises(Conflict) as told:
        submit_power(actor=cast.clerk, number=row.number, expected_version=row.version)

    lines = "\n".join(told.value.details)
    assert "最终决定权：否 → 是" in lines or "最终决定权：是 → 否" in lines
    assert "送达决定" in lines
    assert not any(raw in lines for raw in ("True", "False", "{", "'", "编号：", "（空） → （空）"))


def test_from_a_refused_step_a_link_leads_to_the_record(cast: Cast, sign_in: SignIn) -> None:
    row = create_power(actor=cast.clerk, row=INSPECTION)
    step = reverse("powers:step", args=[row.number, "confirm"])

    answer = sign_in(cast.clerk).post(step, {"version": row.version, "note": "局党组会纪要〔2026〕9号"})

    assert answer.status_code == 403
    assert f'href="{reverse("powers:detail", args=[row.number])}">打开这一条' in answer.content.decode()


def test_the_address_of_a_step_that_is_opened_like_a_page_says_what_to_do(cast: Cast, sign_in: SignIn) -> None:
    row = create_power(actor=cast.clerk, row=INSPECTION)

    answer = sign_in(cast.clerk).get(reverse("powers:step", args=[row.number, "submit"]))

    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "没有办理任何事情" in answer.content.decode()
    assert f'href="{reverse("powers:detail", args=[row.number])}">打开这一条' in answer.content.decode()


def test_a_refused_reason_comes_back_on_a_page_that_names_its_record_and_leads_there(
    cast: Cast, sign_in: SignIn
) -> None:
    row = create_power(actor=cast.clerk, row=INSPECTION)
    row = submit_power(actor=cast.clerk, number=row.number, expected_version=row.version)
    address = reverse("powers:detail", args=[row.number])

    answer = sign_in(cast.head).post(f"{address}do/return/", {"version": row.version, "note": "不行"})
    page = answer.content.decode().partition("<main")[2]

    assert answer.status_code == 422
    assert f'href="{address}">{row.number}' in page
    assert "不行</textarea>" in page
    assert "必填" in page
    assert "打开这一条去修改" not in page


def test_what_stands_against_the_record_is_not_said_of_the_remark(cast: Cast, sign_in: SignIn) -> None:
    row = create_power(actor=cast.clerk, row=replace(INSPECTION, duties=""))
    step = reverse("powers:step", args=[row.number, "submit"])

    answer = sign_in(cast.clerk).post(step, {"version": row.version, "note": "请科长审。"})
    page = answer.content.decode().partition("<main")[2]

    assert answer.status_code == 422
    assert "打开这一条去修改" in page
    assert "请科长审。</textarea>" in page
    assert "field-faulty" not in page
