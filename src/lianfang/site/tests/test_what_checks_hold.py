"""No check constraint of any register is ever heard of from the database: page, API and file are told before."""

from __future__ import annotations

import dataclasses
import datetime
from typing import Any, get_type_hints

import pytest
from _pytest.mark import ParameterSet
from django.db.models import Q
from django.test import Client
from django.urls import reverse

from lianfang.conftest import Cast
from lianfang.foundation.documents.cells import CellFault
from lianfang.foundation.documents.columns import read_cell
from lianfang.foundation.journal.bounds import NumberBound, bounds_of
from lianfang.foundation.journal.constraints import Order, conditions_of, orders_of, range_of
from lianfang.foundation.journal.records import columns_of
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.kernel.errors import Invalid
from lianfang.registers.powers.models import Power
from lianfang.site.importing import preview
from lianfang.site.registers import REGISTERS, Register
from lianfang.site.tests.test_what_columns_hold import FIRST_ROW, cell_of, file_of

INNER = {"score_revealed_was_given"}
"""Constraints between fields that no row has: only the system writes them."""


def ranged() -> list[ParameterSet]:
    """Every field of a register whose numbers a check constraint bounds, with a number beyond each end."""
    return [
        pytest.param(register, name, beyond, id=f"{register.kind}.{name}={beyond}")
        for register in REGISTERS
        for name in sorted(
            {name for condition in conditions_of(register.model).values() for name in condition.referenced_base_fields}
        )
        for end, step in zip(range_of(register.model, name), (-1, 1), strict=True)
        for beyond in ([] if end is None else [end + step])
    ]


def ordered() -> list[ParameterSet]:
    """Every pair of dates that a check constraint keeps in order."""
    return [
        pytest.param(register, order, id=f"{register.kind}.{order.later}")
        for register in REGISTERS
        for order in orders_of(register.model)
    ]


def is_known(register: Register, condition: Q) -> bool:
    """Whether the house asks beforehand what a condition asks: a range, an order, or a word of a vocabulary."""
    names = condition.referenced_base_fields
    if names <= {name for order in orders_of(register.model) for name in order}:
        return True
    hints = get_type_hints(register.row)
    words = all(hasattr(hints.get(name), "choices") for name in names)
    return words or all(range_of(register.model, name) != (None, None) for name in names)


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.kind)
def test_every_check_constraint_is_one_that_is_asked_beforehand(register: Register) -> None:
    unknown = [name for name, condition in conditions_of(register.model).items() if not is_known(register, condition)]

    assert set(unknown) <= INNER


def test_there_are_constraints_to_walk() -> None:
    assert {"powers.discretion=0", "powers.discretion=6", "gradings.harm=6"} <= {case.id for case in ranged()}
    assert {"units.valid_to", "tenures.end"} == {case.id for case in ordered()}


@pytest.mark.parametrize(("register", "name", "beyond"), ranged())
def test_a_number_beyond_a_check_is_refused_by_whatever_writes_a_row(
    register: Register, name: str, beyond: int
) -> None:
    bound = bounds_of(register.model)[name]
    assert isinstance(bound, NumberBound)
    blank: Any = object.__new__(register.row)
    for spec in dataclasses.fields(register.row):
        object.__setattr__(blank, spec.name, beyond if spec.name == name else None)

    with pytest.raises(Invalid, match=f"只能写 {bound.least} 到 {bound.most} 之间"):
        columns_of(register.model, blank)


@pytest.mark.parametrize(("register", "name", "beyond"), ranged())
def test_a_number_beyond_a_check_is_told_at_its_cell(cast: Cast, register: Register, name: str, beyond: int) -> None:
    column = register.sheet.column(name)

    previewed = preview(file_of(register, **{name: beyond}))

    found = [item for intake in previewed.intakes for item in intake.findings if item.field == name]
    assert [item.place and item.place.cell for item in found] == [cell_of(register, column)]
    assert not previewed.is_storable
    try:
        read_cell(column, beyond)
    except CellFault:
        return
    assert [item.code for item in found] == ["IMP034"]


@pytest.mark.parametrize(("register", "order"), ordered())
def test_dates_the_wrong_way_round_are_told_at_the_later_one(cast: Cast, register: Register, order: Order) -> None:
    cells: Any = {order.earlier: datetime.date(2026, 3, 1), order.later: datetime.date(2026, 2, 1)}

    previewed = preview(file_of(register, **cells))

    found = [item for intake in previewed.intakes for item in intake.findings if item.code == "IMP034"]
    assert [item.place and item.place.cell for item in found] == [cell_of(register, register.sheet.column(order.later))]
    assert "2026-02-01 早于" in found[0].message
    assert FIRST_ROW == 2


def test_the_page_of_a_power_says_how_far_its_discretion_goes(cast: Cast, sign_in: SignIn) -> None:
    asked = {"unit": "LH-WRF", "name": "现场检查", "discretion": "9"}

    answer = sign_in(cast.clerk).post(reverse("powers:new"), asked)

    assert answer.status_code == 422
    assert "“裁量程度”是 9，只能写 1 到 5 之间的整数，请核对。" in answer.content.decode()
    assert not Power.objects.exists()


def test_the_api_says_it_too(cast: Cast, sign_in: SignIn) -> None:
    client: Client = sign_in(cast.clerk)
    body = {"number": "", "unit": "LH-WRF", "name": "现场检查", "discretion": 9}

    answer = client.post("/api/1/powers/", body, content_type="application/json")

    assert answer.status_code == 422, answer.content.decode()
    assert "只能写 1 到 5" in answer.content.decode()
