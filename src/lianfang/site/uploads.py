"""Files between upload and decision: kept under a random name in the deployment's home, gone when decided or old."""

from __future__ import annotations

import secrets
import time
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from lianfang.kernel.errors import Absent

KEEP_SECONDS = 24 * 3600
SESSION_KEY = "uploads"


def keep(upload: UploadedFile[bytes]) -> str:
    """Store an upload; return the token under which it can be found again."""
    folder = _folder()
    _sweep(folder)
    token = secrets.token_hex(16)
    with (folder / token).open("wb") as target:
        for chunk in upload.chunks():
            target.write(chunk)
    return token


def path_of(token: str) -> Path:
    """Where an upload lies.

    Raises:
        Absent: unknown token, or the file was swept away.
    """
    path = _folder() / token
    if len(token) != 32 or not token.isalnum() or not path.is_file():
        raise Absent("上传的文件已经处理过或已过期。", "请重新选择文件上传。")
    return path


def discard(token: str) -> None:
    """Forget an upload."""
    path_of(token).unlink(missing_ok=True)


def _folder() -> Path:
    folder = Path(settings.HOME) / "uploads"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _sweep(folder: Path) -> None:
    for path in folder.iterdir():
        if time.time() - path.stat().st_mtime > KEEP_SECONDS:
            path.unlink(missing_ok=True)
