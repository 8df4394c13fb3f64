"""A time limit that no calendar has is an error at its cell, and one that nobody could check a warning."""

from __future__ import annotations

import pytest

from lianfang.foundation.documents.register_reading import read_register
from lianfang.foundation.documents.tables import Cell, Table
from lianfang.foundation.documents.time_limits import impossible_day, is_mere_haste
from lianfang.kernel.findings import Finding, Severity
from lianfang.registers.controls.sheets import CONTROLS
from lianfang.registers.powers.sheets import POWERS
from lianfang.registers.risks.sheets import RISKS


def found(limit: Cell, heading: str = "完成时限") -> list[Finding]:
    """What is said of the limit of a measure, in the last cell of the second row."""
    rows: list[list[Cell]] = [["风险点编号", "具体措施", heading], ["A-R001", "名单当日随机派发", limit]]
    reading = read_register(Table("措施", rows, range(1, 3)), CONTROLS)
    return [one for one in reading.findings if one.place and one.place.cell == "C2"]


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("2017年13月", "2017年13月"),
        ("2017年13月底前", "2017年13月"),
        ("２０１７年１３月", "2017年13月"),
        ("2017年2月30日前完成", "2017年2月30日"),
        ("2017.13", "2017.13"),
        ("2017-02-30", "2017-02-30"),
        ("2017.3—2017.14", "2017.14"),
        ("2017年3月1日至2017年0月5日", "2017年0月5日"),
    ],
)
def test_a_limit_that_no_calendar_has_is_an_error_at_its_cell(written: str, named: str) -> None:
    (fault,) = found(written)

    assert (fault.code, fault.severity) == ("IMP021", Severity.ERROR)
    assert f"日历上没有“{named}”" in fault.message
    assert str(fault.place) == "工作表“措施”第 2 行“完成时限”列（C2）"


@pytest.mark.parametrize("written", ["尽快", "立即", "马上整改", "及时", "限期完成", "近期", "抓紧落实", "适时"])
@pytest.mark.parametrize("heading", ["完成时限", "整改期限", "落实时间", "时限要求"])
def test_haste_without_a_day_is_a_warning_at_its_cell(written: str, heading: str) -> None:
    (fault,) = found(written, heading)

    assert (fault.code, fault.severity) == ("IMP026", Severity.WARNING)
    assert f"“{written}”说不出是哪一天" in fault.message


@pytest.mark.parametrize(
    "written",
    [
        "2017年12月",
        "2017年2月28日",
        "2017.11",
        "立即，3日内报结果",
        "每月",
        "长期坚持",
        "及时，当日登记",
        "12月底前",
        "",
        "三日内尽快",
    ],
)
def test_a_limit_that_can_be_checked_is_no_fault(written: str) -> None:
    assert found(written) == []


@pytest.mark.parametrize("heading", ["填表日期", "监督方式", "备注"])
def test_other_columns_are_not_looked_at(heading: str) -> None:
    assert found("尽快", heading) == []


def test_a_list_of_risks_with_a_limit_is_judged_too() -> None:
    rows: list[list[Cell]] = [["风险点", "表现形式", "整改时限"], ["漏登", "台账缺页", "2017年13月"]]

    reading = read_register(Table("表", rows, range(1, 3)), RISKS)

    assert [one.place.cell for one in reading.findings if one.place and one.severity is Severity.ERROR] == ["C2"]


def test_how_the_limit_of_a_power_is_worded_is_left_to_the_rule_of_powers_but_not_its_day() -> None:
    rows: list[list[Cell]] = [
        ["职权名称", "职权内容", "办理期限"],
        ["核验", "核验联单", "尽快"],
        ["检查", "检查", "2017年13月"],
    ]

    reading = read_register(Table("表", rows, range(1, 4)), POWERS)

    assert [(one.code, one.field) for one in reading.findings if one.place and one.place.column == "办理期限"] == [
        ("IMP021", "time_limit")
    ]


@pytest.mark.parametrize("text", ["", "2017", "第2017-13号文", "电话2017.5"])
def test_what_is_no_date_is_not_measured(text: str) -> None:
    assert impossible_day(text) == ""


def test_haste_with_a_measure_is_not_mere_haste() -> None:
    assert not is_mere_haste("接到举报立即核查，五日内答复")
    assert is_mere_haste("接到举报立即核查")
