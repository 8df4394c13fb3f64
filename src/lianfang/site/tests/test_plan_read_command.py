"""What ``lianfang plan read`` prints for people: dates in Chinese, and a plain word where a file is no plan."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from lianfang.foundation.documents.isolation import read_file
from lianfang.foundation.documents.tests.hostile import docx
from lianfang.kernel.errors import Invalid
from lianfang.site.cli import reading

PLAN = "某局廉政工作方案\n第一阶段：动员（6月上旬至6月中旬）\n各科室于7月底前将清单报局党组。\n"


def read(path: Path, *more: str) -> Result:
    return CliRunner().invoke(reading.app, ["plan", "read", str(path), *more])


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "方案.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


@pytest.mark.covers("S12")
def test_people_read_dates_in_chinese_and_programs_read_codes(plan: Path) -> None:
    said, coded = read(plan), read(plan, "--format", "json")

    assert (said.exit_code, coded.exit_code) == (0, 0)
    assert "6月中旬" in said.stdout
    assert "7月底" in said.stdout
    assert "XXXX" not in said.stdout
    assert json.loads(coded.stdout)["stages"][0]["end"] == "XXXX-06-mid"


def test_dates_that_were_not_understood_are_listed_for_people_and_change_nothing_for_programs(tmp_path: Path) -> None:
    path = tmp_path / "方案.txt"
    path.write_text(PLAN + "通知书在收到之日起15个工作日内送达。\n门户网站9月20日前改版。\n", encoding="utf-8")

    said, coded = read(path), json.loads(read(path, "--format", "json").stdout)

    listed = said.stdout.partition("文中其他日期和时限")[2]
    assert "9月20日" in listed
    assert "15个工作日内" in listed
    assert "清单" not in listed
    assert "milestones" in coded


def test_a_plan_without_other_dates_lists_none(plan: Path) -> None:
    assert "文中其他日期和时限" not in read(plan).stdout


@pytest.mark.parametrize(("name", "text"), [("台账.csv", "编号,权力\n1,审批\n"), ("天气.txt", "今天天气很好。\n")])
def test_what_is_no_plan_is_told_so_with_what_was_looked_for(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")

    answer = read(path)

    assert answer.exit_code == 1
    assert "这不像一份方案" in answer.stderr
    assert "阶段" in answer.stderr
    assert answer.stdout == ""


def test_plain_text_under_the_name_of_a_pdf_is_read_and_told(plan: Path) -> None:
    renamed = plan.rename(plan.with_suffix(".pdf"))

    answer = read(renamed)

    assert answer.exit_code == 0
    assert "名为 .pdf，里面其实是纯文本" in answer.stderr
    assert "动员" in answer.stdout


@pytest.mark.parametrize("content", ["cut", "noise"])
def test_a_damaged_document_is_to_be_saved_as_a_document(content: str) -> None:
    whole = docx("<w:document/>" * 40)
    damaged = whole[: len(whole) // 2] if content == "cut" else bytes(range(256)) * 8

    with pytest.raises(Invalid) as refused:
        read_file(damaged)

    assert "另存为 .docx" in refused.value.remedy


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_pdf_is_refused_with_what_to_do_instead(tmp_path: Path, form: str) -> None:
    path = tmp_path / "方案.pdf"
    path.write_bytes(b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")

    answer = CliRunner().invoke(reading.app, ["plan", "read", str(path), "--format", form])

    assert answer.exit_code == 1
    assert "不读 PDF" in answer.stderr
    assert "把正文复制到 Word" in answer.stderr
    assert answer.stdout == ""


def test_a_text_without_items_still_gives_programs_their_object(tmp_path: Path) -> None:
    path = tmp_path / "天气.txt"
    path.write_text("今天天气很好。\n", encoding="utf-8")

    answer = read(path, "--format", "json")

    assert answer.exit_code == 1
    assert json.loads(answer.stdout)["stages"] == []


def test_brackets_in_a_title_are_no_markup(tmp_path: Path) -> None:
    path = tmp_path / "方案.txt"
    path.write_text(PLAN.replace("某局", "[某局]"), encoding="utf-8")

    answer = read(path)

    assert "[某局]廉政工作方案" in answer.stdout


def test_a_list_is_told_to_be_one_although_its_cells_read_like_tasks(tmp_path: Path) -> None:
    path = tmp_path / "权力清单.csv"
    path.write_text(
        "编号,职权名称,职权类别,行使主体,法律依据\n"
        "1,排污许可核发（一）开展检查,行政许可,污染防治科,《中华人民共和国行政许可法》第十二条\n"
        "2,现场检查,行政检查,综合执法大队,《中华人民共和国水法》第五十九条\n",
        encoding="utf-8",
    )

    answer = read(path)

    assert answer.exit_code == 1
    assert "“权力清单.csv”是一份清单或台账，不是方案" in answer.stderr
    assert "lianfang sheet read" in answer.stderr
    assert answer.stdout == ""
