"""Whether those who answer for a measure stand high enough for its risk, told while it can still be mended (S74)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lianfang.foundation.lint.queries import findings_about
from lianfang.kernel.findings import Finding
from lianfang.kernel.rows import Row
from lianfang.registers.controls.rows import ControlRow
from lianfang.registers.controls.rules import RULES
from lianfang.registers.risks.rows import RiskRow

LEVELS = tuple(rule for rule in RULES if rule.code == "CTL007")


def level_findings(control: ControlRow, risk: RiskRow, around: Sequence[Row]) -> tuple[Finding, ...]:
    """What CTL007 will say of the risk point with this measure and its sisters, as a finding about the measure.

    ``around`` are the sisters and the people of the bureau.
    """
    found = findings_about(LEVELS, risk, [control, *around])
    return tuple(replace(one, number=control.number, kind=control.kind, field="supervisor") for one in found)
