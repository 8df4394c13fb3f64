"""CTL003 held against measures written for the purpose, from many fields: 实 can be checked, 虚 only exhorts.

``first.csv`` was at hand while the rule was mended. ``held_out.csv`` was written apart and looked at afterwards; it
then taught the rule a single word (月底).
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from lianfang.registers.controls.rules.checkable import is_slogan

MEASURES = Path(__file__).parent / "measures"
ENOUGH = 0.95


@pytest.mark.covers("S55", "S84")
@pytest.mark.parametrize("name", ["first", "held_out"])
def test_exhortations_are_heard_and_actions_left_alone(name: str) -> None:
    with (MEASURES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))

    flagged = [line["实虚"] for line in lines if is_slogan(line["措施"])]

    empty = sum(line["实虚"] == "虚" for line in lines)
    assert min(empty, len(lines) - empty) >= 24
    assert flagged.count("虚") / len(flagged) >= ENOUGH
    assert flagged.count("虚") / empty >= ENOUGH
