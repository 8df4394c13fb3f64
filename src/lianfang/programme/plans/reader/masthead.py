"""The frame of a document: title, issuer, date, its own number, what it implements, whom it addresses (S1 to S3)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from lianfang.programme.plans.reader.dates import mentions
from lianfang.programme.plans.reader.outline import Node
from lianfang.programme.plans.reader.phrases import is_body, is_sender
from lianfang.programme.plans.reader.run_titles import KIND, run_title
from lianfang.programme.plans.reader.source import Source
from lianfang.programme.plans.rows import Citation, NamedText

_TITLE_LINE = re.compile(
    rf"[^\n。;!?]{{2,90}}?(?:{KIND}|工作安排|活动安排|预案|推进表|进度表)(?:\((?:试行|暂行|修订|征求意见稿|草案|送审稿|(?:19|20)\d\d)[^()\n]{{0,12}}\))?\Z"
)
_NUMBER = re.compile(r"(?P<word>[\u4e00-\u9fffA-Za-z]{1,14}?)(?P<year>[〔\[(【]\d{4}[〕\])】])第?(?P<no>\d{1,4})号")
_LEAD_WORDS = re.compile(r"\A.*(?:根据|按照|依据|落实|贯彻|转发|印发|按|和|及|与|文件|关于|为|据)(?=.)")
_IMPLEMENTS = re.compile(r"根据|按照|按|依据|贯彻|落实|执行|转发|为")
_QUOTED = re.compile(r"《(?P<title>[^》\n]{4,100})》")
_DATE_LINE = re.compile(
    r"\(?(?:[^\n\d]{0,24}?)(?P<date>(?:\d{4}|[一二][〇○零O0一二三四五六七八九]{3})年"
    r" ?[\d一二三四五六七八九十]{1,3}月 ?[\d一二三四五六七八九十]{1,3}[日号])(?: ?印发)?\)?\Z"
)
_RUN_SIGNATURE = re.compile(
    r"(?P<org>[\u4e00-\u9fff]{3,60}?)(?P<date>\d{4}年\d{1,2}月\d{1,2}日)(?:印发)?(?=\Z|\n|[\u4e00-\u9fff]{4,40}\d{4}年\d{1,2}月\d{1,2}日印发)"
)
_JOINT = re.compile(r"(?<=[局厅委部院会])[\s、]*(?=[\u4e00-\u9fff]{1,6}[省市区县州盟][\u4e00-\u9fff]{2,})")
_PRINTED = re.compile(r"(\d{4}年\d{1,2}月\d{1,2}日)印发\s*\Z")
_HEAD_LINES = 40
_CLOSING = 600
"""Characters of the end in which the signature stands."""
_GROUP = re.compile(r"各|局属|所属|全[市县区局]各")
"""Who is addressed so does not issue anything."""


@dataclass(frozen=True, slots=True)
class Masthead:
    """What stands around the body; ``notice`` is the title of the notice that brought the plan, else its own."""

    title: str
    notice: str
    issuer: str
    issued: dt.date | None
    number: str
    upstream: tuple[Citation, ...]
    addressees: tuple[NamedText, ...]


def read_masthead(source: Source, nodes: list[Node]) -> Masthead:
    """Read the frame; an excerpt without a frame yields empty fields."""
    body = nodes[0].start if nodes else len(source.text)
    head = source.text[:body]
    title, notice = _titles(source, head)
    org, issued = _signature(source, body)
    return Masthead(
        title=title,
        notice=notice,
        issuer=_issuer(notice or title) or _letterhead(head) or org,
        issued=issued,
        number=_own_number(head),
        upstream=_upstream(source),
        addressees=_addressees(source, head),
    )


def _titles(source: Source, head: str) -> tuple[str, str]:
    """The plan's own title, and the title of the notice that brought it when there is one."""
    lines = [line.strip() for line in head.split("\n")[:_HEAD_LINES]]
    found = [(place, line) for place, line in enumerate(lines) if _TITLE_LINE.match(line) and not _is_prose(line)]
    if found and not source.run_together:
        whole = [(_first_line(lines, place), place) for place, _ in found]
        titles = ["".join(lines[first : last + 1]) for first, last in _longest(whole)]
        return titles[-1], titles[0]
    title = run_title(head)
    return title, title


def _is_prose(line: str) -> bool:
    return bool(re.search(r"^(?:现将|为|根据|按照|附|\()|[,:](?!.{0,30}》)", line)) or line.startswith("《")


def _first_line(lines: list[str], place: int) -> int:
    """The line on which the title begins that ends at ``place``: titles may be set on up to four lines."""
    about = _line_of_about(lines, place)
    if about is not None:
        return about
    first = place
    while first > 0 and place - first < 3 and _is_title_part(lines[first - 1]) and not _starts_title(lines[first]):
        first -= 1
    return first


def _line_of_about(lines: list[str], place: int) -> int | None:
    """The line above that opens a title with 关于 and does not end it: “…关于推行⏎公示制度⏎和记录制度的意见”."""
    if "关于" in lines[place]:
        return None
    for above in range(place - 1, max(-1, place - 4), -1):
        line = lines[above]
        if not 2 <= len(line) <= 40 or _NUMBER.search(line) or _DATE_LINE.match(line) or re.search(r"[。,:;!?]", line):
            return None
        if "关于" in line:
            return None if _TITLE_LINE.match(line) else above
    return None


def _longest(lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of titles that begin on one line only the one that ends last."""
    ends = dict(lines)
    return [(first, last) for first, last in lines if ends[first] == last]


def _starts_title(line: str) -> bool:
    head, about, _ = line.partition("关于")
    return bool(about) and (not head or is_body(head))


def _is_title_part(line: str) -> bool:
    if not 2 <= len(line) <= 40 or _NUMBER.search(line) or _DATE_LINE.match(line) or _TITLE_LINE.match(line):
        return False
    return not re.search(r"[。,;:!?)]\Z|\A\(|文件\Z", line) and (not is_body(line) or line.startswith("关于"))


def _issuer(title: str) -> str:
    head, about, _ = title.partition("关于")
    head = re.sub(r"\A.*文件(?=.)", "", head.strip())
    return "、".join(part for part in _JOINT.split(head) if part) if about and is_body(head) else ""


def _letterhead(head: str) -> str:
    """“某某局文件” at the very top."""
    red = re.match(r"\s*([^\n,。;:]{4,40}?)文件", head)
    return red[1] if red and is_body(red[1]) else ""


def _signature(source: Source, body: int) -> tuple[str, dt.date | None]:
    """The issuing body and the date under the notice or at the very end."""
    lines = [*source.text[:body].split("\n")[:_HEAD_LINES], "", *_closing_lines(source)]
    issued: dt.date | None = None
    for place, line in enumerate(lines):
        dated = _DATE_LINE.match(line.strip())
        if not dated:
            continue
        issued = _day(dated["date"]) or issued
        above = next((text.strip() for text in reversed(lines[:place]) if text.strip()), "")
        if is_body(above) and len(above) <= 40 and not _GROUP.match(above):
            return above, issued
    printed = _PRINTED.search(source.text[-200:])
    if printed and not issued and not source.run_together:
        issued = _day(printed[1])
    if issued:
        return "", issued
    run = _RUN_SIGNATURE.search(source.text[-160:].rstrip()) if source.run_together else None
    return (_last_body(run["org"]), _day(run["date"])) if run else ("", None)


def _closing_lines(source: Source) -> list[str]:
    """The last lines outside tables: a day in a cell is when something is due, and no day of signing."""
    start = max(0, len(source.text) - _CLOSING)
    kept: list[str] = []
    for line in source.text[start:].split("\n"):
        kept += [] if source.grid_at(start) else [line]
        start += len(line) + 1
    return kept


def _last_body(text: str) -> str:
    tail = re.search(r"[\u4e00-\u9fff]{1,6}[省市区县州][\u4e00-\u9fff]{1,20}\Z", text)
    return tail.group() if tail else text


def _day(text: str) -> dt.date | None:
    """The day that a date line states, in digits or in numerals: 2017年6月21日, 二〇一七年六月二十一日."""
    found = mentions(text)
    date = found[0].date if len(found) == 1 else None
    return date.first() if date and date.exact else None


def _own_number(head: str) -> str:
    """The 发文字号: alone on a line near the top, or behind 文件 where lines are lost."""
    for line in head.split("\n")[:12]:
        alone = _NUMBER.search(line.strip()[:80])
        if alone and (len(alone.group()) >= len(line.strip()) - 2 or "文件" in line[:40]):
            return _trimmed_number(alone)
    return ""


def _trimmed_number(match: re.Match[str]) -> str:
    return _LEAD_WORDS.sub("", match["word"]) + match.group()[len(match["word"]) :]


def _upstream(source: Source) -> tuple[Citation, ...]:
    """Documents that this one says it carries out, each number once."""
    text = source.text
    found: dict[tuple[str, str], Citation] = {}
    for match in _NUMBER.finditer(text):
        before = text[max(0, match.start() - 60) : match.start("year")]
        if not _IMPLEMENTS.search(before.rsplit("。", 1)[-1]):
            continue
        title = _QUOTED.match(text, match.end()) or _quoted_before(text, match.start())
        number = _trimmed_number(match)
        key = (match["year"][1:5], match["no"])
        known = found.get(key)
        if known is None or (len(number) < len(known.number) and known.number.endswith(number[: match.start("year")])):
            start = match.start("year") - (len(number) - len(match.group()) + len(match["word"]))
            found[key] = Citation(
                number=source.written(start, match.end()),
                title=title["title"] if title else (known.title if known else ""),
                span=source.span(start, match.end()),
            )
    return tuple(found.values())


def _quoted_before(text: str, place: int) -> re.Match[str] | None:
    near = list(_QUOTED.finditer(text, max(0, place - 104), place))
    return near[-1] if near and place - near[-1].end() <= 1 else None


def _addressees(source: Source, head: str) -> tuple[NamedText, ...]:
    place = 0
    for line in head.split("\n")[:20]:
        names = line.strip().rstrip(":")
        if line.strip().endswith(":") and len(names) <= 200:
            parts = list(re.finditer(r"[^、,]+(?:\([^)]*\)[^、,]*)?", names))
            if parts and all(is_sender(part.group().strip()) for part in parts):
                start = place + line.index(names)
                return tuple(
                    NamedText(text=part.group().strip(), span=source.span(start + part.start(), start + part.end()))
                    for part in parts
                )
        place += len(line) + 1
    return ()
