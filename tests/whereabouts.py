"""Whether something that the docs point to is there: an address of the site, a command, or a file."""

from __future__ import annotations

from pathlib import Path

import typer
from django.urls import Resolver404, resolve

from lianfang.site.cli.commands import app
from lianfang.site.registers import BY_KIND
from lianfang.site.rules import RULES

ROOT = Path(__file__).resolve().parent.parent
RULE_CODES = {rule.code for rule in RULES}


def is_there(place: str) -> bool:
    """Whether ``/powers/`` is an address, ``lianfang lint`` a command, ``docs/glossary.md`` a file."""
    if place.startswith("/"):
        return is_address(place.partition("?")[0])
    if place.startswith("lianfang "):
        return is_command(place.split()[1:])
    return (ROOT / place).exists()


def is_address(path: str) -> bool:
    """Whether the site answers at ``path``; a word that only stands where an entry's number may is no page."""
    try:
        found = resolve(path)
    except Resolver404:
        return False
    return all(_names_something(name, str(value)) for name, value in found.kwargs.items())


def _names_something(name: str, value: str) -> bool:
    """Rules and registers must exist; numbers of entries have capitals or figures, which no mistyped page has."""
    known = {"code": RULE_CODES, "kind": BY_KIND, "step": value}.get(name)
    return (
        value in known if known is not None else any(character.isupper() or character.isdigit() for character in value)
    )


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
