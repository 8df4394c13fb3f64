"""An approved entry that is being redone: no door shows the commission what its draft says (domain.md §4)."""

from __future__ import annotations

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.site.tests.test_drafts_stay_home import NUMBERED, filled
from lianfang.site.tests.test_reading_as_approved import CASES, DRAFT, GOOD, redone

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", CASES)
def test_no_address_that_names_an_entry_says_what_its_draft_says(kind: str, cast: Cast, sign_in: SignIn) -> None:
    number = redone(cast, kind)
    client = sign_in(cast.commission)
    doors = [address for route in NUMBERED if "<" not in (address := filled(route, number))]

    told = {door: client.get(door).content.decode() for door in doors}

    assert sorted(door for door, text in told.items() if DRAFT in text) == []
    assert any(GOOD in text for text in told.values())
