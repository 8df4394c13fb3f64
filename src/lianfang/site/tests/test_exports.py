"""Exports of one unit hold that unit with its sections, and nothing to who may not read it."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client

from lianfang.conftest import Cast
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.registers.risks.models import Grading, Risk

ABSENT = ("LH-QQ", "QT")


@pytest.fixture
def two_sections(cast: Cast) -> None:
    """A risk point with a grading round in each of two sections."""
    for unit in ("LH-WRF", "LH-ZF"):
        place = {"unit_path": f"JW/LH/{unit}/"}
        risk = Risk.objects.create(
            number=f"{unit}-R001", tier="section", unit_id=unit, statement="检查走过场。", state="grading", **place
        )
        Grading.objects.create(number=f"{unit}-R001/1", risk=risk, round=1, rule_version="1", state="open", **place)


def numbers(client: Client, kind: str, unit: str) -> list[str]:
    answer = client.get(f"/export/{kind}/", {"unit": unit, "format": "csv"})
    assert answer.status_code == 200
    table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    head = next(index for index, line in enumerate(table) if line and line[0] in {"编号", "评级编号"})
    return [line[0] for line in table[head + 1 :] if line and line[0]]


@pytest.mark.parametrize("kind", ["risks", "gradings"])
@pytest.mark.parametrize(
    ("unit", "sections"), [("LH-WRF", ["LH-WRF"]), ("LH-ZF", ["LH-ZF"]), ("LH", ["LH-WRF", "LH-ZF"])]
)
@pytest.mark.usefixtures("two_sections")
def test_a_unit_is_exported_with_its_sections_and_without_its_neighbours(
    cast: Cast, sign_in: SignIn, kind: str, unit: str, sections: list[str]
) -> None:
    found = numbers(sign_in(cast.secretary), kind, unit)

    assert [number.split("-R")[0] for number in found] == sections


@pytest.mark.parametrize("unit", ABSENT)
@pytest.mark.parametrize("address", ["/export/risks/", "/export/units/", "/export/post-grades/"])
def test_a_unit_that_is_unknown_and_one_that_is_not_yours_look_the_same(
    cast: Cast, sign_in: SignIn, address: str, unit: str
) -> None:
    assert sign_in(cast.head).get(address, {"unit": unit, "format": "csv"}).status_code == 404


@pytest.mark.usefixtures("two_sections")
def test_who_reads_one_section_gets_that_section_of_the_bureau(cast: Cast, sign_in: SignIn) -> None:
    assert numbers(sign_in(cast.head), "risks", "LH") == ["LH-WRF-R001"]
