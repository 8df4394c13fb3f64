"""Just enough of the OLE compound file (MS-CFB) to list what lies at its root."""

from __future__ import annotations

import struct

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY = 128
_LAST_REGULAR_SECTOR = 0xFFFFFFFA
_NOTHING = 0xFFFFFFFF
_MOST_SECTORS = 4096


def root_names(content: bytes) -> frozenset[str]:
    """Names of the streams and storages directly under the root; empty when the directory cannot be followed."""
    try:
        entries = _directory(content)
    except (struct.error, IndexError):
        return frozenset()
    if not entries:
        return frozenset()
    found, waiting, seen = set(), [entries[0][3]], set()
    while waiting:
        index = waiting.pop()
        if index == _NOTHING or index in seen or index >= len(entries):
            continue
        seen.add(index)
        name, left, right, _child = entries[index]
        found.add(name)
        waiting += [left, right]
    return frozenset(found)


def _directory(content: bytes) -> list[tuple[str, int, int, int]]:
    """Directory entries as (name, left sibling, right sibling, child)."""
    shift = struct.unpack_from("<H", content, 30)[0]
    if shift not in {9, 12}:
        return []
    size = 1 << shift
    table = _allocation_table(content, size)
    sector = struct.unpack_from("<I", content, 48)[0]
    entries = []
    for _ in range(_MOST_SECTORS):
        if sector >= _LAST_REGULAR_SECTOR:
            break
        start = (sector + 1) * size
        entries += [_entry(content, start + offset) for offset in range(0, size, _ENTRY)]
        sector = table[sector]
    return entries


def _allocation_table(content: bytes, size: int) -> list[int]:
    """The sector chain table, from the 109 places named in the header (enough for a directory near the start)."""
    table: list[int] = []
    for sector in struct.unpack_from("<109I", content, 76):
        if sector >= _LAST_REGULAR_SECTOR or (sector + 2) * size > len(content) + size:
            break
        chunk = content[(sector + 1) * size : (sector + 2) * size]
        table += struct.unpack(f"<{len(chunk) // 4}I", chunk[: len(chunk) // 4 * 4])
    return table


def _entry(content: bytes, offset: int) -> tuple[str, int, int, int]:
    length = min(struct.unpack_from("<H", content, offset + 64)[0], 64)
    name = content[offset : offset + max(length - 2, 0)].decode("utf-16-le", "replace")
    left, right, child = struct.unpack_from("<3I", content, offset + 68)
    return name, left, right, child
