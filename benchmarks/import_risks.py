"""Import of a risk workbook: read safely, checked cell by cell, resolved, stored, journalled, indexed for search.

Beside it, in the same run: (a) the raw reader plus one raw ``executemany`` into a bare table, and (b) the naive way,
openpyxl and one ORM ``save`` a row (measured on a part, because it is slow, and given per row).
"""

from __future__ import annotations

import resource
import sqlite3
from pathlib import Path

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from benchmarks.figures import Figure
from benchmarks.parts.organisation import settle
from benchmarks.parts.samples import HEADINGS, risk_workbook
from benchmarks.parts.stage import HOME, Clock, clock
from lianfang.foundation.accounts.models import User
from lianfang.foundation.catalogue.upkeep import index_pending
from lianfang.foundation.documents.isolation import read_file
from lianfang.foundation.documents.limits import COMMAND_LINE
from lianfang.registers.risks.models import Risk
from lianfang.site.importing import preview, store_preview
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
    raw, naive = _raw(path), _naive(path)
    ours, indexing = _ours(actor, path)
    Risk.objects.all().delete()
    name = f"{size:,} rows:"
    return [
        Figure(f"{name} import", size / ours.wall, "rows/s"),
        Figure(f"{name} import, processor", size / ours.cpu, "rows/cpu-s"),
        Figure(f"{name} (a) raw reader + executemany", size / raw.wall, "rows/s"),
        Figure(f"{name} (a) processor", size / raw.cpu, "rows/cpu-s"),
        Figure(f"{name} (b) openpyxl + save a row", NAIVE_PART / naive.wall, "rows/s"),
        Figure(f"{name} search index afterwards", indexing.wall, "s"),
        Figure(f"{name} share of (a), wall", raw.wall / ours.wall, "×"),
        Figure(f"{name} times (b), wall", naive.wall / NAIVE_PART * size / ours.wall, "×"),
        Figure(f"{name} share of (a), processor", raw.cpu / ours.cpu, "×"),
        Figure(f"{name} times (b), processor", naive.cpu / NAIVE_PART * size / ours.cpu, "×"),
    ]


def _ours(actor: User, path: Path) -> tuple[Clock, Clock]:
    """Import, and afterwards the search index, which is not needed to find what was imported, only to find it fast."""
    with clock() as importing:
        previewed = preview(read_file(path, COMMAND_LINE), Taking(limits=COMMAND_LINE))
        store_preview(actor, previewed, path.name)
    with clock() as indexing:
        sum(index_pending())
    return importing, indexing


def _raw(path: Path) -> Clock:
    with clock() as measured, sqlite3.connect(HOME / "raw.sqlite3") as bare:
        bare.execute("PRAGMA journal_mode=WAL")
        bare.execute("DROP TABLE IF EXISTS risks")
        bare.execute(f"CREATE TABLE risks ({', '.join(f'c{place} TEXT' for place in range(len(HEADINGS)))})")
        rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        marks = ", ".join("?" * len(HEADINGS))
        bare.executemany(f"INSERT INTO risks VALUES ({marks})", rows[1:])
    return measured


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
