"""Bodies of the interface: what nobody reads is refused, and texts are stored as a form would have stored them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.journal.texts import tidy_json
from lianfang.foundation.web.tests.sending import SignIn, send
from lianfang.kernel.rows import plain
from lianfang.registers.powers.actions import create_power
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.states import PowerState
from lianfang.registers.powers.tests.test_powers_actions import INSPECTION
from lianfang.site.api import api


def test_every_body_that_is_no_register_entry_refuses_fields_that_nobody_reads() -> None:
    description = api.get_openapi_schema()
    named = {
        str(operation["requestBody"]["content"]["application/json"]["schema"].get("$ref", "")).rpartition("/")[2]
        for operations in description["paths"].values()
        for operation in operations.values()
        if "requestBody" in operation
    }
    schemas = description["components"]["schemas"]
    told = {name for name in named if name and not name.endswith("Row")}

    assert len(told) > 15
    assert {name for name in told if schemas[name].get("additionalProperties") is not False} == set()


def test_a_step_with_a_field_that_nobody_reads_is_not_taken(cast: Cast, sign_in: SignIn) -> None:
    power = create_power(actor=cast.clerk, row=INSPECTION)
    body = {"version": power.version, "note": "请清权。", "basis": "局党组会纪要〔2026〕3号"}

    answer = send(sign_in(cast.clerk), "POST", f"/api/1/powers/{power.number}/steps/submit/", body)

    assert answer.status_code == 422
    assert answer.json()["details"] == ["basis：没有这个字段，请核对拼写，或者去掉。"]
    assert Power.objects.get(number=power.number).state == PowerState.DRAFT.value


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("  前后空格\u3000", "前后空格"),
        ("第一行\r\n第二行", "第一行\n第二行"),
        (["  甲 ", "", "乙\n丙", "\u3000"], ["甲", "乙", "丙"]),
        ([{"name": " 受理 "}, 3, None, True], [{"name": "受理"}, 3, None, True]),
        ({"causes": [" 一人经手 "]}, {"causes": ["一人经手"]}),
        ({"text": "\u3000\u3000方案正文。\n"}, {"text": "\u3000\u3000方案正文。\n"}),
    ],
)
def test_texts_come_in_as_a_form_hands_them_on(sent: Any, kept: Any) -> None:
    assert tidy_json(sent) == kept


def test_items_with_outer_blanks_and_line_breaks_are_stored_as_a_form_stores_them(cast: Cast, sign_in: SignIn) -> None:
    law = INSPECTION.basis[0]
    body = plain(replace(INSPECTION, name="  现场检查 ", basis=(f" {law} \n{law}之一", " ")))

    answer = send(sign_in(cast.clerk), "POST", "/api/1/powers/", body)

    assert answer.status_code == 201
    assert (answer.json()["name"], answer.json()["basis"]) == ("现场检查", [law, f"{law}之一"])
