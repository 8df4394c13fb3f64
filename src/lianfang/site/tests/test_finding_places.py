"""What a rule finds in a file is told with its line: on the preview page, in words, and part by part as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from typer.testing import CliRunner

from lianfang.conftest import Cast
from lianfang.foundation.documents.isolation import read_file
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.kernel.findings import Place
from lianfang.site.cli.commands import app
from lianfang.site.importing import preview

RISKS = (
    "2026年风险点,,,,\n"
    "单位,岗位,风险点,表现形式,风险等级\n"
    "LH-WRF,LH-WRF-02,监管岗收受处置单位礼金后对超期贮存隐瞒不报。,笔录与联单数量不符。,低\n"
    "LH-WRF,LH-WRF-02,思想认识不到位。,,低\n"
)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A list with a title above its headings and one empty risk point in its fourth row."""
    path = tmp_path / "风险点.csv"
    path.write_text(RISKS, encoding="utf-8")
    return path


def test_a_finding_of_a_rule_points_to_the_cell_of_its_field(cast: Cast, paper: Path) -> None:
    (intake,) = preview(read_file(paper)).intakes

    (vague,) = (found for found in intake.findings if found.code == "RSK001")

    assert vague.place == Place(sheet=intake.table, row=4, column="风险点", cell="C4")


def test_a_field_without_a_column_still_has_its_line(cast: Cast, paper: Path) -> None:
    (intake,) = preview(read_file(paper)).intakes

    places = {found.place for found in intake.findings if found.code == "RSK005" and found.place}

    assert {(place.row, place.column) for place in places} <= {(3, "风险等级"), (4, "风险等级")}
    assert intake.place_of(0, "causes") == Place(sheet=intake.table, row=3)


def test_which_characters_are_meant_is_not_lost(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "风险点.csv"
    path.write_text(RISKS.replace("思想认识不到位。", "监管岗,隐瞒超期贮存。"), encoding="utf-8")
    path.write_text(
        path.read_text(encoding="utf-8").replace("监管岗,隐瞒", '"监管岗,隐瞒').replace("贮存。,,", '贮存。",,')
    )

    (intake,) = preview(read_file(path)).intakes
    (slip,) = (found for found in intake.findings if found.code == "DOC001")

    assert slip.place is not None
    assert (slip.place.row, slip.place.start, slip.place.end) == (4, 3, 4)


def test_the_command_line_names_file_line_and_column_in_words_and_in_parts(cast: Cast, paper: Path) -> None:
    spoken = CliRunner().invoke(app, ["lint", str(paper)], env={"COLUMNS": "400"}).stdout
    listed = json.loads(CliRunner().invoke(app, ["lint", str(paper), "--format", "json"]).stdout)

    (vague,) = (line for line in listed if line["code"] == "RSK001")
    where = {name: vague[name] for name in ("file", "row", "column", "cell")}
    assert where == {"file": "风险点.csv", "row": 4, "column": "风险点", "cell": "C4"}
    assert vague["place"].startswith("文件“风险点.csv”")
    assert "RSK001" in spoken
    assert all(line["row"] or not line["number"] for line in listed)


def test_the_preview_page_shows_the_line(cast: Cast, paper: Path, sign_in: SignIn) -> None:
    client = sign_in(cast.coordinator)
    file = SimpleUploadedFile("风险点.csv", paper.read_bytes())

    page = client.post(reverse("imports:start"), {"file": file, "unit": ""}, follow=True).content.decode()

    assert "第 4 行“风险点”列（C4）" in page
