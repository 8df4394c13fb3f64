"""Files between upload and decision: kept under a random name in the deployment's home, gone when decided or old."""

from __future__ import annotations

import contextlib
import os
import secrets
import time
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.core.files.uploadedfile import UploadedFile

from lianfang.foundation.documents.isolation import contents_of, read_answer
from lianfang.foundation.documents.tables import Contents
from lianfang.kernel.errors import Absent

KEEP_SECONDS = 24 * 3600
SESSION_KEY = "uploads"
MOST_KEPT = 20
"""Undecided files of one log-in; a further one pushes out the oldest."""


def keep(session: SessionBase, upload: UploadedFile[bytes], unit: str) -> str:
    """Store an upload for ``unit``; return the token under which this log-in, and no other, finds it again."""
    folder = _folder()
    _sweep(folder)
    token = secrets.token_hex(16)
    _write(folder / token, upload.chunks())
    session[SESSION_KEY] = {**session.get(SESSION_KEY, {}), token: [upload.name, unit]}
    for old in list(session[SESSION_KEY])[:-MOST_KEPT]:
        discard(session, old)
    return token


def found(session: SessionBase, token: str) -> tuple[str, str, Contents]:
    """Name, unit and contents of an upload of this log-in.

    The first look reads the file; what it read takes the file's place, so that every later look, and the import itself,
    is of exactly what was looked at first.

    Raises:
        Absent: not an upload of this log-in, decided already, or swept away.
        Invalid: the file cannot or may not be read.
    """
    known = session.get(SESSION_KEY, {})
    file = _folder() / token
    if token not in known or not (file.is_file() or _read(file).is_file()):
        raise Absent("没有找到这次上传，它可能已经处理过或已过期。", "请重新选择文件上传。")
    name, unit = known[token]
    if _read(file).is_file():
        return name, unit, contents_of(_read(file).read_bytes())
    answer = read_answer(file)
    contents = contents_of(answer)
    draft = file.with_name(f"{token}.{secrets.token_hex(4)}")
    _write(draft, [answer])
    draft.replace(_read(file))
    file.unlink(missing_ok=True)
    return name, unit, contents


def discard(session: SessionBase, token: str) -> None:
    """Forget an upload, file and token."""
    known = session.get(SESSION_KEY, {})
    if token in known:
        file = _folder() / token
        file.unlink(missing_ok=True)
        _read(file).unlink(missing_ok=True)
        session[SESSION_KEY] = {other: entry for other, entry in known.items() if other != token}


def _read(file: Path) -> Path:
    """Where lies what was read in an upload, once it was."""
    return file.with_suffix(".read")


def _write(path: Path, chunks: Iterable[bytes]) -> None:
    # Readable by the user who runs the service and by nobody else on the machine: these are undecided drafts.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        target.writelines(chunks)


def _folder() -> Path:
    folder = Path(settings.HOME) / "uploads"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_mode & 0o077:
        folder.chmod(0o700)
    return folder


def _sweep(folder: Path) -> None:
    for path in folder.iterdir():
        # Whoever else uploads at this moment may have swept the same file away, or taken a file of their own back.
        with contextlib.suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime > KEEP_SECONDS:
                path.unlink()
