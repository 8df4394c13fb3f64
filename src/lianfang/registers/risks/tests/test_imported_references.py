"""What an imported list may name is what a form may: powers to be named, finders of the own bureau (S24, S26)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.organisation.models import Person, Unit
from lianfang.kernel.errors import Invalid
from lianfang.registers.powers.models import Power
from lianfang.registers.risks.actions.imports import import_negatives, import_risks
from lianfang.registers.risks.models import Negative, Risk
from lianfang.registers.risks.tests.conftest import DRAFT
from lianfang.registers.risks.tests.test_negative_actions import ITEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def foreign(stage: dict[str, Unit]) -> dict[str, str]:
    """A draft power of another section, one of another bureau, and one that never was."""
    for number, unit in (("LH-ZF-P001", "LH-ZF"), ("QT-P001", "QT")):
        Power.objects.create(
            number=number, unit=stage[unit], unit_path=stage[unit].path, name="秘而不宣", state="draft"
        )
    return {"section": "LH-ZF-P001", "bureau": "QT-P001", "nobody": "LH-ZF-P777"}


@pytest.mark.parametrize("whose", ["section", "bureau", "nobody"])
def test_a_power_that_no_form_would_take_is_refused_and_nothing_is_stored(
    cast: Cast, foreign: dict[str, str], whose: str
) -> None:
    risk = replace(DRAFT, number="LH-WRF-R001", step="", power=foreign[whose])
    item = replace(ITEM, number="LH-WRF-N001", power=foreign[whose])

    with pytest.raises(Invalid, match="不在本局的权力清单里") as of_risks:
        import_risks(actor=cast.head, rows=[risk], source="清单.xlsx")
    with pytest.raises(Invalid, match="不在本局的权力清单里") as of_items:
        import_negatives(actor=cast.head, rows=[item], source="清单.xlsx")

    assert "秘而不宣" not in f"{of_risks.value}{of_items.value}"
    assert not Risk.objects.exists()
    assert not Negative.objects.exists()


def test_the_power_that_a_line_names_already_may_stay(cast: Cast, power: Power, foreign: dict[str, str]) -> None:
    row = replace(DRAFT, number="LH-WRF-R001", step="", power=power.number)
    import_risks(actor=cast.head, rows=[row], source="清单.xlsx")
    Risk.objects.update(power=foreign["section"])
    stored = Risk.objects.get().to_row()

    import_risks(actor=cast.head, rows=[replace(stored, statement=f"{stored.statement}又一句。")], source="清单.xlsx")

    assert Risk.objects.get().power_id == foreign["section"]


def test_a_finder_of_another_bureau_is_refused(cast: Cast, stage: dict[str, Unit]) -> None:
    Person.objects.create(number="QT-M09", name="清潭小王", unit=stage["QT"], unit_path=stage["QT"].path)
    row = replace(DRAFT, number="LH-WRF-R001", step="", power="", finder="QT-M09")

    with pytest.raises(Invalid, match="查找人 QT-M09 不是本局的人员"):
        import_risks(actor=cast.head, rows=[row], source="清单.xlsx")

    assert not Risk.objects.exists()
