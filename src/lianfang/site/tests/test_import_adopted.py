"""The ordinary five-column list, approved on paper and adopted on its minutes, is in the ledger afterwards (S41)."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.documents.tables import Cell, Contents, FileKind, Table
from lianfang.kernel.findings import Severity
from lianfang.kernel.levels import Grade
from lianfang.registers.controls.models import Control
from lianfang.registers.controls.queries.ledger import ledger_under
from lianfang.registers.controls.states import ControlState
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.states import PowerState
from lianfang.registers.risks.models import Risk
from lianfang.registers.risks.states import RiskState
from lianfang.site.importing import Preview, preview, store_preview
from lianfang.site.intake import Taking

MINUTES = "局党组会纪要〔2026〕9号"
FIVE: tuple[Cell, ...] = ("岗位", "风险点", "表现形式", "风险等级", "防控措施", "责任人")
LINES: tuple[tuple[Cell, ...], ...] = (
    ("LH-WRF-02", "透露抽查名单换取好处", "企业提前停产", "高", "任务当日随机派发，科长次日抽查影像", "LH-M04"),
    ("LH-WRF-02", "少记转移数量收受好处", "联单与台账不符", "低", "每季度抽查十份联单", "LH-M04"),
)


def adopted(cast: Cast, head: Sequence[Cell], lines: Sequence[Sequence[Cell]]) -> Preview:
    """The list, taken in on the minutes."""
    previewed = looked_at(head, lines, Taking("LH-WRF", adopting=True, actor=cast.coordinator))
    store_preview(cast.coordinator, previewed, "清单.docx", MINUTES)
    return previewed


def looked_at(head: Sequence[Cell], lines: Sequence[Sequence[Cell]], terms: Taking) -> Preview:
    table = Table("清单", [list(head), *map(list, lines)], range(1, len(lines) + 2))
    return preview(Contents(FileKind.XLSX, (table,)), terms)


def said(previewed: Preview, code: str) -> list[str]:
    return [one.message for intake in previewed.intakes for one in intake.findings if one.code == code]


@pytest.mark.covers("S41", "S42")
def test_an_adopted_ledger_without_states_is_in_force_and_in_the_ledger(cast: Cast) -> None:
    previewed = adopted(cast, FIVE, LINES)

    assert [(risk.state, risk.grade) for risk in Risk.objects.order_by("number")] == [
        (RiskState.LIVE, Grade.HIGH),
        (RiskState.LIVE, Grade.LOW),
    ]
    assert {control.state for control in Control.objects.all()} == {ControlState.IN_FORCE}
    lines = list(ledger_under("JW/LH/LH-WRF/"))
    assert [(line.grade, line.controls, line.remark) for line in lines] == [
        (Grade.HIGH, ("任务当日随机派发，科长次日抽查影像",), ""),
        (Grade.LOW, ("每季度抽查十份联单",), ""),
    ]
    first, second = said(previewed, "IMP052")
    assert "没有“状态”列，承接的 2 条按审定依据读作“在控”" in first
    assert "读作“施行中”" in second


def test_a_line_without_a_grade_stays_a_draft_with_its_measures_and_that_is_said(cast: Cast) -> None:
    ungraded = (*LINES[1][:3], "", *LINES[1][4:])

    previewed = adopted(cast, FIVE, [LINES[0], ungraded])

    assert sorted(Risk.objects.values_list("state", flat=True)) == [RiskState.DRAFT, RiskState.LIVE]
    assert sorted(Control.objects.values_list("state", flat=True)) == [ControlState.DRAFT, ControlState.IN_FORCE]
    risks, measures = said(previewed, "IMP053")
    assert "1 条没有写等级，定不了级，承接以后仍是“填报中”" in risks
    assert "1 条所对的风险点还没有定级" in measures


def test_what_came_in_as_drafts_is_adopted_when_the_list_comes_again_on_its_minutes(cast: Cast) -> None:
    drafts = looked_at(FIVE, LINES, Taking("LH-WRF", actor=cast.coordinator))
    store_preview(cast.coordinator, drafts, "清单.docx")
    assert set(Risk.objects.values_list("state", flat=True)) == {RiskState.DRAFT}

    adopted(cast, FIVE, LINES)

    assert set(Risk.objects.values_list("state", flat=True)) == {RiskState.LIVE}
    assert Risk.objects.count() == Control.objects.count() == 2
    assert len(list(ledger_under("JW/LH/LH-WRF/"))) == 2


def test_what_was_closed_since_is_not_brought_back_by_the_old_list(cast: Cast) -> None:
    adopted(cast, FIVE, LINES)
    Risk.objects.filter(grade=Grade.LOW.value).update(state=RiskState.CLOSED.value)

    again = looked_at(FIVE, LINES, Taking("LH-WRF", adopting=True, actor=cast.coordinator))

    assert [(intake.created, intake.changed, intake.unchanged) for intake in again.intakes] == [([], [], 2)] * 2


def test_a_column_of_states_rules_and_its_drafts_are_counted(cast: Cast) -> None:
    lines = [(*LINES[0][:4], "在控"), (*LINES[1][:4], "")]

    previewed = adopted(cast, (*FIVE[:4], "状态"), lines)

    assert sorted(Risk.objects.values_list("state", flat=True)) == [RiskState.DRAFT, RiskState.LIVE]
    assert not said(previewed, "IMP052")
    (left,) = said(previewed, "IMP053")
    assert "1 条的状态写的是“填报中”、空着或者认不出" in left
    assert "写“在控”" in left


def test_adopted_powers_are_confirmed(cast: Cast) -> None:
    previewed = adopted(cast, ("职权名称", "职权类别"), [("危险废物经营许可", "行政许可")])

    assert Power.objects.get().state == PowerState.CONFIRMED
    assert Power.objects.get().approved_entry is not None
    assert [one.severity for intake in previewed.intakes for one in intake.findings if one.code == "IMP052"] == [
        Severity.HINT
    ]


def test_an_ordinary_import_supposes_nothing(cast: Cast) -> None:
    previewed = looked_at(FIVE, LINES, Taking("LH-WRF", actor=cast.coordinator))
    store_preview(cast.coordinator, previewed, "清单.docx")

    assert set(Risk.objects.values_list("state", flat=True)) == {RiskState.DRAFT}
    assert not said(previewed, "IMP052")


def test_a_live_risk_point_without_a_measure_says_so_in_the_ledger(cast: Cast) -> None:
    adopted(cast, FIVE[:4], [line[:4] for line in LINES])

    assert [(line.controls, line.remark) for line in ledger_under("JW/LH/LH-WRF/")] == [((), "尚无防控措施")] * 2


def test_running_numbers_are_said_once_not_to_be_numbers(cast: Cast) -> None:
    lines = [(at, *line) for at, line in enumerate(LINES, start=1)]

    previewed = looked_at(("序号", *FIVE), lines, Taking("LH-WRF", actor=cast.coordinator))

    assert len(said(previewed, "IMP032")) == 1
    assert not [text for text in said(previewed, "IMP003") if "序号" in text]
