"""What becomes of a risk point whose power or post goes: the rules tell, and so does the ledger (S65, S66, C2)."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from lianfang.registers.powers.states import PowerState
from lianfang.registers.risks.rules.examples import POST, POWER, RISK
from lianfang.registers.risks.states import RiskState
from lianfang.registers.risks.tests.test_rules_risks import TODAY, found, messages

RETIRED = replace(POWER, state=PowerState.RETIRED)


@pytest.mark.covers("S65", "S66")
def test_a_live_risk_of_a_retired_power_is_told() -> None:
    (finding,) = found("RSK015", RETIRED, RISK)

    assert (finding.number, finding.field) == ("FX-001", "power")
    assert finding.message == "风险点对应的职权 QL-001 已经取消，风险点仍是在控，须复核或者销号。"
    assert found("RSK015", RETIRED, replace(RISK, state=RiskState.UNDER_REVIEW)) != []


@pytest.mark.covers("S65", "S66")
def test_a_live_risk_of_a_post_that_is_closed_or_unknown_is_told() -> None:
    closed = replace(POST, closed_on=TODAY)

    assert "P001 已经撤销" in messages(found("RSK016", closed, RISK))
    assert "P404 不存在" in messages(found("RSK016", POST, replace(RISK, post="P404")))
    assert "QL-404 不存在" in messages(found("RSK015", POWER, replace(RISK, power="QL-404")))
    assert found("RSK016", replace(POST, closed_on=TODAY + datetime.timedelta(days=1)), RISK) == []


@pytest.mark.parametrize(
    "state", [RiskState.DRAFT, RiskState.PROPOSED, RiskState.CLOSED, RiskState.MERGED, RiskState.REJECTED]
)
def test_a_risk_that_is_not_live_needs_no_ground(state: RiskState) -> None:
    assert found("RSK015", RETIRED, replace(RISK, state=state)) == []
    assert found("RSK016", replace(POST, closed_on=TODAY), replace(RISK, state=state)) == []


def test_a_risk_without_power_or_post_hangs_on_neither() -> None:
    assert found("RSK015", RETIRED, replace(RISK, power="")) == []
    assert found("RSK016", replace(POST, closed_on=TODAY), replace(RISK, post="")) == []
