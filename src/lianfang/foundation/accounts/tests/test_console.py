"""The command line's own account leaves a trace like any other."""

from __future__ import annotations

import pytest

from lianfang.foundation.accounts.console import console_actor
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.journal.verbs import Verb

pytestmark = pytest.mark.django_db


def test_the_first_use_is_journalled_and_no_further_one() -> None:
    console_actor()
    console_actor()

    entries = Entry.objects.filter(actor="console").order_by("id")
    assert [(entry.verb, entry.kind) for entry in entries] == [
        (Verb.USER_CREATED.value, "users"),
        (Verb.ROLE_GRANTED.value, "grants"),
    ]
