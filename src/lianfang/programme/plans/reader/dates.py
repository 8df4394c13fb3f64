"""Dates in running text: where they stand, what they mean, and which of them form a window."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lianfang.kernel.dates import PART_WORDS, BadDate, FuzzyDate, Part

_NUMERALS = {char: n for n, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "十": 10}
_MONTH = r"\d{1,2}|十[一二]?|[一二三四五六七八九]"
_DAY = r"\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_YEAR = r"(?<!\d)\d{4}|[一二][〇○零一二三四五六七八九0]{3}"
_RELATIVE_YEAR = "今年|明年|当年|本年度?|次年|翌年|来年|下一年|同年|每年|去年|上年|前年"
SEPARATOR = r" {0,2}(?:[-—–―~～─至到]{1,3}|起至|开始至|起到|开始,?到) {0,2}"
_DATE = re.compile(
    rf"(?:(?:(?P<year>{_YEAR})年度?|(?P<near>{_RELATIVE_YEAR})的?) {{0,2}}|(?<!\d))"
    rf"(?:(?P<month>{_MONTH})月份?(?:(?P<day>{_DAY})[日号]|(?P<bare>\d{{1,2}})(?={SEPARATOR}\d)"
    r"|(?P<third>[上中下]旬|[初底末]|中(?=[、,。;)至到前—~-]|\Z))|(?P<two>[上中]、?[中下]旬))?"
    r"|(?P<half>[上下]半年|第?[一二三四]季度|(?<=年)[初底末]|年[初底末](?!数据|余额|考核|总结|报表|决算|资产|述职|评比|测评)))"
)
_DOTTED = re.compile(
    r"(?<![\d.])(?P<year>20\d{2}|19\d{2})(?P<dot>[./-])(?P<month>1[0-2]|0?[1-9]|\d{2}(?=(?P=dot)\d{1,2}(?![\d.%])))"
    r"(?:(?P=dot)(?P<day>[0-3]?\d))?(?![\d.%])"
)
_MONTH_PAIR = re.compile(
    rf"(?:(?P<year>{_YEAR})年|(?P<near>{_RELATIVE_YEAR}))?(?<!\d)(?P<first>\d{{1,2}}){SEPARATOR}(?P<last>\d{{1,2}})月份?(?!\d)"
)
_WHOLE_YEARS = re.compile(rf"(?<=\()(?P<year>\d{{4}})年?(?:{SEPARATOR}(?P<until>\d{{4}}))?年(?=\))")
_SHORT_END = re.compile(
    r"(?P<day>\d{1,2})[日号]|(?P<third>[上中下]旬|[初底末])"
    r"|(?P<month>1[0-2]|0?[1-9])[./](?P<dotted>[0-3]?\d)(?![\d.%])"
)
_DOTTED_PAIR = re.compile(
    rf"(?<=\()(?P<m>1[0-2]|0?[1-9])\.(?P<d>[0-3]?\d){SEPARATOR}(?P<m2>1[0-2]|0?[1-9])\.(?P<d2>[0-3]?\d)(?=[),])"
)
_SEPARATOR = re.compile(SEPARATOR)
_TWO_MONTHS = re.compile(r" {0,2}[和、] {0,2}")
_FILLED = re.compile(r" {0,2}(?:为|是)")
_STATED_YEAR = re.compile(rf"(?P<year>{_YEAR})[年./-]")
_LONGEST_MONTH = 31
_WEEKDAY = r"(?:\((?:星期|周)[一二三四五六日天]\))?"
_HOUR = r"(?:[上下中]午|晚上?)?(?:\d{1,2}[:时点](?:\d{2}分?|半)?整?|[上下]班)?"
DUE = re.compile(rf" {{0,2}}{_WEEKDAY} {{0,2}}{_HOUR} {{0,2}}(?:之?前(?!后)|以前|底前|为止|止|截止|以内|之内|内)")
"""What makes the date before it a last day: 前, 之前, (周五)下班前, 17:00前, 止."""
LIST_GAP = re.compile(r" {0,2}(?:之?前)?(?:[、,和及与]|以及) {0,2}")
"""What stands between dates in a row: 6月底、9月底前; 6月底前和12月底前."""
_FROM_NOW = re.compile(
    r"(?:(?:自|从)?(?:即日|现在|目前)|[^,。;:()\n]{0,12}?(?:印发|下发|发布|公布|实施|成立|接到|收到)[^,。;:()\n]{0,4}?之?日)"
    r"起?(?:开始)?(?:至|到|[-—–~～]{1,2}) {0,2}\Z"
)
_FARTHEST_NOW = 28


@dataclass(frozen=True, slots=True)
class Fault:
    """A day no calendar has, such as 9月31日: its characters ``start:end`` and the sentence that says so."""

    start: int
    end: int
    message: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A date at ``start:end`` of the regular text; ``date`` is ``None`` when no calendar has it (``faults`` say why).

    ``near`` keeps words such as 今年 or 每年; ``until`` is the second date of a window written as one expression.
    ``from_now`` is a window whose beginning is no date: 即日起至5月20日, 印发之日起至3月底.
    ``lost_end``: a second date is written, and no calendar has it; nothing may stand in for it.
    """

    start: int
    end: int
    date: FuzzyDate | None
    near: str = ""
    until: FuzzyDate | None = None
    until_near: str = ""
    faults: tuple[Fault, ...] = ()
    from_now: bool = False
    lost_end: bool = False

    @property
    def is_window(self) -> bool:
        """Whether two ends were written."""
        return self.until is not None or self.lost_end

    @property
    def last(self) -> FuzzyDate | None:
        """The second date, or the only one; ``None`` where the text writes one that does not exist."""
        return None if self.lost_end else self.until or self.date

    def placed(self, date: FuzzyDate | None, until: FuzzyDate | None) -> Mention:
        """The same mention with its years settled."""
        return replace(self, date=date, until=until)


def mentions(text: str) -> list[Mention]:
    """All dates and windows of ``text`` in order, without overlaps; dates inside 《 》 belong to a title."""
    titled = _titles(text)
    return [
        _from_now(text, mention)
        for mention in _windows(text, _singles(text))
        if not any(a <= mention.start < b for a, b in titled.get(mention.start >> 8, ()))
    ]


def _from_now(text: str, mention: Mention) -> Mention:
    lead = None if mention.is_window else _FROM_NOW.search(text[max(0, mention.start - _FARTHEST_NOW) : mention.start])
    return replace(mention, start=mention.start - len(lead.group()), from_now=True) if lead else mention


_TITLE = re.compile(r"《[^》\n]{1,100}》")


def _titles(text: str) -> dict[int, list[tuple[int, int]]]:
    """Titles by the 256-character blocks they touch, so that looking one up does not grow with the text."""
    blocks: dict[int, list[tuple[int, int]]] = {}
    for match in _TITLE.finditer(text):
        for block in range(match.start() >> 8, (match.end() >> 8) + 1):
            blocks.setdefault(block, []).append(match.span())
    return blocks


def number_of(numeral: str) -> int:
    """The value of digits or of a Chinese numeral below one hundred; 0 for what is neither.

    >>> number_of("二十一"), number_of("12"), number_of("十")
    (21, 12, 10)
    """
    if numeral.isdecimal():
        return int(numeral)
    if "十" in numeral:
        tens, _, ones = numeral.partition("十")
        return (_NUMERALS.get(tens, 1) if tens else 1) * 10 + (_NUMERALS.get(ones, 0) if ones else 0)
    return _NUMERALS.get(numeral, 0)


def year_of(word: str | None) -> int | None:
    """The year that four digits or numerals write: 2027, 二〇二七; ``None`` for no word."""
    if not word:
        return None
    return int("".join(str(_NUMERALS[char]) if char in _NUMERALS else char for char in word))


def _singles(text: str) -> Iterator[Mention]:
    """Single dates, and the pairs that share one unit (3-5月), in the order of the text."""
    place = 0
    streams = [(pattern, pattern.search(text)) for pattern in _PATTERNS]
    while True:
        streams = [
            (pattern, match if match is None or match.start() >= place else pattern.search(text, place))
            for pattern, match in streams
        ]
        waiting = [(match.start(), order) for order, (_, match) in enumerate(streams) if match]
        if not waiting:
            return
        pattern, match = streams[min(waiting)[1]]
        if match is None:
            return
        place = match.end()
        mention = _READ.get(pattern, _single)(match)
        if mention:
            yield mention


def _month_pair(match: re.Match[str]) -> Mention | None:
    first, last = int(match["first"]), int(match["last"])
    year = year_of(match["year"])
    try:
        mention = Mention(match.start(), match.end(), FuzzyDate(year, first), match["near"] or "")
    except BadDate:
        return None
    try:
        return replace(mention, until=FuzzyDate(_next_if_earlier(year, first, last), last))
    except BadDate as fault:
        return replace(mention, faults=(Fault(match.start("last"), match.end(), fault.message),), lost_end=True)


def _next_if_earlier(year: int | None, first: int, last: int) -> int | None:
    return year + 1 if year is not None and last < first else year


def _single(match: re.Match[str]) -> Mention | None:
    named = {"near": "", "half": "", "third": "", "two": "", "bare": "", **match.groupdict()}
    year = year_of(named["year"])
    month = number_of(named["month"]) if named["month"] else None
    day = number_of(named["day"] or named["bare"] or "") or None
    part = PART_WORDS[named["third"] or named["half"]] if named["third"] or named["half"] else Part.WHOLE
    near = named["near"] or ""
    try:
        if named["two"]:
            return _two_thirds(match, FuzzyDate(year, month), near, named["two"])
        return Mention(match.start(), match.end(), FuzzyDate(year, month, day, part), near)
    except BadDate as fault:
        return Mention(match.start(), match.end(), None, near, faults=(Fault(*match.span(), fault.message),))


def _two_thirds(match: re.Match[str], month: FuzzyDate, near: str, words: str) -> Mention:
    first, last = PART_WORDS[words[0] + "旬"], PART_WORDS[words[-2] + "旬"]
    return Mention(match.start(), match.end(), replace(month, part=first), near, replace(month, part=last))


def _whole_years(match: re.Match[str]) -> Mention:
    until = FuzzyDate(int(match["until"])) if match["until"] else None
    return Mention(match.start(), match.end(), FuzzyDate(int(match["year"])), until=until)


def _dotted_pair(match: re.Match[str]) -> Mention | None:
    """“(3.1-3.31)”: only in brackets, where it can be no number."""
    if int(match["d"]) > _LONGEST_MONTH or int(match["d2"]) > _LONGEST_MONTH:
        return None
    halves = (("m", "d"), ("m2", "d2"))
    first, last = (_half(match, month, day) for month, day in halves)
    return replace(
        first, end=last.end, until=last.date, faults=(*first.faults, *last.faults), lost_end=last.date is None
    )


def _half(match: re.Match[str], month: str, day: str) -> Mention:
    start, end = match.start(month), match.end(day)
    try:
        return Mention(start, end, FuzzyDate(None, int(match[month]), int(match[day])))
    except BadDate as fault:
        return Mention(start, end, None, faults=(Fault(start, end, fault.message),))


_READ = {_MONTH_PAIR: _month_pair, _WHOLE_YEARS: _whole_years, _DOTTED_PAIR: _dotted_pair}
_PATTERNS = (_MONTH_PAIR, _DATE, _DOTTED, _WHOLE_YEARS, _DOTTED_PAIR)


def _windows(text: str, singles: Iterator[Mention]) -> Iterator[Mention]:
    """Join a date, a separator and a second date into one window; a second date takes what it leaves out."""
    held: Mention | None = None
    for mention in singles:
        if held is None:
            held = mention
            continue
        joined = _joined(text, held, mention)
        if joined:
            yield joined
            held = None
        else:
            yield _with_short_end(text, held)
            held = mention
    if held:
        yield _with_short_end(text, held)


def _joined(text: str, first: Mention, second: Mention) -> Mention | None:
    if first.is_window or second.is_window:
        return None
    gap = _SEPARATOR.match(text, first.end)
    if (gap and gap.end() == second.start) or _dash_lost(text, first, second) or _months_in_row(text, first, second):
        return window_of(first, second, _stated_year(text, first))
    return None


def _dash_lost(text: str, first: Mention, second: Mention) -> bool:
    """“(5月2日6月7日)”: two days that fill a bracket; the dash between them was lost when the text was converted."""
    fills = first.end == second.start and _in_bracket(text, first.start, second.end)
    return bool(fills and first.date and first.date.day and second.date and second.date.day)


def _in_bracket(text: str, start: int, end: int) -> bool:
    return start > 0 and text[start - 1] == "(" and text[end : end + 1] == ")"


def _months_in_row(text: str, first: Mention, second: Mention) -> bool:
    """“5月和6月为学习阶段”: two months one after the other that one thing fills."""
    if not _TWO_MONTHS.fullmatch(text, first.end, second.start) or not _FILLED.match(text, second.end):
        return False
    whole = all(date and date.month and not date.day and not date.part for date in (first.date, second.date))
    return bool(whole and first.date and second.date and (second.date.month or 0) - (first.date.month or 0) == 1)


def window_of(first: Mention, second: Mention, year: int | None = None) -> Mention:
    """The window from one date to another; ``year`` is what a first date that no calendar has states."""
    faults = (*first.faults, *second.faults)
    try:
        until = _completed(first, second, year)
    except BadDate as fault:
        until, faults = None, (*faults, Fault(second.start, second.end, fault.message))
    return replace(first, end=second.end, until=until, until_near=second.near, lost_end=until is None, faults=faults)


def _stated_year(text: str, mention: Mention) -> int | None:
    """The year of a date that no calendar has: 2026年 of 2026年2月30日."""
    year = _STATED_YEAR.match(text, mention.start)
    return year_of(year["year"]) if year else None


def _completed(first: Mention, second: Mention, year: int | None) -> FuzzyDate | None:
    """The second date with the year of the first, or the next year when its month comes earlier."""
    if second.date is None or second.date.year is not None or second.near:
        return second.date
    if first.date is None:
        return second.date.in_year(year)
    return second.date.in_year(_next_if_earlier(first.date.year, first.date.month or 1, second.date.month or 12))


def _with_short_end(text: str, mention: Mention) -> Mention:
    """“6月25日-30日”, “6月上旬至中旬”: the end has no month of its own."""
    if mention.is_window or mention.date is None or mention.date.month is None:
        return mention
    gap = _SEPARATOR.match(text, mention.end)
    short = _SHORT_END.match(text, gap.end()) if gap else _second_day(text, mention)
    if not short or (short["third"] and mention.date.day is None and not mention.date.part):
        return mention
    try:
        return replace(mention, end=short.end(), until=_short_end(mention.date, short))
    except BadDate as fault:
        faults = (Fault(short.start(), short.end(), fault.message),)
        return replace(mention, end=short.end(), faults=faults, lost_end=True)


def _second_day(text: str, mention: Mention) -> re.Match[str] | None:
    """“(5月2日7日)”: a later day of the same month closes the bracket, and the dash before it was lost."""
    short = _SHORT_END.match(text, mention.end) if mention.date and mention.date.day else None
    if not short or not short["day"] or not _in_bracket(text, mention.start, short.end()):
        return None
    return short if mention.date and int(short["day"]) > (mention.date.day or 0) else None


def _short_end(first: FuzzyDate, short: re.Match[str]) -> FuzzyDate:
    part = PART_WORDS[short["third"]] if short["third"] else Part.WHOLE
    if not short["month"]:
        return FuzzyDate(first.year, first.month, int(short["day"]) if short["day"] else None, part)
    month = int(short["month"])
    return FuzzyDate(_next_if_earlier(first.year, first.month or 1, month), month, int(short["dotted"]))
