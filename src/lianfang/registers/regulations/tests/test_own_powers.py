"""A regulation speaks of the powers of its own bureau and replaces one of its own (S36): never those of another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.organisation.models import Unit
from lianfang.kernel.errors import Invalid
from lianfang.registers.powers.models import Power
from lianfang.registers.regulations import actions
from lianfang.registers.regulations.models import Regulation
from lianfang.registers.regulations.tests.test_regulation_actions import INSPECTION

pytestmark = pytest.mark.django_db


@pytest.fixture
def foreign(stage: dict[str, Unit]) -> str:
    """A power of the neighbouring bureau."""
    Power.objects.create(number="QT-P001", unit=stage["QT"], unit_path="JW/QT/", name="取水许可", state="draft")
    return "QT-P001"


@pytest.mark.covers("S36")
def test_a_power_of_another_bureau_is_as_unknown_as_none(cast: Cast, foreign: str) -> None:
    for number in (foreign, "QT-P999"):
        with pytest.raises(Invalid, match="本局的权力清单里没有"):
            actions.create_regulation(actor=cast.head, row=replace(INSPECTION, powers=(number,)))

    assert not Regulation.objects.exists()


@pytest.mark.covers("S36")
def test_a_list_cannot_bring_it_either(cast: Cast, foreign: str) -> None:
    row = replace(INSPECTION, number="LH-WRF-G001", powers=(foreign,))

    with pytest.raises(Invalid, match="本局的权力清单里没有"):
        actions.import_regulations(actor=cast.coordinator, rows=[row], source="制度清单.xlsx")

    assert not Regulation.objects.exists()


def test_what_is_replaced_is_ones_own(cast: Cast, stage: dict[str, Unit]) -> None:
    Regulation.objects.create(
        number="QT-G001", unit=stage["QT"], unit_path="JW/QT/", title="取水许可管理办法", state="evaluated"
    )

    with pytest.raises(Invalid, match="没有登记被替代的制度"):
        actions.create_regulation(actor=cast.head, row=replace(INSPECTION, powers=(), replaces="QT-G001"))
