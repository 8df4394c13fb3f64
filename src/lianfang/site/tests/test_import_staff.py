"""A staff list without numbers and ranks becomes posts and people; who is registered stays who they are."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lianfang.conftest import Cast
from lianfang.foundation.documents.tables import Cell, Contents, FileKind, Table
from lianfang.foundation.organisation.models import Person, Post
from lianfang.foundation.organisation.rows import PostRank
from lianfang.site.importing import Preview, preview, store_preview
from lianfang.site.intake import Taking

HEAD: list[Cell] = ["单位", "岗位", "姓名", "职务", "电话"]


def looked_at(*lines: list[Cell], head: list[Cell] = HEAD, unit: str = "") -> Preview:
    rows = [head, *lines]
    return preview(Contents(FileKind.XLSX, (Table("名册", rows, range(1, len(rows) + 1)),)), Taking(unit))


def test_a_staff_list_gives_posts_and_people_with_numbers(cast: Cast) -> None:
    previewed = looked_at(
        ["污染防治科", "排污许可岗", "小赵", "科员", "1234"],
        ["污染防治科", "排污许可岗", "小钱", "四级主任科员", "1235"],
        ["综合执法大队", "副大队长岗", "小孙", "副大队长", "1236"],
    )

    store_preview(cast.coordinator, previewed, "导入文件 名册")

    posts = Post.objects.filter(name__in=["排污许可岗", "副大队长岗"]).order_by("number")
    assert list(posts.values_list("number", "name")) == [("LH-WRF-03", "排污许可岗"), ("LH-ZF-02", "副大队长岗")]
    people = Person.objects.filter(name__in=["小赵", "小钱", "小孙"]).order_by("number")
    assert list(people.values_list("number", "name", "unit__number")) == [
        ("LH-M06", "小赵", "LH-WRF"),
        ("LH-M07", "小钱", "LH-WRF"),
        ("LH-M08", "小孙", "LH-ZF"),
    ]


def test_what_was_guessed_and_what_stays_behind_is_told(cast: Cast) -> None:
    previewed = looked_at(
        ["污染防治科", "科长", "小赵", "科长", "1234"], ["污染防治科", "排污许可岗", "小钱", "四级主任科员", "1235"]
    )

    (told,) = [found for found in previewed.findings if found.code == "IMP046"]
    assert "读作岗位 2 个、人员 2 人" in told.message
    assert "1 个按职务、岗位名称推断，1 个没有写明，按“一般岗位”" in told.message
    assert "登记任职" in told.message
    assert [(column.heading, column.place.cell) for column in previewed.unread] == [("职务", "D1"), ("电话", "E1")]


def test_the_same_staff_list_again_changes_nothing(cast: Cast) -> None:
    line: list[Cell] = ["污染防治科", "危险废物监管岗", "小李", "科长", "1234"]
    Post.objects.filter(number="LH-WRF-02").update(rank=PostRank.HEAD.value)

    previewed = looked_at(line)

    assert [(intake.created, intake.changed, intake.unchanged) for intake in previewed.intakes] == [([], [], 1)] * 2


def test_a_unit_that_is_not_registered_is_told_at_its_cell_and_nothing_is_stored(cast: Cast) -> None:
    previewed = looked_at(["没有的科", "许可岗", "小赵", "", ""], ["污染防治科", "排污许可岗", "小钱", "", ""])

    faults = [found for intake in previewed.intakes for found in intake.findings if found.code == "IMP030"]
    assert {found.place.cell for found in faults if found.place} == {"A2"}
    assert not previewed.is_storable


def test_a_staff_list_of_one_section_needs_no_column_of_it(cast: Cast) -> None:
    previewed = looked_at(["排污许可岗", "小赵"], head=["岗位", "姓名"], unit="LH-WRF")

    assert [row.unit for intake in previewed.intakes for row in intake.rows] == ["LH-WRF", "LH-WRF"]


def test_a_long_staff_list_asks_the_database_no_oftener(cast: Cast, django_assert_max_num_queries: Any) -> None:
    def lines(count: int) -> list[list[Cell]]:
        return [["污染防治科", f"岗位{at}", f"人员{at}", "科员", ""] for at in range(count)]

    with CaptureQueriesContext(connection) as few:
        looked_at(*lines(3))
    with django_assert_max_num_queries(len(few)):
        looked_at(*lines(60))


@pytest.mark.parametrize(
    ("title", "post", "rank"),
    [
        ("党组书记、局长", "局长岗", "主要负责人"),
        ("局党组副书记、副局长", "副局长岗", "分管领导"),
        ("党组成员、办公室主任", "主任岗", "分管领导"),
        ("派驻纪检监察组组长", "组长岗", "分管领导"),
        ("办公室主任", "主任岗", "科室负责人"),
        ("队长", "队长岗", "科室负责人"),
        ("", "监测站站长岗", "科室负责人"),
        ("", "财务股股长", "科室负责人"),
        ("科员", "窗口受理岗", "一般岗位"),
        ("四级主任科员", "印章管理岗", "一般岗位"),
        ("", "局长秘书岗", "一般岗位"),
        ("副科长", "副科长岗", "一般岗位"),
    ],
)
def test_the_rank_of_a_post_is_told_from_what_its_holder_is_called(
    cast: Cast, title: str, post: str, rank: str
) -> None:
    posts, _ = looked_at(["污染防治科", post, "小赵", title, ""]).intakes

    assert [row.rank.label for row in posts.rows] == [rank]


def test_the_day_on_which_a_post_was_taken_is_no_day_of_leaving(cast: Cast) -> None:
    previewed = looked_at(["污染防治科", "许可岗", "小赵", "科员", "2017-03-01"], head=[*HEAD[:4], "任职日期"])

    _, people, tenures = previewed.intakes
    assert [row.left_on for row in people.rows] == [None]
    assert [column.heading for column in people.unread] == ["职务"]
    assert [(row.start, row.end) for row in tenures.rows] == [(datetime.date(2017, 3, 1), None)]


def test_two_people_of_one_name_in_a_unit_stay_two(cast: Cast) -> None:
    previewed = looked_at(
        ["污染防治科", "许可岗", "小赵", "科员", "1234"], ["污染防治科", "监管岗", "小赵", "科员", "5678"]
    )

    _, people = previewed.intakes
    assert len({row.number for row in people.rows}) == 2
    (asked,) = [found for found in previewed.findings if found.code == "IMP047"]
    assert "第 2、3 行" in asked.message
    assert "读作 2 个人" in asked.message


def test_a_name_with_two_posts_is_one_person_and_asked_about(cast: Cast) -> None:
    previewed = looked_at(
        ["污染防治科", "许可岗", "小赵", "科员", "1234"], ["污染防治科", "监管岗", "小赵", "科员", "1234"]
    )

    _, people = previewed.intakes
    assert len(people.rows) == 1
    (asked,) = [found for found in previewed.findings if found.code == "IMP047"]
    assert "读作 1 个人" in asked.message


def test_a_name_that_two_registered_people_bear_is_refused(cast: Cast) -> None:
    for number in ("LH-M91", "LH-M92"):
        Person.objects.create(number=number, name="小赵", unit_id="LH-WRF", unit_path="JW/LH/LH-WRF/")

    previewed = looked_at(["污染防治科", "许可岗", "小赵", "科员", "1234"])

    assert not previewed.is_storable
    (asked,) = [found for found in previewed.findings if found.code == "IMP047"]
    assert "LH-M91、LH-M92" in asked.message


def test_a_staff_list_before_its_units_says_one_thing_a_unit(cast: Cast) -> None:
    previewed = looked_at(["没有的科", "许可岗", "小赵", "", ""], ["没有的科", "监管岗", "小钱", "", ""])

    codes = [found.code for intake in previewed.intakes for found in intake.findings if found.code.startswith("IMP")]
    assert codes == ["IMP030"]
    assert not previewed.is_storable
