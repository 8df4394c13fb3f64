"""What two people changed at the same time, put together field by field."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

import pytest

from lianfang.foundation.web.merging import merged


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    kind: ClassVar[str] = "things"
    label: ClassVar[str] = "东西"
    headings: ClassVar[dict[str, str]] = {}

    number: str = "T-1"
    name: str = "检查"
    note: str = ""
    steps: tuple[str, ...] = ("抽查",)
    version: int = 1


BASE = Thing()
NAMES = ("name", "note", "steps")


def test_fields_that_one_of_the_two_changed_are_all_kept() -> None:
    theirs = replace(BASE, note="他写的", version=2)
    mine = replace(BASE, steps=("抽查", "复核"))

    found = merged(BASE, theirs, mine, NAMES)

    assert found.row == replace(theirs, steps=("抽查", "复核"))
    assert (found.mine, found.theirs, found.both) == (("steps",), ("note",), ())
    assert found.keeps_all


def test_a_field_that_both_changed_otherwise_stays_theirs_and_is_named() -> None:
    theirs, mine = replace(BASE, note="他写的", version=2), replace(BASE, note="我写的", name="复查")

    found = merged(BASE, theirs, mine, NAMES)

    assert found.row == replace(theirs, name="复查")
    assert found.both == ("note",)
    assert not found.keeps_all


@pytest.mark.parametrize(
    ("theirs", "mine"),
    [
        (replace(BASE, version=2), replace(BASE, note="我写的")),
        (replace(BASE, note="他写的"), BASE),
        (replace(BASE, note="一样"), replace(BASE, note="一样")),
    ],
)
def test_there_is_nothing_to_keep_apart_where_only_one_of_them_changed_anything(theirs: Thing, mine: Thing) -> None:
    assert not merged(BASE, theirs, mine, NAMES).keeps_all


def test_what_the_form_does_not_show_is_theirs() -> None:
    found = merged(BASE, replace(BASE, version=7, name="复查"), replace(BASE, note="我写的"), NAMES)

    assert (found.row.version, found.row.name, found.row.note) == (7, "复查", "我写的")


def test_what_each_changed_alone_does_not_settle_what_both_changed() -> None:
    theirs, mine = replace(BASE, note="他写的", name="抽检"), replace(BASE, note="我写的", steps=("复核",))

    found = merged(BASE, theirs, mine, NAMES)

    assert (found.mine, found.theirs, found.both) == (("steps",), ("name",), ("note",))
    assert not found.keeps_all
