"""The layout of a power's flow chart: wrapping, placing, folding onto sheets."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from lianfang.kernel.levels import Grade
from lianfang.registers.powers.rows import PowerStep
from lianfang.registers.risks.flowchart import PAGE_HEIGHT, WIDTH, flow_chart, names_step, text_width, wrapped
from lianfang.registers.risks.rows import RiskRow, Tier

LONG = "组织两名以上持证执法人员对危险废物产生、贮存、转移、利用、处置各环节台账与实物逐项核对并制作现场检查笔录"
RISK = RiskRow(
    number="R001", tier=Tier.POST, unit="U", statement="检查人员收受礼金。" * 3, step="现场检查", grade=Grade.HIGH
)


def test_long_chinese_names_wrap_within_the_box_and_no_line_starts_with_a_closing_sign() -> None:
    lines = wrapped(f"{LONG}，{LONG}。", 296, 15, most=20)

    assert "".join(lines) == f"{LONG}，{LONG}。"
    assert all(text_width(line, 15) <= 296 + 15 for line in lines)
    assert not any(line[0] in "，。、；" for line in lines)


def test_what_exceeds_the_box_is_cut_with_dots() -> None:
    lines = wrapped(LONG * 5, 200, 13, most=3)

    assert len(lines) == 3
    assert lines[-1].endswith("……")


@pytest.mark.covers("S21")
def test_each_risk_point_stands_beside_the_step_it_names_and_the_others_at_the_end() -> None:
    steps = (PowerStep("受理"), PowerStep("现场检查", "执法员", "单人到场"))
    stray = replace(RISK, number="R002", step="归档")

    chart = flow_chart(steps, (RISK, stray))

    (sheet,) = chart.sheets
    boxes = {box.risk or box.texts[0].text: box for box in sheet.boxes}
    assert boxes["R001"].y == boxes["2. 现场检查"].y
    assert boxes["R001"].texts[0].text.startswith("▲高")
    assert boxes["2. 现场检查"].dashed
    assert not boxes["1. 受理"].dashed
    assert chart.loose == (stray,)
    assert boxes["R002"].y > boxes["2. 现场检查"].y


def test_steps_are_joined_by_arrows_from_foot_to_head() -> None:
    (sheet,) = flow_chart((PowerStep("甲"), PowerStep("乙"), PowerStep("丙")), ()).sheets

    arrows = [line for line in sheet.lines if line.arrow]

    assert len(arrows) == 2
    for arrow, upper, lower in zip(arrows, sheet.boxes, sheet.boxes[1:], strict=False):
        assert arrow.y1 == upper.y + upper.height
        assert arrow.y2 == lower.y - 1


def test_a_long_procedure_folds_onto_sheets_and_no_box_leaves_its_sheet() -> None:
    chart = flow_chart([PowerStep(f"{LONG}{serial}", "执法员") for serial in range(20)], ())

    assert len(chart.sheets) > 1
    assert sum(len(sheet.boxes) for sheet in chart.sheets) == 20
    for sheet in chart.sheets:
        assert sheet.height <= PAGE_HEIGHT + 12
        for box in sheet.boxes:
            assert box.y >= 0
            assert box.y + box.height <= sheet.height
            assert box.x + box.width <= WIDTH
            assert all(box.y < text.y < box.y + box.height for text in box.texts)


def test_nothing_overlaps() -> None:
    steps = [PowerStep("现场检查", "执法员", LONG), PowerStep("归档")]
    risks = [replace(RISK, number=f"R{serial}", step="现场检查" if serial < 5 else "归档") for serial in range(8)]

    (sheet,) = flow_chart(steps, risks, page_height=1e9).sheets

    cards = sorted((box for box in sheet.boxes if box.risk), key=lambda box: box.y)
    assert all(upper.y + upper.height < lower.y for upper, lower in pairwise(cards))


def test_no_step_gives_no_sheet() -> None:
    assert flow_chart((), ()).sheets == ()


@pytest.mark.parametrize(
    ("written", "name", "same"),
    [
        ("现场检查", "现场检查", True),
        ("现场 检查", "现场检查", True),
        ("现场检查", "组织现场检查", True),
        ("检查", "现场检查", False),
        ("", "现场检查", False),
        ("归档", "现场检查", False),
    ],
)
def test_a_step_is_recognised_by_its_wording(written: str, name: str, same: bool) -> None:
    assert names_step(written, name) is same
