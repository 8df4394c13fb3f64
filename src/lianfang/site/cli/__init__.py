"""The command line ``lianfang``: reading commands start at once, the others set up the database first."""

from __future__ import annotations

import importlib
import os
import sys

import django

from lianfang.site.cli import reading

PURE = {"plan", "sheet"}
"""Commands that need no database, so that they work on a bare file anywhere."""


def main() -> None:
    """Entry point of ``lianfang`` and ``python -m lianfang``."""
    if sys.argv[1:2] and sys.argv[1] in PURE:
        reading.app()
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianfang.site.settings")
    django.setup()
    # Commands that touch models can only be imported once Django is set up.
    importlib.import_module("lianfang.site.cli.commands").app()
