"""Grades written as stars: what so many stars stand for, as far as the document itself says it (S28).

Where it says nothing and three to five stars are the most, more stars are graver, as everywhere where stars are given.
What it says goes before that, also where one star is the gravest; where it contradicts itself nothing is read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

_STARS = (
    r"(?:(?<![★☆⭐*])(?:(?P<filled>[★⭐*]++)☆*+|(?P<open>☆++))"
    r"|(?P<count>[一二两三四五1-5])[颗个]?(?:[★☆⭐*]|星)级?)"
)
_WORD = r"(?P<word>最高|最低|特别重大|重大|较大|较高|较低|严重|一般|轻微|高|中|低)"
_MEANS = r"(?:表示|代表|等级|风险|级|的|[为是指属即系=:(“\"—–→-])"
_FIRST = re.compile(f"{_STARS}{_MEANS}++{_WORD}")
_BESIDE = re.compile(f"{_STARS}{_WORD}")
_BEHIND = re.compile(rf"{_WORD}(?:风险|等级|级|等)*[为是指即用以标=:(—–→-]+{_STARS}")
_SUPERLATIVE = re.compile(rf"(?P<word>最高|最低)(?:风险|等级|级别|级)*{_STARS}")
_EACH = re.compile(r"分别|依次|对应|逐一")
_ANY_STARS, _ANY_WORD = re.compile(_STARS), re.compile(_WORD)
_RUN = re.compile(r"(?:由|从|自|按)(?P<start>[高低重轻大小])(?:到|至|往|向)[低高轻重小大](?P<rest>[^。;；]*)")
_MORE = re.compile(
    r"(?:星|★)(?:级|数|数量)?越(?P<stars>[多高少低])[,，]?(?:则|表示|代表)?(?:其|该)?(?:廉[政洁])?(?:风险|等级|级别|危险|程度)*"
    r"越(?P<grave>高|大|重|严重|低|小|轻)"
)
_MOST = re.compile(r"(?:最多|满|共|分为?|设)(?P<count>[三四五3-5])[颗个]?(?:星|★|级(?=.*星))")
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}
_GRAVE, _MILD = frozenset({"高", "重大", "严重", "特别重大"}), frozenset({"低", "一般", "轻微"})

_AROUND = re.compile(r"^(?:风险)?(?:等级|级别)?:?(?=[★☆⭐*])|(?<=[★☆⭐*])(?:风险|等级|级)+$")
_CELL = re.compile(r"(?:[★⭐*]+☆*|☆+)")
_NOTED = re.compile(rf"(?P<stars>{_CELL.pattern})[(\[【](?=[^)\]】]*(?:最|越|满|共))[^()\[\]【】]*[)\]】]")
_IN_WORDS = re.compile(r"([一二两三四五1-5])[颗个]?星级?(?:[(][^()]*最[^()]*[)])?")
_GRADES = {3: "低中高", 4: "低中中高", 5: "低低中高高"}
"""By how many stars there are at most: what one star, two stars … stand for where more stars are graver."""


@dataclass(slots=True)
class _Legend:
    """What a document says of its stars: words for so many of them, and whether more of them are graver."""

    words: dict[int, str] = field(default_factory=dict)
    more_is_graver: set[bool] = field(default_factory=set)
    most: int = 0


@dataclass(frozen=True, slots=True)
class StarReading:
    """``grades`` are words of a scale by the text of the cell; ``unsettled`` are cells of stars that are not read."""

    grades: Mapping[str, str]
    unsettled: frozenset[str] = frozenset()
    is_finer: bool = False
    is_contradictory: bool = False


def is_stars(text: str) -> bool:
    """Whether a cell holds stars alone, perhaps with a remark in brackets on which of them are the most."""
    bare = _AROUND.sub("", text)
    return any(sign.fullmatch(bare) for sign in (_CELL, _NOTED))


def star_grades(texts: Iterable[str], said: Iterable[str]) -> StarReading:
    """The grades of the cells that hold stars, by what the document ``said`` around and inside its cells."""
    legend = _legend(said)
    cells = {text: found for text in texts if (found := _shown(text, legend))}
    if not cells:
        return StarReading({})
    if len(legend.more_is_graver) > 1:
        return StarReading({}, frozenset(cells), is_contradictory=True)
    filled = {text: shown[0] for text, shown in cells.items()}
    if set(filled.values()) <= legend.words.keys():
        return StarReading({text: legend.words[count] for text, count in filled.items()})
    most = max(legend.most, *legend.words, *(of for _, of in cells.values()))
    grades = _GRADES.get(most)
    if grades is None or not _is_ordered(legend, most):
        return StarReading({}, frozenset(cells))
    more = next(iter(legend.more_is_graver), True)
    ordered = grades if more else grades[::-1]
    return StarReading({text: ordered[count - 1] for text, count in filled.items()}, is_finer=most > 3)


def _is_ordered(legend: _Legend, most: int) -> bool:
    """Whether it is plain which end is the gravest: said outright, or nothing is said that speaks against the usual."""
    return bool(legend.more_is_graver) or legend.words.get(most, "高") in _GRAVE


def _shown(text: str, legend: _Legend) -> tuple[int, int] | None:
    """How many stars a cell shows, and of how many; stars in words (三星级) only where something is said of them."""
    text = _AROUND.sub("", text)
    if noted := _NOTED.fullmatch(text):
        text = noted["stars"]
    if _CELL.fullmatch(text):
        return len(text) - text.count("☆") or len(text), len(text)
    written = _IN_WORDS.fullmatch(text)
    if written and (legend.words or legend.more_is_graver):
        count = _number(written[1])
        return count, count
    return None


def _legend(said: Iterable[str]) -> _Legend:
    legend = _Legend()
    for text in said:
        plain = "".join(unicodedata.normalize("NFKC", text).split())
        for count, word in _statements(plain):
            _note(legend, count, word)
        for found in _RUN.finditer(plain):
            counts = [_how_many(stars) for stars in _ANY_STARS.finditer(found["rest"])]
            if len(counts) > 1 and counts[0] != counts[-1]:
                legend.more_is_graver.add((counts[0] > counts[-1]) == (found["start"] in "高重大"))
                legend.most = max(legend.most, *counts)
        legend.most = max(legend.most, *(_number(found["count"]) for found in _MOST.finditer(plain)), 0)
        for found in _MORE.finditer(plain):
            graver = found["grave"] in {"高", "大", "重", "严重"}
            legend.more_is_graver.add((found["stars"] in "多高") == graver)
    return legend


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """So many stars, and the word that stands for them: ★为低、★★为中, 高（★★★）, ★、★★、★★★分别为低、中、高."""
    stars, words = list(_ANY_STARS.finditer(text)), list(_ANY_WORD.finditer(text))
    if len(stars) > 1 and len(stars) == len(words) and _EACH.search(text):
        yield from zip(map(_how_many, stars), (word["word"] for word in words), strict=True)
        return
    told = [*_FIRST.finditer(text), *_BEHIND.finditer(text)]
    told = told or list(_BESIDE.finditer(text)) or list(_SUPERLATIVE.finditer(text))
    yield from ((_how_many(one), one["word"]) for one in told)


def _note(legend: _Legend, count: int, word: str) -> None:
    plain = {"最高": "高", "最低": "低"}.get(word, word)
    if word != plain:
        legend.more_is_graver.add((count > 1) == (plain == "高"))
        legend.most = max(legend.most, count)
    for other, known in legend.words.items():
        if other != count and {plain, known} & _GRAVE and {plain, known} & _MILD:
            legend.more_is_graver.add((count > other) == (plain in _GRAVE))
    legend.words.setdefault(count, plain)


def _how_many(found: re.Match[str]) -> int:
    """The number of stars in a statement; open ones count only where none is filled."""
    return _number(written) if (written := found["count"]) else len(found["filled"] or found["open"])


def _number(written: str) -> int:
    return _DIGITS.get(written) or int(written)
