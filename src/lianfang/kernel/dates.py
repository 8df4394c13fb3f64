"""Dates as official plans write them: a day, a ten-day period, a month, a half-year, a year's end, even without year.

A :class:`FuzzyDate` keeps exactly what was written and answers for its first and last possible day (S12).
Text codes: ``2017-06-21``, ``2017-06``, ``2017-06-early|mid|late|end``, ``2017-H1|H2``, ``2017-Q1..Q4``,
``2017``, ``2017-early|end``; ``XXXX`` stands for a year that the text does not state.
"""

from __future__ import annotations

import calendar
import datetime as dt
import enum
import re
from dataclasses import dataclass, replace

from lianfang.kernel.clipping import clipped
from lianfang.kernel.errors import Invalid


class Part(enum.StrEnum):
    """Which part of a month or a year is meant."""

    WHOLE = ""
    EARLY = "early"
    MID = "mid"
    LATE = "late"
    END = "end"
    H1 = "H1"
    H2 = "H2"
    Q1 = "Q1"
    Q2 = "Q2"
    Q3 = "Q3"
    Q4 = "Q4"


class BadDate(Invalid):
    """A date that does not exist or is not written in any known way."""

    code = "bad-date"
    default_remedy = "请写成“2017年6月21日”“2017年6月中旬”“2017年上半年”这样的日期。"


_OF_MONTH = {Part.WHOLE: (1, 31), Part.EARLY: (1, 10), Part.MID: (11, 20), Part.LATE: (21, 31), Part.END: (21, 31)}
_OF_YEAR = {
    Part.WHOLE: (1, 12),
    Part.EARLY: (1, 1),
    Part.END: (12, 12),
    Part.H1: (1, 6),
    Part.H2: (7, 12),
    Part.Q1: (1, 3),
    Part.Q2: (4, 6),
    Part.Q3: (7, 9),
    Part.Q4: (10, 12),
}
_LEAP_YEAR = 2000
"""Stands in where the year is unknown, so that 29 February may be one."""


@dataclass(frozen=True, slots=True)
class FuzzyDate:
    """A date as precise as its text: an unstated ``year`` is ``None``, and no ``month`` means the whole year."""

    year: int | None
    month: int | None = None
    day: int | None = None
    part: Part = Part.WHOLE

    def __post_init__(self) -> None:
        """Refuse what no calendar has."""
        fault = self._fault()
        if fault:
            raise BadDate(f"“{self._spelled()}”不是有效日期：{fault}。")

    def _fault(self) -> str:
        if self.year is not None and not 1 <= self.year <= 9999:
            return "年份应在1至9999之间"
        if self.month is None:
            return "" if self.day is None and self.part in _OF_YEAR else "缺少月份"
        if not 1 <= self.month <= 12:
            return "月份应在1至12之间"
        if self.day is None:
            return "" if self.part in _OF_MONTH else "月份之内不能写半年或季度"
        longest = calendar.monthrange(self.year or _LEAP_YEAR, self.month)[1]
        if not 1 <= self.day <= longest:
            return f"{self.month}月只有{longest}天"
        return "" if self.part is Part.WHOLE else "写明了日就不能再写旬"

    def first(self) -> dt.date | None:
        """The first day it may mean, or ``None`` while the year is unknown."""
        if self.year is None:
            return None
        month, day = self._edge(0)
        return dt.date(self.year, month, day)

    def last(self) -> dt.date | None:
        """The last day it may mean, or ``None`` while the year is unknown; a deadline expires after this day."""
        if self.year is None:
            return None
        month, day = self._edge(1)
        return dt.date(self.year, month, min(day, calendar.monthrange(self.year, month)[1]))

    def _edge(self, side: int) -> tuple[int, int]:
        if self.month is None:
            return _OF_YEAR[self.part][side], (1, 31)[side]
        return self.month, self.day or _OF_MONTH[self.part][side]

    @property
    def exact(self) -> bool:
        """Whether one single day is meant."""
        return self.year is not None and self.day is not None

    def in_year(self, year: int | None) -> FuzzyDate:
        """The same date in ``year``; raises :class:`BadDate` for 29 February of a common year."""
        return replace(self, year=year)

    @property
    def code(self) -> str:
        """The text code; ``parse(d.code) == d``."""
        head = "XXXX" if self.year is None else f"{self.year:04d}"
        month = "" if self.month is None else f"-{self.month:02d}"
        day = "" if self.day is None else f"-{self.day:02d}"
        return f"{head}{month}{day}{'-' if self.part else ''}{self.part.value}"

    def __str__(self) -> str:
        return self.code

    @property
    def chinese(self) -> str:
        """As an official document writes it: 2017年6月中旬; without the year where it is unknown."""
        return self._spelled()

    def _spelled(self) -> str:
        year = "" if self.year is None else f"{self.year}年"
        if self.month is None:
            return year + _YEAR_WORDS.get(self.part, "") if year or self.part else "年份不详"
        if self.day is not None:
            return f"{year}{self.month}月{self.day}日"
        return f"{year}{self.month}月{_MONTH_WORDS.get(self.part, '')}"


_MONTH_WORDS = {Part.EARLY: "上旬", Part.MID: "中旬", Part.LATE: "下旬", Part.END: "底"}
_YEAR_WORDS = {
    Part.EARLY: "初",
    Part.END: "底",
    Part.H1: "上半年",
    Part.H2: "下半年",
    Part.Q1: "第一季度",
    Part.Q2: "第二季度",
    Part.Q3: "第三季度",
    Part.Q4: "第四季度",
}
_CODE = re.compile(
    r"(?P<year>\d{4}|XXXX)(?:-(?:(?P<month>\d{2})(?:-(?:(?P<day>\d{2})|(?P<third>early|mid|late|end)))?"
    r"|(?P<half>H[12]|Q[1-4]|early|end)))?\Z"
)
_CHINESE = re.compile(
    r"(?:(?P<year>\d{4})年)?(?:(?P<month>\d{1,2})月份?(?:(?P<day>\d{1,2})[日号]|(?P<third>上旬|中旬|下旬|[初中底末]))?"
    r"|(?P<half>[上下]半年|第?[一二三四1-4]季度|年?[初底末])?)\Z"
)
_DIGITS = re.compile(r"(?P<year>\d{4})([-./])(?P<month>\d{1,2})(?:\2(?P<day>\d{1,2}))?\Z")
_NARROW = str.maketrans("０１２３４５６７８９－．／", "0123456789-./")
PART_WORDS: dict[str, Part] = {
    "上旬": Part.EARLY,
    "初": Part.EARLY,
    "年初": Part.EARLY,
    "中旬": Part.MID,
    "中": Part.MID,
    "下旬": Part.LATE,
    "底": Part.END,
    "末": Part.END,
    "年底": Part.END,
    "年末": Part.END,
    "上半年": Part.H1,
    "下半年": Part.H2,
}
for _place, _digit in enumerate("一二三四1234"):
    PART_WORDS[f"{_digit}季度"] = PART_WORDS[f"第{_digit}季度"] = Part(f"Q{1 + _place % 4}")
"""How documents name parts of a month or of a year."""


def parse_date(text: str) -> FuzzyDate:
    """Read a code, a Chinese date (full-width digits too), or 2017.6.21 and 2017/6/21.

    Raises:
        BadDate: for a day no calendar has, or text that is no date.
    """
    plain = "".join(text.translate(_NARROW).split())
    found = _CODE.match(plain) or _DIGITS.match(plain) or _CHINESE.match(plain)
    if not found or not plain:
        raise BadDate(f"“{clipped(text)}”不是可以识别的日期。")
    named: dict[str, str | None] = found.groupdict()
    year, month, day = (_number(named.get(key)) for key in ("year", "month", "day"))
    word = named.get("third") or named.get("half") or ""
    part = PART_WORDS.get(word) or Part(word)
    return FuzzyDate(year, month, day, part)


def _number(digits: str | None) -> int | None:
    return int(digits) if digits and digits != "XXXX" else None
