"""The few pieces of Markdown of which the reference is made."""

from __future__ import annotations

from collections.abc import Iterable

GENERATED = "<!-- 由程序生成（lianfang reference），请修改来源，不要修改本页。 -->"
"""Stands in every page, and marks what the writer may replace or remove."""


def page_of(title: str, *parts: str) -> str:
    """A page: title, the mark of generated pages, and its parts."""
    return "\n\n".join((f"# {title}", GENERATED, *parts)) + "\n"


def table_of(headings: Iterable[str], lines: Iterable[Iterable[object]]) -> str:
    """A table; bars and line ends within cells do not break it."""
    names = list(headings)
    rows = [[cell_of(cell) for cell in line] for line in lines]
    return "\n".join(_line(row) for row in (names, ["---"] * len(names), *rows))


def cell_of(value: object) -> str:
    """What stands in a cell."""
    return str(value).replace("|", "\\|").replace("\n", "<br>")


def code(text: str) -> str:
    """Text as code; nothing for nothing."""
    return f"`{text}`" if text else ""


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |".replace("  ", " ")
