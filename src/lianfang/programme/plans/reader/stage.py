"""What a stage is while it is being read, and how a window may be open at one of its ends."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from lianfang.kernel.dates import FuzzyDate
from lianfang.programme.plans.reader.dates import DUE, SEPARATOR, Mention
from lianfang.programme.plans.reader.outline import Node
from lianfang.programme.plans.reader.source import Source

BEFORE_DUE = re.compile(rf"{DUE.pattern}| {{0,2}}(?:结束|完成)")
HEAD_END = re.compile(r"[。;!?\n]")
_AFTER_OPEN = re.compile(r" {0,2}(?:起|开始|以后|后)")
_END_IN_WORDS = re.compile(rf"{SEPARATOR}(?:\d{{4}}年)?[^\d(),。;:\n]{{1,10}}(?=\))")
"""An end that no calendar knows: (10月8日至春节前), (9月起至活动结束)."""
_ENDING_WORD = re.compile(r"(?:至|到|截止|不[晚迟]于|最迟|于|在|期限:?|前) {0,2}\Z")


@dataclass(slots=True)
class Stage:
    """A stage being read; places are in the regular text, dates still without the years they leave out."""

    ordinal: int
    name: str
    window: Mention | None
    open_start: bool
    open_end: bool
    start: int
    head_end: int
    end: int
    node: Node | None = None
    first: FuzzyDate | None = None
    last: FuzzyDate | None = None


class Dated:
    """The mentions of a text, found by place."""

    def __init__(self, mentions: list[Mention]) -> None:
        self.all = mentions
        self._starts = [mention.start for mention in mentions]

    def between(self, start: int, end: int) -> list[Mention]:
        """Mentions that begin in ``start:end``."""
        return self.all[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


def open_ends(source: Source, stage: Stage, window: Mention) -> None:
    """“8月10日前” has no beginning, “8月10日起” has no end."""
    if window.is_window:
        return
    stage.open_start = window.from_now
    before = source.text[max(0, window.start - 4) : window.start]
    if BEFORE_DUE.match(source.text, window.end) or _ENDING_WORD.search(before):
        stage.open_start = True
    elif _AFTER_OPEN.match(source.text, window.end) or _END_IN_WORDS.match(source.text, window.end):
        stage.open_end = True
