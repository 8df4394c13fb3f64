"""Tell apart what one cell counts up (1. 2., ①②, 一是二是, lines closed by ；), only where it is plain."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_DIGITS = "一二三四五六七八九"
_CHINESE = (*_DIGITS, "十", *(f"十{digit}" for digit in _DIGITS), "二十")
_FIRST_CIRCLED = ord("①")
_BEFORE = frozenset("；;。！!？?")


def _chinese(text: str) -> int:
    return _CHINESE.index(text) + 1 if text in _CHINESE else 0


def _circled(text: str) -> int:
    return ord(text) - _FIRST_CIRCLED + 1


@dataclass(frozen=True, slots=True)
class _Style:
    """One way to number; ``anywhere``: its labels look like nothing else, so they need no mark or gap before them."""

    label: re.Pattern[str]
    value: Callable[[str], int]
    anywhere: bool


_STYLES = (
    _Style(re.compile(r"[（(]\s*(\d{1,2})\s*[）)]"), int, True),
    _Style(re.compile(r"([①-⑳])"), _circled, True),
    _Style(re.compile(r"[（(]([一二三四五六七八九十]{1,3})[）)]"), _chinese, True),
    _Style(re.compile(r"(?<!\d)(\d{1,2})(?:[.．](?!\d)|[、)）])"), int, False),
    _Style(re.compile(r"([一二三四五六七八九十]{1,3})、"), _chinese, False),
    _Style(re.compile(r"([一二三四五六七八九十]{1,3})是[：:，,]?"), _chinese, False),
)
_ENDS = "；;"


def plain_items(text: str) -> tuple[str, ...]:
    """The items of a text that counts them from 1 without gap, their numbers and closing semicolons left off.

    Any other text is one item, as it stands: of words before the first number, a gap, a new count or an empty item
    nobody can say where they belong. Unnumbered lines are items where each but the last ends with a semicolon.
    """
    text = text.strip()
    style = next((style for style in _STYLES if style.label.match(text)), None)
    found = _counted(text, style) if style else _closed_lines(text)
    return found or ((text,) if text else ())


def _counted(text: str, style: _Style) -> tuple[str, ...]:
    labels = [label for label in style.label.finditer(text) if style.anywhere or _begins(text, label.start())]
    if len(labels) < 2 or [style.value(label[1]) for label in labels] != list(range(1, len(labels) + 1)):
        return ()
    ends = [*(label.start() for label in labels[1:]), len(text)]
    items = tuple(_bare(text[label.end() : end]) for label, end in zip(labels, ends, strict=True))
    return items if all(items) else ()


def _begins(text: str, at: int) -> bool:
    """Whether something may begin here: at the start, after white space, or after the end of a clause."""
    return at == 0 or text[at - 1].isspace() or text[at - 1] in _BEFORE


def _closed_lines(text: str) -> tuple[str, ...]:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) < 2 or any(line[-1] not in _ENDS for line in lines[:-1]):
        return ()
    items = tuple(map(_bare, lines))
    return items if all(items) else ()


def _bare(item: str) -> str:
    return item.strip().rstrip(_ENDS).strip()
