"""A staff list that says since when gives tenures as well; 任职起止 in one cell is its two days."""

from __future__ import annotations

import datetime

import pytest

from lianfang.conftest import LONG_AGO, Cast
from lianfang.foundation.documents.tables import Cell, Contents, FileKind, Table
from lianfang.foundation.organisation.models import Tenure
from lianfang.kernel.findings import Finding, Severity
from lianfang.site.importing import Preview, preview, store_preview
from lianfang.site.intake import Taking

HEAD: list[Cell] = ["单位", "岗位", "姓名", "任职起止"]
BY_NUMBER: list[Cell] = ["人员编号", "岗位编号", "任职起止"]
day = datetime.date


def looked_at(*lines: list[Cell], head: list[Cell] = HEAD, unit: str = "") -> Preview:
    rows = [head, *lines]
    return preview(Contents(FileKind.XLSX, (Table("名册", rows, range(1, len(rows) + 1)),)), Taking(unit))


def tenures(previewed: Preview) -> list[tuple[str, str, datetime.date, datetime.date | None]]:
    rows = [row for intake in previewed.intakes if intake.register.kind == "tenures" for row in intake.rows]
    return [(row.person, row.post, row.start, row.end) for row in rows]


def said(previewed: Preview, code: str) -> list[Finding]:
    everything = [*previewed.findings, *(one for intake in previewed.intakes for one in intake.findings)]
    return [one for one in everything if one.code == code]


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("2021.03—2024.06", day(2021, 3, 1), day(2024, 6, 30)),
        ("2023年5月至今", day(2023, 5, 1), None),
        ("2021年3月起", day(2021, 3, 1), None),
        ("2021-03-08至2024-06-07", day(2021, 3, 8), day(2024, 6, 7)),
        (day(2021, 3, 8), day(2021, 3, 8), None),
        (2021.03, day(2021, 3, 1), None),
    ],
)
def test_a_staff_list_gives_tenures_of_the_people_it_numbers(
    cast: Cast, written: Cell, start: datetime.date, end: datetime.date | None
) -> None:
    previewed = looked_at(["污染防治科", "排污许可岗", "小赵", written])

    assert tenures(previewed) == [("LH-M06", "LH-WRF-03", start, end)]
    store_preview(cast.coordinator, previewed, "导入文件 名册")
    stored = Tenure.objects.get(person_id="LH-M06")
    assert (stored.post_id, stored.start, stored.end) == ("LH-WRF-03", start, end)


def test_first_and_last_day_may_stand_in_columns_of_their_own(cast: Cast) -> None:
    head: list[Cell] = ["单位", "岗位", "姓名", "任职时间", "离任时间"]

    previewed = looked_at(["污染防治科", "排污许可岗", "小赵", "2021年3月", "2024.2"], head=head)

    assert tenures(previewed) == [("LH-M06", "LH-WRF-03", day(2021, 3, 1), day(2024, 2, 29))]
    assert [column.heading for column in previewed.unread] == []


def test_a_month_is_said_to_count_from_its_first_day_at_the_first_such_cell(cast: Cast) -> None:
    previewed = looked_at(
        ["污染防治科", "排污许可岗", "小赵", "2021-03-08至今"],
        ["污染防治科", "排污许可岗", "小钱", "2021.03—2024.06"],
        ["污染防治科", "排污许可岗", "小孙", "2022.03—2024.06"],
    )

    (told,) = said(previewed, "IMP050")
    assert told.severity is Severity.WARNING
    assert "有 2 行只写到月" in told.message
    assert told.place
    assert told.place.cell == "D3"


def test_who_has_no_first_day_is_counted_and_gets_no_tenure(cast: Cast) -> None:
    previewed = looked_at(["污染防治科", "排污许可岗", "小赵", "2021-03-08"], ["污染防治科", "排污许可岗", "小钱", ""])

    (told,) = said(previewed, "IMP046")
    assert "任职 1 段" in told.message
    assert "1 人没有写任职日期，没有登记任职" in told.message
    assert len(tenures(previewed)) == 1


def test_the_same_list_again_changes_nothing_also_where_only_the_month_is_known(cast: Cast) -> None:
    previewed = looked_at(["污染防治科", "危险废物监管岗", "小李", f"{LONG_AGO.year}年{LONG_AGO.month}月至今"])

    assert [(one.created, one.changed, one.unchanged) for one in previewed.intakes] == [([], [], 1)] * 3
    assert said(previewed, "IMP050") == []


def test_a_tenure_that_ended_gets_its_last_day(cast: Cast) -> None:
    previewed = looked_at(["污染防治科", "危险废物监管岗", "小李", "2020-01-01至2026-05-31"])

    store_preview(cast.coordinator, previewed, "导入文件 名册")

    assert [tenure.end for tenure in Tenure.objects.filter(person_id="LH-M04")] == [day(2026, 5, 31)]


def test_a_list_that_says_no_end_leaves_the_stored_one(cast: Cast) -> None:
    Tenure.objects.filter(person_id="LH-M04").update(end=day(2026, 5, 31))

    previewed = looked_at(["污染防治科", "危险废物监管岗", "小李", "2020-01-01"])

    assert tenures(previewed) == [("LH-M04", "LH-WRF-02", LONG_AGO, day(2026, 5, 31))]


def test_who_holds_the_post_already_since_another_day_is_an_error_at_the_cell(cast: Cast) -> None:
    previewed = looked_at(["污染防治科", "危险废物监管岗", "小李", "2023.05至今"])

    (told,) = said(previewed, "IMP049")
    assert "LH-M04 从 2020-01-01 起已经登记担任 LH-WRF-02" in told.message
    assert told.place
    assert told.place.cell == "D2"
    assert not previewed.is_storable


def test_two_terms_in_one_post_that_follow_each_other_are_two(cast: Cast) -> None:
    previewed = looked_at(
        ["污染防治科", "排污许可岗", "小赵", "2015.03—2018.06"], ["污染防治科", "排污许可岗", "小赵", "2021.03至今"]
    )

    assert len(tenures(previewed)) == 2
    assert said(previewed, "IMP049") == []


@pytest.mark.parametrize("odd", ["2019年至今", "至2024年6月", "2021.13—2024.06", "长期"])
def test_a_term_that_cannot_be_read_is_an_error_at_its_cell(cast: Cast, odd: str) -> None:
    previewed = looked_at(["污染防治科", "排污许可岗", "小赵", odd])

    (fault,) = [one for one in said(previewed, "IMP021") if one.severity is Severity.ERROR]
    assert fault.place
    assert fault.place.cell == "D2"
    assert odd in fault.message


def test_a_unit_that_is_not_registered_is_still_told_once(cast: Cast) -> None:
    previewed = looked_at(["没有的科", "许可岗", "小赵", "2021.03至今"])

    codes = [one.code for intake in previewed.intakes for one in intake.findings if one.code.startswith("IMP")]
    assert codes == ["IMP030"]


def test_a_list_of_tenures_by_number_may_have_both_days_in_one_cell(cast: Cast) -> None:
    previewed = looked_at(["LH-M04", "LH-WRF-01", "2021.03—2024.06"], head=BY_NUMBER)

    assert tenures(previewed) == [("LH-M04", "LH-WRF-01", day(2021, 3, 1), day(2024, 6, 30))]
    assert len(said(previewed, "IMP050")) == 1


def test_a_last_day_that_two_cells_tell_differently_is_an_error(cast: Cast) -> None:
    previewed = looked_at(["LH-M04", "LH-WRF-01", "2021.03—2024.06", "2025-01-01"], head=[*BY_NUMBER, "离任日期"])

    (fault,) = [one for one in said(previewed, "IMP021") if one.severity is Severity.ERROR]
    assert fault.place
    assert fault.place.cell == "C2"


def test_an_overlap_in_a_list_by_number_is_told_before_it_is_stored(cast: Cast) -> None:
    previewed = looked_at(["LH-M04", "LH-WRF-02", "2021-03-08"], head=[*BY_NUMBER[:2], "任职日期"])

    assert len(said(previewed, "IMP049")) == 1
    assert not previewed.is_storable


def test_a_blank_last_day_beside_both_days_in_one_cell_loses_nothing(cast: Cast) -> None:
    previewed = looked_at(["LH-M04", "LH-WRF-01", "2021.03.01—2024.06.30", ""], head=[*BY_NUMBER, "离任日期"])

    assert tenures(previewed) == [("LH-M04", "LH-WRF-01", day(2021, 3, 1), day(2024, 6, 30))]


def test_a_number_that_may_be_january_or_october_is_asked_about(cast: Cast) -> None:
    previewed = looked_at(["污染防治科", "排污许可岗", "小赵", 2021.1])

    assert [one.place.cell for one in said(previewed, "IMP021") if one.place] == ["D2"]


def test_somebody_who_is_said_to_be_back_is_told_and_nothing_is_changed(cast: Cast) -> None:
    Tenure.objects.filter(person_id="LH-M04").update(end=day(2026, 5, 31))

    previewed = looked_at(["污染防治科", "危险废物监管岗", "小李", "2020.01至今"])

    assert "登记的是 2026-05-31 已经离任，没有改" in said(previewed, "IMP050")[0].message
    assert tenures(previewed) == [("LH-M04", "LH-WRF-02", LONG_AGO, day(2026, 5, 31))]


@pytest.mark.parametrize("order", [1, -1])
def test_an_overlap_with_a_stored_tenure_in_the_same_list_is_told_whichever_stands_first(
    cast: Cast, order: int
) -> None:
    lines: list[list[Cell]] = [
        ["LH-M04", "LH-WRF-02", "2021-03-01", ""],
        ["LH-M04", "LH-WRF-02", LONG_AGO.isoformat(), ""],
    ]

    previewed = looked_at(*lines[::order], head=[*BY_NUMBER[:2], "任职日期", "离任日期"])

    (told,) = said(previewed, "IMP049")
    assert f"LH-M04 从 {LONG_AGO} 起已经登记担任 LH-WRF-02，与这一行（2021-03-01 起）重叠" in told.message
    assert told.place
    assert told.place.row == (2 if order == 1 else 3)
    assert not previewed.is_storable


@pytest.mark.parametrize(("last", "kept"), [("至今", True), ("在任", True), ("", False)])
def test_a_last_day_of_now_beside_a_stored_one_is_told_and_left_as_only_a_blank_takes_it_away(
    cast: Cast, last: str, kept: bool
) -> None:
    Tenure.objects.filter(person_id="LH-M04").update(end=day(2023, 1, 1))

    head: list[Cell] = [*BY_NUMBER[:2], "任职日期", "离任日期"]
    previewed = looked_at(["LH-M04", "LH-WRF-02", LONG_AGO.isoformat(), last], head=head)
    store_preview(cast.coordinator, previewed, "任职.xlsx")

    assert Tenure.objects.get(person_id="LH-M04").end == (day(2023, 1, 1) if kept else None)
    assert ["没有改" in one.message for one in said(previewed, "IMP050")] == [True] * kept
