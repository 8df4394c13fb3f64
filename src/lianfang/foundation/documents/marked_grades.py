"""Grades that stand inside a column of risks: ★★虚报工程量, 围标串标（高）, under a heading such as 风险点及等级."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from lianfang.foundation.documents.headings import reduce_heading
from lianfang.foundation.documents.levels import LevelReading, looks_like_level, read_levels
from lianfang.kernel.levels import Grade

_NAMES_GRADES = re.compile(r"风险.*(?:等级|级别|等次|星级)$")
_STARS = r"[★☆⭐]+"
_BRACKETED = r"[（(【\[][^（(【\[\]】)）]{1,8}[\]】)）]"
_MARK = re.compile(rf"{_STARS}|{_BRACKETED}")
_BRACKETS = "（(【[]】)）"
_RISKS = frozenset({"risk", "statement", "manifestation"})
_NUMBERED = re.compile(r"[一二三四1-4A-D]级(?:风险)?")
_WORDS = {Grade.HIGH: "高", Grade.MEDIUM: "中", Grade.LOW: "低"}


def names_grades(heading: str) -> bool:
    """Whether a heading over risks says that their grades stand beside them in the cells."""
    reduced = reduce_heading(heading)
    return any(map(_NAMES_GRADES.search, (reduced.whole, reduced.base)))


def marked_column(headings: Sequence[str], fields: Sequence[str | None]) -> int | None:
    """The column of risks whose heading says that their grades stand beside them, if there is one."""
    columns = enumerate(zip(headings, fields, strict=True))
    return next((at for at, (heading, name) in columns if name in _RISKS and names_grades(heading)), None)


def marked_grades(cells: Sequence[str], legend: Iterable[str] = ()) -> LevelReading:
    """The grade of each cell by the stars or words that mark its risks, as ``read_levels`` reads a column.

    A cell that marks several risks with different grades counts them, as published lists do: 1高2中.
    """
    marks = [_marks(cell) for cell in cells]
    every = [mark for found in marks for mark in found]
    reading = read_levels(every, legend)
    grades = iter(reading.levels)
    levels = tuple(_of_one_cell([next(grades) for _ in found]) for found in marks)
    return replace(reading, levels=levels, unknown=(), unsettled=())


def _marks(cell: str) -> list[str]:
    found = (mark.strip(_BRACKETS) for mark in _MARK.findall(cell))
    return [mark for mark in found if looks_like_level(mark) or _NUMBERED.fullmatch(mark)]


def _of_one_cell(grades: Sequence[Grade | str | None]) -> Grade | str | None:
    counts = Counter(grade for grade in grades if isinstance(grade, Grade))
    if len(counts) <= 1:
        return next(iter(counts), None)
    return "".join(f"{counts[grade]}{word}" for grade, word in _WORDS.items() if counts[grade])
