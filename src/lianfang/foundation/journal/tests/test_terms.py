"""On which terms a list is taken over, and what it may then not change."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from lianfang.foundation.journal.storing import Terms
from lianfang.foundation.journal.verbs import Verb

ORDINARY, ADOPTED = Terms("清单.xlsx"), Terms("清单.xlsx", basis="局党组会纪要〔2026〕3号")


def _past_drafting(record: Any) -> bool:
    return bool(record.state != "draft")


@pytest.mark.parametrize(
    ("state", "approved_entry", "by_ordinary", "by_adopted"),
    [
        ("draft", None, False, False),
        ("draft", 7, False, True),
        ("live", None, True, True),
        ("live", 7, True, True),
    ],
)
def test_an_adopted_list_changes_nothing_that_was_approved_here(
    state: str, approved_entry: int | None, by_ordinary: bool, by_adopted: bool
) -> None:
    record = SimpleNamespace(state=state, approved_entry=approved_entry)

    assert ORDINARY.locked(_past_drafting)(record) is by_ordinary
    assert ADOPTED.locked(_past_drafting)(record) is by_adopted


def test_only_an_adopted_list_brings_its_states() -> None:
    assert (ORDINARY.adopted, ORDINARY.verb, ORDINARY.ignored("grade")) == (
        False,
        Verb.IMPORTED,
        ("version", "state", "grade"),
    )
    assert (ADOPTED.adopted, ADOPTED.verb, ADOPTED.ignored()) == (True, Verb.ADOPTED, ("version",))
