"""How commands answer: tables and sentences for people, one JSON object for machines, errors with what to do next."""

from __future__ import annotations

import enum
import functools
import json
import sys
from collections.abc import Callable, Iterable
from typing import Any, ParamSpec, TypeVar

import typer
from rich.console import Console
from rich.table import Table

from lianfang.kernel.errors import LianfangError
from lianfang.kernel.findings import Finding, Place

P = ParamSpec("P")
R = TypeVar("R")
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


def explained(command: Callable[P, R]) -> Callable[P, R]:
    """Turn the errors of the house and of files into a Chinese sentence, what to do next, and exit status 1."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except LianfangError as error:
            complaints.print(f"[bold red]{error.message}[/]", highlight=False)
            complaints.print(error.remedy, highlight=False)
            for line in error.details[:20]:
                complaints.print(f"  · {line}", highlight=False, markup=False)
            raise typer.Exit(1) from error
        except OSError as error:
            complaints.print(f"[bold red]不能读写“{error.filename}”：{error.strerror}。[/]", highlight=False)
            complaints.print("请检查文件夹是否存在、有没有权限、磁盘是否已满。", highlight=False)
            raise typer.Exit(1) from error

    return run
