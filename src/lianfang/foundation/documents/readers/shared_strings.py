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
_SHEETS = "xl/worksheets/"
_ENTRY = re.compile(rb"<(?:\w+:)?si\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?si\s*>)", re.DOTALL)
_TAG = re.compile(rb"<(?!!)[^>]*>")
_REFERENCE = re.compile(rb"""\st=["']s["'][^>]*>\s*<(?:\w+:)?v\b[^>]*>\s*(\d{1,9})""")
_SHORTEST_REFERENCE = len(b'<c t="s"><v>0</v>')


def demand_bounded_texts(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Let a workbook pass whose cells, all texts written out, hold no more bytes than ``limits.answer``.

    A reference that lies across two of the pieces in which a sheet is looked through is not counted: one a mebibyte.

    Raises:
        Invalid: they hold more.
    """
    members = {member.filename.lower(): member for member in archive.infolist()}
    texts = members.get(_TEXTS)
    sheets = [member for name, member in members.items() if name.startswith(_SHEETS)]
    if texts is None:
        return
    lengths = [_length(entry) for entry in _ENTRY.findall(read_member(archive, texts.filename, limits))]
    most_references = sum(sheet.file_size for sheet in sheets) // _SHORTEST_REFERENCE
    if max(lengths, default=0) * most_references <= limits.answer:
        return
    unfolded = 0
    for sheet in sheets:
        for piece in pieces_of(archive, sheet.filename):
            named = Counter(_REFERENCE.findall(piece))
            unfolded += sum(lengths[int(at)] * many for at, many in named.items() if int(at) < len(lengths))
            if unfolded > limits.answer:
                raise Invalid(
                    f"同一段长文字被许多单元格引用，全部展开超过 {limits.answer // MEBIBYTE} 兆字节，不能读入。",
                    "请删去成片重复的长文字，或拆成几个文件后再导入。",
                )


def _length(entry: bytes) -> int:
    """Bytes of one text without its marks; where it has but one pair of them, the few are counted in."""
    return len(entry) if entry.count(b"<") <= 2 else len(_TAG.sub(b"", entry))
