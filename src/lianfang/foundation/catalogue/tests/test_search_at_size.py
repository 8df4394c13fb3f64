"""What keeps a search as fast at a million entries as at a thousand: the database takes the way laid for it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lianfang.foundation.catalogue.models import CardRecord
from lianfang.foundation.catalogue.queries import search

pytestmark = pytest.mark.django_db


def ways(statements: list[str]) -> list[str]:
    """How the database goes about each statement."""
    explain = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    with connection.cursor() as cursor:
        return [str(cursor.execute(f"{explain} {one}").fetchall()) for one in statements]


@pytest.fixture
def indexed() -> None:
    """Two thousand cards that the index knows; PostgreSQL is told of them, SQLite keeps no statistics."""
    said = {"kind": "risks", "unit_path": "LH/WRF/", "words": "收受礼金", "title": "收受礼金", "pending": False}
    CardRecord.objects.bulk_create(CardRecord(number=f"R{place:05d}", **said) for place in range(2_000))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE catalogue_cardrecord")


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize("path", ["", "LH/WRF/"])
def test_the_few_cards_that_wait_for_the_index_are_not_looked_for_among_all(path: str) -> None:
    with CaptureQueriesContext(connection) as asked:
        search("risks", [path], "审批")

    waiting = [one["sql"] for one in asked if '."pending"' in one["sql"]]
    assert [("catalogue_waiting" in way) for way in ways(waiting)] == [True]
