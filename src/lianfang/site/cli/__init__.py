"""The command line ``lianfang``: reading commands start at once, the others set up the database first."""

from __future__ import annotations

import importlib
import io
import logging
import os
import sys

from lianfang.site.cli.faults import Explained

PURE = {"plan", "sheet"}
"""Commands that need no database, so that they work on a bare file anywhere."""


def main() -> None:
    """Entry point of ``lianfang`` and ``python -m lianfang``."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without Chinese shows question marks, not a failure
    # Imported only here, and explained already, because importing takes longer than many a command: Ctrl+C, settings.
    with Explained():
        module = "reading" if set(sys.argv[1:2]) & PURE else _set_up()
        commands = importlib.import_module(f"lianfang.site.cli.{module}")
    commands.app()


def _set_up() -> str:
    """Set up Django, without which commands that touch models cannot be imported; the module of those commands."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianfang.site.settings")
    importlib.import_module("django").setup()
    logging.getLogger("psycopg.pool").addFilter(_Once())
    return "commands"


class _Once(logging.Filter):
    """Lets each message pass once: a pool without a server says twelve times in half a minute why it has none."""

    def __init__(self) -> None:
        super().__init__()
        self._said: set[str] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether this was not yet said."""
        message = record.getMessage()
        fresh = message not in self._said
        self._said.add(message)
        return fresh
