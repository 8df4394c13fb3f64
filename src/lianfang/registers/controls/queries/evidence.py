"""What tests say about the measures against one risk point, for whoever decides about its grade (S55, S66)."""

from __future__ import annotations

from lianfang.registers.controls.models import ControlTest
from lianfang.registers.controls.rows import Verdict
from lianfang.registers.risks.queries.evidence import Tested


def tests_of_a_risk(risk: str) -> tuple[Tested, ...]:
    """Tests of all measures against the risk point of that number, newest first."""
    found: list[Tested] = []
    failed: set[str] = set()
    tests = ControlTest.objects.filter(control__risk__number=risk).order_by("-tested_on", "-id")
    for test in (one.to_row() for one in tests):
        is_effective = test.verdict is Verdict.EFFECTIVE
        found.append(Tested(test.number, test.tested_on, test.verdict.label, is_effective, test.control in failed))
        if not is_effective:
            failed.add(test.control)
    return tuple(found)
