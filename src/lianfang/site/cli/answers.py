"""How commands answer: tables and sentences for people, one JSON object for machines, complaints with a way out."""

from __future__ import annotations

import enum
import json
import sys
from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from lianfang.kernel.findings import Finding, Place

screen = Console()
complaints = Console(stderr=True)


class Output(enum.StrEnum):
    """For whom the answer is."""

    TEXT = "text"
    JSON = "json"


def say_json(answer: Any) -> None:
    """Print one JSON object."""
    json.dump(answer, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


def say_table(title: str, headings: Iterable[str], lines: Iterable[Iterable[object]]) -> None:
    """Print a table."""
    table = Table(title=title, title_justify="left")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for line in lines:
        table.add_row(*(str(cell) for cell in line))
    screen.print(table)


def finding_object(finding: Finding) -> dict[str, Any]:
    """A finding as JSON material."""
    return {
        "code": finding.code,
        "severity": finding.severity.value if finding.severity else None,
        "dimension": finding.dimension.value if finding.dimension else None,
        "unit": finding.unit,
        "kind": finding.kind,
        "number": finding.number,
        "field": finding.field,
        "message": finding.message,
        "suggestion": finding.suggestion,
        "place": str(finding.place) if finding.place else "",
        **_where(finding.place or Place()),
    }


def _where(place: Place) -> dict[str, Any]:
    """The parts of a place; "" and null where it has none, as for what is in the database."""
    return {"file": place.file, "sheet": place.sheet, "row": place.row, "column": place.column, "cell": place.cell}


def complain(message: str, remedy: str = "", *, details: Iterable[str] = ()) -> None:
    """Say on the standard error what went wrong, and what to do next."""
    complaints.print(Text(message, style="bold red"), soft_wrap=True)
    for line in (*filter(None, [remedy]), *(f"  · {detail}" for detail in tuple(details)[:20])):
        complaints.print(Text(line), soft_wrap=True)
