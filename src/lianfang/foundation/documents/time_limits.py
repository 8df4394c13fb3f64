"""Time limits in lists: a day that no calendar has is wrong, and 尽快 is none that could be held against a calendar.

Columns of time limits are looked at whether or not a register keeps them: what is promised there must be a day.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence

from lianfang.foundation.documents.cells import cell_text, narrow
from lianfang.foundation.documents.day_words import days_in_digits
from lianfang.foundation.documents.headings import reduce_heading
from lianfang.foundation.documents.notices import Notice
from lianfang.foundation.documents.shape import Listing
from lianfang.foundation.documents.tables import Cell
from lianfang.kernel.clipping import clipped
from lianfang.kernel.findings import Finding

_HEADING = re.compile(r"(?:时限|期限)(?:要求)?$|(?:完成|整改|落实|办结|到位)(?:时间|日期)$")
_WRITTEN = re.compile(r"(?<!\d)(\d{4})年(\d{1,2})月(?:(\d{1,2})[日号]?(?!\d))?")
_POINTED = re.compile(r"(?<!\d)(\d{4})[./-](\d{1,2})(?![\d号])(?:[./-](\d{1,2})(?!\d))?")
_HASTE = re.compile(r"尽快|尽早|立即|立刻|马上|及时|抓紧|从速|适时|近期|即日|限期|早日|择机")
_COUNTED = re.compile(
    r"\d|[一二三四五六七八九十两半]个?(?:工作日|小时|日|天|周|月|季|年)|每|逐|当[日天月]|次[日月]|[月季年]底|长期|常年|持续"
)
"""What gives haste a measure: a number, a rhythm, the end of a month, or that it never ends."""


def limit_findings(
    found: Listing, columns: Sequence[Sequence[Cell]], fields: Sequence[str | None], dates: frozenset[str] = frozenset()
) -> Iterator[Finding]:
    """Impossible days and empty haste in the columns that promise when something is done.

    Fields named in ``dates`` are judged as dates by their register; of other fields only the days are looked at here,
    for how a limit is worded is the matter of that register's rules.
    """
    for position, name in enumerate(fields):
        if name in dates or not _HEADING.search(reduce_heading(found.headings[position]).base):
            continue
        for entry, cell in enumerate(columns[position]):
            if isinstance(cell, str):
                place = found.place(entry, position)
                if wrong := impossible_day(cell):
                    message = f"日历上没有“{clipped(wrong)}”，请核对。"
                    yield Notice.BAD_CELL.at(place, message, field=name or "")
                elif name is None and is_mere_haste(cell):
                    message = f"“{clipped(cell_text(cell))}”说不出是哪一天，到期时无法核对；请写明年月日或者天数。"
                    yield Notice.VAGUE_LIMIT.at(place, message)


def impossible_day(text: str) -> str:
    """The first month or day in ``text`` that no calendar has, as written; empty when there is none."""
    plain = days_in_digits(narrow(text))
    for found in (*_WRITTEN.finditer(plain), *_POINTED.finditer(plain)):
        year, month, day = found.groups()
        try:
            datetime.date(int(year), int(month), int(day or 1))
        except ValueError:
            return found.group()
    return ""


def is_mere_haste(text: str) -> bool:
    """Whether ``text`` only says that it is urgent: no day, no number of days and no rhythm beside it."""
    plain = narrow(text)
    return _HASTE.search(plain) is not None and _COUNTED.search(plain) is None
