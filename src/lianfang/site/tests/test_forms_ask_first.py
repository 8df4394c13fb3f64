"""A page with a form asks for what its button asks for: nobody types for an answer that was no from the first."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import get_resolver

from lianfang.conftest import Cast
from lianfang.foundation.journal.approval import approve
from lianfang.foundation.journal.models import Record
from lianfang.foundation.journal.recording import record
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.registers.controls.models import Control
from lianfang.registers.powers.models import Power
from lianfang.registers.regulations.models import Regulation
from lianfang.registers.risks.models import Negative, Risk
from lianfang.site.tests.test_drafts_stay_home import addresses

KEPT: tuple[type[Record], ...] = (Power, Risk, Negative, Control, Regulation)
ELSEWHERE = ("/api/", "/styleguide/", "/export/", "/logout/", "/login/")
PART = re.compile(r"<(?:[a-z]+:)?[a-z]+>")
FORM = re.compile(r'<form\b[^>]*\bmethod="post"[^>]*>')
OPEN = {
    "commission": {"/password/", "/parameters/of/JW/least_raters/propose/"},
    "outsider": {"/password/", "/import/", "/powers/new/", "/risks/new/", "/risks/negatives/new/",
                 "/risks/searches/new/", "/regulations/new/", "/checks/"},
    "system": {"/password/", "/accounts/users/new/", "/accounts/users/clerk/"},
    "security": {"/password/", "/accounts/grants/", "/accounts/grants/new/"},
    "auditor": {"/password/"},
}  # fmt: skip
"""Pages with a form that each may send; everything else here belongs to a bureau that is not theirs to write in."""


@pytest.fixture
def approved(furnished: dict[str, str], cast: Cast) -> dict[str, str]:
    """Every entry of the bureau with an approved text, so that also the commission finds it."""
    for model in KEPT:
        for thing in model._default_manager.all():
            approve(thing, record(cast.secretary, Verb.EDITED, thing, basis="局党组会纪要〔2026〕3号"))
    Regulation.objects.update(in_effect=True)
    return furnished


def pages(numbers: dict[str, str]) -> Iterator[str]:
    """Every page of the house that answers a reader, filled with what could stand in it."""
    for route, _ in addresses(get_resolver().url_patterns):
        if not route.startswith(ELSEWHERE) and "<str:step>" not in route:
            fixed = route.replace("<str:code>", "least_raters")
            yield from dict.fromkeys(PART.sub(filling, fixed) for filling in fillings(route, numbers))


def fillings(route: str, numbers: dict[str, str]) -> list[str]:
    """The numbers of what the route is about: the word nearest before its blank says what that is."""
    before = [word for word in route.split("<", maxsplit=1)[0].split("/") if word]
    about = {**numbers, "risk": numbers["risks"], "users": "clerk", "of": "JW", "grants": "G-1",
             "generate": "LH-WRF", "ledger": numbers["ledgers/snapshots"]}  # fmt: skip
    known = [about[word] for word in reversed(before) if word in about]
    return known[:1] or [*numbers.values()]


def offered(client: Client, address: str) -> bool:
    """Whether the page opens with a form that writes, beside the one that signs out."""
    answer = client.get(address)
    forms = FORM.findall(answer.content.decode(errors="replace")) if answer.status_code == 200 else []
    return any("/logout/" not in form for form in forms)


@pytest.mark.parametrize("part", OPEN)
def test_no_page_offers_a_form_that_its_reader_may_not_send(
    part: str, approved: dict[str, str], cast: Cast, sign_in: SignIn
) -> None:
    client = sign_in(getattr(cast, part))

    found = {address for address in pages(approved) if offered(client, address)}

    assert found == OPEN[part]


def test_the_walk_finds_the_forms_of_those_who_may_write(approved: dict[str, str], cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.head)

    assert offered(client, "/powers/new/")
    assert offered(client, f"/powers/{approved['powers']}/edit/")


def test_a_merge_is_offered_to_whoever_may_merge(approved: dict[str, str], cast: Cast, sign_in: SignIn) -> None:
    address = f"/risks/{approved['risks']}/merge/"

    told = [sign_in(reader).get(address).status_code for reader in (cast.head, cast.clerk, cast.commission)]

    assert told == [200, 403, 403]
