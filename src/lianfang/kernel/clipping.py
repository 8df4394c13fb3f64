"""Echo what somebody wrote in a message without repeating an endless text."""

from __future__ import annotations

LONGEST_ECHO = 40
"""Characters of a foreign text that a message repeats; who needs the rest looks where it stands."""


def clipped(text: object, most: int = LONGEST_ECHO) -> str:
    """The text on one line, at most ``most`` characters of it."""
    line = " ".join(str(text).split())
    return line if len(line) <= most else f"{line[:most]}…"
