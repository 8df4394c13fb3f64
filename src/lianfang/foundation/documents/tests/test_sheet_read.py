"""Published lists are read with the general vocabulary, honestly."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from lianfang.foundation.documents.sheet_read import read_sheet

CORPUS = Path(__file__).resolve().parents[6] / "shared" / "corpus"
needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real lists is absent")


def read(text: str) -> dict[str, Any]:
    return read_sheet(text.encode())


def test_a_risk_list_gives_fields_rows_and_levels() -> None:
    answer = read("某局风险清单,,,\n序号,风险点,等级,防控措施\n1,走过场,高,留痕\n2,收礼,,承诺\n")

    assert answer["register"] == "risks"
    assert answer["columns"] == {"序号": "number", "风险点": "risk", "等级": "level", "防控措施": "measures"}
    assert answer["rows"] == [
        {"number": "1", "risk": "走过场", "level": "HIGH", "measures": "留痕"},
        {"number": "2", "risk": "收礼", "level": None, "measures": "承诺"},
    ]
    assert answer["levels_ambiguous"] is False


@pytest.mark.covers("S28")
def test_numbered_levels_are_ambiguous_until_a_note_orders_them() -> None:
    text = "风险点,风险等级,防控措施\n甲,一级,一\n乙,三级,二\n"

    bare, noted = read(text), read(text + "注：一级为最高风险,,\n")

    assert bare["levels_ambiguous"] is True
    assert [row["level"] for row in bare["rows"]] == [None, None]
    assert noted["levels_ambiguous"] is False
    assert [row["level"] for row in noted["rows"]] == ["HIGH", "LOW"]


def test_counted_levels_are_kept_as_written() -> None:
    answer = read("科室,涉险职权,风险点数,风险等级\n环评科,审批,3,1中2低\n办公室,印章,1,高\n")

    assert [row["level"] for row in answer["rows"]] == ["1中2低", "HIGH"]


def test_ticks_under_high_medium_low_become_levels() -> None:
    answer = read("序号,风险点,风险等级,,,措施\n,,高,中,低,\n1,甲,√,,,一\n2,乙,,,√,二\n")

    assert [row["level"] for row in answer["rows"]] == ["HIGH", "LOW"]


def test_several_columns_of_measures_are_joined_by_lines() -> None:
    answer = read("风险点,工作措施,制度措施\n甲,一,二\n乙,三,\n")

    assert [row["measures"] for row in answer["rows"]] == ["一\n二", "三"]


def test_a_list_of_something_else_is_told_with_a_reason_and_keeps_its_headings() -> None:
    answer = read("姓名,职务,电话\n张科长,科长,略\n李科员,科员,略\n")

    assert answer["register"] is None
    assert "认不出" in str(answer["reason"])
    assert answer["rows"][0] == {"姓名": "张科长", "职务": "科长", "电话": "略"}


def test_running_text_without_a_table_is_told() -> None:
    answer = read("关于开展排查工作的通知\n各科室要高度重视。\n")

    assert answer["register"] is None
    assert answer["rows"] == []
    assert "没有找到" in str(answer["reason"])


def test_findings_are_plain_json_with_a_place() -> None:
    answer = read("风险点,风险等级,防控措施,备注\n甲,非常高,一,x\n乙,低,二,y\n")

    written = json.loads(json.dumps(answer, ensure_ascii=False))
    assert any("非常高" in finding["message"] and "B2" in finding["place"] for finding in written["findings"])


@needs_corpus
@pytest.mark.corpus
def test_the_annotated_lists_are_read_right() -> None:
    code = (
        "import json, sys; from lianfang.foundation.documents.sheet_read import read_sheet; "
        "print(json.dumps(read_sheet(sys.argv[1])))"
    )
    source = str(Path(__file__).resolve().parents[4])
    command = [sys.executable, str(CORPUS / "score_sheets.py"), sys.executable, "-c", code]

    run = subprocess.run(
        command, capture_output=True, text=True, check=True, env={"PYTHONPATH": source, "PATH": "/usr/bin:/bin"}
    )

    score = json.loads(run.stdout.splitlines()[-1])
    assert score["failed"] == []
    assert score["headers"] >= 0.95
    assert score["recognised"] == score["row_counts"] == score["levels"] == 1.0


@needs_corpus
@pytest.mark.corpus
def test_lists_without_annotation_are_read_without_failing() -> None:
    plain = [path for path in CORPUS.glob("*/*.csv") if not path.with_suffix(".gold.json").exists()]

    answers = [read_sheet(path) for path in plain]

    assert len(answers) >= 8
    assert all(answer["register"] or answer["reason"] for answer in answers)


def test_a_heading_keeps_its_spelling_as_the_key_of_its_column() -> None:
    answer = read('"风\n险\n点",风 险 等 级,防控措施\n换样,高,封样\n')

    assert answer["columns"] == {"风\n险\n点": "risk", "风 险 等 级": "level", "防控措施": "measures"}


def test_the_longer_of_two_registers_is_read_and_the_other_is_named() -> None:
    answer = read(
        "序号,职权名称,职权类别,设定依据\n1,排污口审批,行政许可,甲\n2,现场检查,行政检查,乙\n,,,\n"
        "序号,风险点,风险等级,防控措施\n1,先批后看,高,踏勘\n"
    )

    assert answer["register"] == "powers"
    assert len(answer["rows"]) == 2
    assert any("另有一张“廉政风险点”" in finding["message"] for finding in answer["findings"])


def test_grades_of_a_list_on_two_pages_are_read_as_one_scale() -> None:
    page = "<table><tr><th>风险点</th><th>风险等级</th><th>防控措施</th></tr>{}</table>"
    row = "<tr><td>{}</td><td>{}</td><td>封样</td></tr>"
    html = page.format(row.format("甲", "★★★")) + page.format(row.format("乙", "★"))

    answer = read(f"<html><body>{html}</body></html>")

    assert [entry["level"] for entry in answer["rows"]] == ["HIGH", "LOW"]


def test_a_legend_in_the_text_of_a_document_orders_its_grades() -> None:
    rows = "<tr><th>风险点</th><th>风险等级</th><th>措施</th></tr><tr><td>甲</td><td>C级</td><td>一</td></tr>"
    filler = "".join(f"<p>第{number}段</p>" for number in range(9))

    answer = read(f"<html><body><p>风险等级由高到低分为A级、B级、C级。</p>{filler}<table>{rows}</table></body></html>")

    assert [entry["level"] for entry in answer["rows"]] == ["LOW"]


def test_repeated_numbers_two_head_rows_and_full_width_digits_are_told_with_their_cells() -> None:
    answer = read("编号,风险,,措施\n,风险点,等级,\n1,甲,高,一\n１,乙,低,二\n3,丙,低,三\n")

    told = {finding["code"]: finding["place"] for finding in answer["findings"]}
    assert told["IMP006"] == "工作表“表格”第 1 行"
    assert told["IMP025"] == "工作表“表格”第 4 行“编号”列（A4）"
    assert told["IMP008"] == "工作表“表格”第 4 行“编号”列（A4）"


def test_a_count_that_begins_anew_is_no_repetition() -> None:
    answer = read("序号,科室,风险点,措施\n1,甲,一,一\n2,甲,二,二\n1,乙,三,三\n2,乙,四,四\n")

    assert not [finding for finding in answer["findings"] if finding["code"] == "IMP025"]


def test_a_nameless_column_may_hold_grades_on_one_page_only() -> None:
    page = "<table><tr><th>风险点</th><th></th><th>措施</th></tr><tr><td>甲</td><td>{}</td><td>一</td></tr></table>"

    answer = read(f"<html><body>{page.format('高')}{page.format('见附件')}</body></html>")

    assert [entry.get("level") for entry in answer["rows"]] == ["HIGH", None]
