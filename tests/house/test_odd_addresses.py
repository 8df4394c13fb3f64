"""What a browser would never send is answered like a mistake, not like a fault of ours."""

from __future__ import annotations

import pytest
from django.urls import reverse

from lianfang.conftest import Cast
from lianfang.foundation.web.tests.sending import SignIn, send
from lianfang.registers.powers.actions import create_power
from lianfang.registers.powers.tests.test_powers_actions import INSPECTION

HUGE = "9" * 30
LISTS = ("/powers/", "/risks/", "/controls/", "/regulations/", "/laws/", "/checks/", "/journal/", "/risks/negatives/")


@pytest.mark.parametrize("number", ["²", "٣", "-1", "1e3", HUGE])
@pytest.mark.parametrize("address", LISTS)
def test_any_page_of_a_list_opens_whatever_its_number_says(
    cast: Cast, sign_in: SignIn, address: str, number: str
) -> None:
    client = sign_in(cast.head)

    assert client.get(address, {"page": number, "before": number}).status_code == 200


@pytest.mark.parametrize("version", ["²", HUGE, ""])
def test_a_step_at_an_impossible_version_is_a_conflict(cast: Cast, sign_in: SignIn, version: str) -> None:
    number = create_power(actor=cast.clerk, row=INSPECTION).number

    answer = sign_in(cast.clerk).post(reverse("powers:step", args=[number, "submit"]), {"version": version})

    assert answer.status_code == 409


def test_the_json_doors_take_an_impossible_version_for_an_old_one(cast: Cast, sign_in: SignIn) -> None:
    number = create_power(actor=cast.clerk, row=INSPECTION).number

    answer = send(sign_in(cast.clerk), "POST", f"/api/1/powers/{number}/steps/submit/", {"version": int(HUGE)})

    assert answer.status_code == 409
    assert sign_in(cast.clerk).get("/api/1/laws/", {"page": HUGE}).status_code == 200
