"""What will stand in the way of handing an entry up, told on its page before anybody presses the button (0022)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, ClassVar, Protocol

from lianfang.foundation.lint.entries import Fault
from lianfang.kernel.findings import Finding, Severity
from lianfang.kernel.lifecycle import Move


def offers_submission(moves: Iterable[Move[Any]]) -> bool:
    """Whether handing up is among the steps that are open to somebody."""
    return any(step.name == "submit" for step in moves)


class Headed(Protocol):
    """A Row whose fields have headings."""

    headings: ClassVar[dict[str, str]]

    @property
    def number(self) -> str:
        """The public number (编号)."""
        ...


def told_once(
    row: Headed, findings: Collection[Finding], faults: Collection[Fault], empty: Mapping[str, Collection[str]]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings of an entry, and as errors beside them what else it would be refused with: each thing said once.

    ``empty`` is rule → fields of ``row`` that the rule says are empty or filled with nothing. Where the faults speak of
    all of them they stand for the finding, because they also say what to write; otherwise the finding stands for them.
    """
    spoken = {fault.heading for fault in faults}
    named = {code: {row.headings[field] for field in fields} for code, fields in empty.items()}
    kept = tuple(found for found in findings if found.code not in named or not named[found.code] <= spoken)
    said = {heading for found in kept for heading in named.get(found.code, ())}
    left = (fault for fault in faults if fault.heading not in said)
    return kept, tuple(Finding(row.number, "", fault.sentence, severity=Severity.ERROR) for fault in left)
