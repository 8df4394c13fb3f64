"""A bracket that says by when a paper goes to whom: “形成报告(10月25日前报办公室)” (S17, S31)."""

from __future__ import annotations

import re

from lianfang.programme.plans.reader.clauses import receiver_later

_UP_TO_CLOSE = re.compile(r"(?:[^()]|\([^()]*\))*(?=\))")


def out_of_bracket(left: str, right: str) -> tuple[str, str]:
    """“Y(D前报Z)”: what stands before the bracket leads up to its day, and nothing behind it belongs there."""
    opened = left.rfind("(")
    inside = _UP_TO_CLOSE.match(right) if opened >= 0 and ")" not in left[opened:] else None
    if inside is None or not receiver_later(inside.group()):
        return left, right
    return f"{left[:opened]},{left[opened + 1 :]}", inside.group()
