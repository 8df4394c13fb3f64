"""Files between upload and decision: kept under a random name in the deployment's home, gone when decided or old."""

from __future__ import annotations

import os
import secrets
import time
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.core.files.uploadedfile import UploadedFile

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
    # Readable by the user who runs the service and by nobody else on the machine: these are undecided drafts.
    descriptor = os.open(folder / token, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        for chunk in upload.chunks():
            target.write(chunk)
    session[SESSION_KEY] = {**session.get(SESSION_KEY, {}), token: [upload.name, unit]}
    for old in list(session[SESSION_KEY])[:-MOST_KEPT]:
        discard(session, old)
    return token


def found(session: SessionBase, token: str) -> tuple[str, str, Path]:
    """Name, unit and place of an upload of this log-in.

    Raises:
        Absent: not an upload of this log-in, decided already, or swept away.
    """
    known = session.get(SESSION_KEY, {})
    path = _folder() / token
    if token not in known or not path.is_file():
        raise Absent("没有找到这次上传，它可能已经处理过或已过期。", "请重新选择文件上传。")
    name, unit = known[token]
    return name, unit, path


def discard(session: SessionBase, token: str) -> None:
    """Forget an upload, file and token."""
    known = session.get(SESSION_KEY, {})
    if token in known:
        (_folder() / token).unlink(missing_ok=True)
        session[SESSION_KEY] = {other: entry for other, entry in known.items() if other != token}


def _folder() -> Path:
    folder = Path(settings.HOME) / "uploads"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_mode & 0o077:
        folder.chmod(0o700)
    return folder


def _sweep(folder: Path) -> None:
    for path in folder.iterdir():
        if time.time() - path.stat().st_mtime > KEEP_SECONDS:
            path.unlink(missing_ok=True)
