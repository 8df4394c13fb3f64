"""Read from a document's own words which end of its numbered grades is the gravest (S28)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from lianfang.kernel.levels import Grade

_ROWS = (
    ("一", "二", "三", "四", "五"),
    ("1", "2", "3", "4", "5"),
    ("A", "B", "C", "D", "E"),
    ("甲", "乙", "丙", "丁"),
    ("I", "II", "III", "IV"),
)
"""Signs that stand for steps, in the order in which they are counted."""

_GRADES = {"高": Grade.HIGH, "重大": Grade.HIGH, "中": Grade.MEDIUM, "较大": Grade.MEDIUM}
_WORD = r"(?P<word>最高|最低|最大|最小|最重|最轻|高|中|低|重大|较大|一般)"
_SIGN = r"(?:[一二三四五甲乙丙丁]|[1-5]|[A-E]|IV|I{1,3})(?![A-Za-z\d])"
_STEP = r"(?:级|等|类|档)"
_LINK = rf"(?:{_STEP}|风险|等级)*[为是指属即系=:：(“\"—–→-]*(?:风险)?"
_MARK_FIRST = re.compile(rf"(?<![一二三四五六七八九十\dA-Za-z])(?P<mark>{_SIGN}){_STEP}{_LINK}{_WORD}")
_LETTER_FIRST = re.compile(rf"(?<![A-Za-z\d年月.-])(?P<mark>{_SIGN})[为是=:：(—–→-]+{_WORD}")
_WORD_FIRST = re.compile(
    rf"{_WORD}(?:风险|等级|级|等)*[为是指即=:：(—–→-]+(?P<mark>{_SIGN})(?=$|[),，、;；。]|{_STEP}|风险|[高中低较]|重大|一般)"
)
_DIRECTION = re.compile(r"(?:由|从|自|按)(?P<start>[高低重轻大小])(?:到|至|往|向)[低高轻重小大](?P<rest>[^。;；]*)")
_RUN = re.compile(rf"{_SIGN}{_STEP}?(?:风险)?(?:(?:[、/和与及至到~—–-]|以及)+{_SIGN}{_STEP}?(?:风险)?)+")
_LEADING_SIGN = re.compile(_SIGN)


def legend_order(texts: Iterable[str]) -> dict[str, Grade]:
    """Grades of numbered signs as far as the texts state them: 一级（高）, 一级为最高, 从高到低分为一、二、三级."""
    order: dict[str, Grade] = {}
    for text in texts:
        narrow = "".join(unicodedata.normalize("NFKC", text).split())
        for pattern in (_MARK_FIRST, _LETTER_FIRST, _WORD_FIRST):
            for found in pattern.finditer(narrow):
                _note(order, found.group("mark"), found.group("word"))
        for found in _DIRECTION.finditer(narrow):
            if mark := _first_of_run(found.group("rest")):
                _note(order, mark, "最高" if found.group("start") in "高重大" else "最低")
    return order


def _first_of_run(text: str) -> str:
    """The sign with which an enumeration begins; in 分为三级：一级、二级、三级 the first 三级 only counts."""
    run = _RUN.search(text)
    first = _LEADING_SIGN.match(run.group()) if run else None
    return first.group() if first else ""


def _note(order: dict[str, Grade], mark: str, word: str) -> None:
    """Take one statement: a grade for a sign, or which end of the row of signs is the gravest."""
    if not word.startswith("最"):
        order.setdefault(mark, _GRADES.get(word, Grade.LOW))
        return
    row = next(signs for signs in _ROWS if mark in signs)
    from_top = (row.index(mark) == 0) == (word in {"最高", "最大", "最重"})
    grades = (Grade.HIGH, Grade.MEDIUM, Grade.LOW)
    for sign, grade in zip(row, grades if from_top else grades[::-1], strict=False):
        order.setdefault(sign, grade)
