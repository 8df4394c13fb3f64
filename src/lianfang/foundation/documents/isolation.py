"""The safe door for files from outside: parsing happens in a child process with limits on memory, CPU and time."""

from __future__ import annotations

import datetime
import json
import logging
import marshal
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

import lianfang
from lianfang.foundation.documents.limits import MEBIBYTE, WEB, Limits
from lianfang.foundation.documents.pause import collection_paused
from lianfang.foundation.documents.tables import Contents, FileKind, Span, Table
from lianfang.kernel.errors import Absent, Broken, Invalid
from lianfang.kernel.findings import Finding, Place, Severity

_log = logging.getLogger(__name__)
_PACKAGE_ROOT = str(Path(lianfang.__file__).resolve().parent.parent)
_TOO_BIG = (
    "文件的行数或文字太多、内容散落得太远，或合并的区域太大，读取时超出了允许的内存。",
    "行数多的清单，请拆成几个文件；否则请删去多余的工作表、空行、空列和图片，取消大片的合并单元格，再读一次。",
)
_TOO_SLOW = ("文件太复杂，读取时超出了允许的时间。", "请拆成几个文件，或把表格复制到新建的空白文件后再上传。")
_CRASHED = ("文件已损坏，读取程序无法继续。", "请用办公软件打开并另存为 .xlsx 或 .docx 后再上传。")


@dataclass(frozen=True, slots=True)
class Child:
    """A module of ours that is run as a process of its own, and what is said where it does not end well.

    Each saying is a message and a remedy.
    """

    module: str
    too_big: tuple[str, str]
    too_slow: tuple[str, str]
    crashed: tuple[str, str]


_CHILD = Child("lianfang.foundation.documents.child", _TOO_BIG, _TOO_SLOW, _CRASHED)


def read_file(source: Path | str | bytes, limits: Limits = WEB, *, hidden_sheets: bool = False) -> Contents:
    """Read a file (path or bytes) into tables and paragraphs, safe against hostile content.

    Raises:
        Absent: when there is no such file.
        Invalid: when the file cannot or may not be read; the message says what is wrong, the remedy what to do.
    """
    return contents_of(read_answer(source, limits, hidden_sheets=hidden_sheets))


def read_answer(source: Path | str | bytes, limits: Limits = WEB, *, hidden_sheets: bool = False) -> bytes:
    """What the child says of a file: bytes from which ``contents_of`` makes the contents, now or later.

    Raises:
        Absent, Invalid: as ``read_file``; also ``contents_of`` raises, for what the child itself refused.
    """
    if isinstance(source, bytes):
        with tempfile.TemporaryFile() as copy:
            copy.write(source)
            copy.seek(0)
            return _read(copy, len(source), limits, hidden_sheets)
    path = Path(source)
    if not path.is_file():
        raise Absent(f"找不到文件“{path.name}”。", "请核对文件名和位置。")
    with path.open("rb") as stream:
        return _read(stream, path.stat().st_size, limits, hidden_sheets)


def _read(stream: IO[bytes], size: int, limits: Limits, hidden_sheets: bool) -> bytes:
    if size == 0:
        raise Invalid("文件是空的。", "请检查文件是否上传完整。")
    if size > limits.file_size:
        raise Invalid(
            f"文件有 {size // MEBIBYTE} MiB，超过允许的 {limits.file_size // MEBIBYTE} MiB。",
            "请删去图片和多余的工作表，或拆成几个文件后再上传。",
        )
    return run_child(_CHILD, stream, limits, hidden_sheets=hidden_sheets)


def run_child(child: Child, stream: IO[bytes], limits: Limits, **request: bool) -> bytes:
    """What a child process answers that reads ``stream`` and bounds itself by ``limits`` (``limit_self``).

    Raises:
        Invalid: it went beyond its limits or broke down over what it read; the words are those of ``child``.
        Broken: the program is not installed as it should be, or the machine has no room to start it.
    """
    command = [sys.executable, "-P", "-m", child.module, json.dumps({"limits": asdict(limits), **request})]
    environment = {"PATH": os.defpath, "PYTHONPATH": _PACKAGE_ROOT, "LANG": "C.UTF-8"}
    try:
        run = subprocess.run(
            command, stdin=stream, capture_output=True, env=environment, timeout=limits.wall_seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Invalid(*child.too_slow) from error
    except OSError as error:
        _log.error("The reader %s did not start: %s", child.module, error)
        raise Broken("读取文件的程序没有启动，机器可能太忙或者内存不足。") from error
    if run.returncode != 0:
        raise _failure(child, run.returncode, run.stderr)
    return run.stdout


def _failure(child: Child, code: int, stderr: bytes) -> Invalid | Broken:
    """What a child that died without an answer died of."""
    if code in {-signal.SIGXCPU, -signal.SIGKILL}:
        return Invalid(*child.too_slow)
    if b"memory allocation" in stderr or b"MemoryError" in stderr or b"capacity overflow" in stderr:
        return Invalid(*child.too_big)
    # Paths and names of our own belong in the log of the machine, not before the eyes of who sent the file.
    _log.error("The reader %s ended with %s: %s", child.module, code, stderr.decode("utf-8", "replace")[-2000:])
    if b"ModuleNotFoundError" in stderr or b"ImportError" in stderr:
        return Broken("读取文件的程序没有正确安装。")
    return Invalid(*child.crashed)


def contents_of(answer: bytes) -> Contents:
    """The contents that an answer of the child holds; never give it bytes from anywhere else.

    Raises:
        Invalid: when the child refused the file, or the answer is cut short.
    """
    try:
        with collection_paused():
            return _contents(marshal.loads(answer))  # noqa: S302 (our own child, which holds no more rights than we)
    except (ValueError, EOFError, TypeError) as error:
        raise Invalid(*_CRASHED) from error


def _contents(answer: Any) -> Contents:
    if answer[0] == "memory":
        raise Invalid(*_TOO_BIG)
    if answer[0] == "refused":
        raise Invalid(answer[1], answer[2])
    _, kind, tables, paragraphs, findings = answer
    return Contents(
        FileKind(kind),
        tuple(_table(*plain) for plain in tables),
        tuple(paragraphs),
        tuple(_finding(*plain) for plain in findings),
    )


def _table(name: str, chunks: list[tuple[bytes, list[tuple[int, int, str]]]], *rest: Any) -> Table:
    rows: list[list[Any]] = []
    for packed, days in chunks:
        start = len(rows)
        rows += marshal.loads(packed)  # noqa: S302 (as above)
        for row, column, text in days:
            day = datetime.datetime if "T" in text else datetime.date
            rows[start + row][column] = day.fromisoformat(text)
    spans, captions, remarks, above = rest
    merged = tuple(Span(*span) for span in spans)
    return Table(name, rows, range(1, len(rows) + 1), merged, tuple(captions), tuple(remarks), above)


def _finding(message: str, code: str, severity: str, place: dict[str, Any] | None) -> Finding:
    return Finding(
        "",
        "",
        message,
        code=code,
        severity=Severity(severity) if severity else None,
        place=Place(**place) if place else None,
    )
