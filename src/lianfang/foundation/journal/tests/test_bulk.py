"""Rows written in bulk are the rows that the ORM would have written, on either database."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from lianfang.foundation.catalogue import bulk
from lianfang.foundation.catalogue.models import CardRecord
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.organisation.models import Unit
from lianfang.registers.powers.models import Power

pytestmark = pytest.mark.django_db
MIDNIGHT = datetime.datetime(2026, 7, 1, tzinfo=datetime.UTC)
UNUSUAL = "换行\n制表\t引号'\"百分号 %s 反斜杠 \\N 问号 ?1 生僻字 𠮷 "


def cards(count: int) -> list[tuple[str, str, str, str]]:
    return [("risks", f"R{index:05d}", f"标题{index}", UNUSUAL if index % 3 else "") for index in range(count)]


@pytest.mark.parametrize("count", [0, 1, 2, bulk.STATEMENT_ROWS, bulk.STATEMENT_ROWS + 1, bulk.BATCH + 7])
def test_every_row_arrives_once_and_unchanged_however_many_there_are(count: int) -> None:
    lines = cards(count)

    bulk.insert(CardRecord, ("kind", "number", "title", "words"), iter(lines))

    assert list(CardRecord.objects.order_by("id").values_list("kind", "number", "title", "words")) == lines


def test_columns_that_are_not_named_take_their_default() -> None:
    bulk.insert(CardRecord, ("kind", "number", "title", "words"), cards(3))

    stored = CardRecord.objects.values_list("unit_path", "state", "grade", "pending")
    assert set(stored) == {("", "", "", True)}


def test_times_bytes_and_texts_come_back_as_they_were_given() -> None:
    columns = ("at", "actor", "verb", "kind", "number", "after", "salt", "commitment")
    lines = [(MIDNIGHT, "zhang", "created", "risks", f"R{index}", UNUSUAL, bytes([index] * 32), "") for index in (0, 1)]

    bulk.insert(Entry, columns, lines)

    stored = [tuple(getattr(entry, name) for name in columns) for entry in Entry.objects.order_by("number")]
    assert [(*values[:6], bytes(values[6]), values[7]) for values in stored] == lines


def test_an_empty_reference_is_none_and_an_empty_list_stays_a_list(stage: dict[str, Unit]) -> None:
    columns = ("number", "name", "path", "parent_id", "aliases", "unit_kind")
    lines = [
        ("XA", "甲", "JW/XA/", "", (), "section"),
        ("XB", "乙", "JW/XB/", "JW", ("乙科", "乙办"), "section"),
    ]

    bulk.insert(Unit, columns, lines)

    stored = Unit.objects.filter(number__startswith="X").order_by("number")
    assert [(unit.parent_id, unit.aliases) for unit in stored] == [(None, []), ("JW", ["乙科", "乙办"])]


def test_a_number_given_twice_is_the_same_error_as_the_orms_and_leaves_nothing() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.insert(CardRecord, ("kind", "number", "title", "words"), [*cards(300), *cards(1)])

    assert not CardRecord.objects.exists()


def test_a_record_knows_when_it_was_written(stage: dict[str, Unit]) -> None:
    unit = stage["LH-WRF"]
    before = timezone.now()

    bulk.insert(Power, ("number", "unit_id", "unit_path", "state"), [("X-P1", unit.number, unit.path, "draft")])

    power = Power.objects.get(number="X-P1")
    assert before <= power.updated_at <= timezone.now()
    assert (power.unit, power.version, power.stale) == (unit, 1, False)
