"""What goes wrong in a sheet is told with its row and column, in whatever register it happens."""

from collections.abc import Iterator

import pytest
from _pytest.mark import ParameterSet

from lianfang.foundation.documents.columns import Column, Kind
from lianfang.foundation.documents.register_reading import Reading, read_register
from lianfang.foundation.documents.tables import Cell, Span, Table, column_letters
from lianfang.kernel.findings import Finding
from lianfang.site.registers import REGISTERS, Register

KINDS = [pytest.param(register, id=register.kind) for register in REGISTERS]


def columns_of(*kinds: Kind) -> list[ParameterSet]:
    """Every column of these kinds in every register."""
    found = ((register, column) for register in REGISTERS for column in register.sheet.columns if column.kind in kinds)
    return [pytest.param(register, column, id=f"{register.kind}.{column.field}") for register, column in found]


def sheet_of(register: Register, *entries: dict[str, Cell], upper: str = "", merged: tuple[Span, ...] = ()) -> Table:
    """A sheet with the headings of a register; ``entries`` hold only the cells that matter."""
    columns = register.sheet.columns
    head: list[list[Cell]] = [[column.heading for column in columns]]
    if upper:
        head.insert(0, [upper, upper, *head[0][2:]])
    rows = [*head, *([entry.get(column.field, "") for column in columns] for entry in entries)]
    return Table("表", rows, range(1, len(rows) + 1), merged)


def told(reading: Reading, code: str) -> Iterator[Finding]:
    return (finding for finding in reading.findings if finding.code == code)


def letter(register: Register, column: Column) -> str:
    return column_letters(register.sheet.columns.index(column))


@pytest.mark.parametrize("register", KINDS)
def test_two_heading_rows_are_joined_and_told_with_their_rows(register: Register) -> None:
    reading = read_register(sheet_of(register, {"number": "A-1"}, {"number": "A-2"}, upper="基本情况"), register.sheet)

    assert [str(finding.place) for finding in told(reading, "IMP006")] == ["工作表“表”第 1 行"]
    assert reading.fields == tuple(column.field for column in register.sheet.columns)
    assert len(reading.rows) == 2


@pytest.mark.parametrize("register", KINDS)
def test_a_number_used_twice_is_told_at_its_second_cell(register: Register) -> None:
    reading = read_register(sheet_of(register, {"number": "A-1"}, {"number": "Ａ-１"}), register.sheet)

    key = letter(register, register.sheet.column(register.sheet.key))
    assert [finding.place and finding.place.cell for finding in told(reading, "IMP025")] == [f"{key}3"]


@pytest.mark.parametrize("register", KINDS)
def test_full_width_signs_in_a_number_are_told(register: Register) -> None:
    reading = read_register(sheet_of(register, {"number": "A-1"}, {"number": "Ａ-２１"}), register.sheet)

    assert ["A-21" in finding.message for finding in told(reading, "IMP008")] == [True]
    assert reading.rows[1]["number"] == "A-21"


@pytest.mark.parametrize("register", KINDS)
def test_merged_cells_are_told_with_their_column_and_row(register: Register) -> None:
    last = len(register.sheet.columns) - 1
    field = register.sheet.columns[last].field
    entries: tuple[dict[str, Cell], ...] = ({"number": "A-1", field: "甲"}, {"number": "A-2", field: "甲"})
    reading = read_register(sheet_of(register, *entries, merged=(Span(1, last, 2, last),)), register.sheet)

    assert [finding.place and finding.place.cell for finding in told(reading, "IMP007")] == [f"{column_letters(last)}2"]


@pytest.mark.parametrize(("register", "column"), columns_of(Kind.WORD, Kind.GRADE))
def test_a_word_outside_the_vocabulary_is_told_at_its_cell(register: Register, column: Column) -> None:
    entries: tuple[dict[str, Cell], ...] = ({"number": "A-1"}, {"number": "A-2", column.field: "没听说过"})
    reading = read_register(sheet_of(register, *entries), register.sheet)

    assert [finding.place and finding.place.cell for finding in told(reading, "IMP021")] == [
        f"{letter(register, column)}3"
    ]


@pytest.mark.parametrize(("register", "column"), columns_of(Kind.GRADE))
def test_grades_that_a_vocabulary_does_not_order_are_told_and_not_guessed(register: Register, column: Column) -> None:
    entries: tuple[dict[str, Cell], ...] = (
        {"number": "A-1", column.field: "一级"},
        {"number": "A-2", column.field: "三级"},
    )
    reading = read_register(sheet_of(register, *entries), register.sheet)

    assert ["没有说明哪一级最高" in finding.message for finding in told(reading, "IMP022")] == [True]
    assert [row[column.field] for row in reading.rows] == [None, None]


@pytest.mark.parametrize(("register", "column"), columns_of(Kind.DATE))
@pytest.mark.parametrize("written", ["2017年13月", "2017年2月30日", "2017年13月5日", "明年"])
def test_a_day_that_no_calendar_has_is_told_at_its_cell(register: Register, column: Column, written: str) -> None:
    reading = read_register(sheet_of(register, {"number": "A-1", column.field: written}), register.sheet)

    faults = list(told(reading, "IMP021"))
    assert [finding.place and finding.place.cell for finding in faults] == [f"{letter(register, column)}2"]
    assert written in faults[0].message


def test_the_usual_words_of_published_lists_name_the_fields_of_a_risk_point() -> None:
    risks = next(register for register in REGISTERS if register.kind == "risks")
    table = Table("表", [["风险点名称", "具体表现", "风险程度"], ["换样", "补录数据", "高"]], range(1, 3))

    reading = read_register(table, risks.sheet)

    assert reading.fields == ("statement", "manifestation", "grade")


@pytest.mark.parametrize(("register", "column"), columns_of(*Kind))
@pytest.mark.parametrize("endless", ["长" * 3_000, "9" * 5_000, "Ａ９" * 1_500])
def test_no_message_repeats_an_endless_cell(register: Register, column: Column, endless: str) -> None:
    reading = read_register(sheet_of(register, {column.field: endless}, {column.field: endless}), register.sheet)

    assert not [finding.code for finding in reading.findings if endless[:42] in finding.message]
