"""Import of a risk workbook: read safely, checked cell by cell, resolved, stored, journalled, indexed for search.

Beside it, in the same run: (a) the raw reader plus one raw ``executemany`` of the cells into a bare table without key
or index; (b) the naive way, openpyxl and one ORM ``save`` a row (measured on a part, because it is slow, and given per
row); and (c) the raw reader plus three raw ``executemany`` into the very tables that the import writes, with all their
columns and indexes: entry, journal and card. (a) is the lightest thing that could be called an import; (c) is what
writing the same costs before anything is checked, resolved, sealed or numbered.
"""

from __future__ import annotations

import resource
import sqlite3
from pathlib import Path
from typing import Any

import orjson
from django.db import connection
from django.db.models import JSONField, Model
from django.utils import timezone
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from benchmarks.figures import Figure
from benchmarks.parts.organisation import settle
from benchmarks.parts.samples import HEADINGS, risk_workbook
from benchmarks.parts.stage import HOME, Clock, clock
from lianfang.foundation.accounts.models import User
from lianfang.foundation.catalogue.models import CardRecord
from lianfang.foundation.catalogue.upkeep import index_pending
from lianfang.foundation.documents.isolation import read_file
from lianfang.foundation.documents.limits import COMMAND_LINE
from lianfang.foundation.journal.models import Entry
from lianfang.registers.risks.models import Risk
from lianfang.site.import_checks import check_lines
from lianfang.site.importing import MOST_LINTED, preview, store_preview
from lianfang.site.intake import Taking

SIZES = (10_000, 100_000)
NAIVE_PART = 1_000


def main() -> list[Figure]:
    """Import each size into an empty register."""
    actor = settle()
    figures: list[Figure] = []
    for size in SIZES:
        path = HOME / f"risks-{size}.xlsx"
        risk_workbook(path, size, first=size)
        figures += _compare(actor, path, size)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return [
        *figures,
        Figure(f"peak memory at {SIZES[-1]:,} rows", peak, "MiB", limit=1024),
        Figure("peak memory of the reading child", children, "MiB", limit=1024),
    ]


def _compare(actor: User, path: Path, size: int) -> list[Figure]:
    raw, naive, same = _raw(path), _naive(path), _same_tables(path)
    ours, ruling, indexing = _ours(actor, path)
    Risk.objects.all().delete()
    name = f"{size:,} rows:"
    return [
        Figure(f"{name} import", size / ours.wall, "rows/s"),
        Figure(f"{name} import, processor", size / ours.cpu, "rows/cpu-s"),
        Figure(f"{name} of it the rules of quality", ruling.cpu / ours.cpu, "of 1"),
        Figure(f"{name} (a) raw reader + executemany", size / raw.wall, "rows/s"),
        Figure(f"{name} (a) processor", size / raw.cpu, "rows/cpu-s"),
        Figure(f"{name} (b) openpyxl + save a row", NAIVE_PART / naive.wall, "rows/s"),
        Figure(f"{name} (c) raw reader + executemany, same tables", size / same.wall, "rows/s"),
        Figure(f"{name} (c) processor", size / same.cpu, "rows/cpu-s"),
        Figure(f"{name} search index afterwards", indexing.wall, "s"),
        Figure(f"{name} share of (a), wall", raw.wall / ours.wall, "×"),
        Figure(f"{name} times (b), wall", naive.wall / NAIVE_PART * size / ours.wall, "×"),
        Figure(f"{name} share of (a), processor", raw.cpu / ours.cpu, "×"),
        Figure(f"{name} times (b), processor", naive.cpu / NAIVE_PART * size / ours.cpu, "×"),
        Figure(f"{name} share of (c), wall", same.wall / ours.wall, "×"),
        Figure(f"{name} share of (c), processor", same.cpu / ours.cpu, "×"),
    ]


def _ours(actor: User, path: Path) -> tuple[Clock, Clock, Clock]:
    """Import; the rules of quality in it once more by themselves; and afterwards the search index.

    The rules look at lists of up to ``MOST_LINTED`` lines before they are stored; what was imported is found without
    the index, only not as fast.
    """
    terms = Taking(limits=COMMAND_LINE)
    with clock() as reading:
        previewed = preview(read_file(path, COMMAND_LINE), terms)
    with clock() as ruling:
        if len(previewed.intakes[0].rows) <= MOST_LINTED:
            check_lines(previewed.intakes, timezone.localdate(), terms)
    with clock() as storing:
        store_preview(actor, previewed, path.name)
    with clock() as indexing:
        sum(index_pending())
    return Clock(reading.wall + storing.wall, reading.cpu + storing.cpu), ruling, indexing


def _raw(path: Path) -> Clock:
    with clock() as measured, sqlite3.connect(HOME / "raw.sqlite3") as bare:
        bare.execute("PRAGMA journal_mode=WAL")
        bare.execute("DROP TABLE IF EXISTS risks")
        bare.execute(f"CREATE TABLE risks ({', '.join(f'c{place} TEXT' for place in range(len(HEADINGS)))})")
        rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        marks = ", ".join("?" * len(HEADINGS))
        bare.executemany(f"INSERT INTO risks VALUES ({marks})", rows[1:])
    return measured


def _same_tables(path: Path) -> Clock:
    """Entry, journal and card as the import leaves them, but unchecked, unsealed, and with the cells as they are."""
    file = HOME / "same.sqlite3"
    file.unlink(missing_ok=True)
    with sqlite3.connect(file) as bare:
        bare.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536")
        for statement in _schema(Risk, Entry, CardRecord):
            bare.execute(statement)
    with clock() as measured, sqlite3.connect(file) as bare:
        rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()[1:]
        bare.executemany(_insertion(Risk, RISK_COLUMNS), (_risk_values(row) for row in rows))
        bare.executemany(
            _insertion(Entry, ("number", "after", "salt")),
            ((row[0], orjson.dumps(dict(zip(HEADINGS, row, strict=True))).decode(), b"0" * 32) for row in rows),
        )
        bare.executemany(
            _insertion(CardRecord, ("number", "title", "words")),
            ((row[0], row[6], f"{row[6]} {row[7]}") for row in rows),
        )
    return measured


RISK_COLUMNS = (
    "number", "unit_path", "unit_id", "post_id", "step", "dimension", "statement", "manifestation", "causes",
    "importance", "probability", "harm",
)  # fmt: skip


def _risk_values(row: list[Any]) -> tuple[Any, ...]:
    causes = orjson.dumps(row[8].split("\n")).decode()
    return (row[0], f"JW/{row[2][:3]}/{row[2]}/", row[2], row[3], row[4], row[5], row[6], row[7], causes,
            int(row[9]), int(row[10]), int(row[11]))  # fmt: skip


def _schema(*models: type[Model]) -> list[str]:
    """The statements that made the tables of ``models`` and their indexes, constraints and all."""
    tables = [model._meta.db_table for model in models]
    with connection.cursor() as cursor:
        marks = ", ".join(["%s"] * len(tables))
        cursor.execute(
            f"SELECT sql FROM sqlite_master WHERE tbl_name IN ({marks}) AND type IN ('table', 'index') AND sql > ''",
            tables,
        )
        return [statement for (statement,) in cursor.fetchall()]


def _insertion(model: type[Model], columns: tuple[str, ...]) -> str:
    """One row of ``columns``; whatever else the table demands stands in the statement itself."""
    constants = {str(field.column): _literal(field) for field in model._meta.concrete_fields if not field.primary_key}
    values: dict[str, str] = constants | dict.fromkeys(columns, "?")
    return f"INSERT INTO {model._meta.db_table} ({', '.join(values)}) VALUES ({', '.join(values.values())})"


def _literal(field: Any) -> str:
    if field.null:
        return "NULL"
    if isinstance(field, JSONField):
        return "'[]'"
    default = field.get_default()
    return str(int(default)) if isinstance(default, int) else f"'{'draft' if field.name == 'state' else default or ''}'"


def _naive(path: Path) -> Clock:
    """The first rows only; the cost of a row does not depend on how many follow."""
    with clock() as measured:
        book = load_workbook(path, read_only=True)
        rows = book.worksheets[0].iter_rows(min_row=2, max_row=NAIVE_PART + 1, values_only=True)
        for row in rows:
            number, _, unit, post, step, _, statement, signs, causes, *scores = map(str, row)
            Risk(
                number=f"N-{number}", unit_path=f"JW/{unit[:3]}/{unit}/", state="draft", tier="post", unit_id=unit,
                post_id=post, step=step, statement=statement, manifestation=signs, causes=causes.split("\n"),
                importance=int(scores[0]), probability=int(scores[1]), harm=int(scores[2]),
            ).save()  # fmt: skip
    Risk.objects.filter(number__startswith="N-").delete()
    return measured
