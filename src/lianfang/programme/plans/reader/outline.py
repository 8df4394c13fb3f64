"""The outline of a plan: numbered headings of any style, nested the way the numbers run."""

from __future__ import annotations

import enum
import re
from bisect import bisect_left
from dataclasses import dataclass, field

from lianfang.programme.plans.reader.dates import number_of
from lianfang.programme.plans.reader.source import Source


class Style(enum.Enum):
    """How a heading is numbered."""

    CHAPTER = "第一部分"
    UPPER = "一、"
    STAGE = "第一阶段"
    ARTICLE = "第一条"
    PAREN = "（一）"
    DECIMAL = "1.1"
    FINE_DECIMAL = "1.1.1"
    ARABIC = "1."
    PAREN_ARABIC = "（1）"
    CIRCLED = "①"
    BULLET = "•"


@dataclass(slots=True, eq=False)
class Node:
    """A heading and what belongs to it; places are in the regular text.

    ``start`` is the number's first character, ``head`` the first after the number, ``head_end`` the end of the title,
    ``run_on`` where the title's line break is lost and its text follows at once,
    ``own_end`` where the next heading of any level begins, ``end`` where the next one of this level or above begins.
    """

    style: Style
    ordinal: int
    start: int
    head: int
    title: str = ""
    head_end: int = 0
    own_end: int = 0
    end: int = 0
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)
    run_on: bool = False

    def above(self) -> list[Node]:
        """The headings over this one, nearest first."""
        found: list[Node] = []
        node = self.parent
        while node:
            found.append(node)
            node = node.parent
        return found


_NUMERAL = "[一二三四五六七八九十]{1,3}"
_LINE_START = r"(?:^|(?<=\n)) {0,8}"
_WORD = r"(?![月日号年](?:\d|[初底末份前至到,~—–-]|[上中下]旬|之前))[\u4e00-\u9fff“《](?![月日号年])"
_MARK = re.compile(
    rf"(?P<STAGE>(?:\({_NUMERAL}\)|{_NUMERAL}、|\d[.、]|第{_NUMERAL}条 )?"
    rf"(?:第(?P<s>{_NUMERAL}|\d{{1,2}})(?:个?阶段|步骤?|期|环节|批)(?!性)"
    rf"|(?:步骤|阶段)(?P<z>{_NUMERAL})(?=[:、,( ])))"
    rf"|(?P<CHAPTER>第(?P<c>{_NUMERAL})(?:部分|章))"
    rf"|(?P<ARTICLE>{_LINE_START}第(?P<t>[一二三四五六七八九十百]{{1,5}}|\d{{1,3}})条(?=[ :]))"
    rf"|(?P<FINE_DECIMAL>{_LINE_START}(?:\d{{1,2}}[.]){{2,3}}(?P<f>\d{{1,2}})(?![\d.%])[、 ]{{0,2}}(?={_WORD}))"
    rf"|(?P<DECIMAL>{_LINE_START}\d{{1,2}}[.](?P<d>\d{{1,2}})(?![\d.%])[、 ]{{0,2}}(?={_WORD}))"
    rf"|(?P<PAREN>\((?P<p>{_NUMERAL})\)[、.:]?)"
    rf"|(?P<UPPER>(?P<u>{_NUMERAL})[、.]|{_LINE_START}(?P<n>\d{{1,2}}) {{1,3}}(?={_WORD}))"
    r"|(?P<PAREN_ARABIC>\((?P<q>\d{1,2})\)[、.]?)"
    r"|(?P<ARABIC>(?<![\d.])(?P<a>\d{1,2})(?:[.](?!\d)|[.](?=(?:19|20)\d{2}年|\d{1,2}月)"
    r"|、(?!\d{1,2}[、月])|(?<=[。;\n]\d)、(?=\d{1,2}月\d{1,2}日)))"
    r"|(?P<CIRCLED>[①-⑳])"
    r"|(?P<BULLET>(?:^|(?<=\n)) {0,8}(?:[-*+] {1,2}|[•●·◆■▪➢✓] {0,2}|[—–]{1,2} {0,2})(?=[\u4e00-\u9fff“《]))"
)
_ENDS_BEFORE = frozenset("。;:!?\n”》)")
_TITLED = re.compile(r"(?:步骤|安排|内容|任务|措施|要求|目标|对象|范围|原则)\Z")
"""The last word of a section's title, which the first number may follow when the line break is lost: 工作步骤1.自查."""
_SHORT_LINE = re.compile(r"[\u4e00-\u9fff]{2,12} {0,8}(?=\n)")
"""The rest of a line, behind other words and a gap, that is a section's title: “全体职工 四、实施步骤”."""
_DEEPEST = 8
_STAGE_FOLLOW = re.compile(
    r" {0,4}(?:[:(、,为是至—。-]|\n|[从自](?:\d|即日|现在)|\d{1,4}年|\d{1,2}月"
    r"|[\u4e00-\u9fff、,“”]{2,24}?(?:阶段)?(?: ?[(:。\n]| {1,4}(?:时间|\d))|[\u4e00-\u9fff]{2,16}阶段)"
)
_STAGE_REFERENCE = re.compile(r"(?:阶段|期|步骤?|环节|批)(?:的|工作|结束|完成|任务|各|要求|基础|内|中|后|前)")
STEPS_RUN_INTO = re.compile(
    r"(?:(?:(?:具体|工作|实施|方法|活动)[和与]?){0,2}步骤|(?:时间|工作|实施|具体|进度)安排)"
    r"(?=[\u4e00-\u9fff、“”]{2,24}阶段[:(])"
)
"""The title of the section of steps, with the first stage following it in the same line: 具体步骤动员阶段:3月."""
_TITLE_END = re.compile(r"[\n。:;!?]")
_LONGEST_TITLE = 80
_GAP = re.compile(r"(?<=[\u4e00-\u9fff)”]) +(?=[\u4e00-\u9fff“《])")


def outline(source: Source) -> list[Node]:
    """All headings in the order of the text, linked to their parents and children."""
    nodes: list[Node] = []
    stack: list[Node] = []
    latest: dict[Style, int] = {}
    for match in _MARK.finditer(source.text):
        node = None if source.grid_at(match.start()) else _heading(source, match, latest, nodes[-1] if nodes else None)
        if node is None:
            continue
        _place(node, stack)
        latest[node.style] = node.ordinal
        nodes.append(node)
    _close(nodes, len(source.text))
    for node in nodes:
        _name(source.text, node)
    if source.run_together:
        _cut_run_on(source.text, nodes)
    return nodes


def _heading(source: Source, match: re.Match[str], latest: dict[Style, int], last: Node | None) -> Node | None:
    style = _style_of(match)
    node = Node(style, _ordinal(match, style, latest), match.start(), match.end())
    if not node.ordinal:
        return None
    free = _stands_free(source, match, style, node.ordinal, latest) or _follows_title(source, node, last)
    return node if free else None


_PLAIN_TITLE = re.compile(r"[\u4e00-\u9fff“”、]{3,24}")


def _follows_title(source: Source, node: Node, last: Node | None) -> bool:
    """“三、实施步骤(一)设备购置(1)终端…”: the first of a finer list, behind a title whose line break is lost."""
    if last is None or node.ordinal != 1 or not source.run_together or node.style not in _FINE:
        return False
    finer = _ORDER.index(node.style) > _ORDER.index(last.style)
    return finer and bool(_PLAIN_TITLE.fullmatch(source.text, last.head, node.start))


def _ordinal(match: re.Match[str], style: Style, latest: dict[Style, int]) -> int:
    if style is Style.BULLET:
        return latest.get(style, 0) + 1
    if style is Style.CIRCLED:
        return ord(match.group()) - ord("①") + 1
    return number_of(next(match[key] for key in "szctpfdunqa" if match[key]))


def _style_of(match: re.Match[str]) -> Style:
    return next(style for style in Style if match[style.name])


def _stands_free(source: Source, match: re.Match[str], style: Style, ordinal: int, latest: dict[Style, int]) -> bool:
    """Whether the number opens a heading here, rather than being part of a word or a reference."""
    text = source.text
    place = match.start() - 1
    while place >= 0 and text[place] == " ":
        place -= 1
    before = text[place] if place >= 0 else "\n"
    if style is Style.STAGE and not _opens_stage(text, match):
        return False
    follows = ordinal == latest.get(style, 0) + 1
    after_gap = style is Style.UPPER and follows and place < match.start() - 1
    if before == "\n" or style is Style.BULLET or (after_gap and _SHORT_LINE.match(text, match.end())):
        return True
    if style is Style.PAREN:
        return before in _ENDS_BEFORE or (source.run_together and before not in "第见按及和、,至项款")
    if style is Style.UPPER and (text[match.end() - 1] == "." or before in "”》)"):
        return follows and text[match.end() - 1] != "."
    if ordinal == 1 and _TITLED.search(text, max(0, place - 3), place + 1):
        return source.run_together or (style is Style.STAGE and place < match.start() - 1)
    begins = ordinal > 1 or (style is Style.STAGE and text[match.end() : match.end() + 1] in ":(")
    return before in _ENDS_BEFORE or (source.run_together and follows and begins and _ends_unmarked(before, style))


def _ends_unmarked(before: str, style: Style) -> bool:
    """Where line breaks are lost a heading may follow a plain character, but not one that makes 第一、 or 周二、."""
    return before >= "\u4e00" and (style is Style.PAREN_ARABIC or before not in "第周期星十年月初届")


def _opens_stage(text: str, match: re.Match[str]) -> bool:
    if match["z"]:
        return True
    if _STAGE_REFERENCE.match(text, match.end("s")):
        return False
    return bool(_STAGE_FOLLOW.match(text, match.end()))


def _place(node: Node, stack: list[Node]) -> None:
    """Find the parent: the number before it in the same style is its sibling, a number one opens a deeper level."""
    level = _level(node, stack)
    del stack[level:]
    if stack:
        node.parent = stack[-1]
        if len(stack) < _DEEPEST:
            stack[-1].children.append(node)
    if len(stack) < _DEEPEST:
        stack.append(node)


def _level(node: Node, stack: list[Node]) -> int:
    same = [level for level, other in enumerate(stack) if other.style is node.style]
    for level in reversed(same):
        if stack[level].ordinal == node.ordinal - 1:
            return level
    if node.style is Style.CHAPTER:
        return 0
    if node.style is Style.UPPER:
        chapters = [level for level, other in enumerate(stack) if other.style is Style.CHAPTER]
        return same[0] if same else len(chapters)
    if same and node.ordinal > 1:
        return same[-1]
    if same and stack[same[-1]] is stack[-1]:
        return same[-1]
    return _below_coarser(node.style, stack) if not same else len(stack)


_ORDER = list(Style)
_FINE = frozenset({Style.ARABIC, Style.PAREN_ARABIC})


def _below_coarser(style: Style, stack: list[Node]) -> int:
    """A style seen for the first time stands below every coarser style, and closes the finer ones."""
    rank = _ORDER.index(style)
    level = len(stack)
    while level and style is not Style.STAGE and _ORDER.index(stack[level - 1].style) > rank:
        level -= 1
    return level


def _close(nodes: list[Node], end: int) -> None:
    starts = [node.start for node in nodes]
    for place, node in enumerate(nodes):
        node.own_end = starts[place + 1] if place + 1 < len(nodes) else end
    for node in reversed(nodes):
        node.end = end
    _close_subtrees(nodes, end)


def _close_subtrees(nodes: list[Node], end: int) -> None:
    open_nodes: list[Node] = []
    for node in nodes:
        while open_nodes and open_nodes[-1] is not node.parent:
            open_nodes.pop().end = node.start
        open_nodes.append(node)
    for node in open_nodes:
        node.end = end


def _name(text: str, node: Node) -> None:
    """Cut the title off the text that follows it: at the first stop, or at a gap between words."""
    limit = min(node.own_end, node.head + _LONGEST_TITLE)
    stop = _TITLE_END.search(text, node.head, limit)
    node.head_end = stop.start() if stop else limit
    gap = _GAP.search(text, node.head + 4, node.head_end)
    steps = STEPS_RUN_INTO.match(text, node.head)
    if gap:
        node.head_end = gap.start()
    if steps:
        node.head_end = steps.end()
    node.title = text[node.head : node.head_end].strip(" 、.:")


_RUN_ON = re.compile(
    r"(?P<title>[\u4e00-\u9fff]{4,10}?)(?=(?:结合|按照|根据|围绕|针对|依据|对照|通过|选取|以[^,。]{2,10}[形方]式)[\u4e00-\u9fff“《])"
)
_SHORT_TITLE = 12


def _cut_run_on(text: str, nodes: list[Node]) -> None:
    """“现场查验结合台账抽查…”: a title and the sentence behind it, where the titles beside it are short."""
    for node in nodes:
        run_on = _RUN_ON.match(node.title) if len(node.title) > _SHORT_TITLE else None
        beside = node.parent.children if node.parent and run_on else []
        if run_on and any(
            1 < len(other.title.partition("(")[0]) <= _SHORT_TITLE for other in beside if other is not node
        ):
            node.title, node.run_on = run_on["title"], True
            node.head_end = text.index(node.title, node.head) + len(node.title)


def stage_after_torn_steps(nodes: list[Node]) -> Node | None:
    """“2.初审(8月) 3.审核 (三)公布阶段”: the stage that a torn-off text comes to behind the steps of another."""
    if not nodes or nodes[0].parent or nodes[0].style not in {Style.ARABIC, Style.PAREN_ARABIC}:
        return None
    coarser = next((node for node in nodes if _ORDER.index(node.style) < _ORDER.index(nodes[0].style)), None)
    if coarser is None or coarser.ordinal < 2 or coarser.style not in {Style.PAREN, Style.STAGE}:
        return None
    if coarser.style is Style.STAGE:
        return coarser
    return coarser if coarser.title.partition("(")[0].endswith(("阶段", "环节")) else None


def enclosing(nodes: list[Node], place: int) -> Node | None:
    """The innermost heading whose part of the text holds ``place``."""
    level = bisect_left(nodes, place + 1, key=lambda node: node.start) - 1
    node = nodes[level] if level >= 0 else None
    while node and node.end <= place:
        node = node.parent
    return node
