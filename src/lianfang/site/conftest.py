"""The stage that tests of several rooms share, borrowed from the rooms that set it."""

from __future__ import annotations

from lianfang.registers.controls.tests.conftest import risk_at
from lianfang.registers.risks.tests.conftest import power, reviewer, round_of

__all__ = ["power", "reviewer", "risk_at", "round_of"]
