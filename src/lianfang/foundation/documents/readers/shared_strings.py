"""How much text a workbook unfolds to: each text is packed once, and the cells that name it get a copy each.

A file of three mebibytes can so ask for eight gibibytes. References are counted before anything is unfolded.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter

from lianfang.foundation.documents.archive import pieces_of, read_member
from lianfang.foundation.documents.limits import MEBIBYTE, Limits
from lianfang.kernel.errors import Invalid

_TEXTS = "xl/sharedstrings.xml"
_ENTRY = re.compile(rb"<(?:\w+:)?si\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?si\s*>)", re.DOTALL)
_TAG = re.compile(rb"<(?!!)[^>]*>")
_NAMING = re.compile(rb"""[\s"']t\s*=\s*(?:"s"|'s')(?![^>]{0,200}/>)""")
"""A cell says that it names a text; an empty one names none."""
_REFERENCE = re.compile(
    _NAMING.pattern
    + rb"[^>]{0,200}>(?:[^<]{0,1000}<(?!/?(?:\w+:)?[cv][\s/>])[^>]{0,200}>){0,4}?"
    + rb"\s{0,200}<(?:\w+:)?v\b[^>]{0,200}>\s{0,200}(\d{1,9})\s{0,200}</"
)
"""Which one, in so many figures; a formula may stand before it. Bounded, so that no part takes long to look through."""
_SHORTEST_REFERENCE = len(b'<c t="s"><v>0</v>')


def demand_bounded_texts(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Let a workbook pass whose cells, all texts written out, hold no more bytes than ``limits.answer``.

    Any part of the archive may be a sheet: the workbook says which, under whatever name. A cell that names a text in
    some roundabout way, or lies across two of the pieces in which a part is looked through, is taken for the longest.

    Raises:
        Invalid: they hold more.
    """
    members = archive.infolist()
    texts = next((member for member in members if member.filename.lower() == _TEXTS), None)
    if texts is None:
        return
    sheets = [member for member in members if member is not texts]
    lengths = [_length(entry) for entry in _ENTRY.findall(read_member(archive, texts.filename, limits))]
    longest = max(lengths, default=0)
    if longest * (sum(sheet.file_size for sheet in sheets) // _SHORTEST_REFERENCE) <= limits.answer:
        return
    unfolded = 0
    for sheet in sheets:
        for piece in pieces_of(archive, sheet.filename):
            unfolded += _unfolded(piece, lengths, longest)
            if unfolded > limits.answer:
                raise Invalid(
                    f"同一段长文字被许多单元格引用，全部展开超过 {limits.answer // MEBIBYTE} 兆字节，不能读入。",
                    "请删去成片重复的长文字，或拆成几个文件后再导入。",
                )


def _unfolded(piece: bytes, lengths: list[int], longest: int) -> int:
    """Bytes of the texts that the cells of a piece name."""
    named = Counter(map(int, _REFERENCE.findall(piece)))
    unclear = sum(1 for _ in _NAMING.finditer(piece)) - named.total()
    return unclear * longest + sum(lengths[at] * many for at, many in named.items() if at < len(lengths))


def _length(entry: bytes) -> int:
    """Bytes of one text without its marks; where it has but one pair of them, the few are counted in."""
    return len(entry) if entry.count(b"<") <= 2 else len(_TAG.sub(b"", entry))
