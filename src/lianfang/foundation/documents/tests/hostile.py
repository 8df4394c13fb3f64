"""Builders of hostile and broken files for the tests; nothing here is stored, each file is made when asked for."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)
WORKBOOK = (
    '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
PACKAGE_LINKS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>'
)
WORKBOOK_LINKS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>'
)
SHEET_HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
DOCUMENT_HEAD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
    + "]>"
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]>'


def archive(members: Mapping[str, str | bytes]) -> bytes:
    """A zip file with these members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return stream.getvalue()


def xlsx(sheet: str, **more: str | bytes) -> bytes:
    """A workbook with one sheet of exactly this XML."""
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": PACKAGE_LINKS,
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": WORKBOOK_LINKS,
        "xl/worksheets/sheet1.xml": sheet,
    }
    return archive(members | {name.replace("__", "/"): content for name, content in more.items()})


def sheet_xml(rows: str, before: str = "", after: str = "") -> str:
    """Sheet XML around rows."""
    return f"{SHEET_HEAD}{before}<sheetData>{rows}</sheetData>{after}</worksheet>"


def cell(address: str, text: str) -> str:
    """An inline text cell."""
    return f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'


def docx(document: str) -> bytes:
    """A Word file whose main part is exactly this XML."""
    return archive({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": document})


def merged_workbook(text: str, rows: int, columns: str) -> bytes:
    """A tiny workbook in which one merged area repeats ``text`` down to row ``rows`` and column ``columns``."""
    corner = f"{columns}{rows}"
    lines = f'<row r="1">{cell("A1", text)}</row><row r="{rows}">{cell(corner, "乙")}</row>'
    return xlsx(sheet_xml(lines, after=f'<mergeCells count="1"><mergeCell ref="A1:{corner}"/></mergeCells>'))


def merged_word_table(text: str, rows: int, columns: int) -> bytes:
    """A Word file in which one cell reaches over ``columns`` columns and, merged downwards, over ``rows`` rows."""
    span = f'<w:gridSpan w:val="{columns}"/>'
    first = f'<w:tc><w:tcPr>{span}<w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>'
    below = f"<w:tr><w:tc><w:tcPr>{span}<w:vMerge/></w:tcPr></w:tc></w:tr>"
    return docx(f"{DOCUMENT_HEAD}<w:tbl><w:tr>{first}</w:tr>{below * rows}</w:tbl></w:body></w:document>")


def merged_page(text: str, rows: int, columns: int) -> bytes:
    """A web page in which one cell reaches over ``columns`` columns and ``rows`` rows."""
    first = f"<tr><td rowspan={rows} colspan={columns}>{text}</td></tr>"
    return f"<html><table>{first}{'<tr></tr>' * rows}<tr><td>乙</td></tr></table></html>".encode()


def ole(*names: str) -> bytes:
    """An OLE compound file whose root holds empty streams of these names."""
    entries = [_entry("Root Entry", 5, child=1 if names else -1)]
    entries += [_entry(name, 2, right=i + 2 if i + 1 < len(names) else -1) for i, name in enumerate(names)]
    entries += [b"\x00" * 128] * (-len(entries) % 4)
    directory = b"".join(entries)
    sectors = len(directory) // 512
    table = [0xFFFFFFFD, *range(2, sectors + 1), 0xFFFFFFFE]
    allocation = struct.pack("<128I", *table, *[0xFFFFFFFF] * (128 - len(table)))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\x00" * 6
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    return head + allocation + directory


def _entry(name: str, kind: int, *, right: int = -1, child: int = -1) -> bytes:
    encoded = name.encode("utf-16-le")
    fields = struct.pack("<HBB3i", len(encoded) + 2, kind, 1, -1, right, child)
    return encoded.ljust(64, b"\x00") + fields + b"\x00" * 36 + struct.pack("<IQ", 0xFFFFFFFE, 0)
