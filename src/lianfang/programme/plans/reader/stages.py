"""Stages of a plan: which headings are stages, their names and their windows (S11, S12, S18, S32, S51)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lianfang.programme.plans.reader.dates import Mention
from lianfang.programme.plans.reader.headings import read_heading
from lianfang.programme.plans.reader.outline import STEPS_RUN_INTO, Node, Style, stage_after_torn_steps
from lianfang.programme.plans.reader.running import announced, by_period, listed, unnumbered
from lianfang.programme.plans.reader.sections import Purpose, purpose_of, section_of
from lianfang.programme.plans.reader.senders import stated_sender
from lianfang.programme.plans.reader.source import Source
from lianfang.programme.plans.reader.stage import BEFORE_DUE, Dated, Stage
from lianfang.programme.plans.reader.table_stages import table_stages

_MOST_STAGES = 200
"""Headings beyond this number belong to no plan a person wrote; the limit keeps hostile texts cheap."""
_BODY_REACH = 400
_LONGEST_SECTION = 12
_LONGEST_NAME = 24
_CLOSES = re.compile(r" {0,2}(?:之?前|以前|起|止|为止|开始|以后|后)? {0,2}\)")
"""What may stand between the dates of a heading and the bracket around them: （10月1日起）, （年底前）."""
_LABEL = re.compile(r"(?:时间(?:安排)?|起止时间|实施时间)[:为] {0,2}\Z")
_DATED = re.compile(r"\d月|\d日")


def find_stages(source: Source, nodes: list[Node], dated: Dated) -> list[Stage]:
    """The stages of a plan in order, or an empty list: many circulars have none."""
    stages = _numbered(source, nodes, dated)
    if any(stage.window for stage in stages):
        return stages
    return (
        table_stages(source, dated)
        or stages
        or unnumbered(source, dated)
        or by_period(source, nodes, dated)
        or listed(source, dated)
        or announced(source)
    )


def _numbered(source: Source, nodes: list[Node], dated: Dated) -> list[Stage]:
    by_style = [node for node in nodes if node.style is Style.STAGE][:_MOST_STAGES]
    if by_style:
        read = [read_heading(source, node, dated) for node in by_style]
        return _first_of_each([stage for stage in read if stage.name or stage.window])
    chosen: list[Stage] = []
    first_seen = stage_after_torn_steps(nodes)
    for family in _families([node for node in nodes if not first_seen or node.start >= first_seen.start]):
        if any(stage.start <= family[0].start < stage.end for stage in chosen) or _below_stages(family[0], chosen):
            continue
        chosen += _stages_of_family(source, family, dated)
        if len(chosen) > _MOST_STAGES:
            break
    if first_seen and not chosen:
        chosen = [read_heading(source, first_seen, dated)]
    return _first_of_each(_counted_anew(chosen))


def _below_stages(node: Node, chosen: list[Stage]) -> bool:
    """Whether a heading stands under a brother of the stages already found: the dates listed there are no stages."""
    found = {id(stage.node.parent) for stage in chosen if stage.node and stage.node.parent}
    return any(id(above.parent) in found for above in node.above() if above.parent)


def _counted_anew(stages: list[Stage]) -> list[Stage]:
    """第五条 may be the first stage: articles count through the whole document."""
    for ordinal, stage in enumerate(stages, start=1):
        if stage.node and stage.node.style is Style.ARTICLE:
            stage.ordinal = ordinal
    return stages


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
    read = [read_heading(source, node, dated) for node in family if not STEPS_RUN_INTO.match(source.text, node.head)]
    if any(node.children and _announces_steps(node.title) for node in family) and not _are_dated_stages(read):
        return []
    if purpose is Purpose.STEPS and _direct(family[0]):
        return _steps(source, read, dated)
    likely = [stage for stage in read if _looks_like_stage(source, stage, purpose)]
    if purpose is Purpose.GUARANTEES and len(likely) < max(2, len(read)):
        likely = [stage for stage in likely if _says_stage(stage)]
    if len(likely) > 1 and all(_says_stage(stage) for stage in read):
        return likely
    return likely if sum(bool(stage.window) for stage in likely) * 2 >= len(likely) else []


def _are_dated_stages(read: list[Stage]) -> bool:
    """Whether two headings say 阶段 and when; then a brother that lists times is no heading over them."""
    return sum(_says_stage(stage) and bool(stage.window) for stage in read) > 1


def _announces_steps(title: str) -> bool:
    """方法步骤, 时间安排: a heading over the stages, not one of them."""
    title = title.partition("(")[0]
    return (
        len(title) <= _LONGEST_SECTION and purpose_of(title) is Purpose.STEPS and not title.endswith(("阶段", "环节"))
    )


def _direct(node: Node) -> bool:
    return node.parent is not None and purpose_of(node.parent.title) is Purpose.STEPS


def _steps(source: Source, read: list[Stage], dated: Dated) -> list[Stage]:
    """Under 方法步骤 every heading is a stage once one of them says so or carries a date."""
    read = [stage for stage in read if _is_name(stage)]
    if _is_list_of_deadlines(source, read):
        return []
    named = [stage for stage in read if _says_stage(stage)]
    if named:
        return (
            named if any(stage.window for stage in read if _says_stage(stage)) else _from_bodies(source, named, dated)
        )
    if _mostly_dated(read):
        return [stage for stage in _from_bodies(source, read, dated) if stage.window or _is_last_step(stage, read)]
    found = _from_bodies(source, read, dated)
    return found if any(stage.window for stage in found) and len(found) > 1 else []


def _is_last_step(stage: Stage, read: list[Stage]) -> bool:
    """“1.申报(1月底前完成)…2.评估(2月底前完成)…3.公布结果”: the last step of several may have no date of its own."""
    brief = max(len(other.name) for other in read if other is not stage)
    return stage is read[-1] and len(read) > 2 and 1 < len(stage.name) <= brief and purpose_of(stage.name) not in _FRAME


_FRAME = {Purpose.GUARANTEES, Purpose.AIMS}


def _is_list_of_deadlines(source: Source, read: list[Stage]) -> bool:
    """“1.6月5日前,股室将名单汇总。2.6月20日前,办公室公示。”: each item says by when, and the first says who."""
    dated = [stage for stage in read if stage.window]
    if len(dated) * 2 <= len(read) or not all(_opens_with_last_day(source, stage) for stage in dated):
        return False
    return bool(dated) and _names_doer(source, dated[0])


def _is_name(stage: Stage) -> bool:
    """A phrase without a date, short unless its window follows: “财务处10月底前复核” is a sentence."""
    return not _DATED.search(stage.name) and (bool(stage.window) or len(stage.name) <= _LONGEST_NAME)


def _opens_with_last_day(source: Source, stage: Stage) -> bool:
    """“6月5日前,…”, of a heading that is not called a stage."""
    node, window = stage.node, stage.window
    if node is None or window is None or window.is_window or window.start != node.head or _says_stage(stage):
        return False
    return bool(BEFORE_DUE.match(source.text, window.end))


def _names_doer(source: Source, stage: Stage) -> bool:
    """“6月5日前,股室将名单汇总。”: where the headings say who acts, they are deadlines and no stages."""
    place = stage.window.end if stage.window else stage.start
    due = BEFORE_DUE.match(source.text, place)
    return bool(stated_sender("", source.text[due.end() if due else place : stage.head_end]))


def _mostly_dated(read: list[Stage]) -> bool:
    return sum(bool(stage.window) for stage in read) * 2 > len(read)


def _says_stage(stage: Stage) -> bool:
    return stage.name.endswith(("阶段", "环节")) and len(stage.name) <= 30


def _looks_like_stage(source: Source, stage: Stage, purpose: Purpose) -> bool:
    """Outside a section of steps: 某某阶段 with or without dates, or a short name with nothing but its dates.

    组织实施 may be a section of either kind: its headings are stages where every one of them is dated.
    """
    if stage.node is None or section_of(stage.node) is Purpose.AIMS:
        return False
    if _says_stage(stage):
        return True
    if purpose not in {Purpose.UNKNOWN, Purpose.GUARANTEES} or not stage.window or len(stage.name) > _LONGEST_NAME:
        return False
    return bool(_CLOSES.match(source.text, stage.window.end))


def _from_bodies(source: Source, read: list[Stage], dated: Dated) -> list[Stage]:
    """Headings without dates take the window, or the last day, that their first sentences state."""
    for stage in read:
        if stage.node and not stage.window:
            reach = min(_own_part(stage.node), stage.node.head_end + _BODY_REACH)
            _window_from(source, stage, dated.between(stage.node.head_end, reach))
    return read


def _own_part(node: Node) -> int:
    """Where the text of a stage ends that is not of one of its items, unless the first of them tells the time."""
    told = node.children and "时间" in node.children[0].title
    return node.children[0].start if node.children and not told else node.end


def _window_from(source: Source, stage: Stage, found: list[Mention]) -> None:
    for mention in found:
        if mention.near == "每年":
            continue
        due = bool(BEFORE_DUE.match(source.text, mention.end))
        labelled = bool(_LABEL.search(source.text[max(0, mention.start - 8) : mention.start]))
        if mention.is_window or due or labelled or _opens_sentence(source, mention):
            stage.window, stage.open_start = mention, not mention.is_window and (due or not labelled)
            return


def _opens_sentence(source: Source, mention: Mention) -> bool:
    """“2019年上半年,各地印发方案”: a period, not a day, that opens a sentence."""
    before, after = source.text[mention.start - 1 : mention.start], source.text[mention.end : mention.end + 1]
    return before in "。\n;" and after == "," and mention.date is not None and mention.date.day is None
