"""A measured figure, the machine it was measured on, and how both are shown."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass


class CannotMeasure(Exception):
    """What shall be measured is not there; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with its unit, and the limit it has to keep where it has one (smaller is better)."""

    name: str
    value: float
    unit: str
    limit: float | None = None

    @property
    def is_kept(self) -> bool:
        """Whether the figure keeps its limit."""
        return self.limit is None or self.value <= self.limit


def machine() -> dict[str, str | int]:
    """What the figures depend on."""
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count() or 1,
        "memory_mb": _memory(),
    }


def _memory() -> int:
    """Megabytes of memory, 0 where the system does not say."""
    if "SC_PHYS_PAGES" not in os.sysconf_names:
        return 0
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20


def as_json(name: str, figures: Sequence[Figure]) -> str:
    """For programs."""
    return json.dumps({"benchmark": name, "machine": machine(), "figures": [asdict(f) for f in figures]}, indent=1)


def as_table(figures: Sequence[Figure]) -> str:
    """For people: one line a figure, and a word where a limit is not kept."""
    lines = []
    for figure in figures:
        limit = "" if figure.limit is None else f"  (limit {figure.limit:g}{'' if figure.is_kept else ', NOT KEPT'})"
        lines.append(f"{figure.name:<44} {figure.value:>12,.2f} {figure.unit}{limit}")
    return "\n".join(lines)
