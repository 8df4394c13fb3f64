"""Reading a file aloud and importing it say the same of it: which register each of its lists goes to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from lianfang.conftest import Cast
from lianfang.foundation.documents.isolation import read_file
from lianfang.foundation.documents.limits import COMMAND_LINE
from lianfang.site.cli.commands import app
from lianfang.site.importing import Preview, preview
from lianfang.site.intake import Taking

CORPUS = Path(__file__).resolve().parents[5] / "shared" / "corpus"
IMPORTED = Taking(limits=COMMAND_LINE)


def read(file: Path) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(
        CliRunner().invoke(app, ["sheet", "read", str(file), "--format", "json"]).stdout
    )
    return answer


def registers_of(previewed: Preview) -> set[str]:
    """What an import makes of a file; measures come out of the list that also holds the risk points."""
    codes = {found.code for found in previewed.findings}
    kinds = {intake.register.kind for intake in previewed.intakes}
    if "IMP046" in codes:
        kinds = {"staff", *kinds} - {"posts", "people", "tenures"}
    return (kinds - {"controls"} if "risks" in kinds else kinds) | ({"post_grades"} if "IMP035" in codes else set())


def saved(folder: Path, *lines: str) -> Path:
    file = folder / "清单.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("head", "line", "expected"),
    [
        (
            "岗位,岗位职责,风险点及表现形式,风险等级,具体防控措施,责任人",
            "采购岗,询价,收购物卡,高,另找两家核价,主任",
            "risks",
        ),
        ("岗位,风险表现形式,等级,防控措施", "采购岗,收购物卡,高,两人验收", "risks"),
        ("岗位,岗位风险等级", "采购岗,高", "post_grades"),
        ("岗位,风险点数,风险等级", "采购岗,3,高", "post_grades"),
        ("单位,岗位名称,姓名,职务", "办公室,采购岗,王科员,科员", "staff"),
        ("序号,职权名称", "1,印章使用", "powers"),
        ("职权名称,设定依据", "印章使用,某办法第三条", "powers"),
        ("岗位编号,单位,岗位名称,岗位层级", "A-1,办公室,采购岗,一般岗位", "posts"),
    ],
)
def test_both_commands_know_a_list_by_the_same_register(
    cast: Cast, tmp_path: Path, head: str, line: str, expected: str
) -> None:
    file = saved(tmp_path, head, line)

    said, imported = read(file), preview(read_file(file, COMMAND_LINE), IMPORTED)

    assert said["register"] in {expected, "risks"}
    assert {one["register"] for one in said["imports"]} == {expected}
    assert registers_of(imported) == {expected}


@pytest.mark.parametrize("head", ["类,名称", "序号,主要职责", "主要职责,具体工作事项,备注"])
def test_a_bare_name_makes_no_power_list_for_either(cast: Cast, tmp_path: Path, head: str) -> None:
    file = saved(tmp_path, head, ",".join("甲乙丙"[: head.count(",") + 1]))

    said, imported = read(file), preview(read_file(file, COMMAND_LINE), IMPORTED)

    assert said["register"] is None
    assert said["imports"] == []
    assert registers_of(imported) == set()
    assert any("像是“职权名称”" in found.message for found in imported.findings)


def test_a_list_that_an_import_leaves_is_said_to_be_left(cast: Cast, tmp_path: Path) -> None:
    file = saved(tmp_path, "风险等级,科室,防控责任领导", "高,办公室,副局长")

    said = CliRunner().invoke(app, ["sheet", "read", str(file)])

    assert "导入时不收" in said.stdout
    assert "风险点" in said.stdout


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real lists is absent")
def test_both_commands_agree_on_every_published_list(cast: Cast) -> None:
    files = sorted(CORPUS.glob("*/*.csv"))

    for file in files:
        said, imported = read(file), preview(read_file(file, COMMAND_LINE), IMPORTED)

        assert {one["register"] for one in said["imports"]} == registers_of(imported), file.name
        assert said["register"] in {one["register"] for one in said["imports"]} or said["left"] or not said["imports"]
        assert said["register"] is None or said["imports"] or said["left"], file.name

    assert len(files) > 20
