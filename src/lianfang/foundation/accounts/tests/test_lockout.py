"""Locks against guessing: five tries at one address, twenty of one name from anywhere, and whose address counts."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import Settings

from lianfang.conftest import PASSWORD, Cast
from lianfang.foundation.accounts.lockout import client_address

pytestmark = pytest.mark.django_db


def log_in(client: Client, password: str, address: str) -> int:
    said = {"username": "clerk", "password": password}
    return client.post(reverse("login"), said, REMOTE_ADDR=address).status_code


def test_five_wrong_tries_lock_one_address_and_no_other(cast: Cast, client: Client) -> None:
    tries = [log_in(client, "wrong", "10.0.0.1") for _ in range(5)]

    assert tries[-1] == 429
    assert log_in(client, PASSWORD, "10.0.0.1") == 429
    assert log_in(client, PASSWORD, "10.0.0.2") == 302


def test_twenty_wrong_tries_lock_the_name_wherever_they_came_from(cast: Cast, client: Client) -> None:
    tries = [log_in(client, "wrong", f"10.0.{number}.1") for number in range(20)]

    assert 429 not in tries[:19]
    assert log_in(client, PASSWORD, "10.0.99.1") == 429


@pytest.mark.parametrize(
    ("hops", "told", "expected"),
    [
        (0, "6.6.6.6", "10.0.0.9"),
        (1, "6.6.6.6, 10.1.1.1", "10.1.1.1"),
        (2, "6.6.6.6, 10.1.1.1, 10.2.2.2", "10.1.1.1"),
        (2, "10.1.1.1", "10.0.0.9"),
        (1, "", "10.0.0.9"),
    ],
)
def test_only_what_the_trusted_proxies_wrote_tells_the_address(
    settings: Settings, hops: int, told: str, expected: str
) -> None:
    settings.TRUSTED_PROXIES = hops

    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.9", HTTP_X_FORWARDED_FOR=told)

    assert client_address(request) == expected
