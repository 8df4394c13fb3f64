"""The database as every command wants it: there, of this version, and readable by its owner alone."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from lianfang.site.cli.shipped_laws import bring_laws

_IN_MEMORY = (":memory:", "file:")


def ready() -> None:
    """Build or upgrade the database, and furnish a new one with the laws that come with the house."""
    build()
    bring_laws()


def build() -> None:
    """Build or upgrade the database and bring nothing, as whoever reads a whole other database into it wants it.

    A SQLite file that is not there yet is made with mode 0600.
    """
    database = settings.DATABASES["default"]
    name = str(database["NAME"])
    if database["ENGINE"] == "django.db.backends.sqlite3" and not name.startswith(_IN_MEMORY):
        _make_private(Path(name))
    call_command("migrate", verbosity=0)


def _make_private(path: Path) -> None:
    """Make the empty file ourselves: SQLite would leave its mode to the umask, and its log files take the same mode."""
    # Where that is impossible, or the file is there, SQLite and the words for its failures have their say.
    with contextlib.suppress(OSError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
