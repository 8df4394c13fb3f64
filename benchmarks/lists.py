"""List, filter, search and overview pages at 10,000 and at 1,000,000 risk points: milliseconds and queries a page.

The pages are asked for as a browser would, through the whole application (middleware, session, templates).
"""

from __future__ import annotations

import random
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from benchmarks.figures import Figure
from benchmarks.parts.organisation import settle
from benchmarks.parts.samples import risk_row
from benchmarks.parts.stage import clock
from lianfang.foundation.accounts.models import Grant, User
from lianfang.foundation.accounts.roles import Role
from lianfang.foundation.catalogue.rows import Card
from lianfang.foundation.catalogue.upkeep import adjust, index_pending, shelve_new
from lianfang.foundation.journal.storing import store
from lianfang.kernel.levels import Grade
from lianfang.registers.risks.models import Risk
from lianfang.registers.risks.rows import RiskRow
from lianfang.registers.risks.states import RiskState

SIZES = (10_000, 1_000_000)
CHUNK = 20_000
REPEATS = 25
PAGES = (
    ("list, first page", "/risks/"),
    ("list, page 100", "/risks/?page=100"),
    ("filter by grade", "/risks/?grade=HIGH"),
    ("filter by unit and state", "/risks/?unit=B01-S03&state=live"),
    ("filter by dimension", "/risks/?dimension=duty"),
    ("search, two characters, many hits", "/risks/?q=宴请"),
    ("search, one hit", "/risks/?q=第4711号"),
    ("search and filter", "/risks/?q=宴请&grade=LOW"),
    ("overview", "/overview/"),
    ("my work", "/"),
)


def main() -> list[Figure]:
    """Grow one register from the small size to the large one, measuring at each."""
    actor = settle()
    Grant.objects.create(user=actor, role=Role.SECRETARY.value, scope="", start=actor.grants[0].start)
    settings.ALLOWED_HOSTS = ["testserver"]
    figures: list[Figure] = []
    slowest: dict[str, list[float]] = {}
    made = 0
    for size in SIZES:
        with clock() as growing:
            _grow(made, size)
        made = size
        figures.append(Figure(f"{size:,}: making and indexing the rows", growing.wall, "s"))
        for name, address in PAGES:
            times, queries = _ask(actor, address)
            slowest.setdefault(name, []).append(times[-2])
            figures += [
                Figure(f"{size:,}: {name}, p50", statistics.median(times), "ms"),
                Figure(f"{size:,}: {name}, p95", times[-2], "ms"),
                Figure(f"{size:,}: {name}, queries", queries, "queries"),
            ]
    return [
        *figures,
        *(Figure(f"{name}: {SIZES[1]:,} to {SIZES[0]:,}", p95[1] / p95[0], "×") for name, p95 in slowest.items()),
    ]


def _ask(actor: User, address: str) -> tuple[list[float], int]:
    """Milliseconds of each repeat, sorted, after one warm-up; and how many queries the page asked."""
    client = Client()
    client.force_login(actor, backend="django.contrib.auth.backends.ModelBackend")
    asked: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address}: {answer.status_code}")
    times = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - started) * 1000)
    return sorted(times), len(asked)


def _grow(first: int, last: int) -> None:
    rows = _rows(first, last)
    movement: Counter[tuple[str, ...]] = Counter()
    paths: dict[str, str] = {}
    for start in range(first, last, CHUNK):
        batch = [next(rows) for _ in range(min(CHUNK, last - start))]
        for row in batch:
            paths.setdefault(row.unit, f"JW/{row.unit[:3]}/{row.unit}/")
        with transaction.atomic():
            store(Risk, batch, lambda row: paths[row.unit])
            shelve_new([Card.of(row, paths[row.unit]) for row in batch], movement)
    with transaction.atomic():
        adjust(movement)
    sum(index_pending())


def _rows(first: int, last: int) -> Iterator[RiskRow]:
    """Risk points of all grades and scores, every fourth a draft."""
    chance = random.Random(20260815)
    grades = tuple(Grade)
    for place in range(first, last):
        yield replace(
            risk_row(place, chance),
            causes=(),
            importance=place % 5 + 1,
            probability=place // 5 % 5 + 1,
            harm=place // 25 % 5 + 1,
            grade=grades[place % 3],
            state=RiskState.LIVE if place % 4 else RiskState.DRAFT,
        )
