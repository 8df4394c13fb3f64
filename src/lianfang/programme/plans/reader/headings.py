"""The heading of a stage: its name and its window, whichever comes first."""

from __future__ import annotations

import re
from itertools import takewhile

from lianfang.programme.plans.reader.dates import Mention
from lianfang.programme.plans.reader.outline import Node, Style
from lianfang.programme.plans.reader.phrases import is_sender
from lianfang.programme.plans.reader.senders import DEED
from lianfang.programme.plans.reader.source import Source
from lianfang.programme.plans.reader.stage import BEFORE_DUE, HEAD_END, Dated, Stage, open_ends

_LONGEST_HEAD = 120
_NOISE = re.compile(
    r"(?:时间(?:安排|为|是|范围)?|起止时间|实施时间|期限|从|自|由|即|计划|用|于|在|截[至止](?:到|至)?|不[晚迟]于|最迟|至|到|约|为期|分别)?"
    r"[:为是]? {0,2}\Z"
)
_TAIL = re.compile(
    r"\A(?:之?前|以前|起|开始|止|为止|截止|结束|底|内|之内|左右|期间|\((?:星期|周)[一二三四五六日天]\)|[、,:。;)\s]|为|是)+"
)
_NAME_EDGE = " 、,:;.。—–-－()\"'\u3000"
_NAMED_STAGE = re.compile(
    r"[\u4e00-\u9fffA-Za-z“”\"、,和与及]{1,28}?(?:阶段|环节)(?!性|小结|总结|报告|工作|任务|目标|情况|结束|成果)"
)
_BARE_NUMBER = re.compile(r"第[一二三四五六七八九十\d]{1,2}(?:个?阶段|步骤?|期|环节)")
_LEADING_BRACKET = re.compile(r"\A[:, ]?\([^()]{0,40}\)(?=[^()]{0,30}(?:阶段|环节))")
"""A time that cannot be read, before the name: “(年底至春节前)为总结验收阶段”."""
_CLAUSE = re.compile(r"[,:。;\n]")
_WAY = re.compile(r"\A(?:按照?|根据|通过|结合|围绕)[^,。;]{2,30}?进行(?=[\u4e00-\u9fff]{2,12}\Z)")
_AND = re.compile(r"[、和及与](?![^(]*\))")
_LONGEST_NAME = 40


def read_heading(source: Source, node: Node, dated: Dated) -> Stage:
    """Name and window of one heading, whichever comes first."""
    limit = node.head_end if node.run_on else min(node.own_end, node.head + _LONGEST_HEAD)
    apart = source.text.startswith("。", node.head)
    head = node.head + apart
    stop = HEAD_END.search(source.text, head, limit)
    head_end = stop.start() if stop else limit
    window = _window_in(source, head, head_end, dated)
    name_end = window.start if window else head_end
    name = _slogans(source.text[head:name_end]) if apart else name_before(source.text[head:name_end])
    if window and (not name or _BARE_NUMBER.fullmatch(name)):
        name = name_after(source.text[window.end : head_end])
        if node.style is Style.STAGE and _names_nothing(name):
            name = _label(source, node)
    if not window:
        window = _window_after_stop(source, head_end, node.own_end, dated)
    stage = Stage(node.ordinal, name, window, False, False, node.start, head_end, node.end, node)
    if window:
        open_ends(source, stage, window)
    return stage


def _window_in(source: Source, start: int, end: int, dated: Dated) -> Mention | None:
    """The first date of a heading that stands in brackets, at an edge, or after 时间; prose dates do not count."""
    for mention in dated.between(start, end):
        if mention.near == "每年":
            continue
        before = source.text[max(start, mention.start - 12) : mention.start]
        lead = _NOISE.sub("", before)
        timed = "时间" in before[len(lead) :]
        if mention.start == start or timed or not lead.strip(_NAME_EDGE) or lead.rstrip()[-1:] in "(,:、;段 为":
            return mention
        if mention.is_window and mention.end + 2 >= end:
            return mention
    return None


_TIME_LINE = re.compile(r"[。;\n ]{0,4}\(?(?:时间(?:安排|为|是|范围)?|起止时间|实施时间|期限)?[:为]?(?:从|自)? {0,2}")


def _window_after_stop(source: Source, head_end: int, limit: int, dated: Dated) -> Mention | None:
    """“动员部署阶段。时间:6月1日至20日”, or a window that opens the first sentence."""
    lead = _TIME_LINE.match(source.text, head_end)
    place = lead.end() if lead else head_end
    found = dated.between(head_end, min(limit, place + 1))
    if not found or found[0].start != place:
        return None
    timed = lead is not None and "时间" in lead.group()
    return found[0] if timed or _is_opening(source, found[0]) else None


def _is_opening(source: Source, mention: Mention) -> bool:
    """A window, a last day, or a month or part of one that the sentence begins with: “2026年4月上旬,召开大会”."""
    period = mention.date is not None and mention.date.day is None
    third = source.text[mention.end - 1 : mention.end] == "旬"
    opening = period and (third or source.text[mention.end : mention.end + 1] == ",")
    return mention.is_window or opening or bool(BEFORE_DUE.match(source.text, mention.end))


def name_before(text: str) -> str:
    """“:动员部署(”, “(动员部署阶段):时间从” → 动员部署."""
    text = _LEADING_BRACKET.sub("", text.strip())
    name = _NOISE.sub("", text.lstrip(":、,为是.— ").rstrip("("))
    name = name.strip(_NAME_EDGE)
    if "(" in name and ")" not in name:
        name = name.replace("(", ",", 1)
    return _shortened(name)


def name_after(text: str) -> str:
    """“,为宣传发动阶段,主要是…” → 宣传发动阶段."""
    text = _TAIL.sub("", text).strip(_NAME_EDGE)
    named = _NAMED_STAGE.match(text)
    if named:
        return named.group().strip(_NAME_EDGE)
    return _WAY.sub("", _CLAUSE.split(text, maxsplit=1)[0].strip(_NAME_EDGE))


def _slogans(sentence: str) -> str:
    """“全面实施,检查验收,各村…” after “第二阶段。”: the first clause, and those that are cut to its length."""
    first, *following = sentence.strip(_NAME_EDGE).split(",")
    return ",".join((first, *takewhile(lambda clause: len(clause) == len(first), following)))


def _names_nothing(name: str) -> bool:
    """Whether what follows the dates of a stage says who acts, not what the stage is for."""
    doers = all(map(is_sender, _AND.split(name))) and not DEED.match(name)
    return doers or len(name) > _LONGEST_NAME


def _label(source: Source, node: Node) -> str:
    """“第三阶段”, for a stage that the plan numbers and does not name."""
    numbered = _BARE_NUMBER.search(source.text, node.start, node.head)
    return numbered.group() if numbered else ""


def _shortened(name: str) -> str:
    named = _NAMED_STAGE.match(name)
    if named and named.end() < len(name) and name[named.end()] in ":,( ":
        return named.group()
    first, colon, _ = name.partition(":")
    return first if colon and len(name) > 24 else name
