"""The stage of the tests that go through every door: one entry in every register."""

from __future__ import annotations

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.parameters.actions import propose_adjustment
from lianfang.foundation.parameters.rows import AdjustmentRow
from lianfang.programme.plans.actions import start_plan
from lianfang.programme.plans.tests.plan_of_linjiang import PLAN
from lianfang.registers.controls.actions import create_control, generate_ledger
from lianfang.registers.controls.rows import ControlRow
from lianfang.registers.laws.actions import create_law
from lianfang.registers.laws.rows import LawLevel, LawRow
from lianfang.registers.powers.models import Power
from lianfang.registers.regulations.actions import create_regulation
from lianfang.registers.regulations.rows import RegulationRow
from lianfang.registers.risks.actions.negatives import create_negative
from lianfang.registers.risks.actions.searches import record_search
from lianfang.registers.risks.tests.conftest import Round
from lianfang.registers.risks.tests.test_negative_actions import ITEM
from lianfang.registers.risks.tests.test_risks_api import HELD
from lianfang.site.checks.queries import Sought, findings_page
from lianfang.site.checks.running import check_bureau

FOUR_RATERS = AdjustmentRow(number="", unit="LH", parameter="least_raters", value="4", reason="科室较多，四人评分。")


@pytest.fixture
def furnished(cast: Cast, round_of: Round, power: Power) -> dict[str, str]:
    """One draft in every register of the bureau; returns door → the tail that leads to it."""
    risk = round_of.accepted()
    grading = round_of.opened(risk)
    law = create_law(actor=cast.legal, row=LawRow(number="T-1", title="示例法", level=LawLevel.LAW))
    control = create_control(actor=cast.clerk, row=ControlRow(number="", risk=risk.number, unit="", action="两人到场"))
    regulation = create_regulation(actor=cast.head, row=RegulationRow(number="", unit="LH-WRF", title="检查规范"))
    check_bureau(cast.coordinator, "LH")
    return {
        "units": "LH-WRF", "posts": "LH-WRF-01", "people": "LH-M03", "laws": law.number, "powers": power.number,
        "negatives": create_negative(actor=cast.clerk, row=ITEM).number,
        "searches": record_search(actor=cast.head, row=HELD).number,
        "risks": risk.number, "gradings": grading.number, "regulations": regulation.number, "controls": control.number,
        "programmes": start_plan(actor=cast.coordinator, unit="LH", text=PLAN, source_name="方案.txt").number,
        "ledgers/units": "LH-WRF",
        "ledgers/snapshots": generate_ledger(actor=cast.coordinator, unit="LH-WRF").number,
        "parameters/adjustments": propose_adjustment(actor=cast.coordinator, row=FOUR_RATERS).number,
        "checks/findings": str(findings_page(cast.head, Sought()).lines[0].key),
    }  # fmt: skip
