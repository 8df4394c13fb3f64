"""The demo bureau's papers as its people keep them: a plan in Word, one workbook a section, a few lists in Word."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

from docx import Document as WordDocument

from lianfang.foundation.documents.columns import Column
from lianfang.foundation.documents.document import Document, Format, Section
from lianfang.foundation.documents.writers import write_table
from lianfang.site.demo.bureau import TABLES, TODAY, Record, Table, Written
from lianfang.site.demo.days import plan_text

WHOLE = (("单位岗位人员", ("units", "posts", "people", "tenures")), ("法规库", ("laws",)))
"""Papers that one person keeps for the whole bureau, first of all because everything refers to them."""
LISTS = (
    ("权力清单", "powers"), ("制度清单", "regulations"), ("负面清单", "negatives"), ("排查记录", "searches"),
    ("风险点", "risks"), ("评级表", "gradings"), ("评分表", "scores"), ("防控措施", "controls"),
    ("措施检验", "control_tests"),
)  # fmt: skip
"""Lists that every section keeps for itself, in the order in which they are taken in."""
IN_WORD = {"CH-JCZ", "CH-FXK"}
"""Sections that keep their power list in Word, as some always do."""
WIDE = {"职权内容", "行使程序", "风险点", "表现形式", "具体措施", "禁止行为", "岗位职责", "法律依据"}


def write_files(folder: Path, written: Written, today: datetime.date = TODAY) -> list[Path]:
    """Write all papers into ``folder``; return those with lists in the order in which they are imported.

    The plan's days lie around ``today``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _write_plan(folder / "实施方案.docx", plan_text(today))
    paths = [_book(folder / f"{title}.xlsx", [(_table(name), written) for name in names]) for title, names in WHOLE]
    for title, kind in LISTS:
        table = _table(kind)
        names = (name for name in sorted(written.files) if name.split("/")[0].removesuffix(".csv") == kind)
        paths += [_list(folder, title, table, Written({name: written.files[name]})) for name in names]
    return paths


def _write_plan(path: Path, text: str) -> None:
    document = WordDocument()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(str(path))


def _list(folder: Path, title: str, table: Table, part: Written) -> Path:
    unit = Path(next(iter(part.files))).stem
    if table.folder == "powers" and unit in IN_WORD:
        path = folder / f"{title}_{unit}.docx"
        write_table(Document(f"{unit} {title}", (_section(table, part),)), path, Format.DOCX)
        return path
    return _book(folder / f"{title}_{unit}.xlsx", [(table, part)])


def _book(path: Path, parts: Sequence[tuple[Table, Written]]) -> Path:
    write_table(Document(path.stem, tuple(_section(table, written) for table, written in parts)), path, Format.XLSX)
    return path


def _section(table: Table, written: Written) -> Section:
    records: list[Record] = written.records(table)
    headings = [heading for heading in table.row.headings.values() if heading != "版本"]
    # Versions are this system's business; nobody keeps them in a list of their own.
    columns = tuple(Column(heading, heading, width=30 if heading in WIDE else 14) for heading in headings)
    title = table.sheet.title if table.sheet else table.row.label
    return Section(title, columns, [[record[heading] for heading in headings] for record in records])


def _table(folder: str) -> Table:
    return next(table for table in TABLES if table.folder == folder)
