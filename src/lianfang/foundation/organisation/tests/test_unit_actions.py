"""Units: set up, renamed, succeeded, moved, closed."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.accounts.models import Grant, User
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.catalogue.queries import search, tallied
from lianfang.foundation.catalogue.upkeep import index_pending
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.journal.queries import history_of
from lianfang.foundation.organisation import actions
from lianfang.foundation.organisation.models import Person, Post, Tenure, Unit
from lianfang.foundation.organisation.rows import UnitKind, UnitRow
from lianfang.kernel.errors import Absent, Conflict, Invalid, Refused
from lianfang.kernel.rows import digest
from lianfang.kernel.sectors import Sector
from lianfang.registers.powers.actions import create_power
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.rows import PowerRow

SOIL = UnitRow(number="LH-TR", name="土壤科", unit_kind=UnitKind.SECTION, parent="LH")
BASIS = "区委编委〔2026〕3号"
DAY = datetime.date(2026, 7, 1)


@pytest.mark.covers("S1")
def test_a_unit_is_set_up_below_its_parent(cast: Cast) -> None:
    row = actions.create_unit(actor=cast.coordinator, row=SOIL, basis=BASIS)

    assert Unit.objects.get(number="LH-TR").path == "JW/LH/LH-TR/"
    assert row == SOIL
    assert history_of("units", "LH-TR")[0].basis == BASIS


@pytest.mark.parametrize("number", ["LH-WRF", "lh-x", "污防", "LH/X", ""])
def test_a_unit_number_is_new_and_plain(cast: Cast, number: str) -> None:
    with pytest.raises(Invalid):
        actions.create_unit(actor=cast.coordinator, row=replace(SOIL, number=number))


def test_a_unit_outside_ones_own_part_of_the_tree_cannot_be_set_up(cast: Cast) -> None:
    for row in (replace(SOIL, parent="QT"), replace(SOIL, parent="")):
        with pytest.raises(Refused):
            actions.create_unit(actor=cast.coordinator, row=row)

    assert not Unit.objects.filter(number="LH-TR").exists()


@pytest.mark.parametrize("part", ["head", "secretary", "commission", "system", "security"])
def test_only_the_coordinator_writes_the_organisation(cast: Cast, part: str) -> None:
    with pytest.raises((Refused, Absent)):
        actions.rename_unit(actor=getattr(cast, part), number="LH-WRF", name="新名称", basis=BASIS)
    with pytest.raises(Refused):
        actions.create_unit(actor=getattr(cast, part), row=SOIL)


def test_an_edit_leaves_name_parent_and_end_alone(cast: Cast) -> None:
    before = Unit.objects.get(number="LH-ZF").to_row()
    wanted = replace(before, name="偷改的名称", unit_kind=UnitKind.STATION, parent="QT", valid_to=DAY)

    row = actions.edit_unit(actor=cast.coordinator, row=wanted, seen=digest(before))

    assert row == replace(before, unit_kind=UnitKind.STATION)


def test_the_second_of_two_editors_is_told_who_was_first(cast: Cast) -> None:
    before = Unit.objects.get(number="LH-ZF").to_row()
    actions.rename_unit(actor=cast.coordinator, number="LH-ZF", name="监察大队", basis=BASIS)

    with pytest.raises(Conflict, match="廉政办吴主任"):
        actions.edit_unit(actor=cast.coordinator, row=before, seen=digest(before))


@pytest.mark.covers("S1")
def test_a_renamed_unit_keeps_its_number_its_records_and_its_former_name(cast: Cast) -> None:
    create_power(actor=cast.clerk, row=PowerRow(number="", unit="LH-WRF", name="现场检查"))

    row = actions.rename_unit(actor=cast.coordinator, number="LH-WRF", name="水与土壤生态环境科", basis=BASIS)

    assert (row.number, row.aliases) == ("LH-WRF", ("污染防治科",))
    assert Power.objects.get().unit.name == "水与土壤生态环境科"
    assert [(change.field, change.after) for change in history_of("units", "LH-WRF")[0].changes] == []
    index_pending()
    assert search("units", [""], "污染防治科").numbers == ("LH-WRF",)


def test_a_unit_that_takes_back_its_former_name_does_not_bear_it_twice(cast: Cast) -> None:
    actions.rename_unit(actor=cast.coordinator, number="LH-WRF", name="水科", basis=BASIS)

    row = actions.rename_unit(actor=cast.coordinator, number="LH-WRF", name="污染防治科", basis=BASIS)

    assert row.aliases == ("水科",)


@pytest.mark.parametrize(("name", "basis"), [("", BASIS), ("新名称", " "), ("污染防治科", BASIS)])
def test_a_rename_needs_another_name_and_a_basis(cast: Cast, name: str, basis: str) -> None:
    with pytest.raises(Invalid):
        actions.rename_unit(actor=cast.coordinator, number="LH-WRF", name=name, basis=basis)


def test_a_successor_points_back_and_the_old_unit_stays_readable(cast: Cast) -> None:
    successor = UnitRow(number="LH-JCZD", name="执法监测大队", unit_kind=UnitKind.BRIGADE)

    row = actions.succeed_unit(actor=cast.coordinator, number="LH-ZF", successor=successor, on=DAY, basis=BASIS)

    assert (row.successor_of, row.parent, row.valid_from) == ("LH-ZF", "LH", DAY)
    assert Unit.objects.get(number="LH-ZF").valid_to == DAY
    assert history_of("units", "LH-ZF")[0].verb == "撤销单位"
    with pytest.raises(Conflict):
        actions.succeed_unit(
            actor=cast.coordinator, number="LH-ZF", successor=replace(successor, number="LH-X"), on=DAY, basis=BASIS
        )


@pytest.mark.covers("S40")
def test_the_field_of_a_bureau_is_stated_changed_and_handed_on(cast: Cast) -> None:
    before = Unit.objects.get(number="LH").to_row()

    row = actions.edit_unit(actor=cast.coordinator, row=replace(before, sector=Sector.WATER), seen=digest(before))
    Unit.objects.filter(number="LH-ZF").update(sector="water")
    heir = actions.succeed_unit(
        actor=cast.coordinator,
        number="LH-ZF",
        successor=UnitRow(number="LH-JCZD", name="执法监测大队", unit_kind=UnitKind.BRIGADE),
        on=DAY,
        basis=BASIS,
    )

    assert row.sector is Sector.WATER
    assert Unit.objects.get(number="LH").to_row() == row
    assert heir.sector is Sector.WATER


def test_a_moved_unit_takes_posts_people_tenures_powers_counts_and_grants_along(cast: Cast) -> None:
    power = create_power(actor=cast.clerk, row=PowerRow(number="", unit="LH-WRF", name="现场检查"))
    everywhere = User.objects.create(login="everywhere", title="总协调")
    Grant.objects.create(user=everywhere, role="COORD", scope="", start=datetime.date(2020, 1, 1))

    actions.move_unit(actor=everywhere, number="LH-WRF", parent="QT", basis=BASIS)

    new = "JW/QT/LH-WRF/"
    assert Unit.objects.get(number="LH-WRF").path == new
    for model, number in (
        (Post, "LH-WRF-01"),
        (Person, "LH-M03"),
        (Tenure, "LH-M03/LH-WRF-01"),
        (Power, power.number),
    ):
        assert model.objects.get(number=number).unit_path == new
    assert (tallied("powers", [new]), tallied("powers", ["JW/LH/"])) == (1, 0)
    index_pending()
    assert search("powers", [new], "现场检查").numbers == (power.number,)
    head = User.objects.get(login="head")
    assert head.may(Permission.POWERS_CLEAR, new)
    assert not head.may(Permission.POWERS_CLEAR, "JW/LH/LH-WRF/")
    assert {entry.verb for entry in Entry.objects.all()} >= {"unit:moved", "role:rescoped"}
    assert Entry.objects.get(verb="role:rescoped", number=head.grant_set.get().number).basis == BASIS


def test_a_unit_that_moves_there_and_back_is_where_it_was(cast: Cast) -> None:
    create_power(actor=cast.clerk, row=PowerRow(number="", unit="LH-WRF", name="现场检查"))
    everywhere = User.objects.create(login="everywhere", title="总协调")
    Grant.objects.create(user=everywhere, role="COORD", scope="", start=datetime.date(2020, 1, 1))

    actions.move_unit(actor=everywhere, number="LH-WRF", parent="QT", basis=BASIS)
    actions.move_unit(actor=everywhere, number="LH-WRF", parent="LH", basis=BASIS)

    assert Power.objects.get().unit_path == "JW/LH/LH-WRF/"
    assert tallied("powers", ["JW/LH/"]) == 1
    assert Grant.objects.get(user__login="head").scope == "JW/LH/LH-WRF/"


@pytest.mark.parametrize(
    ("number", "parent", "wrong"), [("LH", "LH-WRF", "下级"), ("LH", "LH", "下级"), ("LH-WRF", "LH", "现在就隶属")]
)
def test_a_unit_cannot_be_put_below_itself_or_where_it_is(cast: Cast, number: str, parent: str, wrong: str) -> None:
    with pytest.raises(Invalid, match=wrong):
        actions.move_unit(actor=cast.coordinator, number=number, parent=parent, basis=BASIS)


def test_a_unit_cannot_be_moved_out_of_ones_own_part_of_the_tree(cast: Cast) -> None:
    with pytest.raises(Refused):
        actions.move_unit(actor=cast.coordinator, number="LH-WRF", parent="QT", basis=BASIS)


def test_a_unit_with_open_units_or_posts_is_not_closed(cast: Cast) -> None:
    for number in ("LH", "LH-WRF"):
        with pytest.raises(Invalid, match="下面还有"):
            actions.close_unit(actor=cast.coordinator, number=number, on=DAY, basis=BASIS)

    actions.create_unit(actor=cast.coordinator, row=SOIL)
    row = actions.close_unit(actor=cast.coordinator, number="LH-TR", on=DAY, basis=BASIS)

    assert row.valid_to == DAY


def test_an_import_may_not_move_a_unit_or_a_post(cast: Cast) -> None:
    unit = Unit.objects.get(number="LH-WRF").to_row()
    post = Post.objects.get(number="LH-WRF-01").to_row()

    with pytest.raises(Invalid, match="所属单位"):
        actions.import_units(actor=cast.coordinator, rows=[replace(unit, parent="LH-ZF")], source="单位.xlsx")
    with pytest.raises(Invalid, match="所属单位"):
        actions.import_posts(actor=cast.coordinator, rows=[replace(post, unit="LH-ZF")], source="岗位.xlsx")


def test_imported_units_are_stored_parents_first_and_a_circle_is_refused(cast: Cast) -> None:
    child = UnitRow(number="LH-A-1", name="甲一组", unit_kind=UnitKind.SECTION, parent="LH-A")
    parent = UnitRow(number="LH-A", name="甲科", unit_kind=UnitKind.SECTION, parent="LH")

    stored = actions.import_units(actor=cast.coordinator, rows=[child, parent], source="单位.xlsx")

    assert stored.created == ("LH-A", "LH-A-1")
    assert Unit.objects.get(number="LH-A-1").path == "JW/LH/LH-A/LH-A-1/"
    circle = [replace(parent, number="X", parent="Y"), replace(parent, number="Y", parent="X")]
    with pytest.raises(Invalid, match="循环"):
        actions.import_units(actor=cast.coordinator, rows=circle, source="单位.xlsx")
