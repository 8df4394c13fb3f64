"""The same write sent by many at once, each of whom takes the others for dead: it is done once."""

from __future__ import annotations

import datetime
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from lianfang.conftest import Cast
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.web import once
from lianfang.foundation.web.models import Press
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.kernel.rows import plain
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.tests.test_powers_actions import INSPECTION
from lianfang.site.tests.test_sent_twice import send

SENDERS = 6

pytestmark = pytest.mark.usefixtures("emptied_afterwards")


def in_own_connection(client: Client) -> Any:
    try:
        return send(client, plain(INSPECTION))
    finally:
        connections.close_all()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_that_take_over_from_each_other_do_it_once(
    cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(once, "GIVEN_UP", datetime.timedelta(days=-1))
    monkeypatch.setattr(once, "PATIENCE", 1)
    clients = [sign_in(cast.clerk) for _ in range(SENDERS)]

    with ThreadPoolExecutor(SENDERS) as pool:
        answers = [done.result() for done in [pool.submit(partial(in_own_connection, client)) for client in clients]]

    assert (Power.objects.count(), Entry.objects.filter(kind="powers").count()) == (1, 1)
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert 201 in {answer.status_code for answer in answers}
    assert Press.objects.get().number == Power.objects.get().number
