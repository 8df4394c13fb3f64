"""Stages inside running text: without numbers, with their dates before them, or only named in one sentence."""

from __future__ import annotations

import re
from itertools import pairwise

from lianfang.programme.plans.reader.dates import Mention, number_of
from lianfang.programme.plans.reader.source import Source
from lianfang.programme.plans.reader.stage import HEAD_END, Dated, Stage, open_ends

_LISTED = re.compile(
    r"(?:分[为為成]?|按照?|经过|包括|通过)(?P<names>[^。;:\n(),]{2,20}(?:[、,][^。;:\n(),、]{2,20}){1,7}?)(?:等)?(?P<count>[二两三四五六七八]|\d)[个個](?:阶段|階段|步骤|步驟|环节|環節)"
)
_CLOSES = re.compile(r"[,。]?[^。;\n]{0,12}?(?:于|於|至|到|在)\Z")


def listed(source: Source, dated: Dated) -> list[Stage]:
    """Stages only named in one sentence: “分为动员、自查、检查、整改4个阶段,于年底结束”."""
    for match in _LISTED.finditer(source.text):
        names = re.split(r"[、,]|和|及", match["names"])
        if len(names) != number_of(match["count"].replace("两", "二")):
            continue
        place = match.start("names")
        stages = [
            Stage(ordinal, name.strip().removesuffix("等"), None, False, False, place, match.end(), match.end())
            for ordinal, name in enumerate(names, start=1)
        ]
        found = dated.between(match.end(), match.end() + 20)
        if found and _CLOSES.fullmatch(source.text, match.end(), found[0].start):
            stages[-1].window, stages[-1].open_start = found[0], True
        return stages
    return []


_INLINE = re.compile(
    r"(?:\A|(?<=[\n。;:,、和及]))(?P<name>[\u4e00-\u9fff“”]{2,16}?阶段) ?[(:] ?(?=[\d从自第今本二明当]|时间)"
)
_INLINE_AFTER = re.compile(r" {0,2}(?P<verb>[,为是:]{0,2})(?P<name>[\u4e00-\u9fff“”、]{2,16}?阶段)(?=[,。;:(])")


def unnumbered(source: Source, dated: Dated) -> list[Stage]:
    """Stages written without numbers: “准备阶段(3月)”, “3月至4月为准备阶段”."""
    found: list[Stage] = []
    for match in _INLINE.finditer(source.text):
        mentions = dated.between(match.end(), match.end() + 8)
        if mentions and mentions[0].near != "每年":
            found.append(_inline_stage(source, match["name"], mentions[0], match.start(), len(found) + 1))
    if len(found) < 2:
        found = []
        for mention in dated.all:
            named = _INLINE_AFTER.match(source.text, mention.end)
            if named and (mention.is_window or named["verb"]):
                found.append(_inline_stage(source, named["name"], mention, mention.start, len(found) + 1))
    if len(found) < 2:
        return []
    for stage, following in pairwise(found):
        stage.end = following.start
    return found


def _inline_stage(source: Source, name: str, mention: Mention, start: int, ordinal: int) -> Stage:
    stop = HEAD_END.search(source.text, mention.end)
    paragraph = source.text.find("\n", mention.end)
    end = paragraph if paragraph >= 0 else len(source.text)
    stage = Stage(ordinal, name, mention, False, False, start, stop.start() if stop else end, end)
    open_ends(source, stage, mention)
    return stage
