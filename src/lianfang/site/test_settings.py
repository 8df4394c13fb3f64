"""Settings of the test suite: the real ones, in a home of their own, on the database that the run asks for."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

_HOME = Path(tempfile.gettempdir()) / f"lianfang-tests-{os.getuid()}"
(_HOME / "static").mkdir(parents=True, exist_ok=True)
os.environ["LIANFANG_HOME"] = str(_HOME)
os.environ["LIANFANG_PLAIN_STATIC"] = "1"

from lianfang.site.settings import *  # noqa: E402, F403 - the environment above must be set before it is read

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
