"""A list that says grades by the numbers of risk points alone is known, and its grades go where stated grades go."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lianfang.conftest import Cast
from lianfang.foundation.documents.isolation import read_file
from lianfang.foundation.documents.tables import Cell, Contents, FileKind, Table
from lianfang.kernel.findings import Finding
from lianfang.kernel.levels import Grade
from lianfang.registers.risks.models import Risk
from lianfang.site.cli.commands import app
from lianfang.site.importing import Preview, preview, store_preview
from lianfang.site.intake import Taking

SAID = "监管岗收受处置单位礼金后隐瞒超期贮存。"


@pytest.fixture
def risk(cast: Cast) -> Risk:
    """A drafted risk point without a grade."""
    return Risk.objects.create(
        number="LH-WRF-R001", unit_id="LH-WRF", unit_path="JW/LH/LH-WRF/", tier="post", post_id="LH-WRF-02",
        statement=SAID, manifestation="台账与库存不符",
        state="draft",
    )  # fmt: skip


def looked_at(head: list[Cell], *lines: list[Cell], terms: Taking | None = None) -> Preview:
    rows = [head, *lines]
    return preview(Contents(FileKind.XLSX, (Table("等级", rows, range(1, len(rows) + 1)),)), terms or Taking("LH-WRF"))


def unknown(previewed: Preview) -> list[Finding]:
    return [found for found in previewed.findings if found.code == "IMP030"]


@pytest.mark.parametrize("named", ["风险点编号", "编号", "风险点", "对应风险点编号"])
@pytest.mark.parametrize("graded", ["审定等级", "核定等级", "最终等级", "风险等级"])
def test_a_grade_by_number_is_that_of_the_registered_risk_point(risk: Risk, named: str, graded: str) -> None:
    previewed = looked_at([named, graded], ["LH-WRF-R001", "高"])

    (intake,) = previewed.intakes
    assert intake.register.kind == "risks"
    assert [(row.number, row.grade, row.statement, row.post) for row in intake.rows] == [
        ("LH-WRF-R001", Grade.HIGH, SAID, "LH-WRF-02")
    ]
    assert (intake.changed, previewed.is_storable) == (["LH-WRF-R001"], True)


def test_it_is_stored_as_a_stated_grade_and_nothing_else_changes(cast: Cast, risk: Risk) -> None:
    previewed = looked_at(["序号", "风险点编号", "自评等级", "审定等级"], [1, "LH-WRF-R001", "高", "中"])

    store_preview(cast.coordinator, previewed, "导入文件 等级")

    risk.refresh_from_db()
    assert (risk.grade, risk.state, risk.manifestation) == (Grade.MEDIUM.value, "draft", "台账与库存不符")
    assert [column.heading for column in previewed.unread] == ["自评等级"]


def test_the_text_of_a_risk_point_under_its_number_names_it_too(risk: Risk) -> None:
    previewed = looked_at(["风险点编号", "审定等级"], [SAID, "低"])

    assert [(row.number, row.grade) for row in previewed.intakes[0].rows] == [("LH-WRF-R001", Grade.LOW)]


def test_who_names_no_risk_point_is_told_at_the_cell(risk: Risk) -> None:
    previewed = looked_at(["风险点编号", "审定等级"], ["LH-WRF-R009", "低"], ["LH-WRF-R001", "中"])

    (told,) = unknown(previewed)
    assert "LH-WRF-R009" in told.message
    assert told.place
    assert told.place.cell == "A2"
    assert len(previewed.intakes[0].rows) == 1


def test_a_risk_point_out_of_sight_is_as_unknown_as_one_that_is_not_registered(cast: Cast, risk: Risk) -> None:
    lines: list[Cell] = ["LH-WRF-R001", "高"]

    previewed = looked_at(["风险点编号", "审定等级"], lines, terms=Taking("QT-BG", actor=cast.outsider))

    assert len(unknown(previewed)) == 1
    assert SAID not in str(previewed)


def test_a_risk_point_in_force_keeps_its_grade_and_the_line_is_barred(cast: Cast, risk: Risk) -> None:
    Risk.objects.filter(pk=risk.pk).update(state="live", grade=Grade.LOW.value)
    terms = Taking("LH-WRF", actor=cast.coordinator)

    barred = looked_at(["风险点编号", "审定等级"], ["LH-WRF-R001", "高"], terms=terms)
    same = looked_at(["风险点编号", "审定等级"], ["LH-WRF-R001", "低"], terms=terms)

    assert [found.code for found in barred.intakes[0].findings if found.code == "IMP043"] == ["IMP043"]
    assert not barred.is_storable
    assert (same.intakes[0].unchanged, same.is_storable) == (1, True)


def test_running_numbers_of_a_list_name_no_risk_points(risk: Risk) -> None:
    assert looked_at(["编号", "风险等级"], ["1", "高"]).intakes == []


def test_post_grades_may_be_headed_as_settled_too(risk: Risk) -> None:
    Risk.objects.filter(pk=risk.pk).update(state="live", grade=Grade.MEDIUM.value)

    previewed = looked_at(["岗位", "审定等级"], ["危险废物监管岗", "低"])

    assert [found.code for found in previewed.findings] == ["IMP035", "RSK007"]


def test_reading_it_aloud_says_the_same(risk: Risk, tmp_path: Path) -> None:
    file = tmp_path / "审定等级.csv"
    file.write_text("风险点编号,审定等级\nLH-WRF-R001,高\n", encoding="utf-8")

    said = json.loads(CliRunner().invoke(app, ["sheet", "read", str(file), "--format", "json"]).stdout)

    assert [one["register"] for one in said["imports"]] == ["risks"]
    assert said["register"] == "risks"
    assert [intake.register.kind for intake in preview(read_file(file), Taking("LH-WRF")).intakes] == ["risks"]
