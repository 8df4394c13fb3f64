"""The journal: what an entry holds, that it cannot be changed, and what approvals freeze."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction

from lianfang.conftest import Cast
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.journal.queries import frozen_copy, history_of, last_known
from lianfang.foundation.journal.recording import Written, record, record_many
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.organisation.models import Unit
from lianfang.foundation.organisation.rows import UnitKind, UnitRow
from lianfang.kernel.errors import Invalid
from lianfang.kernel.rows import canonical_bytes, commitment


def test_an_entry_holds_the_canonical_row_and_a_commitment_to_it(cast: Cast) -> None:
    unit = Unit.objects.get(number="LH-WRF")

    entry = record(cast.coordinator, Verb.UNIT_EDITED, unit, basis="区编〔2026〕3号", note="核对")

    canonical = canonical_bytes(unit.to_row())
    assert entry.after.encode() == canonical
    assert entry.commitment == commitment(bytes(entry.salt), canonical)
    assert (entry.actor, entry.actor_title, entry.basis) == ("coordinator", "廉政办吴主任", "区编〔2026〕3号")


def test_what_was_before_is_what_the_journal_last_knew(cast: Cast) -> None:
    unit = Unit.objects.get(number="LH-WRF")
    record(cast.coordinator, Verb.UNIT_EDITED, unit)
    Unit.objects.filter(pk=unit.pk).update(name="绕过日志改的名字")
    unit.refresh_from_db()

    entry = record(cast.coordinator, Verb.UNIT_EDITED, unit)

    assert json.loads(entry.before)["name"] == "污染防治科"
    assert json.loads(entry.after)["name"] == "绕过日志改的名字"


def test_two_salts_are_never_the_same(cast: Cast) -> None:
    unit = Unit.objects.get(number="LH-WRF")

    entries = [record(cast.coordinator, Verb.UNIT_EDITED, unit) for _ in range(3)]

    assert len({bytes(entry.salt) for entry in entries}) == 3


@pytest.mark.parametrize("statement", ["UPDATE journal_entry SET note = 'x'", "DELETE FROM journal_entry"])
def test_the_database_itself_refuses_to_change_entries(cast: Cast, statement: str) -> None:
    record(cast.coordinator, Verb.UNIT_EDITED, Unit.objects.get(number="LH-WRF"))

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert Entry.objects.count() == 1


REPLACING = {
    "sqlite": "INSERT OR REPLACE INTO journal_entry ({0}, note) SELECT {0}, '改过' FROM journal_entry",
    "postgresql": (
        "INSERT INTO journal_entry ({0}, note) SELECT {0}, '改过' FROM journal_entry "
        "ON CONFLICT (id) DO UPDATE SET note = excluded.note"
    ),
}
"""The way round the plain statements that each database offers."""


def test_no_entry_takes_the_place_of_another(cast: Cast) -> None:
    kept = record(cast.coordinator, Verb.UNIT_EDITED, Unit.objects.get(number="LH-WRF"))
    columns = ", ".join(str(field.column) for field in Entry._meta.concrete_fields if field.column != "note")

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(REPLACING[connection.vendor].format(columns))

    assert Entry.objects.get().note == kept.note


def test_bulk_entries_carry_the_same_bytes_as_single_ones(cast: Cast) -> None:
    rows = [
        UnitRow(number=f"X{n}", name=f"第{n}科", unit_kind=Unit.objects.get(number="LH-WRF").to_row().unit_kind)
        for n in range(5)
    ]

    count = record_many(cast.coordinator, Verb.IMPORTED, [Written("JW/LH/", row) for row in rows], note="批量")

    assert count == 5
    assert last_known("units", ["X3"]) == {"X3": canonical_bytes(rows[3]).decode()}
    entry = Entry.objects.get(number="X3")
    assert entry.commitment == commitment(bytes(entry.salt), canonical_bytes(rows[3]))


def test_bulk_entries_are_held_to_the_same_bounds_as_single_ones(cast: Cast) -> None:
    written = [Written("JW/LH/", UnitRow(number="LH-X", name="新科室", unit_kind=UnitKind.SECTION))]
    unit = Unit.objects.get(number="LH")

    for write in (
        lambda: record_many(cast.coordinator, Verb.ADOPTED, written, basis="据" * 501),
        lambda: record(cast.coordinator, Verb.ADOPTED, unit, basis="据" * 501),
    ):
        with pytest.raises(Invalid, match="“依据”有 501 个字，最多 500 个字"):
            write()
    record_many(cast.coordinator, Verb.ADOPTED, written, basis="党组会纪要\x00", note="批\r\n量")

    last = Entry.objects.get(number="LH-X")
    assert (last.basis, last.note) == ("党组会纪要", "批\n量")


def test_history_shows_who_did_what_and_what_changed(cast: Cast) -> None:
    unit = Unit.objects.get(number="LH-WRF")
    record(cast.coordinator, Verb.UNIT_CREATED, unit)
    unit.name = "污染防治与应急科"
    unit.save()
    record(cast.coordinator, Verb.UNIT_RENAMED, unit, basis="区编〔2026〕3号")

    newest, oldest = history_of("units", "LH-WRF")

    assert (newest.verb, newest.actor) == ("单位更名", "廉政办吴主任")
    assert [(change.field, change.after) for change in newest.changes] == [("name", "污染防治与应急科")]
    assert oldest.changes == ()


def test_a_frozen_copy_is_what_was_recorded_then(cast: Cast) -> None:
    unit = Unit.objects.get(number="LH-WRF")
    entry = record(cast.coordinator, Verb.UNIT_EDITED, unit)
    frozen = unit.to_row()
    unit.name = "后来的名字"
    unit.save()

    assert frozen_copy(UnitRow, entry.pk) == frozen
    assert replace(frozen, name="后来的名字") == unit.to_row()
