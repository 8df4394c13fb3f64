"""All row rules over 10,000, 100,000 and 1,000,000 risk points: seconds, and whether they grow with the rows."""

from __future__ import annotations

import random
from collections.abc import Iterator

from benchmarks.figures import Figure
from benchmarks.parts.samples import risk_row
from benchmarks.parts.stage import clock
from lianfang.foundation.lint.engine import stream
from lianfang.registers.risks.rows import RiskRow
from lianfang.site.rules import RULES

SIZES = (10_000, 100_000, 1_000_000)


def main() -> list[Figure]:
    """Run the row rules on streams of each size."""
    figures, per_row = [], []
    for size in SIZES:
        with clock() as making:
            for _ in _rows(size):
                pass
        with clock() as running:
            found = sum(1 for _ in stream(RULES, _rows(size)))
        seconds = running.cpu - making.cpu
        per_row.append(seconds / size)
        figures += [
            Figure(f"{size:,} rows, row rules only", seconds, "cpu-s"),
            Figure(f"{size:,} rows, findings", found, "findings"),
        ]
    growth = per_row[-1] / per_row[0]
    return [*figures, Figure(f"cost of a row at {SIZES[-1]:,} : at {SIZES[0]:,}", growth, "×", limit=1.5)]


def _rows(count: int) -> Iterator[RiskRow]:
    chance = random.Random(20260815)
    return (risk_row(place, chance) for place in range(count))
