"""A lint rule as a value: code, weight, question, check, and one example on each side of the line."""

from __future__ import annotations

import datetime
import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from lianfang.foundation.lint.material import Material
from lianfang.kernel.findings import Dimension, Finding, Severity
from lianfang.kernel.rows import Row

HEADINGS = ("检查什么", "为什么", "怎么改", "来源")
"""The four parts of every rule's docstring, in this order; its reference page is made of them."""


EXAMPLE_DAY = datetime.date(2026, 10, 30)
"""The day on which the examples of all rules are checked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One line of the table of rules; a code is never used again for something else.

    A *row rule* leaves ``reads`` empty and its check takes entries of ``subject`` (of every register where ``subject``
    is ``None``). A *register rule* names in ``reads`` all registers it needs, and its check takes a
    :class:`Material`. ``subject`` is the register whose entries are counted in the score of the rule's dimension.
    """

    code: str
    severity: Severity
    dimension: Dimension
    title: str
    check: Callable[[Any], Iterator[Finding]]
    subject: type[Row] | None
    fails: tuple[Row, ...]
    passes: tuple[Row, ...]
    reads: tuple[type[Row], ...] = ()
    whole: bool = False
    """Whether it counts or compares a whole register, or misses what should be in it: of a part it would say nothing
    true, so it does not look at a file that holds only part of a list."""
    sources: tuple[str, ...] = ()
    status: Literal["preview", "stable", "deprecated"] = "stable"

    @property
    def is_row_rule(self) -> bool:
        """Whether the check looks at entries one by one."""
        return not self.reads

    @property
    def family(self) -> str:
        """The letters of the code, such as PWR."""
        return self.code.rstrip("0123456789")

    def example(self, rows: Iterable[Row]) -> Material:
        """One of the two examples as something to check: the registers that the rule reads, on the fixed day."""
        return Material(rows, registers=self.reads, today=EXAMPLE_DAY)

    @property
    def explanation(self) -> dict[str, str]:
        """The docstring of the check by heading; a missing heading is missing here too."""
        found: dict[str, list[str]] = {}
        current: list[str] = []
        for line in (inspect.getdoc(self.check) or "").splitlines():
            name, colon, rest = line.strip().partition("：")
            if colon and name in HEADINGS:
                current = found.setdefault(name, [])
                current.append(rest)
            elif line.strip():
                current.append(line.strip())
        return {name: "".join(lines) for name, lines in found.items()}
