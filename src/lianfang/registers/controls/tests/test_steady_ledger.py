"""The kept ledger is of one moment: what is approved while it is read is in it whole, or it is not kept."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from lianfang.conftest import Cast
from lianfang.kernel.errors import Conflict
from lianfang.kernel.levels import Grade
from lianfang.registers.controls import actions
from lianfang.registers.controls.models import Snapshot
from lianfang.registers.controls.queries import ledger
from lianfang.registers.controls.queries.ledger import ledger_under, lines_of
from lianfang.registers.controls.tests.conftest import RiskAt
from lianfang.registers.controls.tests.test_controls_actions import in_force
from lianfang.registers.risks.queries.risks import approved_risks
from lianfang.registers.risks.rows import RiskRow

Write = Callable[[], object]


def between(monkeypatch: pytest.MonkeyPatch, write: Write, times: int) -> list[int]:
    """Have somebody ``write`` after the measures were read and before the risk points are, so many times."""
    asked: list[int] = []

    def read_late(path: str) -> list[RiskRow]:
        asked.append(len(asked) + 1)
        if len(asked) <= times:
            write()
        return approved_risks(path)

    monkeypatch.setattr(ledger, "approved_risks", read_late)
    return asked


def test_a_measure_approved_meanwhile_stands_in_the_ledger_with_its_risk_point(
    cast: Cast, risk_at: RiskAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    risk_at(Grade.LOW)
    asked = between(monkeypatch, lambda: (risk_at(Grade.LOW, "LH-WRF-R002"), in_force(cast)), times=1)

    kept = actions.generate_ledger(actor=cast.coordinator, unit="LH")

    assert len(asked) == 2
    lines = lines_of(Snapshot.objects.get(number=kept.number))
    assert lines == ledger_under("JW/LH/")
    assert [(line.risk, len(line.controls)) for line in lines] == [("LH-WRF-R001", 1), ("LH-WRF-R002", 0)]


def test_what_is_written_again_and_again_is_not_kept(
    cast: Cast, risk_at: RiskAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    serials = itertools.count(1)
    asked = between(monkeypatch, lambda: risk_at(Grade.LOW, f"LH-WRF-R{next(serials):03d}"), times=99)

    with pytest.raises(Conflict, match="正在被审定或者修改，没有生成"):
        actions.generate_ledger(actor=cast.coordinator, unit="LH")

    assert (len(asked), Snapshot.objects.count()) == (3, 0)


def test_what_stands_still_is_read_once(cast: Cast, risk_at: RiskAt, monkeypatch: pytest.MonkeyPatch) -> None:
    risk_at(Grade.LOW)
    asked = between(monkeypatch, lambda: None, times=0)

    actions.generate_ledger(actor=cast.coordinator, unit="LH")

    assert asked == [1]
