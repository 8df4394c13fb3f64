"""Papers of a table's cell whose own days stand behind them in brackets: “报告(10月25日前)、总结(12月5日前)” (S17)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lianfang.programme.plans.reader.clauses import receiver_later
from lianfang.programme.plans.reader.dates import DUE, Mention
from lianfang.programme.plans.reader.grids import Place
from lianfang.programme.plans.reader.page import Page
from lianfang.programme.plans.reader.phrases import bodies_in, is_paper, papers_in

_BRACKET = re.compile(r"\([^()\n]{2,80}\)")
_NEW_ITEM = re.compile(r"[。;\n]+|(?<![\d.])\d{1,2}[.、](?!\d)|\(\d{1,2}\)|[①-⑳]")
_LEAD = re.compile(r"\A[ 、,和及与]*(?:(?:形成|完成|提交|报送|上报)(?=.{2}))?")
_TIME_IS = re.compile(r"\A(?:[^,;:]{0,6}(?:时限|时间|期限|日期)[:为]?|截[止至]|于|在)?\Z")


@dataclass(frozen=True, slots=True)
class DatedPapers:
    """Papers at ``start:end`` of the regular text, bracket and all, due on ``mention``."""

    mention: Mention
    papers: tuple[str, ...]
    receivers: tuple[str, ...]
    start: int
    end: int


def dated_papers(page: Page, cell: Place) -> Iterator[DatedPapers]:
    """What a cell asks for by days of its own; a bracket gives its day to all papers behind the one before it."""
    text = page.source.text
    done = cell.start
    for bracket in _BRACKET.finditer(text, cell.start, cell.end):
        days = [mention for mention in page.dated.between(*bracket.span()) if mention.near != "每年"]
        if not days or not _is_last_day(text, bracket, days):
            continue
        start = _item_start(text, done, bracket.start())
        named = tuple(papers_in(text[start : bracket.start()]))
        if named and all(map(is_paper, named)):
            receivers = _receivers(text, bracket, days)
            yield from (DatedPapers(day, named, receivers, start, bracket.end()) for day in days)
        done = bracket.end()


def _item_start(text: str, start: int, end: int) -> int:
    """Where the papers begin: behind the last stop, number, and what leads up to a name."""
    for mark in _NEW_ITEM.finditer(text, start, end):
        start = mark.end()
    lead = _LEAD.match(text[start:end])
    return start + (lead.end() if lead else 0)


def _is_last_day(text: str, bracket: re.Match[str], days: list[Mention]) -> bool:
    """Whether the bracket says by when: a day with 前, a day and nothing else, or one with whom the paper goes to."""
    if DUE.match(text, days[-1].end):
        return True
    around = text[bracket.start() + 1 : days[0].start], text[days[-1].end : bracket.end() - 1]
    alone = _TIME_IS.match(around[0]) and not around[1].strip()
    return bool(alone or _receivers(text, bracket, days))


def _receivers(text: str, bracket: re.Match[str], days: list[Mention]) -> tuple[str, ...]:
    """Whom the bracket names besides its days: “8月20日前报办公室”, “报办公室,8月20日前”."""
    due = DUE.match(text, days[-1].end)
    behind = text[due.end() if due else days[-1].end : bracket.end() - 1]
    return bodies_in(receiver_later(behind) or receiver_later(text[bracket.start() + 1 : days[0].start]))
