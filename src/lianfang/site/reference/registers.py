"""Writes the reference of registers and vocabularies: every column of every sheet, every word that a cell may hold."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Iterable, Iterator
from typing import Any, get_args, get_type_hints

from lianfang.foundation.documents.columns import Column, Kind
from lianfang.site.reference.markdown import code, page_of, table_of
from lianfang.site.registers import BY_KIND, Register

KINDS = {
    Kind.TEXT: "文字",
    Kind.ITEMS: "多条文字，每行一条",
    Kind.NAMES: "多个名称，用顿号隔开",
    Kind.DATE: "日期，如 2026-03-02",
    Kind.WHOLE: "整数",
    Kind.YES: "是或否",
    Kind.MAYBE: "是或否，不知道的留空",
    Kind.WORD: "固定用词",
    Kind.WORDS: "固定用词，可以多个",
    Kind.GRADE: "风险等级",
    Kind.REFERENCE: "编号",
    Kind.REFERENCES: "编号，可以多个",
    Kind.OWN: "有固定写法的文字",
}
_HEADINGS = ("表头", "也认得", "内容", "必填", "例子", "说明", "字段")
_ABOUT = (
    "导入时按表头认列，次序不限；“也认得”里的叫法和表头一样有效，还认得更多常见叫法。不认得的列不读入，并给出警告。"
    "“固定用词”能填哪些词，见[固定用词](vocabularies.md)。"
    "空白表可以在导入页下载。"
)


def register_page(registers: Iterable[Register]) -> str:
    """Every register with the columns of its sheet, in the order in which lists are stored."""
    parts = [part for register in registers for part in _register(register)]
    return page_of("登记表的列", _ABOUT, *parts)


def _register(register: Register) -> Iterator[str]:
    sheet = register.sheet
    yield f"## {sheet.title}"
    facts = [f"命令行和接口里的名称：`{sheet.kind}`。"]
    if register.numbered_by:
        facts.append("编号留空的，由系统编号。")
    if register.key:
        names = "、".join(f"“{_heading(register, name)}”" for name in register.key)
        facts.append(f"没有编号的一行，按{names}对应到已有的条目。")
    yield "".join(facts)
    yield table_of(_HEADINGS, (_column(register, column) for column in sheet.columns))


def _column(register: Register, column: Column) -> tuple[str, ...]:
    return (
        column.heading,
        "、".join(column.synonyms),
        _content(register, column),
        "必填" if column.required else "",
        column.example,
        column.note,
        code(column.field),
    )


def _content(register: Register, column: Column) -> str:
    if column.vocabulary is not None:
        return f"{KINDS[column.kind]}：[{column.vocabulary.__name__}](vocabularies.md#{_anchor(column.vocabulary)})"
    named = register.references.get(column.field)
    return f"{BY_KIND[named].row.label}的编号或名称" if named in BY_KIND else KINDS[column.kind]


def _heading(register: Register, name: str) -> str:
    headings: dict[str, str] = register.row.headings
    return headings.get(name, name)


def vocabulary_page(rows: Iterable[type[Any]]) -> str:
    """Every vocabulary that a field of ``rows`` can hold: code, word, other spellings, and where it is used."""
    used: dict[type[enum.StrEnum], list[str]] = {}
    for row in rows:
        headings: dict[str, str] = getattr(row, "headings", {})
        for field, words in _words_of(row):
            place = f"{row.label}的{headings.get(field, field)}"
            places = used.setdefault(words, [])
            places += [place] if place not in places else []
    about = "文件里写“用词”或“也认得”的任何一种都可以；接口里写“代码”。"
    return page_of("固定用词", about, *(part for words, places in used.items() for part in _vocabulary(words, places)))


def _vocabulary(words: type[enum.StrEnum], places: list[str]) -> Iterator[str]:
    yield f"## {words.__name__}"
    yield f"用于{'、'.join(places)}。"
    lines = ((_label(word), code(word.value), "、".join(getattr(word, "aliases", ()))) for word in words)
    yield table_of(("用词", "代码", "也认得"), lines)


def _label(word: enum.StrEnum) -> str:
    return str(getattr(word, "label", word.value))


def _words_of(row: type[Any]) -> Iterator[tuple[str, type[enum.StrEnum]]]:
    """Field and vocabulary, for every vocabulary that a field of ``row`` can hold, however deep."""
    hints = get_type_hints(row)
    for field in dataclasses.fields(row):
        for words in _words_in(hints[field.name]):
            yield field.name, words


def _words_in(hint: Any) -> Iterator[type[enum.StrEnum]]:
    if isinstance(hint, type) and issubclass(hint, enum.StrEnum):
        yield hint
    elif dataclasses.is_dataclass(hint) and isinstance(hint, type):
        yield from (words for _, words in _words_of(hint))
    for inner in get_args(hint):
        yield from _words_in(inner)


def _anchor(words: type[enum.StrEnum]) -> str:
    return words.__name__.lower()
