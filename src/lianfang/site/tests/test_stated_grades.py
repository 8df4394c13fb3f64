"""A bureau's own list of post grades is held against its risk points, line by line, and never stored (S29, S30)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lianfang.conftest import Cast
from lianfang.foundation.documents.isolation import read_file
from lianfang.foundation.journal.models import Entry
from lianfang.kernel.findings import Finding, Severity
from lianfang.kernel.levels import Grade
from lianfang.registers.risks.models import Risk
from lianfang.site.cli.commands import app
from lianfang.site.importing import Preview, preview, preview_together
from lianfang.site.intake import Taking


@pytest.fixture
def risk(cast: Cast) -> Risk:
    """A medium risk point in force on the clerk's post."""
    return Risk.objects.create(
        number="LH-WRF-R001",
        unit_id="LH-WRF",
        unit_path="JW/LH/LH-WRF/",
        tier="post",
        post_id="LH-WRF-02",
        statement="监管岗收受处置单位礼金后隐瞒超期贮存。",
        grade=Grade.MEDIUM.value,
        state="live",
    )


def looked_at(folder: Path, text: str) -> Preview:
    path = folder / "岗位风险等级表.csv"
    path.write_text(text, encoding="utf-8")
    return preview(read_file(path), Taking(unit="LH-WRF"))


def of_rule(previewed: Preview) -> list[Finding]:
    return [found for found in previewed.findings if found.code == "RSK007"]


@pytest.mark.covers("S29")
def test_a_grade_below_its_risk_points_is_an_error_at_its_cell(risk: Risk, tmp_path: Path) -> None:
    (found,) = of_rule(looked_at(tmp_path, "序号,岗位,等级\n1,危险废物监管岗,低\n"))

    assert (found.number, found.severity, found.suggestion) == ("LH-WRF-02", Severity.ERROR, "中")
    assert found.place is not None
    assert (found.place.row, found.place.column, found.place.cell) == (2, "等级", "C2")


def test_a_grade_above_its_risk_points_is_a_hint_and_a_post_without_any_is_counted(risk: Risk, tmp_path: Path) -> None:
    previewed = looked_at(tmp_path, "岗位,岗位风险等级\n危险废物监管岗,高\n污染防治科科长,中\n")

    assert [(one.number, one.severity) for one in of_rule(previewed)] == [("LH-WRF-02", Severity.HINT)]
    assert any("其中 1 个没有在控的风险点" in found.message for found in previewed.findings)


def test_what_agrees_is_silent_and_nothing_is_stored(risk: Risk, tmp_path: Path) -> None:
    before = Entry.objects.count()

    previewed = looked_at(tmp_path, "科室,岗位名称,风险等级\n污染防治科,危险废物监管岗,中\n")

    assert of_rule(previewed) == []
    assert [found.code for found in previewed.findings] == ["IMP035"]
    assert "核对了 1 个岗位" in previewed.findings[0].message
    assert not previewed.is_storable
    assert Entry.objects.count() == before


def test_a_post_that_nobody_knows_is_named_at_its_cell(risk: Risk, tmp_path: Path) -> None:
    previewed = looked_at(tmp_path, "岗位,等级\n采砂管理岗,低\n")

    (unknown,) = (found for found in previewed.findings if found.code == "IMP030")
    assert "采砂管理岗" in unknown.message
    assert unknown.place is not None
    assert unknown.place.cell == "A2"


def test_a_list_of_risk_points_is_still_a_list_of_risk_points(cast: Cast, tmp_path: Path) -> None:
    previewed = looked_at(tmp_path, "岗位,风险点,风险等级\nLH-WRF-02,监管岗收受礼金后隐瞒超期贮存。,中\n")

    assert [intake.register.kind for intake in previewed.intakes] == ["risks"]


def test_the_risk_points_of_the_files_together_come_before_the_stored_ones(risk: Risk, tmp_path: Path) -> None:
    grades, risks = tmp_path / "等级.csv", tmp_path / "风险点.csv"
    grades.write_text("岗位,等级\n危险废物监管岗,中\n", encoding="utf-8")
    risks.write_text(
        "单位,岗位,风险点,风险等级\nLH-WRF,危险废物监管岗,监管岗替企业改写转移联单换取回扣。,高\n", encoding="utf-8"
    )

    first, _ = preview_together([read_file(grades), read_file(risks)], Taking(unit="LH-WRF", adopting=True))

    assert [(found.severity, found.suggestion) for found in of_rule(first)] == [(Severity.ERROR, "高")]


def test_the_command_line_says_the_same(risk: Risk, tmp_path: Path) -> None:
    path = tmp_path / "岗位风险等级表.csv"
    path.write_text("岗位编号,岗位,岗位风险等级\nLH-WRF-02,危险废物监管岗,低\n", encoding="utf-8")

    answer = CliRunner().invoke(app, ["lint", str(path), "--format", "json"])

    (line,) = (line for line in json.loads(answer.stdout) if line["code"] == "RSK007")
    assert (line["number"], line["file"], line["cell"]) == ("LH-WRF-02", path.name, "C2")
    assert answer.exit_code == 1
