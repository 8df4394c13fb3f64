"""A deployment of its own for one measurement: empty home, migrated database, units and posts for the samples.

Importing this module sets Django up; it must be imported before anything that touches models.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import django
from django.core.management import call_command

HOME = Path(tempfile.mkdtemp(prefix="lianfang-bench-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
os.environ["LIANFANG_HOME"] = str(HOME)
os.environ.pop("LIANFANG_DATABASE_URL", None)  # never into somebody's real database
os.environ["LIANFANG_PLAIN_STATIC"] = "1"
os.environ["DJANGO_SETTINGS_MODULE"] = "lianfang.site.settings"
(HOME / "static").mkdir()
django.setup()
call_command("migrate", verbosity=0)


@dataclass
class Clock:
    """Seconds of wall and of processor, children included."""

    wall: float = 0.0
    cpu: float = 0.0


@contextmanager
def clock() -> Iterator[Clock]:
    """Measure a block; the processor figure is the stable one on a busy machine."""
    measured = Clock()
    started, before = time.perf_counter(), os.times()
    yield measured
    after = os.times()
    measured.wall = time.perf_counter() - started
    measured.cpu = sum(after[:4]) - sum(before[:4])
