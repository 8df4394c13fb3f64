"""List, filter, search and overview pages at 10,000 and at 1,000,000 risk points: milliseconds and queries a page.

The pages are asked for as a browser would, through the whole application (middleware, session, templates), by whoever
reads everything, a bureau, or one section, and by the commission, which reads what is approved, as it was approved.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.test import Client
from django.utils import timezone

from benchmarks.figures import Figure
from benchmarks.parts.organisation import settle
from benchmarks.parts.samples import risk_row
from benchmarks.parts.stage import clock
from lianfang.foundation.accounts.models import Grant, User
from lianfang.foundation.accounts.roles import Role
from lianfang.foundation.catalogue.upkeep import index_pending
from lianfang.foundation.journal.approval import approve_many
from lianfang.foundation.journal.recording import Written, record_many
from lianfang.foundation.journal.storing import store
from lianfang.foundation.journal.verbs import Verb
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
READERS = (
    ("", Role.SECRETARY, ""),
    ("bureau: ", Role.COORDINATOR, "JW/B01/"),
    ("section: ", Role.HEAD, "JW/B01/B01-S03/"),
    ("commission: ", Role.COMMISSION, "JW/"),
)
"""Who asks: how the figures are called, the role, and where it is held."""
REWRITTEN_OF = 5_000
"""One approved risk point in so many has been written to since, and waits to be approved anew."""


def main() -> list[Figure]:
    """Grow one register from the small size to the large one, measuring at each."""
    actor = settle()
    readers = {called: _reader(role, scope) for called, role, scope in READERS}
    settings.ALLOWED_HOSTS = ["testserver"]
    figures: list[Figure] = []
    slowest: dict[str, list[float]] = {}
    made = 0
    for size in SIZES:
        with clock() as growing:
            _grow(actor, made, size)
        made = size
        figures.append(Figure(f"{size:,}: making and indexing the rows", growing.wall, "s"))
        for name, address, reader in _asked(readers):
            times, queries = _ask(reader, address)
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


def _asked(readers: dict[str, User]) -> Iterator[tuple[str, str, User]]:
    for called, reader in readers.items():
        yield from ((called + name, address, reader) for name, address in PAGES)


def _reader(role: Role, scope: str) -> User:
    reader = User.objects.create(login=f"reader-{role.value}", title=role.label)
    Grant.objects.create(user=reader, role=role.value, scope=scope, start=timezone.localdate())
    return reader


def _grow(actor: User, first: int, last: int) -> None:
    """Store, journal and index rows; those in force are approved, and a few of them written to since."""
    rows = _rows(first, last)
    paths: dict[str, str] = {}
    for start in range(first, last, CHUNK):
        batch = [next(rows) for _ in range(min(CHUNK, last - start))]
        for row in batch:
            paths.setdefault(row.unit, f"JW/{row.unit[:3]}/{row.unit}/")
        with transaction.atomic():
            store(Risk, batch, lambda row: paths[row.unit])
            record_many(actor, Verb.IMPORTED, [Written(paths[row.unit], row) for row in batch])
            approve_many(Risk, [row for row in batch if row.state is RiskState.LIVE])
    Risk.objects.filter(approved_entry__isnull=False).update(approved_version=F("version"))
    since = Risk.objects.alias(place=F("id") % REWRITTEN_OF).filter(place=1, approved_entry__isnull=False)
    since.update(version=F("version") + 1, manifestation="审定后改写，等待重新审定。")
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
