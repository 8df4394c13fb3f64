"""The stage of the journeys: the served demo, one browser, and a desk for each person who logs in."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, sync_playwright

from tests.journeys.desk import Desk
from tests.journeys.site import Site, served

EXPECTED = {
    404: "Failed to load resource: the server responded with a status of 404",
    403: "Failed to load resource: the server responded with a status of 403",
    409: "Failed to load resource: the server responded with a status of 409",
    422: "Failed to load resource: the server responded with a status of 422",
}
"""What the browser itself says of an answer that a story provokes on purpose; everything else is a fault of ours."""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo bureau, served for all journeys of this run."""
    with served(tmp_path_factory.mktemp("journeys")) as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all journeys."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the consoles of all windows of one journey said."""
    return []


@pytest.fixture
def windows() -> dict[str, BrowserContext]:
    """The windows of one journey by login name."""
    return {}


@pytest.fixture
def enter(
    request: pytest.FixtureRequest,
    site: Site,
    chromium: Browser,
    complaints: list[str],
    windows: dict[str, BrowserContext],
) -> Iterator[Callable[[str], Desk]]:
    """``enter("clerk")``: that person's desk, logged in; at the end no window may have complained."""
    desks: dict[str, Desk] = {}

    def listen(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(tuple(EXPECTED.values())):
            complaints.append(message.text)

    def sit_down(login: str) -> Desk:
        if login not in desks:
            window = chromium.new_context(
                viewport={"width": 1366, "height": 768}, base_url=site.url, locale="zh-CN", reduced_motion="reduce"
            )
            page = window.new_page()
            page.on("console", listen)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            windows[login], desks[login] = window, Desk(page, request.config.getoption("--write-pictures"))
            _log_in(desks[login], login, site.password)
        return desks[login]

    yield sit_down
    for window in windows.values():
        window.close()
    assert complaints == []


def _log_in(desk: Desk, login: str, password: str) -> None:
    desk.page.goto("/login/")
    desk.page.locator("[name=username]").fill(login)
    desk.page.locator("[name=password]").fill(password)
    desk.page.locator("[name=password]").press("Enter")
    desk.page.wait_for_url("**/")
    desk.sees("我的工作")
