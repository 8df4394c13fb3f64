"""Say what a file is by its bytes, for extensions lie: web pages saved as .xls, .doc renamed .docx."""

from __future__ import annotations

import re

from lianfang.foundation.documents.archive import open_archive
from lianfang.foundation.documents.ole import MAGIC as OLE_MAGIC
from lianfang.foundation.documents.ole import root_names
from lianfang.foundation.documents.tables import FileKind
from lianfang.kernel.errors import Invalid

_ZIP_MAGIC = b"PK\x03\x04"
_RESAVE = "请在办公软件中打开，另存为 .xlsx 或 .docx 后再上传。"
_COPIED = "打开 PDF，把正文复制到 Word、把表格复制到 Excel，另存为 .docx 或 .xlsx 再用。"

_REFUSED = (
    (
        b"%PDF",
        "这是 PDF 文件，不读 PDF。",
        f"请找原来的 Word 或 Excel 文件；没有时，{_COPIED}扫描件没有文字，读不出来。",
    ),
    (b"{\\rtf", "这是 RTF 文件，暂不支持。", _RESAVE),
    (b"\x89PNG", "这是图片，里面的文字和表格读不出来。", "请上传原来的 Excel 或 Word 文件。"),
    (b"\xff\xd8\xff", "这是图片，里面的文字和表格读不出来。", "请上传原来的 Excel 或 Word 文件。"),
    (b"GIF8", "这是图片，里面的文字和表格读不出来。", "请上传原来的 Excel 或 Word 文件。"),
    (b"Rar!", "这是压缩包。", "请先解压，再上传里面的文件。"),
    (b"7z\xbc\xaf", "这是压缩包。", "请先解压，再上传里面的文件。"),
    (b"\x1f\x8b", "这是压缩包。", "请先解压，再上传里面的文件。"),
    (b"MZ", "这是程序文件，已拒绝打开。", "请上传 Excel、Word、CSV 或网页表格。"),
    (b"\x7fELF", "这是程序文件，已拒绝打开。", "请上传 Excel、Word、CSV 或网页表格。"),
)

_MARKUP = re.compile(rb"<\s*(!doctype\s+html|html|head|body|table|meta|div|style)\b", re.IGNORECASE)
_OFFICE_XML = re.compile(rb"<\s*(\w+:)?(Workbook|wordDocument)\b")
_WEB_ARCHIVE = re.compile(rb"^\s*(MIME-Version|From:.{0,200}saved by)", re.IGNORECASE)


def sniff(content: bytes) -> FileKind:
    """The kind of a file, told by its bytes alone.

    Raises:
        Invalid: for an empty file and for every kind that cannot be read, with what to do instead.
    """
    if not content.strip(b"\x00 \t\r\n"):
        raise Invalid("文件是空的。", "请检查文件是否上传完整。")
    for magic, message, remedy in _REFUSED:
        if content.startswith(magic):
            raise Invalid(message, remedy)
    if content.startswith(_ZIP_MAGIC):
        return _sniff_archive(content)
    if content.startswith(OLE_MAGIC):
        return _sniff_compound(content)
    return _sniff_text(content)


def _sniff_archive(content: bytes) -> FileKind:
    names = {name.replace("\\", "/") for name in open_archive(content).namelist()}
    for member, kind in (
        ("xl/workbook.xml", FileKind.XLSX),
        ("xl/workbook.bin", FileKind.XLSB),
        ("word/document.xml", FileKind.DOCX),
    ):
        if member in names:
            return kind
    if "content.xml" in names and content[:200].find(b"opendocument.spreadsheet") > 0:
        return FileKind.ODS
    if any(name.startswith("ppt/") for name in names):
        raise Invalid("这是演示文稿，不能读出表格。", "请上传 Excel 或 Word 文件。")
    if any(name.startswith(("xl/", "word/")) for name in names):
        raise Invalid("文件内部缺少正文，可能已损坏。", _RESAVE)
    raise Invalid("这是压缩包，不是表格或文档。", "请先解压，再上传里面的文件。")


def _sniff_compound(content: bytes) -> FileKind:
    names = {name.casefold() for name in root_names(content)}
    if "encryptedpackage" in names:
        raise Invalid("文件已加密，没有密码无法打开。", "请在办公软件中去掉打开密码，另存后再上传。")
    if names & {"workbook", "book"}:
        return FileKind.XLS
    if "worddocument" in names:
        return FileKind.DOC
    if "powerpoint document" in names:
        raise Invalid("这是演示文稿，不能读出表格。", "请上传 Excel 或 Word 文件。")
    if not names:
        raise Invalid("文件不完整或已损坏，无法打开。", "请重新下载或另存后再上传。")
    raise Invalid("认不出这个文件的格式，可能是 WPS 专用格式或其他软件的文件。", _RESAVE)


def _sniff_text(content: bytes) -> FileKind:
    head = content[:4096]
    if _WEB_ARCHIVE.match(head):
        raise Invalid("这是单个文件网页（mht），暂不支持。", _RESAVE)
    narrow = head.replace(b"\x00", b"") if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else head
    if _OFFICE_XML.search(narrow):
        raise Invalid("这是 2003 版的 XML 表格或文档，不能直接读出。", _RESAVE)
    if _MARKUP.search(narrow):
        return FileKind.HTML
    if narrow.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml"):
        raise Invalid("这是 XML 文件，不是表格。", "请上传 Excel、Word、CSV 或网页表格。")
    return FileKind.TEXT
