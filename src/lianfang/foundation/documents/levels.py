"""Read the risk grades of a column as published lists spell them, and say so where the order of grades is not known.

Words (高 中 低; 重大 较大 一般), Roman numerals (Ⅰ gravest) and colours (红 橙/黄 蓝) follow the national emergency
convention. Bare numbers and letters (一级, 1, A) run both ways in published rules (domain.md §3), so they are read only
where the document itself says which end is up, and are otherwise reported as ambiguous (S28).
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lianfang.foundation.documents.cells import BLANKS
from lianfang.foundation.documents.legends import legend_order
from lianfang.foundation.documents.stars import StarReading, is_stars, star_grades
from lianfang.kernel.levels import Grade

HIGH, MEDIUM, LOW = Grade.HIGH, Grade.MEDIUM, Grade.LOW

_SCALES: tuple[Mapping[str, Grade], ...] = (
    {"高": HIGH, "中": MEDIUM, "低": LOW, "HIGH": HIGH, "MEDIUM": MEDIUM, "LOW": LOW},
    {"H": HIGH, "M": MEDIUM, "L": LOW},
    {"重大": HIGH, "较大": MEDIUM, "一般": LOW},
    {"高": HIGH, "中": MEDIUM, "一般": LOW},
    {"高": HIGH, "较高": MEDIUM, "一般": LOW},
    {"重大": HIGH, "中": MEDIUM, "一般": LOW},
    {"较高": HIGH, "中": MEDIUM, "较低": LOW},
    {"较高": HIGH, "一般": MEDIUM, "较低": LOW},
    {"大": HIGH, "中": MEDIUM, "小": LOW},
    {"严重": HIGH, "较重": MEDIUM, "较轻": LOW, "轻微": LOW},
    {"严重": HIGH, "一般": MEDIUM, "轻微": LOW},
    {"重要": HIGH, "中": MEDIUM, "一般": LOW},
    {"I": HIGH, "II": MEDIUM, "III": LOW},
    {"红": HIGH, "黄": MEDIUM, "蓝": LOW},
    {"红": HIGH, "橙": MEDIUM, "蓝": LOW},
    {"红": HIGH, "黄": MEDIUM, "绿": LOW},
)
"""Scales of three steps: a column is read by the first that holds all its words."""

_FINER_SCALES: tuple[Mapping[str, Grade], ...] = (
    {"重大": HIGH, "较大": MEDIUM, "一般": MEDIUM, "低": LOW},
    {"红": HIGH, "橙": MEDIUM, "黄": MEDIUM, "蓝": LOW},
    {"特别重大": HIGH, "重大": HIGH, "较大": MEDIUM, "一般": LOW},
    {"I": HIGH, "II": MEDIUM, "III": MEDIUM, "IV": LOW},
    {"极高": HIGH, "高": HIGH, "较高": MEDIUM, "中": MEDIUM, "较低": LOW, "低": LOW, "极低": LOW},
)
"""Scales with more than three steps: neighbouring steps fall together, which the message says."""

_NUMBERED = re.compile(r"(?:[一二三四五甲乙丙丁]|[1-5]|[A-E])")
_ROMAN = frozenset({"I", "II", "III", "IV"})
_PADDING = re.compile(r"风险点?|岗位?|等级|级别|程度|[级等度色类档星]|^为|[:：.。]$")
_COUNTED = re.compile(r"(?:\d+\s*个?\s*[高中低](?:级|等级|风险)*|[高中低](?:级|等级|风险)*\s*\d+\s*个?)")
_LEADING_STARS = re.compile("^[★☆⭐]+")
_BOTH = re.compile(r"^(?P<mark>[^()/]+)(?:[(](?P<word>[^()]+)[)]|/(?P<other>[^()/]+))$")
_SHORTEST_PHRASE = 4
_OPTION = r"(高|中|低|重大|较大|一般)(?:级|等|风险)*"
_TICK = r"[☑√✓✔■☒●]"
_OPEN_BOX = re.compile(r"[□☐○]")
_TICKED_BEFORE = re.compile(rf"{_TICK}{_OPTION}")
_TICKED_BEHIND = re.compile(rf"{_OPTION}[(\[]?{_TICK}")


@dataclass(frozen=True, slots=True)
class LevelReading:
    """Grades of a column, one a cell: a ``Grade``, ``None``, or text kept as written where one cell counts several.

    ``unknown`` holds (position, text as written) of cells that name no grade, ``unsettled`` the positions of those
    whose order nobody tells; ``message`` explains it in one sentence, if needed.
    """

    levels: tuple[Grade | str | None, ...]
    ambiguous: bool = False
    message: str = ""
    unknown: tuple[tuple[int, str], ...] = ()
    unsettled: tuple[int, ...] = ()

    @property
    def first_unsettled(self) -> int | None:
        """The first cell whose grade nobody can order, where others of the column could be read; else the column."""
        return self.unsettled[0] if self.unsettled and any(self.levels) else None


def read_levels(values: Sequence[object], legend: Iterable[str] = ()) -> LevelReading:
    """Read a whole column at once, for only all its words together tell the scale; ``legend`` are the document's
    own words around the table (titles, notes, headings), in which an order of numbered grades may be stated.
    """
    tidy = {value: _tidy(value) for value in set(values)}
    texts = [tidy[value] for value in values]
    distinct = dict.fromkeys(texts)
    said = [*legend, *distinct]
    written = {tidy[value]: " ".join(str(value).split()) for value in tidy}
    order = legend_order(said)
    stars = star_grades(distinct, said)
    marks = {text: stars.grades.get(text) or _mark(text) for text in distinct if not _is_blank(text)}
    scale, finer = _scale_for({mark for mark in marks.values() if not _is_numbered(mark)})
    read: dict[str, Grade | str | None] = {}
    numbered, unknown = set(), set()
    for text in distinct:
        mark = marks.get(text, "")
        if not mark:
            read[text] = None
        elif _is_count(text):
            read[text] = text
        elif _is_numbered(mark):
            read[text] = order.get(mark)
            numbered |= {text} if mark not in order else set()
        else:
            read[text] = order.get(mark) if mark in _ROMAN and mark in order else scale.get(mark)
            unknown |= {text} if read[text] is None else set()
    message = _message({written[text] for text in numbered}, {written[text] for text in unknown}, finer, stars)
    faults = tuple((index, written[text]) for index, text in enumerate(texts) if text in unknown)
    unsettled = tuple(index for index, text in enumerate(texts) if text in numbered)
    return LevelReading(tuple(read[text] for text in texts), bool(numbered), message, faults, unsettled)


@functools.lru_cache(maxsize=4096)
def looks_like_level(text: str) -> bool:
    """Whether a cell by itself looks like a grade."""
    tidy = _tidy(text)
    if len(tidy) > 12 or _is_blank(tidy):
        return False
    mark = _mark(tidy)
    return _is_count(tidy) or is_stars(tidy) or any(mark in scale for scale in _SCALES)


def is_phrase(text: str) -> bool:
    """Whether a cell says more than any grade would: no word, number, letter or star of a scale, and no short sign."""
    tidy = _tidy(text)
    return len(tidy) >= _SHORTEST_PHRASE and not (
        looks_like_level(text) or _is_word(mark := _mark(tidy)) or _is_numbered(mark)
    )


def _tidy(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "".join(unicodedata.normalize("NFKC", str(value)).split())


def _is_blank(text: str) -> bool:
    return text in BLANKS or text in {"None", "待定", "未定", "无风险"}


def _is_numbered(mark: str) -> bool:
    """Whether a sign is one whose order only a legend tells; two stars may be the most or the fewest."""
    return _NUMBERED.fullmatch(mark) is not None or is_stars(mark)


def _is_count(text: str) -> bool:
    """Whether the cell counts grades, like 1中2低 or 高3个、中1个."""
    return bool(_COUNTED.search(text)) and not _COUNTED.sub("", text).strip("、,，;；和+共个()")


@functools.lru_cache(maxsize=4096)
def _mark(text: str) -> str:
    """The grade sign of a cell without padding: 高风险 → 高, Ⅱ级 → II, 一级（高） → 高."""
    if (ticked := _ticked(text)) is not None:
        return ticked
    if is_stars(text):
        return text
    if both := _BOTH.match(text):
        inner, outer = _bare(both.group("word") or both.group("other")), _bare(both.group("mark"))
        return inner if _is_word(inner) else outer
    for scale in (*_SCALES, *_FINER_SCALES):
        for word in scale:
            if text in {f"{word}风险I级", f"{word}风险II级", f"{word}风险III级"}:
                return word
    return _bare(text)


def _ticked(text: str) -> str | None:
    """The option ticked in a cell such as □高 ☑中 □低 or 高□中√低□; empty when none or several are."""
    boxed = _OPEN_BOX.search(text)
    found = (_TICKED_BEFORE if text[:1] and not text[0].isalnum() else _TICKED_BEHIND).findall(text)
    if not boxed and not found:
        return None
    return found[0] if len(found) == 1 else "" if not found else None


def _bare(text: str) -> str:
    text = _LEADING_STARS.sub("", text) or text
    bare = _PADDING.sub("", text.upper() if text.isascii() else text).strip(
        "()[]【】“”‘’「」『』《》\"'*、,，;；:：.。"
    )
    return bare.upper() if bare.isascii() else bare or text


def _is_word(mark: str) -> bool:
    return any(mark in scale for scale in (*_SCALES, *_FINER_SCALES))


def _scale_for(marks: set[str]) -> tuple[Mapping[str, Grade], bool]:
    """The scale that explains most of the signs, exact three-step ones first; and whether it is a finer one."""
    marks = {mark for mark in marks if not _is_count(mark)}
    for scale in _SCALES:
        if marks <= scale.keys():
            return scale, False
    for scale in _FINER_SCALES:
        if marks <= scale.keys():
            return scale, True
    return max(_SCALES, key=lambda scale: len(marks & scale.keys())), False


def _message(numbered: set[str], unknown: set[str], finer: bool, stars: StarReading) -> str:
    sentences = []
    if numbered and all(map(_LEADING_STARS.match, numbered)):
        shown = "、".join(sorted(numbered)[:4])
        why = "本表对几颗星最高的说法互相矛盾" if stars.is_contradictory else "本表没有说明几颗星最高"
        sentences.append(f"等级写作“{shown}”，{why}，故未换算；请在表头或表下注明，例如“★★★高、★★中、★低”。")
    elif numbered:
        shown = "、".join(sorted(numbered)[:4])
        sentences.append(
            f"等级写作“{shown}”，各地用法相反（有的一级最高，有的一级最低），本表没有说明哪一级最高，故未换算；"
            "请在表头或表下注明，例如“一级（高）、二级（中）、三级（低）”。"
        )
    if unknown:
        shown = "、".join(sorted(unknown)[:4])
        sentences.append(f"等级“{shown}”不在可识别的写法里；可以写：高、中、低。")
    if finer or stars.is_finer:
        sentences.append("本表的等级多于三级，相邻两级已并为同一等级，请核对。")
    return "".join(sentences)
