"""Nobody of another bureau answers for a measure or supervises it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.organisation.models import Person, Unit
from lianfang.kernel.errors import Invalid
from lianfang.kernel.levels import Grade
from lianfang.registers.controls.actions import create_control, edit_control
from lianfang.registers.controls.models import Control
from lianfang.registers.controls.tests.conftest import RiskAt
from lianfang.registers.controls.tests.test_controls_actions import MEASURE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def others(cast: Cast) -> None:
    """One person of the neighbouring bureau, one of the commission above both."""
    for number, unit in (("QT-M01", "QT-BG"), ("JW-M01", "JW")):
        place = Unit.objects.get(number=unit)
        Person.objects.create(number=number, name="王干部", unit=place, unit_path=place.path)


@pytest.mark.covers("S74")
@pytest.mark.parametrize(("field", "heading"), [("owner", "责任人"), ("supervisor", "监督人")])
def test_a_person_of_another_bureau_is_refused(cast: Cast, risk_at: RiskAt, field: str, heading: str) -> None:
    risk_at(Grade.HIGH)
    stranger: dict[str, Any] = {field: "QT-M01"}
    named = replace(MEASURE, **stranger)

    with pytest.raises(Invalid, match=f"{heading} QT-M01 不是本局的人员"):
        create_control(actor=cast.clerk, row=named)
    row = create_control(actor=cast.clerk, row=MEASURE)
    with pytest.raises(Invalid, match=f"{heading} QT-M01 不是本局的人员"):
        edit_control(actor=cast.clerk, row=replace(row, **stranger), expected_version=1)

    assert Control.objects.get().to_row() == row


@pytest.mark.covers("S22")
def test_the_commission_above_may_supervise(cast: Cast, risk_at: RiskAt) -> None:
    risk_at(Grade.HIGH)

    row = create_control(actor=cast.clerk, row=replace(MEASURE, owner="LH-M05", supervisor="JW-M01"))

    assert (row.owner, row.supervisor) == ("LH-M05", "JW-M01")


def test_who_moved_away_stays_named_while_other_fields_are_edited(cast: Cast, risk_at: RiskAt) -> None:
    risk_at(Grade.HIGH)
    row = create_control(actor=cast.clerk, row=replace(MEASURE, owner="LH-M05"))
    Person.objects.filter(number="LH-M05").update(unit_id="QT-BG", unit_path="JW/QT/QT-BG/")

    edited = edit_control(actor=cast.clerk, row=replace(row, evidence="签字表"), expected_version=1)

    assert (edited.owner, edited.evidence) == ("LH-M05", "签字表")
