"""Whether something that the docs point to is there: an address of the site, a command, or a file."""

from __future__ import annotations

from pathlib import Path

import typer
from django.urls import Resolver404, resolve

from lianfang.site.cli.commands import app

ROOT = Path(__file__).resolve().parent.parent


def is_there(place: str) -> bool:
    """Whether ``/powers/`` is an address, ``lianfang lint`` a command, ``docs/glossary.md`` a file."""
    if place.startswith("/"):
        return is_address(place)
    if place.startswith("lianfang "):
        return is_command(place.split()[1:])
    return (ROOT / place).exists()


def is_address(path: str) -> bool:
    """Whether the site answers at ``path``."""
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def is_command(words: list[str]) -> bool:
    """Whether ``words`` (after ``lianfang``) lead to a command; what follows the command is not looked at."""
    here: object = typer.main.get_command(app)
    for word in words:
        inner = getattr(here, "commands", None)
        if inner is None:
            return True
        here = inner.get(word)
        if here is None:
            return False
    return True
