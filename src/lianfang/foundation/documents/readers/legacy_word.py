"""Legacy Word files taken apart (MS-DOC): one run of text whose marks end paragraphs, cells and rows.

The properties of a mark say whether it lies in a table and how the row is made; they are kept by position in the file,
in pages of 512 bytes (FKP).
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from legacy_doc import LegacyDocError
from legacy_doc.ole import OleReader
from legacy_doc.types import ExtractionOptions

_TEXT_LENGTH, _PAPX, _CLX = 0x4C, 0x0102, 0x01A2
"""Where the header keeps the length of the body, and where pages of properties and pieces are (FibRgFcLcb97)."""
_PAGE = 512
_IN_TABLE, _ROW_END, _DEFINES_TABLE, _ELSEWHERE = 0x2416, 0x2417, 0xD608, 0x6646
_OPERAND = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
"""Kind of property → bytes of its operand; kind 6 says its own length."""
_CELL = 20
_MERGED_DOWN = 1
_MARK = re.compile("[\r\x07\x0c]")


class Piece(NamedTuple):
    """``length`` characters that stand together in the file: from byte ``at`` on, ``width`` bytes each."""

    length: int
    at: int
    width: int


class RowShape(NamedTuple):
    """How a row is made: where its cells begin and end (twips), and which of them continue the one above."""

    edges: tuple[int, ...] = ()
    continued: tuple[bool, ...] = ()


class Ended(NamedTuple):
    """One paragraph: its text, the mark that ends it, whether it lies in a table, and the row that it ends, if any."""

    text: str
    mark: str
    in_table: bool = False
    row: RowShape | None = None


@dataclass(frozen=True)
class LegacyWord:
    """The streams that text and properties lie in; ``long_properties`` holds those too long for a page.

    Everything here raises ``struct.error`` or ``IndexError`` where a file is damaged.
    """

    document: bytes
    table: bytes
    long_properties: bytes

    @classmethod
    def of(cls, content: bytes) -> LegacyWord:
        """Take a compound file apart.

        Raises:
            LegacyDocError: it is none, or encrypted, or its pieces name more text than it holds.
        """
        streams = OleReader(content, options=ExtractionOptions())
        document = streams.read_stream("WordDocument")
        flags = struct.unpack_from("<H", document, 0x0A)[0]
        if flags & 0x0100:
            raise LegacyDocError("encrypted")
        table = streams.read_stream("1Table" if flags & 0x0200 else "0Table")
        return cls(document, table, streams.try_read_stream("Data") or b"")

    def paragraphs(self) -> Iterator[Ended]:
        """Everything up to each mark, in the order of the document; notes, headers and footers are left out."""
        held: list[str] = []
        for piece in self._pieces:
            raw = self.document[piece.at : piece.at + piece.length * piece.width]
            text = raw.decode("cp1252" if piece.width == 1 else "utf-16-le", errors="replace")
            begun = 0
            for mark in _MARK.finditer(text):
                in_table, row = self._properties(piece.at + mark.start() * piece.width)
                yield Ended("".join((*held, text[begun : mark.start()])), mark.group(), in_table, row)
                held, begun = [], mark.end()
            held.append(text[begun:])
        yield Ended("".join(held), "\r")

    @cached_property
    def _pieces(self) -> tuple[Piece, ...]:
        begin, length = struct.unpack_from("<II", self.document, _CLX)
        end, left = begin + length, struct.unpack_from("<I", self.document, _TEXT_LENGTH)[0]
        while self.table[begin] == 1:  # properties of pieces, which say nothing of tables
            begin += 3 + struct.unpack_from("<H", self.table, begin + 1)[0]
        begin += 5
        count = (end - begin - 4) // 12
        firsts = struct.unpack_from(f"<{count + 1}I", self.table, begin)
        pieces = []
        for index in range(count):
            said = struct.unpack_from("<I", self.table, begin + 4 * (count + 1) + 8 * index + 2)[0]
            at, width = ((said & 0x3FFFFFFF) // 2, 1) if said & 0x40000000 else (said, 2)
            pieces.append(Piece(max(min(firsts[index + 1] - firsts[index], left), 0), at, width))
            left -= pieces[-1].length
        if sum(piece.length * piece.width for piece in pieces) > len(self.document):
            raise LegacyDocError("pieces overlap")
        return tuple(pieces)

    @cached_property
    def _pages(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Positions at which pages of paragraph properties begin, and the numbers of those pages."""
        begin, length = struct.unpack_from("<II", self.document, _PAPX)
        count = (length - 4) // 8
        starts = struct.unpack_from(f"<{count + 1}I", self.table, begin)
        return starts[:-1], struct.unpack_from(f"<{count}I", self.table, begin + 4 * (count + 1))

    def _properties(self, at: int) -> tuple[bool, RowShape | None]:
        """Of the paragraph whose mark stands at byte ``at``: whether it lies in a table, and the row that it ends."""
        starts, numbers = self._pages
        page = bisect_right(starts, at) - 1
        if page < 0:
            return False, None
        begin = (numbers[page] & 0x3FFFFF) * _PAGE
        properties = _properties_on(self.document[begin : begin + _PAGE], at)
        if len(properties) == 6 and struct.unpack_from("<H", properties)[0] == _ELSEWHERE:
            start = struct.unpack_from("<I", properties, 2)[0]
            size = struct.unpack_from("<H", self.long_properties, start)[0]
            properties = self.long_properties[start + 2 : start + 2 + size]
        return _told(properties)


def _properties_on(page: bytes, at: int) -> bytes:
    """The list of properties that a page keeps for the paragraph around byte ``at``."""
    count = page[_PAGE - 1]
    index = bisect_right(struct.unpack_from(f"<{count + 1}I", page), at) - 1
    if not 0 <= index < count:
        return b""
    offset = page[4 * (count + 1) + 13 * index] * 2
    if not offset:
        return b""
    if page[offset]:
        return page[offset + 3 : offset + 2 * page[offset]]
    return page[offset + 4 : offset + 2 + 2 * page[offset + 1]]  # longer ones: their length stands in the next byte


def _told(properties: bytes) -> tuple[bool, RowShape | None]:
    in_table = ends_row = False
    shape = RowShape()
    offset = 0
    while offset + 2 < len(properties):
        code = struct.unpack_from("<H", properties, offset)[0]
        offset += 2
        if code == _DEFINES_TABLE:
            size = struct.unpack_from("<H", properties, offset)[0] + 1
            shape = _shape(properties[offset + 2 : offset + size])
        elif code >> 13 == 6:
            size = properties[offset] + 1
        else:
            size = _OPERAND[code >> 13]
            in_table |= code == _IN_TABLE and bool(properties[offset])
            ends_row |= code == _ROW_END and bool(properties[offset])
        offset += size
    return in_table, shape if ends_row else None


def _shape(definition: bytes) -> RowShape:
    count = definition[0]
    edges = struct.unpack_from(f"<{count + 1}h", definition, 1)
    cells = definition[1 + 2 * (count + 1) :]
    flags = (struct.unpack_from("<H", cells, start)[0] for start in range(0, len(cells) - 1, _CELL))
    return RowShape(edges, tuple(flag >> 5 & 3 == _MERGED_DOWN for flag in flags)[:count])
