"""Templates in which an undefined variable is an error, a small site, and a browser that reports what it dislikes."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Engine
from django.test import Client, RequestFactory
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from lianfang.foundation.accounts.models import Grant, User
from lianfang.foundation.accounts.roles import Role

ADDRESSES = "lianfang.foundation.web.tests.addresses"


class Strict(str):
    """Put in the place of an undefined variable, it names the variable and fails."""

    __slots__ = ()

    def __contains__(self, _: object) -> bool:
        return True

    def __mod__(self, name: object) -> str:
        raise AssertionError(f"模板用了没有定义的变量：{name}")


@pytest.fixture(autouse=True)
def strict_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    """No template of this room may use a variable that nobody gave it."""
    monkeypatch.setattr(Engine.get_default(), "string_if_invalid", Strict("%s"))


@pytest.fixture(autouse=True)
def small_site(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The addresses and tables of ``addresses``, and the reference of the components switched on."""
    settings.ROOT_URLCONF = ADDRESSES
    settings.NAVIGATION = f"{ADDRESSES}.NAVIGATION"
    settings.RECORD_PAGES = f"{ADDRESSES}.RECORD_PAGES"
    settings.STATIC_ROOT = tmp_path
    settings.BUREAU_NAME = "区生态环境局"
    settings.CSRF_FAILURE_VIEW = "lianfang.foundation.web.views.csrf_failure"
    monkeypatch.setenv("LIANFANG_STYLEGUIDE", "1")


@pytest.fixture
def show() -> Callable[..., str]:
    """``show(source, query="", **values)``: a template source rendered for a GET request with that query."""

    def render(source: str, query: str = "", **values: Any) -> str:
        request = RequestFactory().get(f"/things/?{query}")
        template = Engine.get_default().from_string(source)
        return " ".join(template.render(Context({"request": request, "csrf_token": "token", **values})).split())

    return render


@pytest.fixture
def clerk(db: None) -> User:
    """经办: may draft and read in the whole bureau."""
    user = User.objects.create(login="clerk", title="经办人小李")
    Grant.objects.create(user=user, role=Role.POST, scope="", start=datetime.date(2017, 1, 1))
    return user


@pytest.fixture
def desk(chromium: Browser, live_server: LiveServer, client: Client, clerk: User) -> Iterator[BrowserContext]:
    """A browser window of 1366×768 with the clerk logged in."""
    client.force_login(clerk)
    window = chromium.new_context(
        viewport={"width": 1366, "height": 768}, base_url=live_server.url, locale="zh-CN", reduced_motion="reduce"
    )
    window.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    yield window
    window.close()


@pytest.fixture
def complaints(desk: BrowserContext) -> list[str]:
    """What the browser's console says against our pages: broken policy, missing files, script errors."""
    said: list[str] = []

    def listen(page: Page) -> None:
        page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: said.append(str(error)))

    desk.on("page", listen)
    return said
