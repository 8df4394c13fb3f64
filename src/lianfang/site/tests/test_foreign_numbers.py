"""A number of another unit's series is taken by no door of any register, and no series is used up by strangers."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from lianfang.conftest import Cast
from lianfang.foundation.catalogue.numbers import last_given
from lianfang.foundation.web.tests.sending import SignIn, press, send
from lianfang.kernel.errors import Invalid, Refused
from lianfang.kernel.levels import Grade
from lianfang.kernel.rows import plain
from lianfang.registers.controls.actions import create_control, import_controls
from lianfang.registers.controls.models import Control
from lianfang.registers.controls.tests.test_controls_actions import MEASURE
from lianfang.registers.powers.actions import create_power, import_powers
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.tests.test_powers_actions import INSPECTION
from lianfang.registers.regulations.actions import create_regulation, import_regulations
from lianfang.registers.regulations.models import Regulation
from lianfang.registers.regulations.tests.test_regulation_actions import INSPECTION as REGULATION
from lianfang.registers.risks.actions.imports import import_negatives, import_risks, import_searches
from lianfang.registers.risks.actions.negatives import create_negative
from lianfang.registers.risks.actions.risks import create_risk
from lianfang.registers.risks.actions.searches import record_search
from lianfang.registers.risks.models import Negative, Risk, Search
from lianfang.registers.risks.rows import SearchRow, Tier
from lianfang.registers.risks.tests.conftest import DRAFT
from lianfang.registers.risks.tests.test_negative_actions import ITEM


@dataclass(frozen=True)
class Case:
    """A register: its letter, an entry of LH-WRF, how one is made and imported, and a sheet with one line."""

    letter: str
    model: type[Any]
    row: Any
    create: Callable[..., Any]
    take_in: Callable[..., Any]
    sheet: tuple[str, str]


HELD = SearchRow(number="", tier=Tier.SECTION, unit="LH-WRF", held_on=datetime.date(2024, 5, 6), participants=("小李",))
CASES = {
    "powers": Case("P", Power, INSPECTION, create_power, import_powers,
                   ("职权名称,职权内容,法律依据", "现场检查,对暂存情况进行现场检查,《水污染防治法》第三十条")),
    "risks": Case("R", Risk, replace(DRAFT, power="", step=""), create_risk, import_risks,
                  ("岗位编号,层级,风险点,表现形式", "LH-WRF-02,岗位,监管人员透露行程换取礼金,被查企业提前停产")),
    "negatives": Case("N", Negative, replace(ITEM, power="", duty="规范检查"), create_negative, import_negatives,
                      ("岗位编号,清单层级,禁止行为,对应职责", "LH-WRF-02,岗位,不得透露检查时间,规范检查")),
    "searches": Case("S", Search, HELD, record_search, import_searches,
                     ("清单层级,排查日期,参加人员", "部门,2024-05-06,小李")),
    "regulations": Case("G", Regulation, replace(REGULATION, powers=()), create_regulation, import_regulations,
                        ("制度名称,评估结论,责任追究条款", "检查工作规范,新建,泄露行程的调离岗位")),
    "controls": Case("C", Control, replace(MEASURE, risk="LH-WRF-R900"), create_control, import_controls,
                     ("风险点编号,具体措施,责任人编号", "LH-WRF-R900,系统随机派发任务并存档,LH-M03")),
}  # fmt: skip


@pytest.fixture(params=list(CASES))
def kind(request: pytest.FixtureRequest, risk_at: Callable[..., Any], settings: Settings, tmp_path: Path) -> str:
    """Each register in turn, with a risk point that measures can stand against."""
    settings.HOME = tmp_path
    risk_at(Grade.MEDIUM, "LH-WRF-R900")
    return str(request.param)


def numbers(kind: str) -> set[str]:
    return set(CASES[kind].model.objects.exclude(number="LH-WRF-R900").values_list("number", flat=True))


@pytest.mark.parametrize("owner", ["LH-ZF", "QT-BG", "LH"])
def test_the_interface_gives_the_number_itself(kind: str, owner: str, cast: Cast, sign_in: SignIn) -> None:
    case = CASES[kind]
    foreign = f"{owner}-{case.letter}001"
    client = sign_in(cast.head)

    answer = send(client, "POST", f"/api/1/{kind}/", plain(replace(case.row, number=foreign)))

    assert answer.status_code == 201
    assert numbers(kind) == {answer.json()["number"]} != {foreign}
    assert answer.json()["number"].startswith(f"LH-WRF-{case.letter}")
    assert last_given(f"{owner}-{case.letter}") == 0


@pytest.mark.parametrize("owner", ["LH-ZF", "QT-BG", "LH"])
def test_the_action_behind_every_door_refuses_a_foreign_number(kind: str, owner: str, cast: Cast) -> None:
    case = CASES[kind]
    foreign = replace(case.row, number=f"{owner}-{case.letter}001")

    if owner != "LH":
        with pytest.raises(Invalid, match="不是 LH-WRF 的编号"):
            case.create(actor=cast.head, row=foreign)
    with pytest.raises((Invalid, Refused), match=f"{owner} 的编号"):
        case.take_in(actor=cast.head, rows=[foreign], source="清单")

    assert not numbers(kind)
    assert last_given(f"{owner}-{case.letter}") == 0


def test_who_may_import_for_both_units_mixes_their_numbers_no_more(kind: str, cast: Cast) -> None:
    case = CASES[kind]

    with pytest.raises(Invalid, match="不能用在别的单位"):
        case.take_in(actor=cast.coordinator, rows=[replace(case.row, number=f"LH-ZF-{case.letter}001")], source="清单")


def test_the_bureau_numbers_what_its_own_office_imports(kind: str, cast: Cast) -> None:
    case = CASES[kind]

    case.take_in(actor=cast.coordinator, rows=[replace(case.row, number=f"LH-{case.letter}007")], source="清单")

    assert numbers(kind) == {f"LH-{case.letter}007"}
    assert last_given(f"LH-{case.letter}") == 7


@pytest.mark.parametrize("owner", ["LH-ZF", "QT-BG"])
def test_an_uploaded_number_of_another_unit_is_taken_for_a_running_number(
    kind: str, owner: str, cast: Cast, sign_in: SignIn
) -> None:
    case = CASES[kind]
    headings, line = case.sheet
    client = sign_in(cast.head)
    file = SimpleUploadedFile("清单.csv", f"编号,{headings}\n{owner}-{case.letter}001,{line}\n".encode())

    page = client.post("/import/", {"file": file, "unit": "LH-WRF"}, follow=True)
    press(client, page, "/store/")

    assert "不作编号" in page.content.decode()
    assert {number.rpartition("-")[0] for number in numbers(kind)} == {"LH-WRF"}
    assert last_given(f"{owner}-{case.letter}") == 0


@pytest.mark.parametrize("kind", ["powers"], indirect=True)
def test_an_uploaded_number_of_the_bureau_is_refused_to_a_section(kind: str, cast: Cast, sign_in: SignIn) -> None:
    headings, line = CASES[kind].sheet
    client = sign_in(cast.head)
    file = SimpleUploadedFile("清单.csv", f"编号,{headings}\nLH-P999998,{line}\n".encode())

    answer = press(client, client.post("/import/", {"file": file, "unit": "LH-WRF"}, follow=True), "/store/")

    assert answer.status_code == 403
    assert "LH 的编号" in answer.content.decode()
    assert last_given("LH-P") == 0
