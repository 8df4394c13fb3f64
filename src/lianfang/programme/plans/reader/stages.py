"""Stages of a plan: which headings are stages, their names and their windows (S11, S12, S18, S32, S51)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from lianfang.kernel.dates import FuzzyDate
from lianfang.programme.plans.reader.dates import Mention, number_of
from lianfang.programme.plans.reader.outline import Node, Style
from lianfang.programme.plans.reader.sections import Purpose, purpose_of, section_of
from lianfang.programme.plans.reader.source import Source


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


_MOST_STAGES = 200
"""Headings beyond this number belong to no plan a person wrote; the limit keeps hostile texts cheap."""
_LONGEST_HEAD = 120
_BODY_REACH = 400
_HEAD_END = re.compile(r"[。;!?\n]")
_BEFORE_DUE = re.compile(r" {0,2}(?:之?前|以前|底前|止|为止|截止|结束|内|完成|之内)")
_AFTER_OPEN = re.compile(r" {0,2}(?:起|开始|以后|后)")
_ENDING_WORD = re.compile(r"(?:至|到|截至|截止|于|在|期限:?|前) {0,2}\Z")
_NOISE = re.compile(
    r"(?:时间(?:安排|为|是|范围)?|起止时间|实施时间|期限|从|自|由|即|计划|用|于|在|截至|至|到|约|为期|分别)?"
    r"[:为是]? {0,2}\Z"
)
_FROM_NOW = re.compile(r"(?:起|现在|目前)(?:至|到) {0,2}\Z")
_TAIL = re.compile(
    r"\A(?:之?前|以前|起|开始|止|为止|截止|结束|底|内|之内|左右|期间|\((?:星期|周)[一二三四五六日天]\)|[、,:。;)\s]|为|是)+"
)
_NAME_EDGE = " 、,:;.。—–-－()\"'\u3000"
_NAMED_STAGE = re.compile(
    r"[\u4e00-\u9fffA-Za-z“”\"、,和与及]{1,28}?(?:阶段|环节)(?!性|小结|总结|报告|工作|任务|目标|情况|结束|成果)"
)
_CLAUSE = re.compile(r"[,:。;\n]")


def find_stages(source: Source, nodes: list[Node], dated: Dated) -> list[Stage]:
    """The stages of a plan in order, or an empty list: many circulars have none."""
    stages = _numbered(source, nodes, dated)
    return stages or _unnumbered(source, dated) or _listed(source, dated)


def _numbered(source: Source, nodes: list[Node], dated: Dated) -> list[Stage]:
    by_style = [node for node in nodes if node.style is Style.STAGE][:_MOST_STAGES]
    if by_style:
        read = [_read_heading(source, node, dated) for node in by_style]
        return _first_of_each([stage for stage in read if stage.name or stage.window])
    chosen: list[Stage] = []
    for family in _families(nodes):
        if any(stage.start <= family[0].start < stage.end for stage in chosen):
            continue
        chosen += _stages_of_family(source, family, dated)
        if len(chosen) > _MOST_STAGES:
            break
    return _first_of_each(chosen)


def _first_of_each(stages: list[Stage]) -> list[Stage]:
    """A stage repeated later (a table, an appendix) is the same stage; numbers left out are counted on."""
    seen: set[tuple[int, str]] = set()
    kept: list[Stage] = []
    for stage in stages:
        if (stage.ordinal, stage.name) not in seen:
            seen.add((stage.ordinal, stage.name))
            kept.append(stage)
    ordinals = {stage.ordinal for stage in kept}
    if len(ordinals) == len(kept):
        return kept
    dated = [stage for stage in kept if stage.window]
    return dated if len({stage.ordinal for stage in dated}) == len(dated) == len(ordinals) else kept


def _families(nodes: list[Node]) -> Iterable[list[Node]]:
    """Headings that are brothers, outermost families first."""
    families: dict[tuple[int, Style], list[Node]] = {}
    for node in nodes:
        families.setdefault((id(node.parent), node.style), []).append(node)
    return sorted(families.values(), key=lambda family: len(family[0].above()))


def _stages_of_family(source: Source, family: list[Node], dated: Dated) -> list[Stage]:
    purpose = section_of(family[0])
    read = [_read_heading(source, node, dated) for node in family]
    if purpose is Purpose.STEPS and _direct(family[0]):
        return _steps(source, read, dated)
    likely = [stage for stage in read if _looks_like_stage(source, stage, purpose)]
    return likely if sum(bool(stage.window) for stage in likely) * 2 >= len(likely) else []


def _direct(node: Node) -> bool:
    return node.parent is not None and purpose_of(node.parent.title) is Purpose.STEPS


def _steps(source: Source, read: list[Stage], dated: Dated) -> list[Stage]:
    """Under 方法步骤 every heading is a stage once one of them says so or carries a date."""
    named = [stage for stage in read if _says_stage(stage)]
    if named:
        return (
            named if any(stage.window for stage in read if _says_stage(stage)) else _from_bodies(source, named, dated)
        )
    if _mostly_dated(read):
        return [stage for stage in read if stage.window]
    found = _from_bodies(source, read, dated)
    return found if any(stage.window for stage in found) and len(found) > 1 else []


def _mostly_dated(read: list[Stage]) -> bool:
    return sum(bool(stage.window) for stage in read) * 2 > len(read)


def _says_stage(stage: Stage) -> bool:
    return stage.name.endswith(("阶段", "环节")) and len(stage.name) <= 30


def _looks_like_stage(source: Source, stage: Stage, purpose: Purpose) -> bool:
    """Outside a section of steps: 某某阶段 with or without dates, or a short name with nothing but its dates."""
    if stage.node is None or section_of(stage.node) is Purpose.AIMS:
        return False
    if _says_stage(stage):
        return True
    if purpose is not Purpose.UNKNOWN or not stage.window or len(stage.name) > 24:
        return False
    return source.text[stage.window.end : stage.window.end + 2].strip()[:1] == ")"


def _from_bodies(source: Source, read: list[Stage], dated: Dated) -> list[Stage]:
    """Headings without dates take the window, or the last day, that their first sentences state."""
    for stage in read:
        if stage.node and not stage.window:
            _window_from(
                source, stage, dated.between(stage.node.head_end, min(stage.end, stage.node.head_end + _BODY_REACH))
            )
    return read


def _window_from(source: Source, stage: Stage, found: list[Mention]) -> None:
    for mention in found:
        if mention.near == "每年":
            continue
        due = bool(_BEFORE_DUE.match(source.text, mention.end))
        if mention.is_window or due or _opens_sentence(source, mention):
            stage.window, stage.open_start = mention, not mention.is_window
            return


def _opens_sentence(source: Source, mention: Mention) -> bool:
    """“2019年上半年,各地印发方案”: a period, not a day, that opens a sentence."""
    before, after = source.text[mention.start - 1 : mention.start], source.text[mention.end : mention.end + 1]
    return before in "。\n;" and after == "," and mention.date is not None and mention.date.day is None


def _read_heading(source: Source, node: Node, dated: Dated) -> Stage:
    """Name and window of one heading, whichever comes first."""
    limit = min(node.own_end, node.head + _LONGEST_HEAD)
    stop = _HEAD_END.search(source.text, node.head, limit)
    head_end = stop.start() if stop else limit
    window = _window_in(source, node.head, head_end, dated)
    name_end = window.start if window else head_end
    name = _name_before(source.text[node.head : name_end])
    if window and not name:
        name = _name_after(source.text[window.end : head_end])
    if not window:
        window = _window_after_stop(source, head_end, node.own_end, dated)
    stage = Stage(node.ordinal, name, window, False, False, node.start, head_end, node.end, node)
    if window:
        _open_ends(source, stage, window)
    return stage


def _window_in(source: Source, start: int, end: int, dated: Dated) -> Mention | None:
    """The first date of a heading that stands in brackets, at an edge, or after 时间; prose dates do not count."""
    for mention in dated.between(start, end):
        if mention.near == "每年" or mention.date is None:
            continue
        before = source.text[max(start, mention.start - 12) : mention.start]
        lead = _NOISE.sub("", before)
        if (
            _FROM_NOW.search(before)
            or mention.start == start
            or not lead.strip(_NAME_EDGE)
            or lead.rstrip()[-1:] in "(,:、;段 为"
        ):
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
    return found[0] if found and found[0].start == place and _is_opening(source, found[0]) else None


def _is_opening(source: Source, mention: Mention) -> bool:
    return mention.is_window or bool(_BEFORE_DUE.match(source.text, mention.end))


def _open_ends(source: Source, stage: Stage, window: Mention) -> None:
    """“8月10日前” has no beginning, “8月10日起” has no end."""
    if window.is_window:
        return
    before = source.text[max(0, window.start - 4) : window.start]
    if _BEFORE_DUE.match(source.text, window.end) or _ENDING_WORD.search(before):
        stage.open_start = True
    elif _AFTER_OPEN.match(source.text, window.end):
        stage.open_end = True


def _name_before(text: str) -> str:
    """“:动员部署(”, “(动员部署阶段):时间从” → 动员部署."""
    name = _NOISE.sub("", text.strip().lstrip(":、,为是.— ").rstrip("("))
    name = name.strip(_NAME_EDGE)
    if "(" in name and ")" not in name:
        name = name.replace("(", ",", 1)
    return _shortened(name)


def _name_after(text: str) -> str:
    """“,为宣传发动阶段,主要是…” → 宣传发动阶段."""
    text = _TAIL.sub("", text).strip(_NAME_EDGE)
    named = _NAMED_STAGE.match(text)
    if named:
        return named.group().strip(_NAME_EDGE)
    return _CLAUSE.split(text, maxsplit=1)[0].strip(_NAME_EDGE)


def _shortened(name: str) -> str:
    named = _NAMED_STAGE.match(name)
    if named and named.end() < len(name) and name[named.end()] in ":,( ":
        return named.group()
    first, colon, _ = name.partition(":")
    return first if colon and len(name) > 24 else name


_LISTED = re.compile(
    r"(?:分[为為成]?|按照?|经过|包括|通过)(?P<names>[^。;:\n(),]{2,20}(?:[、,][^。;:\n(),、]{2,20}){1,7}?)(?:等)?(?P<count>[二两三四五六七八]|\d)[个個](?:阶段|階段|步骤|步驟|环节|環節)"
)
_CLOSES = re.compile(r"[,。]?[^。;\n]{0,12}?(?:于|於|至|到|在)\Z")


def _listed(source: Source, dated: Dated) -> list[Stage]:
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
_INLINE_AFTER = re.compile(r" {0,2}(?:[,为是:]{0,2})(?P<name>[\u4e00-\u9fff“”、]{2,16}?阶段)(?=[,。;:(])")


def _unnumbered(source: Source, dated: Dated) -> list[Stage]:
    """Stages written without numbers: “准备阶段(3月)”, “3月至4月为准备阶段”."""
    found: list[Stage] = []
    for match in _INLINE.finditer(source.text):
        mentions = dated.between(match.end(), match.end() + 8)
        if mentions and mentions[0].near != "每年":
            found.append(_inline_stage(source, match["name"], mentions[0], match.start(), len(found) + 1))
    if len(found) < 2:
        found = []
        for mention in dated.all:
            named = _INLINE_AFTER.match(source.text, mention.end) if mention.is_window else None
            if named:
                found.append(_inline_stage(source, named["name"], mention, mention.start, len(found) + 1))
    if len(found) < 2:
        return []
    for stage, following in pairwise(found):
        stage.end = following.start
    return found


def _inline_stage(source: Source, name: str, mention: Mention, start: int, ordinal: int) -> Stage:
    stop = _HEAD_END.search(source.text, mention.end)
    paragraph = source.text.find("\n", mention.end)
    end = paragraph if paragraph >= 0 else len(source.text)
    stage = Stage(ordinal, name, mention, False, False, start, stop.start() if stop else end, end)
    _open_ends(source, stage, mention)
    return stage
