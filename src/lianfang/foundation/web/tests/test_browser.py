"""A real browser finds nothing to complain about: policy, console, width, contrast, keys, drafts, dialogs."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from lianfang.foundation.web.styleguide import SECTIONS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
FAINT_TEXT = """() => {
  const channel = (v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = numbers(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const faint = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !element.checkVisibility()) continue;
    const [a, b] = [light(numbers(getComputedStyle(element).color)), light(ground(element))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) faint.push(`${walker.currentNode.textContent.trim()}: ${ratio.toFixed(2)}`);
  }
  return faint;
}"""
NAMELESS = """() => [...document.querySelectorAll("a, button, summary, input:not([type=hidden]), select, textarea")]
  .filter((element) => element.checkVisibility())
  .filter((element) => !(element.innerText?.trim() || element.getAttribute("aria-label")
    || element.labels?.length || element.querySelector("[aria-label]")))
  .map((element) => element.outerHTML)"""


def open_page(desk: BrowserContext, path: str) -> Page:
    """The page at ``path``, loaded."""
    page = desk.new_page()
    page.goto(path)
    return page


@pytest.mark.parametrize("section", SECTIONS)
def test_the_browser_has_no_complaint_about_any_section(
    desk: BrowserContext, complaints: list[str], section: str
) -> None:
    page = open_page(desk, f"/styleguide/{section}/")

    assert complaints == []
    assert page.evaluate(SIDEWAYS) <= 0
    assert page.evaluate(FAINT_TEXT) == []
    assert page.evaluate(NAMELESS) == []


@pytest.mark.parametrize("section", SECTIONS)
def test_a_narrow_screen_never_scrolls_sideways(desk: BrowserContext, section: str) -> None:
    page = open_page(desk, f"/styleguide/{section}/")

    page.set_viewport_size({"width": 390, "height": 844})

    assert page.evaluate(SIDEWAYS) <= 0


def test_words_for_screen_readers_in_a_wide_table_do_not_widen_the_page(desk: BrowserContext) -> None:
    page = open_page(desk, "/styleguide/list/")
    page.set_viewport_size({"width": 390, "height": 844})

    page.evaluate(
        """() => document.querySelector(".data-table thead tr").insertAdjacentHTML(
            "beforeend", '<th scope="col"><span class="visually-hidden">操作</span></th>')"""
    )

    assert page.evaluate(SIDEWAYS) <= 0


@pytest.mark.parametrize("path", ["/login/?next=/", "/styleguide/errors/conflict/", "/styleguide/errors/broken/"])
def test_pages_outside_the_daily_round_read_as_well(desk: BrowserContext, path: str) -> None:
    page = open_page(desk, path)

    assert page.evaluate(FAINT_TEXT) == []
    assert page.evaluate(NAMELESS) == []


def test_the_head_of_a_long_list_stays_in_sight(desk: BrowserContext) -> None:
    page = open_page(desk, "/styleguide/list/")

    page.mouse.wheel(0, 600)
    page.wait_for_function("window.scrollY > 300")

    expect(page.get_by_role("columnheader", name="编号")).to_be_in_viewport()


def test_rows_are_reached_with_j_and_k_and_the_search_box_with_a_slash(desk: BrowserContext) -> None:
    page = open_page(desk, "/styleguide/list/")

    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    focused = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("/")

    assert focused == "QL-2017-0001"
    expect(page.locator("#filter-q")).to_be_focused()
    page.keyboard.type("jk/")
    expect(page.locator("#filter-q")).to_have_value("jk/")


def test_the_first_tab_stop_leads_to_the_content(desk: BrowserContext) -> None:
    page = open_page(desk, "/styleguide/list/")

    page.keyboard.press("Tab")

    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    expect(page.get_by_role("link", name="跳到正文")).to_be_in_viewport()


def test_a_box_in_the_head_ticks_all_rows(desk: BrowserContext) -> None:
    page = open_page(desk, "/styleguide/list/")

    page.get_by_label("全选本页").check()

    assert page.locator("tbody input:checked").count() == 25


def test_a_confirmation_opens_as_a_dialog_and_gives_the_focus_back(desk: BrowserContext) -> None:
    page = open_page(desk, "/styleguide/parts/")
    button = page.locator(".heading-actions summary", has_text="取消职权")

    button.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("取消后不再排查风险")
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(button).to_be_focused()


def test_the_keys_are_explained_on_a_question_mark(desk: BrowserContext) -> None:
    page = open_page(desk, "/styleguide/list/")

    page.keyboard.press("?")

    expect(page.get_by_role("dialog", name="键盘操作")).to_be_visible()


def test_the_navigation_folds_and_stays_folded(desk: BrowserContext) -> None:
    page = open_page(desk, "/styleguide/list/")

    page.get_by_role("button", name="收起导航").click()
    page.reload()

    expect(page.locator("html")).to_have_class(re.compile("nav-folded"))
    assert page.evaluate("document.getElementById('navigation').offsetWidth") < 60


@pytest.mark.parametrize("height", [768, 650])
def test_the_longest_navigation_is_in_sight_on_a_low_screen(desk: BrowserContext, height: int) -> None:
    page = open_page(desk, "/styleguide/list/")
    page.set_viewport_size({"width": 1366, "height": height})
    page.evaluate(
        """() => {
            const lists = [...document.querySelectorAll("#navigation ul")];
            const line = lists[0].querySelector("li");
            while (document.querySelectorAll("#navigation li").length < 20) lists.at(-1).append(line.cloneNode(true));
        }"""
    )

    hidden = page.evaluate("(part => part.scrollHeight - part.clientHeight)(document.querySelector('.sidebar-scroll'))")
    lowest = page.evaluate("Math.min(...[...document.querySelectorAll('#navigation li a')].map(a => a.offsetHeight))")

    assert hidden == 0
    assert lowest >= 24, "a smaller target is not hit with certainty (WCAG 2.5.8)"


def write_and_leave(desk: BrowserContext, page: Page) -> Page:
    """Type into the long form, wait for the draft, close the window, open the form again."""
    page.get_by_label("行使条件").fill("有证据证明的。")
    expect(page.locator("[data-draft-state]")).to_contain_text("已暂存")
    page.close()
    return open_page(desk, "/styleguide/form/")


def test_what_was_typed_and_not_sent_can_be_restored(desk: BrowserContext) -> None:
    page = write_and_leave(desk, open_page(desk, "/styleguide/form/"))

    expect(page.locator("[data-draft-notice]")).to_contain_text("没有提交的填写内容")
    expect(page.get_by_label("行使条件")).to_have_value("")
    page.get_by_role("button", name="恢复").click()

    expect(page.get_by_label("行使条件")).to_have_value("有证据证明的。")
    expect(page.get_by_role("radio", name="外部")).to_be_checked()


def test_a_discarded_draft_is_gone(desk: BrowserContext) -> None:
    page = write_and_leave(desk, open_page(desk, "/styleguide/form/"))

    page.get_by_role("button", name="丢弃").click()
    page.reload()

    expect(page.locator("[data-draft-notice]")).to_be_hidden()


def test_a_form_sent_with_ctrl_enter_that_comes_back_faulty_keeps_its_draft(desk: BrowserContext) -> None:
    page = open_page(desk, "/styleguide/form/")
    page.get_by_label("行使条件").fill("有证据证明的。")

    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("处需要修改")

    assert page.evaluate("Object.keys(localStorage).filter((key) => key.includes('clerk:specimen')).length") == 1
    expect(page.get_by_role("alert")).to_be_focused()


def test_a_draft_is_cleared_once_the_form_was_saved(desk: BrowserContext) -> None:
    page = open_page(desk, "/styleguide/form/")
    page.get_by_label("行使条件").fill("有证据证明的。")
    page.evaluate("document.querySelector('form.edit-form').action = '/things/'")

    page.get_by_role("button", name="保存").click()
    page.wait_for_url("**/things/")

    assert page.evaluate("localStorage.length") == 0


def test_logging_out_leaves_no_draft_on_the_desk_computer(desk: BrowserContext) -> None:
    page = write_and_leave(desk, open_page(desk, "/styleguide/form/"))

    page.locator(".user-menu summary").click()
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/login/")

    assert page.evaluate("localStorage.length") == 0


@pytest.fixture
def plain(chromium: Browser, live_server: LiveServer, desk: BrowserContext) -> Iterator[Page]:
    """The clerk's telephone, on which scripts are switched off."""
    window = chromium.new_context(
        java_script_enabled=False,
        viewport={"width": 390, "height": 844},
        storage_state=desk.storage_state(),
        base_url=live_server.url,
    )
    yield window.new_page()
    window.close()


def test_without_scripts_a_confirmation_unfolds_in_its_place(plain: Page) -> None:
    plain.goto("/styleguide/parts/")

    plain.locator(".heading-actions summary", has_text="取消职权").click()

    expect(plain.locator(".heading-actions .dialog")).to_be_visible()


def test_without_scripts_the_navigation_of_a_telephone_opens_when_asked_for_and_closes(plain: Page) -> None:
    plain.goto("/styleguide/parts/")
    navigation = plain.get_by_role("navigation", name="主导航")
    expect(navigation).to_be_hidden()
    title = plain.get_by_role("heading", level=1).bounding_box()
    assert title
    assert title["y"] < 200

    plain.get_by_role("link", name="打开导航").click()
    expect(navigation).to_be_visible()
    plain.get_by_role("link", name="关闭导航").click()

    expect(navigation).to_be_hidden()


def test_the_navigation_of_a_telephone_opens_and_closes_without_leaving_the_page(desk: BrowserContext) -> None:
    page = open_page(desk, "/styleguide/parts/")
    page.set_viewport_size({"width": 390, "height": 844})

    page.get_by_role("link", name="打开导航").click()
    expect(page.locator("#navigation").get_by_role("link", name="我的工作")).to_be_focused()
    page.get_by_role("link", name="关闭导航").click()

    expect(page.get_by_role("navigation", name="主导航")).to_be_hidden()
    expect(page.get_by_role("link", name="打开导航")).to_be_focused()
    assert "#" not in page.url


def test_without_scripts_there_is_a_way_back_from_a_failure(plain: Page) -> None:
    plain.goto("/things/?page=2")
    plain.goto("/styleguide/errors/conflict/", referer=plain.url)

    plain.get_by_role("link", name="返回上一页").click()

    assert plain.url.endswith("/things/?page=2")


def test_paper_shows_the_content_and_who_printed_it_but_not_the_frame(desk: BrowserContext) -> None:
    page = open_page(desk, "/styleguide/list/")

    page.emulate_media(media="print")

    expect(page.locator(".print-foot")).to_contain_text("经办人小李")
    expect(page.locator(".topbar")).to_be_hidden()
    expect(page.locator("#navigation")).to_be_hidden()
    expect(page.locator(".data-table")).to_be_visible()
