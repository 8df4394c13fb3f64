"""Keep a spreadsheet from running cell text as a formula (CSV injection), so that writing and reading stay inverse.

In CSV an apostrophe is put before text that begins like a formula and is taken off again on reading. Plain numbers
and a lone dash are left as they are. Workbooks need no guard: their text cells are stored as text.
"""

from __future__ import annotations

import re

_LOOKS_LIKE_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_HARMLESS = re.compile(r"'*[-+－]?(?:\d+(?:\.\d+)?%?)?")


def needs_guard(text: str) -> bool:
    """Whether a spreadsheet might take ``text`` for a formula."""
    return _LOOKS_LIKE_FORMULA.match(text) is not None and _HARMLESS.fullmatch(text) is None


def guarded(text: str) -> str:
    """``text`` as it is safe to write in CSV."""
    return f"'{text}" if needs_guard(text) else text


def unguarded(text: str) -> str:
    """The text that ``guarded`` was given."""
    return text[1:] if text[:1] == "'" and needs_guard(text[1:]) else text
