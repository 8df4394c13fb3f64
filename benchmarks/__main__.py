"""Runs one benchmark by name; ``script/bench`` calls this."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.figures import CannotMeasure, as_json, as_table, names


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 0, 1 where a limit is not kept, 2 where nothing could be measured."""
    known = names(Path(__file__).parent)
    parser = argparse.ArgumentParser(prog="script/bench")
    parser.add_argument("name", nargs="?", choices=known, help="what to measure; without it, the names are listed")
    parser.add_argument("--json", action="store_true", help="for programs")
    options = parser.parse_args(arguments)
    if options.name is None:
        print("\n".join(known))
        return 0
    try:
        figures = importlib.import_module(f"benchmarks.{options.name}").main()
    except CannotMeasure as reason:
        print(f"script/bench {options.name}: {reason}", file=sys.stderr)
        return 2
    print(as_json(options.name, figures) if options.json else as_table(figures))
    return 0 if all(figure.is_kept for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
