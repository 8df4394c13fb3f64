"""What a command says of the columns of a file that were not imported."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lianfang.foundation.documents.unread import UnreadColumn
from lianfang.site.cli.answers import complaints


def unread_objects(columns: Iterable[UnreadColumn]) -> list[dict[str, Any]]:
    """The columns as JSON material."""
    return [
        {
            "column": column.heading,
            "sheet": column.place.sheet,
            "cell": column.place.cell,
            "filled": column.count,
            "examples": list(column.samples),
        }
        for column in columns
    ]


def warn_of_unread(file: str, columns: Iterable[dict[str, Any]]) -> None:
    """One line for each column, on the standard error: nothing is left behind without a word."""
    for column in columns:
        name = f"“{column['column']}”列" if column["column"] else "没有表头的一列"
        shown = "、".join(f"“{text}”" for text in column["examples"])
        message = (
            f"注意：{file} 的{name}（工作表“{column['sheet']}”{column['cell']}）没有对应的字段，不导入："
            f"{column['filled']} 格有内容，例如{shown}。"
        )
        complaints.print(message, highlight=False, markup=False, soft_wrap=True)
