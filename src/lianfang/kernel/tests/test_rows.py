"""Canonical bytes, differences and revival of Rows."""

from __future__ import annotations

import dataclasses
import datetime
import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from lianfang.kernel.rows import (
    LARGEST_EXACT_INTEGER,
    canonical_bytes,
    commitment,
    differences,
    digest,
    from_plain,
    plain,
)
from lianfang.registers.powers.rows import LimitUnit, PowerCategory, PowerRow, PowerStep, TimeLimit

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
integers = st.integers(-LARGEST_EXACT_INTEGER, LARGEST_EXACT_INTEGER)
scalars = st.none() | st.booleans() | integers | texts
keys = st.text(st.characters(min_codepoint=97, max_codepoint=122), min_size=1, max_size=8)
material = st.recursive(scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4))

POWER = PowerRow(
    number="LH-WRF-P001",
    unit="LH-WRF",
    name="对排污单位的现场检查",
    basis=("《排污许可管理条例》第二十五条",),
    steps=(PowerStep("受理", "窗口岗", "一次性告知不留痕"), PowerStep("审查")),
    time_limit=TimeLimit(20, LimitUnit.WORKDAY, "自受理之日起"),
    category=PowerCategory.INSPECTION,
    discretion=3,
)


@given(material)
def test_canonical_bytes_are_those_of_rfc_8785(value: object) -> None:
    assert canonical_bytes(value) == rfc8785.dumps(plain(value))


def test_the_canonical_bytes_of_a_row_are_those_of_rfc_8785() -> None:
    assert canonical_bytes(POWER) == rfc8785.dumps(plain(POWER))


def test_a_row_class_that_could_hold_floats_is_refused_its_value() -> None:
    @dataclasses.dataclass(frozen=True)
    class Loose:
        share: float

    with pytest.raises(TypeError):
        canonical_bytes(Loose(0.5))


def test_a_row_survives_being_written_down() -> None:
    stored = json.loads(canonical_bytes(POWER))

    assert from_plain(PowerRow, stored) == POWER


def test_a_row_written_before_a_field_existed_takes_the_fields_default() -> None:
    stored = json.loads(canonical_bytes(POWER))
    del stored["final_decision"]
    stored["field_of_the_past"] = "x"

    assert from_plain(PowerRow, stored) == POWER


def test_floats_and_huge_integers_are_refused() -> None:
    with pytest.raises(TypeError):
        canonical_bytes({"share": 0.5})
    with pytest.raises(ValueError, match="超出"):
        canonical_bytes({"n": LARGEST_EXACT_INTEGER + 1})


def test_differences_name_the_changed_fields_only() -> None:
    changed = dataclasses.replace(POWER, name="对排污单位的检查", discretion=None)

    assert [(c.field, c.before, c.after) for c in differences(POWER, changed)] == [
        ("name", "对排污单位的现场检查", "对排污单位的检查"),
        ("discretion", 3, None),
    ]
    assert not differences(POWER, POWER)


def test_a_missing_side_counts_as_all_fields_absent() -> None:
    created = differences(None, POWER)

    assert {change.field for change in created} >= {"number", "name", "basis"}
    assert all(change.before is None for change in created)


def test_a_digest_of_named_fields_ignores_the_others() -> None:
    remarked = dataclasses.replace(POWER, remark="另行说明")

    assert digest(POWER, PowerRow.guarded) == digest(remarked, PowerRow.guarded)
    assert digest(POWER) != digest(remarked)


def test_a_commitment_depends_on_salt_and_bytes() -> None:
    one = commitment(b"a" * 32, b"x")

    assert one != commitment(b"b" * 32, b"x")
    assert one != commitment(b"a" * 32, b"y")
    assert len(one) == 64


def test_dates_are_written_as_iso_text() -> None:
    assert plain(datetime.date(2026, 3, 1)) == "2026-03-01"
