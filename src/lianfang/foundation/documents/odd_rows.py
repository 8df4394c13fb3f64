"""Tell why a row of a table is no entry: blank, total, note, signature, section, index row, repeated heading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lianfang.foundation.documents.cells import cell_text, narrow
from lianfang.foundation.documents.tables import Cell

BLANK, TOTAL, NOTE, SECTION, REPEAT, INDEX = "空行", "合计行", "注释行", "分节标题", "重复的表头", "栏次行"

_TOTAL = re.compile(r"^(?:合计|总计|小计|共计|累计|总数)(?:[:：(（].*)?$")
_NOTE = re.compile(
    r"^(?:\*|※)?(?:注|备注|说明|填表说明|填报说明|填写说明|附注|注释)\d?\s*[:：.、]|^(?:填表人|填报人|制表人|制表|审核人|联系人|填报单位|填表单位|填报日期|填表日期|单位负责人|"
    r"负责人签字|主要负责人签字|单位[(（]盖章[)）]|单位主要负责人)\s*(?:[(（][^)）]*[)）])?\s*[:：]"
)
_WHO_SIGNS = (
    r"(?:人|签字|签名|签章|盖章|公章|日期|时间|电话|方式|单位|部门|科室|处室|股室|领导|意见|书记|局长|主任|组长"
    r"|院长|校长)"
)
_SIGNATURE = re.compile(rf"^[^:：，。；]{{0,12}}{_WHO_SIGNS}\s*(?:[(（][^)）]*[)）])?\s*[:：]")
_SIGNATURE_LABEL = re.compile(
    r"^[^:：，。；]{0,10}(?:签字|签名|签章|盖章|审核意见|审批意见|审查意见|意见)(?:[(（][^)）]*[)）])?$"
)
_PAGE_MARK = re.compile(
    r"^(?:第\d+页.*|共\d+页|[-—]+\d+[-—]+|[(（]?(?:续表|续上表|接上页|转下页|续)[)）]?"
    r"|[(（]?以下(?:空白|无正文|无内容).{0,4})$"
)
_NUMBERED_SECTION = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}(?:部分|章|节|类)|[(（][一二三四五六七八九十]{1,3}[)）])"
)
_NUMBER_HEAD = re.compile(r"^(?:序号|编号|项次|项号|序)$")
_PLACEHOLDER = re.compile(r"^[.…·—\-/\s]*$")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_ODD_STARTS = frozenset("合总小共累注备说填附制审联单负主本续接转以*※（(一二三四五六七八九十第.…·—-/ \t\r\n\u3000\xa0")
"""First characters that a total, note, section or placeholder may have.

Rows that begin otherwise, without a colon in their first cell, are entries at first sight.
"""

_COUNTS = ("123456789", "ABCDEFGHI", "甲乙丙丁戊己庚辛壬", "一二三四五六七八九")
_FEWEST_COUNTED = 3
_SECTION_WORDS = 4


def distinct(row: Iterable[Cell]) -> list[str]:
    """The different texts of a row, so that a merged title counts once."""
    return [text for text in dict.fromkeys(cell_text(cell) for cell in row) if text]


@dataclass(frozen=True, slots=True)
class Head:
    """What the entries are compared with: the head rows, how odd rows may begin, and whether numbers come first."""

    rows: frozenset[tuple[str, ...]]
    odd_starts: frozenset[str]
    numbered: bool

    @classmethod
    def of(cls, rows: Sequence[Sequence[Cell]], first_heading: str) -> Head:
        """What is needed to know of the head rows ``rows``; ``first_heading`` is the heading of the first column."""
        texts = frozenset(map(_squeezed, rows))
        starts = _ODD_STARTS | {row[0][:1] for row in texts}
        return cls(texts, starts, _NUMBER_HEAD.search("".join(first_heading.split())) is not None)

    def is_unfilled(self, row: Sequence[Cell]) -> bool:
        """Whether a row says only its number, as the lines of a form do that were printed and never used."""
        return self.numbered and cell_text(row[0]).isdigit() and not any(cell_text(cell) for cell in row[1:])

    def is_repeated_by(self, row: Sequence[Cell]) -> bool:
        """Whether a row says the same as one of the head rows, however it is spaced."""
        return _squeezed(row) in self.rows


def oddity(row: Sequence[Cell], head: Head) -> str:
    """Why a row is no entry; empty when it is one."""
    first, second = row[0], row[1]
    if first != "" and second not in ("", first):
        if not isinstance(first, str):
            return ""
        if first[0] not in head.odd_starts and "：" not in first and ":" not in first:
            return ""
    return _closer_look(row, head)


def is_index_row(row: Sequence[Cell]) -> bool:
    """Whether a row right below the head only counts the columns: 1 2 3 4, 甲 乙 丙 丁, (1) (2) (3)."""
    texts = [narrow(text).strip("()").upper() for text in distinct(row)]
    texts = texts[1:] if texts[:1] == ["栏次"] else texts
    wanted = [signs[: len(texts)] for signs in _COUNTS]
    whole = "".join(texts)
    return len(texts) >= _FEWEST_COUNTED and whole in wanted


def _squeezed(row: Sequence[Cell]) -> tuple[str, ...]:
    return tuple("".join(cell_text(cell).split()) for cell in row)


def _closer_look(row: Sequence[Cell], head: Head) -> str:
    texts = distinct(row)
    if not texts or all(_PLACEHOLDER.match(text) for text in texts):
        return BLANK
    opening = "".join(texts[0].split())
    if _TOTAL.match(opening):
        return TOTAL
    if head.is_repeated_by(row):
        return REPEAT
    if len(texts) == 1 and _is_section(row, texts[0], under_number=head.numbered):
        return SECTION
    if _NOTE.match(opening) or _is_signature(row, texts) or (len(texts) == 1 and _PAGE_MARK.match(opening)):
        return NOTE
    return ""


def _is_signature(row: Sequence[Cell], texts: list[str]) -> bool:
    """A row of 审核人：某某, 本人签字, 年 月 日 below the entries: few cells filled, and the first asks for a name."""
    if len(texts) > max(2, (len(row) + 1) // 2 + 1):
        return False
    opening = "".join(texts[0].split())
    asks = [_SIGNATURE.match("".join(text.split())) or _SIGNATURE_LABEL.match("".join(text.split())) for text in texts]
    return bool(_SIGNATURE.match(opening) or _SIGNATURE_LABEL.match(opening)) and sum(map(bool, asks)) * 2 >= len(texts)


def _is_section(row: Sequence[Cell], text: str, *, under_number: bool) -> bool:
    """A single text across the whole row, or alone in front and numbered like a section or in the number column."""
    if len(row) < 3 or len(text) > 80 or _NOTE.match(text):
        return False
    across = all(cell_text(cell) == text for cell in row)
    alone_in_front = bool(cell_text(row[0])) and not any(cell_text(cell) for cell in row[1:])
    wordy = len(_CHINESE.findall(text)) >= _SECTION_WORDS or not any(sign.isdigit() for sign in text)
    return across or (alone_in_front and bool(_NUMBERED_SECTION.match(text) or (under_number and wordy)))
