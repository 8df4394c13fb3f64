"""Stages inside running text: without numbers, with their dates before them, or only named in one sentence."""

from __future__ import annotations

import re
from itertools import islice, pairwise

from lianfang.programme.plans.reader.dates import Mention, number_of
from lianfang.programme.plans.reader.outline import Node, enclosing
from lianfang.programme.plans.reader.sections import Purpose, purpose_of
from lianfang.programme.plans.reader.source import Source
from lianfang.programme.plans.reader.stage import HEAD_END, Dated, Stage, open_ends

_COUNT = r"(?P<count>[二两三四五六七八]|\d)个(?:阶段|步骤|环节)"
_NAMES = r"(?P<names>[^。;:\n(),]{2,20}(?:[、,和及][^。;:\n(),、]{2,20}){1,7}?)"
_LISTED = (
    re.compile(rf"(?:分为?|按照?|经过|包括|通过){_NAMES}(?:等)?{_COUNT}"),
    re.compile(
        rf"分(?:为|成)?{_COUNT}(?:进行|实施|开展|推进)?(?:[:,]|,?(?:即|分别是|依次为|包括)){_NAMES}(?:等)?(?=[。;,\n]|\Z)"
    ),
)
_JUDGED = re.compile(r"(?:评审|评选|评比|评定|评分|审批|办理|流程|招标|竞聘|考试|面试|大赛|比赛|会议)(?:工作)?\Z")
"""“评审分为初评、复评两个环节”: steps of one procedure, not of the plan."""
_SUBJECT_REACH = 8
_CLOSES = re.compile(r"[,。]?[^。;\n]{0,12}?(?:于|至|到|在)\Z")
_EDGE_WORDS = re.compile(r"\A(?:即|分别是|依次为|包括)|等\Z")


def listed(source: Source, dated: Dated) -> list[Stage]:
    """Stages only named in one sentence: “分为动员、自查、检查、整改4个阶段,于年底结束”."""
    for match in (found for pattern in _LISTED for found in pattern.finditer(source.text)):
        if _JUDGED.search(source.text, max(0, match.start() - _SUBJECT_REACH), match.start()):
            continue
        names = [_EDGE_WORDS.sub("", name.strip()) for name in re.split(r"[、,]|和|及", match["names"])]
        if len(names) != number_of(match["count"].replace("两", "二")):
            continue
        place = match.start("names")
        stages = [
            Stage(ordinal, name, None, False, False, place, match.end(), match.end())
            for ordinal, name in enumerate(names, start=1)
        ]
        found = dated.between(match.end(), match.end() + 20)
        if found and _CLOSES.fullmatch(source.text, match.end(), found[0].start):
            stages[-1].window, stages[-1].open_start = found[0], True
        return stages
    return []


_ANNOUNCED = re.compile(rf"分(?:为|成)?{_COUNT}(?:进行|实施|开展|推进)?:")
_ANNOUNCED_NAME = re.compile(r"(?:\A|(?<=[;。\n])) {0,8}(?P<name>[\u4e00-\u9fff“”、]{2,14}阶段)(?=[,:])")
_ANNOUNCED_REACH = 1500


def announced(source: Source) -> list[Stage]:
    """Stages counted and then told one after the other: “分为三个阶段开展:自清阶段,…;复核阶段,…;公布阶段,…”."""
    for match in _ANNOUNCED.finditer(source.text):
        count = number_of(match["count"].replace("两", "二"))
        told = source.text[match.end() : match.end() + _ANNOUNCED_REACH]
        names = list(islice(_ANNOUNCED_NAME.finditer(told), count))
        if len(names) == count and not names[0].start():
            return [_told(source, match.end(), name, ordinal) for ordinal, name in enumerate(names, start=1)]
    return []


def _told(source: Source, place: int, name: re.Match[str], ordinal: int) -> Stage:
    stop = HEAD_END.search(source.text, place + name.end())
    end = stop.start() if stop else len(source.text)
    return Stage(ordinal, name["name"], None, False, False, place + name.start("name"), end, end)


_LED_BY = (
    r"(?:[一二三四五六七八九十]{1,3}、)?(?:[一二三四五六]是|首先是|最后是"
    r"|(?:(?:具体|工作|实施|方法|活动|整治|推进)(?:和|与)?){0,2}步骤|(?:时间|工作|实施|具体|进度)安排)?"
)
"""What may stand before a name without a mark between: “一是准备阶段(3月)”, and the title of a section run into it."""
_INLINE = re.compile(
    rf"(?:\A|(?<=[\n。;:,、和及])) {{0,8}}{_LED_BY}"
    r"(?P<name>[\u4e00-\u9fff“”][\u4e00-\u9fff“”、]{0,14}?[\u4e00-\u9fff”]阶段)"
    r" ?[(:]{1,2} ?(?=[\d从自第今本二明当]|时间)"
)
_INLINE_AFTER = re.compile(
    r"(?:之?前|以前)? {0,2}(?P<verb>[,为是:]{0,2})(?P<name>[\u4e00-\u9fff“”、]{2,16}?阶段)"
    r"(?:(?=[,。;:(\n]|\Z)|(?P<glued>(?![的性内中后前]|工作|任务|目标|情况|要求)))"
)
"""“4月底之前为准备阶段”; the line break after the name may be lost where 为 or 是 says that it is one."""


def unnumbered(source: Source, dated: Dated) -> list[Stage]:
    """Stages written without numbers: “准备阶段(3月)”, “3月至4月为准备阶段”."""
    found: list[Stage] = []
    for match in _INLINE.finditer(source.text):
        mentions = dated.between(match.end(), match.end() + 8)
        if mentions and mentions[0].near != "每年":
            found.append(_inline_stage(source, match["name"], mentions[0], match.start("name"), len(found) + 1))
    if len(found) < 2:
        found = []
        for mention in dated.all:
            named = _INLINE_AFTER.match(source.text, mention.end)
            if named and _is_said(named, mention):
                found.append(_inline_stage(source, named["name"], mention, mention.start, len(found) + 1))
    if len(found) < 2:
        return []
    for stage, following in pairwise(found):
        stage.end = following.start
    return found


def _is_said(named: re.Match[str], mention: Mention) -> bool:
    plainly = named["verb"].endswith(("为", "是"))
    return plainly if named["glued"] is not None else bool(mention.is_window or named["verb"])


_OPENS_CLAUSE = re.compile(r"(?:\A|[\n。;:]) {0,8}\Z")
_SAYS = re.compile(r"(?:份|期间)? {0,2}[,:] {0,2}(?P<name>[\u4e00-\u9fff“”、]{2,24})(?=[,。;\n]|\Z)")
_FEWEST_PERIODS = 3


def by_period(source: Source, nodes: list[Node], dated: Dated) -> list[Stage]:
    """A timetable of periods: “1月—2月,动员部署;3月—8月,组织实施;…”, “第一季度:制定方案。…”."""
    found: list[Stage] = []
    for mention in dated.all:
        named = _SAYS.match(source.text, mention.end)
        if (
            named
            and _is_period(mention)
            and _OPENS_CLAUSE.search(source.text[max(0, mention.start - 10) : mention.start])
        ):
            above = enclosing(nodes, mention.start)
            if above and purpose_of(above.title) is Purpose.STEPS:
                found.append(_inline_stage(source, named["name"], mention, mention.start, len(found) + 1))
    for stage, following in pairwise(found):
        stage.end = min(stage.end, following.start)
    return found if len(found) >= _FEWEST_PERIODS else []


def _is_period(mention: Mention) -> bool:
    """Two ends, or a month or a quarter: a single day is no stage."""
    return mention.near != "每年" and bool(mention.is_window or (mention.date and mention.date.day is None))


def _inline_stage(source: Source, name: str, mention: Mention, start: int, ordinal: int) -> Stage:
    stop = HEAD_END.search(source.text, mention.end)
    paragraph = source.text.find("\n", mention.end)
    end = paragraph if paragraph >= 0 else len(source.text)
    stage = Stage(ordinal, name, mention, False, False, start, stop.start() if stop else end, end)
    open_ends(source, stage, mention)
    return stage
