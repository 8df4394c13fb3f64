"""Of what whoever imports may not see, a preview says neither that it is gone nor that it is there (domain.md §4)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.accounts.roles import Role
from lianfang.foundation.documents.tables import Cell, Contents, FileKind, Table
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.states import PowerState
from lianfang.registers.risks.actions.risks import create_risk
from lianfang.registers.risks.models import Risk
from lianfang.registers.risks.rows import RiskRow
from lianfang.registers.risks.states import RiskState
from lianfang.registers.risks.tests.conftest import DRAFT
from lianfang.site.importing import Preview, preview
from lianfang.site.intake import Taking
from lianfang.site.tests.test_drafts_stay_in_their_section import ELSEWHERE, colleague
from lianfang.site.tests.test_import_adopted import adopted


def looked_at(head: list[Cell], line: list[Cell], terms: Taking) -> Preview:
    return preview(Contents(FileKind.XLSX, (Table("清单", [head, line], range(1, 3)),)), terms)


def hanging_on(power: str) -> RiskRow:
    """A risk point of 综合执法大队 that hangs on a power."""
    changed: dict[str, Any] = {**ELSEWHERE, "power": power, "step": "", "finder": ""}
    return replace(DRAFT, **changed)


def of_the_power(previewed: Preview) -> list[tuple[str, str]]:
    found = [one for intake in previewed.intakes for one in intake.findings]
    return [(one.code, one.message) for one in found if one.field in {"power", "powers"} or "职权" in one.message]


@pytest.mark.parametrize("state", [PowerState.CONFIRMED, PowerState.DRAFT, PowerState.RETIRED])
def test_a_live_point_on_a_power_of_another_section_is_not_told_that_it_is_gone(cast: Cast, state: PowerState) -> None:
    adopted(cast, ("职权名称", "职权类别"), [("危险废物经营许可", "行政许可")])
    power = Power.objects.get()
    clerk = colleague(Role.POST)
    row = create_risk(actor=clerk, row=hanging_on(power.number))
    Risk.objects.filter(number=row.number).update(state=RiskState.LIVE.value, grade="HIGH")
    Power.objects.update(state=state.value)
    terms = Taking("LH-ZF", actor=clerk)

    by_number = looked_at(["编号", "风险点", "职权编号"], [row.number, row.statement, power.number], terms)
    silent = looked_at(["编号", "风险点"], [row.number, row.statement], terms)

    assert of_the_power(by_number) == of_the_power(silent) == []


def test_who_sees_the_power_is_told_that_it_was_taken_off_the_list(cast: Cast) -> None:
    adopted(cast, ("职权名称", "职权类别"), [("危险废物经营许可", "行政许可")])
    row = create_risk(actor=colleague(Role.POST), row=hanging_on(Power.objects.get().number))
    Risk.objects.filter(number=row.number).update(state=RiskState.LIVE.value, grade="HIGH")
    Power.objects.update(state=PowerState.RETIRED.value)

    seen = looked_at(["编号", "风险点"], [row.number, row.statement], Taking("LH-ZF", actor=cast.coordinator))

    assert "RSK015" in [code for code, _ in of_the_power(seen)]
