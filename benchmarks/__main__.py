"""Runs one benchmark by name: ``python -m benchmarks NAME [--json] [--small]``; ``script/bench`` calls this."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from dataclasses import replace
from types import ModuleType

from benchmarks.figures import CannotMeasure, as_json, as_table

SMALL = {"SIZES": (2_000, 4_000), "LINES": 2_000, "REPEATS": 2, "SETTLED": 0.1, "OPTIONS": ()}
"""What ``--small`` puts in the place of a benchmark's own sizes: enough to run it, too little to judge."""


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 0, 1 where a limit is not kept, 2 where nothing could be measured."""
    name, *switches = arguments
    module = importlib.import_module(f"benchmarks.{name}")
    if "--small" in switches:
        _shrink(module)
    try:
        figures = module.main()
    except CannotMeasure as reason:
        print(f"script/bench {name}: {reason}", file=sys.stderr)
        return 2
    if "--small" in switches:
        figures = [replace(figure, limit=None) for figure in figures]
    print(as_json(name, figures) if "--json" in switches else as_table(figures))
    return 0 if all(figure.is_kept for figure in figures) else 1


def _shrink(module: ModuleType) -> None:
    for name in vars(module).keys() & SMALL.keys():
        setattr(module, name, SMALL[name])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
