"""Numbers of imported lines: nobody's are taken, none is given twice, and nothing is lost between look and store."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lianfang.conftest import Cast
from lianfang.foundation.catalogue.numbers import LARGEST_SERIAL, last_given, note_used
from lianfang.foundation.documents.isolation import read_file
from lianfang.kernel.errors import Conflict, Refused
from lianfang.kernel.findings import Severity
from lianfang.registers.controls.actions import import_controls
from lianfang.registers.controls.rows import ControlRow
from lianfang.registers.powers.actions import create_power, edit_power
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.risks.models import Risk
from lianfang.site.importing import Preview, preview, store_preview
from lianfang.site.intake import Taking

HEADINGS = ("编号", "单位", "职权名称", "类别")
PERMIT = PowerRow(number="", unit="LH-WRF", name="危险废物经营许可", content="审查许可")


def looked_at(*lines: tuple[str, ...], headings: tuple[str, ...] = HEADINGS) -> Preview:
    """The preview of a list of powers."""
    stream = io.StringIO()
    csv.writer(stream).writerows([headings, *lines])
    return preview(read_file(("\ufeff" + stream.getvalue()).encode()), Taking("LH-WRF"))


def codes(previewed: Preview) -> list[str]:
    """Codes of what the reading found."""
    return [found.code for intake in previewed.intakes for found in intake.findings if found.code.startswith("IMP")]


def stored() -> dict[str, str]:
    """Number → name of all powers."""
    return dict(Power.objects.values_list("number", "name"))


@pytest.mark.parametrize("number", ["LH-ZF-P007", "LH-WRF-P2147483646", "LH-WRF-N001", "Q-P003", "LH-WRF-P٠٠٧"])
def test_a_number_that_the_unit_could_not_have_been_given_is_a_running_number_of_the_file(
    cast: Cast, number: str
) -> None:
    previewed = looked_at((number, "LH-WRF", "甲许可", "行政许可"))

    store_preview(cast.clerk, previewed, "清单")

    assert "IMP032" in codes(previewed)
    assert stored() == {"LH-WRF-P001": "甲许可"}
    assert last_given("LH-ZF-P") == 0


def test_no_list_can_use_up_the_numbers_of_a_unit(cast: Cast) -> None:
    note_used([f"LH-WRF-P{LARGEST_SERIAL + 1}", "LH-WRF-P2147483646", "LH-WRF-P004"])

    assert last_given("LH-WRF-P") == 4


def test_a_stored_number_still_names_its_entry_whatever_it_looks_like(cast: Cast) -> None:
    row = create_power(actor=cast.clerk, row=PERMIT)
    Power.objects.update(number="旧编号-P7")

    store_preview(cast.clerk, looked_at(("旧编号-P7", "LH-WRF", "改了名", "行政许可")), "清单")

    assert stored() == {"旧编号-P7": "改了名"}
    assert row.number == "LH-WRF-P001"


def test_a_number_of_another_units_entry_is_refused_instead_of_copied(cast: Cast) -> None:
    other = create_power(actor=cast.coordinator, row=replace(PERMIT, unit="LH-ZF"))

    with pytest.raises(Refused):
        store_preview(cast.clerk, looked_at((other.number, "LH-WRF", "抢过来的", "行政许可")), "清单")

    assert stored() == {other.number: PERMIT.name}


def test_a_measure_is_not_numbered_after_a_unit_that_is_not_the_actors(cast: Cast) -> None:
    Risk.objects.create(
        number="LH-WRF-R001",
        tier="section",
        unit_id="LH-WRF",
        unit_path="JW/LH/LH-WRF/",
        statement="打招呼",
        state="draft",
    )
    row = ControlRow(number="QT-BG-C900", risk="LH-WRF-R001", unit="QT-BG", action="逐件复核")

    with pytest.raises(Refused):
        import_controls(actor=cast.clerk, rows=[row], source="清单")


def test_lines_without_a_number_never_meet_a_number_that_the_file_brings_itself(cast: Cast) -> None:
    previewed = looked_at(
        ("LH-WRF-P002", "LH-WRF", "甲许可", "行政许可"),
        ("", "LH-WRF", "乙许可", "行政许可"),
        ("", "LH-WRF", "丙许可", "行政许可"),
    )
    shown = [row.number for row in previewed.intakes[0].rows]

    store_preview(cast.clerk, previewed, "清单")

    assert stored() == {"LH-WRF-P002": "甲许可", "LH-WRF-P003": "乙许可", "LH-WRF-P004": "丙许可"}
    assert shown == ["LH-WRF-P002", "LH-WRF-P003", "LH-WRF-P004"]


def test_the_same_line_twice_without_a_number_is_an_error_at_the_second(cast: Cast) -> None:
    line = ("", "LH-WRF", "甲许可", "行政许可")

    previewed = looked_at(line, ("", "LH-WRF", "乙许可", "行政许可"), line)

    (found,) = [item for item in previewed.intakes[0].findings if item.code == "IMP033"]
    assert not previewed.is_storable
    assert found.place is not None
    assert found.place.row == 4
    assert "第 2 行" in found.message


def test_numbering_a_long_list_asks_no_question_a_line(cast: Cast) -> None:
    few = [("", "LH-WRF", f"许可{number}", "行政许可") for number in range(3)]
    many = [("", "LH-WRF", f"许可{number}", "行政许可") for number in range(60)]

    with CaptureQueriesContext(connection) as short:
        looked_at(*few)
    with CaptureQueriesContext(connection) as long:
        looked_at(*many)

    assert len(long) == len(short)


def test_what_somebody_else_wrote_between_look_and_store_is_not_overwritten(cast: Cast) -> None:
    row = create_power(actor=cast.clerk, row=PERMIT)
    previewed = looked_at((row.number, "LH-WRF", "改名了", "行政许可"))
    edit_power(actor=cast.head, row=replace(row, content="别人刚写好的内容"), expected_version=row.version)

    with pytest.raises(Conflict) as refusal:
        store_preview(cast.clerk, previewed, "清单")

    assert refusal.value.details == (row.number,)
    assert Power.objects.get().content == "别人刚写好的内容"


def test_a_line_that_changes_nothing_does_not_undo_what_was_written_meanwhile(cast: Cast) -> None:
    row = create_power(actor=cast.clerk, row=PERMIT)
    previewed = looked_at((row.number, "LH-WRF", row.name), headings=HEADINGS[:3])
    assert previewed.intakes[0].unchanged == 1
    edit_power(actor=cast.head, row=replace(row, content="别人刚写好的内容"), expected_version=row.version)

    with pytest.raises(Conflict):
        store_preview(cast.clerk, previewed, "清单")

    assert Power.objects.get().content == "别人刚写好的内容"


def test_a_number_that_was_given_meanwhile_is_not_overwritten_and_a_provisional_one_moves_on(cast: Cast) -> None:
    nameless = looked_at(("", "LH-WRF", "甲许可", "行政许可"))
    numbered = looked_at(("LH-WRF-P001", "LH-WRF", "乙许可", "行政许可"))
    create_power(actor=cast.head, row=PERMIT)

    store_preview(cast.clerk, nameless, "清单")
    with pytest.raises(Conflict):
        store_preview(cast.clerk, numbered, "清单")

    assert stored() == {"LH-WRF-P001": PERMIT.name, "LH-WRF-P002": "甲许可"}


def test_a_number_that_no_entry_has_is_told_at_its_cell_before_it_makes_a_new_one(cast: Cast) -> None:
    mine = create_power(actor=cast.clerk, row=PERMIT)

    previewed = looked_at(("LH-WRF-P0099", "LH-WRF", PERMIT.name, "行政许可"), ("", "LH-WRF", "乙许可", "行政许可"))

    (found,) = [item for item in previewed.intakes[0].findings if item.code == "IMP044"]
    assert (found.severity, found.place.cell if found.place else "") == (Severity.WARNING, "A2")
    assert "没有编号“LH-WRF-P0099”，将新建一条" in found.message
    assert f"（内容相同的已有 {mine.number}）" in found.message
    assert "要新建，请把编号留空" in found.message
    assert previewed.is_storable


def test_a_slip_in_the_unit_of_a_number_is_told_too_where_it_makes_a_new_entry(cast: Cast) -> None:
    mine = create_power(actor=cast.clerk, row=PERMIT)

    renamed = looked_at((mine.number.replace("WRF", "WFR"), "LH-WRF", "改了名", "行政许可"))
    by_name = looked_at((mine.number.replace("WRF", "WFR"), "LH-WRF", PERMIT.name, "行政许可"))

    assert "IMP044" in codes(renamed)
    assert "IMP044" not in codes(by_name)
    assert by_name.intakes[0].changed == [mine.number]


def test_where_a_series_begins_with_the_file_its_numbers_are_no_slips(cast: Cast) -> None:
    assert "IMP044" not in codes(looked_at(("LH-WRF-P001", "LH-WRF", "甲许可", "行政许可")))


def test_running_numbers_of_a_list_are_no_slips(cast: Cast) -> None:
    create_power(actor=cast.clerk, row=PERMIT)

    assert "IMP044" not in codes(looked_at(("1", "LH-WRF", "甲许可", "行政许可")))


def test_of_many_new_numbers_the_first_are_named_and_the_rest_counted(cast: Cast) -> None:
    create_power(actor=cast.clerk, row=PERMIT)

    previewed = looked_at(*((f"LH-WRF-P{serial}", "LH-WRF", f"许可{serial}", "行政许可") for serial in range(100, 160)))

    told = [item for item in previewed.intakes[0].findings if item.code == "IMP044"]
    assert len(told) == 51
    assert "另有 10 行" in told[-1].message
