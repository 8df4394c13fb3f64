"""Pictures for the guide: a screenshot with its 256 commonest colours, a third of the size and as readable."""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Iterator

Colour = tuple[int, int, int]
SIGNATURE = b"\x89PNG\r\n\x1a\n"
MOST_COLOURS = 256


def with_few_colours(png: bytes) -> bytes:
    """An RGB picture of eight bits as a picture with a palette; rarer colours become the nearest common one.

    Raises:
        ValueError: the picture is of another kind.
    """
    chunks = list(_chunks(png))
    width, height, depth, kind = struct.unpack(">IIBB", chunks[0][1][:10])
    if (depth, kind) != (8, 2):
        raise ValueError(f"8 位 RGB 图片才能压缩，这是 {depth} 位、类型 {kind}。")
    raw = zlib.decompress(b"".join(body for name, body in chunks if name == b"IDAT"))
    rows = [list(zip(row[::3], row[1::3], row[2::3], strict=True)) for row in _unfiltered(raw, width * 3, height)]
    counted = Counter(colour for row in rows for colour in row)
    palette = [colour for colour, _ in counted.most_common(MOST_COLOURS)]
    place = {colour: _nearest(colour, palette) for colour in counted}
    pixels = b"".join(b"\0" + bytes([place[colour] for colour in row]) for row in rows)
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = ((b"IHDR", head), (b"PLTE", bytes(part for colour in palette for part in colour)))
    body = (b"IDAT", zlib.compress(pixels, 9))
    return SIGNATURE + b"".join(_chunk(*part) for part in (*parts, body, (b"IEND", b"")))


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        at += 12 + size


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _nearest(colour: Colour, palette: list[Colour]) -> int:
    red, green, blue = colour
    return min(
        range(len(palette)),
        key=lambda at: (palette[at][0] - red) ** 2 + (palette[at][1] - green) ** 2 + (palette[at][2] - blue) ** 2,
    )


def _unfiltered(raw: bytes, stride: int, height: int) -> Iterator[bytearray]:
    """The rows of a picture without the differences by which PNG stores them (three bytes a pixel)."""
    above = bytearray(stride)
    for at in range(0, height * (stride + 1), stride + 1):
        row = bytearray(raw[at + 1 : at + 1 + stride])
        for place in range(stride):
            left = row[place - 3] if place > 2 else 0
            corner = above[place - 3] if place > 2 else 0
            row[place] = (row[place] + _expected(raw[at], left, above[place], corner)) & 255
        yield row
        above = row


def _expected(kind: int, left: int, up: int, corner: int) -> int:
    """What filter ``kind`` of the PNG standard expects of a byte."""
    if kind == 4:
        guess = left + up - corner
        return min((left, up, corner), key=lambda value: abs(guess - value))
    return (0, left, up, (left + up) // 2)[kind]
