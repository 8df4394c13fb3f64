"""Names count within their bureau: also of bureaus that a file itself brings, and of the commission above them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.accounts.models import User
from lianfang.foundation.documents.tables import Cell, Contents, FileKind, Table
from lianfang.foundation.organisation.models import Person, Post, Unit
from lianfang.site.directory import Directory
from lianfang.site.importing import Preview, preview
from lianfang.site.intake import Taking
from lianfang.site.tests.test_import_measures import TERMS, ledger, measures, said

UNITS: list[list[Cell]] = [
    ["单位编号", "单位名称", "单位类型", "上级单位编号"],
    ["HX", "河西分局", "分局", "JW"],
    ["HX-BG", "办公室", "科室", "HX"],
    ["HD", "河东分局", "分局", "JW"],
    ["HD-BG", "办公室", "科室", "HD"],
]
POSTS: list[list[Cell]] = [["岗位编号", "单位编号", "岗位名称", "岗位层级"], ["HD-01", "HD", "局长", "主要负责人"]]
IN_AN_OFFICE: list[list[Cell]] = [
    ["单位", "岗位编号", "岗位名称", "岗位层级"],
    ["办公室", "X-1", "文秘岗", "一般岗位"],
]
RISK_HEAD: list[Cell] = ["单位编号", "岗位", "风险点"]
HEAD = ("岗位", "风险点", "防控措施", "责任人", "监督责任人")


def looked_at(*tables: Sequence[list[Cell]], unit: str = "", actor: User | None = None) -> Preview:
    sheets = tuple(Table(f"表{at}", list(rows), range(1, len(rows) + 1)) for at, rows in enumerate(tables))
    return preview(Contents(FileKind.XLSX, sheets), Taking(unit, actor=actor))


def unknown(previewed: Preview) -> list[str]:
    return [
        found.message
        for one in previewed.intakes
        for found in one.findings
        if found.code == "IMP030" and "属于" not in found.message
    ]


def risks(unit: str) -> list[list[Cell]]:
    return [RISK_HEAD, [unit, "局长", "局长插手工程招标，为亲友谋取好处"]]


def test_a_name_of_one_new_bureau_is_none_of_another_that_the_same_file_brings(cast: Cast) -> None:
    assert unknown(looked_at(UNITS, POSTS, risks("HD-BG"))) == []
    (told,) = unknown(looked_at(UNITS, POSTS, risks("HX-BG")))
    assert "“局长”没有登记" in told


def test_posts_of_one_name_under_two_new_bureaus_are_told_apart_by_the_bureau(cast: Cast) -> None:
    both: list[list[Cell]] = [*POSTS, ["HX-01", "HX", "局长", "主要负责人"]]

    previewed = looked_at(UNITS, both, risks("HX-BG"))

    assert [row.post for intake in previewed.intakes for row in intake.rows if intake.register.kind == "risks"] == [
        "HX-01"
    ]


def test_a_new_section_of_a_registered_bureau_shares_its_names(cast: Cast) -> None:
    units: list[list[Cell]] = [UNITS[0], ["LH-JC", "监测科", "科室", "LH"]]

    previewed = looked_at(units, [RISK_HEAD, ["LH-JC", "危险废物监管岗", "监管岗收受礼金"]])

    assert unknown(previewed) == []


def test_units_whose_parents_go_round_in_a_circle_end_the_search(cast: Cast) -> None:
    units: list[list[Cell]] = [UNITS[0], ["A1", "甲科", "科室", "B1"], ["B1", "乙科", "科室", "A1"]]

    previewed = looked_at(units, [RISK_HEAD, ["A1", "局长", "局长插手"]])

    assert len(unknown(previewed)) == 1


@pytest.mark.parametrize(("home", "number"), [("LH-WRF", "LH-BG"), ("QT", "QT-BG")])
def test_a_section_named_as_in_every_bureau_is_that_of_the_bureau_of_the_list(
    cast: Cast, home: str, number: str
) -> None:
    Unit.objects.create(number="LH-BG", name="办公室", unit_kind="section", parent_id="LH", path="JW/LH/LH-BG/")

    previewed = looked_at(
        [["单位", "岗位编号", "岗位名称", "岗位层级"], ["办公室", "X-1", "文秘岗", "一般岗位"]], unit=home
    )

    assert [row.unit for intake in previewed.intakes for row in intake.rows] == [number]


def test_a_section_named_as_in_every_bureau_is_that_where_the_importer_writes(cast: Cast) -> None:
    Unit.objects.create(number="LH-BG", name="办公室", unit_kind="section", parent_id="LH", path="JW/LH/LH-BG/")

    mine, anyones = looked_at(IN_AN_OFFICE, actor=cast.coordinator), looked_at(IN_AN_OFFICE)

    assert [row.unit for intake in mine.intakes for row in intake.rows] == ["LH-BG"]
    assert "有 2 个同名的（LH-BG、QT-BG）" in unknown(anyones)[0]


@pytest.fixture
def inspector(cast: Cast) -> Person:
    """Somebody of a section of the commission."""
    Unit.objects.create(number="JW-SJ", name="第三监督检查室", unit_kind="section", parent_id="JW", path="JW/JW-SJ/")
    return Person.objects.create(number="JW-M01", name="陈督查", unit_id="JW-SJ", unit_path="JW/JW-SJ/")


def test_somebody_of_the_commission_is_found_by_whoever_may_see_them(cast: Cast, inspector: Person) -> None:
    lines = [("危险废物监管岗", "甲", "逐件留痕", "小李", "陈督查")]

    (row,) = measures(preview(ledger(HEAD, lines), TERMS))

    assert row.supervisor == "JW-M01"


def test_who_may_not_see_the_commission_is_told_to_write_the_number(cast: Cast, inspector: Person) -> None:
    lines = [("危险废物监管岗", "甲", "逐件留痕", "小李", "陈督查")]

    previewed = preview(ledger(HEAD, lines), Taking(TERMS.unit, actor=cast.coordinator))

    assert [row.supervisor for row in measures(previewed)] == [""]
    ((_, message),) = said(previewed, "IMP039")
    assert "纪委监委等上级单位的人，请写人员编号" in message


def test_a_name_of_the_bureau_goes_before_the_same_name_above_it(cast: Cast, inspector: Person) -> None:
    Person.objects.create(number="LH-M77", name="陈督查", unit_id="LH-ZF", unit_path="JW/LH/LH-ZF/")

    assert Directory().resolve("people", "陈督查", "LH-WRF") == "LH-M77"
    assert Directory().resolve("people", "陈督查", "QT-BG") == "JW-M01"


def test_two_of_one_name_above_the_bureau_are_asked_about(cast: Cast, inspector: Person) -> None:
    Person.objects.create(number="JW-M02", name="陈督查", unit_id="JW", unit_path="JW/")
    directory = Directory()

    assert directory.resolve("people", "陈督查", "LH-WRF") is None
    assert directory.namesakes("people", "陈督查", "LH-WRF") == ["JW-M01", "JW-M02"]


def test_a_post_of_the_commission_is_none_of_the_bureau(cast: Cast) -> None:
    Post.objects.create(number="JW-01", unit_id="JW", unit_path="JW/", name="案件审理岗", rank="staff")

    assert Directory().resolve("posts", "案件审理岗", "LH-WRF") is None
