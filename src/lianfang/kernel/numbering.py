"""Public numbers (编号): a unit's number, a letter for the register, and a running number."""

from __future__ import annotations

import re

LETTERS = {"powers": "P", "risks": "R", "negatives": "N", "regulations": "G", "controls": "C", "laws": "L",
           "searches": "S", "programmes": "F", "adjustments": "V"}  # fmt: skip
"""Register → letter; shown in every number, so never changed."""

MADE = (
    rf"(?<![A-Za-z0-9-])[A-Za-z0-9]{{1,16}}(?:-[A-Za-z0-9]{{1,16}}){{0,5}}-[{''.join(LETTERS.values())}]\d{{3,9}}"
    r"(?:/\d{1,4})?(?!\d)"
)
"""How a number made here looks in running text: ``LH-WRF-C006``, and with a serial of its own below it (``/2``)."""
_LONGEST = 200
"""Characters that no number reaches; Python itself refuses to read integers of some thousand digits."""
_NUMBER = re.compile(r"(?P<prefix>.+-[A-Z])(?P<serial>\d+)")


def prefix_of(unit: str, kind: str) -> str:
    """``LH-WRF`` and ``powers`` → ``LH-WRF-P``."""
    return f"{unit}-{LETTERS[kind]}"


def unit_at(path: str) -> str:
    """``JW/LH/LH-WRF/`` → ``LH-WRF``: a path ends in the number of the unit itself."""
    return path.rstrip("/").rpartition("/")[2]


def number(prefix: str, serial: int) -> str:
    """``LH-WRF-P`` and 7 → ``LH-WRF-P007``; serials beyond 999 simply grow."""
    return f"{prefix}{serial:03d}"


def split_number(text: str) -> tuple[str, int] | None:
    """Prefix and serial of a number made by ``number``, or ``None`` for any other text."""
    if len(text) > _LONGEST:
        return None
    prefix = text.rstrip("0123456789")
    # A look at three characters; only numbers written in other digits need the pattern.
    if text.isascii() and prefix.isprintable():
        known = len(text) > len(prefix) > 2 and prefix[-2] == "-" and "A" <= prefix[-1] <= "Z"
        return (prefix, int(text[len(prefix) :])) if known else None
    found = _NUMBER.fullmatch(text)
    return (found["prefix"], int(found["serial"])) if found else None
