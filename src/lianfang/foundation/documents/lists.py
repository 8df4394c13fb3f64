"""Turn the tables of a file into one list each: split what stands on one sheet, mend what pages tore apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from lianfang.foundation.documents.cards import laid_across
from lianfang.foundation.documents.cells import cell_text, narrow
from lianfang.foundation.documents.concepts import Register
from lianfang.foundation.documents.odd_rows import distinct
from lianfang.foundation.documents.recognise import GENERAL, readings_of
from lianfang.foundation.documents.shape import head_of
from lianfang.foundation.documents.tables import Cell, Span, Table

_SURE = 0.85
_FEWEST_HEADINGS = 3
_LONGEST_HEADING = 20
_NARROWEST_TORN = 3
"""A table without head and with fewer columns than this may be anything."""

_LINK = re.compile(r"^(?:首页|网站地图|.{0,6}(?:清单|目录|指南|公开|专栏|栏目|链接|查看|下载|更多|详情|查询))$")
_MOST = 0.8
_MOST_LINKS = 12


def lists_of(tables: Iterable[Table], registers: Sequence[Register] = GENERAL) -> Iterator[Table]:
    """Every list of a file as a table of its own, in order, ready for ``shape.listing``.

    Lists under one another on a sheet are split; forms are laid across; a table without heading row that goes on from
    the one before gets its head again.
    """
    last: tuple[Table, tuple[int, int]] | None = None
    for table in tables:
        if _holds_links(table):
            continue
        for part in _parts(table, registers):
            across = laid_across(part, registers)
            if across is not None:
                last = None
                yield across
                continue
            head = head_of(part, registers)
            if last and not _speaks(part, head, registers) and _goes_on(part, last[0]):
                yield _headed(part, *last)
                continue
            last = (part, head) if head and _speaks(part, head, registers) else None
            yield part


def _holds_links(table: Table) -> bool:
    """Whether nearly all that a small table says are names of pages to go to: 权力清单 | 查看, 收费目录 | 查看."""
    if len(table.rows) > _MOST_LINKS:
        return False
    texts = {text for row in table.rows for text in distinct(row)}
    links = sum(_LINK.match("".join(text.split())) is not None for text in texts)
    return links >= max(_FEWEST_HEADINGS, _MOST * len(texts))


def _parts(table: Table, registers: Sequence[Register]) -> Iterator[Table]:
    """The lists that stand under one another: each begins with its title and a heading row of its own."""
    starts = [0]
    heads: set[tuple[str, ...]] = set()
    for index, row in enumerate(table.rows):
        after_gap = index == 0 or _is_gap(table.rows[index - 1])
        if not after_gap or not _is_head(row, registers):
            continue
        texts = tuple("".join(text.split()) for text in distinct(row))
        if heads and texts not in heads:
            starts.append(_with_title(table.rows, index))
        heads.add(texts)
    for start, end in zip(starts, [*starts[1:], len(table.rows)], strict=True):
        yield table if len(starts) == 1 else _slice(table, start, end)


def _is_gap(row: Sequence[Cell]) -> bool:
    """A blank row or one with a single text, told cheaply by its first two cells before all are looked at."""
    return row[1:2] in ([""], [row[0]]) and len(distinct(row)) <= 1


def _is_head(row: Sequence[Cell], registers: Sequence[Register]) -> bool:
    texts = distinct(row)
    if len(texts) < _FEWEST_HEADINGS or any(not isinstance(cell, str) for cell in row):
        return False
    if any(len(text) > _LONGEST_HEADING for text in texts):
        return False
    return any(_known(texts, register) >= max(_FEWEST_HEADINGS, 0.6 * len(texts)) for register in registers)


def _known(texts: Sequence[str], register: Register) -> int:
    found = [readings[0] for text in texts if (readings := readings_of(register, text))]
    return sum(score >= _SURE for score, _ in found)


def _with_title(rows: Sequence[Sequence[Cell]], index: int) -> int:
    """The row at which the part of a heading row begins: its title above it included."""
    start = index
    while start and _is_gap(rows[start - 1]):
        start -= 1
    return start


def _slice(table: Table, start: int, end: int) -> Table:
    merged = (
        Span(span.top - start, span.left, span.bottom - start, span.right)
        for span in table.merged
        if start <= span.top and span.bottom < end
    )
    return replace(table, rows=table.rows[start:end], numbers=table.numbers[start:end], merged=tuple(merged))


def _speaks(table: Table, head: tuple[int, int] | None, registers: Sequence[Register]) -> bool:
    """Whether the heading row found names at least two fields for sure, and not merely happens to be the first row."""
    if head is None:
        return False
    texts = [text for row in table.rows[head[0] : head[1] + 1] for text in distinct(row)]
    return any(_known(texts, register) >= 2 for register in registers)


def _goes_on(table: Table, before: Table) -> bool:
    """Whether a table may be the rest of the one before it, torn off by the end of a page."""
    if not table.width == before.width >= _NARROWEST_TORN:
        return False
    same_words_above = bool(table.captions) and table.captions == before.captions
    last, first = (narrow(cell_text(row[0])) for row in (before.rows[-1], table.rows[0]))
    counts_on = last.isdecimal() and first.isdecimal() and int(first) == int(last) + 1
    return same_words_above or counts_on


def _headed(table: Table, before: Table, head: tuple[int, int]) -> Table:
    """A torn-off table with the heading rows of the one before it; its own rows keep their numbers."""
    rows = before.rows[head[0] : head[1] + 1]
    numbers = before.numbers[head[0] : head[1] + 1]
    return replace(table, rows=[*rows, *table.rows], numbers=[*numbers, *table.numbers], merged=())
