"""Lists as villages, schools and branches keep them: who graded last counts, whose a power was before does not."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from lianfang.foundation.documents.lexicon_powers import POWERS
from lianfang.foundation.documents.lexicon_risks import RISKS
from lianfang.foundation.documents.recognise import map_headings, recognise
from lianfang.foundation.documents.sheet_read import read_sheet


def as_csv(*rows: tuple[str, ...]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def test_the_small_powers_of_a_village_are_powers_though_a_column_names_their_risks() -> None:
    headings = ("序号", "权力类别", "小微权力事项", "权力主体", "政策依据", "办事流程", "廉政风险点", "监督主体")

    found = recognise(headings, titles=("柳湾村小微权力清单",))

    assert found.register is POWERS
    assert found.fields == ("number", "category", "name", "holder", "basis", None, None, None)


@pytest.mark.parametrize("last", ["审定等级", "核定等级", "最终风险等级"])
def test_of_several_grades_the_one_that_was_fixed_last_counts(last: str) -> None:
    fields = map_headings(RISKS, ("风险点", "自评等级", "评审等级", last))

    assert fields == ("risk", None, None, "level")


def test_the_grade_that_people_gave_themselves_counts_where_it_is_the_only_one() -> None:
    assert map_headings(RISKS, ("风险点", "自评等级", "防控措施")) == ("risk", "level", "measures")


def test_a_second_column_of_risk_points_tells_the_risks_that_the_first_one_names() -> None:
    fields = map_headings(RISKS, ("ID", "风险点名称", "廉洁风险点", "责任人"))

    assert fields == ("number", "risk", "manifestation", "owner")


def test_whose_a_power_was_before_it_was_handed_down_is_not_who_holds_it() -> None:
    fields = map_headings(POWERS, ("序号", "赋权事项名称", "原行使部门", "执法依据", "赋权镇街"))

    assert fields == ("number", "name", None, "basis", "holder")


def test_several_units_in_one_cell_are_units() -> None:
    units = ["市发改局\n市经信局", "市发改局、市水务局"]
    cells = (["节能审查", "项目核准"], units, units, ["《节约能源法》", "《核准条例》"])

    assert map_headings(POWERS, ("事项名称", "主管部门", "实施机关", "设定依据"), cells)[1:3] == ("unit", "holder")


def test_the_guide_to_a_matter_says_its_window_and_what_it_costs() -> None:
    headings = ("事项名称", "办理窗口", "事项依据", "承诺时限", "缴纳费用")

    assert map_headings(POWERS, headings) == ("name", "unit", "basis", "time_limit", "fee")


def test_a_grade_may_be_headed_risk_step() -> None:
    answer = read_sheet(as_csv(("权力事项", "风险点", "风险级次"), ("项目验收", "走过场", "高")))

    assert answer["rows"] == [{"power": "项目验收", "risk": "走过场", "level": "HIGH"}]


def test_the_lower_of_two_headings_says_more_than_the_upper_one() -> None:
    fields = map_headings(RISKS, ("权力运行流程-责任主体", "权力运行流程-流程步骤", "风险防控-风险点"))

    assert fields == ("owner", "step", "risk")


def test_what_stands_in_brackets_does_not_turn_risks_into_grades() -> None:
    answer = read_sheet(as_csv(("风险环节", "风险内容（等级）", "控制要求"), ("验收", "不到现场（中）", "三方签字")))

    assert answer["rows"] == [{"step": "验收", "risk": "不到现场（中）", "level": "MEDIUM", "measures": "三方签字"}]


def test_the_line_of_a_power_is_not_its_code() -> None:
    assert map_headings(POWERS, ("职权序号", "职权编码", "职权名称")) == ("number", "code", "name")


def entries(answer: dict[str, Any]) -> list[dict[str, Any]]:
    return list(answer["rows"])


def page(*tables: tuple[tuple[str, ...], ...]) -> bytes:
    lines = ["".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows) for rows in tables]
    return f"<html><body>{''.join(f'<table>{line}</table>' for line in lines)}</body></html>".encode()


_POWERS = (("序号", "职权名称", "职权依据"), ("1", "演出许可", "《演出管理条例》"), ("2", "摊位检查", "《集市办法》"))


@pytest.mark.parametrize(
    "links",
    [
        (("栏目", "链接"), ("权力清单", "查看"), ("责任清单", "查看"), ("收费目录", "查看")),
        (("首页", "权力清单", "责任清单", "收费目录"),),
        (("首页", "权力清单", "责任清单"), ("公开指南", "收费目录", "办事指南")),
    ],
)
def test_the_links_of_a_page_are_no_list(links: tuple[tuple[str, ...], ...]) -> None:
    alone, beside = read_sheet(page(links)), read_sheet(page(links, _POWERS))

    assert alone["register"] is None
    assert beside["register"] == "powers"
    assert [row["name"] for row in entries(beside)] == ["演出许可", "摊位检查"]
    assert beside["columns"] == {"序号": "number", "职权名称": "name", "职权依据": "basis"}
