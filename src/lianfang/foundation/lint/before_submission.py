"""What will stand in the way of handing an entry up, told on its page before anybody presses the button (0022)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lianfang.kernel.findings import Finding, Severity
from lianfang.kernel.lifecycle import Move


def offers_submission(moves: Iterable[Move[Any]]) -> bool:
    """Whether handing up is among the steps that are open to somebody."""
    return any(step.name == "submit" for step in moves)


def told_beforehand(number: str, faults: Iterable[str]) -> tuple[Finding, ...]:
    """The sentences with which an entry would be refused, as errors of its page."""
    return tuple(Finding(number, "", fault, severity=Severity.ERROR) for fault in faults)
