"""What an adopted list may not put in force or undo: measures of ungraded points, rewritten entries, ended ones."""

from __future__ import annotations

import dataclasses

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.documents.tables import Cell, Contents, FileKind, Table
from lianfang.registers.controls.actions import edit_control
from lianfang.registers.controls.models import Control
from lianfang.registers.controls.rows import ControlRow
from lianfang.registers.controls.states import ControlState
from lianfang.registers.powers.models import Power
from lianfang.registers.risks.models import Risk
from lianfang.registers.risks.states import RiskState
from lianfang.site.importing import preview, store_preview
from lianfang.site.intake import Taking
from lianfang.site.tests.test_import_adopted import FIVE, LINES, MINUTES, adopted, looked_at, said

RISKS: list[Cell] = ["风险点编号", "岗位", "风险点", "表现形式", "风险等级"]
MEASURES: list[Cell] = ["风险点编号", "防控措施", "责任人"]


def drafted(cast: Cast) -> None:
    """The list, taken in without minutes."""
    store_preview(cast.coordinator, looked_at(FIVE, LINES, Taking("LH-WRF", actor=cast.coordinator)), "清单.docx")


def rewritten(cast: Cast, measure: ControlRow) -> None:
    """The measure in other words, as somebody writes it on its page."""
    row = dataclasses.replace(measure, action="任务当日由系统派发，科长当日抽查影像")
    edit_control(actor=cast.clerk, row=row, expected_version=measure.version)


@pytest.mark.covers("S41", "S42")
@pytest.mark.parametrize(("grade", "state"), [("", ControlState.DRAFT), ("高", ControlState.IN_FORCE)])
def test_measures_in_a_sheet_of_their_own_wait_for_the_grade_of_their_point(
    cast: Cast, grade: str, state: ControlState
) -> None:
    risks = Table("风险", [RISKS, ["LH-WRF-R001", *LINES[0][:3], grade]], range(1, 3))
    measures = Table("措施", [MEASURES, ["LH-WRF-R001", LINES[0][4], "LH-M04"]], range(1, 3))

    previewed = preview(
        Contents(FileKind.XLSX, (measures, risks)), Taking("LH-WRF", adopting=True, actor=cast.coordinator)
    )
    store_preview(cast.coordinator, previewed, "清单.xlsx", MINUTES)

    assert Control.objects.get().state == state
    assert bool(said(previewed, "IMP053")) is not bool(said(previewed, "IMP052"))


def test_measures_adopted_alone_wait_for_the_grade_of_a_stored_draft(cast: Cast) -> None:
    drafted(cast)

    previewed = adopted(cast, MEASURES, [("LH-WRF-R001", "每周核对一次派发记录", "LH-M04")])

    assert set(Control.objects.values_list("state", flat=True)) == {ControlState.DRAFT}
    assert not said(previewed, "IMP052")
    (left,) = said(previewed, "IMP053")
    assert "1 条所对的风险点还没有定级" in left


def test_measures_adopted_alone_are_in_force_beside_a_point_that_has_its_grade(cast: Cast) -> None:
    adopted(cast, FIVE, LINES)

    adopted(cast, MEASURES, [("LH-WRF-R001", "每周核对一次派发记录", "LH-M04")])

    assert Control.objects.get(action="每周核对一次派发记录").state == ControlState.IN_FORCE


def test_a_measure_that_was_rewritten_since_is_not_made_again_in_its_old_words(cast: Cast) -> None:
    adopted(cast, FIVE, LINES)
    before = Control.objects.order_by("number")[0].to_row()
    rewritten(cast, before)

    again = adopted(cast, FIVE, LINES)

    assert Control.objects.count() == 2
    assert Control.objects.get(number=before.number).action == "任务当日由系统派发，科长当日抽查影像"
    (told,) = said(again, "IMP056")
    assert f"已经登记为 {before.number}，以后在系统里改写过" in told


def test_a_rewritten_measure_and_its_old_words_in_one_list_are_one(cast: Cast) -> None:
    adopted(cast, FIVE, LINES)
    before = Control.objects.order_by("number")[0].to_row()
    rewritten(cast, before)
    both = (*LINES[0][:4], f"1.{LINES[0][4]}\n2.任务当日由系统派发，科长当日抽查影像", LINES[0][5])

    again = looked_at(FIVE, [both, LINES[1]], Taking("LH-WRF", adopting=True, actor=cast.coordinator))

    assert [intake.created for intake in again.intakes] == [[], []]
    assert len(said(again, "IMP056")) == 1


def test_a_power_that_was_renamed_since_is_not_confirmed_again_under_its_old_name(cast: Cast) -> None:
    head, line = ("职权名称", "职权类别"), ("危险废物经营许可", "行政许可")
    drafts = looked_at(head, [line], Taking("LH-WRF", actor=cast.coordinator))
    store_preview(cast.coordinator, drafts, "清单.docx")
    number = Power.objects.get().number
    renamed = looked_at(
        ("编号", *head), [(number, "危险废物综合经营许可", "行政许可")], Taking("LH-WRF", actor=cast.coordinator)
    )
    store_preview(cast.coordinator, renamed, "清单.docx")

    again = adopted(cast, head, [line])

    assert Power.objects.get().name == "危险废物综合经营许可"
    assert len(said(again, "IMP056")) == 1


@pytest.mark.parametrize("state", [RiskState.REJECTED, RiskState.MERGED, RiskState.CLOSED])
def test_a_risk_point_that_came_to_nothing_here_bars_nobodys_list(cast: Cast, state: RiskState) -> None:
    drafted(cast)
    Risk.objects.filter(number="LH-WRF-R002").update(state=state.value)

    again = adopted(cast, FIVE, LINES)

    assert dict(Risk.objects.values_list("number", "state")) == {
        "LH-WRF-R001": RiskState.LIVE,
        "LH-WRF-R002": state,
    }
    states = dict(Control.objects.values_list("risk__number", "state"))
    assert states == {"LH-WRF-R001": ControlState.IN_FORCE, "LH-WRF-R002": ControlState.DRAFT}
    (told,) = said(again, "IMP056")
    assert f"1 条在系统里已经了结（LH-WRF-R002 {state.label}）" in told


def test_live_entries_in_a_list_without_grades_are_not_told_to_be_drafts(cast: Cast) -> None:
    adopted(cast, FIVE, LINES)

    again = adopted(cast, (*FIVE[:3], *FIVE[4:]), [(*line[:3], *line[4:]) for line in LINES])

    assert set(Risk.objects.values_list("state", flat=True)) == {RiskState.LIVE}
    assert not said(again, "IMP053")
    assert not said(again, "IMP052")
