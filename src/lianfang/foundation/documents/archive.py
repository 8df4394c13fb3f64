"""Guard for office files that are zip archives: member count, unpacked size and ratio are checked before parsing."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from lianfang.foundation.documents.limits import MEBIBYTE, Limits
from lianfang.kernel.errors import Invalid

_DAMAGED = "文件内部缺少正文或正文已损坏，无法读取。"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, KeyError)
"""What the standard library raises on archives that are cut off, encrypted or deliberately wrong."""


def open_archive(content: bytes) -> zipfile.ZipFile:
    """Open an office archive.

    Raises:
        Invalid: when the archive is cut off or damaged.
    """
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except _BROKEN as error:
        raise Invalid("文件不完整或已损坏，无法打开。", f"请重新下载，或者{_resave(content)}") from error


def _resave(content: bytes) -> str:
    """How to save a damaged file anew; the names of its parts stand in the open and tell what it was."""
    kinds = ".docx" if b"word/" in content else ".xlsx" if b"xl/" in content else ".docx（文档）或 .xlsx（表格）"
    return f"用办公软件打开，另存为 {kinds} 后再上传。"


def check_archive(archive: zipfile.ZipFile, packed: int, limits: Limits) -> None:
    """Refuse an archive that would unpack to more than allowed; ``packed`` is the size of the file.

    Raises:
        Invalid: too many members, too large, or packed too tightly to be an honest document.
    """
    members = archive.infolist()
    if len(members) > limits.members:
        raise Invalid(
            f"文件内部有 {len(members)} 个部件，超过允许的 {limits.members} 个。",
            "请把表格复制到新建的空白文件后再上传。",
        )
    unpacked = sum(member.file_size for member in members)
    if unpacked > limits.unpacked:
        raise Invalid(
            f"文件展开后有 {unpacked // MEBIBYTE} MiB，超过允许的 {limits.unpacked // MEBIBYTE} MiB。",
            "请删去多余的工作表、空行和图片，或拆成几个文件后再上传。",
        )
    if unpacked > MEBIBYTE and unpacked > limits.ratio * max(packed, 1):
        raise Invalid(
            f"文件的压缩比超过 {limits.ratio} 倍，不像正常的办公文件，已拒绝打开。",
            "请把表格复制到新建的空白文件后再上传。",
        )


def read_member(archive: zipfile.ZipFile, name: str, limits: Limits) -> bytes:
    """Unpack one member, never more than ``limits.unpacked`` bytes, whatever its header claims.

    Raises:
        Invalid: when the member is missing, damaged or larger than allowed.
    """
    try:
        with archive.open(name) as stream:
            content = stream.read(limits.unpacked + 1)
    except _BROKEN as error:
        raise Invalid(_DAMAGED, f"请{_resave(name.encode())}") from error
    if len(content) > limits.unpacked:
        raise Invalid("文件展开后过大，已停止读取。", "请拆成几个文件后再上传。")
    return content


def pieces_of(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """One member, unpacked piece by piece of a mebibyte, so that none of its size is ever held.

    Raises:
        Invalid: when the member is damaged.
    """
    try:
        with archive.open(name) as stream:
            while piece := stream.read(MEBIBYTE):
                yield piece
    except _BROKEN as error:
        raise Invalid(_DAMAGED, f"请{_resave(name.encode())}") from error
