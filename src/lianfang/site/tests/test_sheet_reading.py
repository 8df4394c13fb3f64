"""``lianfang sheet read``: in words for people, the same columns as an import, a plain refusal of what is no list."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from lianfang.foundation.documents.tests.test_readers import converted, needs_office, word_file
from lianfang.site.registers import REGISTERS
from lianfang.site.sheets import SHEETS
from lianfang.site.tests.test_command_line import lianfang

LINES = (
    ("职权名称", "法律依据", "行使条件", "监督方式", "窗口"),
    ("转移联单核验", "某条例第八条", "两人以上", "派驻组电话", "三楼"),
)


def saved(folder: Path, *lines: tuple[str, ...], name: str = "权力清单.xlsx") -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "清单"
    for line in lines:
        sheet.append(list(line))
    stream = io.BytesIO()
    book.save(stream)
    file = folder / name
    file.write_bytes(stream.getvalue())
    return file


def read(file: Path) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(lianfang(file.parent, "sheet", "read", file, "--format", "json").stdout)
    return answer


def test_the_sheets_are_those_of_the_registers_in_their_order() -> None:
    assert tuple(register.sheet for register in REGISTERS) == SHEETS


def test_what_an_import_reads_is_told_column_by_column(tmp_path: Path) -> None:
    (taken,) = read(saved(tmp_path, *LINES))["imports"]

    assert (taken["register"], taken["title"], taken["sheet"], taken["rows"]) == ("powers", "权力清单", "清单", 1)
    assert taken["columns"]["行使条件"] == {"field": "conditions", "heading": "行使条件"}
    assert taken["columns"]["监督方式"] == {"field": "supervision", "heading": "监督方式"}
    assert taken["columns"]["窗口"] is None
    assert [column["column"] for column in taken["unread"]] == ["窗口"]


def test_no_cell_of_a_list_is_missing_from_its_rows(tmp_path: Path) -> None:
    answer = read(saved(tmp_path, *LINES))

    (row,) = answer["rows"]
    assert sorted(map(str, row.values())) == sorted(LINES[1])
    assert (row["supervision"], row["行使条件"], row["窗口"]) == ("派驻组电话", "两人以上", "三楼")
    assert "phone" not in row


def test_the_answer_for_people_is_chinese_throughout(tmp_path: Path) -> None:
    said = lianfang(tmp_path, "sheet", "read", saved(tmp_path, *LINES))

    assert said.returncode == 0
    assert "权力清单" in said.stdout
    assert "导入到“权力清单”" in said.stdout
    assert "不导入" in said.stdout
    assert "转移联单核验" in said.stdout
    for english in ("supervision", "basis", "name", "powers"):
        assert english not in said.stdout


def test_a_list_that_only_an_import_knows_is_no_failure(tmp_path: Path) -> None:
    file = saved(tmp_path, ("岗位编号", "单位", "岗位名称", "岗位层级"), ("A-1", "环评科", "审批岗", "一般岗位"))

    said = lianfang(tmp_path, "sheet", "read", file)

    assert said.returncode == 0
    assert "导入到“岗位”" in said.stdout


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_is_no_list_is_refused_with_its_reason(tmp_path: Path, form: str) -> None:
    file = saved(tmp_path, ("花名", "单价"), ("月季", "3"), name="花.xlsx")

    said = lianfang(tmp_path, "sheet", "read", file, "--format", form)

    assert said.returncode == 1
    assert "“花.xlsx”里没有认出任何清单" in said.stderr
    assert (json.loads(said.stdout)["register"] if form == "json" else None) is None


@needs_office
@pytest.mark.office
def test_a_list_in_an_old_word_file_is_read_like_any_other(tmp_path: Path) -> None:
    file = tmp_path / "清单.doc"
    file.write_bytes(converted(word_file(), "a.docx", "doc", tmp_path))
    (tmp_path / "清单.docx").write_bytes(word_file())

    old, new = (
        lianfang(tmp_path, "sheet", "read", tmp_path / name, "--format", "json") for name in ("清单.doc", "清单.docx")
    )

    assert json.loads(old.stdout) == json.loads(new.stdout)


def test_what_an_import_takes_is_not_said_to_be_left(tmp_path: Path) -> None:
    risks = (
        ("单位编号", "岗位编号", "风险点", "表现形式", "风险成因", "风险等级", "电梯楼层"),
        ("LH-WRF", "LH-WRF-02", "透露检查行程", "提前停产", "一个人派发任务", "高", "三楼"),
    )

    answer = read(saved(tmp_path, *risks, name="风险点.xlsx"))

    assert answer["imports"][0]["columns"]["风险成因"] == {"field": "causes", "heading": "成因"}
    assert [one["place"] for one in answer["findings"] if one["code"] == "IMP002"] == [
        "工作表“清单”第 1 行“电梯楼层”列（G1）"
    ]


def test_the_procedure_by_which_a_power_runs_is_its_steps(tmp_path: Path) -> None:
    lines = (("职权名称", "法律依据", "运行程序"), ("转移联单核验", "某条例第八条", "受理—审查—决定"))

    (taken,) = read(saved(tmp_path, *lines))["imports"]

    assert taken["columns"]["运行程序"] == {"field": "steps", "heading": "行使程序"}
