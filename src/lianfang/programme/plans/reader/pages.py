"""Lines that a page has broken, and lines that only a page has: where to join, what to leave out."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

_MARKER = re.compile(
    r" {0,8}(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、]"
    r"|第[一二三四五六七八九十\d]{1,3}[阶部章期步]|[①-⑳]|附件|附:|[-*+•●·◆■] )"
)
_UNFINISHED = re.compile(r"(?:[,、《]|按照|根据|依照|依据|遵照|违反|落实|以及|关于|[和与及的])\Z")
"""A line that ends so goes on in the next: links of web pages often stand on lines of their own."""
_BEFORE_ONE = "唯统逐"
"""“唯/一、固定的身份”: no number follows, the word 唯一 was broken."""
_WIDEST_PAGE = 60
_NARROWEST_PAGE = 15
_SLACK = 2
_FEWEST_LINES = 5
_NUMBERED_HEAD = re.compile(r"[^\n]{0,40}? {2,}(?P<number>\d{1,3} ?/ ?\d{1,3}|第 ?\d{1,3} ?页[^\n]{0,10})[ ]*\Z")


def page_width(lines: list[str]) -> int:
    """The width of a text broken by a page, or 0 where lines are whole paragraphs.

    A quarter of the lines is full, and half of these break off: no stop at their end, no heading on the next line.
    """
    lengths = Counter(_set_width(line.rstrip()) for line in lines if line.strip())
    broken = Counter(_set_width(line.rstrip()) for line, following in pairwise(lines) if _breaks_off(line, following))
    number = lengths.total()
    if number < _FEWEST_LINES:
        return 0
    for width in range(_WIDEST_PAGE, _NARROWEST_PAGE - 1, -1):
        full, open_ends = (sum(found[width - less] for less in range(_SLACK + 1)) for found in (lengths, broken))
        if lengths[width] and full >= max(3, number // 4) and open_ends * 2 >= full:
            return width
    return 0


def _breaks_off(line: str, following: str) -> bool:
    line = line.rstrip()
    return bool(line and following.strip()) and line[-1] not in "。!?;:)" and not _MARKER.match(following)


def _set_width(line: str) -> int:
    """How many full characters a line takes on paper: two Latin letters or digits share one."""
    return len(line) - sum(map(line.count, "0123456789")) // 2 if len(line) <= 2 * _WIDEST_PAGE else len(line)


def line_breaks_to_join(lines: list[str]) -> set[int]:
    """The places, in the text that the lines make, of line breaks inside a sentence or a title."""
    width = page_width(lines)
    joins: set[int] = set()
    place = 0
    for line, following in pairwise(lines):
        place += len(line) + 1
        if _continues(line, following, width):
            joins.add(place - 1)
    return joins


def _continues(line: str, following: str, width: int) -> bool:
    line, following = line.rstrip(), following.lstrip()
    if not line or not following:
        return False
    broken_word = line[-1] in _BEFORE_ONE and following.startswith("一")
    if broken_word or _MARKER.match(following):
        return broken_word
    if len(line) < 200 and line.count("《") > line.count("》") and "》" in following[:60]:
        return True
    if _UNFINISHED.search(line) and len(line) > _NARROWEST_PAGE:
        return True
    if line.endswith(")") and _MARKER.match(line):
        return False  # a heading that closes with its dates is whole, however long
    return bool(width) and len(line) >= width - _SLACK and line[-1] not in "。!?;:"


def running_heads(lines: list[str]) -> dict[int, int]:
    """Head and foot lines that carry a page number: how many characters of line *i* stay, none when it came before."""
    kept: dict[int, int] = {}
    seen: set[str] = set()
    for place, line in enumerate(lines):
        numbered = _NUMBERED_HEAD.match(line) if len(line) < 2 * _WIDEST_PAGE else None
        if numbered:
            words = line[: numbered.start("number")].strip()
            kept[place] = 0 if words in seen or not words else numbered.start("number")
            seen.add(words)
        elif line.strip():
            seen.add(line.strip())
    return kept
