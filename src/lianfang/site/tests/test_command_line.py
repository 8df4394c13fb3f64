"""The command line on a machine where nothing was set up: each command stands alone and explains itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from lianfang.foundation.documents.isolation import read_file

HEADER = "单位编号,单位名称,单位类型,上级单位\n"


def lianfang(home: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """One command in a process of its own, on a home of its own with a SQLite database."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LIANFANG_", "DJANGO_"))}
    command = [sys.executable, "-m", "lianfang", *(str(part) for part in arguments)]
    return subprocess.run(
        command, env={**kept, "LIANFANG_HOME": str(home), "COLUMNS": "200"}, capture_output=True, text=True, check=False
    )


def test_a_new_home_takes_units_and_gives_a_ledger(tmp_path: Path) -> None:
    units = tmp_path / "单位.csv"
    units.write_text(f"{HEADER}SL,水利局,局,\nSL-ZH,综合科,科室,SL\n", encoding="utf-8")
    ledger = tmp_path / "台账.xlsx"

    first = lianfang(tmp_path / "home", "org", "import", units, "--format", "json")
    again = lianfang(tmp_path / "home", "org", "import", units, "--format", "json")
    written = lianfang(tmp_path / "home", "ledger", "export", "--unit", "SL", "--to", ledger)

    (table,), (table_again,) = (json.loads(answer.stdout)[0]["tables"] for answer in (first, again))
    assert (table["register"], table["created"]) == ("单位", 2)
    assert (table_again["created"], table_again["unchanged"]) == (0, 2)
    assert written.returncode == 0, written.stderr
    assert read_file(ledger).tables


@pytest.mark.parametrize("command", [["export", "powers", "--to", "清单.xlsx"], ["lint", "--format", "json"]])
def test_commands_that_only_read_set_up_the_database_they_need(tmp_path: Path, command: list[str]) -> None:
    answer = lianfang(tmp_path, *[tmp_path / part if part.endswith("xlsx") else part for part in command])

    assert (answer.returncode, answer.stderr) == (0, "")


def test_a_place_that_cannot_be_written_to_is_named_and_nothing_is_left(tmp_path: Path) -> None:
    answer = lianfang(tmp_path, "export", "powers", "--to", tmp_path / "没有" / "清单.xlsx")

    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr
    assert "没有" in answer.stderr
    assert "请检查文件夹是否存在" in answer.stderr


def test_an_export_that_cannot_be_finished_leaves_the_old_file(tmp_path: Path) -> None:
    """A folder under the draft's name stands for the full disk: the new content cannot be written."""
    old = tmp_path / "清单.xlsx"
    old.write_bytes("去年的清单".encode())
    (tmp_path / ".清单.xlsx.part").mkdir()

    answer = lianfang(tmp_path, "export", "powers", "--to", old)

    assert answer.returncode == 1
    assert old.read_bytes().decode() == "去年的清单"


def test_parameters_are_listed_for_people_and_for_programs(tmp_path: Path) -> None:
    units = tmp_path / "单位.csv"
    units.write_text("单位编号,单位名称,单位类型\nLH,临河分局,分局\n", encoding="utf-8")
    assert lianfang(tmp_path, "org", "import", units).returncode == 0

    text = lianfang(tmp_path, "parameters")
    told = lianfang(tmp_path, "parameters", "--unit", "LH", "--day", "2026-03-02", "--format", "json")
    wrong = lianfang(tmp_path, "parameters", "--day", "三月")

    assert "临河分局的参数" in text.stdout
    raters = next(one for one in json.loads(told.stdout) if one["parameter"] == "least_raters")
    assert (raters["value"], raters["origin"], raters["basis"]) == ("3", "默认值", "")
    assert (wrong.returncode, "“三月”不是日期" in wrong.stderr) == (1, True)


def test_an_unknown_unit_and_an_unknown_form_are_explained(tmp_path: Path) -> None:
    unit = lianfang(tmp_path, "ledger", "export", "--unit", "NO", "--to", tmp_path / "台账.xlsx")
    form = lianfang(tmp_path, "export", "powers", "--to", tmp_path / "清单.wps")

    assert "没有找到编号为“NO”的单位" in unit.stderr
    assert "不能写成“.wps”" in form.stderr
    assert not (tmp_path / "台账.xlsx").exists()
