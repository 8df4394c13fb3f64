"""Importing from the command line: one bad file among several, and what the exit status tells a script."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from lianfang.conftest import Cast
from lianfang.registers.powers.models import Power
from lianfang.site.cli.commands import app

HEAD = "编号,单位编号,职权名称,职权内容\n"
BROKEN = b"PK\x03\x04" + bytes(range(64)) * 4


@pytest.fixture
def powers(cast: Cast, tmp_path: Path) -> Path:
    """A list of one power that can be taken."""
    return paper(tmp_path, "职权.csv", f"{HEAD},LH-WRF,危险废物许可,内容\n")


def paper(folder: Path, name: str, text: str | bytes) -> Path:
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(part) for part in arguments])


def test_a_damaged_file_among_several_is_named_and_the_others_go_on(powers: Path, tmp_path: Path) -> None:
    damaged = paper(tmp_path, "坏的.xlsx", BROKEN)
    last = paper(tmp_path, "再一份.csv", f"{HEAD},LH-WRF,排污许可核发,内容\n")

    answer = run("import", powers, damaged, last)

    assert answer.exit_code == 1
    assert set(Power.objects.values_list("name", flat=True)) == {"危险废物许可", "排污许可核发"}
    assert "“坏的.xlsx”：文件不完整或已损坏" in answer.stderr
    assert "没有写入：坏的.xlsx。" in answer.stderr


def test_a_program_reads_which_file_was_damaged(powers: Path, tmp_path: Path) -> None:
    answer = run("import", paper(tmp_path, "坏的.xlsx", BROKEN), powers, "--format", "json")

    damaged, taken = json.loads(answer.stdout)
    assert answer.exit_code == 1
    assert (damaged["stored"], taken["stored"]) == (False, True)
    assert "文件不完整或已损坏" in damaged["error"]["message"]
    assert taken["error"] is None


def test_lint_names_the_file_that_cannot_be_read(powers: Path, tmp_path: Path) -> None:
    answer = run("lint", powers, paper(tmp_path, "坏的.xlsx", BROKEN))

    assert answer.exit_code == 1
    assert "“坏的.xlsx”：文件不完整或已损坏" in answer.stderr


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (f"{HEAD},LH-WRF,危险废物许可,内容\n", 0),
        (f"{HEAD},没有的科,危险废物许可,内容\n", 1),
        ("天气,温度\n晴,20\n", 1),
    ],
)
def test_a_dry_run_fails_where_the_import_would(cast: Cast, tmp_path: Path, text: str, status: int) -> None:
    answer = run("import", paper(tmp_path, "清单.csv", text), "--dry-run")

    assert answer.exit_code == status
    assert not Power.objects.exists()


def test_a_file_in_which_nothing_is_recognised_is_told_so(cast: Cast, tmp_path: Path) -> None:
    answer = run("import", paper(tmp_path, "天气.csv", "天气,温度\n晴,20\n"))

    assert answer.exit_code == 1
    assert "“天气.csv”里没有认出任何清单" in answer.stderr


@pytest.mark.parametrize("command", ["import", "lint"])
def test_an_unknown_unit_is_told_at_once_with_those_there_are(command: str, powers: Path) -> None:
    powers.write_text(f"{HEAD},,危险废物许可,内容\n,,排污许可核发,内容\n", encoding="utf-8")

    answer = run(command, powers, "--unit", "LH-WFR")

    assert answer.exit_code == 1
    assert "没有编号或名称为“LH-WFR”的单位。" in answer.stderr
    assert "LH-WRF 污染防治科" in answer.stderr
    assert "引用" not in answer.stdout
    assert not Power.objects.exists()


@pytest.mark.parametrize("unit", ["LH-WRF", "污染防治科"])
def test_a_unit_goes_by_its_number_or_its_name(unit: str, powers: Path) -> None:
    powers.write_text(f"{HEAD},,危险废物许可,内容\n", encoding="utf-8")

    assert run("import", powers, "--unit", unit).exit_code == 0
    assert Power.objects.get().unit_id == "LH-WRF"


def test_lines_without_a_unit_are_told_how_one_is_named_for_all_of_them(powers: Path) -> None:
    powers.write_text(f"{HEAD},,危险废物许可,内容\n,,排污许可核发,内容\n", encoding="utf-8")

    without, given = run("import", powers), run("import", powers, "--dry-run", "--unit", "LH-WRF")

    assert without.exit_code == 1
    assert "默认单位用 --unit 指定，写编号或名称都可以。" in without.stderr
    assert "--unit" not in given.stderr


def test_lint_knows_the_units_that_its_files_bring(cast: Cast, tmp_path: Path) -> None:
    units = paper(tmp_path, "单位.csv", "单位编号,单位名称,单位类型\nSL,水利局,局\n")
    powers = paper(tmp_path, "职权.csv", f"{HEAD},,取水许可,内容\n")

    answer = run("lint", units, powers, "--unit", "SL", "--format", "json")

    assert "IMP030" not in {found["code"] for found in json.loads(answer.stdout)}


@pytest.mark.parametrize("command", ["lint", "import"])
def test_where_nothing_can_be_taken_nobody_reads_of_no_error(command: str, cast: Cast, tmp_path: Path) -> None:
    staff = paper(tmp_path, "三列.csv", "单位,姓名,电话\n污染防治科,小赵,123456\n")

    answer = run(command, staff)

    assert answer.exit_code == 1
    assert "错误 1" in answer.stdout
    assert "IMP045" in answer.stdout


def test_what_must_wait_for_the_store_is_said_last(powers: Path) -> None:
    found = json.loads(run("lint", powers, "--format", "json").stdout)

    severities = [one["severity"] for one in found]
    assert found[-1]["code"] == "IMP036"
    assert severities == sorted(severities, key=["E", "W", "I"].index)


def found_in(answer: Result) -> str:
    """What an answer lists, without the heading that says whether anything was stored."""
    return answer.stdout.partition("：")[2].replace("没有写入", "已写入")


def test_a_dry_run_lists_what_the_import_lists_by_what_it_bars(powers: Path) -> None:
    looked, stored = run("import", powers, "--dry-run"), run("import", powers)

    assert (looked.exit_code, stored.exit_code) == (0, 0)
    assert "导入后要改正，改好才能提交" in looked.stdout
    assert "必须改正，改好才能导入" not in looked.stdout
    assert "（改好才能导入 0，改好才能提交 " in looked.stdout
    assert found_in(looked) == found_in(stored)
    assert Power.objects.count() == 1


def test_what_bars_the_import_is_counted_apart(powers: Path) -> None:
    powers.write_text(f"{HEAD},没有的科,危险废物许可,内容\n", encoding="utf-8")

    answer = run("import", powers, "--dry-run")

    assert answer.exit_code == 1
    assert "必须改正，改好才能导入（1）" in answer.stdout
    assert "（改好才能导入 1，" in answer.stdout
