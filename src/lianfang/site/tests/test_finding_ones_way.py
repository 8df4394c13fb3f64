"""Somebody on any page sees where they are, and on a returned record why it came back."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from django.urls import reverse

from lianfang.conftest import Cast
from lianfang.foundation.web.navigation import menu_for
from lianfang.foundation.web.register_pages import Ask
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.registers.controls import forms as control_forms
from lianfang.registers.powers import actions
from lianfang.registers.powers import forms as power_forms
from lianfang.registers.powers.tests.test_powers_actions import INSPECTION
from lianfang.registers.regulations import forms as regulation_forms
from lianfang.registers.risks import steps as risk_steps
from lianfang.site.parameters import forms as parameter_forms

REASON = "“监督方式”没有写谁来核对，请补上。"
ROOMS: dict[str, tuple[Mapping[str, object], Mapping[str, Ask]]] = {
    "powers": (power_forms.STEPS, power_forms.ASKS),
    "risks": (risk_steps.RISK_STEPS, risk_steps.RISK_ASKS),
    "negatives": (risk_steps.NEGATIVE_STEPS, risk_steps.NEGATIVE_ASKS),
    "gradings": (risk_steps.GRADING_STEPS, risk_steps.GRADING_ASKS),
    "regulations": (regulation_forms.STEPS, regulation_forms.ASKS),
    "controls": (control_forms.STEPS, control_forms.ASKS),
    "adjustments": (parameter_forms.STEPS, parameter_forms.ASKS),
}
"""Register → what its buttons do, and what they ask."""


@pytest.mark.parametrize(
    ("name", "numbers", "label"),
    [
        ("risks:post", ["LH-WRF-01"], "岗位风险等级"),
        ("risks:chart", ["LH-WRF-P001"], "权力清单"),
        ("risks:coverage", [], "负面清单"),
        ("risks:grading", ["LH-WRF-R001/1"], "风险评级"),
        ("risks:detail", ["LH-WRF-R001"], "风险点"),
        ("citations:stale", [], "法规依据"),
        ("organisation:posts", [], "单位和岗位"),
        ("organisation:people", [], "单位和岗位"),
        ("controls:ledger", [], "防控措施台账"),
        ("accounts:matrix", [], "角色权限表"),
    ],
)
def test_the_navigation_marks_the_line_to_which_the_page_leads_back(
    cast: Cast, name: str, numbers: list[str], label: str
) -> None:
    menu = menu_for(cast.head, reverse(name, args=numbers))

    assert [line.label for group in menu for line in group.lines if line.is_current] == [label]


def test_a_returned_record_says_why_above_what_to_do_until_it_is_handed_up_again(cast: Cast, sign_in: SignIn) -> None:
    row = actions.create_power(actor=cast.clerk, row=INSPECTION)
    row = actions.submit_power(actor=cast.clerk, number=row.number, expected_version=row.version)
    row = actions.return_power(actor=cast.head, number=row.number, expected_version=row.version, note=REASON)
    client, page = sign_in(cast.clerk), reverse("powers:detail", args=[row.number])

    returned = client.get(page).content.decode()
    actions.submit_power(actor=cast.clerk, number=row.number, expected_version=row.version)
    handed_up = client.get(page).content.decode()

    assert returned.index(REASON) < returned.index("next-steps")
    assert handed_up.index(REASON) > handed_up.index("办理记录")


@pytest.mark.parametrize("room", ROOMS)
def test_every_button_of_a_record_says_what_comes_of_it(room: str) -> None:
    steps, asks = ROOMS[room]

    assert set(steps) <= set(asks)
    assert [name for name, ask in asks.items() if not ask.why.endswith("。")] == []
