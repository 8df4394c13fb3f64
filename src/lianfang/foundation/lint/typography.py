"""How official texts are written: document numbers, dates, punctuation, and blanks that were never filled (N16, N17).

Each pattern is narrow on purpose: a court's case number （2017）豫01行终5号, a standard GB/T 9704-2012, a time 12:30, a
web address and a telephone number are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lianfang.foundation.lint.wording import behind

_HAN = "\u3007\u3400-\u9fff"
_WIDE = str.maketrans(",;:?!()", "，；：？！（）")
_MARKS = r"\[\]【】(（〈<｛{,;:?!)._×_/〔\-$"
ANYTHING_TO_SEE = re.compile(
    behind(
        _MARKS + "12XxＸ某二一登执此T",
        rf"[{_MARKS}]|[12]\d{{3}}年|[XxＸ某]{{2}}|[二一][〇○零Oo九]|登记清单|执法控制|此处|TODO",
    )
)
"""Something of this stands in every text that departs from the standard; most texts have nothing of it."""
_NUMBER = re.compile(rf"(?<=[{_HAN}])\s*[\[［(（【〈<﹝〔]\s*((?:19|20)\d{{2}})\s*[\]］)）】〉>﹞〕]\s*第?0*(\d+)\s*号")
_DIGIT_DATE = re.compile(r"(?<![A-Za-z\d./\-])((?:19|20)\d{2})([./\-])(\d{1,2})\2(\d{1,2})(?![A-Za-z\d./\-])")
_ZERO_DATE = re.compile(r"((?:19|20)\d{2})年(0?)(\d{1,2})月(?:(0?)(\d{1,2})日)?")
_HAN_DATE = re.compile(
    r"[一二][〇○零Oo九一二三四五六七八]{3}年[一二三四五六七八九十]{1,3}月(?:[一二三四五六七八九十]{1,3}日)?"
)
_NARROW = re.compile(rf"(?<=[{_HAN}])[,;:?!](?=[{_HAN}]|$)|(?<=[{_HAN}])\((?=[{_HAN}])[^()]*\)")
_BLANK = re.compile(
    r"\{\{.*?\}\}|\$\{.*?\}|[×✕]{2,}|[XxＸ]{2,}(?=[" + _HAN + r"])|(?<![A-Za-z])TODO|此处(?:填写|填入)|_{3,}|某某"
)
_SLIPS = {"岗位风险登记清单": "岗位风险等级清单", "授权审批执法控制": "授权审批控制"}
"""Slips of the founding document and their canonical names (S87)."""


@dataclass(frozen=True, slots=True)
class Slip:
    """Characters ``start`` to ``end`` of a text, what is wrong with them, and how they should read (empty: ask)."""

    start: int
    end: int
    message: str
    better: str


def slips(text: str) -> Iterator[Slip]:
    """Everything in ``text`` that departs from the standard of official documents, by kind and place."""
    if ANYTHING_TO_SEE.search(text):
        for look in (_numbers, _dates, _punctuation, _blanks, _names):
            yield from look(text)


def corrected(text: str) -> str:
    """``text`` with every slip mended that has one right form."""
    for slip in sorted(slips(text), key=lambda slip: slip.start, reverse=True):
        if slip.better:
            text = text[: slip.start] + slip.better + text[slip.end :]
    return text


def _numbers(text: str) -> Iterator[Slip]:
    # Here and below: one look for a character costs a tenth of the pattern that needs it.
    if "号" not in text:
        return
    for found in _NUMBER.finditer(text):
        year, serial = found.groups()
        better = f"〔{year}〕{serial}号"
        if found[0] != better:
            yield Slip(found.start(), found.end(), f"发文字号“{found[0].strip()}”应写作“{better}”", better)


def _dates(text: str) -> Iterator[Slip]:
    for found in _DIGIT_DATE.finditer(text):
        year, _, month, day = found.groups()
        if 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
            better = f"{year}年{int(month)}月{int(day)}日"
            yield Slip(found.start(), found.end(), f"日期“{found[0]}”应写作“{better}”", better)
    if "年" not in text:
        return
    for found in _ZERO_DATE.finditer(text):
        year, month_zero, month, day_zero, day = found.groups()
        better = f"{year}年{int(month)}月" + (f"{int(day)}日" if day else "")
        if month_zero or day_zero or found[0] != better:
            yield Slip(found.start(), found.end(), f"日期“{found[0]}”的月、日不编虚位，应写作“{better}”", better)
    for found in _HAN_DATE.finditer(text):
        yield Slip(found.start(), found.end(), f"日期“{found[0]}”应使用阿拉伯数字", "")


def _punctuation(text: str) -> Iterator[Slip]:
    for found in _NARROW.finditer(text):
        if found[0][0] == "(" and _NUMBER.search(text, max(0, found.start() - 1), found.end() + 12):
            continue
        yield Slip(found.start(), found.end(), f"中文之间的“{found[0]}”应使用全角标点", _widened(found[0]))


def _widened(run: str) -> str:
    return f"（{run[1:-1]}）" if run.startswith("(") else run.translate(_WIDE)


def _blanks(text: str) -> Iterator[Slip]:
    for found in _BLANK.finditer(text):
        yield Slip(found.start(), found.end(), f"残留的占位文字“{found[0]}”未替换", "")


def _names(text: str) -> Iterator[Slip]:
    for wrong, right in _SLIPS.items():
        place = text.find(wrong)
        if place >= 0:
            yield Slip(place, place + len(wrong), f"“{wrong}”的规范名称是“{right}”", right)
