"""What no form offers, no JSON door lets in: state, grade and all that is settled elsewhere stay as they were."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.web.tests.sending import SignIn, send
from lianfang.kernel.rows import from_plain, plain
from lianfang.kernel.vocabulary import Word
from lianfang.registers.controls.forms import ControlForm
from lianfang.registers.controls.models import Control
from lianfang.registers.controls.rows import ControlRow
from lianfang.registers.powers.forms import PowerForm
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.regulations.forms import RegulationForm
from lianfang.registers.regulations.models import Regulation
from lianfang.registers.regulations.rows import RegulationRow
from lianfang.registers.risks.forms import RiskForm
from lianfang.registers.risks.models import Risk
from lianfang.registers.risks.rows import RiskRow

HOME = {"unit_id": "LH-WRF", "unit_path": "JW/LH/LH-WRF/"}
FORMS = {ControlRow: ControlForm, PowerRow: PowerForm, RegulationRow: RegulationForm, RiskRow: RiskForm}


@pytest.fixture
def entries(cast: Cast) -> dict[Any, Any]:
    """One entry in each of the four registers, open to its drafter."""
    power = Power.objects.create(number="LH-WRF-P001", name="危险废物许可", state="draft", **HOME)
    risk = Risk.objects.create(
        number="LH-WRF-R001", tier="section", statement="检查走过场。", state="live", grade="LOW", raters=3, **HOME
    )
    control = Control.objects.create(
        number="LH-WRF-C001", risk=risk, action="两人到场。", state="draft", grade_at_design="MEDIUM", **HOME
    )
    regulation = Regulation.objects.create(number="LH-WRF-G001", title="现场检查办法", state="evaluated", **HOME)
    return {PowerRow: power, RiskRow: risk, ControlRow: control, RegulationRow: regulation}


def other(value: Any, hint: str) -> Iterator[Any]:
    """Values of the same type that differ from ``value``; nothing for types that these registers do not settle."""
    if isinstance(value, Word):
        yield from (word for word in type(value) if word is not value)
    elif isinstance(value, int) or "int" in hint:
        yield 77
    elif isinstance(value, tuple):
        yield ("F1",)
    elif "date" in hint:
        yield datetime.date(2000, 1, 1)
    elif "Grade" in hint:
        yield "HIGH"
    elif isinstance(value, str):
        yield "QT-BG"


def settled_fields(row_type: Any) -> list[str]:
    """Fields of a Row that its form does not offer; ``version`` is the claim of what was read."""
    offered = {*FORMS[row_type].field_names(), "version", "unit"}
    return [field.name for field in fields(row_type) if field.name not in offered]


def test_the_list_of_what_is_settled_elsewhere_is_what_we_think() -> None:
    assert settled_fields(PowerRow) == ["number", "state"]
    assert {"grade_at_design", "state", "risk", "number"} == set(settled_fields(ControlRow))
    assert {*RiskRow.graded, "merged_into", "state", "number"} == set(settled_fields(RiskRow))
    assert settled_fields(RegulationRow) == ["number", "state"]


@pytest.mark.parametrize("row_type", list(FORMS))
def test_a_put_changes_nothing_that_the_form_does_not_offer(
    cast: Cast, entries: dict[Any, Any], sign_in: SignIn, row_type: Any
) -> None:
    entry = entries[row_type]
    drafter = sign_in(cast.head)
    hints = {field.name: str(field.type) for field in fields(row_type)}
    tried = 0

    for name in [*settled_fields(row_type), "unit"]:
        before = entry.to_row()
        for value in other(getattr(before, name), hints[name]):
            body = {**plain(before), name: plain(value) if not isinstance(value, str) else value}
            answer = send(drafter, "PUT", f"/api/1/{row_type.kind}/{before.number}/", body)
            assert answer.status_code == 200, (name, answer.content.decode())
            after = from_plain(row_type, answer.json())
            assert getattr(after, name) == getattr(before, name), name
            entry.refresh_from_db()
            assert getattr(entry.to_row(), name) == getattr(before, name), name
            before, tried = entry.to_row(), tried + 1

    assert tried >= len(settled_fields(row_type))
