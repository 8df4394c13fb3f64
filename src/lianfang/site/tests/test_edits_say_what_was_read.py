"""No edit through the interface overwrites what its sender does not say to have read."""

from __future__ import annotations

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.web.tests.sending import SignIn, send
from lianfang.site.tests.doors import filled, paths

EDITS = [(address, operation) for address, method, operation in paths() if method == "put"]
EDITED_IN_PARTS = "evaluation/"
"""Ends an address at which a part of a record is written; it is read at the record's own."""


@pytest.mark.parametrize(("address", "operation"), EDITS, ids=[address for address, _ in EDITS])
def test_an_edit_that_names_no_state_is_refused_at_every_door(
    furnished: dict[str, str], cast: Cast, sign_in: SignIn, address: str, operation: dict[str, object]
) -> None:
    client, where = sign_in(cast.coordinator), filled(address, furnished)
    read = client.get(where.removesuffix(EDITED_IN_PARTS))
    marked = {**read.json(), "version": 1} if "version" in read.json() else read.json()
    unmarked = {name: value for name, value in marked.items() if name != "version"}
    written = Entry.objects.count()

    answer = send(client, "PUT", where, unmarked)

    assert read.status_code == 200
    assert (answer.status_code, answer.json()["code"]) == (428, "unmarked")
    assert Entry.objects.count() == written
    assert ("ETag" in read) != ("version" in marked)


def test_the_description_says_at_every_edit_and_nowhere_else_that_a_mark_is_demanded() -> None:
    asking = {address for address, _, operation in paths() if "428" in operation["responses"]}

    assert len(EDITS) > 12
    assert asking == {address for address, _ in EDITS}
    assert all("428" not in operation["responses"] for _, method, operation in paths() if method != "put")


@pytest.mark.parametrize("door", ["units", "posts", "people", "laws"])
def test_the_description_demands_the_mark_of_entries_without_a_version(door: str) -> None:
    operation = dict(EDITS)[f"/api/1/{door}/{{number}}/"]

    assert [one["required"] for one in operation["parameters"] if one["name"] == "If-Match"] == [True]
