"""The side navigation shows what this person may follow, and where they are."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.test import Client
from pytest_django.fixtures import Settings

from lianfang.foundation.accounts.models import User
from lianfang.foundation.web.navigation import address, menu_for


def labels(user: object, path: str = "/") -> list[str]:
    """Words of all lines that ``user`` sees."""
    return [line.label for group in menu_for(user, path) for line in group.lines]


def test_a_line_needs_its_permission(clerk: User) -> None:
    assert labels(clerk) == ["我的工作", "事项"]
    assert labels(AnonymousUser()) == ["我的工作", "事项"]


def test_the_nearest_line_is_current_and_home_only_on_its_own_page(clerk: User) -> None:
    def current(path: str) -> list[str]:
        return [line.label for group in menu_for(clerk, path) for line in group.lines if line.is_current]

    assert current("/things/QL-1/") == ["事项"]
    assert current("/") == ["我的工作"]
    assert current("/elsewhere/") == []
    assert current("/parts-of-things/7/") == ["事项"], "an address of its own that belongs to the line"


def test_a_site_without_tables_has_no_navigation_and_no_error(settings: Settings) -> None:
    settings.NAVIGATION = ""

    assert menu_for(AnonymousUser(), "/") == []


def test_an_address_that_the_site_lacks_is_left_out() -> None:
    assert address("search") == ""
    assert address("thing", "QL-1") == "/things/QL-1/"


def test_the_frame_has_landmarks_a_way_to_the_content_and_a_way_out(clerk: User, client: Client) -> None:
    client.force_login(clerk)

    html = client.get("/").content.decode()

    assert '<a class="skip-link" href="#content">' in html
    assert '<main id="content"' in html
    assert 'aria-label="主导航"' in html
    assert 'action="/logout/" data-forget-drafts' in html
    assert "经办人小李" in html
    assert "/search/" not in html


def test_the_folded_navigation_is_remembered(clerk: User, client: Client) -> None:
    client.force_login(clerk)
    client.cookies["sidebar"] = "folded"

    assert 'class="nav-folded"' in client.get("/").content.decode()
