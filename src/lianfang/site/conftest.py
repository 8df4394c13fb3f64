"""The stage that tests of several rooms share: a grading on its way, borrowed from the room of the risks."""

from __future__ import annotations

from lianfang.registers.risks.tests.conftest import power, reviewer, round_of

__all__ = ["power", "reviewer", "round_of"]
