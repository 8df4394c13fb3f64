"""How the text of one cell becomes a value: dates, whole numbers, yes and no, lists; each refuses with one sentence."""

from __future__ import annotations

import datetime
import re
import unicodedata

from lianfang.foundation.documents.day_words import days_in_digits
from lianfang.foundation.documents.tables import Cell
from lianfang.kernel.clipping import clipped

BLANKS = frozenset({"", "/", "\\", "-", "--", "—", "——", "－", "无", "／", "、", "…", "……"})
"""What people write into a cell that has nothing to say; only kinds other than text take these as blank."""

_DATE = re.compile(r"(\d{4}|\d{2})[年./\-](\d{1,2})(?:月|[月./\-](\d{1,2})[日号]?)?")
_AROUND_MARKS = re.compile(r" ?([年月./\-]) ?")
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_CLOCK = re.compile(r"[T ]?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_MONTHS = range(1, 13)
_EXCEL_EPOCH = datetime.date(1899, 12, 30)
_EXCEL_DAYS = range(20_000, 80_000)
"""Serial numbers taken as dates: 1954 to 2119. Smaller numbers are counts or years, not dates."""

_WHOLE = re.compile(
    r"(?:约|共|第|近|满)?([-+]?\d{1,400})(?:\.0+)?(?:个?(?:工作日|自然日|日|天|月|年|次|人|项|条|分|名|岁|小时|家|件|份))?"
)
"""No count has hundreds of digits, and of some thousands Python itself refuses to make a number."""
_CHINESE_WHOLE = re.compile(
    r"第?([零〇一二两三四五六七八九十]{1,3})个?(?:工作日|日|天|月|年|次|人|项|条|分|名|家|件|份)?"
)
_CHINESE_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}

_TRUE = frozenset(["是", "√", "✓", "✔", "☑", "■", "有", "对", "y", "yes", "true", "1", "t", "已", "v"])
_FALSE = frozenset(
    ["否", "×", "✗", "✘", "☐", "□", "无", "不", "不是", "没有", "n", "no", "false", "0", "f", "未", "x", "非"]
)

_ITEM_NUMBER = re.compile(
    r"^[\s]*(?:[（(]?\d{1,2}[）)．.、]|[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|[①-⑳])\s*"
)
_NUMBER_STARTS = frozenset("0123456789０１２３４５６７８９(（一二三四五六七八九十①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_INLINE_NUMBER = re.compile(r"(?:(?<=[\s；;。])|^)(?=(?:[（(]?\d{1,2}[）)．、]|\d{1,2}\.(?!\d)))|(?=[①-⑳])")
_GLUED_NUMBER = re.compile(r"(?<=[^\s\d；;。])(?<!第)2[.．、](?!\d)|[②]")
_QUOTES = re.compile("[\"'`“”‘’„‟‚‛「」『』﹁﹂﹃﹄《》〈〉〝〞〟″′«»]")
_SPACED_NAME = re.compile(
    r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])[ \t\u3000\xa0]+(?=[\u4e00-\u9fff](?![\u4e00-\u9fff]))"
)
_LINE_END = re.compile(r"\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200e\u200f\ufeff]")


class CellFault(ValueError):
    """A cell that cannot be read as what its column holds; the text says what is expected."""


def cell_text(cell: Cell) -> str:
    """The cell as text: outer white space off, one kind of line end, 3.0 as 3, dates as ISO (S87: wording kept)."""
    if isinstance(cell, str):
        text = cell.strip()
        return text if text.isprintable() else _INVISIBLE.sub("", _LINE_END.sub("\n", text)).strip()
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return cell.isoformat() if isinstance(cell, datetime.date) else str(cell)


def narrow(text: str) -> str:
    """Full-width letters, digits and signs as half-width ones (NFKC), without any white space."""
    return "".join((text if text.isascii() else unicodedata.normalize("NFKC", text)).split())


def unquoted(text: str) -> str:
    """``narrow`` without quotation marks of any kind: “ 三重一大 ”, ＂三重一大＂ and 「三重一大」 name one thing."""
    return _QUOTES.sub("", narrow(text))


def parse_date(cell: Cell) -> datetime.date | None:
    """A full date from a date cell, an Excel serial number or text such as 2026年3月1日, 2026.3.1, 2026/3/1, 20260301.

    Returns ``None`` for a blank cell.

    Raises:
        CellFault: when the text is no date, or the calendar has no such day.
    """
    if isinstance(cell, datetime.datetime):
        return cell.date()
    if isinstance(cell, datetime.date):
        return cell
    text = days_in_digits(_CLOCK.sub("", narrow_line(cell_text(cell))))
    if text in BLANKS:
        return None
    if text.isdecimal() and len(text) == 5 and int(text) in _EXCEL_DAYS:
        return _EXCEL_EPOCH + datetime.timedelta(days=int(text))
    return _written_date(text, clipped(cell_text(cell)))


def _written_date(text: str, shown: str) -> datetime.date:
    found = _COMPACT_DATE.fullmatch(text) or _DATE.fullmatch(text)
    if found is None:
        raise CellFault(f"“{shown}”不是日期，请写成 2026-03-01 或 2026年3月1日。")
    year, month, day = found.groups()
    if day is None and int(month) not in _MONTHS:
        raise CellFault(f"日历上没有“{shown}”这个月，请核对。")
    if day is None:
        raise CellFault(f"“{shown}”缺少日，请写到某年某月某日。")
    if len(year) == 2:
        raise CellFault(f"“{shown}”的年份只有两位，请写四位年份。")
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError as error:
        raise CellFault(f"日历上没有“{shown}”这一天，请核对。") from error


def narrow_line(text: str) -> str:
    """``narrow`` for one line in which a single space may matter (dates with a clock time)."""
    return _AROUND_MARKS.sub(r"\1", " ".join(unicodedata.normalize("NFKC", text).split()))


def parse_whole(cell: Cell) -> int | None:
    """A whole number: 20, ２０, 20.0, 约20, 20个工作日, 二十; ``None`` for a blank cell.

    Raises:
        CellFault: when there is no single whole number.
    """
    if isinstance(cell, int):
        return int(cell)
    text = narrow(cell_text(cell)).replace(",", "")
    if text in BLANKS:
        return None
    if found := _WHOLE.fullmatch(text):
        return int(found.group(1))
    if found := _CHINESE_WHOLE.fullmatch(text):
        return _chinese_value(found.group(1))
    raise CellFault(f"“{clipped(cell_text(cell))}”不是整数，请只写数字，例如 20。")


def _chinese_value(text: str) -> int:
    if "十" not in text:
        return int("".join(str(_CHINESE_DIGITS[character]) for character in text))
    tens, ones = text.split("十", 1) if text.count("十") == 1 else ("", "")
    if len(tens) > 1 or len(ones) > 1 or text.count("十") > 1:
        raise CellFault(f"“{clipped(text)}”不是正常的数字写法。")
    return (_CHINESE_DIGITS[tens] if tens else 1) * 10 + (_CHINESE_DIGITS[ones] if ones else 0)


def parse_maybe(cell: Cell) -> bool | None:
    """Yes or no as ``parse_yes`` reads it; a blank cell is neither.

    Raises:
        CellFault: for any other word.
    """
    return None if not isinstance(cell, bool) and unquoted(cell_text(cell)) in BLANKS else parse_yes(cell)


def parse_yes(cell: Cell) -> bool:
    """Yes or no: 是/否, √/×, 有/无; a blank cell is no.

    Raises:
        CellFault: for any other word.
    """
    if isinstance(cell, bool):
        return cell
    text = unquoted(cell_text(cell)).casefold()
    if text in _TRUE:
        return True
    if text in _FALSE or text in BLANKS:
        return False
    raise CellFault(f"“{clipped(cell_text(cell))}”看不出是还是否，请写“是”或“否”。")


def split_items(text: str) -> tuple[str, ...]:
    """Separate items: by their numbers when numbered from 1, else by lines, else by semicolons.

    ``join_items`` is the inverse for items of one line.
    """
    if not text:
        return ()
    if text[0] in _NUMBER_STARTS and (numbered := _numbered_items(text)) is not None:
        return numbered
    pieces = text.split("\n") if "\n" in text else text.replace(";", "；").split("；")
    if len(pieces) == 1 and _GLUED_NUMBER.search(text):
        return (text.strip(),)
    return tuple([item for item in map(_bare_item, pieces) if item])


def _bare_item(piece: str) -> str:
    """One item without its number and its closing semicolon."""
    piece = piece.strip().rstrip("；;")
    return _ITEM_NUMBER.sub("", piece) if piece and piece[0] in _NUMBER_STARTS else piece


def _numbered_items(text: str) -> tuple[str, ...] | None:
    """Items of a text whose lines are numbered 1．2．3．… without a gap, as ``join_items`` writes them."""
    lines = text.split("\n")
    if all(line.startswith(f"{index}．") for index, line in enumerate(lines, 1)):
        return tuple(line.partition("．")[2] for line in lines)
    pieces = [piece for piece in _INLINE_NUMBER.split(text) if piece.strip()]
    if len(pieces) < 2 or not _ITEM_NUMBER.match(pieces[0]):
        return None
    items = (_ITEM_NUMBER.sub("", piece).strip().rstrip("；;").strip() for piece in pieces)
    return tuple(item.replace("\n", "") for item in items if item)


def join_items(items: tuple[str, ...]) -> str:
    """Items as text that ``split_items`` reads back: a single one plain, several numbered one a line."""
    items = tuple(" ".join(item.split("\n")).strip() for item in items)
    if len(items) <= 1 and split_items("".join(items)) == items:
        return "".join(items)
    return "\n".join(f"{index}．{item}" for index, item in enumerate(items, 1))


def close_name(text: str) -> str:
    """A name of two characters without the gap that lists put between them to align it: 小　李 is 小李."""
    return _SPACED_NAME.sub(r"\1", text) if len(text) > 2 else text


def split_names(text: str) -> tuple[str, ...]:
    """Short names or numbers in one cell: divided by 、，,；; lines or wide gaps, each once."""
    pieces = re.split(r"[、，,；;\n\t]|\s{2,}", close_name(text))
    return tuple(dict.fromkeys(piece.strip() for piece in pieces if piece.strip()))
