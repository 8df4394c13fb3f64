"""Days as people write them: in Chinese figures (二〇二六年三月五日), and the two of a term of office."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass

_FIGURES = {figure: value for value, figure in enumerate("〇一二三四五六七八九")} | dict.fromkeys("零○Oo0", 0)
_FIGURE = "[〇零○Oo0一二三四五六七八九]"
_BELOW_100 = "[一二三四五六七八九十]{1,3}|廿[一二三四五六七八九]?|卅一?"
_WRITTEN = re.compile(rf"({_FIGURE}{{4}})年(元|{_BELOW_100})月(?:({_BELOW_100})([日号]))?")


def days_in_digits(text: str) -> str:
    """``text`` with days in Chinese figures as digits: 二〇二六年三月五日 is 2026年3月5日; the rest as it stands."""
    return _WRITTEN.sub(_digits, text) if "年" in text else text


def _digits(found: re.Match[str]) -> str:
    year, month, day, word = found.groups()
    value = "".join(str(_FIGURES[figure]) for figure in year)
    return f"{value}年{_value(month)}月" + (f"{_value(day)}{word}" if day else "")


def _value(text: str) -> int:
    text = text.replace("元", "一").replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = text.rpartition("十")
    return (_FIGURES[tens] if tens else bool(ten)) * 10 + (_FIGURES[ones] if ones else 0)


@dataclass(frozen=True, slots=True)
class Stretch:
    """From the first to the last day, both included; ``end`` is ``None`` while it lasts, or where it is not told.

    Of a day that is ``vague`` only the month was written: the first is that of the month, and the last likewise.
    """

    start: datetime.date
    end: datetime.date | None = None
    vague_start: bool = False
    vague_end: bool = False


_DAY = (
    r"(?P<year{0}>(?:19|20)\d\d)(?:年(?P<month{0}>\d{{1,2}})月(?:(?P<day{0}>\d{{1,2}})[日号])?"
    r"|(?P<mark{0}>[./-])(?P<m{0}>\d{{1,2}})(?!\d)(?:(?P=mark{0})(?P<d{0}>\d{{1,2}})(?!\d))?"
    r"|(?P<mm{0}>\d\d)(?P<dd{0}>\d\d)?(?!\d))"
)
_NOW = r"(?:今|现在|目前|现任|在任|在职|迄今)"
_STRETCH = re.compile(
    rf"(?:自|从|于)?{_DAY.format(1)}(?:开?始|起)?"
    rf"(?:任职|任|担任)?(?:[-—–―~至到]*{_NOW}|[-—–―~至到]+{_DAY.format(2)}(?:止|为止|卸任|离任)?|[-—–―~至]+)?"
)


def stretch_in(text: str) -> Stretch | None:
    """The stretch that a cell tells: 2021.03—2024.06, 2023年5月至今, 2021年3月起; ``None`` for anything else.

    ``text`` is narrow (NFKC, no white space). A month alone counts from its first, and to its last day.
    """
    found = _STRETCH.fullmatch(days_in_digits(text))
    if found is None:
        return None
    start, whole = _day(found, 1, last=False)
    end, also = _day(found, 2, last=True) if found["year2"] else (None, True)
    if start is None or (end is None and found["year2"]):
        return None
    return Stretch(start, end, not whole, not also)


def month_in(text: str, *, last: bool) -> datetime.date | None:
    """The first, or the last, day of the month that a cell names without a day; ``None`` for anything else."""
    found = _STRETCH.fullmatch(days_in_digits(text))
    if found is None or found["year2"]:
        return None
    day, whole = _day(found, 1, last=last)
    return None if whole else day


def _day(found: re.Match[str], which: int, *, last: bool) -> tuple[datetime.date | None, bool]:
    """One of the two days, ``None`` where no calendar has it, and whether it was written in full."""
    year = int(found[f"year{which}"])
    month = int(next(filter(None, (found[f"{name}{which}"] for name in ("month", "m", "mm")))))
    day = next(filter(None, (found[f"{name}{which}"] for name in ("day", "d", "dd"))), None)
    try:
        if day is None:
            return datetime.date(year, month, calendar.monthrange(year, month)[1] if last else 1), False
        return datetime.date(year, month, int(day)), True
    except ValueError:
        return None, day is not None
