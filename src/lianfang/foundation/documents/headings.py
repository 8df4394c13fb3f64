"""Reduce a heading as printed to the words that matter: 风险防 控责任⏎股室（单位）* → 风险防控责任股室 + 单位."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass

_BRACKETS = re.compile(r"[(\[{<【〔《](.*?)[)\]}>】〕》]")
_LEADING_NUMBER = re.compile(r"^(?:[(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)]?[.、)])(?=\D)")
_DECORATION = re.compile(r"[*※★☆●:;,。,!?\"'“”‘’_=~^|]|(?:\(?必填\)?|\(?选填\)?)")
_ALTERNATIVES = re.compile(r"[/\\|、]|及其|以及|[及和与或暨]")
_ATTRIBUTES = re.compile(
    r"^(?:(?:涉及|所涉|相关|有关|对应|具体|主要|重点|重要|关键|现有|已有|拟定?|采取|制定|细化|完善|(?:可能)?存在|可能|易发|潜在"
    r"|(?:自查|排查|查找|查摆)(?!人)出?|本级?|该|各)的?)+"
)
_FILLERS = re.compile(
    r"(?:清单|明细|一览|列表|情况|内容|描述|说明|概述|要点|信息|目录|汇总|[一二三四五](?=$))+(?:表|栏|项)?$"
)
LEVEL_SEPARATOR = "-"
"""Joins the upper and lower heading of a two-row head."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading in reduced spellings.

    ``whole`` has everything but brackets signs, ``base`` leaves out what stood in brackets, ``inner`` is that;
    ``parts`` are the alternatives of 单位/科室 or 措施及责任人; ``upper`` and ``lower`` those of a two-row head;
    ``core`` is the base without words that only surround the thing: 涉及的关键岗位 → 岗位, 防控措施清单 → 防控措施.
    """

    whole: str
    base: str
    inner: str
    parts: tuple[str, ...]
    upper: str = ""
    lower: str = ""
    core: str = ""


@functools.lru_cache(maxsize=4096)
def reduce_heading(text: str) -> Heading:
    """The reduced spellings of a heading as printed."""
    narrow = "".join(unicodedata.normalize("NFKC", text).split()).casefold()
    narrow = _DECORATION.sub("", _LEADING_NUMBER.sub("", narrow))
    base = _BRACKETS.sub("", narrow)
    inner = "".join(_BRACKETS.findall(narrow))
    if not base or (len(base) <= 1 < len(inner)):
        base, inner = base + inner, ""
    upper, lower = _levels(base)
    plain = base.replace(LEVEL_SEPARATOR, "")
    parts = tuple(part for part in _ALTERNATIVES.split(plain) if part)
    whole = re.sub(r"[(\[{<【〔《)\]}>】〕》]", "", narrow).replace(LEVEL_SEPARATOR, "")
    return Heading(whole, plain, inner, parts if len(parts) > 1 else (), upper, lower, _core(lower or plain))


def _core(text: str) -> str:
    """The text without attributes before and fillers behind it, or nothing when that leaves the same or too little."""
    core = _FILLERS.sub("", _ATTRIBUTES.sub("", text))
    return core if 2 <= len(core) < len(text) else ""


def _levels(base: str) -> tuple[str, str]:
    """Upper and lower heading; dashes that merely divide alternatives of one row look the same and do no harm."""
    normal = re.sub(r"[—–−﹣]+", LEVEL_SEPARATOR, base)
    if LEVEL_SEPARATOR not in normal.strip(LEVEL_SEPARATOR):
        return "", ""
    upper, _, lower = normal.strip(LEVEL_SEPARATOR).rpartition(LEVEL_SEPARATOR)
    return upper, lower
