"""Posts, people, and who held which post from when to when."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from lianfang.conftest import LONG_AGO, Cast
from lianfang.foundation.journal.queries import history_of
from lianfang.foundation.organisation import actions
from lianfang.foundation.organisation.models import Person, Post, Tenure
from lianfang.foundation.organisation.queries import holders_on
from lianfang.foundation.organisation.rows import PersonRow, PostRank, PostRow, TenureRow
from lianfang.kernel.errors import Absent, Conflict, Invalid, Refused
from lianfang.kernel.rows import digest

BASIS = "临环党组〔2026〕5号"
SPRING, SUMMER, AUTUMN = datetime.date(2026, 3, 1), datetime.date(2026, 6, 1), datetime.date(2026, 9, 1)
DEPUTY_HEAD = PostRow(
    number="",
    unit="LH-WRF",
    name="污染防治科副科长",
    rank=PostRank.HEAD,
    duty="协助科长管理排污许可。",
    integrity_duty="对许可审查环节的廉政负责。",
)
TENURE = TenureRow(number="", person="LH-M04", post="LH-WRF-01", start=SPRING)


@pytest.mark.covers("S7", "S8")
def test_a_post_is_set_up_with_both_duties_and_the_units_next_number(cast: Cast) -> None:
    row = actions.create_post(actor=cast.coordinator, row=DEPUTY_HEAD, basis=BASIS)

    assert row.number == "LH-WRF-03"
    assert (row.duty, row.integrity_duty) == (DEPUTY_HEAD.duty, DEPUTY_HEAD.integrity_duty)
    assert Post.objects.get(number="LH-WRF-03").unit_path == "JW/LH/LH-WRF/"


def test_a_post_number_is_not_used_twice(cast: Cast) -> None:
    with pytest.raises(Invalid, match="已经有岗位使用"):
        actions.create_post(actor=cast.coordinator, row=replace(DEPUTY_HEAD, number="LH-WRF-01"))


def test_an_edit_changes_duties_and_leaves_unit_and_end_alone(cast: Cast) -> None:
    before = Post.objects.get(number="LH-WRF-02").to_row()
    wanted = replace(before, duty="新的职责。", unit="LH-ZF", closed_on=SPRING)

    row = actions.edit_post(actor=cast.coordinator, row=wanted, seen=digest(before))

    assert row == replace(before, duty="新的职责。")
    with pytest.raises(Conflict):
        actions.edit_post(actor=cast.coordinator, row=before, seen=digest(before))


def test_a_moved_post_keeps_its_number_and_takes_its_tenures_along(cast: Cast) -> None:
    row = actions.move_post(actor=cast.coordinator, number="LH-WRF-02", unit="LH-ZF", basis=BASIS)

    assert (row.number, row.unit) == ("LH-WRF-02", "LH-ZF")
    assert Tenure.objects.get(post__number="LH-WRF-02").unit_path == "JW/LH/LH-ZF/"
    assert history_of("posts", "LH-WRF-02")[0].basis == BASIS


def test_a_post_is_closed_when_nobody_holds_it_any_more(cast: Cast) -> None:
    with pytest.raises(Invalid, match="小李"):
        actions.close_post(actor=cast.coordinator, number="LH-WRF-02", on=SUMMER, basis=BASIS)
    actions.end_tenure(actor=cast.coordinator, number="LH-M04/LH-WRF-02", on=SPRING, basis=BASIS)

    row = actions.close_post(actor=cast.coordinator, number="LH-WRF-02", on=SUMMER, basis=BASIS)

    assert row.closed_on == SUMMER
    with pytest.raises(Invalid, match="撤销"):
        actions.start_tenure(actor=cast.coordinator, row=replace(TENURE, post="LH-WRF-02", start=AUTUMN), basis=BASIS)


def test_a_person_is_given_the_bureaus_next_number(cast: Cast) -> None:
    row = actions.create_person(actor=cast.coordinator, row=PersonRow(number="", name="新来的小陈", unit="LH-WRF"))

    assert row.number == "LH-M06"


def test_a_person_moves_to_another_unit_of_the_bureau_and_not_beyond_it(cast: Cast) -> None:
    before = Person.objects.get(number="LH-M04").to_row()

    row = actions.edit_person(actor=cast.coordinator, row=replace(before, unit="LH-ZF"), seen=digest(before))

    assert row.unit == "LH-ZF"
    assert Person.objects.get(number="LH-M04").unit_path == "JW/LH/LH-ZF/"
    with pytest.raises(Refused):
        actions.edit_person(actor=cast.coordinator, row=replace(before, unit="QT-BG"), seen=digest(row))


def test_a_tenure_begins_with_a_basis_and_names_the_holder_from_that_day(cast: Cast) -> None:
    actions.end_tenure(actor=cast.coordinator, number="LH-M03/LH-WRF-01", on=SPRING, basis=BASIS)

    row = actions.start_tenure(actor=cast.coordinator, row=replace(TENURE, start=SUMMER), basis=BASIS)

    assert row.number == "LH-M04/LH-WRF-01/2026-06-01"
    assert holders_on(["LH-WRF-01"], SPRING) == {"LH-WRF-01": ["张科长"]}
    assert holders_on(["LH-WRF-01"], SUMMER) == {"LH-WRF-01": ["小李"]}


@pytest.mark.parametrize(
    "row",
    [
        replace(TENURE, post="LH-WRF-02"),
        replace(TENURE, end=LONG_AGO),
    ],
)
def test_a_tenure_that_cannot_be_is_refused(cast: Cast, row: TenureRow) -> None:
    with pytest.raises(Invalid):
        actions.start_tenure(actor=cast.coordinator, row=row, basis=BASIS)

    assert Tenure.objects.filter(person__number="LH-M04").count() == 1


def test_the_same_post_can_be_held_again_after_a_break(cast: Cast) -> None:
    actions.end_tenure(actor=cast.coordinator, number="LH-M04/LH-WRF-02", on=SPRING, basis=BASIS)

    actions.start_tenure(actor=cast.coordinator, row=replace(TENURE, post="LH-WRF-02", start=SUMMER), basis=BASIS)

    assert Tenure.objects.filter(person__number="LH-M04", post__number="LH-WRF-02").count() == 2


@pytest.mark.parametrize(("on", "basis"), [(LONG_AGO - datetime.timedelta(days=1), BASIS), (SPRING, " ")])
def test_a_tenure_ends_after_its_beginning_and_with_a_basis(cast: Cast, on: datetime.date, basis: str) -> None:
    with pytest.raises(Invalid):
        actions.end_tenure(actor=cast.coordinator, number="LH-M04/LH-WRF-02", on=on, basis=basis)


def test_a_tenure_ends_once(cast: Cast) -> None:
    actions.end_tenure(actor=cast.coordinator, number="LH-M04/LH-WRF-02", on=SPRING, basis=BASIS)

    with pytest.raises(Conflict):
        actions.end_tenure(actor=cast.coordinator, number="LH-M04/LH-WRF-02", on=SUMMER, basis=BASIS)


def test_whoever_leaves_gives_up_every_post_on_that_day(cast: Cast) -> None:
    actions.start_tenure(actor=cast.coordinator, row=TENURE, basis=BASIS)

    row = actions.record_departure(actor=cast.coordinator, number="LH-M04", on=SUMMER, basis=BASIS)

    assert row.left_on == SUMMER
    assert set(Tenure.objects.filter(person__number="LH-M04").values_list("end", flat=True)) == {SUMMER}
    assert history_of("tenures", "LH-M04/LH-WRF-02")[0].verb == "离任"
    with pytest.raises(Invalid, match="离开"):
        actions.start_tenure(actor=cast.coordinator, row=replace(TENURE, start=AUTUMN), basis=BASIS)


def test_nobody_leaves_before_a_tenure_has_begun(cast: Cast) -> None:
    actions.start_tenure(actor=cast.coordinator, row=replace(TENURE, start=AUTUMN), basis=BASIS)

    with pytest.raises(Invalid, match="晚于离开日期"):
        actions.record_departure(actor=cast.coordinator, number="LH-M04", on=SUMMER, basis=BASIS)


def test_another_bureau_finds_none_of_it(cast: Cast) -> None:
    with pytest.raises(Absent):
        actions.end_tenure(actor=cast.outsider, number="LH-M04/LH-WRF-02", on=SPRING, basis=BASIS)
    with pytest.raises(Absent):
        actions.close_post(actor=cast.outsider, number="LH-WRF-02", on=SPRING, basis=BASIS)
    with pytest.raises(Refused):
        actions.start_tenure(actor=cast.head, row=TENURE, basis=BASIS)
