"""A plan in a real browser, from the file to the matrix, without one complaint of the browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from lianfang.conftest import Cast
from lianfang.foundation.accounts.models import User
from lianfang.foundation.journal.append_only import allow_changes, forbid_changes
from lianfang.foundation.web.tests.test_browser import FAINT_TEXT, NAMELESS, SIDEWAYS
from lianfang.programme.plans.models import Programme, Submission
from lianfang.programme.plans.tests.plan_of_linjiang import PLAN

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
IN_SIGHT = """(id) => {
  const place = document.getElementById(id).getBoundingClientRect();
  return place.top >= 0 && place.bottom <= window.innerHeight;
}"""


@pytest.fixture(scope="module")
def opened(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[bool]]:
    """The journal refuses to be emptied, also after a test; what ``desk`` opens for that is shut again here."""
    done: list[bool] = []
    yield done
    if done:
        with django_db_blocker.unblock(), connection.schema_editor() as editor:
            forbid_changes(None, editor)


@pytest.fixture
def desk(
    opened: list[bool],
    chromium: Browser,
    live_server: LiveServer,
    client: Client,
    cast: Cast,
    settings: Settings,
    tmp_path: Path,
) -> Iterator[tuple[Page, list[str]]]:
    """The coordinator's page, and what the console says against it."""
    settings.STATIC_ROOT = tmp_path
    client.force_login(cast.coordinator, backend="django.contrib.auth.backends.ModelBackend")
    window = chromium.new_context(
        viewport={"width": 1366, "height": 768}, base_url=live_server.url, locale="zh-CN", reduced_motion="reduce"
    )
    window.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    said: list[str] = []
    page = window.new_page()
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page, said
    window.close()
    with connection.schema_editor() as editor:
        allow_changes(None, editor)
    opened.append(True)


def is_well_made(page: Page) -> None:
    """Nothing scrolls sideways, nothing is too faint to read, nothing that can be used lacks a name."""
    assert page.evaluate(SIDEWAYS) <= 0
    assert page.evaluate(FAINT_TEXT) == []
    assert page.evaluate(NAMELESS) == []


def take_the_chair(page: Page, user: User) -> None:
    """From here on somebody else sits at the desk: whoever made an entry does not decide on it."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    root = page.evaluate("location.origin")
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": root}])


def test_a_plan_goes_from_file_to_matrix(desk: tuple[Page, list[str]], cast: Cast, tmp_path: Path) -> None:
    page, complaints = desk
    file = tmp_path / "方案.txt"
    file.write_text(PLAN, encoding="utf-8")

    page.goto("/plans/")
    is_well_made(page)
    page.get_by_role("link", name="读方案").first.click()
    is_well_made(page)
    page.get_by_label("方案文件").set_input_files(file)
    page.get_by_role("button", name="读这份方案").click()
    is_well_made(page)

    page.locator("#deadline-1 .to-text").click()
    assert page.evaluate(IN_SIGHT, "text-deadline-1")
    page.locator("#text-deadline-1").click()
    assert page.evaluate(IN_SIGHT, "deadline-1") or page.url.endswith("#deadline-1")

    page.locator("#deadline-0").get_by_label("污染防治科").uncheck()
    page.get_by_role("button", name="保存修改").click()
    expect(page.get_by_text("修改已保存")).to_be_visible()
    assert Programme.objects.get().to_row().deadlines[0].spared == ("LH-WRF",)

    take_the_chair(page, cast.secretary)
    page.reload()
    page.locator("summary", has_text="确认方案").click()
    page.locator("dialog[open]").get_by_role("button", name="确认方案").click()
    expect(page.locator("svg.timeline")).to_be_visible()
    is_well_made(page)
    page.get_by_role("link", name="报送矩阵").click()
    expect(page.locator("table.matrix")).to_contain_text("不报")
    is_well_made(page)
    assert Submission.objects.count() == 4
    assert complaints == []
