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
from lianfang.kernel.levels import Grade

HIGH, MEDIUM, LOW = Grade.HIGH, Grade.MEDIUM, Grade.LOW

_SCALES: tuple[Mapping[str, Grade], ...] = (
    {"高": HIGH, "中": MEDIUM, "低": LOW, "HIGH": HIGH, "MEDIUM": MEDIUM, "LOW": LOW},
    {"重大": HIGH, "较大": MEDIUM, "一般": LOW},
    {"高": HIGH, "中": MEDIUM, "一般": LOW},
    {"高": HIGH, "较高": MEDIUM, "一般": LOW},
    {"重大": HIGH, "中": MEDIUM, "一般": LOW},
    {"大": HIGH, "中": MEDIUM, "小": LOW},
    {"严重": HIGH, "较重": MEDIUM, "较轻": LOW, "轻微": LOW},
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
    {"I": HIGH, "II": MEDIUM, "III": MEDIUM, "IV": LOW},
    {"极高": HIGH, "高": HIGH, "较高": MEDIUM, "中": MEDIUM, "较低": LOW, "低": LOW, "极低": LOW},
)
"""Scales with more than three steps: neighbouring steps fall together, which the message says."""

_NUMBERED = re.compile(r"(?:[一二三四五甲乙丙丁]|[1-5]|[A-E])")
_ORDERED = ("一二三四五", "12345", "ABCDE", "甲乙丙丁")
_PADDING = re.compile(r"风险点?|等级|级别|程度|[级等度色类档]|^为|[:：.。]$")
_COUNTED = re.compile(r"(?:\d+\s*个?\s*[高中低](?:级|等级|风险)*|[高中低](?:级|等级|风险)*\s*\d+\s*个?)")
_BOTH = re.compile(r"^(?P<mark>[^()]+)[(](?P<word>[^()]+)[)]$")

_WORD = r"(?P<word>最高|最低|高|中|低|重大|较大|一般)"
_MARK = r"(?P<mark>[一二三四五甲乙丙]|[1-5]|[A-E])"
_LINK = r"(?:级|等|类|档|风险|等级)*[为是指属即系=:：(“”\"-]*(?:风险)?"
_MARK_FIRST = re.compile(rf"(?<![一二三四五六七八九十\dA-Za-z]){_MARK}(?:级|等|类|档){{1}}{_LINK}{_WORD}")
_LETTER_FIRST = re.compile(rf"(?<![A-Za-z\d]){_MARK}[为是=:：(]+{_WORD}")
_WORD_FIRST = re.compile(rf"{_WORD}(?:风险|等级|级|等)*[为是指即=:：(]+{_MARK}(?:级|等|类|档|[)]|风险)")
_DIRECTION = re.compile(
    r"(?:由|从|自|按)(?P<from>高|低|重|轻|大|小)(?:到|至|往|向)(?:低|高|轻|重|小|大)[^。;；]*?" + _MARK
)


@dataclass(frozen=True, slots=True)
class LevelReading:
    """Grades of a column, one a cell: a ``Grade``, ``None``, or text kept as written where one cell counts several.

    ``unknown`` holds (position, text) of cells that name no grade; ``message`` explains in one sentence, if needed.
    """

    levels: tuple[Grade | str | None, ...]
    ambiguous: bool = False
    message: str = ""
    unknown: tuple[tuple[int, str], ...] = ()


def read_levels(values: Sequence[object], legend: Iterable[str] = ()) -> LevelReading:
    """Read a whole column at once, for only all its words together tell the scale; ``legend`` are the document's
    own words around the table (titles, notes, headings), in which an order of numbered grades may be stated.
    """
    tidy = {value: _tidy(value) for value in set(values)}
    texts = [tidy[value] for value in values]
    distinct = dict.fromkeys(texts)
    order = _legend_order([*legend, *distinct])
    marks = {text: mark for text in distinct if (mark := _mark(text)) and not _is_blank(text)}
    scale, finer = _scale_for({mark for mark in marks.values() if not _NUMBERED.fullmatch(mark)})
    read: dict[str, Grade | str | None] = {}
    numbered, unknown = set(), set()
    for text in distinct:
        mark = marks.get(text, "")
        if not mark:
            read[text] = None
        elif _is_count(text):
            read[text] = text
        elif _NUMBERED.fullmatch(mark):
            read[text] = order.get(mark)
            numbered |= {text} if mark not in order else set()
        else:
            read[text] = scale.get(mark)
            unknown |= {text} if mark not in scale else set()
    message = _message(numbered, unknown, finer)
    faults = tuple((index, text) for index, text in enumerate(texts) if text in unknown)
    return LevelReading(tuple(read[text] for text in texts), bool(numbered), message, faults)


@functools.lru_cache(maxsize=4096)
def looks_like_level(text: str) -> bool:
    """Whether a cell by itself looks like a grade."""
    tidy = _tidy(text)
    if len(tidy) > 12 or _is_blank(tidy):
        return False
    mark = _mark(tidy)
    return _is_count(tidy) or any(mark in scale for scale in _SCALES)


def _tidy(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "".join(unicodedata.normalize("NFKC", str(value)).split())


def _is_blank(text: str) -> bool:
    return text in BLANKS or text in {"None", "待定", "未定"}


def _is_count(text: str) -> bool:
    """Whether the cell counts grades, like 1中2低 or 高3个、中1个."""
    return bool(_COUNTED.search(text)) and not _COUNTED.sub("", text).strip("、,，;；和+共个()")


@functools.lru_cache(maxsize=4096)
def _mark(text: str) -> str:
    """The grade sign of a cell without padding: 高风险 → 高, Ⅱ级 → II, 一级（高） → 高."""
    both = _BOTH.match(text)
    if both:
        inner, outer = _bare(both.group("word")), _bare(both.group("mark"))
        return inner if _is_word(inner) else outer
    for scale in (*_SCALES, *_FINER_SCALES):
        for word in scale:
            if text in {f"{word}风险I级", f"{word}风险II级", f"{word}风险III级"}:
                return word
    return _bare(text)


def _bare(text: str) -> str:
    bare = _PADDING.sub("", text.upper() if text.isascii() else text).strip("()[]【】“”\"'*、,，;；:：.。")
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


def _legend_order(texts: Iterable[str]) -> dict[str, Grade]:
    """Grades of numbered signs as far as the texts state them: 一级（高）, 一级为最高, 从高到低分为一、二、三级."""
    order: dict[str, Grade] = {}
    for text in texts:
        narrow = "".join(unicodedata.normalize("NFKC", text).split())
        for pattern in (_MARK_FIRST, _LETTER_FIRST, _WORD_FIRST):
            for found in pattern.finditer(narrow):
                _note(order, found.group("mark"), found.group("word"))
        for found in _DIRECTION.finditer(narrow):
            _note(order, found.group("mark"), "最高" if found.group("from") in "高重大" else "最低")
    return order


def _note(order: dict[str, Grade], mark: str, word: str) -> None:
    """Take one statement: a grade for a sign, or which end of the row of signs is the gravest."""
    if word not in {"最高", "最低"}:
        order.setdefault(mark, {"高": HIGH, "重大": HIGH, "中": MEDIUM, "较大": MEDIUM}.get(word, LOW))
        return
    row = next(signs for signs in _ORDERED if mark in signs)
    from_top = (row.index(mark) == 0) == (word == "最高")
    grades = (HIGH, MEDIUM, LOW) if from_top else (LOW, MEDIUM, HIGH)
    for sign, grade in zip(row, grades, strict=False):
        order.setdefault(sign, grade)


def _message(numbered: set[str], unknown: set[str], finer: bool) -> str:
    sentences = []
    if numbered:
        shown = "、".join(sorted(numbered)[:4])
        sentences.append(
            f"等级写作“{shown}”，各地用法相反（有的一级最高，有的一级最低），本表没有说明哪一级最高，故未换算；"
            "请在表头或表下注明，例如“一级（高）、二级（中）、三级（低）”。"
        )
    if unknown:
        shown = "、".join(sorted(unknown)[:4])
        sentences.append(f"等级“{shown}”不在可识别的写法里；可以写：高、中、低。")
    if finer:
        sentences.append("本表的等级多于三级，相邻两级已并为同一等级，请核对。")
    return "".join(sentences)
