"""Automatic paragraph numbers of Word, which are drawn but not stored in the text (一、 （一） 1. ①)."""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from dataclasses import dataclass, field

from lxml import etree

from lianfang.foundation.documents.archive import read_member
from lianfang.foundation.documents.limits import Limits

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
_CHINESE = {"chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting", "taiwaneseCounting"}
_CIRCLED = {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"}


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a numbered list: number format, text with ``%1`` places, first number."""

    style: str
    text: str
    start: int


@dataclass
class Numbering:
    """The lists of one document, counting as its paragraphs are passed in order."""

    levels: dict[tuple[str, int], Level] = field(default_factory=dict)
    styles: dict[str, tuple[str, str]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def of(cls, archive: zipfile.ZipFile, limits: Limits) -> Numbering:
        """The lists declared in ``word/numbering.xml``; none when the member is missing or cannot be parsed."""
        lists, styles = _part(archive, "word/numbering.xml", limits), _part(archive, "word/styles.xml", limits)
        if lists is None:
            return cls()
        return cls(_declared(lists), _numbered_styles(styles) if styles is not None else {})

    def label(self, paragraph: etree._Element) -> str:
        """The number drawn before this paragraph, or an empty string; counts it."""
        properties = paragraph.find(f"{W}pPr/{W}numPr")
        if properties is None:
            number, depth = self.styles.get(_value(paragraph.find(f"{W}pPr/{W}pStyle")), ("", ""))
        else:
            number, depth = _list_place(properties)
        at = int(depth) if depth.isdecimal() else 0
        level = self.levels.get((number, at))
        return self._counted(number, at, level) if level else ""

    def _counted(self, number: str, depth: int, level: Level) -> str:
        counts = self.counts[number]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]

        def drawn(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            other = self.levels.get((number, at), level)
            return _drawn(other.style, counts.get(at, other.start))

        return re.sub(r"%([1-9])", drawn, level.text)


def _part(archive: zipfile.ZipFile, name: str, limits: Limits) -> etree._Element | None:
    """A part of the package, or ``None`` when it is missing, declares entities or cannot be parsed."""
    if name not in archive.namelist():
        return None
    content = read_member(archive, name, limits)
    if b"<!" in content:
        return None
    try:
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return None


def _list_place(properties: etree._Element) -> tuple[str, str]:
    return _value(properties.find(f"{W}numId")), _value(properties.find(f"{W}ilvl"))


def _numbered_styles(root: etree._Element) -> dict[str, tuple[str, str]]:
    """Paragraph styles that bring a number with them: style id → (list, level)."""
    found = {}
    for style in root.findall(f"{W}style"):
        properties = style.find(f"{W}pPr/{W}numPr")
        if properties is not None:
            found[style.get(f"{W}styleId", "")] = _list_place(properties)
    return found


def _declared(root: etree._Element) -> dict[tuple[str, int], Level]:
    abstract: dict[str, list[tuple[int, Level]]] = {}
    for element in root.findall(f"{W}abstractNum"):
        abstract[element.get(f"{W}abstractNumId", "")] = [_level(level) for level in element.findall(f"{W}lvl")]
    found = {}
    for element in root.findall(f"{W}num"):
        for depth, level in abstract.get(_value(element.find(f"{W}abstractNumId")), []):
            found[element.get(f"{W}numId", ""), depth] = level
    return found


def _level(element: etree._Element) -> tuple[int, Level]:
    depth, start = element.get(f"{W}ilvl", "0"), _value(element.find(f"{W}start"))
    style = _value(element.find(f"{W}numFmt")) or "decimal"
    text = "" if style in {"bullet", "none"} else _value(element.find(f"{W}lvlText"))
    return int(depth) if depth.isdecimal() else 0, Level(style, text, int(start) if start.isdecimal() else 1)


def _value(element: etree._Element | None) -> str:
    return element.get(f"{W}val", "") if element is not None else ""


def _drawn(style: str, number: int) -> str:
    if style in _CHINESE:
        return chinese_number(number)
    if style in _CIRCLED and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if style in {"upperLetter", "lowerLetter"} and 1 <= number <= 26:
        return chr((65 if style == "upperLetter" else 97) + number - 1)
    return str(number)


def chinese_number(number: int) -> str:
    """1 → 一, 10 → 十, 21 → 二十一; digits one by one from 100 on."""
    if not 0 < number < 100:
        return "".join(_DIGITS[int(digit)] for digit in str(max(number, 0)))
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")
